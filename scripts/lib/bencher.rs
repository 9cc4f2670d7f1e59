//! `bencher`: what `frame-omni-bencher v1 benchmark pallet` does, with its sources (see `bencher.toml`).

// `pallet` and `shared` are copies.
#![allow(dead_code, unexpected_cfgs, unused_imports)]

mod pallet;
mod shared;

/// All that `shared` takes from the half that is left out.
mod overhead {
	pub mod command {
		use sc_chain_spec::ChainSpecExtension;
		use serde::{Deserialize, Serialize};

		/// What a parachain's specification has in addition.
		#[derive(Deserialize, Serialize, Clone, ChainSpecExtension)]
		pub struct ParachainExtension {
			/// The parachain's id.
			pub para_id: Option<u32>,
		}
	}
}

use clap::Parser;
pub use pallet::PalletCmd;
use sp_runtime::traits::BlakeTwo256;
use tracing_subscriber::EnvFilter;

/// Measures the benchmarks of a runtime's pallets.
#[derive(Parser)]
#[command(version)]
struct Command {
	#[command(flatten)]
	pallet: PalletCmd,
}

fn main() -> sc_cli::Result<()> {
	let mut filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
	for talkative in ["cranelift_codegen", "wasm_cranelift", "wasmtime_jit", "wasmtime_cranelift"] {
		filter = filter.add_directive(
			format!("{talkative}=off")
				.parse()
				.map_err(|error| format!("no such filter of logs: {error}"))?,
		);
	}
	tracing_subscriber::fmt()
		.with_env_filter(filter)
		.with_ansi(false)
		.with_writer(std::io::stderr)
		.init();
	// No host functions beyond the SDK's, as in the node.
	Command::parse()
		.pallet
		.run_with_spec::<BlakeTwo256, ()>(None)
}
