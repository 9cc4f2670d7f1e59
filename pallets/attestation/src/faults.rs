//! What overrides votes: fault proofs, answers to data challenges, double votes; and what it costs.
//! Writes `PendingSlashes`, `NextSlash`, `BreakerState`, `DoubleVotes`.

use crate::{
	lifecycle::{Kind, Step},
	tasks::runner_of,
	types::{
		sample_indices, Ballot, Breaker, Cause, Due, Member, Offence, Outcome, Parameters,
		PendingSlash, Phase, SignedVotes, Task, MAX_ANSWERED, MAX_WEIGHTS, MILLION,
	},
	Attestors, Ballots, BreakerState, Committees, Config, DoubleVotes, Error, Event, NextSlash,
	Pallet, Params, PendingSlashes, Records, Tasks,
};
use alloc::{collections::BTreeSet, vec::Vec};
use codec::{DecodeAll, Encode};
use frame_support::{
	dispatch::{DispatchResult, DispatchResultWithPostInfo, Pays},
	ensure,
	traits::ConstU32,
	BoundedVec,
};
use sp_application_crypto::RuntimeAppPublic;
use terminal_gpu_proof::{
	layered::{check_piece, PieceCheck, PieceProof, Weights},
	result::{self, Leaf, LeafCheck},
	runner::Runner,
};
use terminal_primitives::{
	market::{Jobs, Verdict},
	Balance, BlockNumber, TaskId,
};

/// `amount × ppm / 10⁶`, rounded up: against the offender.
pub fn part(amount: Balance, ppm: u32) -> Balance {
	let million = Balance::from(MILLION);
	let ppm = Balance::from(ppm);
	// Split, so that nothing overflows below 2¹⁰⁸.
	let whole = amount
		.checked_div(million)
		.unwrap_or_default()
		.saturating_mul(ppm);
	let rest = amount
		.checked_rem(million)
		.unwrap_or_default()
		.saturating_mul(ppm);
	whole.saturating_add(rest.div_ceil(million))
}

/// What each of `offenders` out of `attestors` loses, in parts per million: grows in a line from
/// the lone offender's rate to the rate of all at once.
pub fn refuted_ppm(params: &Parameters, offenders: u32, attestors: u32) -> u32 {
	let attestors = u64::from(attestors.max(1));
	let share = u64::from(offenders).min(attestors);
	let span =
		u64::from(params.refuted_slash_max_ppm).saturating_sub(u64::from(params.refuted_slash_ppm));
	let grown = span.saturating_mul(share).div_ceil(attestors);
	let ppm = u64::from(params.refuted_slash_ppm).saturating_add(grown);
	u32::try_from(ppm)
		.unwrap_or(MILLION)
		.min(params.refuted_slash_max_ppm)
}

/// Who brought a data challenge about, and who pays for the posting if the leaves are right.
///
/// A host can refuse a single member and show the leaves on chain afterwards, so a few members are
/// not charged for what they saw; and a few members can name leaves that they got, so their posting
/// costs the provider no fee. So many that no quorum was possible were refused by a host that lost
/// the verdict by it, or they are at fault: they pay.
enum Doubters<AccountId> {
	/// Nobody: no committee decided.
	None,
	/// At most as many as a quorum bears. Nobody pays.
	Few,
	/// These, more than that.
	Many(Vec<Member<AccountId>>),
}

impl Breaker {
	/// This window's counters, or fresh ones if it is over.
	pub fn at(self, now: BlockNumber, window: BlockNumber) -> Self {
		if now.saturating_sub(self.since) < window {
			self
		} else {
			Breaker {
				since: now,
				passes: 0,
				overridden: 0,
			}
		}
	}

	/// Whether more than `ppm` of the Pass votes were overridden.
	pub fn tripped(&self, ppm: u32) -> bool {
		let overridden = u64::from(self.overridden).saturating_mul(u64::from(MILLION));
		overridden > u64::from(self.passes).saturating_mul(u64::from(ppm))
	}
}

