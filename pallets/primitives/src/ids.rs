//! Ids are new-types, so that a lease can never be mistaken for a machine.

use codec::{CompactAs, Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A 32-byte hash. Which function made it is said where it is stored.
pub type Digest = [u8; 32];

/// An asset of `pallet-assets`. Where it is optional, `None` is TCT.
pub type AssetId = u32;

macro_rules! id {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Encode, Decode,
			DecodeWithMemTracking, CompactAs, MaxEncodedLen, TypeInfo, Serialize, Deserialize,
		)]
		pub struct $name(pub u64);

		impl $name {
			/// The id that follows, or `None` when the counter is used up.
			pub fn next(self) -> Option<Self> {
				self.0.checked_add(1).map(Self)
			}
		}
	};
}

id!(
	/// A model version, counted from zero.
	VersionId
);
id!(
	/// A provider's machine, counted from zero.
	MachineId
);
id!(
	/// A lease, metered or a fixed job, counted from zero.
	LeaseId
);
id!(
	/// One committed result under attestation, counted from zero.
	TaskId
);
id!(
	/// One presence challenge, counted from zero.
	ChallengeId
);
