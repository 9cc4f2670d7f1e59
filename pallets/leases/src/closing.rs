//! The ways out of a lease. All of them end in [`Pallet::close_for_good`].

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	calls::{Side, JOB_UNITS},
	lifecycle::Step,
	meter::Due,
	pricing,
	types::*,
	Config, Error, Event, Leases, LeasesOf, Pallet,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time, BoundedVec};
use terminal_primitives::{
	hooks::{OnJobProgress, OnMachineLeased},
	market::{Machines, ProviderBonds, Verdict},
	uptime::VerifiedUptime,
	BlockNumber, LeaseId,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_cancel(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let side = Self::side(&lease, &who);
		let now = crate::now_block::<T>();
		let late = |last: BlockNumber| now > last;
		let (step, outcome, keeps_hold_fee) = match (&lease.state, side) {
			(State::Offered { .. }, Some(Side::Consumer)) => {
				(Step::Cancel, Outcome::CancelledByConsumer, false)
			},
			(State::Offered { .. } | State::Running { .. }, Some(Side::Provider)) => {
				(Step::Cancel, Outcome::CancelledByProvider, false)
			},
			(State::Offered { expires_at }, None) if late(*expires_at) => {
				(Step::Expire, Outcome::Expired, false)
			},
			// The window is over without a handshake: whoever says so, the provider waited.
			(State::Accepted { start_by }, _) if late(*start_by) => {
				(Step::Expire, Outcome::Expired, true)
			},
			(State::Accepted { .. }, Some(Side::Consumer)) => {
				(Step::Cancel, Outcome::CancelledByConsumer, true)
			},
			(State::Accepted { .. }, Some(Side::Provider)) => {
				(Step::Cancel, Outcome::CancelledByProvider, false)
			},
			(State::Running { deadline }, _) if late(*deadline) => {
				(Step::Expire, Outcome::Expired, false)
			},
			(State::Running { .. }, Some(Side::Consumer)) => {
				return Err(Error::<T>::WorkInProgress.into())
			},
			(State::Offered { .. } | State::Accepted { .. } | State::Running { .. }, None) => {
				return Err(Error::<T>::NotParty.into())
			},
			(
				State::Active { .. }
				| State::Closing { .. }
				| State::Committed { .. }
				| State::Delivering { .. }
				| State::Closed { .. },
				_,
			) => return Err(Error::<T>::TooLateToCancel.into()),
		};
		if keeps_hold_fee {
			Self::pay_hold_fee(id, &mut lease)?;
		}
		Self::close_for_good(id, lease, step, outcome, Some(&who))
	}

	pub(crate) fn do_close(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let lease = Self::get(id)?;
		let side = Self::side(&lease, &who);
		Self::end(id, lease, side)
	}

	pub(crate) fn do_finish(who: Option<&T::AccountId>, id: LeaseId) -> DispatchResult {
		let lease = Self::get(id)?;
		match &lease.state {
			State::Closing { .. } => Self::finish_metered(id, lease, who),
			State::Running { deadline } => {
				ensure!(
					crate::now_block::<T>() > *deadline,
					Error::<T>::LeaseNotOver
				);
				Self::close_for_good(id, lease, Step::Expire, Outcome::Expired, who)
			},
			State::Delivering { .. } => Self::finish_job(id, lease, who),
			State::Offered { .. } | State::Accepted { .. } | State::Active { .. } => {
				Err(Error::<T>::LeaseNotOver.into())
			},
			State::Committed { .. } => Err(Error::<T>::VerdictPending.into()),
			State::Closed { .. } => Self::forget(id, lease),
		}
	}

	/// What the expiry wheel does with a lease whose state's time is up.
	pub(crate) fn do_expire(id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let now = crate::now_block::<T>();
		match lease.state {
			State::Offered { expires_at } => {
				ensure!(now > expires_at, Error::<T>::LeaseNotOver);
				Self::close_for_good(id, lease, Step::Expire, Outcome::Expired, None)
			},
			State::Accepted { start_by } => {
				ensure!(now > start_by, Error::<T>::LeaseNotOver);
				Self::pay_hold_fee(id, &mut lease)?;
				Self::close_for_good(id, lease, Step::Expire, Outcome::Expired, None)
			},
			State::Active { .. } => Self::end(id, lease, None),
			State::Closing { .. } | State::Running { .. } | State::Delivering { .. } => {
				Self::do_finish(None, id)
			},
			State::Committed { .. } => Err(Error::<T>::VerdictPending.into()),
			State::Closed { .. } => Self::forget(id, lease),
		}
	}

	/// Enter attestation's verdict.
	pub(crate) fn do_conclude(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		verdict: Verdict,
		reporter: Option<&T::AccountId>,
	) -> DispatchResult {
		let Work::Job(work) = &lease.work else {
			return Err(Error::<T>::NotJob.into());
		};
		let price = work.price;
		let outcome = match (verdict, &lease.state) {
			(Verdict::Pass, State::Committed { root, committed_at }) => {
				let until = crate::now_block::<T>().saturating_add(lease.terms.delivery_blocks);
				let (root, committed_at) = (*root, *committed_at);
				let demands = BoundedVec::new();
				let state = State::Delivering {
					root,
					committed_at,
					until,
					demands,
				};
				Self::enter(id, &mut lease, Step::Pass, state)?;
				Leases::<T>::insert(id, lease);
				Self::deposit_event(Event::VerdictEntered { lease: id, verdict });
				return Ok(());
			},
			// It passed before, and nothing changes by saying so again.
			(Verdict::Pass, State::Delivering { .. }) => return Ok(()),
			(Verdict::Fault, State::Committed { .. } | State::Delivering { .. }) => {
				Outcome::Faulted
			},
			(Verdict::Unanswered, State::Committed { .. } | State::Delivering { .. }) => {
				Outcome::Unanswered
			},
			(
				_,
				State::Offered { .. }
				| State::Accepted { .. }
				| State::Active { .. }
				| State::Closing { .. }
				| State::Running { .. }
				| State::Closed { .. },
			) => return Err(Error::<T>::NothingCommitted.into()),
		};
		Self::deposit_event(Event::VerdictEntered { lease: id, verdict });
		if outcome == Outcome::Faulted {
			T::Bonds::slash(&lease.provider, price, reporter);
		}
		Self::close_for_good(id, lease, Step::Fail, outcome, None)
	}

	/// Fix the end of an active lease, free its units, refund what can never be due.
	fn end(id: LeaseId, mut lease: Lease<T::AccountId>, side: Option<Side>) -> DispatchResult {
		let State::Active { ends_at } = lease.state else {
			return Err(Error::<T>::LeaseNotActive.into());
		};
		let now = T::Time::now();
		let end = now.min(ends_at);
		let machine = lease.machine;
		let resolved = T::Uptime::resolved_until(machine);
		let v = |at| T::Uptime::proven_ms(machine, at);
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let funded = lease.books.drawn().saturating_add(lease.books.held);
		let exhausted = work.meter.due(end, &v).total() >= funded;
		let outcome = match side {
			_ if now >= ends_at => Outcome::Completed,
			_ if exhausted => Outcome::Exhausted,
			Some(Side::Consumer) => Outcome::CancelledByConsumer,
			Some(Side::Provider) => Outcome::CancelledByProvider,
			None => return Err(Error::<T>::NotParty.into()),
		};
		work.meter.end(end);
		work.meter.count(end, resolved, &v);
		let greatest = work.meter.greatest_due(end, resolved, &v).total();
		let units = work.units;
		let claim_until = crate::now_block::<T>().saturating_add(lease.terms.claim_blocks);
		Self::enter(
			id,
			&mut lease,
			Step::Close,
			State::Closing {
				end,
				claim_until,
				outcome,
			},
		)?;
		T::Machines::release(machine, units);
		let refunded = funded.saturating_sub(greatest).min(lease.books.held);
		Self::refund(&mut lease, refunded)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseEnded {
			lease: id,
			end,
			claim_until,
			outcome,
			refunded,
		});
		Ok(())
	}

	fn finish_metered(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		who: Option<&T::AccountId>,
	) -> DispatchResult {
		let State::Closing {
			end,
			claim_until,
			outcome,
		} = lease.state
		else {
			return Err(Error::<T>::LeaseNotOver.into());
		};
		let resolved = T::Uptime::resolved_until(lease.machine) >= end;
		let backstop = end.saturating_add(lease.terms.resolve_backstop_ms);
		ensure!(
			resolved || T::Time::now() >= backstop,
			Error::<T>::EndUnresolved
		);
		let Work::Metered(work) = &lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let v = |at| T::Uptime::proven_ms(lease.machine, at);
		let may_claim =
			crate::now_block::<T>() <= claim_until && work.meter.awaits_receipt(end, &v);
		let by_provider = who.is_some_and(|who| Self::side(&lease, who) == Some(Side::Provider));
		ensure!(by_provider || !may_claim, Error::<T>::ClaimWindowOpen);
		Self::pay_due(id, &mut lease)?;
		Self::close_for_good(id, lease, Step::Finish, outcome, who)
	}

	fn finish_job(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		who: Option<&T::AccountId>,
	) -> DispatchResult {
		let (State::Delivering { until, demands, .. }, Work::Job(work)) =
			(&lease.state, &lease.work)
		else {
			return Err(Error::<T>::LeaseNotOver.into());
		};
		let now = crate::now_block::<T>();
		if demands.iter().any(|demand| now > demand.answer_by) {
			return Self::close_for_good(id, lease, Step::Fail, Outcome::Undelivered, who);
		}
		ensure!(now > *until, Error::<T>::LeaseNotOver);
		ensure!(demands.is_empty(), Error::<T>::DemandsOpen);
		ensure!(!T::OnJobProgress::holds_open(id), Error::<T>::ChallengeOpen);
		let due = Due {
			provider: work.price,
			royalty: work.royalty,
		};
		let draw = pricing::draw(due, &lease.books);
		Self::pay(id, &mut lease, draw)?;
		Self::close_for_good(id, lease, Step::Finish, Outcome::Completed, who)
	}

	/// The one way out: give back all that is left, undo every reservation, tell who listens.
	fn close_for_good(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		step: Step,
		outcome: Outcome,
		finisher: Option<&T::AccountId>,
	) -> DispatchResult {
		let before = lease.state.clone();
		let closed_at = crate::now_block::<T>();
		// A provider that did not deliver is not rewarded for saying so.
		let finisher = finisher
			.filter(|who| step == Step::Finish || Self::side(&lease, who) != Some(Side::Provider));
		Self::enter(id, &mut lease, step, State::Closed { outcome, closed_at })?;
		Self::refund_all(&mut lease)?;
		Self::return_deposit(&mut lease, finisher)?;
		if let State::Delivering { demands, .. } = &before {
			for demand in demands {
				Self::return_posting(&lease.consumer, demand.posting)?;
			}
		}
		match &lease.work {
			Work::Metered(work) => match before {
				State::Accepted { .. } => T::Machines::release(lease.machine, work.units),
				State::Closing { .. } => T::OnMachineLeased::on_lease_ended(lease.machine),
				_ => {},
			},
			Work::Job(work) => {
				if matches!(before, State::Running { .. }) {
					T::Machines::release(lease.machine, JOB_UNITS);
				}
				if !matches!(before, State::Offered { .. }) {
					T::Bonds::take_off_risk(&lease.provider, work.price);
				}
			},
		}
		let is_committed = matches!(before, State::Committed { .. } | State::Delivering { .. });
		let books = lease.books;
		Leases::<T>::insert(id, lease);
		// A verdict comes from attestation, in the middle of its own work on the task: it is told
		// when the lease is forgotten.
		if is_committed && !is_by_verdict(outcome) {
			T::OnJobProgress::on_closed(id);
		}
		Self::deposit_event(Event::LeaseClosed {
			lease: id,
			outcome,
			books,
		});
		Ok(())
	}

	/// Remove a closed lease after its retention.
	fn forget(id: LeaseId, lease: Lease<T::AccountId>) -> DispatchResult {
		let State::Closed { outcome, closed_at } = lease.state else {
			return Err(Error::<T>::LeaseNotOver.into());
		};
		let last = closed_at.saturating_add(lease.terms.retention_blocks);
		ensure!(
			crate::now_block::<T>() > last,
			Error::<T>::LeaseAlreadyClosed
		);
		Leases::<T>::remove(id);
		LeasesOf::<T>::remove(&lease.consumer, id);
		LeasesOf::<T>::remove(&lease.provider, id);
		if is_by_verdict(outcome) {
			T::OnJobProgress::on_closed(id);
		}
		Self::deposit_event(Event::LeaseForgotten { lease: id });
		Ok(())
	}

	fn pay_hold_fee(id: LeaseId, lease: &mut Lease<T::AccountId>) -> DispatchResult {
		let provider = lease.terms.hold_fee.min(lease.books.held);
		Self::pay(
			id,
			lease,
			pricing::Draw {
				provider,
				royalty: 0,
			},
		)
	}
}

/// Whether attestation's verdict closed the lease.
fn is_by_verdict(outcome: Outcome) -> bool {
	match outcome {
		Outcome::Faulted | Outcome::Unanswered => true,
		Outcome::Completed
		| Outcome::CancelledByConsumer
		| Outcome::CancelledByProvider
		| Outcome::Expired
		| Outcome::Exhausted
		| Outcome::Undelivered => false,
	}
}
