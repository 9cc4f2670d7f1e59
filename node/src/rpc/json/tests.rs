use super::*;
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct View {
	id: u64,
	paid_so_far: u128,
	change: i128,
	root: [u8; 4],
	key: Option<[u8; 2]>,
	indices: Vec<u32>,
	attempt: u8,
	by_source: Vec<(Source, u128)>,
	phase: Phase,
	none: Option<u128>,
}

#[derive(Serialize)]
enum Source {
	Fee,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Phase {
	Voting { pass: u32, posted: u128 },
	Paid(u128),
	Pair(u32, u128),
}

fn shown(value: impl Serialize) -> Value {
	serde_json::to_value(Exact(value)).expect("serialises")
}

#[test]
fn amounts_and_hashes_are_strings_and_the_rest_is_untouched() {
	let view = View {
		id: 7,
		paid_so_far: u128::MAX,
		change: -5,
		root: [0, 1, 0xab, 0xff],
		key: Some([1, 2]),
		indices: vec![1, 2, 3],
		attempt: 2,
		by_source: vec![(Source::Fee, 1 << 64)],
		phase: Phase::Voting { pass: 3, posted: 9 },
		none: None,
	};
	assert_eq!(
		shown(view),
		json!({
			"id": 7,
			"paidSoFar": "340282366920938463463374607431768211455",
			"change": "-5",
			"root": "0x0001abff",
			"key": "0x0102",
			"indices": [1, 2, 3],
			"attempt": 2,
			"bySource": [["Fee", "18446744073709551616"]],
			"phase": { "voting": { "pass": 3, "posted": "9" } },
			"none": null,
		}),
	);
}

#[test]
fn every_shape_of_variant_and_map_is_known() {
	assert_eq!(shown(Phase::Paid(5)), json!({ "paid": "5" }));
	assert_eq!(shown(Phase::Pair(1, 2)), json!({ "pair": [1, "2"] }));
	assert_eq!(shown(BTreeMap::from([(1u32, 2u128)])), json!({ "1": "2" }));
	assert_eq!(shown(Vec::<u128>::new()), json!([]));
	assert_eq!(shown(()), Value::Null);
}

#[test]
fn amounts_are_read_from_strings_and_exact_numbers() {
	let read = |json: Value| {
		// As text, for that is how it arrives.
		serde_json::from_str::<Amount>(&json.to_string())
			.ok()
			.map(|amount| amount.0)
	};
	assert_eq!(
		read(json!("340282366920938463463374607431768211455")),
		Some(u128::MAX)
	);
	assert_eq!(read(json!(12)), Some(12));
	for refused in [
		json!("-1"),
		json!("+1"),
		json!("1.5"),
		json!("0x10"),
		json!(""),
		json!(1.5),
		json!(-1),
	] {
		assert_eq!(read(refused), None);
	}
}
