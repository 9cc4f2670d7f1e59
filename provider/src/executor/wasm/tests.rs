use super::*;
use bytes::Bytes;
use wasm_encoder::{
	BlockType, CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
	ImportSection, Instruction, Instruction as I, MemArg, MemorySection, MemoryType, Module,
	TypeSection, ValType,
};

const READ: u32 = 0;
const WRITE: u32 = 1;
const EXIT: u32 = 2;
const CLOCK: u32 = 3;
const RANDOM: u32 = 4;
const OPEN: u32 = 5;

/// The imports of every module here, with the number of `i32` and where an `i64` is among them.
const IMPORTS: [(&str, &[ValType], bool); 6] = {
	use ValType::{I32, I64};
	[
		("fd_read", &[I32; 4], true),
		("fd_write", &[I32; 4], true),
		("proc_exit", &[I32], false),
		("clock_time_get", &[I32, I64, I32], true),
		("random_get", &[I32; 2], true),
		(
			"path_open",
			&[I32, I32, I32, I32, I32, I64, I64, I32, I32],
			true,
		),
	]
};

const MEMORY: MemoryType = MemoryType {
	minimum: 1,
	maximum: None,
	memory64: false,
	shared: false,
	page_size_log2: None,
};

/// A module whose `_start` is `body`, with this memory, and one import more if there is one.
fn module_of(body: &[Instruction<'_>], memory: MemoryType, more: Option<(&str, &str)>) -> Bytes {
	let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
	for (at, (name, params, result)) in IMPORTS.iter().enumerate() {
		let results: &[ValType] = if *result { &[ValType::I32] } else { &[] };
		types.ty().function(params.to_vec(), results.to_vec());
		imports.import(wasi::MODULE, name, EntityType::Function(at as u32));
	}
	let own = IMPORTS.len() as u32;
	types.ty().function([], []);
	let mut start = own;
	if let Some((module, name)) = more {
		imports.import(module, name, EntityType::Function(own));
		start += 1;
	}
	let mut functions = FunctionSection::new();
	functions.function(own);
	let mut memories = MemorySection::new();
	memories.memory(memory);
	let mut exports = ExportSection::new();
	exports.export("memory", ExportKind::Memory, 0);
	exports.export("_start", ExportKind::Func, start);
	let mut function = Function::new([]);
	for instruction in body {
		function.instruction(instruction);
	}
	function.instruction(&I::End);
	let mut code = CodeSection::new();
	code.function(&function);
	let mut module = Module::new();
	module
		.section(&types)
		.section(&imports)
		.section(&functions)
		.section(&memories)
		.section(&exports)
		.section(&code);
	module.finish().into()
}

fn module(body: &[Instruction<'_>]) -> Bytes {
	module_of(body, MEMORY, None)
}

fn store(at: i32, value: Instruction<'static>) -> Vec<Instruction<'static>> {
	let exactly = MemArg {
		offset: 0,
		align: 2,
		memory_index: 0,
	};
	vec![I::I32Const(at), value, I::I32Store(exactly)]
}

/// Call `fd_read` or `fd_write` with one piece.
fn stream(function: u32, fd: i32, at: i32, length: i32) -> Vec<Instruction<'static>> {
	let mut body = [store(0, I::I32Const(at)), store(4, I::I32Const(length))].concat();
	body.extend([fd, 0, 1, 8].map(I::I32Const));
	body.extend([I::Call(function), I::Drop]);
	body
}

fn say(at: i32, length: i32) -> Vec<Instruction<'static>> {
	stream(WRITE, 1, at, length)
}

/// `say` what the call of `function` answers.
fn answer(arguments: &[Instruction<'static>], function: u32) -> Vec<Instruction<'static>> {
	let mut body = vec![I::I32Const(64)];
	body.extend_from_slice(arguments);
	body.push(I::Call(function));
	body.push(I::I32Store(MemArg {
		offset: 0,
		align: 2,
		memory_index: 0,
	}));
	body.extend(say(64, 4));
	body
}

fn for_ever(inside: Vec<Instruction<'static>>) -> Vec<Instruction<'static>> {
	let mut body = vec![I::Loop(BlockType::Empty)];
	body.extend(inside);
	body.extend([I::Br(0), I::End]);
	body
}

fn limits() -> config::Wasm {
	config::Wasm {
		enabled: true,
		fuel: 1_000_000,
		memory_bytes: 4 << 16,
		output_bytes: 1_000,
		seconds: 20,
		..Default::default()
	}
}

fn work(program: Bytes, inputs: &'static [u8], item_bytes: usize) -> Work {
	Work {
		program,
		inputs: inputs.into(),
		item_bytes,
		output_bytes: 1 << 20,
		done: Default::default(),
	}
}

async fn under(limits: config::Wasm, program: Bytes) -> Result<Vec<u8>, ExecutorError> {
	let wasm = Wasm::new(&limits).unwrap();
	let outputs = wasm.execute(work(program, b"input", 0)).await?;
	Ok(outputs.concat())
}

async fn run(body: &[Instruction<'_>]) -> Result<Vec<u8>, ExecutorError> {
	under(limits(), module(body)).await
}

#[tokio::test]
async fn the_probe_gives_what_is_right_everywhere() {
	let wasm = Wasm::new(&limits()).unwrap();
	wasm.probe().await.unwrap();
}

#[tokio::test]
async fn items_are_run_by_themselves_and_their_outputs_are_in_order() {
	// Reads to 16, which is empty in a fresh instance only; says what it read and what was there.
	let body = [say(48, 1), stream(READ, 0, 48, 2), say(48, 2)].concat();
	for threads in [1, 4] {
		let wasm = Wasm::new(&config::Wasm {
			threads,
			..limits()
		})
		.unwrap();
		let work = work(module(&body), b"aabbccdde", 2);
		let done = work.done.clone();
		let outputs = wasm.execute(work).await.unwrap();
		assert_eq!(outputs, [&b"\0aa"[..], b"\0bb", b"\0cc", b"\0dd", b"\0e\0"]);
		assert_eq!(done.load(Ordering::Relaxed), 5);
	}
}

#[tokio::test]
async fn fuel_ends_a_run() {
	let ended = run(&for_ever(vec![])).await;
	assert!(matches!(
		ended,
		Err(ExecutorError::Fuel {
			item: 0,
			limit: 1_000_000
		})
	));
}

#[tokio::test]
async fn time_ends_a_job() {
	let limits = config::Wasm {
		fuel: u64::MAX,
		seconds: 1,
		..limits()
	};
	let ended = under(limits, module(&for_ever(vec![]))).await;
	assert!(matches!(
		ended,
		Err(ExecutorError::Time {
			kind: Kind::Wasm,
			seconds: 1
		})
	));
}

#[tokio::test]
async fn whoever_gives_up_ends_the_job() {
	let wasm = Wasm::new(&config::Wasm {
		fuel: u64::MAX,
		seconds: 600,
		..limits()
	})
	.unwrap();
	let work = work(module(&for_ever(vec![])), b"", 0);
	let done = work.done.clone();
	let soon = Duration::from_millis(200);
	assert!(tokio::time::timeout(soon, wasm.execute(work))
		.await
		.is_err());
	for _ in 0..500 {
		if Arc::strong_count(&done) == 1 {
			return;
		}
		tokio::time::sleep(Duration::from_millis(20)).await;
	}
	panic!("it runs on");
}

#[tokio::test]
async fn memory_beyond_the_limit_ends_a_run_and_is_not_seen_by_it() {
	let grow = |pages| [I::I32Const(pages), I::MemoryGrow(0), I::Drop];
	run(&grow(3)).await.unwrap();
	let ended = run(&grow(4)).await;
	assert!(matches!(
		ended,
		Err(ExecutorError::Memory {
			kind: Kind::Wasm,
			item: 0,
			limit: 262_144
		})
	));
	let large = MemoryType {
		minimum: 5,
		..MEMORY
	};
	let ended = under(limits(), module_of(&[], large, None)).await;
	assert!(matches!(ended, Err(ExecutorError::Memory { .. })));
}

#[tokio::test]
async fn growth_beyond_the_modules_own_maximum_fails_inside_of_it() {
	let own = MemoryType {
		maximum: Some(2),
		..MEMORY
	};
	let body = [
		store(64, I::I32Const(0)),
		vec![I::I32Const(64), I::I32Const(100), I::MemoryGrow(0)],
		vec![I::I32Store(MemArg {
			offset: 0,
			align: 2,
			memory_index: 0,
		})],
		say(64, 4),
	]
	.concat();
	let output = under(limits(), module_of(&body, own, None)).await.unwrap();
	assert_eq!(output, (-1_i32).to_le_bytes());
}

#[tokio::test]
async fn output_beyond_the_limit_ends_a_run() {
	let ended = run(&for_ever(say(0, 100))).await;
	assert!(matches!(
		ended,
		Err(ExecutorError::Output {
			kind: Kind::Wasm,
			item: 0,
			limit: 1_000
		})
	));
	assert_eq!(run(&say(0, 1_000)).await.unwrap().len(), 1_000);
	// The job's own bound holds too.
	let wasm = Wasm::new(&limits()).unwrap();
	let short = Work {
		output_bytes: 9,
		..work(module(&say(0, 10)), b"", 0)
	};
	let ended = wasm.execute(short).await;
	assert!(matches!(ended, Err(ExecutorError::Output { limit: 9, .. })));
}

#[tokio::test]
async fn standard_error_is_told_with_the_exit_code_and_is_no_output() {
	let exit = |code| [I::I32Const(code), I::Call(EXIT)].to_vec();
	let body = [stream(READ, 0, 48, 5), stream(WRITE, 2, 48, 5), exit(3)].concat();
	match run(&body).await {
		Err(ExecutorError::Exit {
			item: 0,
			code: 3,
			said,
		}) => assert_eq!(said, "input"),
		other => panic!("{other:?}"),
	}
	let body = [stream(WRITE, 2, 48, 5), say(48, 1), exit(0), say(48, 1)].concat();
	assert_eq!(run(&body).await.unwrap(), b"\0");
	let loud = for_ever(stream(WRITE, 2, 0, 60_000));
	assert!(matches!(run(&loud).await, Err(ExecutorError::Fuel { .. })));
}

#[tokio::test]
async fn clock_and_chance_are_the_same_in_every_run() {
	let draw = [
		vec![I::I32Const(64), I::I32Const(40), I::Call(RANDOM), I::Drop],
		say(64, 40),
		vec![I::I32Const(0), I::I64Const(0), I::I32Const(128)],
		vec![I::Call(CLOCK), I::Drop],
		vec![I::I32Const(0), I::I64Const(0), I::I32Const(136)],
		vec![I::Call(CLOCK), I::Drop],
		say(128, 16),
	]
	.concat();
	let program = module(&draw);
	let once = Wasm::new(&limits()).unwrap();
	let again = Wasm::new(&config::Wasm {
		fuel: 2_000_000,
		memory_bytes: 9 << 16,
		threads: 2,
		..limits()
	})
	.unwrap();
	let first = once.execute(work(program.clone(), b"ab", 1)).await.unwrap();
	let second = again.execute(work(program, b"ab", 1)).await.unwrap();
	assert_eq!(first, second, "other limits change nothing");
	assert_ne!(first[0][..40], first[1][..40], "another item, other bytes");
	assert_ne!(first[0][..8], first[0][32..40], "the stream goes on");
	let times = [0_u64.to_le_bytes(), 1_000_u64.to_le_bytes()].concat();
	assert_eq!(first[0][40..], times);
}

#[tokio::test]
async fn there_are_no_files_to_open() {
	let some = [3, 0, 64, 4, 0].map(I::I32Const);
	let more = [
		I::I64Const(-1),
		I::I64Const(-1),
		I::I32Const(0),
		I::I32Const(80),
	];
	let body = answer(&[some.to_vec(), more.to_vec()].concat(), OPEN);
	assert_eq!(run(&body).await.unwrap(), 76_u32.to_le_bytes());
}

#[tokio::test]
async fn calls_of_the_host_are_short_and_stay_inside_of_the_memory() {
	let pieces = |count: i32| answer(&[1, 0, count, 8].map(I::I32Const), WRITE);
	assert_eq!(run(&pieces(-1)).await.unwrap(), 28_u32.to_le_bytes());
	let random = |length: i32| answer(&[0, length].map(I::I32Const), RANDOM);
	assert_eq!(run(&random(-1)).await.unwrap(), 28_u32.to_le_bytes());
	for outside in [
		random(65_537),
		say(-1, 1),
		say(65_536, 1),
		say(0, -1),
		stream(READ, 0, 65_534, 5),
	] {
		let ended = run(&outside).await;
		assert!(
			matches!(ended, Err(ExecutorError::Trap { .. })),
			"{ended:?}"
		);
	}
}

#[tokio::test]
async fn a_trap_is_the_programs_fault() {
	let ended = run(&[I::Unreachable]).await;
	let Err(ExecutorError::Trap { item: 0, reason }) = ended else {
		panic!("{ended:?}")
	};
	assert!(reason.contains("unreachable"), "{reason}");
}

#[tokio::test]
async fn other_imports_are_refused_by_name() {
	for (module, name) in [("env", "now"), (wasi::MODULE, "thread_spawn")] {
		let ended = under(limits(), module_of(&[], MEMORY, Some((module, name)))).await;
		let Err(ExecutorError::Import {
			module: told,
			name: function,
		}) = ended
		else {
			panic!("{ended:?}")
		};
		assert_eq!((told.as_str(), function.as_str()), (module, name));
	}
	// Known, but with another type.
	let wrong = module_of(&[], MEMORY, Some((wasi::MODULE, "fd_sync")));
	assert!(matches!(
		under(limits(), wrong).await,
		Err(ExecutorError::Import { .. })
	));
	let wrong = module_of(&[], MEMORY, Some((wasi::MODULE, "fd_close")));
	assert!(matches!(
		under(limits(), wrong).await,
		Err(ExecutorError::Module(..))
	));
}

#[tokio::test]
async fn what_could_differ_between_machines_is_refused() {
	let refused = |program: Bytes| async {
		match under(limits(), program).await {
			Err(ExecutorError::Module(reason)) => reason,
			other => panic!("{other:?}"),
		}
	};
	let shared = MemoryType {
		shared: true,
		maximum: Some(1),
		..MEMORY
	};
	let told = refused(module_of(&[], shared, None)).await;
	assert!(told.contains("threads"), "{told}");
	let zero = || I::V128Const(0);
	let relaxed = [zero(), zero(), zero(), I::F32x4RelaxedMadd, I::Drop];
	let told = refused(module(&relaxed)).await;
	assert!(told.contains("relaxed SIMD"), "{told}");
	let wide = MemoryType {
		memory64: true,
		..MEMORY
	};
	refused(module_of(&[], wide, None)).await;
	refused(module(&[
		I::RefNull(wasm_encoder::HeapType::EXTERN),
		I::Drop,
	]))
	.await;
}

#[tokio::test]
async fn a_module_is_bounded_and_must_be_one() {
	let small = config::Wasm {
		module_bytes: 100,
		..limits()
	};
	for (limits, program, word) in [
		(small, module(&[]), "module_bytes"),
		(limits(), Bytes::from_static(b"weights"), "no WebAssembly"),
		(limits(), Bytes::new(), "no WebAssembly"),
		(limits(), module(&vec![I::Nop; 1 << 20]), "split it"),
		(
			limits(),
			Bytes::from_static(b"\0asm\x01\0\0\0"),
			"exports no _start",
		),
	] {
		let ended = under(limits, program).await;
		let Err(ExecutorError::Module(told)) = ended else {
			panic!("{ended:?}")
		};
		assert!(told.contains(word), "{told}");
	}
}
