//! Which modules are taken: WebAssembly 2.0 without what could make two machines differ.
//!
//! The engine would check the same, but by the features it was compiled with; a provider whose
//! build has more of them must not take what others refuse.

use super::ExecutorError;
use wasmparser::{Parser, Payload, ValidPayload, Validator, WasmFeatures};

/// Bytes of one function's code. The time to compile grows faster than a function does.
const MAX_FUNCTION_BYTES: usize = 1 << 20;

/// WebAssembly 2.0 without references to the host: no threads, no relaxed SIMD, one memory of 32
/// bits.
fn features() -> WasmFeatures {
	WasmFeatures::WASM2.difference(WasmFeatures::GC_TYPES)
}

/// Check that `module` is in the language and compiles in reasonable time.
pub fn check(module: &[u8], most_bytes: u64) -> Result<(), ExecutorError> {
	let refuse = |reason: String| Err(ExecutorError::Module(reason));
	if module.len() as u64 > most_bytes {
		return refuse(format!(
			"it has {} bytes; [executors.wasm] module_bytes allows {most_bytes}",
			module.len()
		));
	}
	if !Parser::is_core_wasm(module) {
		return refuse("it is no WebAssembly module: build it for wasm32-wasip1".into());
	}
	match validate(module) {
		Err(error) => refuse(format!(
			"{error}; build it for wasm32-wasip1 without threads and relaxed SIMD"
		)),
		Ok(longest) if longest > MAX_FUNCTION_BYTES => refuse(format!(
			"a function has {longest} bytes of code, {MAX_FUNCTION_BYTES} are allowed: split it"
		)),
		Ok(_) => Ok(()),
	}
}

/// The bytes of the longest function of a valid module.
fn validate(module: &[u8]) -> wasmparser::Result<usize> {
	let mut validator = Validator::new_with_features(features());
	let mut allocations = Default::default();
	let mut longest = 0;
	for payload in Parser::new(0).parse_all(module) {
		let payload = payload?;
		if let Payload::CodeSectionEntry(body) = &payload {
			longest = longest.max(body.range().len());
		}
		if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
			let mut function = function.into_validator(allocations);
			function.validate(&body)?;
			allocations = function.into_allocations();
		}
	}
	Ok(longest)
}
