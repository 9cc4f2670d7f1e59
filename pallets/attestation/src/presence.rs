//! L1: surprise challenges to machines with open leases. Writes `LeasedMachines`, `MachineAt`,
//! `LeasedCount`, `Challenges`, `NextChallenge`, `IssuedThisBlock`, `PresenceDue`.
//!
//! A pass proves that this machine's agent did fresh work now. It proves neither which hardware did
//! it nor that a tenant was served.
//!
//! # Anchors
//!
//! The start of a lease is a challenge of its own, so that what runs before it is not the lease's. A
//! machine has one open challenge at most, though: where one is open, the lease's anchor waits for
//! the end of that one's window, in the block's begin and not in the answer. `PresenceDue` has an
//! entry for it anyhow: after the commitment window if the challenge is answered or missed by then,
//! else after the answer window. No other entry is made, so nobody can fill the agenda by starting
//! leases. Between two passes all time counts; so what the lease can prove is the same as if its
//! anchor had begun with the answer: the open challenge lies before its start, and the anchor, or
//! whatever challenge begins before it, after. If both pass, all time since the start counts; if the
//! first is missed, the time from the anchor on. The block of an anchor is known before, as it always
//! was: surprise is what draws are for, and they go on meanwhile. If the block has no room for it,
//! anyone may `advance` it, and the next draw of the machine serves as well.
//!
//! # Late commitments
//!
//! A commitment in time proves that somebody is there *then*. Were it taken as proof for the whole
//! gap, whoever leaves right after a pass and is back before the window ends would be paid for being
//! away. So a pass whose commitment came after `prompt_by` is recorded with a cap of zero: no miss,
//! but neither the gap before it nor the one after it counts, and a run begins anew. The gap before
//! alone would be nothing lost: it is short where a challenge comes right after a pass.
//!
//! # When Operational space is short
//!
//! Commitments and answers are Operational: each block keeps room for them that ordinary
//! transactions cannot take. `max_draws` is presence's part of that room. Where more challenges are
//! due than fit into it, the period stretches, so that no machine is asked what there is no space to
//! answer. [`Pallet::draws_fit`] ties the parameter to the weights and the block's limits: `set_params`
//! refuses larger products or more draws than that.
//!
//! What is drawn depends on the number of leased machines and on nothing that a block holds. If it
//! fell while blocks are full, whoever fills them, an author above all, could switch the surprise
//! off, leave its machine, and end the pause once it is back. The windows of ten blocks and more, and
//! the kept room, are there for full blocks instead.

use crate::{
	accumulator::{entries_seed, number},
	types::{Challenge, LeasedMachine, MissReason, Parameters, Piece, PresencePhase, MAX_ENTRIES},
	Challenges, Config, Error, Event, IssuedThisBlock, LeasedCount, LeasedMachines, MachineAt,
	NextChallenge, Pallet, Params, PresenceDue, WeightInfo,
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::{DispatchClass, DispatchResult},
	ensure,
	pallet_prelude::DispatchError,
	traits::{ConstU32, Get, Time},
	weights::Weight,
	BoundedVec,
};
use terminal_gpu_proof::product;
use terminal_primitives::{
	market::Machines, uptime::UptimeRecorder, BlockNumber, ChallengeId, Digest, MachineId,
};

/// How many blocks after the wanted one a bucket with room is looked for.
pub(crate) const SEARCH: BlockNumber = 32;

impl Parameters {
	/// Milliseconds between two challenges of one machine when `machines` are leased: the period,
	/// or longer where more than `max_draws` would be due in a block.
	pub fn effective_period_ms(&self, machines: u32, slot_ms: u64) -> u64 {
		let load = u64::from(machines).saturating_mul(slot_ms);
		let stretched = load.checked_div(u64::from(self.max_draws)).unwrap_or(load);
		self.presence_period_ms.max(stretched).max(1)
	}

	/// The longest gap that a pass credits when `machines` are leased, in milliseconds.
	pub fn gap_cap_ms(&self, machines: u32, slot_ms: u64) -> u64 {
		self.effective_period_ms(machines, slot_ms)
			.saturating_mul(u64::from(self.gap_periods))
	}
}

