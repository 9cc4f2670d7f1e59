use super::*;

/// `load` without `Debug` on the specification.
fn refusal(id: &str) -> String {
	match load(id) {
		Ok(spec) => panic!("{id:?} loaded {}", spec.name()),
		Err(message) => message,
	}
}

#[test]
fn every_preset_builds_its_genesis() {
	for network in Network::ALL {
		if WASM_BINARY.is_none() {
			assert!(refusal(network.argument()).contains("SKIP_WASM_BUILD"));
			continue;
		}
		let spec = load(network.argument()).expect("built-in network");
		assert_eq!(spec.id(), network.id());
		assert_eq!(spec.chain_type(), network.chain_type());
		let genesis = spec
			.as_storage_builder()
			.build_storage()
			.expect("preset is valid");
		assert!(genesis
			.top
			.contains_key(sp_core::storage::well_known_keys::CODE));
	}
}

#[test]
fn properties_tell_wallets_symbol_decimals_and_prefix() {
	let properties = properties();
	assert_eq!(properties["tokenSymbol"], "TCT");
	assert_eq!(properties["tokenDecimals"], 12);
	assert_eq!(properties["ss58Format"], 42);
}

#[test]
fn telemetry_is_off_by_default() {
	for network in Network::ALL {
		let Ok(spec) = network.spec() else { continue };
		assert!(spec.telemetry_endpoints().is_none());
	}
}

#[test]
fn no_chain_is_refused_with_the_choices() {
	let message = refusal("");
	for network in Network::ALL {
		assert!(message.contains(network.argument()), "{message}");
	}
}

#[test]
fn an_unknown_name_is_refused_with_the_choices() {
	let message = refusal("no-such-chain");
	assert!(
		message.contains("no-such-chain") && message.contains("testnet"),
		"{message}"
	);
}

/// A specification as a file may bring it.
fn file_spec(chain_type: &str) -> ChainSpec {
	let json = format!(
		r#"{{"name":"n","id":"i","chainType":{chain_type},"bootNodes":[],"telemetryEndpoints":null,
		"protocolId":null,"properties":null,"forkBlocks":null,"badBlocks":null,
		"lightSyncState":null,"codeSubstitutes":{{}},
		"genesis":{{"raw":{{"top":{{}},"childrenDefault":{{}}}}}}}}"#
	);
	ChainSpec::from_json_bytes(json.into_bytes()).expect("valid specification")
}

#[test]
fn private_evidence_hosts_are_allowed_on_dev_and_local_chains_only() {
	assert!(allows_private_evidence_hosts(&file_spec(
		r#""Development""#
	)));
	assert!(allows_private_evidence_hosts(&file_spec(r#""Local""#)));
	assert!(!allows_private_evidence_hosts(&file_spec(r#""Live""#)));
	assert!(!allows_private_evidence_hosts(&file_spec(
		r#"{"Custom":"Local"}"#
	)));
}
