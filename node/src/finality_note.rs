//! Tells the off-chain workers what is final.
//!
//! A runtime does not know what GRANDPA has finalised, but attestors vote only on finalised
//! commitments. So the node notes the finalised block in the workers' persistent storage, where
//! the runtime reads it by `StorageValueRef::persistent(b"terminal/finalized")`.

use codec::Encode;
use futures::StreamExt;
use sc_client_api::BlockchainEvents;
use sp_blockchain::HeaderBackend;
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};
use sp_runtime::{
	traits::{Block as BlockT, Header as HeaderT},
	SaturatedConversion,
};
use std::sync::Arc;

/// The key under which the note stands: SCALE of `(u32, [u8; 32])`, the number and the hash.
/// The worker of `pallet-attestation` reads the same key.
pub const FINALIZED_KEY: &[u8] = b"terminal/finalized";

/// Write the note now and whenever a block is finalised, for as long as the node runs.
pub async fn run<Block, Client, Storage>(client: Arc<Client>, mut storage: Storage)
where
	Block: BlockT,
	Client: BlockchainEvents<Block> + HeaderBackend<Block>,
	Storage: OffchainStorage,
{
	// Subscribe before reading, so that nothing falls between the two.
	let mut finalized = client.finality_notification_stream();
	let info = client.info();
	write(
		&mut storage,
		info.finalized_number.saturated_into(),
		info.finalized_hash,
	);
	while let Some(notification) = finalized.next().await {
		let number = (*notification.header.number()).saturated_into();
		write(&mut storage, number, notification.hash);
	}
}

fn write(storage: &mut impl OffchainStorage, number: u32, hash: impl AsRef<[u8]>) {
	let Ok(hash) = <[u8; 32]>::try_from(hash.as_ref()) else {
		log::error!(target: "finality-note", "The block hash is not 32 bytes long");
		return;
	};
	storage.set(STORAGE_PREFIX, FINALIZED_KEY, &(number, hash).encode());
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{offchain::testing::TestPersistentOffchainDB, H256};

	#[test]
	fn the_note_reads_back_as_number_and_hash() {
		let mut storage = TestPersistentOffchainDB::new();
		write(&mut storage, 7, H256([9; 32]));
		write(&mut storage, 8, H256([10; 32]));
		let note = OffchainStorage::get(&storage, STORAGE_PREFIX, FINALIZED_KEY);
		assert_eq!(note, Some((8u32, [10u8; 32]).encode()));
	}
}
