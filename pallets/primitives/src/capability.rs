//! What machines have been proven able to do.

use crate::{hardware::Slug, BlockNumber, Digest, MachineId};

/// Whether a machine is what it says it is. Implemented by `pallet-muster`, asked by providers before
/// a machine takes anything new. `()` asks for no proof.
pub trait Capability {
	/// Whether a machine whose units are called `accelerator` may take new work: nothing has to be
	/// proven for that name, or this machine has proven it.
	fn may_serve(id: MachineId, accelerator: &Slug) -> bool;
}

impl Capability for () {
	fn may_serve(_: MachineId, _: &Slug) -> bool {
		true
	}
}

/// Reading what a machine's units are called. Implemented by `pallet-providers`. `()` knows none.
pub trait Accelerators {
	/// The name of its units, if the machine is registered. It never changes.
	fn accelerator(id: MachineId) -> Option<Slug>;
}

impl Accelerators for () {
	fn accelerator(_: MachineId) -> Option<Slug> {
		None
	}
}

/// Reading the randomness of draws. Implemented by `pallet-attestation`.
pub trait Beacon {
	/// The accumulator of `block`: known from the next block on, and for 256 blocks.
	fn accumulator(block: BlockNumber) -> Option<Digest>;
}
