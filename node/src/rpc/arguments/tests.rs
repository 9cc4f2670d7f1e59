use super::*;
use jsonrpsee::types::ErrorObjectOwned;
use serde_json::{json, Value};

fn read<T: serde::de::DeserializeOwned>(json: Value) -> Result<T, String> {
	// As text, for that is how it arrives.
	serde_json::from_str(&json.to_string()).map_err(|error| error.to_string())
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>, name: &str, remedy: &str) {
	let error = ErrorObjectOwned::from(result.expect_err("it is refused"));
	assert_eq!(error.code(), -32602);
	let message = error.message();
	assert!(message.starts_with(name), "{message}");
	assert!(message.contains(remedy), "{message}");
}

fn wanted(change: impl FnOnce(&mut Value)) -> Result<Requirements, Error> {
	let mut json = json!({
		"class": "Gpu",
		"accelerators": ["h100-sxm"],
		"minMemoryMib": 80_000,
		"region": "eu-west",
		"minDriver": "nvidia-570.86",
	});
	change(&mut json);
	Requirements::try_from(read::<Wanted>(json).expect("of the right shape"))
}

#[test]
fn a_digest_is_0x_and_64_digits() {
	let digits = "ab".repeat(32);
	assert_eq!(digest(&format!("0x{digits}")).expect("valid"), [0xab; 32]);
	for malformed in [
		String::new(),
		digits.clone(),
		format!("0x{}", &digits[2..]),
		format!("0x{digits}00"),
		format!("0x{}zz", &digits[2..]),
	] {
		refused(digest(&malformed), "digest", "0x and 64 hex digits");
	}
}

#[test]
fn a_page_holds_one_to_a_hundred() {
	assert_eq!(page_limit(None).expect("valid"), 50);
	for limit in [1, 100] {
		assert_eq!(page_limit(Some(limit)).expect("valid"), limit);
	}
	for limit in [0, 101, u32::MAX] {
		refused(page_limit(Some(limit)), "limit", "1 to 100");
	}
}

#[test]
fn a_count_is_not_zero() {
	assert_eq!(at_least_one("units", 1).expect("valid"), 1);
	refused(at_least_one("units", 0), "units", "1 or more");
}

#[test]
fn requirements_are_what_the_chain_compares() {
	let found = wanted(|_| ()).expect("sound");
	assert_eq!(found.class, HardwareClass::Gpu);
	assert_eq!(found.accelerators[0].as_slice(), b"h100-sxm");
	assert_eq!(found.min_memory_mib, 80_000);
	assert_eq!(
		found.region.as_ref().map(|slug| slug.as_slice()),
		Some(&b"eu-west"[..])
	);
	assert_eq!(found.interconnect, None);
	let least = Requirements::try_from(read::<Wanted>(json!({ "class": "Cpu" })).expect("enough"));
	let least = least.expect("sound");
	assert_eq!((least.accelerators.len(), least.min_memory_mib), (0, 0));
}

#[test]
fn names_that_no_machine_has_are_refused() {
	for name in ["", "EU", "eu west", "é", &"a".repeat(33)] {
		let region = wanted(|json| json["region"] = name.into());
		refused(region, "wanted.region", "1 to 32");
		let accelerator = wanted(|json| json["accelerators"] = json!(["h200", name]));
		refused(accelerator, "wanted.accelerators", "1 to 32");
		let interconnect = wanted(|json| json["interconnect"] = name.into());
		refused(interconnect, "wanted.interconnect", "1 to 32");
	}
	assert!(wanted(|json| json["region"] = "a".repeat(32).into()).is_ok());
	let nine = wanted(|json| json["accelerators"] = json!(vec!["h100"; 9]));
	refused(nine, "wanted.accelerators", "at most 8");
	assert!(wanted(|json| json["accelerators"] = json!(vec!["h100"; 8])).is_ok());
}

#[test]
fn a_driver_that_cannot_be_compared_is_refused() {
	for driver in ["nvidia", "570.86", "nvidia-", "nvidia-570.x"] {
		let found = wanted(|json| json["minDriver"] = driver.into());
		refused(found, "wanted.minDriver", "nvidia-570.86");
	}
}

#[test]
fn filters_are_read_field_by_field() {
	let offers = read::<OffersWanted>(json!({
		"wanted": { "class": "Gpu" },
		"maxRate": "1000000000000000000000",
		"asset": 1984,
		"spot": true,
		"freeUnits": 2,
		"reservable": false,
	}));
	let filter = OfferFilter::try_from(offers.expect("of the right shape")).expect("sound");
	assert_eq!(
		filter.wanted.map(|wanted| wanted.class),
		Some(HardwareClass::Gpu)
	);
	assert_eq!(filter.max_rate, Some(1_000_000_000_000_000_000_000));
	assert_eq!((filter.spot, filter.free_units), (Some(true), Some(2)));
	assert_eq!(
		(filter.paid_in, filter.reservable),
		(PaidIn::Asset(1_984), Some(false))
	);
	let machines = read::<MachinesWanted>(json!({
		"provider": "5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM",
		"wanted": { "class": "Tpu" },
		"maxPrice": 7,
		"freeUnits": 4,
	}));
	let filter = MachineFilter::try_from(machines.expect("of the right shape")).expect("sound");
	assert_eq!(filter.provider, Some(AccountId::new([0; 32])));
	assert_eq!(
		filter.wanted.map(|wanted| wanted.class),
		Some(HardwareClass::Tpu)
	);
	assert_eq!((filter.max_price, filter.free_units), (Some(7), Some(4)));
	let in_tct = read::<OffersWanted>(json!({ "asset": "TCT" }));
	let filter = OfferFilter::try_from(in_tct.expect("of the right shape")).expect("sound");
	assert_eq!(filter.paid_in, PaidIn::Tct);
	let all = OfferFilter::try_from(OffersWanted::default()).expect("sound");
	assert_eq!(all, OfferFilter::default());
}

#[test]
fn what_is_not_a_filter_is_named() {
	for (json, named) in [
		(json!({ "maxPrice": "1" }), "`maxRate`"),
		(json!({ "max_rate": "1" }), "`maxRate`"),
		(json!({ "maxRate": "1 TCT" }), "decimal string"),
		(json!({ "freeUnits": -1 }), "`-1`, expected u32"),
		(json!({ "asset": "USD" }), "an asset by its id"),
		(json!({ "asset": -1 }), "an asset by its id"),
		(json!({ "wanted": {} }), "`class`"),
		(json!({ "wanted": { "class": "gpu" } }), "`Gpu`"),
	] {
		let error = read::<OffersWanted>(json).expect_err("it is refused");
		assert!(error.contains(named), "{error}");
	}
	let machines = read::<MachinesWanted>(json!({ "maxRate": "1" }));
	assert!(machines.expect_err("it is refused").contains("`maxPrice`"));
}
