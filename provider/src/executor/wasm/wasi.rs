//! What a module may ask of its host: the part of WASI preview 1 that a deterministic batch job
//! needs. No file system, no network, no time and no chance from outside.
//!
//! - Standard input is the item, standard output the item's output; standard error is for people.
//! - One argument, `job`; no environment.
//! - The clock begins at 0 and is a microsecond later at each reading.
//! - Random bytes are drawn from the program and the item, so that a second run draws the same.
//! - Every other function of preview 1 can be imported, and answers `ENOTCAPABLE`.

use super::state::{State, Stop};
use terminal_gpu_proof::hash::blake2_256;
use wasmtime::{Caller, Error, Extern, ExternType, Linker, Module, Result, Val, ValType};

/// The module that preview 1 is imported from.
pub const MODULE: &str = "wasi_snapshot_preview1";

const SUCCESS: i32 = 0;
const EBADF: i32 = 8;
const EINVAL: i32 = 28;
const ESPIPE: i32 = 70;
const ENOTCAPABLE: i32 = 76;

/// What one reading adds to the clock, in nanoseconds.
const TICK: u64 = 1_000;
/// Pieces that one read or write may name, and random bytes that one call gives: a call of the host
/// costs no fuel and cannot be interrupted, so it must be short.
const MAX_PIECES: u32 = 1_024;
const MAX_RANDOM: u32 = 1 << 20;

/// Functions that exist and give nothing.
const REFUSED: &[&str] = &[
	"fd_advise",
	"fd_allocate",
	"fd_datasync",
	"fd_fdstat_set_rights",
	"fd_filestat_set_size",
	"fd_filestat_set_times",
	"fd_pread",
	"fd_pwrite",
	"fd_readdir",
	"fd_renumber",
	"fd_sync",
	"fd_tell",
	"path_create_directory",
	"path_filestat_get",
	"path_filestat_set_times",
	"path_link",
	"path_open",
	"path_readlink",
	"path_remove_directory",
	"path_rename",
	"path_symlink",
	"path_unlink_file",
	"poll_oneoff",
	"proc_raise",
	"sock_accept",
	"sock_recv",
	"sock_send",
	"sock_shutdown",
];

/// The module's memory and the host's state.
struct Guest<'a> {
	memory: &'a mut [u8],
	state: &'a mut State,
}

impl<'a> Guest<'a> {
	fn of(caller: &'a mut Caller<'_, State>) -> Result<Self> {
		let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
			return Err(Error::msg("the module exports no memory"));
		};
		let (memory, state) = memory.data_and_store_mut(caller);
		Ok(Self { memory, state })
	}

	fn piece(&mut self, at: u32, length: u32) -> Result<&mut [u8]> {
		let end = u64::from(at).saturating_add(length.into());
		self.memory
			.get_mut(at as usize..end as usize)
			.ok_or_else(|| Error::msg("it named bytes outside of its memory"))
	}

	fn write(&mut self, at: u32, bytes: &[u8]) -> Result<()> {
		self.piece(at, bytes.len() as u32)?.copy_from_slice(bytes);
		Ok(())
	}

	/// The pieces that a list of `count` names: address and length of each.
	fn pieces(&mut self, list: u32, count: u32) -> Result<Vec<(u32, u32)>> {
		let word = |bytes: &[u8]| {
			bytes
				.iter()
				.rev()
				.fold(0, |sum, byte| sum << 8 | u32::from(*byte))
		};
		let list = self.piece(list, count.saturating_mul(8))?;
		Ok(list
			.chunks_exact(8)
			.map(|entry| {
				let (at, length) = entry.split_at(4);
				(word(at), word(length))
			})
			.collect())
	}
}

