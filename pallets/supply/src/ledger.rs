//! The ledger: the one place that writes what was minted, burned and promised.
//!
//! Sums cannot overflow: minted is bounded by the cap, and burned by genesis + minted. They
//! saturate all the same; a saturated sum would break SUPPLY-1.

use crate::{
	AwaitedRemainder, Burned, Config, Event, Genesis, MintSource, Minted, Pallet, Params, Promised,
	SupplyView,
};
use alloc::vec::Vec;
use frame_support::traits::{fungible::Inspect, Get};
use terminal_primitives::{ledger::BurnSource, Balance};

impl<T: Config> Pallet<T> {
	/// Open the ledger at genesis: all that is issued and not in the ledger yet is genesis.
	pub(crate) fn open_ledger() {
		let issuance = T::Currency::total_issuance();
		let genesis = issuance
			.saturating_add(Self::total_burned())
			.saturating_sub(Self::total_minted());
		Genesis::<T>::put(genesis);
	}

	/// Enter a burn that has happened. Zero leaves no trace.
	pub(crate) fn note_burned(source: BurnSource, amount: Balance) {
		if amount == 0 {
			return;
		}
		Burned::<T>::mutate(source, |sum| *sum = sum.saturating_add(amount));
		Self::deposit_event(Event::Burned { source, amount });
	}

	/// Enter a mint that has happened. Zero leaves no trace.
	pub(crate) fn note_minted(source: MintSource, amount: Balance) {
		if amount == 0 {
			return;
		}
		Minted::<T>::mutate(source, |sum| *sum = sum.saturating_add(amount));
		Self::deposit_event(Event::Minted { source, amount });
	}

	/// An era ended: `stakers` is owed from now on, and `treasury` will be issued next.
	pub(crate) fn note_promise(stakers: Balance, treasury: Balance) {
		Promised::<T>::mutate(|sum| *sum = sum.saturating_add(stakers));
		match treasury {
			0 => AwaitedRemainder::<T>::kill(),
			_ => AwaitedRemainder::<T>::put(treasury),
		}
	}

	/// `amount` of what was promised was minted. Staking rounds each payee's part to the nearest
	/// unit, so the parts may exceed an era's promise by a few units: then the promise is zero.
	pub(crate) fn note_promise_kept(amount: Balance) {
		Promised::<T>::mutate(|sum| *sum = sum.saturating_sub(amount));
	}

	/// Staking issued a remainder of `issued`. What it holds above the awaited one was taken from
	/// the stakers' part (`MaxStakedRewards`), so it is promised no more.
	pub(crate) fn note_remainder(issued: Balance) {
		let moved = issued.saturating_sub(AwaitedRemainder::<T>::take());
		Self::note_promise_kept(moved);
	}

	/// Ever minted, in base units.
	pub fn total_minted() -> Balance {
		MintSource::ALL
			.into_iter()
			.map(Minted::<T>::get)
			.fold(0, Balance::saturating_add)
	}

	/// Ever burned, in base units.
	pub fn total_burned() -> Balance {
		BurnSource::ALL
			.into_iter()
			.map(Burned::<T>::get)
			.fold(0, Balance::saturating_add)
	}

	/// What may still be promised or minted, in base units. Burning does not widen it.
	pub fn gap() -> Balance {
		T::Cap::get()
			.saturating_sub(Genesis::<T>::get())
			.saturating_sub(Self::total_minted())
			.saturating_sub(Promised::<T>::get())
	}

	/// [`Pallet::supply`], also for the runtime API.
	pub(crate) fn supply_view() -> SupplyView {
		let minted_by: Vec<_> = MintSource::ALL
			.into_iter()
			.map(|source| (source, Minted::<T>::get(source)))
			.collect();
		let burned_by: Vec<_> = BurnSource::ALL
			.into_iter()
			.map(|source| (source, Burned::<T>::get(source)))
			.collect();
		let (gap, parameters) = (Self::gap(), Params::<T>::get());
		SupplyView {
			cap: T::Cap::get(),
			issuance: T::Currency::total_issuance(),
			genesis: Genesis::<T>::get(),
			minted: Self::total_minted(),
			minted_by,
			burned: Self::total_burned(),
			burned_by,
			promised: Promised::<T>::get(),
			gap,
			yearly_emission: parameters.yearly_share.mul_floor(gap),
			parameters,
		}
	}
}
