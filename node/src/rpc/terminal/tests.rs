use super::*;
use jsonrpsee::types::ErrorObjectOwned;

fn object(error: Error) -> ErrorObjectOwned {
	error.into()
}

#[test]
fn every_error_has_its_own_code_and_names_the_remedy() {
	let expected = [
		(
			Error::Runtime {
				at: Hash::zero(),
				cause: "pruned".into(),
			},
			7001,
			"archive node",
		),
		(Error::UnknownOffer(1), 7007, "terminal_offers"),
		(Error::UnknownOrder(1), 7008, "terminal_orders"),
		(Error::UnknownLease(1), 7002, "terminal_leasesOf"),
		(Error::UnknownMachine(1), 7003, "terminal_providerBook"),
		(Error::UnknownVersion(1), 7004, "terminal_modelByDigest"),
		(
			Error::UnknownDigest("0x".into()),
			7005,
			"SHA-256 of the manifest",
		),
		(
			no_quote(QuoteError::VersionYanked, 1, Some(2)),
			7006,
			"another version",
		),
	];
	for (error, code, remedy) in expected {
		let error = object(error);
		assert_eq!(error.code(), code);
		assert!(error.message().contains(remedy), "{}", error.message());
	}
}

#[test]
fn the_cause_of_a_failed_runtime_call_is_in_the_data() {
	let error = object(Error::Runtime {
		at: Hash::zero(),
		cause: "State discarded".into(),
	});
	assert_eq!(
		error.data().map(|data| data.get()),
		Some(r#""State discarded""#)
	);
}

#[test]
fn quotes_name_the_machine_or_version_that_is_missing() {
	let codes = [
		no_quote(QuoteError::UnknownMachine, 4, None),
		no_quote(QuoteError::UnknownVersion, 4, Some(5)),
		no_quote(QuoteError::UnknownVersion, 4, None),
		no_quote(QuoteError::VersionYanked, 4, Some(5)),
		no_quote(QuoteError::PriceOverflow, 4, None),
	]
	.map(|error| error.code());
	assert_eq!(codes, [7003, 7004, 7006, 7006, 7006]);
}
