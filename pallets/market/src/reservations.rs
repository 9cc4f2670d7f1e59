//! The writer of `Reservations` and its indexes: capacity for a time to come, with a deposit on
//! each side.
//!
//! An absence is a missing signed call, never an opinion: the consumer signs `arrive`, the provider
//! signs `start` in leases (or `honour` here, where its machine could not take the consumer at
//! once). Whoever did not sign in time pays the other its deposit, if the chain ran meanwhile.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	clock, hooks,
	lifecycle::{next_reservation, ReservationStep},
	matching,
	orders::attempt,
	types::*,
	Config, Error, Event, HoldReason, NextReservationId, Pallet, Params, ReservationOfLease,
	Reservations, ReservationsOf,
};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	storage::{with_transaction, TransactionOutcome},
	traits::Time,
};
use sp_runtime::DispatchError;
use terminal_primitives::{
	market::{AgreedLease, Bookings, LeaseBook, Machines},
	Balance, LeaseId, Moment, VersionId,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_reserve(consumer: T::AccountId, wish: Wish) -> DispatchResult {
		let params = Params::<T>::get();
		let now = T::Time::now();
		let offer = Self::offer_as_read(wish.offer, wish.offer_hash, wish.max_rate)?;
		let deposit = offer.reservation_deposit.ok_or(Error::<T>::NotReservable)?;
		let lead = wish.from.saturating_sub(now);
		ensure!(
			(params.min_lead_ms..=params.max_lead_ms).contains(&lead),
			Error::<T>::LeadOutOfRange
		);
		Self::ensure_offered(&offer, wish.units, wish.duration_seconds, wish.from)?;
		Self::machine_of(offer.machine, &offer.provider)?;
		ensure!(
			!matching::is_arbiter(&offer.terms, &consumer),
			Error::<T>::ArbiterIsParty
		);
		let mut reservation = Reservation {
			consumer: consumer.clone(),
			provider: offer.provider,
			offer: wish.offer,
			offer_hash: wish.offer_hash,
			machine: offer.machine,
			units: wish.units,
			rate: offer.rate,
			duration_seconds: wish.duration_seconds,
			terms: offer.terms,
			deposit,
			opens_at: wish.from.saturating_sub(params.early_ms),
			from: wish.from,
			closes_at: wish.from.saturating_add(params.show_ms),
			booked_until: 0,
			cancel_until: wish.from.saturating_sub(params.cancel_notice_ms),
			cancel_share: params.cancel_share,
			honour_ms: params.honour_ms,
			live_share: params.live_share,
			backstop_ms: params.backstop_ms,
			state: ReservationState::Reserved,
			wake_at: 0,
		};
		reservation.booked_until = reservation
			.closes_at
			.saturating_add(reservation.duration_ms())
			.saturating_add(params.slack_ms);
		// A lease that leases would not open could only be lost to the other side.
		Self::reserved_price(&reservation, None)?;
		let r = &reservation;
		T::Bookings::book(r.machine, r.units, r.from, r.booked_until)?;
		let id = NextReservationId::<T>::get();
		let next = id.next().ok_or(Error::<T>::Overflow)?;
		Self::hold(&r.consumer, HoldReason::ReservationDeposit, deposit)?;
		Self::hold_of_provider(&r.provider, HoldReason::ReservationDeposit, deposit)?;
		// nothing fails from here
		let made = Event::ReservationMade {
			reservation: id,
			consumer,
			provider: r.provider.clone(),
			machine: r.machine,
			opens_at: r.opens_at,
			from: r.from,
			closes_at: r.closes_at,
			deposit,
		};
		NextReservationId::<T>::put(next);
		ReservationsOf::<T>::insert(&r.consumer, id, ());
		ReservationsOf::<T>::insert(&r.provider, id, ());
		reservation.wake_at = hooks::schedule_reservation::<T>(id, &reservation);
		Reservations::<T>::insert(id, reservation);
		Self::deposit_event(made);
		Ok(())
	}

	pub(crate) fn do_arrive(
		who: T::AccountId,
		id: ReservationId,
		version: Option<VersionId>,
		tenant: Tenant,
		funds: Balance,
	) -> DispatchResult {
		let mut reservation = Self::reservation(id)?;
		ensure!(who == reservation.consumer, Error::<T>::NotConsumer);
		ensure!(
			matches!(reservation.state, ReservationState::Reserved),
			Error::<T>::WrongStage
		);
		let now = T::Time::now();
		ensure!(now >= reservation.opens_at, Error::<T>::WindowNotOpen);
		ensure!(now <= reservation.closes_at, Error::<T>::WindowOver);
		// All that depends on the consumer is checked, and its funds are on hold, before the
		// machine is asked.
		let price = Self::reserved_price(&reservation, version);
		// What leases do not take from anybody any more was ruled out since it was reserved.
		if price.is_err() && Self::reserved_price(&reservation, None).is_err() {
			return Self::end(id, reservation, ReservationStep::End, ReservationEnd::Void);
		}
		let (least, whole, opening) = price?;
		ensure!(funds >= least, Error::<T>::FundsTooLow);
		let arrival = Arrival {
			version,
			tenant,
			funds: funds.min(whole),
			opening,
			whole,
		};
		Self::hold(&who, HoldReason::ArrivalFunds, arrival.held_funds())?;
		let error = match attempt(|| Self::open_reserved(&reservation, &arrival))? {
			Ok(lease) => return Self::opened(id, reservation, lease),
			Err(error) => error,
		};
		let blameless = Self::machine_could_serve(&reservation)?;
		let until = reservation
			.closes_at
			.max(now.saturating_add(reservation.honour_ms));
		let state = ReservationState::Arrived {
			at: now,
			until,
			arrival,
		};
		Self::enter(id, &mut reservation, ReservationStep::Arrive, state)?;
		Self::deposit_event(Event::ConsumerArrived {
			reservation: id,
			until,
			error,
		});
		if blameless {
			return Self::end(id, reservation, ReservationStep::End, ReservationEnd::Void);
		}
		Reservations::<T>::insert(id, reservation);
		Ok(())
	}

	pub(crate) fn do_honour(who: T::AccountId, id: ReservationId) -> DispatchResult {
		let reservation = Self::reservation(id)?;
		let ReservationState::Arrived { until, arrival, .. } = &reservation.state else {
			return Err(Error::<T>::WrongStage.into());
		};
		let is_party = who == reservation.consumer
			|| Self::signs_for(reservation.machine, &reservation.provider, &who);
		ensure!(is_party, Error::<T>::NotParty);
		ensure!(T::Time::now() <= *until, Error::<T>::WindowOver);
		match attempt(|| Self::open_reserved(&reservation, arrival))? {
			Ok(lease) => Self::opened(id, reservation, lease),
			// The consumer's model version became dearer or was yanked, or leases refuse for
			// another reason that is nobody's here.
			Err(_) if Self::machine_could_serve(&reservation)? => {
				Self::end(id, reservation, ReservationStep::End, ReservationEnd::Void)
			},
			Err(error) => Err(error),
		}
	}

	pub(crate) fn do_cancel_reservation(who: T::AccountId, id: ReservationId) -> DispatchResult {
		let reservation = Self::reservation(id)?;
		let how = if who == reservation.consumer {
			ReservationEnd::CancelledByConsumer
		} else if who == reservation.provider {
			ReservationEnd::CancelledByProvider
		} else {
			return Err(Error::<T>::NotParty.into());
		};
		ensure!(
			matches!(reservation.state, ReservationState::Reserved),
			Error::<T>::WrongStage
		);
		ensure!(
			T::Time::now() <= reservation.cancel_until,
			Error::<T>::TooLateToCancel
		);
		Self::end(id, reservation, ReservationStep::Cancel, how)
	}

	pub(crate) fn do_end_reservation(id: ReservationId) -> DispatchResult {
		let reservation = Self::reservation(id)?;
		let now = T::Time::now();
		let share = reservation.live_share;
		let (over_at, absent) = match &reservation.state {
			ReservationState::Reserved => {
				let (opens, closes) = (reservation.opens_at, reservation.closes_at);
				(closes, Some((opens, ReservationEnd::ConsumerAbsent)))
			},
			ReservationState::Arrived { at, until, .. } => {
				(*until, Some((*at, ReservationEnd::ProviderAbsent)))
			},
			// Leases tell what became of the lease. If they never did, nobody is blamed.
			ReservationState::Opened { at, .. } => {
				(at.saturating_add(reservation.backstop_ms), None)
			},
		};
		ensure!(now > over_at, Error::<T>::ReservationNotOver);
		let how = absent
			.filter(|(from, _)| clock::has_run::<T>(*from, over_at, share))
			.map_or(ReservationEnd::Void, |(_, absent)| absent);
		Self::end(id, reservation, ReservationStep::End, how)
	}

	/// What leases told of a lease that was opened from a reservation, if it was.
	pub(crate) fn hear(lease: LeaseId, step: ReservationStep) {
		let Some(id) = ReservationOfLease::<T>::get(lease) else {
			return;
		};
		let Some(reservation) = Reservations::<T>::get(id) else {
			return;
		};
		let opened_at = match &reservation.state {
			ReservationState::Opened { at, .. } => *at,
			ReservationState::Reserved | ReservationState::Arrived { .. } => return,
		};
		let now = T::Time::now();
		let how = match step {
			ReservationStep::Start => ReservationEnd::Kept,
			_ if clock::has_run::<T>(opened_at, now, reservation.live_share) => {
				ReservationEnd::ProviderAbsent
			},
			_ => ReservationEnd::Void,
		};
		if let Err(error) = Self::end(id, reservation, step, how) {
			log::error!(target: crate::LOG_TARGET, "reservation {}: {:?}", id.0, error);
		}
	}

	fn reservation(id: ReservationId) -> Result<Reservation<T::AccountId>, DispatchError> {
		Reservations::<T>::get(id).ok_or_else(|| Error::<T>::UnknownReservation.into())
	}

	pub(crate) fn reserved_price(
		r: &Reservation<T::AccountId>,
		version: Option<VersionId>,
	) -> Result<(Balance, Balance, Balance), DispatchError> {
		T::LeaseBook::price(None, r.units, r.rate, r.duration_ms(), version, &r.terms)
	}

	/// Give up the booking and open the lease on what it kept free. All or nothing is the caller's
	/// to see to.
	fn open_reserved(
		r: &Reservation<T::AccountId>,
		arrival: &Arrival,
	) -> Result<LeaseId, DispatchError> {
		Self::machine_of(r.machine, &r.provider)?;
		let (_, whole, _) = Self::reserved_price(r, arrival.version)?;
		ensure!(whole <= arrival.whole, Error::<T>::ModelDearer);
		Self::unbook(r);
		Self::release(&r.consumer, HoldReason::ArrivalFunds, arrival.held_funds());
		T::LeaseBook::open_agreed(AgreedLease {
			consumer: r.consumer.clone(),
			provider: r.provider.clone(),
			machine: r.machine,
			// Offers in an asset are not reservable.
			asset: None,
			units: r.units,
			rate: r.rate,
			duration_ms: r.duration_ms(),
			version: arrival.version,
			tenant: arrival.tenant,
			funds: arrival.funds,
			terms: r.terms.clone(),
			terms_hash: r.offer_hash,
			shown: true,
		})
	}

	/// Whether the provider did its part: the machine is there, its agent (whom the provider names)
	/// is not the arbiter, and it would lend the units that were booked. If it would and leases still
	/// open nothing, nobody is to blame.
	fn machine_could_serve(r: &Reservation<T::AccountId>) -> Result<bool, DispatchError> {
		with_transaction(|| {
			let lent = Self::machine_of(r.machine, &r.provider).and_then(|machine| {
				ensure!(
					!matching::is_arbiter(&r.terms, &machine.agent),
					Error::<T>::ArbiterIsParty
				);
				Self::unbook(r);
				T::Machines::reserve(r.machine, r.units, r.booked_until)
			});
			TransactionOutcome::Rollback(Ok(lent.is_ok()))
		})
	}

	fn opened(
		id: ReservationId,
		mut reservation: Reservation<T::AccountId>,
		lease: LeaseId,
	) -> DispatchResult {
		let at = T::Time::now();
		let state = ReservationState::Opened { lease, at };
		Self::enter(id, &mut reservation, ReservationStep::Open, state)?;
		Reservations::<T>::insert(id, reservation);
		ReservationOfLease::<T>::insert(lease, id);
		Self::deposit_event(Event::ReservationOpened {
			reservation: id,
			lease,
		});
		Ok(())
	}

	/// Move a reservation by `step` into `state`, the only writer of it. The caller stores it.
	fn enter(
		id: ReservationId,
		reservation: &mut Reservation<T::AccountId>,
		step: ReservationStep,
		state: ReservationState,
	) -> DispatchResult {
		let reached = next_reservation(reservation.state.stage(), step);
		ensure!(reached == Ok(state.stage()), Error::<T>::WrongStage);
		reservation.state = state;
		reservation.wake_at = hooks::schedule_reservation::<T>(id, reservation);
		Ok(())
	}

	/// End a reservation: capacity, funds and deposits go where `how` says.
	fn end(
		id: ReservationId,
		r: Reservation<T::AccountId>,
		step: ReservationStep,
		how: ReservationEnd,
	) -> DispatchResult {
		let reached = next_reservation(r.state.stage(), step);
		ensure!(
			reached == Ok(crate::lifecycle::ReservationStage::Gone),
			Error::<T>::WrongStage
		);
		// nothing fails from here
		hooks::forget::<T>(Expiring::Reservation(id), r.wake_at);
		Reservations::<T>::remove(id);
		ReservationsOf::<T>::remove(&r.consumer, id);
		ReservationsOf::<T>::remove(&r.provider, id);
		match &r.state {
			ReservationState::Reserved => Self::unbook(&r),
			ReservationState::Arrived { arrival, .. } => {
				Self::unbook(&r);
				Self::release(&r.consumer, HoldReason::ArrivalFunds, arrival.held_funds());
			},
			ReservationState::Opened { lease, .. } => ReservationOfLease::<T>::remove(lease),
		}
		let share = r.cancel_share.mul_ceil(r.deposit);
		let (to_consumer, to_provider) = match how {
			ReservationEnd::Kept | ReservationEnd::Void => (0, 0),
			ReservationEnd::CancelledByConsumer => (0, share),
			ReservationEnd::CancelledByProvider => (share, 0),
			ReservationEnd::ConsumerAbsent => (0, r.deposit),
			ReservationEnd::ProviderAbsent => (r.deposit, 0),
		};
		let why = HoldReason::ReservationDeposit;
		let (consumer, provider) = (&r.consumer, &r.provider);
		Self::return_deposit(consumer, why, r.deposit, Some(provider), to_provider);
		Self::return_deposit(provider, why, r.deposit, Some(consumer), to_consumer);
		Self::deposit_event(Event::ReservationEnded {
			reservation: id,
			how,
			to_consumer,
			to_provider,
		});
		Ok(())
	}

	fn unbook(r: &Reservation<T::AccountId>) {
		T::Bookings::unbook(r.machine, r.units, r.from, r.booked_until);
	}
}

/// The moment after which the present state's time is over.
pub(crate) fn over_at<AccountId>(reservation: &Reservation<AccountId>) -> Moment {
	match &reservation.state {
		ReservationState::Reserved => reservation.closes_at,
		ReservationState::Arrived { until, .. } => *until,
		ReservationState::Opened { at, .. } => at.saturating_add(reservation.backstop_ms),
	}
}
