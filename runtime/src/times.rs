//! The chain's clockwork: slot, epoch, era, unbonding and slash-deferral lengths.
//!
//! They are set at genesis and never again, so that one Wasm serves a test network with two-second
//! slots as well as production. There is no call: BABE fixes the lengths for a chain's life, and
//! every node reads them from the genesis state. A chain spec that says nothing gets production's
//! values; a value out of range stops genesis.
//!
//! The pallet stands right after System, so that the lengths are in place before the pallets that
//! read them build their own genesis.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::traits::Get;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::traits::SaturatedConversion;

pub use pallet::*;

/// The lengths of one chain.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Times {
	/// Milliseconds per BABE slot. Even, from 1,000 to 60,000.
	pub slot_duration_ms: u64,
	/// Slots per epoch, so per session. From 30 (a session change takes a whole block) to 14,400.
	pub epoch_slots: u64,
	/// Sessions per staking era. From 1 to 96.
	pub sessions_per_era: u32,
	/// Eras that a stake stays bonded after `unbond`. From 2 to 672.
	pub bonding_eras: u32,
	/// Eras between a staking offence and its slash. Less than `bonding_eras`.
	pub slash_defer_eras: u32,
}

impl Default for Times {
	/// Production: 6 s slots, 1 h epochs, 6 h eras, 7 days of unbonding, and one era less than
	/// that in which governance may cancel a slash.
	fn default() -> Self {
		Self {
			slot_duration_ms: 6_000,
			epoch_slots: 600,
			sessions_per_era: 6,
			bonding_eras: 28,
			slash_defer_eras: 27,
		}
	}
}

impl Times {
	/// Why these lengths cannot run a chain, if they cannot.
	pub fn validate(&self) -> Result<(), &'static str> {
		let even = self.slot_duration_ms.is_multiple_of(2);
		if !even || !(1_000..=60_000).contains(&self.slot_duration_ms) {
			return Err("slotDurationMs must be even and lie between 1,000 and 60,000");
		}
		if !(30..=14_400).contains(&self.epoch_slots) {
			return Err("epochSlots must lie between 30 and 14,400");
		}
		if !(1..=96).contains(&self.sessions_per_era) {
			return Err("sessionsPerEra must lie between 1 and 96");
		}
		if !(2..=672).contains(&self.bonding_eras) {
			return Err("bondingEras must lie between 2 and 672");
		}
		if self.slash_defer_eras >= self.bonding_eras {
			return Err("slashDeferEras must be less than bondingEras");
		}
		Ok(())
	}

	/// Milliseconds of one era when no slot is missed.
	pub const fn era_ms(&self) -> u64 {
		self.slot_duration_ms
			.saturating_mul(self.epoch_slots)
			.saturating_mul(self.sessions_per_era as u64)
	}

	/// Slots from an offence to the last moment at which its stake can still be reached.
	pub const fn bonding_slots(&self) -> u64 {
		self.bonding_sessions().saturating_mul(self.epoch_slots)
	}

	/// Sessions for which stake stays bonded.
	pub const fn bonding_sessions(&self) -> u64 {
		(self.bonding_eras as u64).saturating_mul(self.sessions_per_era as u64)
	}

	/// How many blocks fill `seconds` when no slot is missed; at least one.
	pub fn blocks(&self, seconds: u64) -> u32 {
		seconds
			.saturating_mul(1_000)
			.checked_div(self.slot_duration_ms)
			.unwrap_or(1)
			.max(1)
			.saturated_into()
	}
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The lengths, in one storage value.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Nothing to configure: the genesis says it all.
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// The chain's lengths. Written once, by genesis.
	#[pallet::storage]
	pub type Lengths<T: Config> = StorageValue<_, Times, ValueQuery>;

	/// Genesis: the lengths; production's if left out.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The lengths of the chain that begins.
		pub times: Times,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			// Genesis only, so a panic is the right answer: the chain must not begin.
			if let Err(reason) = self.times.validate() {
				panic!("chain times: {reason}");
			}
			Lengths::<T>::put(self.times);
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The chain's lengths.
		pub fn times() -> Times {
			Lengths::<T>::get()
		}
	}
}

macro_rules! getter {
	($(#[$doc:meta])* $name:ident: $type:ty = |$times:ident| $value:expr) => {
		$(#[$doc])*
		pub struct $name<T>(PhantomData<T>);

		impl<T: Config> Get<$type> for $name<T> {
			fn get() -> $type {
				let $times = Lengths::<T>::get();
				$value
			}
		}
	};
}

getter!(
	/// Milliseconds per slot.
	SlotDuration: u64 = |times| times.slot_duration_ms
);
getter!(
	/// Half a slot: the least time between two blocks, from which BABE derives its slot.
	MinimumPeriod: u64 = |times| times.slot_duration_ms / 2
);
getter!(
	/// Slots per epoch.
	EpochDuration: u64 = |times| times.epoch_slots
);
getter!(
	/// Sessions per era.
	SessionsPerEra: u32 = |times| times.sessions_per_era
);
getter!(
	/// Eras of unbonding.
	BondingDuration: u32 = |times| times.bonding_eras
);
getter!(
	/// Eras for which slashes wait.
	SlashDeferDuration: u32 = |times| times.slash_defer_eras
);
getter!(
	/// Slots for which an equivocation may be reported: as long as its stake is bonded.
	ReportLongevity: u64 = |times| times.bonding_slots()
);
getter!(
	/// GRANDPA authority sets whose session is remembered: as many as may be reported.
	MaxSetIdSessionEntries: u64 = |times| times.bonding_sessions()
);

/// As many blocks as fill `SECONDS`, whatever the slot.
pub struct Blocks<T, const SECONDS: u64>(PhantomData<T>);

impl<T: Config, const SECONDS: u64> Get<u32> for Blocks<T, SECONDS> {
	fn get() -> u32 {
		Lengths::<T>::get().blocks(SECONDS)
	}
}
