//! Listings: the writer of `Commitments`, `NextVersion`, `Versions`, `VersionByDigest`, `Params`.

use crate::{
	now_block,
	pallet::*,
	types::{Commitment, Details, Format, Parameters, Prices, Version, LEAST_PRICE_PER_SECOND},
};
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::DispatchError;
use terminal_primitives::{
	market::{ModelPrices, ModelRegistry, ModelTerms},
	AssetId, Balance, Digest, VersionId,
};

impl<T: Config> Pallet<T> {
	/// Call 0.
	pub(crate) fn do_commit_listing(who: T::AccountId, commitment: Digest) -> DispatchResult {
		let open = Commitments::<T>::contains_key(&who, commitment);
		ensure!(!open, Error::<T>::AlreadyCommitted);
		let params = Params::<T>::get();
		let deposit = params.commitment_deposit;
		Self::hold(HoldReason::Commitment, &who, deposit)?;
		// nothing fails from here
		let at = now_block::<T>();
		Commitments::<T>::insert(&who, commitment, Commitment { at, deposit });
		let revealable_at = at.saturating_add(params.reveal_delay_blocks);
		Self::deposit_event(Event::ListingCommitted {
			owner: who,
			commitment,
			revealable_at,
		});
		Ok(())
	}

	/// Call 1.
	pub(crate) fn do_withdraw_commitment(who: T::AccountId, commitment: Digest) -> DispatchResult {
		let entry = Commitments::<T>::get(&who, commitment).ok_or(Error::<T>::NotCommitted)?;
		Self::release(HoldReason::Commitment, &who, entry.deposit)?;
		// nothing fails from here
		Commitments::<T>::remove(&who, commitment);
		Self::deposit_event(Event::CommitmentWithdrawn {
			owner: who,
			commitment,
		});
		Ok(())
	}

	/// Call 2.
	pub(crate) fn do_list_version(
		who: T::AccountId,
		salt: [u8; 32],
		details: Details,
		prices: Prices,
	) -> DispatchResult {
		let params = Params::<T>::get();
		let commitment = details.commitment(&who, &salt);
		let entry = Commitments::<T>::get(&who, commitment).ok_or(Error::<T>::NotCommitted)?;
		let now = now_block::<T>();
		let age = now.saturating_sub(entry.at);
		ensure!(
			age >= params.reveal_delay_blocks,
			Error::<T>::RevealTooEarly
		);
		ensure!(
			age <= params.commitment_life_blocks,
			Error::<T>::CommitmentExpired
		);
		let manifest = details.manifest;
		let listed = VersionByDigest::<T>::contains_key(manifest);
		ensure!(!listed, Error::<T>::AlreadyListed);
		Self::ensure_details(&details)?;
		Self::ensure_prices(prices, params.max_price)?;
		let version = NextVersion::<T>::get();
		let next = version.next().ok_or(Error::<T>::IdsExhausted)?;
		Self::release(HoldReason::Commitment, &who, entry.deposit)?;
		Self::hold(HoldReason::Listing, &who, params.listing_deposit)?;
		// nothing fails from here
		Commitments::<T>::remove(&who, commitment);
		NextVersion::<T>::put(next);
		VersionByDigest::<T>::insert(manifest, version);
		let listing = Version {
			owner: who.clone(),
			details,
			prices,
			rise: None,
			first_seen: entry.at,
			listed_at: now,
			deposit: params.listing_deposit,
			yanked: false,
		};
		Versions::<T>::insert(version, listing);
		Self::deposit_event(Event::VersionListed {
			version,
			owner: who,
			manifest,
		});
		Ok(())
	}

