//! Writes the runtime's metadata (version 16, SCALE) to the file named as the only argument.
//! `scripts/metadata` calls it.

use std::{env, fs, process::ExitCode};

fn main() -> ExitCode {
	let Some(file) = env::args().nth(1) else {
		eprintln!("usage: metadata FILE");
		return ExitCode::FAILURE;
	};
	let Some(metadata) = terminal_runtime::Runtime::metadata_at_version(16) else {
		eprintln!("the runtime has no metadata of version 16");
		return ExitCode::FAILURE;
	};
	// Storage-backed parameters show their defaults: the example has no chain.
	match fs::write(&file, &**metadata) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("{file} cannot be written: {error}");
			ExitCode::FAILURE
		},
	}
}
