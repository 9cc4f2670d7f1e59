//! How long an escrow lasts, and what is pulled from the consumer's wallet when it runs short.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	meter::{amount, Due},
	types::*,
	Config, Error, Event, Pallet, ProvenOf,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::DispatchError;
use terminal_primitives::{
	uptime::{ProvenTime, VerifiedUptime},
	AssetId, Balance, LeaseId, Moment,
};

/// What a running or paused lease has to pay from its escrow, in base units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Funding {
	/// Due by now, paid or not.
	pub due: Balance,
	/// Kept for the fee that the consumer would owe for ending now.
	pub reserve: Balance,
	/// The most that can ever become due in the agreed time.
	pub greatest: Balance,
	/// One more second costs so much.
	pub per_second: Balance,
}

impl Funding {
	/// What must have been funded for the lease to run `ms` milliseconds more.
	pub fn needed_for(&self, ms: u64) -> Balance {
		self.due
			.saturating_add(self.reserve)
			.saturating_add(amount(self.per_second, ms))
			.min(self.greatest)
	}

	/// Whether nothing is left for the next second. What is funded to the end never is.
	pub fn is_used_up(&self, funded: Balance) -> bool {
		funded < self.greatest && funded <= self.due.saturating_add(self.reserve)
	}

	/// Milliseconds that are funded from now on, if all of them are proven and acknowledged.
	pub fn lasts_ms(&self, funded: Balance) -> u64 {
		if funded >= self.greatest {
			return u64::MAX;
		}
		let left = funded.saturating_sub(self.due.saturating_add(self.reserve));
		let ms = left
			.saturating_mul(1_000)
			.checked_div(self.per_second)
			.unwrap_or_default();
		u64::try_from(ms).unwrap_or(u64::MAX)
	}
}

impl<T: Config> Pallet<T> {
	/// As [`Self::funding_by`], for who has not read yet what the machine has proven.
	pub(crate) fn funding(lease: &Lease<T::AccountId>) -> Option<Funding> {
		Self::funding_by(lease, &T::Uptime::read(lease.machine))
	}

	/// What a running or paused lease has to pay; `None` in other states and of jobs.
	pub(crate) fn funding_by(lease: &Lease<T::AccountId>, proven: &ProvenOf<T>) -> Option<Funding> {
		let Work::Metered(work) = &lease.work else {
			return None;
		};
		let (at, left_ms) = Self::clock(lease)?;
		let v = |at| proven.proven_ms(at);
		let resolved = proven.resolved_until();
		let greatest = match lease.state {
			State::Active { ends_at } => work.meter.greatest_due(ends_at, resolved, &v),
			// The segment to come rounds by itself.
			_ => {
				let so_far = work.meter.greatest_due(at, resolved, &v);
				Due {
					provider: so_far
						.provider
						.saturating_add(amount(work.provider_rate(), left_ms)),
					royalty: so_far
						.royalty
						.saturating_add(amount(work.royalty_rate, left_ms)),
				}
			},
		};
		let total = |due: Due| due.at_least_drawn(&lease.books).total();
		Some(Funding {
			due: total(work.meter.due(at, &v)),
			reserve: work.reserve(left_ms),
			greatest: total(greatest),
			per_second: work.per_second(),
		})
	}

	/// Up to when a running or paused lease has run, and how many milliseconds of its agreed time
	/// are left.
	pub(crate) fn clock(lease: &Lease<T::AccountId>) -> Option<(Moment, u64)> {
		match lease.state {
			State::Active { ends_at } => {
				let at = T::Time::now().min(ends_at);
				Some((at, ends_at.saturating_sub(at)))
			},
			State::Paused { since, left_ms, .. } => Some((since, left_ms)),
			State::Offered { .. }
			| State::Accepted { .. }
			| State::Closing { .. }
			| State::Disputed { .. }
			| State::Running { .. }
			| State::Committed { .. }
			| State::Delivering { .. }
			| State::Serving { .. }
			| State::Redeeming { .. }
			| State::Closed { .. } => None,
		}
	}