/// How many machines a block draws: the floor of what is due, and one more with the probability of
/// the remainder. `coin` must be uniform over `0..period_ms`.
pub fn draws(machines: u32, slot_ms: u64, period_ms: u64, coin: u64) -> u32 {
	let load = u64::from(machines).saturating_mul(slot_ms);
	let floor = load.checked_div(period_ms).unwrap_or_default();
	let rest = load.checked_rem(period_ms).unwrap_or_default();
	let count = floor.saturating_add(u64::from(coin < rest));
	u32::try_from(count).unwrap_or(u32::MAX).min(machines)
}

/// The places in the index of `machines` leased ones that a block draws from the accumulator `acc`,
/// at most `most`. A place may come twice; machines that are challenged already are left out later.
pub fn drawn(
	params: &Parameters,
	acc: &Digest,
	machines: u32,
	slot_ms: u64,
	most: u32,
) -> impl Iterator<Item = u32> {
	let period = params.effective_period_ms(machines, slot_ms);
	let coin = number(b"tct/presence-coin", acc, 0, period);
	let count = draws(machines, slot_ms, period, coin).min(most);
	let (acc, bound) = (*acc, u64::from(machines));
	// Below `machines`, so it fits.
	(0..count).map(move |counter| number(b"tct/presence-draw", &acc, counter, bound) as u32)
}

/// The entries that the answer to a challenge must show, ascending, given the accumulator of the
/// block so many after the commitment as the challenge says.
pub fn entries_of(challenge: &Challenge, acc: &Digest) -> Vec<u32> {
	let seed = entries_seed(&challenge.seed, acc);
	product::draw_entries(&seed, challenge.n, challenge.entries as usize)
}

/// Whether an answer is right: one piece for each drawn entry, in their order, under the committed
/// `root`, and each entry the dot product that the challenge's seed asks for.
pub fn answers(challenge: &Challenge, root: &Digest, entries: &[u32], pieces: Vec<Piece>) -> bool {
	let seed = product::Seed(challenge.seed);
	entries.len() == pieces.len()
		&& entries.iter().zip(pieces).all(|(entry, piece)| {
			let proof = product::PieceProof {
				entries: piece.entries,
				path: piece.path.into_inner(),
			};
			proof.fits(challenge.n)
				&& product::check_entry(&seed, challenge.n, &challenge.seed, root, *entry, &proof)
		})
}

/// The size of the product for which paths so long are right, at least: what the weight of an
/// answer grows with. A path of another length is refused before anything is computed.
pub fn claimed_size(pieces: &[Piece]) -> u32 {
	let depth = pieces
		.iter()
		.map(|piece| piece.path.len())
		.max()
		.unwrap_or_default();
	let exponent = u32::try_from(depth)
		.unwrap_or(u32::MAX)
		.saturating_add(4)
		.div_ceil(2);
	1u32.checked_shl(exponent)
		.unwrap_or(product::MAX_SIZE)
		.clamp(64, product::MAX_SIZE)
}

/// The weight of an answer with `count` pieces of a product of size `n`.
pub fn answer_weight<T: Config>(count: u32, n: u32) -> Weight {
	let further = u64::from(count.saturating_sub(1));
	T::WeightInfo::answer_presence(n)
		.saturating_add(T::WeightInfo::check_entry(n).saturating_mul(further))
}

/// The weight of an answer with these pieces.
pub fn weight_of_answer<T: Config>(pieces: &[Piece]) -> Weight {
	let count = u32::try_from(pieces.len()).unwrap_or(u32::MAX);
	answer_weight::<T>(count, claimed_size(pieces))
}

impl<T: Config> Pallet<T> {
	/// Whether `max_draws` challenges a block leave half of what it keeps for Operational
	/// transactions to others: to the anchors of new leases, to votes and to proofs.
	pub(crate) fn draws_fit(params: &Parameters) -> bool {
		let limits = T::BlockWeights::get();
		let class = limits.get(DispatchClass::Operational);
		let kept = class.reserved.or(class.max_total);
		Self::challenge_weight(params)
			.saturating_mul(u64::from(params.max_draws))
			.saturating_mul(2)
			.all_lte(kept.unwrap_or(limits.max_block))
	}

