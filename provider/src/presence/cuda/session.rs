//! All calls into CUDA's libraries. Each `unsafe` says what it relies on.
#![allow(unsafe_code)]

use super::{Cuda, Device};
use crate::presence::{Failed, Task};
use cudarc::{
	cublas::{
		result as blas,
		sys::{
			self as blas_sys, cublasComputeType_t, cublasGemmAlgo_t, cublasHandle_t,
			cublasOperation_t, cudaDataType,
		},
	},
	driver::{
		sys::{self as driver_sys, CUdevice_attribute, CUresult},
		CudaContext, CudaFunction, CudaSlice, CudaStream, DevicePtr, DevicePtrMut, DriverError,
		LaunchConfig, PushKernelArg,
	},
	nvrtc::{compile_ptx, sys as nvrtc_sys, CompileError, Ptx},
};
use std::{
	ffi::c_void,
	sync::Arc,
	time::{Duration, Instant},
};
use terminal_gpu_proof::Hash;

/// THREADS in kernels.cu.
const THREADS: u32 = 256;
/// Entries that a thread of the kernel `keystream` makes.
const ENTRIES_PER_THREAD: u32 = 64;
/// The first GPU that the driver shows.
const FIRST: usize = 0;
/// The keystream that is A, and the one that is B.
const STREAMS: [u64; 2] = [0, 1];

/// How long the steps of one product took on the GPU.
#[derive(Debug, Clone, Copy)]
pub struct Times {
	/// Both matrices.
	pub matrices: Duration,
	/// The product.
	pub product: Duration,
	/// Leaves and nodes, and their way to the CPU.
	pub hashes: Duration,
}

/// A GPU that is ready.
pub struct Session {
	device: Device,
	// Dropped in this order: the context goes last, with its last owner.
	blas: Blas,
	keystream: CudaFunction,
	nodes: CudaFunction,
	stream: Arc<CudaStream>,
}

/// Whether the libraries can be loaded.
pub(super) fn libraries() -> Result<(), Failed> {
	// SAFETY: as in `has_nvrtc`.
	let (driver, cublas) =
		unsafe { (driver_sys::is_culib_present(), blas_sys::is_culib_present()) };
	match (driver, has_nvrtc(), cublas) {
		(false, _, _) => Err(Failed::NoDriver),
		(_, false, _) => Err(Failed::NoLibrary("libnvrtc.so")),
		(_, _, false) => Err(Failed::NoLibrary("libcublas.so")),
		(true, true, true) => Ok(()),
	}
}

/// Whether NVRTC, which needs no GPU, can be loaded.
pub(super) fn has_nvrtc() -> bool {
	// SAFETY: loading NVIDIA's libraries runs their initialisers, which is what they are for.
	unsafe { nvrtc_sys::is_culib_present() }
}

/// What the driver says of the first GPU.
pub(super) fn device() -> Result<Device, Failed> {
	let context = context()?;
	let ask = |attribute| context.attribute(attribute);
	let read = || -> Result<Device, DriverError> {
		Ok(Device {
			name: context.name()?,
			capability: context.compute_capability()?,
			multiprocessors: ask(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)?,
			clock_khz: ask(CUdevice_attribute::CU_DEVICE_ATTRIBUTE_CLOCK_RATE)?,
			memory: context.total_mem()?,
		})
	};
	read().map_err(failed("asking the driver"))
}

fn context() -> Result<Arc<CudaContext>, Failed> {
	CudaContext::new(FIRST).map_err(|error| match error.0 {
		CUresult::CUDA_ERROR_NO_DEVICE | CUresult::CUDA_ERROR_INVALID_DEVICE => Failed::NoGpu,
		_ => failed("opening the GPU")(error),
	})
}

/// Compile for any GPU: the driver translates it for its own.
pub(super) fn compile(source: &str) -> Result<Ptx, Failed> {
	compile_ptx(source).map_err(|error| Failed::Cuda {
		what: "compiling the kernels",
		error: match error {
			CompileError::CompileError { log, .. } => log.to_string_lossy().into(),
			other => other.to_string(),
		},
	})
}

impl Session {
	pub(super) fn open(cuda: &Cuda) -> Result<Self, Failed> {
		let opening = failed("loading the kernels");
		let context = context()?;
		let stream = context.default_stream();
		let module = context.load_module(cuda.kernels.clone()).map_err(opening)?;
		let load = |name| module.load_function(name).map_err(opening);
		Ok(Self {
			device: cuda.device.clone(),
			blas: Blas::on(&stream)?,
			keystream: load("keystream")?,
			nodes: load("nodes")?,
			stream,
		})
	}

	pub(super) fn device(&self) -> &Device {
		&self.device
	}

	pub(super) fn compute(&self, task: &Task) -> Result<(Vec<Hash>, Times), Failed> {
		let began = Instant::now();
		let [rows, columns] = STREAMS.map(|stream| self.matrix(task, stream));
		let (rows, columns) = (rows?, columns?);
		self.wait("making the matrices")?;
		let made = Instant::now();
		let product = self.product(task, &rows, &columns)?;
		self.wait("multiplying")?;
		let multiplied = Instant::now();
		let hashes = self.hash(task, &product)?;
		let hashed = Instant::now();
		let times = Times {
			matrices: made.duration_since(began),
			product: multiplied.duration_since(made),
			hashes: hashed.duration_since(multiplied),
		};
		Ok((hashes, times))
	}

