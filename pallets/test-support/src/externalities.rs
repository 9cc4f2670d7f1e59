//! Accounts, genesis and events.

use crate::{
	set_time_ms, AccountId, AttestorAccount, Balance, Moment, RoyaltyAccount, TreasuryAccount,
	EXISTENTIAL_DEPOSIT, GENESIS_MS,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_io::TestExternalities;
use sp_runtime::{traits::One, BuildStorage, Storage};

/// The account with number `n`. Numbers from 0xF000 on belong to this crate.
pub fn account(n: u64) -> AccountId {
	let mut bytes = [0u8; 32];
	bytes[..8].copy_from_slice(&n.to_le_bytes());
	AccountId::new(bytes)
}

/// Genesis with these balances and one existential deposit for each of the mocks' sink accounts
/// (treasury, royalties, attestors): 3 existential deposits of issuance in all. Assimilate other
/// pallets' genesis into it.
pub fn genesis<T>(balances: &[(AccountId, Balance)]) -> Storage
where
	T: frame_system::Config<AccountId = AccountId> + pallet_balances::Config<Balance = Balance>,
{
	let mut storage = frame_system::GenesisConfig::<T>::default()
		.build_storage()
		.expect("a default system genesis builds");
	let sinks = [
		TreasuryAccount::get(),
		RoyaltyAccount::get(),
		AttestorAccount::get(),
	];
	let sinks = sinks.into_iter().map(|sink| (sink, EXISTENTIAL_DEPOSIT));
	pallet_balances::GenesisConfig::<T> {
		balances: balances.iter().cloned().chain(sinks).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.expect("balances are above the existential deposit and name each account once");
	storage
}

/// Externalities in block 1 at [`GENESIS_MS`], no events.
pub fn externalities<T>(storage: Storage) -> TestExternalities
where
	T: frame_system::Config + pallet_timestamp::Config<Moment = Moment>,
{
	let mut ext = TestExternalities::new(storage);
	ext.execute_with(|| {
		frame_system::Pallet::<T>::set_block_number(BlockNumberFor::<T>::one());
		set_time_ms::<T>(GENESIS_MS);
	});
	ext
}

/// All that a chain has stored, to begin other chains with. Child tries are left out.
pub fn contents(chain: &mut TestExternalities) -> Storage {
	chain.execute_with(|| {
		let next = |key: &Vec<u8>| sp_io::storage::next_key(key);
		let keys = std::iter::successors(next(&Vec::new()), next);
		let entry = |key: Vec<u8>| Some((sp_io::storage::get(&key)?.to_vec(), key));
		Storage {
			top: keys
				.filter_map(entry)
				.map(|(value, key)| (key, value))
				.collect(),
			..Default::default()
		}
	})
}

/// All events of one pallet so far (`events::<Test, crate::Event<Test>>()`), oldest first.
pub fn events<T, E>() -> Vec<E>
where
	T: frame_system::Config,
	T::RuntimeEvent: TryInto<E>,
{
	frame_system::Pallet::<T>::read_events_no_consensus()
		.filter_map(|record| record.event.try_into().ok())
		.collect()
}

/// As [`events`]; then forgets *all* events, of other pallets too.
pub fn take_events<T, E>() -> Vec<E>
where
	T: frame_system::Config,
	T::RuntimeEvent: TryInto<E>,
{
	let events = events::<T, E>();
	frame_system::Pallet::<T>::reset_events();
	events
}
