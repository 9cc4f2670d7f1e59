//! A running lease: longer, interrupted, resumed, called back.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{lifecycle::Step, types::*, Config, Error, Event, Leases, Pallet, ProvenOf};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Defensive, Time},
};
use sp_runtime::DispatchError;
use terminal_primitives::{
	market::{Availability, Machines, Maintenance},
	uptime::{ProvenTime, VerifiedUptime},
	AssetId, Balance, LeaseId,
};

impl<T: Config> Pallet<T> {
	/// Returns what the lease is paid in.
	pub(crate) fn do_extend(
		who: T::AccountId,
		id: LeaseId,
		seconds: u32,
		max_rate: Balance,
		funds: Balance,
	) -> Result<Option<AssetId>, DispatchError> {
		let mut lease = Self::get(id)?;
		let paid_in = lease.asset;
		ensure!(who == lease.consumer, Error::<T>::NotConsumer);
		let (_, left_ms) = Self::clock(&lease).ok_or(Error::<T>::LeaseNotActive)?;
		ensure!(left_ms > 0 && seconds > 0, Error::<T>::TimeIsOver);
		let extra_ms = u64::from(seconds).saturating_mul(1_000);
		let machine = lease.machine;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		ensure!(!work.reclaimed, Error::<T>::LeaseReclaimed);
		ensure!(work.rate <= max_rate, Error::<T>::RateAboveMaximum);
		let duration_ms = work.duration_ms.saturating_add(extra_ms);
		ensure!(
			duration_ms <= work.terms.max_duration_ms,
			Error::<T>::DurationOutOfRange
		);
		work.per_second()
			.checked_mul(duration_ms.into())
			.ok_or(Error::<T>::PriceOverflow)?;
		work.duration_ms = duration_ms;
		let units = work.units;
		let left_ms = left_ms.saturating_add(extra_ms);
		T::Machines::extend(machine, units, T::Time::now().saturating_add(left_ms))?;
		Self::set_time_left(id, &mut lease, left_ms)?;
		let proven = T::Uptime::read(machine);
		Self::fund(id, &who, &mut lease, funds, &proven)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseExtended {
			lease: id,
			duration_ms,
			left_ms,
		});
		Ok(paid_in)
	}

	/// Let so much of the agreed time be left, from now on or from when the pause ends.
	fn set_time_left(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		left_ms: u64,
	) -> Result<(), Error<T>> {
		let state = match lease.state {
			State::Active { .. } => State::Active {
				ends_at: T::Time::now().saturating_add(left_ms),
			},
			State::Paused {
				why,
				since,
				until,
				frozen,
				..
			} => State::Paused {
				why,
				since,
				left_ms,
				until,
				frozen,
			},
			_ => return Err(Error::<T>::LeaseNotActive),
		};
		Self::enter(id, lease, Step::Adjust, state)
	}

	pub(crate) fn do_pause(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Active { ends_at } = lease.state else {
			return Err(Error::<T>::LeaseNotActive.into());
		};
		ensure!(T::Time::now() < ends_at, Error::<T>::TimeIsOver);
		let window = T::Maintenance::window(lease.machine, T::Time::now());
		match window {
			Some((_, until)) if Self::side(&lease, &who) == Some(Side::Provider) => {
				let proven = T::Uptime::read(lease.machine);
				Self::interrupt(id, &mut lease, Pause::Maintenance { until }, &proven)?;
			},
			_ => return Self::pause_or_end_for_funds(id, lease),
		}
		Leases::<T>::insert(id, lease);
		Ok(())
	}

	/// Pause a running lease whose escrow is used up, unless its consumer's wallet can fill it.
	fn pause_for_funds(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		proven: &ProvenOf<T>,
	) -> DispatchResult {
		let pulled = Self::refill(id, lease, proven)?;
		Self::pay_due(id, lease, proven)?;
		if Self::is_used_up(lease, proven) {
			return Self::interrupt(id, lease, Pause::Funds, proven);
		}
		ensure!(pulled > 0, Error::<T>::FundsLast);
		Ok(())
	}

	/// Pause a running lease whose escrow is used up, or end it where it could never resume.
	pub(crate) fn pause_or_end_for_funds(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
	) -> DispatchResult {
		let work = match &lease.work {
			Work::Metered(work) => work,
			Work::Job(_) | Work::Calls(_) => return Err(Error::<T>::NotMetered.into()),
		};
		let proven = T::Uptime::read(lease.machine);
		if work.meter.has_room_for_consumer() {
			Self::pause_for_funds(id, &mut lease, &proven)?;
			Leases::<T>::insert(id, lease);
			return Ok(());
		}
		let pulled = Self::refill(id, &mut lease, &proven)?;
		if Self::is_used_up(&lease, &proven) {
			return Self::end(id, lease, Outcome::Exhausted, None, &proven);
		}
		ensure!(pulled > 0, Error::<T>::FundsLast);
		Leases::<T>::insert(id, lease);
		Ok(())
	}

	/// Whether the escrow of a running lease is used up.
	pub(crate) fn is_used_up(lease: &Lease<T::AccountId>, proven: &ProvenOf<T>) -> bool {
		Self::funding_by(lease, proven)
			.is_some_and(|funding| funding.is_used_up(lease.books.funded()))
	}

	fn interrupt(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		why: Pause,
		proven: &ProvenOf<T>,
	) -> DispatchResult {
		let now = T::Time::now();
		let (_, left_ms) = Self::clock(lease).ok_or(Error::<T>::LeaseNotActive)?;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		// Without room for one more it could never resume.
		ensure!(work.meter.has_room(), Error::<T>::TooManySegments);
		work.proposal = None;
		let until = match why {
			Pause::Funds => {
				work.meter.end(now);
				now
			},
			// The provider interrupts itself: without a grace.
			Pause::Maintenance { until } => {
				work.meter.seal(now, 0);
				until
			},
		};
		let v = |at| proven.proven_ms(at);
		work.meter.count(now, proven.resolved_until(), &v);
		let until = until.saturating_add(lease.terms.pause_ms);
		let state = State::Paused {
			why,
			since: now,
			left_ms,
			until,
			frozen: why == Pause::Funds && Self::is_frozen(lease),
		};
		Self::enter(id, lease, Step::Pause, state)?;
		Self::deposit_event(Event::LeasePaused {
			lease: id,
			why,
			left_ms,
			until,
		});
		Ok(())
	}

	pub(crate) fn do_resume(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Paused { why, .. } = lease.state else {
			return Err(Error::<T>::LeaseNotPaused.into());
		};
		let proven = T::Uptime::read(lease.machine);
		match why {
			Pause::Maintenance { until } => ensure!(
				T::Time::now() >= until || Self::side(&lease, &who) == Some(Side::Provider),
				Error::<T>::MaintenanceGoesOn
			),
			Pause::Funds => {
				Self::refill(id, &mut lease, &proven)?;
				Self::pay_due(id, &mut lease, &proven)?;
				let has_funds = Self::has_funds_to_resume(&lease, &proven);
				ensure!(has_funds, Error::<T>::FundsTooLow);
			},
		}
		Self::resume_or_end(id, lease, &proven)
	}

	/// Resume, or end for good where the machine has been booked by somebody else meanwhile.
	pub(crate) fn resume_or_end(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		proven: &ProvenOf<T>,
	) -> DispatchResult {
		if Self::time_that_fits(&lease) == 0 {
			let (outcome, payer) = Self::overstayed(&lease, proven)?;
			return Self::end(id, lease, outcome, payer, proven);
		}
		Self::go_on(id, &mut lease)?;
		Leases::<T>::insert(id, lease);
		Ok(())
	}

	fn has_funds_to_resume(lease: &Lease<T::AccountId>, proven: &ProvenOf<T>) -> bool {
		Self::funding_by(lease, proven).is_some_and(|funding| {
			lease.books.funded() >= funding.needed_for(lease.terms.min_funded_ms)
		})
	}

	/// Whether a lease that waits for funds has them, and its machine the time.
	pub(crate) fn can_resume(lease: &Lease<T::AccountId>, proven: &ProvenOf<T>) -> bool {
		Self::has_funds_to_resume(lease, proven) && Self::time_that_fits(lease) > 0
	}

	/// Milliseconds that a paused lease could run from now on: what is left of it, at most until
	/// its units are booked by somebody else.
	fn time_that_fits(lease: &Lease<T::AccountId>) -> u64 {
		let (State::Paused { left_ms, .. }, Work::Metered(work)) = (&lease.state, &lease.work)
		else {
			return 0;
		};
		let now = T::Time::now();
		let wanted = now.saturating_add(*left_ms);
		T::Availability::extendable_until(lease.machine, work.units, wanted)
			.map_or(0, |until| until.saturating_sub(now).min(*left_ms))
	}

	pub(crate) fn go_on(id: LeaseId, lease: &mut Lease<T::AccountId>) -> DispatchResult {
		let from = T::Time::now();
		let ends_at = from.saturating_add(Self::time_that_fits(lease));
		let machine = lease.machine;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		T::Machines::extend(machine, work.units, ends_at)?;
		work.meter
			.begin(work.provider_rate(), work.royalty_rate, from, work.tenant)
			.map_err(|_| Error::<T>::TooManySegments)
			.defensive()?;
		let segment = work.meter.last().unwrap_or_default();
		Self::enter(id, lease, Step::Resume, State::Active { ends_at })?;
		Self::deposit_event(Event::LeaseResumed {
			lease: id,
			segment,
			from,
			ends_at,
		});
		Ok(())
	}

	/// How a pause ends that nobody ended in time, and who pays for that.
	pub(crate) fn overstayed(
		lease: &Lease<T::AccountId>,
		proven: &ProvenOf<T>,
	) -> Result<(Outcome, Option<Side>), DispatchError> {
		let State::Paused { why, .. } = lease.state else {
			return Err(Error::<T>::LeaseNotPaused.into());
		};
		Ok(match why {
			Pause::Funds => {
				// A consumer that brought funds in time pays no fee for a machine that went to others.
				let in_vain =
					Self::has_funds_to_resume(lease, proven) && Self::time_that_fits(lease) == 0;
				let excused = in_vain || Self::was_kept_from_funding(lease);
				(Outcome::Exhausted, (!excused).then_some(Side::Consumer))
			},
			Pause::Maintenance { .. } => (Outcome::CancelledByProvider, Some(Side::Provider)),
		})
	}

	/// Whether a lease waits for funds that the issuer of what it is paid in does not let its consumer
	/// bring, or did not when the pause began: or an issuer would thaw a moment before it closes.
	pub(crate) fn was_kept_from_funding(lease: &Lease<T::AccountId>) -> bool {
		match lease.state {
			State::Paused {
				why: Pause::Funds,
				frozen,
				..
			} => frozen || Self::is_frozen(lease),
			_ => false,
		}
	}

	/// Whether a running lease came back from a pause of this side's less than the least funded time
	/// ago. The other side could have left for nothing then, and still can: or who sees that call
	/// coming would resume before it and take the early-close fee. Segments that began since, without
	/// a pause, change nothing about it.
	pub(crate) fn just_came_back(lease: &Lease<T::AccountId>, side: Side) -> bool {
		let Work::Metered(work) = &lease.work else {
			return false;
		};
		let now = T::Time::now();
		let segments = work.meter.segments.iter();
		segments
			.clone()
			.zip(segments.skip(1))
			.any(|(before, after)| {
				let paused_by = match before.sealed {
					true => Side::Provider,
					false => Side::Consumer,
				};
				paused_by == side
					&& before.to.is_some_and(|to| to < after.from)
					&& now.saturating_sub(after.from) < lease.terms.min_funded_ms
			})
	}

	pub(crate) fn do_reclaim(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		Self::ensure_provider(&lease, &who)?;
		let (_, left_ms) = Self::clock(&lease).ok_or(Error::<T>::LeaseNotActive)?;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let notice = work.terms.spot_notice_ms.ok_or(Error::<T>::NotSpot)?;
		// What ends by itself before the notice does, or was called back already, stays as it is.
		ensure!(left_ms > notice, Error::<T>::NothingToReclaim);
		work.reclaimed = true;
		Self::set_time_left(id, &mut lease, notice)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseReclaimed {
			lease: id,
			left_ms: notice,
		});
		Ok(())
	}
}