impl<T: Config> Pallet<T> {
	/// What a task's leaves are checked against.
	pub(crate) fn job_of(task: &Task<T::AccountId>) -> result::Job {
		result::Job {
			context: result::context(&Self::genesis(), task.lease.0, &task.provider.encode()),
			input_root: task.spec.input_root,
			result_root: task.root,
			items: task.spec.items,
			input_bytes: task.spec.input_bytes,
			output_bytes: task.spec.output_bytes,
		}
	}

	fn ensure_weights(task: &Task<T::AccountId>, weights: &[u8]) -> DispatchResult {
		let length = u32::try_from(weights.len()).unwrap_or(u32::MAX);
		ensure!(length == task.spec.weights_bytes, Error::<T>::WrongWeights);
		let root = result::weights_root(weights);
		ensure!(root == task.spec.weights_root, Error::<T>::WrongWeights);
		Ok(())
	}

	/// Re-execute a leaf, or the piece of it that `evidence` shows: `Ok` if it is committed and wrong.
	pub(crate) fn check_fault(
		task: &Task<T::AccountId>,
		leaf: &Leaf,
		evidence: &[u8],
	) -> DispatchResult {
		let job = Self::job_of(task);
		ensure!(job.fits(leaf), Error::<T>::LeafNotCommitted);
		match runner_of(task.scheme).ok_or(Error::<T>::UnknownRunner)? {
			Runner::IntegerNetwork => {
				Self::ensure_weights(task, evidence)?;
				match result::check(&job, evidence, leaf) {
					LeafCheck::WrongOutput => Ok(()),
					LeafCheck::Correct => Err(Error::<T>::LeafIsCorrect.into()),
					LeafCheck::NotCommitted => Err(Error::<T>::LeafNotCommitted.into()),
				}
			},
			Runner::LayeredNetwork => {
				let proof = PieceProof::decode_all(&mut &evidence[..])
					.map_err(|_| Error::<T>::PieceNotShown)?;
				let weights = Weights {
					root: task.spec.weights_root,
					bytes: task.spec.weights_bytes,
				};
				match check_piece(&job, &weights, leaf, &proof) {
					PieceCheck::Wrong => Ok(()),
					PieceCheck::Correct => Err(Error::<T>::LeafIsCorrect.into()),
					PieceCheck::NotCommitted => Err(Error::<T>::LeafNotCommitted.into()),
					PieceCheck::WrongWeights => Err(Error::<T>::WrongWeights.into()),
					PieceCheck::NotShown => Err(Error::<T>::PieceNotShown.into()),
				}
			},
		}
	}

	/// See the call `prove_fault`.
	pub(crate) fn do_prove_fault(
		who: T::AccountId,
		id: TaskId,
		leaf: Leaf,
		evidence: BoundedVec<u8, ConstU32<MAX_WEIGHTS>>,
	) -> DispatchResult {
		let mut task = Tasks::<T>::get(id).ok_or(Error::<T>::UnknownTask)?;
		let kind = Kind::of(&task.phase);
		ensure!(
			kind.is_open() || kind == Kind::Passed,
			Error::<T>::WrongPhase
		);
		Self::check_fault(&task, &leaf, &evidence)?;
		Self::refute(id, &mut task, leaf.index, Some(who))
	}

	/// A leaf is proven wrong: the verdict is Fault, whatever was voted, and every member that
	/// passed a public sample with this leaf in it has offended, also in a vote that waits.
	pub(crate) fn refute(
		id: TaskId,
		task: &mut Task<T::AccountId>,
		index: u32,
		reporter: Option<T::AccountId>,
	) -> DispatchResult {
		Self::enter_waiting(id, task);
		T::Jobs::conclude(task.lease, Verdict::Fault, reporter.as_ref())?;
		Self::move_on(id, task, Step::Refute, Phase::Faulted)?;
		let lease = task.lease;
		let by = reporter.clone();
		Self::deposit_event(Event::TaskFaulted {
			task: id,
			lease,
			index,
			reporter: by,
		});

		let offenders = Self::refuted_members(id, task, index);
		let count = u32::try_from(offenders.len()).unwrap_or(u32::MAX);
		if count == 0 {
			return Ok(());
		}
		let params = Params::<T>::get();
		let now = crate::now_block::<T>();
		let breaker = Self::count_overridden(&params, now, count);
		let attestors = u32::try_from(Attestors::<T>::decode_len().unwrap_or_default());
		let ppm = refuted_ppm(&params, count, attestors.unwrap_or(u32::MAX));
		for offender in offenders.iter().cloned() {
			let offence = Offence::RefutedPass;
			Self::punish(
				&params,
				now,
				&breaker,
				offender,
				reporter.clone(),
				offence,
				ppm,
			);
		}
		Self::refresh(&offenders);
		Ok(())
	}

