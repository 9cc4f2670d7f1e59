//! What hardware is called, and what a consumer may ask of it. Pure.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::cmp::Ordering;
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The longest slug in bytes.
pub const MAX_SLUG: u32 = 32;
/// The most accelerators that one set of requirements may name.
pub const MAX_ACCELERATORS: u32 = 8;

/// A short name of `a-z 0-9 . _ -`, as `h100-sxm` or `eu-west`.
pub type Slug = BoundedVec<u8, ConstU32<MAX_SLUG>>;

/// A name of `a-z 0-9 . _ -`. Empty passes.
pub fn is_slug(bytes: &[u8]) -> bool {
	bytes
		.iter()
		.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-'))
}

/// What kind of hardware the units are.
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
pub enum HardwareClass {
	/// Graphics processors.
	#[codec(index = 0)]
	Gpu,
	/// Whole machines or slices of general-purpose processors.
	#[codec(index = 1)]
	Cpu,
	/// Tensor processors.
	#[codec(index = 2)]
	Tpu,
	/// Field-programmable gate arrays.
	#[codec(index = 3)]
	Fpga,
	/// Disk space.
	#[codec(index = 4)]
	Storage,
}

/// What a consumer asks of a machine. How many units is said where it is used.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Requirements {
	/// The kind of unit.
	pub class: HardwareClass,
	/// Models of unit that will do. Empty: any.
	pub accelerators: BoundedVec<Slug, ConstU32<MAX_ACCELERATORS>>,
	/// The least memory of one unit in MiB.
	pub min_memory_mib: u32,
	/// Where it must stand. `None`: anywhere.
	pub region: Option<Slug>,
	/// What must join the units. `None`: anything or nothing.
	pub interconnect: Option<Slug>,
	/// The oldest driver that will do, as `nvidia-570.86`: see [`is_driver_at_least`].
	pub min_driver: Option<Slug>,
}

impl Requirements {
	/// Whether some machine could meet them: each name is a slug and not empty, and the driver is
	/// one that can be compared. Refuse others when they are posted, for no machine ever will.
	pub fn is_well_formed(&self) -> bool {
		let names = [&self.region, &self.interconnect, &self.min_driver];
		let driver = self.min_driver.as_ref();
		self.accelerators
			.iter()
			.chain(names.into_iter().flatten())
			.all(|slug| !slug.is_empty() && is_slug(slug))
			&& driver.is_none_or(|driver| parse_driver(driver).is_some())
	}
}

/// Whether `driver` is of the vendor of `least` and at least of its version.
///
/// A driver is written `vendor-1.2.3`: up to the last `-` the vendor, after it decimal numbers with
/// dots between, compared one by one; a missing number counts as zero. Whatever is written otherwise
/// (no `-`, no vendor, an empty or other than decimal part, a number over 64 bits) is never enough.
pub fn is_driver_at_least(driver: &[u8], least: &[u8]) -> bool {
	let (Some(driver), Some(least)) = (parse_driver(driver), parse_driver(least)) else {
		return false;
	};
	let (vendor, version) = driver;
	vendor == least.0 && compare(version, least.1) != Ordering::Less
}

/// Vendor and version, if every part of the version is a number.
fn parse_driver(driver: &[u8]) -> Option<(&[u8], &[u8])> {
	let mut parts = driver.rsplitn(2, |byte| *byte == b'-');
	let version = parts.next()?;
	let vendor = parts.next().filter(|vendor| !vendor.is_empty())?;
	version
		.split(|byte| *byte == b'.')
		.all(|part| number(part).is_some())
		.then_some((vendor, version))
}

/// Only digits, at least one, within 64 bits.
fn number(part: &[u8]) -> Option<u64> {
	if part.is_empty() {
		return None;
	}
	part.iter().try_fold(0u64, |value, digit| {
		let digit = digit.is_ascii_digit().then(|| digit.wrapping_sub(b'0'))?;
		value.checked_mul(10)?.checked_add(digit.into())
	})
}

