//! The ways out of a lease. All of them end in [`Pallet::close_for_good`].

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	calls::JOB_UNITS,
	lifecycle::Step,
	meter::Due,
	pricing::{self, Phase},
	types::*,
	Config, Error, Event, Leases, LeasesOf, Pallet, ProvenOf,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time, BoundedVec};
use sp_runtime::DispatchError;
use terminal_primitives::{
	hooks::{OnJobProgress, OnLeaseBegun, OnMachineLeased},
	market::{Machines, ProviderBonds, Verdict},
	uptime::{ProvenTime, VerifiedUptime},
	AssetId, Balance, BlockNumber, LeaseId,
};

impl<T: Config> Pallet<T> {
	/// Returns what the lease was paid in.
	pub(crate) fn do_cancel(
		who: T::AccountId,
		id: LeaseId,
	) -> Result<Option<AssetId>, DispatchError> {
		let mut lease = Self::get(id)?;
		let paid_in = lease.asset;
		let side = Self::side(&lease, &who);
		let now = crate::now_block::<T>();
		let late = |last: BlockNumber| now > last;
		let (step, outcome, keeps_hold_fee) = match (&lease.state, side) {
			(State::Offered { .. }, Some(Side::Consumer)) => {
				(Step::Cancel, Outcome::CancelledByConsumer, false)
			},
			// After the deadline no word of the provider's makes a choice of what it forfeits.
			(State::Running { deadline }, _) if late(*deadline) => {
				(Step::Expire, Outcome::Expired, false)
			},
			(State::Offered { .. } | State::Running { .. }, Some(Side::Provider)) => {
				(Step::Cancel, Outcome::CancelledByProvider, false)
			},
			(State::Offered { expires_at }, None) if late(*expires_at) => {
				(Step::Expire, Outcome::Expired, false)
			},
			// The window is over without a handshake: whoever says so, the provider waited. Where the
			// handshake was shown beforehand, the consumer did.
			(
				State::Accepted {
					start_by, shown, ..
				},
				_,
			) if late(*start_by) => (Step::Expire, Outcome::Expired, !*shown),
			(State::Accepted { shown: true, .. }, Some(Side::Consumer)) => {
				return Err(Error::<T>::StartAwaited.into())
			},
			(State::Accepted { .. }, Some(Side::Consumer)) => {
				(Step::Cancel, Outcome::CancelledByConsumer, true)
			},
			(State::Accepted { .. }, Some(Side::Provider)) => {
				(Step::Cancel, Outcome::CancelledByProvider, false)
			},
			(State::Running { .. }, Some(Side::Consumer)) => {
				return Err(Error::<T>::WorkInProgress.into())
			},
			(State::Offered { .. } | State::Accepted { .. } | State::Running { .. }, None) => {
				return Err(Error::<T>::NotParty.into())
			},
			(
				State::Active { .. }
				| State::Paused { .. }
				| State::Closing { .. }
				| State::Disputed { .. }
				| State::Committed { .. }
				| State::Delivering { .. }
				| State::Serving { .. }
				| State::Redeeming { .. }
				| State::Closed { .. },
				_,
			) => return Err(Error::<T>::TooLateToCancel.into()),
		};
		if keeps_hold_fee {
			Self::pay_hold_fee(id, &mut lease)?;
		}
		Self::close_for_good(id, lease, step, outcome, Some(&who))?;
		Ok(paid_in)
	}

	/// Returns what the lease is paid in.
	pub(crate) fn do_close(
		who: T::AccountId,
		id: LeaseId,
	) -> Result<Option<AssetId>, DispatchError> {
		let mut lease = Self::get(id)?;
		let paid_in = lease.asset;
		if matches!(lease.work, Work::Calls(_)) {
			Self::stop_serving(Some(&who), id, lease)?;
			return Ok(paid_in);
		}
		let side = Self::side(&lease, &who);
		let proven = T::Uptime::read(lease.machine);
		let (outcome, payer) = Self::ending_by(id, &mut lease, side, &proven)?;
		Self::end(id, lease, outcome, payer, &proven)?;
		Ok(paid_in)
	}

