//! What is stored: parameters, commitments, versions.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_io::hashing::blake2_256;
use terminal_primitives::{Balance, BlockNumber, Digest, UNIT};

/// The longest name in bytes.
pub const MAX_NAME: u32 = 64;
/// The longest licence id in bytes.
pub const MAX_LICENCE: u32 = 64;
/// Less than this per second and due amounts could not be rounded to within a thousandth.
pub const LEAST_PRICE_PER_SECOND: Balance = 1_000;
/// The least of `price_rise_blocks`: the usual life of a signed transaction.
pub const LEAST_PRICE_RISE_BLOCKS: BlockNumber = 64;

/// What the model is called, as `digits/mlp-64-32-10`: printable ASCII.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;
/// An SPDX or OpenRAIL id, as `Apache-2.0`.
pub type Licence = BoundedVec<u8, ConstU32<MAX_LICENCE>>;

/// Everything governance may change.
#[derive(
	Clone,
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
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Parameters {
	/// Blocks that must pass between committing to a listing and revealing it: more than a
	/// block's author can hold a reveal back to put its own commitment before it.
	pub reveal_delay_blocks: BlockNumber,
	/// Blocks after which a commitment can no longer be revealed, only withdrawn.
	pub commitment_life_blocks: BlockNumber,
	/// Held for a commitment until it is revealed or withdrawn, in base units.
	pub commitment_deposit: Balance,
	/// Held for a version for ever, because its entry is kept for ever, in base units.
	pub listing_deposit: Balance,
	/// The highest price of a job or a second, in base units. Keeps every product far from
	/// overflow.
	pub max_price: Balance,
	/// Blocks after which a higher price takes effect: longer than a signed transaction lives, so
	/// that nobody pays more than the price it was signed at.
	pub price_rise_blocks: BlockNumber,
}

impl Default for Parameters {
	/// Production's values, at 6 s a block.
	fn default() -> Self {
		Self {
			reveal_delay_blocks: 10,
			commitment_life_blocks: 14_400,
			commitment_deposit: UNIT,
			listing_deposit: 10 * UNIT,
			max_price: 1_000_000 * UNIT,
			price_rise_blocks: 600,
		}
	}
}

impl Parameters {
	/// What a set of parameters must satisfy; the error says which rule it breaks.
	pub fn validate(&self) -> Result<(), &'static str> {
		let supply = 1_000_000_000 * UNIT;
		let rules = [
			(
				self.reveal_delay_blocks > 0,
				"reveal_delay_blocks must not be zero",
			),
			(
				self.commitment_life_blocks > self.reveal_delay_blocks,
				"commitment_life_blocks must be longer than reveal_delay_blocks",
			),
			(
				self.commitment_deposit > 0,
				"commitment_deposit must not be zero",
			),
			(
				self.commitment_deposit <= supply,
				"commitment_deposit is above the supply",
			),
			(self.listing_deposit > 0, "listing_deposit must not be zero"),
			(
				self.listing_deposit <= supply,
				"listing_deposit is above the supply",
			),
			(
				self.max_price >= LEAST_PRICE_PER_SECOND,
				"max_price must be at least 1000 base units",
			),
			(self.max_price <= supply, "max_price is above the supply"),
			(
				self.price_rise_blocks >= LEAST_PRICE_RISE_BLOCKS,
				"price_rise_blocks must be at least 64",
			),
		];
		rules
			.into_iter()
			.try_for_each(|(holds, rule)| if holds { Ok(()) } else { Err(rule) })
	}
}

/// A promise to list something, without saying what.
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
)]
pub struct Commitment {
	/// The block in which it was made.
	pub at: BlockNumber,
	/// What is on hold for it, in base units.
	pub deposit: Balance,
}

/// How the weights are written.
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
pub enum Format {
	/// Hugging Face's tensor container.
	#[codec(index = 0)]
	Safetensors,
	/// The format of llama.cpp.
	#[codec(index = 1)]
	Gguf,
	/// Open Neural Network Exchange.
	#[codec(index = 2)]
	Onnx,
	/// A WebAssembly module.
	#[codec(index = 3)]
	Wasm,
	/// `terminal-gpu-proof`'s integer network: the runtime can re-execute it.
	#[codec(index = 4)]
	IntegerNetwork,
}

/// What a version is. It never changes.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Details {
	/// SHA-256 of the OMS-style manifest: the digest by which the version is found.
	pub manifest: Digest,
	/// Root over the weights' chunks (`terminal-gpu-proof::result::weights_root`). A version in
	/// [`Format::IntegerNetwork`] must have one.
	pub weights_root: Option<Digest>,
	/// How the weights are written.
	pub format: Format,
	/// Size of all files in bytes.
	pub bytes: u64,
	/// SPDX or OpenRAIL id.
	pub licence: Licence,
	/// SHA-256 of the model card.
	pub card_hash: Digest,
	/// What it is called. Not unique: the digest is.
	pub name: Name,
}

impl Details {
	/// What `who` commits to before it reveals these details: Blake2b-256 of the SCALE encoding of
	/// (`b"tct/listing/v1"`, account, salt, details). The account is part of it, so that a copied
	/// reveal fits no commitment of the copier.
	pub fn commitment<AccountId: Encode>(&self, who: &AccountId, salt: &[u8; 32]) -> Digest {
		(b"tct/listing/v1", who, salt, self).using_encoded(blake2_256)
	}
}

/// What a version costs.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct Prices {
	/// Base units for one fixed job; zero for free.
	pub per_job: Balance,
	/// Base units per leased second; zero for free.
	pub per_second: Balance,
	/// Base units for one call, of a lease that pays for calls; zero for free.
	pub per_call: Balance,
}

impl Prices {
	/// The highest of them.
	pub fn greatest(&self) -> Balance {
		self.per_job.max(self.per_second).max(self.per_call)
	}

	/// The lower of each.
	pub fn min(self, other: Self) -> Self {
		Self {
			per_job: self.per_job.min(other.per_job),
			per_second: self.per_second.min(other.per_second),
			per_call: self.per_call.min(other.per_call),
		}
	}
}

/// Higher prices to come.
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
#[serde(rename_all = "camelCase")]
pub struct PriceRise {
	/// What it will cost.
	pub prices: Prices,
	/// From this block on.
	pub from: BlockNumber,
}

/// A listed version.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Version<AccountId> {
	/// Who listed it and is paid.
	pub owner: AccountId,
	/// What it is.
	pub details: Details,
	/// What it costs new jobs and leases, until a rise takes effect.
	pub prices: Prices,
	/// What it will cost, or costs since.
	pub rise: Option<PriceRise>,
	/// The block of the commitment: since when the owner can prove to have had it.
	pub first_seen: BlockNumber,
	/// The block of the listing.
	pub listed_at: BlockNumber,
	/// What is on hold for it, in base units.
	pub deposit: Balance,
	/// A yanked version serves running leases only.
	pub yanked: bool,
}

impl<AccountId> Version<AccountId> {
	/// What it costs at block `now`, and the rise that is still to come.
	pub fn prices_at(&self, now: BlockNumber) -> (Prices, Option<PriceRise>) {
		match self.rise {
			Some(rise) if rise.from <= now => (rise.prices, None),
			rise => (self.prices, rise),
		}
	}

	/// Ask for `prices`: a lower one at once, a higher one from block `from` on.
	pub fn set_prices(&mut self, prices: Prices, now: BlockNumber, from: BlockNumber) {
		let (present, _) = self.prices_at(now);
		self.prices = present.min(prices);
		self.rise = (self.prices != prices).then_some(PriceRise { prices, from });
	}
}
