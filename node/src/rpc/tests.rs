//! The `terminal` group as clients meet it: requests in, JSON out.

use super::mock::{fixtures, Node, BEST};
use serde_json::{json, Value};
use std::{fs, path::Path};

/// What a method is called with and answers, as docs/RPC.md shows it.
struct Example {
	method: String,
	params: Value,
	result: Value,
}

/// The page for people who write clients.
fn page() -> String {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/RPC.md");
	fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The examples of a page: each is a block `json` with a request's method and params, followed by
/// one with the result.
fn examples(page: &str) -> Vec<Example> {
	let blocks = page.split("```json\n").skip(1);
	let blocks: Vec<Value> = blocks
		.map(|rest| {
			let (block, _) = rest.split_once("\n```").expect("the block ends");
			serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}: {block}"))
		})
		.collect();
	let pairs = blocks.chunks(2).map(|pair| {
		let [request, result] = pair else {
			panic!("a request without a result: {pair:?}");
		};
		Example {
			method: request["method"].as_str().expect("a method").into(),
			params: request["params"].clone(),
			result: result.clone(),
		}
	});
	pairs.collect()
}

#[tokio::test]
async fn the_page_shows_each_method_and_what_it_answers() {
	let page = page();
	let node = Node::new();
	let mut shown = Vec::new();
	for example in examples(&page) {
		let answer = node.answer(&example.method, example.params).await;
		let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", example.method));
		assert_eq!(
			answer,
			example.result,
			"{}: docs/RPC.md should show\n{}",
			example.method,
			serde_json::to_string_pretty(&answer).expect("it is JSON"),
		);
		let heading = format!("\n### `{}`\n", example.method);
		assert!(page.contains(&heading), "no heading for {}", example.method);
		shown.push(example.method);
	}
	shown.sort();
	shown.dedup();
	assert_eq!(shown, node.methods());
}

#[tokio::test]
async fn the_page_lists_each_error() {
	let page = page();
	let asked = [
		("terminal_leaseStatus", json!([99])),
		("terminal_machine", json!([99])),
		("terminal_model", json!([99])),
		(
			"terminal_modelByDigest",
			json!([format!("0x{}", "00".repeat(32))]),
		),
		("terminal_quoteOffer", json!([3, 9, 3_600])),
		("terminal_offer", json!([99])),
		("terminal_order", json!([99])),
		("terminal_offers", json!([null, null, 101])),
	];
	let mut codes = Vec::new();
	for (method, params) in asked {
		let error = Node::new().answer(method, params).await;
		let error = error.expect_err("it is refused");
		let code = error["code"].as_i64().expect("a code");
		assert!(page.contains(&format!("\n| {code} |")), "{error}");
		codes.push(code);
	}
	assert_eq!(codes, [7002, 7003, 7004, 7005, 7006, 7007, 7008, -32602]);
	assert!(page.contains("\n| 7001 |"));
}

/// What the runtime is asked for a request, and that it succeeds.
async fn heard(method: &str, params: Value) -> Vec<String> {
	let node = Node::new();
	let answer = node.answer(method, params).await;
	assert!(answer.is_ok(), "{method}: {answer:?}");
	node.heard()
}

#[tokio::test]
async fn what_is_left_out_means_all_from_the_start() {
	let nothing =
		"None, max_rate: None, spot: None, free_units: None, reservable: None, paid_in: Any";
	assert_eq!(
		heard("terminal_offers", json!([])).await,
		[format!(
			"(\"offers\", OfferFilter {{ wanted: {nothing} }}, OfferId(0), 50)"
		)]
	);
	assert_eq!(
		heard("terminal_orders", json!([])).await,
		["(\"orders\", None, OrderId(0), 50)"]
	);
	let account = fixtures::alice();
	assert_eq!(
		heard("terminal_leasesOf", json!([account])).await,
		[format!(
			"(\"own_leases\", {account:?}, None, All, None, 50)"
		)]
	);
	let nothing = "provider: None, wanted: None, max_price: None, free_units: None";
	assert_eq!(
		heard("terminal_providerBook", json!([])).await,
		[format!(
			"(\"find_machines\", MachineFilter {{ {nothing} }}, MachineId(0), 50)"
		)]
	);
}

