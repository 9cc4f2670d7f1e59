//! What the calls do once their origin is known, from acceptance to the last proof. Opening and
//! closing have files of their own.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::Step,
	meter::ReceiptRefused,
	pricing::{self, Phase},
	receipts,
	types::*,
	Config, Error, Event, Leases, Pallet, Params, ProvenOf,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Defensive, Time},
};
use sp_runtime::DispatchError;
use terminal_gpu_proof::result::{self, Leaf};
use terminal_primitives::{
	hooks::{OnJobProgress, OnLeaseBegun, OnMachineLeased},
	market::{Machines, ProviderBonds},
	uptime::{ProvenTime, VerifiedUptime},
	AssetId, Balance, BlockNumber, Digest, LeaseId, Moment,
};

/// Units of a machine that one fixed job takes while it runs.
pub(crate) const JOB_UNITS: u32 = 1;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_accept(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Offered { expires_at } = lease.state else {
			return Err(Error::<T>::LeaseNotOffered.into());
		};
		Self::ensure_provider(&lease, &who)?;
		let now = crate::now_block::<T>();
		ensure!(now <= expires_at, Error::<T>::OfferExpired);
		// What an asset is worth may have changed since: a provider takes it while it names a price.
		let is_taken = |asset| T::Machines::price_in(lease.machine, asset).is_some();
		ensure!(
			lease.asset.is_none_or(is_taken),
			Error::<T>::MachineNotPriced
		);
		let (step, state) = match &lease.work {
			Work::Metered(work) => {
				let state = Self::accepted(&lease, work, false)?;
				(Step::AcceptMetered, state)
			},
			Work::Job(work) => {
				let until = Self::moment_after(work.deadline_blocks);
				T::Machines::reserve(lease.machine, JOB_UNITS, until)?;
				T::Bonds::put_at_risk(&lease.provider, work.at_risk)?;
				let deadline = now.saturating_add(work.deadline_blocks);
				(Step::AcceptJob, State::Running { deadline })
			},
			Work::Calls(work) => {
				let until = now.saturating_add(work.duration_blocks);
				(Step::AcceptCalls, State::Serving { until })
			},
		};
		Self::enter(id, &mut lease, step, state)?;
		let provider = lease.provider.clone();
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseAccepted {
			lease: id,
			provider,
		});
		Ok(())
	}

	/// Reserve the units of a metered lease from now to the latest end it can have by plan. Returns
	/// the state in which its start is awaited.
	pub(crate) fn accepted(
		lease: &Lease<T::AccountId>,
		work: &MeteredWork<T::AccountId>,
		shown: bool,
	) -> Result<State, DispatchError> {
		let start_blocks = lease.terms.start_blocks;
		let reserved_until = Self::moment_after(start_blocks).saturating_add(work.duration_ms);
		T::Machines::reserve(lease.machine, work.units, reserved_until)?;
		Ok(State::Accepted {
			start_by: crate::now_block::<T>().saturating_add(start_blocks),
			shown,
			reserved_until,
		})
	}

	/// When so many blocks will have passed, by plan.
	fn moment_after(blocks: BlockNumber) -> Moment {
		let block_ms = Params::<T>::get().block_ms;
		T::Time::now().saturating_add(block_ms.saturating_mul(blocks.into()))
	}

	pub(crate) fn do_start(
		who: T::AccountId,
		id: LeaseId,
		handshake: Option<Receipt>,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Accepted {
			start_by,
			shown,
			reserved_until,
		} = lease.state
		else {
			return Err(Error::<T>::LeaseNotAccepted.into());
		};
		Self::ensure_provider(&lease, &who)?;
		ensure!(
			crate::now_block::<T>() <= start_by,
			Error::<T>::StartWindowOver
		);
		let from = T::Time::now();
		let machine = lease.machine;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		ensure!(
			handshake.is_some() || shown || work.tenant.is_none(),
			Error::<T>::HandshakeMissing
		);
		work.meter
			.begin(work.provider_rate(), work.royalty_rate, from, work.tenant)
			.map_err(|_| Error::<T>::IllegalStep)
			.defensive()?;
		let mut ends_at = from.saturating_add(work.duration_ms);
		// Blocks came slower than planned, and what follows is booked: the end stays where it was.
		if ends_at > reserved_until && T::Machines::extend(machine, work.units, ends_at).is_err() {
			ends_at = reserved_until.max(from);
		}
		let agreed = work.agreed;
		if let Some(receipt) = handshake {
			Self::show(id, &mut lease, &receipt)?;
		}
		Self::enter(id, &mut lease, Step::Start, State::Active { ends_at })?;
		let compensation = lease.terms.anchor_compensation;
		Self::pay_from_deposit(&mut lease, &who, compensation)?;
		T::OnMachineLeased::on_lease_started(machine)?;
		Leases::<T>::insert(id, lease);
		if agreed {
			T::OnLeaseBegun::on_started(id);
		}
		Self::deposit_event(Event::LeaseStarted {
			lease: id,
			from,
			ends_at,
		});
		Ok(())
	}

	/// Enter a receipt and what is proven for good. Moves no money, so that it is cheap.
	pub(crate) fn do_settle(id: LeaseId, receipt: Option<Receipt>) -> DispatchResult {
		let mut lease = Self::get(id)?;
		ensure!(
			matches!(lease.work, Work::Metered(_)),
			Error::<T>::NotMetered
		);
		let (at, claim_until) = match lease.state {
			State::Active { ends_at } => (T::Time::now().min(ends_at), None),
			State::Paused { since, .. } => (since, None),
			State::Closing {
				end, claim_until, ..
			} => (end, Some(claim_until)),
			State::Disputed { end, until, .. } => (end, Some(until)),
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Running { .. }
			| State::Committed { .. }
			| State::Delivering { .. }
			| State::Serving { .. }
			| State::Redeeming { .. }
			| State::Closed { .. } => return Err(Error::<T>::LeaseNotActive.into()),
		};
		if let Some(receipt) = receipt {
			let in_time = claim_until.is_none_or(|last| crate::now_block::<T>() <= last);
			ensure!(in_time, Error::<T>::ClaimWindowOver);
			Self::show(id, &mut lease, &receipt)?;
		}
		let proven = T::Uptime::read_recorded(lease.machine);
		if let Work::Metered(work) = &mut lease.work {
			let v = |at| proven.proven_ms(at);
			work.meter.count(at, proven.resolved_until(), &v);
		}
		Leases::<T>::insert(id, lease);
		Ok(())
	}

	/// Pay what is due now, from the consumer's wallet too where it may be.
	/// Returns what the lease is paid in.
	pub(crate) fn do_withdraw(id: LeaseId) -> Result<Option<AssetId>, DispatchError> {
		let mut lease = Self::get(id)?;
		let paid_in = lease.asset;
		if matches!(lease.work, Work::Calls(_)) {
			Self::pay_calls(id, &mut lease)?;
		} else {
			let proven = T::Uptime::read(lease.machine);
			Self::refill(id, &mut lease, &proven)?;
			Self::pay_due(id, &mut lease, &proven)?;
		}
		Leases::<T>::insert(id, lease);
		Ok(paid_in)
	}

	pub(crate) fn do_commit_result(who: T::AccountId, id: LeaseId, root: Digest) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Running { deadline } = lease.state else {
			return Err(Error::<T>::LeaseNotRunning.into());
		};
		Self::ensure_provider(&lease, &who)?;
		let committed_at = crate::now_block::<T>();
		ensure!(committed_at <= deadline, Error::<T>::DeadlinePassed);
		Self::enter(
			id,
			&mut lease,
			Step::Commit,
			State::Committed { root, committed_at },
		)?;
		T::Machines::release(lease.machine, JOB_UNITS);
		Leases::<T>::insert(id, lease);
		T::OnJobProgress::on_committed(id)?;
		Self::deposit_event(Event::ResultCommitted { lease: id, root });
		Ok(())
	}

	pub(crate) fn do_demand_leaf(who: T::AccountId, id: LeaseId, index: u32) -> DispatchResult {
		let mut lease = Self::get(id)?;
		ensure!(who == lease.consumer, Error::<T>::NotConsumer);
		let terms = &lease.terms;
		let posting = terms.posting_fee;
		let answer_by = crate::now_block::<T>().saturating_add(terms.answer_blocks);
		let (State::Delivering { until, demands, .. }, Work::Job(work)) =
			(&mut lease.state, &lease.work)
		else {
			return Err(Error::<T>::LeaseNotDelivering.into());
		};
		ensure!(index < work.spec.items, Error::<T>::IndexOutOfRange);
		ensure!(answer_by <= *until, Error::<T>::DemandTooLate);
		ensure!(
			demands.iter().all(|demand| demand.index != index),
			Error::<T>::AlreadyDemanded
		);
		let open = u32::try_from(demands.len()).unwrap_or(u32::MAX);
		ensure!(open < terms.max_open_demands, Error::<T>::TooManyDemands);
		demands
			.try_push(Demand {
				index,
				answer_by,
				posting,
			})
			.map_err(|_| Error::<T>::TooManyDemands)?;
		Self::prepay(&who, posting)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeafDemanded {
			lease: id,
			index,
			answer_by,
		});
		Ok(())
	}

	pub(crate) fn do_answer_demand(who: T::AccountId, id: LeaseId, leaf: Leaf) -> DispatchResult {
		let mut lease = Self::get(id)?;
		Self::ensure_provider(&lease, &who)?;
		let job = Self::proof_job(id, &lease);
		let (State::Delivering { demands, .. }, Some(job)) = (&mut lease.state, job) else {
			return Err(Error::<T>::LeaseNotDelivering.into());
		};
		let position = demands
			.iter()
			.position(|demand| demand.index == leaf.index)
			.ok_or(Error::<T>::UnknownDemand)?;
		let demand = *demands.get(position).ok_or(Error::<T>::UnknownDemand)?;
		ensure!(
			crate::now_block::<T>() <= demand.answer_by,
			Error::<T>::AnswerTooLate
		);
		ensure!(result::committed(&job, &leaf), Error::<T>::LeafNotCommitted);
		demands.remove(position);
		Self::pay_posting(&lease.consumer, &who, demand.posting)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeafAnswered {
			lease: id,
			index: leaf.index,
		});
		Ok(())
	}

	/// Pay what is due now and not paid yet, as far as the terms let it be paid before the end.
	/// Pays the same sum however often and however late. Of a disputed lease it pays nothing.
	pub(crate) fn pay_due(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		proven: &ProvenOf<T>,
	) -> DispatchResult {
		let Work::Metered(work) = &lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let (at, phase, reserve) = match lease.state {
			State::Active { .. } | State::Paused { .. } => {
				let (at, left_ms) = Self::clock(lease).ok_or(Error::<T>::LeaseNotActive)?;
				let kept_back = work.early_fee(left_ms);
				let reserve = work.reserve(left_ms);
				(at, Phase::Running { kept_back }, reserve)
			},
			State::Closing { end, early, .. } => (end, Phase::Over(early), 0),
			State::Disputed { .. } => return Ok(()),
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Running { .. }
			| State::Committed { .. }
			| State::Delivering { .. }
			| State::Serving { .. }
			| State::Redeeming { .. }
			| State::Closed { .. } => return Err(Error::<T>::LeaseNotActive.into()),
		};
		Self::pay_up_to(id, lease, at, phase, reserve, proven)
	}

	/// Pay what is due for service up to `at`, in this phase, as far as `reserve` stays.
	pub(crate) fn pay_up_to(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		at: Moment,
		phase: Phase,
		reserve: Balance,
		proven: &ProvenOf<T>,
	) -> DispatchResult {
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let v = |at| proven.proven_ms(at);
		work.meter.count(at, proven.resolved_until(), &v);
		let acknowledged = work.meter.acknowledged_due(at, &v);
		let due = pricing::payable(work.meter.due(at, &v), acknowledged, work.terms.sla, phase);
		let draw = pricing::draw(due, &lease.books, reserve);
		Self::pay(id, lease, draw)
	}

	/// Check a receipt and enter it.
	pub(crate) fn show(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		receipt: &Receipt,
	) -> DispatchResult {
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let number = usize::try_from(receipt.segment).map_err(|_| Error::<T>::UnknownSegment)?;
		let segment = work.meter.segments.get(number);
		let tenant = segment
			.ok_or(Error::<T>::UnknownSegment)?
			.tenant
			.ok_or(Error::<T>::ReceiptsOff)?;
		ensure!(
			receipts::is_signed::<T>(id, &tenant, receipt),
			Error::<T>::ReceiptInvalid
		);
		let news = work
			.meter
			.acknowledge(receipt.segment, receipt.milliseconds)
			.map_err(|refused| match refused {
				ReceiptRefused::Off => Error::<T>::ReceiptsOff,
				ReceiptRefused::Segment => Error::<T>::UnknownSegment,
			})?;
		if news {
			let (segment, milliseconds) = (receipt.segment, receipt.milliseconds);
			Self::deposit_event(Event::ReceiptShown {
				lease: id,
				segment,
				milliseconds,
			});
		}
		Ok(())
	}

	pub(crate) fn get(id: LeaseId) -> Result<Lease<T::AccountId>, DispatchError> {
		Leases::<T>::get(id).ok_or_else(|| Error::<T>::UnknownLease.into())
	}

	/// The account that signs for the machine now: the agent, or the provider where the machine is
	/// gone.
	pub(crate) fn agent_of(lease: &Lease<T::AccountId>) -> T::AccountId {
		T::Machines::machine(lease.machine)
			.filter(|machine| machine.provider == lease.provider)
			.map_or_else(|| lease.provider.clone(), |machine| machine.agent)
	}

	pub(crate) fn side(lease: &Lease<T::AccountId>, who: &T::AccountId) -> Option<Side> {
		if who == &lease.consumer {
			Some(Side::Consumer)
		} else if who == &lease.provider || who == &Self::agent_of(lease) {
			Some(Side::Provider)
		} else {
			None
		}
	}

	pub(crate) fn ensure_provider(
		lease: &Lease<T::AccountId>,
		who: &T::AccountId,
	) -> DispatchResult {
		let is_provider = who == &lease.provider || who == &Self::agent_of(lease);
		ensure!(is_provider, Error::<T>::NotProvider);
		Ok(())
	}

	/// What a leaf of the committed result is checked against.
	pub(crate) fn proof_job(id: LeaseId, lease: &Lease<T::AccountId>) -> Option<result::Job> {
		let Work::Job(work) = &lease.work else {
			return None;
		};
		let result_root = match &lease.state {
			State::Committed { root, .. } | State::Delivering { root, .. } => *root,
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Active { .. }
			| State::Paused { .. }
			| State::Closing { .. }
			| State::Disputed { .. }
			| State::Running { .. }
			| State::Serving { .. }
			| State::Redeeming { .. }
			| State::Closed { .. } => return None,
		};
		Some(result::Job {
			context: Self::job_context(id, &lease.provider),
			input_root: work.spec.input_root,
			result_root,
			items: work.spec.items,
			input_bytes: work.spec.input_bytes,
			output_bytes: work.spec.output_bytes,
		})
	}

	/// What ties the result leaves of a job to this chain, the lease and the provider.
	pub(crate) fn job_context(id: LeaseId, provider: &T::AccountId) -> Digest {
		result::context(&receipts::genesis_hash::<T>(), id.0, &provider.encode())
	}
}