	/// What one challenge takes of blocks: its commitment and its answer.
	pub(crate) fn challenge_weight(params: &Parameters) -> Weight {
		let limits = T::BlockWeights::get();
		let base = limits.get(DispatchClass::Operational).base_extrinsic;
		// At least what `claimed_size` makes of it.
		let size = params.presence_n.checked_next_power_of_two();
		let answer = answer_weight::<T>(params.presence_entries, size.unwrap_or(u32::MAX));
		T::WeightInfo::commit_presence()
			.saturating_add(answer)
			.saturating_add(base.saturating_mul(2))
	}

	/// Count a started lease and anchor it by a challenge of its own.
	pub(crate) fn do_lease_started(machine: MachineId) -> DispatchResult {
		let open = Challenges::<T>::get(machine).map(|challenge| challenge.id);
		if open.is_none() {
			Self::issue(machine, crate::now_block::<T>(), &Params::<T>::get())?;
		}

		// Nothing fails from here on.
		let mut entry = match LeasedMachines::<T>::get(machine) {
			Some(entry) => entry,
			None => Self::enter_machine(machine),
		};
		entry.leases = entry.leases.saturating_add(1);
		entry.anchor_after = open;
		LeasedMachines::<T>::insert(machine, entry);
		Ok(())
	}

	fn enter_machine(machine: MachineId) -> LeasedMachine {
		let index = LeasedCount::<T>::get();
		MachineAt::<T>::insert(index, machine);
		LeasedCount::<T>::put(index.saturating_add(1));
		LeasedMachine {
			index,
			leases: 0,
			anchor_after: None,
		}
	}

	/// Count an ended lease; the machine leaves the index with its last one.
	pub(crate) fn do_lease_ended(machine: MachineId) {
		let Some(mut entry) = LeasedMachines::<T>::get(machine) else {
			log::error!(target: crate::LOG_TARGET, "{machine:?} ended a lease it never started");
			return;
		};
		entry.leases = entry.leases.saturating_sub(1);
		if entry.leases > 0 {
			LeasedMachines::<T>::insert(machine, entry);
			return;
		}
		// The last one of the dense index takes the place of the one that leaves.
		let last = LeasedCount::<T>::get().saturating_sub(1);
		LeasedCount::<T>::put(last);
		if let Some(moved) = MachineAt::<T>::take(last) {
			if moved != machine {
				MachineAt::<T>::insert(entry.index, moved);
				LeasedMachines::<T>::mutate(moved, |other| {
					if let Some(other) = other {
						other.index = entry.index;
					}
				});
			}
		}
		LeasedMachines::<T>::remove(machine);
	}

	/// Draw this block's machines and challenge them. Returns how many were looked at.
	pub(crate) fn draw_presence(now: BlockNumber) -> u32 {
		let machines = LeasedCount::<T>::get();
		if machines == 0 {
			return 0;
		}
		let (_, acc) = crate::Latest::<T>::get();
		let params = Params::<T>::get();
		let most = T::MaxChallengesPerBlock::get();
		let mut count = 0u32;
		for index in drawn(&params, &acc, machines, T::SlotMillis::get(), most) {
			count = count.saturating_add(1);
			let Some(machine) = MachineAt::<T>::get(index) else {
				continue;
			};
			if !Challenges::<T>::contains_key(machine) {
				if let Err(error) = Self::issue(machine, now, &params) {
					log::warn!(target: crate::LOG_TARGET, "{machine:?} not challenged: {error:?}");
				}
			}
		}
		count
	}

