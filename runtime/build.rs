//! Builds the runtime's Wasm and the constant that holds it.

fn main() {
	#[cfg(feature = "std")]
	{
		// The target folder lies outside the checkout (scripts/lib/env.sh), where the builder does not
		// find the lock file by itself: without it the Wasm would take other versions.
		let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
		if std::env::var_os("WASM_BUILD_WORKSPACE_HINT").is_none() {
			std::env::set_var("WASM_BUILD_WORKSPACE_HINT", workspace);
		}
		// Clippy's wrapper is for the host's compiler: it knows no Wasm target where another toolchain
		// builds the Wasm, and would build it a second time.
		std::env::remove_var("RUSTC_WORKSPACE_WRAPPER");
		// The builder has no profile of ours inside, so the flag goes by `RUSTFLAGS`: arithmetic
		// that would wrap stops the call instead.
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults()
			.append_to_rust_flags("-C overflow-checks=on");
		// Release images only: compiles the Wasm a second time.
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("TCT", 12);
		builder.build();
	}
}
