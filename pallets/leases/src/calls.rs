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
	lifecycle::Step, meter::ReceiptRefused, pricing, receipts, types::*, Config, Error, Event,
	Leases, Pallet,
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
	hooks::{OnJobProgress, OnMachineLeased},
	market::{Machines, ProviderBonds},
	uptime::VerifiedUptime,
	Balance, Digest, LeaseId,
};

/// Units of a machine that one fixed job takes while it runs.
pub(crate) const JOB_UNITS: u32 = 1;

/// The two sides of a lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
	Consumer,
	Provider,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_accept(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Offered { expires_at } = lease.state else {
			return Err(Error::<T>::LeaseNotOffered.into());
		};
		Self::ensure_provider(&lease, &who)?;
		let now = crate::now_block::<T>();
		ensure!(now <= expires_at, Error::<T>::OfferExpired);
		let (step, state) = match &lease.work {
			Work::Metered(work) => {
				T::Machines::reserve(lease.machine, work.units)?;
				let start_by = now.saturating_add(lease.terms.start_blocks);
				(Step::AcceptMetered, State::Accepted { start_by })
			},
			Work::Job(work) => {
				T::Machines::reserve(lease.machine, JOB_UNITS)?;
				T::Bonds::put_at_risk(&lease.provider, work.price)?;
				let deadline = now.saturating_add(work.deadline_blocks);
				(Step::AcceptJob, State::Running { deadline })
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

	pub(crate) fn do_start(
		who: T::AccountId,
		id: LeaseId,
		handshake: Option<Receipt>,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Accepted { start_by } = lease.state else {
			return Err(Error::<T>::LeaseNotAccepted.into());
		};
		Self::ensure_provider(&lease, &who)?;
		ensure!(
			crate::now_block::<T>() <= start_by,
			Error::<T>::StartWindowOver
		);
		let from = T::Time::now();
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		ensure!(
			handshake.is_some() || work.tenant.is_none(),
			Error::<T>::HandshakeMissing
		);
		let rate = work.rate.saturating_mul(work.units.into());
		work.meter
			.begin(rate, work.royalty_rate, from)
			.map_err(|_| Error::<T>::IllegalStep)
			.defensive()?;
		let ends_at = from.saturating_add(work.duration_ms);
		if let Some(receipt) = handshake {
			Self::show(id, &mut lease, &receipt)?;
		}
		Self::enter(id, &mut lease, Step::Start, State::Active { ends_at })?;
		let compensation = lease.terms.anchor_compensation;
		Self::pay_from_deposit(&mut lease, &who, compensation)?;
		T::OnMachineLeased::on_lease_started(lease.machine)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseStarted {
			lease: id,
			from,
			ends_at,
		});
		Ok(())
	}

	pub(crate) fn do_top_up(donor: T::AccountId, id: LeaseId, amount: Balance) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let Work::Metered(work) = &lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let greatest = match lease.state {
			State::Offered { .. } | State::Accepted { .. } => {
				let rate = work.rate.saturating_mul(work.units.into());
				let rate = rate.saturating_add(work.royalty_rate);
				crate::meter::amount(rate, work.duration_ms)
			},
			State::Active { ends_at } => {
				let resolved = T::Uptime::resolved_until(lease.machine);
				let v = |at| T::Uptime::proven_ms(lease.machine, at);
				work.meter.greatest_due(ends_at, resolved, &v).total()
			},
			State::Closing { .. }
			| State::Running { .. }
			| State::Committed { .. }
			| State::Delivering { .. }
			| State::Closed { .. } => return Err(Error::<T>::LeaseNotActive.into()),
		};
		let funded = lease.books.drawn().saturating_add(lease.books.held);
		let amount = amount.min(greatest.saturating_sub(funded));
		ensure!(amount > 0, Error::<T>::AlreadyFunded);
		Self::deposit(&donor, &mut lease, amount)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseToppedUp {
			lease: id,
			donor,
			amount,
		});
		Ok(())
	}

	pub(crate) fn do_settle(id: LeaseId, receipt: Option<Receipt>) -> DispatchResult {
		let mut lease = Self::get(id)?;
		ensure!(
			matches!(lease.work, Work::Metered(_)),
			Error::<T>::NotMetered
		);
		if !matches!(lease.state, State::Active { .. } | State::Closing { .. }) {
			return Err(Error::<T>::LeaseNotActive.into());
		}
		if let Some(receipt) = receipt {
			if let State::Closing { claim_until, .. } = lease.state {
				ensure!(
					crate::now_block::<T>() <= claim_until,
					Error::<T>::ClaimWindowOver
				);
			}
			Self::show(id, &mut lease, &receipt)?;
		}
		Self::pay_due(id, &mut lease)?;
		Leases::<T>::insert(id, lease);
		Ok(())
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

	/// Pay what is due now and not paid yet. Pays the same sum however often and however late.
	pub(crate) fn pay_due(id: LeaseId, lease: &mut Lease<T::AccountId>) -> DispatchResult {
		let at = match lease.state {
			State::Active { ends_at } => T::Time::now().min(ends_at),
			State::Closing { end, .. } => end,
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Running { .. }
			| State::Committed { .. }
			| State::Delivering { .. }
			| State::Closed { .. } => return Err(Error::<T>::LeaseNotActive.into()),
		};
		let machine = lease.machine;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let v = |at| T::Uptime::proven_ms(machine, at);
		work.meter.count(at, T::Uptime::resolved_until(machine), &v);
		let draw = pricing::draw(work.meter.due(at, &v), &lease.books);
		Self::pay(id, lease, draw)
	}

	/// Check a receipt and enter it.
	fn show(id: LeaseId, lease: &mut Lease<T::AccountId>, receipt: &Receipt) -> DispatchResult {
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let tenant = work.tenant.ok_or(Error::<T>::ReceiptsOff)?;
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
			| State::Closing { .. }
			| State::Running { .. }
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
