//! What clients pass, checked before the runtime is asked. Pure.

use pallet_market::runtime_api::{OfferFilter, PaidIn};
use pallet_providers::runtime_api::MachineFilter;
use serde::{de::Error as _, Deserialize, Deserializer};
use terminal_primitives::{
	market::{is_slug, HardwareClass, Requirements, Slug, MAX_ACCELERATORS, MAX_SLUG},
	AssetId, Digest,
};
use terminal_runtime::AccountId;

use super::{error::Error, json::Amount};

/// Entries on a page, unless the caller says otherwise.
const PAGE: u32 = 50;
/// The most entries on a page: the runtime holds no more.
const MAX_PAGE: u32 = 100;

/// What a machine must be: see `wanted` of the filters.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Wanted {
	/// The kind of unit.
	pub class: HardwareClass,
	/// Models of unit that will do. Empty or left out: any.
	#[serde(default)]
	pub accelerators: Vec<String>,
	/// The least memory of one unit in MiB.
	#[serde(default)]
	pub min_memory_mib: u32,
	/// Where it must stand.
	pub region: Option<String>,
	/// What must join the units.
	pub interconnect: Option<String>,
	/// The oldest driver that will do.
	pub min_driver: Option<String>,
}

/// Which machines of the provider book to show. Nothing set: all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MachinesWanted {
	/// Of this provider.
	pub provider: Option<AccountId>,
	/// Whose hardware meets these.
	pub wanted: Option<Wanted>,
	/// That ask no more, base units per second and unit.
	pub max_price: Option<Amount>,
	/// On which a lease of so many units could be opened now.
	pub free_units: Option<u32>,
}

/// What leases are paid in: `"TCT"`, or an asset by its id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Money {
	/// TCT.
	Tct,
	/// An asset.
	Asset(AssetId),
}

impl From<Money> for PaidIn {
	fn from(money: Money) -> Self {
		match money {
			Money::Tct => Self::Tct,
			Money::Asset(id) => Self::Asset(id),
		}
	}
}

impl<'de> Deserialize<'de> for Money {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		#[derive(Deserialize)]
		#[serde(untagged)]
		enum Written {
			Id(AssetId),
			Name(String),
		}
		let refused = || D::Error::custom("pass \"TCT\", or an asset by its id");
		match Written::deserialize(deserializer).map_err(|_| refused())? {
			Written::Id(id) => Ok(Self::Asset(id)),
			Written::Name(name) if name == "TCT" => Ok(Self::Tct),
			Written::Name(_) => Err(refused()),
		}
	}
}

/// Which offers to show. Nothing set: all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OffersWanted {
	/// Whose machine meets these.
	pub wanted: Option<Wanted>,
	/// That cost no more, base units per second and unit.
	pub max_rate: Option<Amount>,
	/// Whose leases are paid in this.
	pub asset: Option<Money>,
	/// Spot only, or on demand only.
	pub spot: Option<bool>,
	/// Whose machine is online with so many free units now, that one lease may have.
	pub free_units: Option<u32>,
	/// That can be reserved, or cannot.
	pub reservable: Option<bool>,
}

impl TryFrom<Wanted> for Requirements {
	type Error = Error;

	fn try_from(wanted: Wanted) -> Result<Self, Error> {
		let accelerators = wanted.accelerators.iter();
		let accelerators = accelerators
			.map(|text| slug("wanted.accelerators", text))
			.collect::<Result<Vec<_>, _>>()?;
		let found = Requirements {
			class: wanted.class,
			accelerators: accelerators.try_into().map_err(|_| Error::Argument {
				name: "wanted.accelerators",
				remedy: format!("name at most {MAX_ACCELERATORS}, or none for any"),
			})?,
			min_memory_mib: wanted.min_memory_mib,
			region: optional("wanted.region", wanted.region)?,
			interconnect: optional("wanted.interconnect", wanted.interconnect)?,
			min_driver: optional("wanted.minDriver", wanted.min_driver)?,
		};
		if found.is_well_formed() {
			return Ok(found);
		}
		Err(Error::Argument {
			name: "wanted.minDriver",
			remedy: "write the vendor, a dash and decimal numbers with dots between, for example \
			         nvidia-570.86"
				.into(),
		})
	}
}

impl TryFrom<MachinesWanted> for MachineFilter<AccountId> {
	type Error = Error;

	fn try_from(wanted: MachinesWanted) -> Result<Self, Error> {
		Ok(Self {
			provider: wanted.provider,
			wanted: wanted.wanted.map(Requirements::try_from).transpose()?,
			max_price: wanted.max_price.map(|price| price.0),
			free_units: wanted.free_units,
		})
	}
}

impl TryFrom<OffersWanted> for OfferFilter {
	type Error = Error;

	fn try_from(wanted: OffersWanted) -> Result<Self, Error> {
		Ok(Self {
			wanted: wanted.wanted.map(Requirements::try_from).transpose()?,
			max_rate: wanted.max_rate.map(|rate| rate.0),
			paid_in: wanted.asset.map(PaidIn::from).unwrap_or_default(),
			spot: wanted.spot,
			free_units: wanted.free_units,
			reservable: wanted.reservable,
		})
	}
}

fn optional(name: &'static str, text: Option<String>) -> Result<Option<Slug>, Error> {
	text.map(|text| slug(name, &text)).transpose()
}

/// A name as the chain writes hardware, regions and drivers.
fn slug(name: &'static str, text: &str) -> Result<Slug, Error> {
	let bytes = text.as_bytes().to_vec();
	Slug::try_from(bytes)
		.ok()
		.filter(|slug| !slug.is_empty() && is_slug(slug))
		.ok_or_else(|| Error::Argument {
			name,
			remedy: format!(
				"write 1 to {MAX_SLUG} characters of a-z 0-9 . _ - as terminal_providerBook shows \
				 them, or leave it out"
			),
		})
}

/// How many entries a page may hold.
pub fn page_limit(limit: Option<u32>) -> Result<u32, Error> {
	match limit {
		None => Ok(PAGE),
		Some(limit) if (1..=MAX_PAGE).contains(&limit) => Ok(limit),
		Some(_) => Err(Error::Argument {
			name: "limit",
			remedy: format!(
				"pass 1 to {MAX_PAGE}, or leave it out for {PAGE}, and go on at the answer's next"
			),
		}),
	}
}

/// A count that makes no sense at zero.
pub fn at_least_one(name: &'static str, count: u32) -> Result<u32, Error> {
	if count == 0 {
		return Err(Error::Argument {
			name,
			remedy: "pass 1 or more".into(),
		});
	}
	Ok(count)
}

/// `0x` and 64 hex digits.
pub fn digest(text: &str) -> Result<Digest, Error> {
	text.strip_prefix("0x")
		.filter(|digits| digits.len() == 64)
		.and_then(|_| sp_core::bytes::from_hex(text).ok())
		.and_then(|bytes| Digest::try_from(bytes).ok())
		.ok_or_else(|| Error::Argument {
			name: "digest",
			remedy: "pass the SHA-256 of the model's manifest as 0x and 64 hex digits".into(),
		})
}

#[cfg(test)]
mod tests;