/// Offer `module` what it imports; an import that preview 1 does not have is an error.
pub fn offer(linker: &mut Linker<State>, module: &Module) -> Result<(), super::ExecutorError> {
	let setup = |error: Error| super::ExecutorError::Module(format!("{error:#}"));
	streams(linker).map_err(setup)?;
	surroundings(linker).map_err(setup)?;
	for import in module.imports() {
		let unknown = || super::ExecutorError::Import {
			module: import.module().into(),
			name: import.name().into(),
		};
		let ExternType::Func(ty) = import.ty() else {
			return Err(unknown());
		};
		if import.module() != MODULE {
			return Err(unknown());
		}
		if REFUSED.contains(&import.name()) {
			let results: Vec<ValType> = ty.results().collect();
			if !matches!(results[..], [ValType::I32]) {
				return Err(unknown());
			}
			linker.allow_shadowing(true);
			linker
				.func_new(MODULE, import.name(), ty, |_, _, results| {
					results.fill(Val::I32(ENOTCAPABLE));
					Ok(())
				})
				.map_err(setup)?;
		} else if !OFFERED.contains(&import.name()) {
			return Err(unknown());
		}
	}
	Ok(())
}

/// Functions that do something.
const OFFERED: &[&str] = &[
	"args_get",
	"args_sizes_get",
	"clock_res_get",
	"clock_time_get",
	"environ_get",
	"environ_sizes_get",
	"fd_close",
	"fd_fdstat_get",
	"fd_fdstat_set_flags",
	"fd_filestat_get",
	"fd_prestat_dir_name",
	"fd_prestat_get",
	"fd_read",
	"fd_seek",
	"fd_write",
	"proc_exit",
	"random_get",
	"sched_yield",
];

/// An open file: input, output or error.
fn open(fd: i32) -> bool {
	(0..=2).contains(&fd)
}

fn streams(linker: &mut Linker<State>) -> Result<()> {
	linker
		.func_wrap(MODULE, "fd_read", fd_read)?
		.func_wrap(MODULE, "fd_write", fd_write)?
		.func_wrap(MODULE, "fd_close", |fd: i32| {
			if open(fd) { SUCCESS } else { EBADF }
		})?
		.func_wrap(MODULE, "fd_seek", |fd: i32, _: i64, _: i32, _: i32| {
			if open(fd) { ESPIPE } else { EBADF }
		})?
		.func_wrap(MODULE, "fd_fdstat_set_flags", |fd: i32, _: i32| {
			if open(fd) { SUCCESS } else { EBADF }
		})?
		.func_wrap(
			MODULE,
			"fd_fdstat_get",
			|mut caller: Caller<'_, State>, fd: i32, at: u32| -> Result<i32> {
				if !open(fd) {
					return Ok(EBADF);
				}
				// Type unknown, no flags; rights: read (bit 1) or write (bit 6).
				let rights: u64 = if fd == 0 { 1 << 1 } else { 1 << 6 };
				let mut guest = Guest::of(&mut caller)?;
				guest.write(at, &[0; 24])?;
				guest.write(at.saturating_add(8), &rights.to_le_bytes())?;
				Ok(SUCCESS)
			},
		)?
		.func_wrap(
			MODULE,
			"fd_filestat_get",
			|mut caller: Caller<'_, State>, fd: i32, at: u32| -> Result<i32> {
				if !open(fd) {
					return Ok(EBADF);
				}
				Guest::of(&mut caller)?.write(at, &[0; 64])?;
				Ok(SUCCESS)
			},
		)?
		// No folder is open.
		.func_wrap(MODULE, "fd_prestat_get", |_: i32, _: i32| EBADF)?
		.func_wrap(MODULE, "fd_prestat_dir_name", |_: i32, _: i32, _: i32| EBADF)?;
	Ok(())
}

fn fd_read(
	mut caller: Caller<'_, State>,
	fd: i32,
	list: u32,
	count: u32,
	result: u32,
) -> Result<i32> {
	if fd != 0 {
		return Ok(EBADF);
	}
	if count > MAX_PIECES {
		return Ok(EINVAL);
	}
	let mut guest = Guest::of(&mut caller)?;
	let mut total = 0_u32;
	for (at, length) in guest.pieces(list, count)? {
		let given = guest.state.read(length);
		guest.write(at, &given)?;
		total = total.saturating_add(given.len() as u32);
	}
	guest.write(result, &total.to_le_bytes())?;
	Ok(SUCCESS)
}

