//! Weights that were fetched and checked, kept by their root: jobs of one model share them.

use alloc::vec::Vec;
use sp_core::offchain::StorageKind;
use sp_runtime::offchain::storage::StorageValueRef;
use terminal_primitives::Digest;

/// Roots kept; with 64 KiB each at most 2 MiB.
const KEPT: usize = 32;
const INDEX: &[u8] = b"terminal/weights";

fn key(root: &Digest) -> Vec<u8> {
	[INDEX, b"/", root].concat()
}

/// The weights under `root`, if they are kept. The caller checks them again.
pub fn read(root: &Digest) -> Option<Vec<u8>> {
	sp_io::offchain::local_storage_get(StorageKind::PERSISTENT, &key(root))
}

/// Keep checked weights. The oldest go when there are too many.
pub fn keep(root: &Digest, weights: &[u8]) {
	sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, &key(root), weights);
	let mut dropped = Vec::new();
	let index = StorageValueRef::persistent(INDEX);
	let entered = index.mutate::<Vec<Digest>, (), _>(|found| {
		let mut roots = found.ok().flatten().unwrap_or_default();
		roots.retain(|kept| kept != root);
		roots.push(*root);
		let excess = roots.len().saturating_sub(KEPT);
		dropped = roots.drain(..excess).collect();
		Ok(roots)
	});
	// If another run changed the index meanwhile, ours stays unlisted: then it must not stay at all.
	let gone = if entered.is_ok() {
		dropped
	} else {
		Vec::from([*root])
	};
	for root in gone {
		sp_io::offchain::local_storage_clear(StorageKind::PERSISTENT, &key(&root));
	}
}
