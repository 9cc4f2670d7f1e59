//! What clients may ask of the runtime.

use crate::SupplyView;

sp_api::decl_runtime_apis! {
	/// Supply of the native token.
	pub trait SupplyApi {
		/// Issuance, cap, what was minted and burned by source, and what is still to come.
		fn supply() -> SupplyView;
	}
}