	/// Who voted Pass in an attempt whose public sample contains `index`. Each once.
	fn refuted_members(
		id: TaskId,
		task: &Task<T::AccountId>,
		index: u32,
	) -> BTreeSet<T::AccountId> {
		let mut offenders = BTreeSet::new();
		for attempt in 0..=task.attempt {
			let Some(committee) = Committees::<T>::get(id, attempt) else {
				continue;
			};
			let sample = sample_indices(&committee.seed, task.spec.items, committee.sample);
			if !sample.contains(&index) {
				continue;
			}
			for (seat, ballot) in Ballots::<T>::get(id, attempt).cast {
				if ballot == Ballot::Pass {
					if let Some(member) = committee.members.get(usize::from(seat)) {
						offenders.insert(member.account.clone());
					}
				}
			}
		}
		offenders
	}

	/// Eject an offender and enter its slash, to be taken later.
	fn punish(
		params: &Parameters,
		now: BlockNumber,
		breaker: &Breaker,
		offender: T::AccountId,
		reporter: Option<T::AccountId>,
		offence: Offence,
		ppm: u32,
	) {
		let Some(mut record) = Records::<T>::get(&offender) else {
			return;
		};
		let amount = part(record.held(), ppm);
		let until = now.saturating_add(params.ejection_blocks);
		record.ejected_until = record.ejected_until.max(until);
		Records::<T>::insert(&offender, record);

		let deferrals = if breaker.tripped(params.breaker_ppm) {
			2
		} else {
			1
		};
		let apply_at = now.saturating_add(params.slash_delay_blocks.saturating_mul(deferrals));
		let id = NextSlash::<T>::get();
		NextSlash::<T>::put(id.wrapping_add(1));
		let who = offender.clone();
		PendingSlashes::<T>::insert(
			id,
			PendingSlash {
				offender,
				amount,
				reporter,
				offence,
				apply_at,
			},
		);
		Self::schedule_or_log(Due::Slash(id), apply_at);
		Self::deposit_event(Event::SlashDeferred {
			slash: id,
			who,
			amount,
			offence,
			apply_at,
		});
	}

	/// A deferred slash may be due: take it.
	pub(crate) fn do_apply_slash(id: u32, now: BlockNumber) -> DispatchResult {
		let slash = PendingSlashes::<T>::get(id).ok_or(Error::<T>::UnknownSlash)?;
		ensure!(now >= slash.apply_at, Error::<T>::NotDue);
		PendingSlashes::<T>::remove(id);
		let PendingSlash {
			offender,
			amount,
			reporter,
			..
		} = slash;
		let reporter_ppm = Params::<T>::get().reporter_ppm;
		let (taken, rewarded) = Self::seize(&offender, amount, reporter.as_ref(), reporter_ppm);
		Self::refresh([&offender]);
		let who = offender;
		Self::deposit_event(Event::AttestorSlashed {
			slash: id,
			who,
			amount: taken,
			rewarded,
		});
		Ok(())
	}

	/// See the call `cancel_slash`.
	pub(crate) fn do_cancel_slash(id: u32) -> DispatchResult {
		let slash = PendingSlashes::<T>::take(id).ok_or(Error::<T>::UnknownSlash)?;
		Self::deposit_event(Event::SlashCancelled {
			slash: id,
			who: slash.offender,
		});
		Ok(())
	}