	/// Call 3.
	pub(crate) fn do_set_prices(
		who: T::AccountId,
		version: VersionId,
		prices: Prices,
	) -> DispatchResult {
		let mut entry = Self::listed(version)?;
		ensure!(entry.owner == who, Error::<T>::NotVersionOwner);
		ensure!(!entry.yanked, Error::<T>::Yanked);
		let params = Params::<T>::get();
		Self::ensure_prices(prices, params.max_price)?;
		// nothing fails from here
		let now = now_block::<T>();
		entry.set_prices(prices, now, now.saturating_add(params.price_rise_blocks));
		let from = entry.rise.map_or(now, |rise| rise.from);
		Versions::<T>::insert(version, entry);
		Self::deposit_event(Event::PricesSet {
			version,
			prices,
			from,
		});
		Ok(())
	}

	/// Call 4. `who` is nobody for root.
	pub(crate) fn do_yank(who: Option<T::AccountId>, version: VersionId) -> DispatchResult {
		let mut entry = Self::listed(version)?;
		ensure!(
			who.is_none_or(|who| who == entry.owner),
			Error::<T>::NotVersionOwner
		);
		ensure!(!entry.yanked, Error::<T>::Yanked);
		// nothing fails from here
		entry.yanked = true;
		Versions::<T>::insert(version, entry);
		Self::deposit_event(Event::VersionYanked { version });
		Ok(())
	}

	/// Call 6.
	pub(crate) fn do_set_params(params: Parameters) -> DispatchResult {
		params.validate().map_err(|rule| {
			log::info!(target: "runtime::models", "parameters refused: {rule}");
			Error::<T>::InvalidParameters
		})?;
		// nothing fails from here
		Params::<T>::put(&params);
		Self::deposit_event(Event::ParametersSet { params });
		Ok(())
	}

	pub(crate) fn listed(version: VersionId) -> Result<Version<T::AccountId>, DispatchError> {
		Versions::<T>::get(version).ok_or_else(|| Error::<T>::VersionNotFound.into())
	}

	fn ensure_details(details: &Details) -> DispatchResult {
		ensure!(is_name(&details.name), Error::<T>::InvalidName);
		ensure!(is_licence(&details.licence), Error::<T>::InvalidLicence);
		ensure!(details.bytes > 0, Error::<T>::NoBytes);
		let executable = match details.format {
			Format::IntegerNetwork => details.weights_root.is_some(),
			Format::Safetensors | Format::Gguf | Format::Onnx | Format::Wasm => true,
		};
		ensure!(executable, Error::<T>::NoWeightsRoot);
		Ok(())
	}

	fn ensure_prices(prices: Prices, max_price: Balance) -> DispatchResult {
		let free = prices.per_second == 0;
		let exact = free || prices.per_second >= LEAST_PRICE_PER_SECOND;
		ensure!(
			exact && prices.greatest() <= max_price,
			Error::<T>::PriceOutOfRange
		);
		Ok(())
	}
}

impl<T: Config> ModelRegistry<T::AccountId> for Pallet<T> {
	fn terms(version: VersionId) -> Option<ModelTerms<T::AccountId>> {
		Versions::<T>::get(version).map(|entry| {
			let (prices, _) = entry.prices_at(now_block::<T>());
			ModelTerms {
				owner: entry.owner,
				price_per_job: prices.per_job,
				price_per_second: prices.per_second,
				price_per_call: prices.per_call,
				weights_root: entry.details.weights_root,
				yanked: entry.yanked,
			}
		})
	}

	fn prices_in(version: VersionId, asset: AssetId) -> Option<ModelPrices> {
		Self::asset_prices_of(version, asset)
	}
}

/// Printable ASCII, neither empty nor with a space at either end: no two names look alike.
fn is_name(name: &[u8]) -> bool {
	let ends = [name.first(), name.last()];
	ends.iter().all(|end| end.is_some_and(u8::is_ascii_graphic))
		&& name
			.iter()
			.all(|byte| *byte == b' ' || byte.is_ascii_graphic())
}

fn is_licence(licence: &[u8]) -> bool {
	let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b".+-".contains(byte);
	!licence.is_empty() && licence.iter().all(allowed)
}
