//! Stand-in for the `wasm-opt` crate (Binaryen, 11 minutes of C++) in `substrate-wasm-builder` 35,
//! put in its place by `[patch.crates-io]`: `docs/adr/0004-wasm-build-route.md`.
//!
//! The builder asks for two things. `SignextLowering` turns sign extension operators into MVP code;
//! the runtime is compiled for `wasm32v1-none`, which has none, so here it is a *check*: code
//! beyond the MVP (plus mutable globals) is refused. `StripDwarf` drops the debug sections.
//! Nothing is optimised, and every other section keeps its bytes.
//!
//! Only what the builder calls exists. If a later builder asks for more, it does not compile, and
//! somebody has to look.

use std::{
	fmt, fs, io,
	path::{Path, PathBuf},
};
use wasm_encoder::{Module, RawSection};
use wasmparser::{BinaryReaderError, Parser, Payload, Validator, WasmFeatures};

/// Custom sections whose name begins so hold DWARF.
const DWARF_PREFIX: &str = ".debug_";

/// The passes that the builder knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
	/// Drop all `.debug_*` sections.
	StripDwarf,
	/// Check that there is no sign extension operator (nor anything else beyond the MVP).
	SignextLowering,
}

/// What to do with a blob. The check for MVP code is always made.
#[derive(Clone, Debug, Default)]
pub struct OptimizationOptions {
	strip_dwarf: bool,
}

impl OptimizationOptions {
	/// No optimisation: the only level there is here.
	pub fn new_opt_level_0() -> Self {
		Self::default()
	}

	/// Refuse code beyond the MVP: done in any case.
	pub fn mvp_features_only(&mut self) -> &mut Self {
		self
	}

	/// Whether to keep the name section: it is kept in any case, as the builder asks.
	pub fn debug_info(&mut self, _keep: bool) -> &mut Self {
		self
	}

	/// Add a pass.
	pub fn add_pass(&mut self, pass: Pass) -> &mut Self {
		match pass {
			Pass::StripDwarf => self.strip_dwarf = true,
			Pass::SignextLowering => (),
		}
		self
	}

	/// Read `from`, check it, write the result to `to` (which may be the same file).
	pub fn run(&self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<(), Error> {
		let (from, to) = (from.as_ref(), to.as_ref());
		let path = || from.to_owned();
		let blob = fs::read(from).map_err(|source| Error::Read {
			path: path(),
			source,
		})?;
		check_mvp(&blob).map_err(|source| Error::NotMvp {
			path: path(),
			source,
		})?;
		let blob = match self.strip_dwarf {
			true => strip_dwarf(&blob).map_err(|source| Error::NotMvp {
				path: path(),
				source,
			})?,
			false => blob,
		};
		fs::write(to, blob).map_err(|source| Error::Write {
			path: to.to_owned(),
			source,
		})
	}
}

/// Why a blob was not made. `Debug` prints the sentence of `Display`, because the builder unwraps.
#[derive(thiserror::Error)]
pub enum Error {
	/// The input could not be read.
	#[error("cannot read {}: {source}", path.display())]
	Read {
		/// The input.
		path: PathBuf,
		/// Why.
		source: io::Error,
	},
	/// The input is not valid MVP code.
	#[error(
		"{} is not WebAssembly MVP code with mutable globals: {source}. The runtime must be compiled \
		 for wasm32v1-none, with `core` and `alloc` built for it too: run scripts/setup, then delete \
		 the `wbuild` folder in the target folder and build again",
		path.display()
	)]
	NotMvp {
		/// The input.
		path: PathBuf,
		/// What was met, and at which offset.
		source: BinaryReaderError,
	},
	/// The output could not be written.
	#[error("cannot write {}: {source}", path.display())]
	Write {
		/// The output.
		path: PathBuf,
		/// Why.
		source: io::Error,
	},
}

impl fmt::Debug for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(self, f)
	}
}

/// What `wasm32v1-none` may emit: the MVP and mutable globals.
fn check_mvp(blob: &[u8]) -> Result<(), BinaryReaderError> {
	Validator::new_with_features(WasmFeatures::WASM1)
		.validate_all(blob)
		.map(drop)
}

/// `blob`, a valid module, without its DWARF sections.
fn strip_dwarf(blob: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
	let mut module = Module::new();
	for payload in Parser::new(0).parse_all(blob) {
		let payload = payload?;
		if let Payload::CustomSection(custom) = &payload {
			if custom.name().starts_with(DWARF_PREFIX) {
				continue;
			}
		}
		if let Some((id, range)) = payload.as_section() {
			// The parser's ranges lie inside what it parsed.
			if let Some(data) = blob.get(range) {
				module.section(&RawSection { id, data });
			}
		}
	}
	Ok(module.finish())
}

#[cfg(test)]
mod tests;
