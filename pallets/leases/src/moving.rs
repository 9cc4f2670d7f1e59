//! A lease goes to another consumer, or to another machine.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	opening::{Agreement, Opening},
	types::*,
	Config, Error, Event, Leases, LeasesOf, Pallet, Params,
};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Defensive, Time},
};
use terminal_primitives::{
	market::Arbiter,
	uptime::{ProvenTime, VerifiedUptime},
	Balance, Digest, LeaseId, MachineId,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_transfer(
		who: T::AccountId,
		id: LeaseId,
		to: Option<T::AccountId>,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		ensure!(who == lease.consumer, Error::<T>::NotConsumer);
		ensure!(Self::clock(&lease).is_some(), Error::<T>::LeaseNotActive);
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		work.offered_to.clone_from(&to);
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::TransferOffered { lease: id, to });
		Ok(())
	}

	pub(crate) fn do_take_transfer(
		who: T::AccountId,
		id: LeaseId,
		tenant: Option<TenantKey>,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let (_, left_ms) = Self::clock(&lease).ok_or(Error::<T>::LeaseNotActive)?;
		ensure!(left_ms > 0, Error::<T>::TimeIsOver);
		let is_running = matches!(lease.state, State::Active { .. });
		let machine = lease.machine;
		let now = T::Time::now();
		let Work::Metered(work) = &mut lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		ensure!(
			work.offered_to.as_ref() == Some(&who),
			Error::<T>::NotOfferedToYou
		);
		let is_arbiter = |arbiter: &Arbiter<T::AccountId>| arbiter.account == who;
		ensure!(
			!work.terms.arbiter.as_ref().is_some_and(is_arbiter),
			Error::<T>::ArbiterIsParty
		);
		// The provider agreed to be paid by receipts, or to be paid without them.
		ensure!(
			tenant.is_some() == work.tenant.is_some(),
			Error::<T>::ReceiptsFixed
		);
		work.offered_to = None;
		work.proposal = None;
		// That was the other consumer's wallet.
		work.auto_top_up = None;
		work.tenant = tenant;
		if is_running {
			ensure!(
				work.meter.has_room_for_consumer(),
				Error::<T>::TooManySegments
			);
			let proven = T::Uptime::read(machine);
			let v = |at| proven.proven_ms(at);
			work.meter
				.begin(work.provider_rate(), work.royalty_rate, now, tenant)
				.map_err(|_| Error::<T>::TooManySegments)
				.defensive()?;
			work.meter.count(now, proven.resolved_until(), &v);
		}
		let segment = work.meter.last().unwrap_or_default();
		let from = lease.consumer.clone();
		Self::hand_over(&mut lease, &who)?;
		if from != lease.provider {
			LeasesOf::<T>::remove(&from, id);
		}
		LeasesOf::<T>::insert(&who, id, ());
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseTransferred {
			lease: id,
			from,
			to: who,
			segment,
		});
		Ok(())
	}

	pub(crate) fn do_migrate(
		who: T::AccountId,
		id: LeaseId,
		machine_id: MachineId,
		max_rate: Balance,
		terms_hash: Digest,
		tenant: Option<TenantKey>,
	) -> DispatchResult {
		let mut old = Self::get(id)?;
		ensure!(who == old.consumer, Error::<T>::NotConsumer);
		let (_, left_ms) = Self::clock(&old).ok_or(Error::<T>::LeaseNotActive)?;
		ensure!(left_ms > 0, Error::<T>::TimeIsOver);
		// As if it were closed: otherwise the fee for that could be had for nothing.
		let proven = T::Uptime::read(old.machine);
		let (_, payer) = Self::ending(&old, Some(Side::Consumer), &proven)?;
		let spare = Self::wind_up(id, &mut old, Outcome::Migrated, payer, &proven)?;
		let Work::Metered(ended) = &old.work else {
			return Err(Error::<T>::NotMetered.into());
		};

		let params = Params::<T>::get();
		let machine = Self::machine_for(machine_id, &terms_hash)?;
		// In the same money: what is handed on is not exchanged.
		let asset = old.asset;
		let rate = Self::asking(machine_id, &machine, asset).ok_or(Error::<T>::MachineNotPriced)?;
		ensure!(rate <= max_rate, Error::<T>::RateAboveMaximum);
		ensure!(
			ended.units <= Self::free_units(machine_id, &machine),
			Error::<T>::UnitsUnavailable
		);
		let (work, price) = Self::metered_work(
			&params,
			Agreement {
				asset,
				units: ended.units,
				rate,
				duration_ms: left_ms,
				version: old.version,
				tenant,
				terms: params.plain_terms(),
				agreed: false,
			},
		)?;
		// `max_rate` does not bound the model's price; what was agreed before does.
		ensure!(
			work.royalty_rate <= ended.royalty_rate,
			Error::<T>::RateAboveMaximum
		);
		ensure!(spare >= price.least, Error::<T>::FundsTooLow);
		let moved = spare.min(price.whole);
		let opening = Opening {
			machine_id,
			provider: machine.provider,
			asset,
			terms_hash,
			version: old.version,
			work: Work::Metered(work),
			continues: Some(id),
		};
		let (to, lease) = Self::open(who, opening, &params, |new| {
			Self::hand_on(&mut old, new, moved)
		})?;
		Self::refund(&mut old, spare.saturating_sub(moved))?;
		Leases::<T>::insert(id, old);
		Self::announce(to, lease, &params);
		Self::deposit_event(Event::LeaseMigrated {
			lease: id,
			to,
			moved,
		});
		Ok(())
	}
}
