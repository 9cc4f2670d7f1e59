//! The executor `wasm`: one fresh instance per item, the item on standard input, its output on
//! standard output.
//!
//! | file | does |
//! |---|---|
//! | `mod.rs` | compiles, runs the items, watches the clock |
//! | `language.rs` | which modules are taken |
//! | `wasi.rs` | what a module may ask of its host |
//! | `state.rs` | what the host keeps of a run, and its bounds |
//! | `probe.rs` | a module whose output is known |
//!
//! # The same everywhere
//!
//! Two providers that give an output give the same one: results of NaN have one pattern of bits,
//! there are no threads, no relaxed SIMD, no time and no chance from outside, and no limit can be
//! seen from inside. A limit, the depth of the stack among them, ends a run without a result.

mod language;
mod probe;
mod state;
#[cfg(test)]
mod tests;
mod wasi;

use super::{expect, Executor, ExecutorError, Kind, Work};
use crate::config;
use parking_lot::Mutex;
use state::{State, Stop};
use std::{
	collections::BTreeMap,
	sync::{
		atomic::{AtomicBool, AtomicUsize, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};
use terminal_gpu_proof::hash::blake2_256;
use wasmtime::{Config, Engine, InstancePre, Linker, Module, Store, Trap, UpdateDeadline};

/// How often runs are asked whether their time is up.
const TICK: Duration = Duration::from_millis(20);

/// Runs modules within the limits of `[executors.wasm]`.
pub struct Wasm {
	engine: Engine,
	limits: config::Wasm,
}

impl Wasm {
	pub fn new(limits: &config::Wasm) -> Result<Self, ExecutorError> {
		let mut config = Config::new();
		config
			.consume_fuel(true)
			.epoch_interruption(true)
			.cranelift_nan_canonicalization(true)
			.wasm_relaxed_simd(false)
			.relaxed_simd_deterministic(true)
			.wasm_threads(false)
			.wasm_multi_memory(false)
			.wasm_memory64(false)
			.wasm_tail_call(false)
			.wasm_backtrace(false);
		let engine = Engine::new(&config)
			.map_err(|error| ExecutorError::Setup(Kind::Wasm, format!("{error:#}")))?;
		Ok(Self {
			engine,
			limits: limits.clone(),
		})
	}
}

#[async_trait::async_trait]
impl Executor for Wasm {
	async fn execute(&self, work: Work) -> Result<Vec<Vec<u8>>, ExecutorError> {
		let abandoned = Abandoned::default();
		let batch = Batch {
			engine: self.engine.clone(),
			limits: self.limits.clone(),
			program: blake2_256(&[&work.program]),
			work,
			until: Instant::now()
				.checked_add(Duration::from_secs(self.limits.seconds))
				.unwrap_or_else(Instant::now),
			abandoned: abandoned.0.clone(),
		};
		tokio::task::spawn_blocking(move || batch.run())
			.await
			.map_err(|error| ExecutorError::Setup(Kind::Wasm, error.to_string()))?
	}

	async fn probe(&self) -> Result<String, ExecutorError> {
		let work = Work {
			program: probe::MODULE.into(),
			inputs: probe::INPUT.into(),
			item_bytes: 8,
			output_bytes: 12,
			done: Default::default(),
		};
		let outputs = self.execute(work).await?;
		expect(Kind::Wasm, &outputs.concat(), probe::OUTPUT)?;
		Ok(format!(
			"runs modules: {} of fuel and {} bytes of memory an item, {} s a job",
			self.limits.fuel, self.limits.memory_bytes, self.limits.seconds
		))
	}
}

/// Tells the runs when nobody waits for them any more.
#[derive(Default)]
struct Abandoned(Arc<AtomicBool>);

impl Drop for Abandoned {
	fn drop(&mut self) {
		self.0.store(true, Ordering::Relaxed);
	}
}

/// One job's runs.
struct Batch {
	engine: Engine,
	limits: config::Wasm,
	/// Hash of the program.
	program: [u8; 32],
	work: Work,
	until: Instant,
	abandoned: Arc<AtomicBool>,
}

impl Batch {
	fn run(self) -> Result<Vec<Vec<u8>>, ExecutorError> {
		language::check(&self.work.program, self.limits.module_bytes)?;
		let refused = |error: wasmtime::Error| ExecutorError::Module(format!("{error:#}"));
		let module = Module::new(&self.engine, &self.work.program).map_err(refused)?;
		if module.get_export("_start").is_none() {
			let remedy = "it exports no _start: build it as a command, not as a library";
			return Err(ExecutorError::Module(remedy.into()));
		}
		let mut linker = Linker::new(&self.engine);
		wasi::offer(&mut linker, &module)?;
		let start = linker.instantiate_pre(&module).map_err(refused)?;

		let running = AtomicBool::new(true);
		std::thread::scope(|scope| {
			// Threads of their own: those that answer presence challenges stay free.
			scope.spawn(|| {
				while running.load(Ordering::Relaxed) {
					std::thread::sleep(TICK);
					self.engine.increment_epoch();
				}
			});
			let outputs = self.all_items(&start);
			running.store(false, Ordering::Relaxed);
			outputs
		})
	}

	/// Run the items, as many at a time as the limits say, until one fails.
	fn all_items(&self, start: &InstancePre<State>) -> Result<Vec<Vec<u8>>, ExecutorError> {
		let items = self.work.items();
		let next = AtomicUsize::new(0);
		let outputs = Mutex::new(BTreeMap::new());
		let failed = Mutex::new(None);
		let work = || {
			while failed.lock().is_none() {
				let at = next.fetch_add(1, Ordering::Relaxed);
				let Some(item) = items.get(at) else {
					return;
				};
				match self.item(start, at, item) {
					Ok(output) => {
						outputs.lock().insert(at, output);
						self.work.done.fetch_add(1, Ordering::Relaxed);
					},
					Err(error) => {
						failed.lock().get_or_insert(error);
					},
				}
			}
		};
		std::thread::scope(|scope| {
			for _ in 1..self.limits.threads.min(items.len()) {
				scope.spawn(work);
			}
			work();
		});
		match failed.into_inner() {
			Some(error) => Err(error),
			None => Ok(outputs.into_inner().into_values().collect()),
		}
	}

	fn item(
		&self,
		start: &InstancePre<State>,
		at: usize,
		item: &bytes::Bytes,
	) -> Result<Vec<u8>, ExecutorError> {
		let most_output = self.work.output_bytes.min(self.limits.output_bytes);
		let seed = blake2_256(&[b"tct/wasm/seed/v1", &self.program, item]);
		let most_memory = self.limits.memory_bytes as usize;
		let state = State::new(item.clone(), seed, most_output, most_memory);
		let mut store = Store::new(&self.engine, state);
		store.limiter(|state| state);
		store
			.set_fuel(self.limits.fuel)
			.map_err(|error| ExecutorError::Setup(Kind::Wasm, format!("{error:#}")))?;
		store.set_epoch_deadline(1);
		let (until, abandoned) = (self.until, self.abandoned.clone());
		store.epoch_deadline_callback(move |_| {
			if abandoned.load(Ordering::Relaxed) {
				return Err(Stop::Abandoned.into());
			}
			if Instant::now() >= until {
				return Err(Stop::Time.into());
			}
			Ok(UpdateDeadline::Continue(1))
		});
		let ended = start.instantiate(&mut store).and_then(|instance| {
			let main = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
			main.call(&mut store, ())
		});
		match ended {
			Ok(()) => Ok(store.into_data().into_output()),
			Err(error) if error.downcast_ref() == Some(&Stop::Exit(0)) => {
				Ok(store.into_data().into_output())
			},
			Err(error) => Err(self.why(at, &error, store.data(), most_output)),
		}
	}

	/// Why item `at` has no output, in the executors' words.
	fn why(
		&self,
		item: usize,
		error: &wasmtime::Error,
		state: &State,
		most_output: usize,
	) -> ExecutorError {
		let kind = Kind::Wasm;
		match (error.downcast_ref(), error.downcast_ref()) {
			(Some(Stop::Exit(code)), _) => ExecutorError::Exit {
				item,
				code: (*code).into(),
				said: state.complaint(),
			},
			(Some(Stop::Output), _) => ExecutorError::Output {
				kind,
				item,
				limit: most_output,
			},
			(Some(Stop::Memory), _) => ExecutorError::Memory {
				kind,
				item,
				limit: self.limits.memory_bytes,
			},
			(Some(Stop::Time), _) => ExecutorError::Time {
				kind,
				seconds: self.limits.seconds,
			},
			(Some(Stop::Abandoned), _) => ExecutorError::Abandoned,
			(None, Some(Trap::OutOfFuel)) => ExecutorError::Fuel {
				item,
				limit: self.limits.fuel,
			},
			(None, _) => ExecutorError::Trap {
				item,
				reason: format!("{error:#} {}", state.complaint()),
			},
		}
	}
}