	/// As [`Self::ending`], but no provider leaves for want of funds that the consumer's wallet has.
	pub(crate) fn ending_by(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		side: Option<Side>,
		proven: &ProvenOf<T>,
	) -> Result<(Outcome, Option<Side>), DispatchError> {
		if side == Some(Side::Provider) {
			Self::refill(id, lease, proven)?;
		}
		Self::ending(lease, side, proven)
	}

	/// How a running or paused lease ends if `side` ends it now, and who pays the early-close fee
	/// if one is agreed.
	///
	/// A consumer pays where it leaves a running lease or let its escrow run out, unless an issuer's
	/// freeze kept it from funding it; a provider where it leaves one that is funded, or does not
	/// come back from maintenance. Nobody pays who leaves
	/// because the other side does not do its part, or did not until a moment ago, and no consumer
	/// whose spot lease was called back.
	pub(crate) fn ending(
		lease: &Lease<T::AccountId>,
		side: Option<Side>,
		proven: &ProvenOf<T>,
	) -> Result<(Outcome, Option<Side>), DispatchError> {
		let now = T::Time::now();
		let side = || side.ok_or(Error::<T>::NotParty);
		Ok(match lease.state {
			State::Active { ends_at } if now >= ends_at => match is_reclaimed(lease) {
				true => (Outcome::Preempted, None),
				false => (Outcome::Completed, None),
			},
			State::Active { .. } => match side()? {
				Side::Consumer => {
					let is_free = Self::just_came_back(lease, Side::Provider);
					let payer = (!is_free).then_some(Side::Consumer);
					(Outcome::CancelledByConsumer, payer)
				},
				Side::Provider if Self::is_used_up(lease, proven) => (Outcome::Exhausted, None),
				Side::Provider => {
					let is_free = Self::just_came_back(lease, Side::Consumer);
					let payer = (!is_free).then_some(Side::Provider);
					(Outcome::CancelledByProvider, payer)
				},
			},
			State::Paused { until, .. } if now >= until => Self::overstayed(lease, proven)?,
			State::Paused { why, .. } => match (why, side()?) {
				(Pause::Funds, Side::Consumer) => {
					let payer = (!Self::was_kept_from_funding(lease)).then_some(Side::Consumer);
					(Outcome::CancelledByConsumer, payer)
				},
				(Pause::Funds, Side::Provider) => (Outcome::CancelledByProvider, None),
				(Pause::Maintenance { .. }, Side::Consumer) => (Outcome::CancelledByConsumer, None),
				(Pause::Maintenance { .. }, Side::Provider) => {
					(Outcome::CancelledByProvider, Some(Side::Provider))
				},
			},
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Closing { .. }
			| State::Disputed { .. }
			| State::Running { .. }
			| State::Committed { .. }
			| State::Delivering { .. }
			| State::Serving { .. }
			| State::Redeeming { .. }
			| State::Closed { .. } => return Err(Error::<T>::LeaseNotActive.into()),
		})
	}

