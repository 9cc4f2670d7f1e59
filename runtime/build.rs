//! Builds the runtime's Wasm and the constant that holds it.

fn main() {
	#[cfg(feature = "std")]
	{
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
