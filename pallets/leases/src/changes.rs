//! Another price or size for the time to come, signed by both sides.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{lifecycle::Step, types::*, Config, Error, Event, Leases, Pallet, Params};
use codec::Encode;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Defensive, Time},
};
use sp_io::hashing::blake2_256;
use terminal_primitives::{
	market::Machines,
	uptime::{ProvenTime, VerifiedUptime},
	Balance, Digest, LeaseId,
};

/// What the other side signs: Blake2b-256 over the lease and the proposal.
pub fn hash(lease: LeaseId, proposal: &Proposal) -> Digest {
	(lease, proposal).using_encoded(blake2_256)
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_propose_change(
		who: T::AccountId,
		id: LeaseId,
		change: Change,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let by = Self::side(&lease, &who).ok_or(Error::<T>::NotParty)?;
		let least = Self::least_rate(&lease, &who);
		ensure!(change.rate >= least, Error::<T>::RateBelowAsking);
		let is_active = matches!(lease.state, State::Active { .. });
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		ensure!(is_active, Error::<T>::LeaseNotActive);
		Self::ensure_price_of(lease.terms.min_rate, work, &change)?;
		ensure!(work.meter.has_room(), Error::<T>::TooManySegments);
		let segment = work.meter.last().ok_or(Error::<T>::LeaseNotActive)?;
		let params = Params::<T>::get();
		let expires_at = crate::now_block::<T>().saturating_add(params.proposal_blocks);
		let proposal = Proposal {
			by,
			segment,
			change,
			expires_at,
		};
		work.proposal = Some(proposal);
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::ChangeProposed {
			lease: id,
			by,
			change,
			proposal_hash: hash(id, &proposal),
			expires_at,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_change(who: T::AccountId, id: LeaseId) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let side = Self::side(&lease, &who).ok_or(Error::<T>::NotParty)?;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let proposal = work.proposal.ok_or(Error::<T>::NoProposal)?;
		ensure!(proposal.by == side, Error::<T>::NotProposer);
		work.proposal = None;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::ChangeWithdrawn { lease: id });
		Ok(())
	}

	pub(crate) fn do_accept_change(
		who: T::AccountId,
		id: LeaseId,
		proposal_hash: Digest,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let side = Self::side(&lease, &who).ok_or(Error::<T>::NotParty)?;
		let least = Self::least_rate(&lease, &who);
		let State::Active { ends_at } = lease.state else {
			return Err(Error::<T>::LeaseNotActive.into());
		};
		let now = T::Time::now();
		ensure!(now < ends_at, Error::<T>::TimeIsOver);
		let machine = lease.machine;
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let proposal = work.proposal.take().ok_or(Error::<T>::NoProposal)?;
		let Change {
			rate,
			units,
			acknowledged_ms,
		} = proposal.change;
		ensure!(
			hash(id, &proposal) == proposal_hash && work.meter.last() == Some(proposal.segment),
			Error::<T>::ProposalChanged
		);
		ensure!(
			crate::now_block::<T>() <= proposal.expires_at,
			Error::<T>::ProposalExpired
		);
		ensure!(proposal.by != side, Error::<T>::OwnProposal);
		Self::ensure_price_of(lease.terms.min_rate, work, &proposal.change)?;
		ensure!(rate >= least, Error::<T>::RateBelowAsking);
		let shown = work.meter.segments.last().map(|last| last.acknowledged_ms);
		ensure!(
			work.tenant.is_none() || shown.is_some_and(|shown| shown <= acknowledged_ms),
			Error::<T>::ProposalChanged
		);
		if units > work.units {
			T::Machines::reserve(machine, units.saturating_sub(work.units), ends_at)?;
		} else {
			T::Machines::release(machine, work.units.saturating_sub(units));
		}
		let proven = T::Uptime::read(machine);
		let v = |at| proven.proven_ms(at);
		work.meter.seal(now, acknowledged_ms);
		work.meter.count(now, proven.resolved_until(), &v);
		(work.rate, work.units) = (rate, units);
		work.meter
			.begin(work.provider_rate(), work.royalty_rate, now, work.tenant)
			.map_err(|_| Error::<T>::TooManySegments)
			.defensive()?;
		let segment = work.meter.last().unwrap_or_default();
		// Wakes when the funds run out at the new price.
		Self::enter(id, &mut lease, Step::Adjust, State::Active { ends_at })?;
		let least_ms = lease.terms.min_funded_ms;
		let is_funded = Self::funding_by(&lease, &proven)
			.is_some_and(|funding| lease.books.funded() >= funding.needed_for(least_ms));
		ensure!(is_funded, Error::<T>::FundsTooLow);
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseChanged {
			lease: id,
			segment,
			rate,
			units,
			acknowledged_ms,
		});
		Ok(())
	}

	/// The least rate that `who` may agree to. The hot key gives nothing away: it goes no lower than
	/// the lease is, or than the cold one asks of everybody in the same money.
	fn least_rate(lease: &Lease<T::AccountId>, who: &T::AccountId) -> Balance {
		let Work::Metered(work) = &lease.work else {
			return 0;
		};
		if who == &lease.consumer || who == &lease.provider {
			return 0;
		}
		let machine = T::Machines::machine(lease.machine);
		let asking = machine.and_then(|machine| Self::asking(lease.machine, &machine, lease.asset));
		asking.map_or(work.rate, |asking| asking.min(work.rate))
	}

	/// The checks of an opening, for what is to come.
	fn ensure_price_of(
		min_rate: Balance,
		work: &MeteredWork<T::AccountId>,
		change: &Change,
	) -> DispatchResult {
		ensure!(change.units > 0, Error::<T>::UnitsUnavailable);
		let per_second: Option<Balance> = change
			.rate
			.checked_mul(change.units.into())
			.and_then(|rate| rate.checked_add(work.royalty_rate));
		let per_second = per_second.ok_or(Error::<T>::PriceOverflow)?;
		per_second
			.checked_mul(work.terms.max_duration_ms.into())
			.ok_or(Error::<T>::PriceOverflow)?;
		ensure!(per_second >= min_rate, Error::<T>::RateTooLow);
		Ok(())
	}
}