/// Versions that [`parse_driver`] let through, number by number.
fn compare(one: &[u8], other: &[u8]) -> Ordering {
	let numbers = |version| <[u8]>::split(version, |byte| *byte == b'.').map(number);
	let (mut one, mut other) = (numbers(one), numbers(other));
	loop {
		match (one.next(), other.next()) {
			(None, None) => return Ordering::Equal,
			(left, right) => {
				let left = left.flatten().unwrap_or_default();
				let order = left.cmp(&right.flatten().unwrap_or_default());
				if order != Ordering::Equal {
					return order;
				}
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn slug(text: &str) -> Slug {
		Slug::truncate_from(text.as_bytes().to_vec())
	}

	fn at_least(driver: &str, least: &str) -> bool {
		is_driver_at_least(driver.as_bytes(), least.as_bytes())
	}

	#[test]
	fn a_driver_of_the_same_version_or_a_later_one_will_do() {
		for (driver, least) in [
			("nvidia-570.86", "nvidia-570.86"),
			("nvidia-570.86", "nvidia-570"),
			("nvidia-570", "nvidia-570.0.0"),
			("nvidia-570.124", "nvidia-570.86"),
			("nvidia-1000.1", "nvidia-999.9"),
			("nvidia-570.086", "nvidia-570.86"),
			("nvidia-open-570.86", "nvidia-open-570.86"),
			("rocm-18446744073709551615", "rocm-6"),
		] {
			assert!(at_least(driver, least), "{driver} {least}");
		}
	}

	#[test]
	fn an_older_driver_or_another_vendor_will_not() {
		for (driver, least) in [
			("nvidia-570.85", "nvidia-570.86"),
			("nvidia-570", "nvidia-570.0.1"),
			("nvidia-99.9", "nvidia-570"),
			("rocm-900.1", "nvidia-570.86"),
			("nvidia-open-570.86", "nvidia-570.86"),
			("nvidia-570.86", "nvidia-open-570.86"),
		] {
			assert!(!at_least(driver, least), "{driver} {least}");
		}
	}

	#[test]
	fn what_cannot_be_compared_will_not_do() {
		for strange in [
			"",
			"-",
			"570.86",
			"-570.86",
			"nvidia",
			"nvidia-",
			"nvidia-570.",
			"nvidia-.86",
			"nvidia-570..86",
			"nvidia-570.86a",
			"nvidia-+570",
			"nvidia-18446744073709551616",
			"nvidia-99999999999999999999999",
		] {
			assert!(!at_least(strange, "nvidia-1"), "{strange}");
			assert!(!at_least("nvidia-570.86", strange), "{strange}");
			assert!(!at_least(strange, strange), "{strange}");
		}
	}

	#[test]
	fn only_digits_make_a_version() {
		for byte in 0..=u8::MAX {
			let driver = [b'a', b'-', byte, b'.', byte];
			let same = is_driver_at_least(&driver, &driver);
			assert_eq!(same, byte.is_ascii_digit(), "{byte}");
		}
	}

	#[test]
	fn slugs_are_plain() {
		assert!(is_slug(b"") && is_slug(b"h100-sxm_80.1"));
		assert!(!is_slug(b"H100") && !is_slug(b"a b") && !is_slug(b"\0") && !is_slug(&[200]));
	}

	#[test]
	fn requirements_that_nothing_could_meet_are_ill_formed() {
		let sound = Requirements {
			class: HardwareClass::Gpu,
			accelerators: vec![slug("h100-sxm"), slug("h200")].try_into().unwrap(),
			min_memory_mib: u32::MAX,
			region: Some(slug("eu-west")),
			interconnect: None,
			min_driver: Some(slug("nvidia-570.86")),
		};
		assert!(sound.is_well_formed());
		let with = |change: fn(&mut Requirements)| {
			let mut changed = sound.clone();
			change(&mut changed);
			changed.is_well_formed()
		};
		assert!(with(|wanted| wanted.accelerators = Default::default()));
		assert!(with(|wanted| wanted.min_driver = None));
		assert!(!with(|wanted| wanted.region = Some(slug(""))));
		assert!(!with(|wanted| wanted.interconnect = Some(slug("NVLink"))));
		assert!(!with(|wanted| wanted.min_driver = Some(slug("nvidia"))));
		assert!(!with(|wanted| {
			wanted.accelerators = vec![slug("h100"), slug("")].try_into().unwrap()
		}));
	}
}
