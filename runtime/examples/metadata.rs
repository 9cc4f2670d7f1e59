//! Writes the runtime's metadata (version 16, SCALE) to the file named as the only argument.
//! `scripts/metadata` calls it.

use std::{env, fs, process::ExitCode};

fn main() -> ExitCode {
	let Some(file) = env::args().nth(1) else {
		eprintln!("usage: metadata FILE");
		return ExitCode::FAILURE;
	};
	// Constants that genesis sets are storage: without a chain they show their defaults.
	let made = sp_io::TestExternalities::default()
		.execute_with(|| terminal_runtime::Runtime::metadata_at_version(16));
	let Some(metadata) = made else {
		eprintln!("the runtime has no metadata of version 16");
		return ExitCode::FAILURE;
	};
	match fs::write(&file, &**metadata) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("{file} cannot be written: {error}");
			ExitCode::FAILURE
		},
	}
}
