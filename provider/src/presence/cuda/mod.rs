//! The product on an NVIDIA GPU: the matrices and the hashes by `kernels.cu`, which NVRTC compiles
//! when the daemon starts, the product itself (8-bit integers, summed exactly in 32 bits) by
//! cuBLAS. Driver, NVRTC and cuBLAS are loaded at run time: nothing of CUDA is needed to build,
//! and without them the CPU computes.
//!
//! Nothing is kept on the GPU between challenges: its memory is the tenants'. A product of size n
//! takes 6·n² bytes of it, and what CUDA takes for itself.
//!
//! | file | holds |
//! |---|---|
//! | `mod.rs` | what is found, and sessions |
//! | `session.rs` | all calls into CUDA's libraries |
//! | `kernels.cu` | matrices and hashes |
//! | `stand_in.rs`, `.c` | a test: all of this without a GPU, against a stand-in for NVIDIA's libraries |

mod session;
#[cfg(test)]
mod stand_in;

pub use session::{Session, Times};

use super::{Backend, Failed, Task};
use cudarc::nvrtc::Ptx;
use std::panic::{catch_unwind, AssertUnwindSafe};
use terminal_gpu_proof::Hash;

/// What NVRTC compiles.
const KERNELS: &str = include_str!("kernels.cu");

/// The first GPU that the driver shows; CUDA_VISIBLE_DEVICES says which that is.
pub struct Cuda {
	device: Device,
	kernels: Ptx,
}

/// What the driver says of a GPU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
	/// As NVIDIA calls it.
	pub name: String,
	/// Compute capability: major, minor.
	pub capability: (i32, i32),
	/// Streaming multiprocessors.
	pub multiprocessors: i32,
	/// The highest clock, in kHz.
	pub clock_khz: i32,
	/// Bytes of memory.
	pub memory: usize,
}

impl Cuda {
	/// The GPU, with its kernels compiled. Takes about a second where there is one.
	pub fn find() -> Result<Self, Failed> {
		session::libraries()?;
		guarded("looking for a GPU", || {
			Ok(Self {
				device: session::device()?,
				kernels: session::compile(KERNELS)?,
			})
		})
	}

	/// What the driver says of it.
	pub fn device(&self) -> &Device {
		&self.device
	}

	/// Make the GPU ready for any number of products. What it takes is given back when the
	/// session is dropped.
	pub fn open(&self) -> Result<Session, Failed> {
		guarded("opening the GPU", || Session::open(self))
	}
}

impl Backend for Cuda {
	fn describe(&self) -> String {
		format!("CUDA on {}", self.device.name)
	}

	/// In a session of its own.
	fn nodes(&self, task: &Task) -> Result<Vec<Hash>, Failed> {
		self.open()?.nodes(task)
	}
}

impl Backend for Session {
	fn describe(&self) -> String {
		format!("CUDA on {}", self.device().name)
	}

	fn nodes(&self, task: &Task) -> Result<Vec<Hash>, Failed> {
		Ok(self.timed(task)?.0)
	}
}

impl Session {
	/// The nodes of `task`, and how long each step took.
	pub fn timed(&self, task: &Task) -> Result<(Vec<Hash>, Times), Failed> {
		guarded("computing on the GPU", || self.compute(task))
	}
}

/// The bindings panic where a library lacks a function: that is a failure like others.
fn guarded<T>(what: &'static str, work: impl FnOnce() -> Result<T, Failed>) -> Result<T, Failed> {
	catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
		Err(Failed::Cuda {
			what,
			error: "a library is older or newer than this program knows".into(),
		})
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_panic_in_the_bindings_is_a_failure_with_a_remedy() {
		let result: Result<(), Failed> = guarded("opening the GPU", || panic!("Missing symbol"));
		let told = result.unwrap_err().to_string();
		assert!(told.contains("opening the GPU failed") && told.contains("update"));
	}

	/// NVRTC needs no GPU: LD_LIBRARY_PATH may name a folder that has just this library.
	#[test]
	fn the_kernels_compile_where_nvrtc_is_found() {
		if !session::has_nvrtc() {
			return println!("no NVRTC is found: only the C compiler sees the kernels");
		}
		let kernels = session::compile(KERNELS).unwrap().to_src();
		for name in ["keystream", "nodes"] {
			assert!(
				kernels.contains(&format!(".visible .entry {name}(")),
				"{name}"
			);
		}
		let error = session::compile("KERNEL").unwrap_err().to_string();
		assert!(error.contains("compiling the kernels failed"), "{error}");
	}

	#[test]
	fn without_a_gpu_the_remedy_is_told() {
		if let Err(why) = Cuda::find() {
			let told = why.to_string();
			assert!(
				told.contains("install") || told.contains("CUDA_VISIBLE_DEVICES"),
				"{told}"
			);
		}
	}
}