	/// See the call `answer_data_challenge`.
	pub(crate) fn do_answer_data_challenge(
		who: T::AccountId,
		id: TaskId,
		leaves: BoundedVec<Leaf, ConstU32<MAX_ANSWERED>>,
		weights: BoundedVec<u8, ConstU32<MAX_WEIGHTS>>,
	) -> DispatchResultWithPostInfo {
		let mut task = Tasks::<T>::get(id).ok_or(Error::<T>::UnknownTask)?;
		let Phase::DataChallenge {
			mut indices,
			mut shown,
			until,
			cause,
		} = task.phase.clone()
		else {
			return Err(Error::<T>::WrongPhase.into());
		};
		ensure!(crate::now_block::<T>() <= until, Error::<T>::TooLate);
		ensure!(!leaves.is_empty(), Error::<T>::LeafNotDisputed);
		Self::ensure_weights(&task, &weights)?;
		let job = Self::job_of(&task);
		let runner = runner_of(task.scheme).ok_or(Error::<T>::UnknownRunner)?;
		let is_full = leaves.len() == indices.len().min(MAX_ANSWERED as usize);
		for leaf in &leaves {
			let place = indices
				.binary_search(&leaf.index)
				.map_err(|_| Error::<T>::LeafNotDisputed)?;
			match runner.check(&job, &weights, leaf) {
				LeafCheck::Correct => indices.remove(place),
				LeafCheck::NotCommitted => return Err(Error::<T>::LeafNotCommitted.into()),
				// What was shown before does not matter any more.
				LeafCheck::WrongOutput => {
					Self::refute(id, &mut task, leaf.index, None)?;
					return Ok(Pays::Yes.into());
				},
			};
			shown = shown.saturating_add(1);
		}
		let left = u32::try_from(indices.len()).unwrap_or(u32::MAX);
		let event = Event::LeavesShown {
			task: id,
			by: who.clone(),
			left,
		};
		task.phase = Phase::DataChallenge {
			indices,
			shown,
			until,
			cause,
		};
		Tasks::<T>::insert(id, &task);
		Self::deposit_event(event);
		let doubters = match cause {
			Cause::Unavailable => Self::doubters(id, &task),
			Cause::Void => Doubters::None,
		};
		if left == 0 {
			Self::pass(id, &mut task, Step::Show, 0)?;
			if let Doubters::Many(payers) = &doubters {
				Self::charge_posting(id, shown, payers, &who);
			}
		}
		// In parts as large as may be: so many free ones at most as the leaves need.
		Ok(match doubters {
			Doubters::Few if is_full => Pays::No.into(),
			Doubters::Few | Doubters::Many(_) | Doubters::None => Pays::Yes.into(),
		})
	}

	/// Who voted Unavailable, if they were so many that no quorum was possible.
	fn doubters(id: TaskId, task: &Task<T::AccountId>) -> Doubters<T::AccountId> {
		let Some(committee) = Committees::<T>::get(id, task.attempt) else {
			return Doubters::None;
		};
		let ballots = Ballots::<T>::get(id, task.attempt);
		if ballots.count(Ballot::Unavailable) <= committee.spare() {
			return Doubters::Few;
		}
		let cast = ballots.cast.into_iter();
		let doubters = cast
			.filter(|(_, ballot)| *ballot == Ballot::Unavailable)
			.filter_map(|(seat, _)| committee.members.get(usize::from(seat)).cloned());
		Doubters::Many(doubters.collect())
	}

	/// Members, too many of whom said falsely that leaves cannot be had, pay for showing them, to who
	/// showed them.
	fn charge_posting(
		id: TaskId,
		shown: u32,
		payers: &[Member<T::AccountId>],
		poster: &T::AccountId,
	) {
		let params = Params::<T>::get();
		let total = params.posting_fee.saturating_mul(Balance::from(shown));
		let count = Balance::try_from(payers.len())
			.unwrap_or(Balance::MAX)
			.max(1);
		let each = total.div_ceil(count).min(params.posting_fee_cap);
		for payer in payers {
			let (amount, _) = Self::seize(&payer.account, each, Some(poster), MILLION);
			let member = payer.account.clone();
			Self::deposit_event(Event::PostingCharged {
				task: id,
				member,
				amount,
			});
		}
		Self::refresh(payers.iter().map(|payer| &payer.account));
	}

