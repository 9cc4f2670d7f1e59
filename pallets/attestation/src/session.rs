//! Hears of sessions: their validators and attestation keys.

use crate::{crypto::AuthorityId, Config, Pallet};
use frame_support::traits::OneSessionHandler;
use sp_runtime::BoundToRuntimeAppPublic;

impl<T: Config> BoundToRuntimeAppPublic for Pallet<T> {
	type Public = AuthorityId;
}

impl<T: Config> OneSessionHandler<T::AccountId> for Pallet<T> {
	type Key = AuthorityId;

	fn on_genesis_session<'a, I>(validators: I)
	where
		I: Iterator<Item = (&'a T::AccountId, AuthorityId)> + 'a,
	{
		Self::set_validators(validators.map(|(account, key)| (account.clone(), key)))
	}

	fn on_new_session<'a, I>(_changed: bool, validators: I, _queued: I)
	where
		I: Iterator<Item = (&'a T::AccountId, AuthorityId)> + 'a,
	{
		// Also when nothing changed: ejections end here.
		Self::set_validators(validators.map(|(account, key)| (account.clone(), key)))
	}

	fn on_disabled(_validator_index: u32) {
		// Disabling concerns block production; attestors answer with their own bond.
	}
}
