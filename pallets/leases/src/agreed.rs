//! Leases that were agreed elsewhere: on the market.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::Step,
	opening::{Agreement, Opening},
	pricing::MeteredPrice,
	types::*,
	Config, Error, Event, Leases, Pallet, Params,
};
use frame_support::ensure;
use sp_runtime::DispatchError;
use terminal_primitives::{
	market::{AgreedLease, LeaseBook, LeaseTerms, Machines},
	AssetId, Balance, LeaseId, VersionId,
};

impl<T: Config> LeaseBook<T::AccountId> for Pallet<T> {
	fn open_agreed(agreed: AgreedLease<T::AccountId>) -> Result<LeaseId, DispatchError> {
		let params = Params::<T>::get();
		let machine = T::Machines::machine(agreed.machine).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(
			machine.provider == agreed.provider,
			Error::<T>::TermsChanged
		);
		let is_party = agreed.terms.arbiter.as_ref().is_some_and(|arbiter| {
			[&agreed.consumer, &agreed.provider, &machine.agent].contains(&&arbiter.account)
		});
		ensure!(!is_party, Error::<T>::ArbiterIsParty);
		let (work, price) = Self::agreed_work(
			&params,
			Agreement {
				asset: agreed.asset,
				units: agreed.units,
				rate: agreed.rate,
				duration_ms: agreed.duration_ms,
				version: agreed.version,
				tenant: agreed.tenant.map(TenantKey::from_raw),
				terms: agreed.terms,
				agreed: true,
			},
		)?;
		ensure!(agreed.funds >= price.least, Error::<T>::FundsTooLow);
		let funds = agreed.funds.min(price.whole);
		let opening = Opening {
			machine_id: agreed.machine,
			provider: agreed.provider,
			asset: agreed.asset,
			terms_hash: agreed.terms_hash,
			version: agreed.version,
			work: Work::Metered(work.clone()),
			continues: None,
		};
		let donor = agreed.consumer.clone();
		let (id, mut lease) = Self::open(agreed.consumer, opening, &params, |lease| {
			Self::deposit(&donor, lease, funds)
		})?;
		let state = Self::accepted(&lease, &work, agreed.shown)?;
		Self::enter(id, &mut lease, Step::AcceptMetered, state)?;
		let event = Event::LeaseAgreed {
			lease: id,
			consumer: lease.consumer.clone(),
			provider: lease.provider.clone(),
			machine: lease.machine,
			asset: lease.asset,
			held: funds,
			deposit: lease.deposit,
		};
		Leases::<T>::insert(id, lease);
		Self::deposit_event(event);
		Ok(id)
	}

	fn price(
		asset: Option<AssetId>,
		units: u32,
		rate: Balance,
		duration_ms: u64,
		version: Option<VersionId>,
		terms: &LeaseTerms<T::AccountId>,
	) -> Result<(Balance, Balance, Balance), DispatchError> {
		let params = Params::<T>::get();
		let (_, price) = Self::agreed_work(
			&params,
			Agreement {
				asset,
				units,
				rate,
				duration_ms,
				version,
				tenant: None,
				terms: terms.clone(),
				agreed: true,
			},
		)?;
		Ok((price.least, price.whole, params.opening_deposit))
	}
}

impl<T: Config> Pallet<T> {
	/// What was agreed and what it costs, if leases take it: one check for price and opening.
	fn agreed_work(
		params: &Parameters,
		agreement: Agreement<T::AccountId>,
	) -> Result<(MeteredWork<T::AccountId>, MeteredPrice), DispatchError> {
		ensure!(
			params.allow(&agreement.terms, agreement.duration_ms),
			Error::<T>::TermsOutOfRange
		);
		Self::metered_work(params, agreement)
	}
}
