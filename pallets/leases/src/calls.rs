//! What the calls do once their origin is known.

use crate::{
	meter::{Meter, ReceiptRefused},
	lifecycle::Step,
	pricing, receipts,
	types::*,
	Config, Error, Event, HoldReason, Leases, LeasesOf, NextLeaseId, Params, Pallet,
};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Defensive, Time},
	BoundedVec,
};
use sp_runtime::DispatchError;
use terminal_gpu_proof::result::{self, Leaf};
use terminal_primitives::{
	hooks::{OnJobProgress, OnMachineLeased},
	market::{
		JobSpec, MachineStatus, MachineSummary, Machines, ModelRegistry, ModelTerms, ProviderBonds,
		Verdict,
	},
	uptime::VerifiedUptime,
	Balance, BlockNumber, Digest, LeaseId, MachineId, VersionId,
};

/// The two sides of a lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
	Consumer,
	Provider,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_metered(consumer: T::AccountId, order: MeteredOrder) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = Self::machine_for(order.machine, &order.terms_hash)?;
		let rate = machine.price_per_second;
		ensure!(rate <= order.max_rate, Error::<T>::RateAboveMaximum);
		ensure!((1..=machine.free_units).contains(&order.units), Error::<T>::UnitsUnavailable);
		let durations = params.min_duration_seconds..=params.max_duration_seconds;
		ensure!(durations.contains(&order.duration_seconds), Error::<T>::DurationOutOfRange);
		let royalty_rate =
			Self::version_terms(order.version)?.map_or(0, |terms| terms.price_per_second);
		let price =
			pricing::metered(&params, order.units, rate, royalty_rate, order.duration_seconds)
				.ok_or(Error::<T>::PriceOverflow)?;
		ensure!(price.per_second >= params.min_rate, Error::<T>::RateTooLow);
		ensure!(order.funds >= price.least, Error::<T>::FundsTooLow);
		let work = Work::Metered(MeteredWork {
			units: order.units,
			rate,
			royalty_rate,
			duration_ms: u64::from(order.duration_seconds).saturating_mul(1_000),
			tenant: order.tenant,
			meter: Meter::new(order.tenant.map(|_| params.grace_ms)),
		});
		let funds = order.funds.min(price.whole);
		Self::open(consumer, order.machine, machine, order.version, work, funds, params)
	}

	pub(crate) fn do_open_job(consumer: T::AccountId, order: JobOrder) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = Self::machine_for(order.machine, &order.terms_hash)?;
		Self::ensure_provable(&params, &order.spec)?;
		ensure!(order.price >= params.min_job_price, Error::<T>::PriceTooLow);
		let deadlines = params.min_deadline_blocks..=params.max_deadline_blocks;
		ensure!(deadlines.contains(&order.deadline_blocks), Error::<T>::DeadlineOutOfRange);
		let mut royalty = 0;
		if let Some(terms) = Self::version_terms(order.version)? {
			let root = terms.weights_root.ok_or(Error::<T>::VersionNotVerifiable)?;
			ensure!(root == order.spec.weights_root, Error::<T>::WeightsRootMismatch);
			royalty = terms.price_per_job;
		}
		let total = order.price.checked_add(royalty).ok_or(Error::<T>::PriceOverflow)?;
		ensure!(total <= order.max_total, Error::<T>::PriceAboveMaximum);
		let work = Work::Job(JobWork {
			spec: order.spec,
			price: order.price,
			royalty,
			deadline_blocks: order.deadline_blocks,
			manifest: order.manifest,
			input_url: Self::location(order.input_url)?,
			weights_url: Self::location(order.weights_url)?,
		});
		Self::open(consumer, order.machine, machine, order.version, work, total, params)
	}

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
		Self::deposit_event(Event::LeaseAccepted { lease: id, provider });
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
		ensure!(crate::now_block::<T>() <= start_by, Error::<T>::StartWindowOver);
		let from = T::Time::now();
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		ensure!(handshake.is_some() || work.tenant.is_none(), Error::<T>::HandshakeMissing);
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
		Self::deposit_event(Event::LeaseStarted { lease: id, from, ends_at });
		Ok(())
	}

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
		Self::deposit_event(Event::LeaseToppedUp { lease: id, donor, amount });
		Ok(())
	}

	pub(crate) fn do_settle(id: LeaseId, receipt: Option<Receipt>) -> DispatchResult {
		let mut lease = Self::get(id)?;
		ensure!(matches!(lease.work, Work::Metered(_)), Error::<T>::NotMetered);
		if !matches!(lease.state, State::Active { .. } | State::Closing { .. }) {
			return Err(Error::<T>::LeaseNotActive.into());
		}
		if let Some(receipt) = receipt {
			if let State::Closing { claim_until, .. } = lease.state {
				ensure!(crate::now_block::<T>() <= claim_until, Error::<T>::ClaimWindowOver);
			}
			Self::show(id, &mut lease, &receipt)?;
		}
		Self::pay_due(id, &mut lease)?;
		Leases::<T>::insert(id, lease);
		Ok(())
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
				ensure!(crate::now_block::<T>() > *deadline, Error::<T>::LeaseNotOver);
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

	pub(crate) fn do_commit_result(who: T::AccountId, id: LeaseId, root: Digest) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Running { deadline } = lease.state else {
			return Err(Error::<T>::LeaseNotRunning.into());
		};
		Self::ensure_provider(&lease, &who)?;
		let committed_at = crate::now_block::<T>();
		ensure!(committed_at <= deadline, Error::<T>::DeadlinePassed);
		Self::enter(id, &mut lease, Step::Commit, State::Committed { root, committed_at })?;
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
		ensure!(demands.iter().all(|demand| demand.index != index), Error::<T>::AlreadyDemanded);
		let open = u32::try_from(demands.len()).unwrap_or(u32::MAX);
		ensure!(open < terms.max_open_demands, Error::<T>::TooManyDemands);
		demands
			.try_push(Demand { index, answer_by, posting })
			.map_err(|_| Error::<T>::TooManyDemands)?;
		Self::prepay(&who, posting)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeafDemanded { lease: id, index, answer_by });
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
		ensure!(crate::now_block::<T>() <= demand.answer_by, Error::<T>::AnswerTooLate);
		ensure!(result::committed(&job, &leaf), Error::<T>::LeafNotCommitted);
		demands.remove(position);
		Self::pay_posting(&lease.consumer, &who, demand.posting)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeafAnswered { lease: id, index: leaf.index });
		Ok(())
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

	/// Remove a closed lease after its retention.
	fn forget(id: LeaseId, lease: Lease<T::AccountId>) -> DispatchResult {
		let State::Closed { outcome, closed_at } = lease.state else {
			return Err(Error::<T>::LeaseNotOver.into());
		};
		let last = closed_at.saturating_add(lease.terms.retention_blocks);
		ensure!(crate::now_block::<T>() > last, Error::<T>::LeaseAlreadyClosed);
		Leases::<T>::remove(id);
		LeasesOf::<T>::remove(&lease.consumer, id);
		LeasesOf::<T>::remove(&lease.provider, id);
		if is_by_verdict(outcome) {
			T::OnJobProgress::on_closed(id);
		}
		Self::deposit_event(Event::LeaseForgotten { lease: id });
		Ok(())
	}

	/// Enter attestation's verdict.
	pub(crate) fn do_conclude(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		verdict: Verdict,
		reporter: Option<&T::AccountId>,
	) -> DispatchResult {
		let Work::Job(work) = &lease.work else { return Err(Error::<T>::NotJob.into()) };
		let price = work.price;
		let outcome = match (verdict, &lease.state) {
			(Verdict::Pass, State::Committed { root, committed_at }) => {
				let until = crate::now_block::<T>().saturating_add(lease.terms.delivery_blocks);
				let (root, committed_at) = (*root, *committed_at);
				let demands = BoundedVec::new();
				let state = State::Delivering { root, committed_at, until, demands };
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

	/// Pay what is due now and not paid yet. Pays the same sum however often and however late.
	fn pay_due(id: LeaseId, lease: &mut Lease<T::AccountId>) -> DispatchResult {
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
		Self::enter(id, &mut lease, Step::Close, State::Closing { end, claim_until, outcome })?;
		T::Machines::release(machine, units);
		let refunded = funded.saturating_sub(greatest).min(lease.books.held);
		Self::refund(&mut lease, refunded)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseEnded { lease: id, end, claim_until, outcome, refunded });
		Ok(())
	}

	fn finish_metered(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		who: Option<&T::AccountId>,
	) -> DispatchResult {
		let State::Closing { end, claim_until, outcome } = lease.state else {
			return Err(Error::<T>::LeaseNotOver.into());
		};
		let resolved = T::Uptime::resolved_until(lease.machine) >= end;
		let backstop = end.saturating_add(lease.terms.resolve_backstop_ms);
		ensure!(resolved || T::Time::now() >= backstop, Error::<T>::EndUnresolved);
		let Work::Metered(work) = &lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let v = |at| T::Uptime::proven_ms(lease.machine, at);
		let may_claim =
			crate::now_block::<T>() <= claim_until && work.meter.awaits_receipt(end, &v);
		let by_provider =
			who.is_some_and(|who| Self::side(&lease, who) == Some(Side::Provider));
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
		let due = crate::meter::Due { provider: work.price, royalty: work.royalty };
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
		let finisher = finisher.filter(|who| {
			step == Step::Finish || Self::side(&lease, who) != Some(Side::Provider)
		});
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
		let is_committed =
			matches!(before, State::Committed { .. } | State::Delivering { .. });
		let books = lease.books;
		Leases::<T>::insert(id, lease);
		// A verdict comes from attestation, in the middle of its own work on the task: it is told
		// when the lease is forgotten.
		if is_committed && !is_by_verdict(outcome) {
			T::OnJobProgress::on_closed(id);
		}
		Self::deposit_event(Event::LeaseClosed { lease: id, outcome, books });
		Ok(())
	}

	fn pay_hold_fee(id: LeaseId, lease: &mut Lease<T::AccountId>) -> DispatchResult {
		let provider = lease.terms.hold_fee.min(lease.books.held);
		Self::pay(id, lease, pricing::Draw { provider, royalty: 0 })
	}

	/// Check a receipt and enter it.
	fn show(id: LeaseId, lease: &mut Lease<T::AccountId>, receipt: &Receipt) -> DispatchResult {
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let tenant = work.tenant.ok_or(Error::<T>::ReceiptsOff)?;
		ensure!(receipts::is_signed::<T>(id, &tenant, receipt), Error::<T>::ReceiptInvalid);
		let news = work.meter.acknowledge(receipt.segment, receipt.milliseconds).map_err(
			|refused| match refused {
				ReceiptRefused::Off => Error::<T>::ReceiptsOff,
				ReceiptRefused::Segment => Error::<T>::UnknownSegment,
			},
		)?;
		if news {
			let (segment, milliseconds) = (receipt.segment, receipt.milliseconds);
			Self::deposit_event(Event::ReceiptShown { lease: id, segment, milliseconds });
		}
		Ok(())
	}

	fn open(
		consumer: T::AccountId,
		machine_id: MachineId,
		machine: MachineSummary<T::AccountId>,
		version: Option<VersionId>,
		work: Work,
		funds: Balance,
		params: Parameters,
	) -> DispatchResult {
		let id = NextLeaseId::<T>::get();
		let next = id.next().ok_or(Error::<T>::PriceOverflow)?;
		let now = crate::now_block::<T>();
		let expires_at = now.saturating_add(params.offer_blocks);
		let deposit = params.opening_deposit;
		let mut lease = Lease {
			consumer: consumer.clone(),
			provider: machine.provider.clone(),
			machine: machine_id,
			terms_hash: machine.terms_hash,
			version,
			opened_at: now,
			terms: params.terms(),
			deposit,
			books: Books::default(),
			work,
			state: State::Offered { expires_at },
			wake_at: 0,
		};
		Self::deposit(&consumer, &mut lease, funds)?;
		Self::hold(&consumer, HoldReason::OpeningDeposit, deposit)?;

		lease.wake_at = crate::hooks::schedule::<T>(id, &lease).unwrap_or(0);
		NextLeaseId::<T>::put(next);
		LeasesOf::<T>::insert(&consumer, id, ());
		LeasesOf::<T>::insert(&machine.provider, id, ());
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseOffered {
			lease: id,
			consumer,
			provider: machine.provider,
			machine: machine_id,
			held: funds,
			deposit,
			expires_at,
		});
		Ok(())
	}

	/// Refuse what a fault proof could not show or the runtime not re-execute.
	fn ensure_provable(params: &Parameters, spec: &JobSpec) -> DispatchResult {
		ensure!(spec.runner == RUNNER_INTEGER_NETWORK, Error::<T>::UnsupportedRunner);
		ensure!((1..=params.max_items).contains(&spec.items), Error::<T>::ItemsOutOfRange);
		let leaf = Leaf::encoded_bound(spec.items, spec.input_bytes, spec.output_bytes);
		let weights = usize::try_from(spec.weights_bytes).unwrap_or(usize::MAX);
		let greatest = usize::try_from(params.max_proof_bytes).unwrap_or(usize::MAX);
		ensure!(leaf.saturating_add(weights) <= greatest, Error::<T>::ProofTooLarge);
		ensure!(
			spec.multiplications <= params.max_multiplications,
			Error::<T>::TooManyMultiplications
		);
		Ok(())
	}

	fn machine_for(
		id: MachineId,
		terms_hash: &Digest,
	) -> Result<MachineSummary<T::AccountId>, DispatchError> {
		let machine = T::Machines::machine(id).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(machine.status == MachineStatus::Online, Error::<T>::MachineNotOnline);
		ensure!(&machine.terms_hash == terms_hash, Error::<T>::TermsChanged);
		Ok(machine)
	}

	fn version_terms(
		version: Option<VersionId>,
	) -> Result<Option<ModelTerms<T::AccountId>>, DispatchError> {
		let Some(version) = version else { return Ok(None) };
		let terms = T::Models::terms(version).ok_or(Error::<T>::UnknownVersion)?;
		ensure!(!terms.yanked, Error::<T>::VersionYanked);
		Ok(Some(terms))
	}

	fn location(bytes: alloc::vec::Vec<u8>) -> Result<Location, DispatchError> {
		let is_printable = bytes.iter().all(|byte| byte.is_ascii_graphic());
		let location = Location::try_from(bytes).map_err(|_| Error::<T>::LocationTooLong)?;
		ensure!(is_printable && !location.is_empty(), Error::<T>::LocationInvalid);
		Ok(location)
	}

	fn get(id: LeaseId) -> Result<Lease<T::AccountId>, DispatchError> {
		Leases::<T>::get(id).ok_or_else(|| Error::<T>::UnknownLease.into())
	}

	/// The account that signs for the machine now: the agent, or the provider where the machine is
	/// gone.
	pub(crate) fn agent_of(lease: &Lease<T::AccountId>) -> T::AccountId {
		T::Machines::machine(lease.machine)
			.filter(|machine| machine.provider == lease.provider)
			.map_or_else(|| lease.provider.clone(), |machine| machine.agent)
	}

	fn side(lease: &Lease<T::AccountId>, who: &T::AccountId) -> Option<Side> {
		if who == &lease.consumer {
			Some(Side::Consumer)
		} else if who == &lease.provider || who == &Self::agent_of(lease) {
			Some(Side::Provider)
		} else {
			None
		}
	}

	fn ensure_provider(lease: &Lease<T::AccountId>, who: &T::AccountId) -> DispatchResult {
		let is_provider = who == &lease.provider || who == &Self::agent_of(lease);
		ensure!(is_provider, Error::<T>::NotProvider);
		Ok(())
	}

	/// What a leaf of the committed result is checked against.
	pub(crate) fn proof_job(id: LeaseId, lease: &Lease<T::AccountId>) -> Option<result::Job> {
		let Work::Job(work) = &lease.work else { return None };
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

/// Units of a machine that one fixed job takes while it runs.
pub(crate) const JOB_UNITS: u32 = 1;
