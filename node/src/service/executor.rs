//! Runs the runtime's Wasm, and keeps what was compiled of it.

use sc_executor::{HeapAllocStrategy, WasmExecutor, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_service::{config::ExecutorConfiguration, error::Error};
use std::{
	fs, io,
	path::{self, Path, PathBuf},
};

/// Runs the runtime's Wasm with the SDK's host functions and no others, so that standard tools
/// (try-runtime, frame-omni-bencher) run the same blob.
pub type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;

/// As `sc_service::new_wasm_executor`, which keeps nothing it compiled: seconds of every start.
pub fn new_executor(config: &ExecutorConfiguration, cache: PathBuf) -> Executor {
	let heap = config
		.default_heap_pages
		.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |pages| {
			HeapAllocStrategy::Static {
				extra_pages: pages as _,
			}
		});
	Executor::builder()
		.with_execution_method(config.wasm_method)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(config.max_runtime_instances)
		.with_runtime_cache_size(config.runtime_cache_size)
		.with_cache_path(cache)
		.build()
}

/// The folder that `--wasm-cache` names, from the working folder on, or the one in the base path.
/// Makes it if need be: a folder that cannot be used would silently cost every start its seconds.
pub fn cache_folder(named: Option<&Path>, base_path: &Path) -> Result<PathBuf, Error> {
	let folder = named.map_or_else(|| base_path.join("wasm-cache"), Path::to_owned);
	let refused = |error: io::Error| {
		Error::Other(format!(
			"compiled runtimes cannot be kept in {}: {error}; name a folder that this node may \
			 write to with --wasm-cache",
			folder.display()
		))
	};
	// The executor takes whole paths only.
	let whole = path::absolute(&folder).map_err(refused)?;
	fs::create_dir_all(&whole).map_err(refused)?;
	Ok(whole)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::traits::ReadRuntimeVersion;
	use std::{collections::BTreeMap, time::SystemTime};

	/// A runtime whose `Core_version` answers nothing:
	///
	/// ```text
	/// (module
	///   (func (export "Core_version") (param i32 i32) (result i64) (i64.const 0))
	///   (memory (export "memory") 1)
	///   (global (export "__heap_base") i32 (i32.const 1024)))
	/// ```
	const RUNTIME: &[u8] = b"\0asm\x01\0\0\0\
		\x01\x07\x01\x60\x02\x7f\x7f\x01\x7e\
		\x03\x02\x01\0\
		\x05\x03\x01\0\x01\
		\x06\x07\x01\x7f\0\x41\x80\x08\x0b\
		\x07\x27\x03\x0cCore_version\0\0\x06memory\x02\0\x0b__heap_base\x03\0\
		\x0a\x06\x01\x04\0\x42\0\x0b";

	/// What was compiled and kept below `folder`, and when. Notes on how often it was used are not.
	fn kept(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
		let mut found = BTreeMap::new();
		let mut folders = vec![folder.to_owned()];
		while let Some(folder) = folders.pop() {
			for entry in fs::read_dir(folder).expect("it can be read") {
				let path = entry.expect("it can be read").path();
				if path.is_dir() {
					folders.push(path);
				} else if path.extension().is_none() {
					let about = fs::metadata(&path).expect("it can be read");
					found.insert(path, about.modified().expect("it has a time"));
				}
			}
		}
		found
	}

	/// A start: a new executor compiles the runtime, or finds it compiled.
	fn start(cache: &Path) {
		let executor = new_executor(&ExecutorConfiguration::default(), cache.into());
		let mut outside = sp_io::TestExternalities::default();
		let version = executor.read_runtime_version(RUNTIME, &mut outside.ext());
		assert_eq!(version, Ok(Vec::new()));
	}

	#[test]
	fn a_second_start_uses_what_the_first_one_compiled() {
		let base = tempfile::tempdir().expect("there is room");
		let cache = cache_folder(None, base.path()).expect("it can be made");
		assert_eq!(cache, base.path().join("wasm-cache"));
		start(&cache);
		let compiled = kept(&cache);
		assert_eq!(compiled.len(), 1, "{compiled:?}");
		start(&cache);
		assert_eq!(kept(&cache), compiled, "nothing was compiled again");
	}

	#[test]
	fn another_folder_may_be_named_and_is_made() {
		let base = tempfile::tempdir().expect("there is room");
		let named = base.path().join("shared/compiled");
		let cache = cache_folder(Some(&named), base.path()).expect("it can be made");
		assert!(cache == named && cache.is_dir());
		assert!(!base.path().join("wasm-cache").exists());
	}

	#[test]
	fn a_relative_path_begins_at_the_working_folder() {
		// Below the package's own folder, where tests run; this one is always there.
		let cache = cache_folder(Some(Path::new("src")), Path::new("/nowhere"));
		let here = std::env::current_dir().expect("there is one");
		assert_eq!(cache.expect("it is there"), here.join("src"));
	}

	#[test]
	fn a_file_instead_of_a_folder_is_refused_with_the_remedy() {
		let base = tempfile::tempdir().expect("there is room");
		let file = base.path().join("file");
		fs::write(&file, b"").expect("there is room");
		for named in [file.clone(), file.join("below")] {
			let error = cache_folder(Some(&named), base.path());
			let error = error.expect_err("it is no folder").to_string();
			let says = |part: &str| assert!(error.contains(part), "{error}");
			says(&named.display().to_string());
			says("--wasm-cache");
		}
	}
}