#[tokio::test]
async fn what_is_passed_reaches_the_runtime() {
	let account = fixtures::alice();
	assert_eq!(
		heard(
			"terminal_leasesOf",
			json!([account, "Provider", "Open", 9, 7])
		)
		.await,
		[format!(
			"(\"own_leases\", {account:?}, Some(Provider), Open, Some(LeaseId(9)), 7)"
		)]
	);
	assert_eq!(
		heard("terminal_ordersOf", json!([account, 9, 7])).await,
		[format!(
			"(\"own_orders\", {account:?}, Some(OrderId(9)), 7)"
		)]
	);
	assert_eq!(
		heard("terminal_reservationsOf", json!([account, 9, 7])).await,
		[format!(
			"(\"own_reservations\", {account:?}, Some(ReservationId(9)), 7)"
		)]
	);
	assert_eq!(
		heard("terminal_orders", json!([4, 9, 7])).await,
		[
			"(\"machine\", MachineId(4))",
			"(\"orders\", Some(MachineId(4)), OrderId(9), 7)"
		]
	);
	assert_eq!(
		heard("terminal_quoteOffer", json!([3, 2, 3_600, 5, BEST])).await,
		["(\"quote\", OfferId(3), 2, 3600, Some(VersionId(5)))"]
	);
	assert_eq!(
		heard("terminal_quoteMetered", json!([4, 2, 3_600, 5])).await,
		["(\"quote_metered\", MachineId(4), 2, 3600, Some(VersionId(5)), None)"]
	);
	assert_eq!(
		heard("terminal_quoteMetered", json!([4, 2, 3_600, 5, 1_984])).await,
		["(\"quote_metered\", MachineId(4), 2, 3600, Some(VersionId(5)), Some(1984))"]
	);
	assert_eq!(
		heard("terminal_quoteJob", json!([4, 7, null, 1_984])).await,
		["(\"quote_job\", MachineId(4), 7, None, Some(1984))"]
	);
}

#[tokio::test]
async fn amounts_may_be_numbers() {
	for price in [json!("7"), json!(7)] {
		let filter = json!([{ "maxPrice": price }]);
		let heard = heard("terminal_providerBook", filter).await;
		assert!(heard[0].contains("max_price: Some(7)"), "{heard:?}");
	}
}

#[tokio::test]
async fn arguments_may_be_named() {
	let named = json!({ "offer": 3, "units": 2, "durationSeconds": 3_600 });
	assert_eq!(
		heard("terminal_quoteOffer", named).await,
		["(\"quote\", OfferId(3), 2, 3600, None)"]
	);
	let named = json!({ "filter": { "spot": true }, "from": 3 });
	let heard = heard("terminal_offers", named).await;
	assert!(heard[0].contains("spot: Some(true)"), "{heard:?}");
	assert!(heard[0].contains("OfferId(3), 50"), "{heard:?}");
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_the_runtime_is_asked() {
	let account = fixtures::alice();
	let refused = [
		("terminal_offers", json!([null, null, 0]), "1 to 100"),
		("terminal_offers", json!([{ "maxPrice": "1" }]), "maxRate"),
		(
			"terminal_offers",
			json!([{ "wanted": { "class": "Gpu", "region": "EU" } }]),
			"1 to 32",
		),
		(
			"terminal_providerBook",
			json!([null, null, 101]),
			"1 to 100",
		),
		(
			"terminal_providerBook",
			json!([{ "maxRate": "1" }]),
			"maxPrice",
		),
		("terminal_leasesOf", json!([account, "Renter"]), "Consumer"),
		(
			"terminal_leasesOf",
			json!([account, null, "Closed"]),
			"Open",
		),
		(
			"terminal_leasesOf",
			json!([account, null, null, null, 101]),
			"1 to 100",
		),
		("terminal_ordersOf", json!([account, null, 101]), "1 to 100"),
		(
			"terminal_reservationsOf",
			json!([account, null, 101]),
			"1 to 100",
		),
		("terminal_orders", json!([null, null, 101]), "1 to 100"),
		("terminal_models", json!([null, 101]), "1 to 100"),
		("terminal_quoteOffer", json!([3, 0, 3_600]), "1 or more"),
		("terminal_quoteOffer", json!([3, 1, 0]), "1 or more"),
		("terminal_quoteMetered", json!([4, 0, 3_600]), "1 or more"),
		("terminal_quoteMetered", json!([4, 1, 0]), "1 or more"),
	];
	for (method, params, remedy) in refused {
		let node = Node::new();
		let error = node
			.answer(method, params)
			.await
			.expect_err("it is refused");
		assert_eq!(error["code"], json!(-32602), "{method}: {error}");
		assert!(error.to_string().contains(remedy), "{method}: {error}");
		assert_eq!(node.heard(), Vec::<String>::new(), "{method}");
	}
}

#[tokio::test]
async fn orders_for_a_machine_that_is_not_there_are_an_error() {
	let node = Node::new();
	let error = node.answer("terminal_orders", json!([99])).await;
	assert_eq!(error.expect_err("no such machine")["code"], json!(7003));
	assert_eq!(node.heard(), ["(\"machine\", MachineId(99))"]);
}