	/// See the call `report_double_vote`.
	pub(crate) fn do_report_double_vote(
		reporter: T::AccountId,
		first: SignedVotes<T::AccountId>,
		second: SignedVotes<T::AccountId>,
		task: TaskId,
		attempt: u8,
	) -> DispatchResult {
		ensure!(first.member == second.member, Error::<T>::NoDoubleVote);
		ensure!(first.key == second.key, Error::<T>::NoDoubleVote);
		ensure!(
			contradict(&first, &second, task, attempt),
			Error::<T>::NoDoubleVote
		);
		let member = first.member.clone();
		let record = Records::<T>::get(&member).ok_or(Error::<T>::NotAMember)?;
		ensure!(record.keys.contains(&first.key), Error::<T>::NotAMember);
		let known = DoubleVotes::<T>::contains_key(&member, (task, attempt));
		ensure!(!known, Error::<T>::AlreadyReported);
		let genesis = Self::genesis();
		for votes in [&first, &second] {
			let valid = votes.key.verify(&votes.payload(&genesis), &votes.signature);
			ensure!(valid, Error::<T>::BadSignature);
		}

		// Nothing fails from here on.
		DoubleVotes::<T>::insert(&member, (task, attempt), ());
		let params = Params::<T>::get();
		let now = crate::now_block::<T>();
		let breaker = BreakerState::<T>::get().at(now, params.breaker_window_blocks);
		let event = Event::DoubleVoteReported {
			member: member.clone(),
			task,
			attempt,
			reporter: reporter.clone(),
		};
		Self::deposit_event(event);
		let ppm = params.double_vote_slash_ppm;
		let offence = Offence::DoubleVote;
		Self::punish(
			&params,
			now,
			&breaker,
			member.clone(),
			Some(reporter),
			offence,
			ppm,
		);
		Self::refresh([&member]);
		Ok(())
	}

	/// Count Passes that were entered, for the circuit breaker.
	pub(crate) fn count_passes(passes: u32) {
		if passes == 0 {
			return;
		}
		let window = Params::<T>::get().breaker_window_blocks;
		BreakerState::<T>::mutate(|state| {
			*state = state.at(crate::now_block::<T>(), window);
			state.passes = state.passes.saturating_add(passes);
		})
	}

	fn count_overridden(params: &Parameters, now: BlockNumber, count: u32) -> Breaker {
		BreakerState::<T>::mutate(|state| {
			*state = state.at(now, params.breaker_window_blocks);
			state.overridden = state.overridden.saturating_add(count);
			*state
		})
	}

	/// The genesis hash: ties every signature and every draw to this chain.
	pub fn genesis() -> terminal_primitives::Digest {
		let hash = frame_system::Pallet::<T>::block_hash(
			frame_system::pallet_prelude::BlockNumberFor::<T>::default(),
		);
		hash.as_ref().try_into().unwrap_or_default()
	}
}

/// Whether one of the lists holds a Pass and the other a Fail on the same commitment.
fn contradict<AccountId>(
	first: &SignedVotes<AccountId>,
	second: &SignedVotes<AccountId>,
	task: TaskId,
	attempt: u8,
) -> bool {
	let about = |votes: &SignedVotes<AccountId>| {
		let statements = votes.statements.iter();
		let about = statements.filter(|vote| vote.task == task && vote.attempt == attempt);
		about.cloned().collect::<Vec<_>>()
	};
	let second = about(second);
	about(first).iter().any(|a| {
		second.iter().any(|b| {
			let opposite = matches!(
				(&a.outcome, &b.outcome),
				(Outcome::Pass, Outcome::Fail) | (Outcome::Fail, Outcome::Pass)
			);
			opposite && a.same_subject(b)
		})
	})
}
