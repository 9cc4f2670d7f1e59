use super::*;
use jsonrpsee::types::ErrorObjectOwned;

#[test]
fn no_quote_says_what_to_do() {
	for (reason, code, remedy) in [
		(QuoteError::UnknownOffer, 7007, "terminal_offers"),
		(QuoteError::UnitsOutOfRange, 7006, "at most the units"),
		(QuoteError::DurationOutOfRange, 7006, "maxDurationSeconds"),
		(QuoteError::Refused, 7006, "terminal_model"),
	] {
		let error = ErrorObjectOwned::from(no_quote(reason, 3));
		assert_eq!(error.code(), code);
		assert!(error.message().contains(remedy), "{}", error.message());
	}
}