	/// Let a running or paused lease pull from its consumer's wallet, if it may and if its funds
	/// last less than the least time. Never more than the cap in all; a short wallet is no error.
	/// Nor while it is offered to somebody else, who would take over what one wallet paid for
	/// another's time. Returns what was pulled.
	pub(crate) fn refill(
		id: LeaseId,
		lease: &mut Lease<T::AccountId>,
		proven: &ProvenOf<T>,
	) -> Result<Balance, DispatchError> {
		let Work::Metered(MeteredWork {
			auto_top_up: Some(auto),
			ref offered_to,
			..
		}) = lease.work
		else {
			return Ok(0);
		};
		if offered_to.as_ref().is_some_and(|to| to != &lease.consumer) {
			return Ok(0);
		}
		let Some(funding) = Self::funding_by(lease, proven) else {
			return Ok(0);
		};
		let funded = lease.books.funded();
		if funded >= funding.needed_for(lease.terms.min_funded_ms) {
			return Ok(0);
		}
		let wanted = auto
			.step
			.min(auto.cap)
			.min(funding.greatest.saturating_sub(funded));
		let pulled = Self::pull(lease, wanted)?;
		if pulled == 0 {
			return Ok(0);
		}
		if let Work::Metered(work) = &mut lease.work {
			let cap = auto.cap.saturating_sub(pulled);
			work.auto_top_up = (cap > 0).then_some(AutoTopUp { cap, ..auto });
		}
		Self::deposit_event(Event::LeaseToppedUp {
			lease: id,
			donor: lease.consumer.clone(),
			amount: pulled,
		});
		Ok(pulled)
	}

	/// Returns what the lease is paid in.
	pub(crate) fn do_top_up(
		donor: T::AccountId,
		id: LeaseId,
		amount: Balance,
	) -> Result<Option<AssetId>, DispatchError> {
		let mut lease = Self::get(id)?;
		let paid_in = lease.asset;
		let proven = T::Uptime::read(lease.machine);
		let added = Self::fund(id, &donor, &mut lease, amount, &proven)?;
		ensure!(added > 0, Error::<T>::AlreadyFunded);
		// What was waiting for funds goes on by itself.
		let waits = matches!(
			lease.state,
			State::Paused {
				why: Pause::Funds,
				..
			}
		);
		if waits && Self::can_resume(&lease, &proven) {
			Self::go_on(id, &mut lease)?;
		}
		crate::Leases::<T>::insert(id, lease);
		Ok(paid_in)
	}

	/// Move up to `amount` from `donor` into the escrow: at most what can still become due, which for
	/// calls has no bound. Returns how much it was.
	pub(crate) fn fund(
		id: LeaseId,
		donor: &T::AccountId,
		lease: &mut Lease<T::AccountId>,
		amount: Balance,
		proven: &ProvenOf<T>,
	) -> Result<Balance, DispatchError> {
		let greatest = match (&lease.work, &lease.state) {
			(Work::Job(_), _) => return Err(Error::<T>::NotMetered.into()),
			(Work::Calls(_), State::Offered { .. } | State::Serving { .. }) => Balance::MAX,
			(Work::Calls(_), _) => return Err(Error::<T>::LeaseNotActive.into()),
			(Work::Metered(work), State::Offered { .. } | State::Accepted { .. }) => {
				crate::meter::amount(work.per_second(), work.duration_ms)
			},
			(Work::Metered(_), _) => {
				Self::funding_by(lease, proven)
					.ok_or(Error::<T>::LeaseNotActive)?
					.greatest
			},
		};
		let amount = amount.min(greatest.saturating_sub(lease.books.funded()));
		if amount > 0 {
			Self::deposit(donor, lease, amount)?;
			Self::deposit_event(Event::LeaseToppedUp {
				lease: id,
				donor: donor.clone(),
				amount,
			});
		}
		Ok(amount)
	}

	pub(crate) fn do_set_auto_top_up(
		who: T::AccountId,
		id: LeaseId,
		auto: Option<AutoTopUp>,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		ensure!(who == lease.consumer, Error::<T>::NotConsumer);
		let is_open = matches!(
			lease.state,
			State::Offered { .. }
				| State::Accepted { .. }
				| State::Active { .. }
				| State::Paused { .. }
		);
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		ensure!(is_open, Error::<T>::LeaseNotActive);
		let is_useful = auto.is_none_or(|auto| auto.step > 0 && auto.step <= auto.cap);
		ensure!(is_useful, Error::<T>::TopUpOutOfRange);
		work.auto_top_up = auto;
		crate::Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::AutoTopUpSet { lease: id, auto });
		Ok(())
	}
}
