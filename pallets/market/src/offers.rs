//! The writer of `Offers`, `OffersOf`, `OfferCount` and `NextOfferId`; taking an offer at once.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	matching::{self, BadTerms},
	types::*,
	Config, Error, Event, HoldReason, NextOfferId, OfferCount, Offers, OffersOf, Pallet, Params,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::DispatchError;
use terminal_primitives::{
	market::{AgreedLease, LeaseBook, LeaseTerms, MachineStatus, MachineSummary, Machines},
	Balance, Digest, MachineId, Moment,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_publish_offer(
		who: T::AccountId,
		draft: OfferDraft<T::AccountId>,
	) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = T::Machines::machine(draft.machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(machine.provider == who, Error::<T>::NotProvider);
		ensure!(draft.rate > 0, Error::<T>::RateIsZero);
		ensure!(
			(1..=machine.units).contains(&draft.units),
			Error::<T>::UnitsOutOfRange
		);
		let (shortest, longest) = (draft.min_duration_seconds, draft.max_duration_seconds);
		ensure!(
			(1..=longest).contains(&shortest),
			Error::<T>::DurationOutOfRange
		);
		let longest_ms = u64::from(longest).saturating_mul(1_000);
		Self::ensure_terms(&draft.terms, longest_ms, &who)?;
		ensure!(
			matching::are_windows(&draft.windows, T::Time::now()),
			Error::<T>::WindowsInvalid
		);
		ensure!(
			draft
				.reservation_deposit
				.is_none_or(|deposit| deposit >= params.min_reservation_deposit),
			Error::<T>::DepositTooLow
		);
		// Between a reservation and its time the asset may be taken off leases' list or be frozen, and
		// the deposit of a side would be lost for what neither did.
		ensure!(
			draft.asset.is_none() || draft.reservation_deposit.is_none(),
			Error::<T>::NotReservable
		);
		// Leases have limits of their own: an offer that nobody could take is refused here.
		let (asset, rate) = (draft.asset, draft.rate);
		T::LeaseBook::price(asset, draft.units, rate, longest_ms, None, &draft.terms)?;
		let count = OfferCount::<T>::get(&who);
		ensure!(count < params.max_offers, Error::<T>::TooManyOffers);
		let id = NextOfferId::<T>::get();
		let next = id.next().ok_or(Error::<T>::Overflow)?;
		let deposit = params.offer_deposit;
		Self::hold(&who, HoldReason::OfferDeposit, deposit)?;
		// nothing fails from here
		let offer = Offer {
			provider: who.clone(),
			machine: draft.machine,
			asset,
			rate,
			units: draft.units,
			min_duration_seconds: shortest,
			max_duration_seconds: longest,
			terms: draft.terms,
			windows: draft.windows,
			reservation_deposit: draft.reservation_deposit,
			document: draft.document,
			deposit,
		};
		let offer_hash = offer.hash(id);
		NextOfferId::<T>::put(next);
		Offers::<T>::insert(id, offer);
		OffersOf::<T>::insert(&who, id, ());
		OfferCount::<T>::insert(&who, count.saturating_add(1));
		Self::deposit_event(Event::OfferPublished {
			offer: id,
			provider: who,
			machine: draft.machine,
			asset,
			rate,
			offer_hash,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_offer(who: T::AccountId, id: OfferId) -> DispatchResult {
		let offer = Offers::<T>::get(id).ok_or(Error::<T>::UnknownOffer)?;
		// An offer on a machine that is gone can only mislead: anyone may clear it away.
		let stands = T::Machines::machine(offer.machine)
			.is_some_and(|machine| machine.provider == offer.provider);
		ensure!(who == offer.provider || !stands, Error::<T>::NotProvider);
		// nothing fails from here
		Offers::<T>::remove(id);
		OffersOf::<T>::remove(&offer.provider, id);
		OfferCount::<T>::mutate_exists(&offer.provider, |count| {
			*count = count
				.map(|count| count.saturating_sub(1))
				.filter(|count| *count > 0)
		});
		Self::release(&offer.provider, HoldReason::OfferDeposit, offer.deposit);
		Self::deposit_event(Event::OfferWithdrawn { offer: id });
		Ok(())
	}

	pub(crate) fn do_take_offer(consumer: T::AccountId, taking: Taking) -> DispatchResult {
		let offer = Self::offer_as_read(taking.offer, taking.offer_hash, taking.max_rate)?;
		let now = T::Time::now();
		Self::ensure_offered(&offer, taking.units, taking.duration_seconds, now)?;
		Self::machine_of(offer.machine, &offer.provider)?;
		ensure!(
			!matching::is_arbiter(&offer.terms, &consumer),
			Error::<T>::ArbiterIsParty
		);
		let lease = T::LeaseBook::open_agreed(AgreedLease {
			consumer: consumer.clone(),
			provider: offer.provider,
			machine: offer.machine,
			asset: offer.asset,
			units: taking.units,
			rate: offer.rate,
			duration_ms: u64::from(taking.duration_seconds).saturating_mul(1_000),
			version: taking.version,
			tenant: taking.tenant,
			funds: taking.funds,
			terms: offer.terms,
			terms_hash: taking.offer_hash,
			shown: false,
		})?;
		Self::deposit_event(Event::OfferTaken {
			offer: taking.offer,
			lease,
			consumer,
		});
		Ok(())
	}

	/// The offer, if it is the one that the consumer read and costs no more than it pays.
	pub(crate) fn offer_as_read(
		id: OfferId,
		hash: Digest,
		max_rate: Balance,
	) -> Result<Offer<T::AccountId>, DispatchError> {
		let offer = Offers::<T>::get(id).ok_or(Error::<T>::UnknownOffer)?;
		ensure!(offer.hash(id) == hash, Error::<T>::OfferChanged);
		ensure!(offer.rate <= max_rate, Error::<T>::RateAboveMaximum);
		Ok(offer)
	}

	/// Refuse what the offer does not have: size, length, time.
	pub(crate) fn ensure_offered(
		offer: &Offer<T::AccountId>,
		units: u32,
		seconds: u32,
		from: Moment,
	) -> DispatchResult {
		ensure!(
			(1..=offer.units).contains(&units),
			Error::<T>::UnitsOutOfRange
		);
		ensure!(offer.offers(units, seconds), Error::<T>::DurationOutOfRange);
		let until = from.saturating_add(u64::from(seconds).saturating_mul(1_000));
		ensure!(
			matching::is_available(&offer.windows, from, until),
			Error::<T>::OutsideWindows
		);
		Ok(())
	}

	/// The machine, if it takes work and still belongs to `provider`.
	pub(crate) fn machine_of(
		id: MachineId,
		provider: &T::AccountId,
	) -> Result<MachineSummary<T::AccountId>, DispatchError> {
		let machine = T::Machines::machine(id).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(&machine.provider == provider, Error::<T>::MachineChanged);
		ensure!(
			machine.status == MachineStatus::Online,
			Error::<T>::MachineNotOnline
		);
		Ok(machine)
	}

	/// Whether `who` may sign for the provider of that machine: the cold account or the agent.
	pub(crate) fn signs_for(id: MachineId, provider: &T::AccountId, who: &T::AccountId) -> bool {
		who == provider
			|| T::Machines::machine(id)
				.is_some_and(|machine| &machine.provider == provider && &machine.agent == who)
	}

	pub(crate) fn ensure_terms(
		terms: &LeaseTerms<T::AccountId>,
		duration_ms: u64,
		party: &T::AccountId,
	) -> DispatchResult {
		matching::check_terms(terms, duration_ms, party).map_err(|bad| match bad {
			BadTerms::TooShort | BadTerms::FeeTooLong => Error::<T>::TermsInvalid.into(),
			BadTerms::ArbiterIsParty => Error::<T>::ArbiterIsParty.into(),
		})
	}
}