	/// Challenge a machine that has no open challenge. The only place where one begins.
	fn issue(machine: MachineId, now: BlockNumber, params: &Parameters) -> DispatchResult {
		let issued = IssuedThisBlock::<T>::get();
		ensure!(
			issued < T::MaxChallengesPerBlock::get(),
			Error::<T>::TooManyChallenges
		);
		let id = NextChallenge::<T>::get();
		let next = id.next().ok_or(Error::<T>::CounterExhausted)?;
		let commit_by = now.saturating_add(params.commit_window_blocks);
		let answer_by = commit_by.saturating_add(params.answer_window_blocks);
		Self::schedule_window(machine, id, commit_by)?;

		// Nothing fails from here on.
		let (_, acc) = crate::Latest::<T>::get();
		let challenge = Challenge {
			id,
			issued_at: T::Time::now(),
			issued_block: now,
			seed: Self::presence_seed(id, machine, &acc),
			n: params.presence_n,
			entries: params.presence_entries,
			draw_delay: params.draw_delay_blocks,
			prompt_by: now.saturating_add(params.prompt_blocks),
			commit_by,
			answer_by,
			gap_cap_ms: params.gap_cap_ms(LeasedCount::<T>::get(), T::SlotMillis::get()),
			phase: PresencePhase::AwaitingCommit,
		};
		NextChallenge::<T>::put(next);
		IssuedThisBlock::<T>::put(issued.saturating_add(1));
		Challenges::<T>::insert(machine, challenge);
		if let Some(mut entry) = LeasedMachines::<T>::get(machine) {
			// This one serves as the anchor that was waited for.
			if entry.anchor_after.take().is_some() {
				LeasedMachines::<T>::insert(machine, entry);
			}
		}
		Self::deposit_event(Event::PresenceChallenged {
			challenge: id,
			machine,
			commit_by,
		});
		Ok(())
	}

	/// Put the end of a window into the first bucket with room after `deadline`.
	fn schedule_window(
		machine: MachineId,
		id: ChallengeId,
		deadline: BlockNumber,
	) -> DispatchResult {
		let first = deadline.saturating_add(1);
		for block in first..first.saturating_add(SEARCH) {
			if PresenceDue::<T>::try_append(block, (machine, id)).is_ok() {
				return Ok(());
			}
		}
		Err(Error::<T>::TooManyChallenges.into())
	}

	/// The agenda has come to a window of the challenge. One that is answered within the next window
	/// comes up once more; only here, or whoever calls `advance` would fill the agenda.
	pub(crate) fn do_reach_window(
		machine: MachineId,
		id: ChallengeId,
		now: BlockNumber,
	) -> DispatchResult {
		let answered_by = Challenges::<T>::get(machine)
			.filter(|challenge| challenge.id == id && now <= challenge.answer_by)
			.filter(|challenge| matches!(challenge.phase, PresencePhase::AwaitingAnswer { .. }))
			.map(|challenge| challenge.answer_by);
		match answered_by {
			Some(by) => Self::schedule_window(machine, id, by),
			None => Self::do_end_window(machine, id, now),
		}
	}

	/// A window of the challenge may be over: handle it, and issue the anchor that waited for it.
	/// Errors if there is nothing to do.
	pub(crate) fn do_end_window(
		machine: MachineId,
		id: ChallengeId,
		now: BlockNumber,
	) -> DispatchResult {
		let Some(challenge) = Challenges::<T>::get(machine) else {
			ensure!(
				Self::awaits_anchor(machine, id),
				Error::<T>::UnknownChallenge
			);
			return Self::issue(machine, now, &Params::<T>::get());
		};
		ensure!(challenge.id == id, Error::<T>::UnknownChallenge);
		ensure!(now > challenge.commit_by, Error::<T>::NotDue);
		let reason = match challenge.phase {
			PresencePhase::AwaitingCommit => MissReason::NotCommitted,
			PresencePhase::AwaitingAnswer { .. } if now > challenge.answer_by => {
				MissReason::NotAnswered
			},
			PresencePhase::AwaitingAnswer { .. } => return Err(Error::<T>::NotDue.into()),
		};
		Self::resolve(machine, challenge, Some(reason));
		if Self::awaits_anchor(machine, id) {
			// A miss stays one: without room the anchor goes on waiting.
			if let Err(error) = Self::issue(machine, now, &Params::<T>::get()) {
				log::warn!(target: crate::LOG_TARGET, "{machine:?} not anchored yet: {error:?}");
			}
		}
		Ok(())
	}

