//! Checking what a tenant signed.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{types::*, Config};
use alloc::vec::Vec;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_io::crypto::sr25519_verify;
use sp_runtime::traits::Zero;
use terminal_gpu_proof::receipt;
use terminal_primitives::{Digest, LeaseId};

/// The hash of block 0, which no other chain has. System keeps it for ever.
pub(crate) fn genesis_hash<T: Config>() -> Digest {
	let hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
	let mut bytes = Digest::default();
	bytes
		.iter_mut()
		.zip(hash.as_ref())
		.for_each(|(to, from)| *to = *from);
	bytes
}

/// The bytes that a tenant signs.
pub(crate) fn message<T: Config>(lease: LeaseId, segment: u32, milliseconds: u64) -> Vec<u8> {
	receipt::message(&genesis_hash::<T>(), lease.0, segment, milliseconds)
}

/// Whether `tenant` signed the receipt.
pub(crate) fn is_signed<T: Config>(lease: LeaseId, tenant: &TenantKey, shown: &Receipt) -> bool {
	let signed = message::<T>(lease, shown.segment, shown.milliseconds);
	sr25519_verify(&shown.signature, &signed, tenant)
}