	pub(crate) fn do_finish(who: Option<&T::AccountId>, id: LeaseId) -> DispatchResult {
		let lease = Self::get(id)?;
		match &lease.state {
			State::Closing { .. } => Self::finish_metered(id, lease, who),
			State::Disputed { until, .. } => {
				ensure!(crate::now_block::<T>() > *until, Error::<T>::DisputeOpen);
				Self::finish_metered(id, lease, who)
			},
			State::Running { deadline } => {
				ensure!(
					crate::now_block::<T>() > *deadline,
					Error::<T>::LeaseNotOver
				);
				Self::close_for_good(id, lease, Step::Expire, Outcome::Expired, who)
			},
			State::Delivering { .. } => Self::finish_job(id, lease, who),
			State::Redeeming { .. } => Self::finish_calls(id, lease, who),
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Active { .. }
			| State::Serving { .. }
			| State::Paused { .. } => Err(Error::<T>::LeaseNotOver.into()),
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
			State::Accepted {
				start_by, shown, ..
			} => {
				ensure!(now > start_by, Error::<T>::LeaseNotOver);
				if !shown {
					Self::pay_hold_fee(id, &mut lease)?;
				}
				Self::close_for_good(id, lease, Step::Expire, Outcome::Expired, None)
			},
			State::Active { ends_at } if T::Time::now() < ends_at => {
				Self::pause_or_end_for_funds(id, lease)
			},
			State::Paused { why, until, .. } if T::Time::now() < until => match why {
				Pause::Maintenance { until } if T::Time::now() >= until => {
					let proven = T::Uptime::read(lease.machine);
					Self::resume_or_end(id, lease, &proven)
				},
				Pause::Maintenance { .. } | Pause::Funds => Err(Error::<T>::LeaseNotOver.into()),
			},
			State::Active { .. } | State::Paused { .. } => {
				let proven = T::Uptime::read(lease.machine);
				let (outcome, payer) = Self::ending(&lease, None, &proven)?;
				Self::end(id, lease, outcome, payer, &proven)
			},
			State::Closing { .. }
			| State::Disputed { .. }
			| State::Running { .. }
			| State::Delivering { .. }
			| State::Redeeming { .. } => Self::do_finish(None, id),
			State::Serving { .. } => Self::stop_serving(None, id, lease),
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
		let at_risk = work.at_risk;
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
				| State::Paused { .. }
				| State::Closing { .. }
				| State::Disputed { .. }
				| State::Running { .. }
				| State::Serving { .. }
				| State::Redeeming { .. }
				| State::Closed { .. },
			) => return Err(Error::<T>::NothingCommitted.into()),
		};
		Self::deposit_event(Event::VerdictEntered { lease: id, verdict });
		if outcome == Outcome::Faulted {
			T::Bonds::slash(&lease.provider, at_risk, reporter);
		}
		Self::close_for_good(id, lease, Step::Fail, outcome, None)
	}

	/// Fix the end of a running or paused lease, free its units, refund what can never be due.
	pub(crate) fn end(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		outcome: Outcome,
		payer: Option<Side>,
		proven: &ProvenOf<T>,
	) -> DispatchResult {
		let spare = Self::wind_up(id, &mut lease, outcome, payer, proven)?;
		Self::refund(&mut lease, spare)?;
		Leases::<T>::insert(id, lease);
		Ok(())
	}

	/// As [`Self::end`], but leaves what can never be due in the escrow, for the caller to move.
	/// Returns how much that is.
	pub(crate) fn wind_up(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		outcome: Outcome,
		payer: Option<Side>,
		proven: &ProvenOf<T>,
	) -> Result<Balance, DispatchError> {
		let (end, left_ms) = Self::clock(lease).ok_or(Error::<T>::LeaseNotActive)?;
		let machine = lease.machine;
		let resolved = proven.resolved_until();
		let v = |at| proven.proven_ms(at);
		let payer = payer.filter(|side| *side == Side::Provider || !is_reclaimed(lease));
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		work.meter.end(end);
		work.meter.count(end, resolved, &v);
		work.proposal = None;
		work.offered_to = None;
		work.auto_top_up = None;
		let fee = work.early_fee(left_ms);
		let early = match payer {
			Some(Side::Consumer) => EarlyEnd::ConsumerPays(fee),
			Some(Side::Provider) => EarlyEnd::ProviderPays(fee),
			None => EarlyEnd::Free,
		};
		let greatest = work.meter.greatest_due(end, resolved, &v);
		let phase = Phase::Final {
			early,
			missed: false,
		};
		let greatest = pricing::payable(greatest, greatest, work.terms.sla, phase)
			.at_least_drawn(&lease.books)
			.total();
		let units = work.units;
		let claim_until = crate::now_block::<T>().saturating_add(lease.terms.claim_blocks);
		let state = State::Closing {
			end,
			claim_until,
			outcome,
			early,
		};
		Self::enter(id, lease, Step::Close, state)?;
		T::Machines::release(machine, units);
		let spare = lease
			.books
			.funded()
			.saturating_sub(greatest)
			.min(lease.books.held);
		Self::deposit_event(Event::LeaseEnded {
			lease: id,
			end,
			claim_until,
			outcome,
			refunded: spare,
		});
		Ok(spare)
	}

	fn finish_metered(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		who: Option<&T::AccountId>,
	) -> DispatchResult {
		let (end, claim_until, outcome, early) = match lease.state {
			State::Closing {
				end,
				claim_until,
				outcome,
				early,
			} => (end, claim_until, outcome, early),
			State::Disputed {
				end,
				until,
				outcome,
				early,
			} => (end, until, outcome, early),
			_ => return Err(Error::<T>::LeaseNotOver.into()),
		};
		let uptime = T::Uptime::read(lease.machine);
		let resolved = uptime.resolved_until() >= end;
		let backstop = end.saturating_add(lease.terms.resolve_backstop_ms);
		ensure!(
			resolved || T::Time::now() >= backstop,
			Error::<T>::EndUnresolved
		);
		let Work::Metered(work) = &lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let v = |at| uptime.proven_ms(at);
		let may_claim =
			crate::now_block::<T>() <= claim_until && work.meter.awaits_receipt(end, &v);
		let by_provider = who.is_some_and(|who| Self::side(&lease, who) == Some(Side::Provider));
		ensure!(by_provider || !may_claim, Error::<T>::ClaimWindowOpen);
		let (ran, proven) = work.meter.ran_and_proven_ms(end, &v);
		let missed = pricing::missed(work.terms.sla, ran, proven);
		let phase = Phase::Final { early, missed };
		Self::pay_up_to(id, &mut lease, end, phase, 0, &uptime)?;
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
		let draw = pricing::draw(due, &lease.books, 0);
		Self::pay(id, &mut lease, draw)?;
		Self::pay_attestation(id, &mut lease)?;
		Self::close_for_good(id, lease, Step::Finish, Outcome::Completed, who)
	}

	/// The one way out: give back all that is left, undo every reservation, tell who listens.
	pub(crate) fn close_for_good(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		step: Step,
		outcome: Outcome,
		finisher: Option<&T::AccountId>,
	) -> DispatchResult {
		let before = lease.state.clone();
		let closed_at = crate::now_block::<T>();
		// A provider that did not deliver is not rewarded for saying so.
		let served = !matches!(&lease.work, Work::Calls(work) if work.calls == 0);
		let delivered = step == Step::Finish && served;
		let finisher =
			finisher.filter(|who| delivered || Self::side(&lease, who) != Some(Side::Provider));
		Self::enter(id, &mut lease, step, State::Closed { outcome, closed_at })?;
		Self::refund_all(&mut lease)?;
		Self::return_deposit(&mut lease, finisher)?;
		if let State::Delivering { demands, .. } = &before {
			for demand in demands {
				Self::return_posting(&lease.consumer, demand.posting)?;
			}
		}
		Self::record(&lease, &before, outcome);
		let mut never_started = false;
		match &lease.work {
			Work::Metered(work) => match before {
				State::Accepted { .. } => {
					T::Machines::release(lease.machine, work.units);
					never_started = work.agreed;
				},
				State::Closing { .. } | State::Disputed { .. } => {
					T::OnMachineLeased::on_lease_ended(lease.machine)
				},
				_ => {},
			},
			Work::Job(work) => {
				if matches!(before, State::Running { .. }) {
					T::Machines::release(lease.machine, JOB_UNITS);
				}
				if !matches!(before, State::Offered { .. }) {
					T::Bonds::take_off_risk(&lease.provider, work.at_risk);
				}
			},
			// It reserved nothing, and nobody waits for it.
			Work::Calls(_) => {},
		}
		// A provider need not look at what it never took, or offers alone would fill its index.
		let never_taken = matches!(before, State::Offered { .. });
		if never_taken && lease.provider != lease.consumer {
			LeasesOf::<T>::remove(&lease.provider, id);
		}
		let is_committed = matches!(before, State::Committed { .. } | State::Delivering { .. });
		let books = lease.books;
		Leases::<T>::insert(id, lease);
		if never_started {
			T::OnLeaseBegun::on_never_started(id);
		}
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
		crate::hooks::forget::<T>(id, &lease);
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
		| Outcome::Undelivered
		| Outcome::Preempted
		| Outcome::Arbitrated
		| Outcome::Migrated => false,
	}
}

/// Whether the provider has called a spot lease back.
fn is_reclaimed<AccountId>(lease: &Lease<AccountId>) -> bool {
	matches!(&lease.work, Work::Metered(work) if work.reclaimed)
}