	/// Whether a lease that is still open began while this challenge was, and no other began since.
	fn awaits_anchor(machine: MachineId, id: ChallengeId) -> bool {
		LeasedMachines::<T>::get(machine).is_some_and(|entry| entry.anchor_after == Some(id))
	}

	/// The open challenge of a machine, if it is this one and the signer serves the machine.
	fn served_challenge(
		who: &T::AccountId,
		machine: MachineId,
		id: ChallengeId,
	) -> Result<Challenge, DispatchError> {
		let challenge = Challenges::<T>::get(machine)
			.filter(|challenge| challenge.id == id)
			.ok_or(Error::<T>::UnknownChallenge)?;
		let machine = T::Machines::machine(machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(
			&machine.agent == who || &machine.provider == who,
			Error::<T>::NotTheAgent
		);
		Ok(challenge)
	}

	/// See the call `commit_presence`.
	pub(crate) fn do_commit_presence(
		who: T::AccountId,
		machine: MachineId,
		id: ChallengeId,
		root: Digest,
	) -> DispatchResult {
		let now = crate::now_block::<T>();
		let mut challenge = Self::served_challenge(&who, machine, id)?;
		ensure!(now <= challenge.commit_by, Error::<T>::TooLate);
		ensure!(
			challenge.phase == PresencePhase::AwaitingCommit,
			Error::<T>::AlreadyCommitted
		);

		// Nothing fails from here on.
		if now > challenge.prompt_by {
			challenge.gap_cap_ms = 0;
		}
		challenge.phase = PresencePhase::AwaitingAnswer {
			root,
			commit_block: now,
		};
		let answer_from = now.saturating_add(challenge.draw_delay).saturating_add(1);
		Challenges::<T>::insert(machine, challenge);
		Self::deposit_event(Event::PresenceCommitted {
			challenge: id,
			machine,
			answer_from,
		});
		Ok(())
	}

	/// See the call `answer_presence`.
	pub(crate) fn do_answer_presence(
		who: T::AccountId,
		machine: MachineId,
		id: ChallengeId,
		pieces: BoundedVec<Piece, ConstU32<MAX_ENTRIES>>,
	) -> DispatchResult {
		let now = crate::now_block::<T>();
		let challenge = Self::served_challenge(&who, machine, id)?;
		let PresencePhase::AwaitingAnswer { root, .. } = challenge.phase else {
			return Err(Error::<T>::NotCommitted.into());
		};
		ensure!(now <= challenge.answer_by, Error::<T>::TooLate);
		let entries = Self::drawn_entries(&challenge).ok_or(Error::<T>::TooEarly)?;
		ensure!(pieces.len() == entries.len(), Error::<T>::WrongPieceCount);

		// Nothing fails from here on.
		let miss = if answers(&challenge, &root, &entries, pieces.into_inner()) {
			None
		} else {
			Some(MissReason::WrongEntry)
		};
		Self::resolve(machine, challenge, miss);
		Ok(())
	}

	/// The entries that the answer must show: `None` before they can be known.
	pub(crate) fn drawn_entries(challenge: &Challenge) -> Option<Vec<u32>> {
		let PresencePhase::AwaitingAnswer { commit_block, .. } = challenge.phase else {
			return None;
		};
		let acc = Self::accumulator(commit_block.saturating_add(challenge.draw_delay))?;
		Some(entries_of(challenge, &acc))
	}

	/// End a challenge. The only place where one ends.
	fn resolve(machine: MachineId, challenge: Challenge, miss: Option<MissReason>) {
		let Challenge {
			id,
			issued_at,
			gap_cap_ms,
			..
		} = challenge;
		Challenges::<T>::remove(machine);
		let event = match miss {
			None => {
				T::Uptime::record_pass(machine, issued_at, gap_cap_ms);
				Event::PresencePassed {
					challenge: id,
					machine,
					issued_at,
				}
			},
			Some(reason) => {
				T::Uptime::record_miss(machine, issued_at);
				Event::PresenceMissed {
					challenge: id,
					machine,
					issued_at,
					reason,
				}
			},
		};
		Self::deposit_event(event);
	}
}