	/// Keystream `stream` of the task's seed, n² entries.
	fn matrix(&self, task: &Task, stream: u64) -> Result<CudaSlice<i8>, Failed> {
		let making = failed("making the matrices");
		let key = self.stream.clone_htod(&task.seed.0).map_err(making)?;
		let mut out = self.memory::<i8>(task, square(task.n))?;
		let blocks = square(task.n) as u32 / ENTRIES_PER_THREAD;
		let mut launch = self.stream.launch_builder(&self.keystream);
		launch.arg(&key).arg(&stream).arg(&blocks).arg(&mut out);
		// SAFETY: the arguments are those of `keystream` in kernels.cu, which reads 32 bytes of
		// `key` and writes 64 bytes of `out` in each thread whose number is below `blocks`.
		unsafe { launch.launch(grid(blocks.div_ceil(THREADS))) }.map_err(making)?;
		Ok(out)
	}

	/// A·B, row after row.
	///
	/// cuBLAS counts column after column. So read, `columns` is B, `rows` is A transposed, and what
	/// is written is the transpose of A·B, which is Bᵀ·Aᵀ: the first factor is to be transposed,
	/// the second not. This is the one order that tensor cores take 8-bit integers in.
	fn product(
		&self,
		task: &Task,
		rows: &CudaSlice<i8>,
		columns: &CudaSlice<i8>,
	) -> Result<CudaSlice<i32>, Failed> {
		let mut out = self.memory::<i32>(task, square(task.n))?;
		{
			let (rows, _rows_used) = rows.device_ptr(&self.stream);
			let (columns, _columns_used) = columns.device_ptr(&self.stream);
			let (written, _written) = out.device_ptr_mut(&self.stream);
			let n = task.n as i32;
			let (one, zero) = (1i32, 0i32);
			// SAFETY: three square matrices of n rows, 1, 1 and 4 bytes per entry, on the GPU of
			// this handle; the factors are where the CPU is, as the handle's default says.
			unsafe {
				blas::gemm_ex(
					self.blas.0,
					cublasOperation_t::CUBLAS_OP_T,
					cublasOperation_t::CUBLAS_OP_N,
					n,
					n,
					n,
					(&raw const one).cast(),
					columns as *const c_void,
					cudaDataType::CUDA_R_8I,
					n,
					rows as *const c_void,
					cudaDataType::CUDA_R_8I,
					n,
					(&raw const zero).cast(),
					written as *mut c_void,
					cudaDataType::CUDA_R_32I,
					n,
					cublasComputeType_t::CUBLAS_COMPUTE_32I,
					cublasGemmAlgo_t::CUBLAS_GEMM_DEFAULT,
				)
			}
			.map_err(failed("multiplying"))?;
		}
		Ok(out)
	}

	/// The kept nodes over `product`, here.
	fn hash(&self, task: &Task, product: &CudaSlice<i32>) -> Result<Vec<Hash>, Failed> {
		let hashing = failed("hashing");
		let challenge = self.stream.clone_htod(&task.challenge).map_err(hashing)?;
		let bytes = size_of::<Hash>().saturating_mul(task.nodes() as usize);
		let mut out = self.memory::<u8>(task, bytes)?;
		let mut launch = self.stream.launch_builder(&self.nodes);
		launch.arg(&challenge).arg(product).arg(&mut out);
		// SAFETY: the arguments are those of `nodes` in kernels.cu, of which each block reads 32
		// bytes of `challenge` and 4,096 entries of `product`, and writes one hash of `out`.
		unsafe { launch.launch(grid(task.nodes())) }.map_err(hashing)?;
		let bytes = self.stream.clone_dtoh(&out).map_err(hashing)?;
		self.wait("hashing")?;
		Ok(bytes.as_chunks().0.to_vec())
	}

	/// Memory of the GPU for `count` values, which its user writes before anything reads them.
	fn memory<T: cudarc::driver::DeviceRepr>(
		&self,
		task: &Task,
		count: usize,
	) -> Result<CudaSlice<T>, Failed> {
		// SAFETY: each caller lets a kernel or cuBLAS write all of it before it is read; T is a
		// plain integer.
		unsafe { self.stream.alloc(count) }.map_err(|error| match error.0 {
			CUresult::CUDA_ERROR_OUT_OF_MEMORY => Failed::Memory {
				n: task.n,
				needed: (square(task.n) as u64).saturating_mul(6) >> 20,
			},
			_ => failed("allocating")(error),
		})
	}

	fn wait(&self, what: &'static str) -> Result<(), Failed> {
		self.stream.synchronize().map_err(failed(what))
	}
}

/// A handle of cuBLAS. The bindings' own panics where it cannot be destroyed.
struct Blas(cublasHandle_t);

impl Blas {
	fn on(stream: &CudaStream) -> Result<Self, Failed> {
		let opening = failed("opening cuBLAS");
		let handle = Self(blas::create_handle().map_err(opening)?);
		// SAFETY: both were just made, in one context.
		unsafe { blas::set_stream(handle.0, stream.cu_stream().cast()) }.map_err(opening)?;
		Ok(handle)
	}
}

impl Drop for Blas {
	fn drop(&mut self) {
		// SAFETY: nobody else has the handle. If it fails, the context frees what it held.
		let _ = unsafe { blas::destroy_handle(self.0) };
	}
}

/// n². `n` is a valid size: at most 2²⁸.
fn square(n: u32) -> usize {
	(n as usize).saturating_mul(n as usize)
}

fn grid(blocks: u32) -> LaunchConfig {
	LaunchConfig {
		grid_dim: (blocks, 1, 1),
		block_dim: (THREADS, 1, 1),
		shared_mem_bytes: 0,
	}
}

/// An error of the libraries while doing `what`.
fn failed<E: std::fmt::Display>(what: &'static str) -> impl Fn(E) -> Failed + Copy {
	move |error| Failed::Cuda {
		what,
		error: error.to_string(),
	}
}