fn fd_write(
	mut caller: Caller<'_, State>,
	fd: i32,
	list: u32,
	count: u32,
	result: u32,
) -> Result<i32> {
	if fd != 1 && fd != 2 {
		return Ok(EBADF);
	}
	if count > MAX_PIECES {
		return Ok(EINVAL);
	}
	let mut guest = Guest::of(&mut caller)?;
	let mut total = 0_u32;
	for (at, length) in guest.pieces(list, count)? {
		guest.piece(at, length)?;
		let Guest { memory, state } = &mut guest;
		let bytes = memory.get(at as usize..).unwrap_or_default();
		let bytes = bytes.get(..length as usize).unwrap_or_default();
		match fd {
			1 => state.write(bytes)?,
			_ => state.complain(bytes),
		}
		total = total.saturating_add(length);
	}
	guest.write(result, &total.to_le_bytes())?;
	Ok(SUCCESS)
}

fn surroundings(linker: &mut Linker<State>) -> Result<()> {
	linker
		.func_wrap(
			MODULE,
			"args_sizes_get",
			|mut caller: Caller<'_, State>, count: u32, bytes: u32| -> Result<i32> {
				let mut guest = Guest::of(&mut caller)?;
				guest.write(count, &1_u32.to_le_bytes())?;
				guest.write(bytes, &4_u32.to_le_bytes())?;
				Ok(SUCCESS)
			},
		)?
		.func_wrap(
			MODULE,
			"args_get",
			|mut caller: Caller<'_, State>, list: u32, bytes: u32| -> Result<i32> {
				let mut guest = Guest::of(&mut caller)?;
				guest.write(list, &bytes.to_le_bytes())?;
				guest.write(bytes, b"job\0")?;
				Ok(SUCCESS)
			},
		)?
		.func_wrap(
			MODULE,
			"environ_sizes_get",
			|mut caller: Caller<'_, State>, count: u32, bytes: u32| -> Result<i32> {
				let mut guest = Guest::of(&mut caller)?;
				guest.write(count, &[0; 4])?;
				guest.write(bytes, &[0; 4])?;
				Ok(SUCCESS)
			},
		)?
		.func_wrap(MODULE, "environ_get", |_: i32, _: i32| SUCCESS)?
		.func_wrap(
			MODULE,
			"clock_res_get",
			|mut caller: Caller<'_, State>, _: i32, at: u32| -> Result<i32> {
				Guest::of(&mut caller)?.write(at, &TICK.to_le_bytes())?;
				Ok(SUCCESS)
			},
		)?
		.func_wrap(
			MODULE,
			"clock_time_get",
			|mut caller: Caller<'_, State>, _: i32, _: i64, at: u32| -> Result<i32> {
				let mut guest = Guest::of(&mut caller)?;
				let now = guest.state.clock;
				guest.state.clock = now.saturating_add(TICK);
				guest.write(at, &now.to_le_bytes())?;
				Ok(SUCCESS)
			},
		)?
		.func_wrap(MODULE, "random_get", random_get)?
		.func_wrap(MODULE, "sched_yield", || SUCCESS)?
		.func_wrap(MODULE, "proc_exit", |code: i32| -> Result<()> {
			Err(Stop::Exit(code).into())
		})?;
	Ok(())
}

/// The stream is H("tct/wasm/random/v1" | seed | counter), 32 bytes a time, each call from a new
/// counter on.
fn random_get(mut caller: Caller<'_, State>, at: u32, length: u32) -> Result<i32> {
	if length > MAX_RANDOM {
		return Ok(EINVAL);
	}
	let Guest { memory, state } = &mut Guest::of(&mut caller)?;
	let end = u64::from(at).saturating_add(length.into());
	let Some(piece) = memory.get_mut(at as usize..end as usize) else {
		return Err(Error::msg("it named bytes outside of its memory"));
	};
	for chunk in piece.chunks_mut(32) {
		let drawn = blake2_256(&[
			b"tct/wasm/random/v1",
			&state.seed,
			&state.drawn.to_le_bytes(),
		]);
		state.drawn = state.drawn.saturating_add(1);
		for (byte, drawn) in chunk.iter_mut().zip(drawn) {
			*byte = drawn;
		}
	}
	Ok(SUCCESS)
}
