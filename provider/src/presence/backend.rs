//! What computes products, and which of them does it here.

use super::{cuda::Cuda, Cpu, Product, Task};
use std::sync::OnceLock;
use terminal_gpu_proof::{hash::blake2_256, Hash};

/// Products that a GPU must make as the CPU does before it is used.
const TRIED: u32 = 3;

/// Something that computes products, bit for bit as `terminal_gpu_proof::product` defines them.
pub trait Backend {
	/// What computes, for people: one line.
	fn describe(&self) -> String;

	/// The nodes at [`super::KEPT_HEIGHT`] of the tree over `task`'s product, in their order.
	fn nodes(&self, task: &Task) -> Result<Vec<Hash>, Failed>;
}

/// Why a GPU does not compute, with the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
	#[error(
		"there is no NVIDIA driver (libcuda.so.1): where there is a GPU, install it, or pass the \
		 GPU into the container"
	)]
	NoDriver,
	#[error(
		"the NVIDIA driver shows no GPU: see what nvidia-smi says and whether \
		 CUDA_VISIBLE_DEVICES hides it"
	)]
	NoGpu,
	#[error(
		"{0} is not found: install CUDA 12's or 13's libraries NVRTC and cuBLAS, or name their \
		 folder in LD_LIBRARY_PATH"
	)]
	NoLibrary(&'static str),
	#[error("a product of size {n} needs {needed} MiB of GPU memory: free some")]
	Memory { n: u32, needed: u64 },
	#[error(
		"{what} failed: {error}; update the NVIDIA driver to the CUDA version of its libraries, or \
		 set CUDA_VISIBLE_DEVICES to nothing to keep to the CPU"
	)]
	Cuda { what: &'static str, error: String },
	#[error(
		"a product of size {n} was wrong: test the GPU's memory, or set CUDA_VISIBLE_DEVICES to \
		 nothing to keep to the CPU"
	)]
	Wrong { n: u32 },
}

/// What this machine computes with: a GPU, if it can, and the CPU whenever that fails.
pub struct Computer {
	gpu: Result<Box<dyn Backend + Send + Sync>, Failed>,
}

/// This machine's. Looked for once, at the first call, which takes seconds; later calls are free.
pub fn computer() -> &'static Computer {
	static COMPUTER: OnceLock<Computer> = OnceLock::new();
	COMPUTER.get_or_init(|| {
		let computer = Computer::find();
		tracing::info!("presence is computed by: {}", computer.describe());
		computer
	})
}

impl Computer {
	fn find() -> Self {
		let tried = Cuda::find().and_then(|gpu| {
			let session = gpu.open()?;
			match disagreement(&session, TRIED)? {
				Some(task) => Err(Failed::Wrong { n: task.n }),
				None => Ok(gpu),
			}
		});
		Self {
			gpu: tried.map(|gpu| Box::new(gpu) as Box<dyn Backend + Send + Sync>),
		}
	}

	/// What computes and why, one sentence.
	pub fn describe(&self) -> String {
		match &self.gpu {
			Ok(gpu) => format!("{} (its products are checked by the CPU)", gpu.describe()),
			Err(why) => format!("{}, because {why}", Cpu.describe()),
		}
	}

	/// The product of `task`: a GPU that fails or is found wrong costs time and not the challenge.
	pub(super) fn product(&self, task: Task) -> Option<Product> {
		if let Ok(gpu) = &self.gpu {
			match Product::by(gpu.as_ref(), task) {
				Ok(product) => return Some(product),
				Err(error) => tracing::warn!(%error, "the CPU computes this challenge"),
			}
		}
		Product::by(&Cpu, task).ok()
	}
}

/// The first of `pairs` small products that `backend` makes otherwise than the CPU, if any. Sizes
/// go round from 64 to 512; seeds and challenges are hashes of the pair's number.
pub fn disagreement(backend: &dyn Backend, pairs: u32) -> Result<Option<Task>, Failed> {
	for pair in 0..pairs {
		let number = pair.to_le_bytes();
		let seed = blake2_256(&[b"seed", &number]);
		let challenge = blake2_256(&[b"challenge", &number]);
		let n = (pair % 8).saturating_add(1).saturating_mul(64);
		let Some(task) = Task::new(&seed, n, &challenge) else {
			continue;
		};
		if backend.nodes(&task)? != Cpu.nodes(&task)? {
			return Ok(Some(task));
		}
	}
	Ok(None)
}

#[cfg(test)]
mod tests {
	use super::*;

	type Change = fn(&mut Vec<Hash>) -> Result<(), Failed>;

	/// Changes what the CPU made.
	struct Liar(Change);

	impl Backend for Liar {
		fn describe(&self) -> String {
			"liar".into()
		}

		fn nodes(&self, task: &Task) -> Result<Vec<Hash>, Failed> {
			let mut nodes = Cpu.nodes(task)?;
			(self.0)(&mut nodes)?;
			Ok(nodes)
		}
	}

	fn task() -> Task {
		Task::new(&[1; 32], 256, &[2; 32]).unwrap()
	}

	fn right() -> Hash {
		let nodes = Cpu.nodes(&task()).unwrap();
		Product::over(task(), nodes).unwrap().root()
	}

	#[test]
	fn a_gpu_that_is_wrong_fails_or_makes_too_few_is_replaced() {
		let liars: [Change; 3] = [
			|nodes| {
				nodes.iter_mut().for_each(|node| node[0] ^= 1);
				Ok(())
			},
			|nodes| {
				nodes.pop();
				Ok(())
			},
			|_| Err(Failed::Memory { n: 256, needed: 1 }),
		];
		for liar in liars {
			assert!(Product::by(&Liar(liar), task()).is_err());
			let gpu = Ok(Box::new(Liar(liar)) as Box<dyn Backend + Send + Sync>);
			let product = Computer { gpu }.product(task()).unwrap();
			assert_eq!(product.root(), right());
		}
	}

	#[test]
	fn a_gpu_that_is_right_is_used() {
		assert_eq!(
			Product::by(&Liar(|_| Ok(())), task()).unwrap().root(),
			right()
		);
	}

	#[test]
	fn one_wrong_bit_in_one_product_is_a_disagreement() {
		assert_eq!(disagreement(&Liar(|_| Ok(())), 3), Ok(None));
		let of_size_192 = Liar(|nodes| {
			if nodes.len() == 9 {
				nodes[8][31] ^= 0x80;
			}
			Ok(())
		});
		assert_eq!(disagreement(&of_size_192, 2), Ok(None));
		assert_eq!(disagreement(&of_size_192, 3).unwrap().unwrap().n, 192);
	}

	#[test]
	fn why_the_cpu_computes_is_told_with_the_remedy() {
		let computer = |why| Computer { gpu: Err(why) };
		let told = computer(Failed::NoDriver).describe();
		assert!(
			told.starts_with("CPU, because") && told.contains("install it"),
			"{told}"
		);
		let told = computer(Failed::NoLibrary("libcublas.so")).describe();
		assert!(
			told.contains("libcublas.so") && told.contains("LD_LIBRARY_PATH"),
			"{told}"
		);
	}

	/// What is there: the CPU against itself where there is no GPU, so that the path is walked.
	/// TERMINAL_PAIRS=10000 is the long form.
	#[test]
	fn whatever_is_there_computes_as_the_cpu() {
		let pairs = std::env::var("TERMINAL_PAIRS").ok();
		let pairs = pairs.map_or(4, |pairs| pairs.parse().expect("a number of pairs"));
		let found = Cuda::find().and_then(|gpu| gpu.open());
		let backend: Box<dyn Backend> = match found {
			Ok(session) => Box::new(session),
			Err(why) => {
				println!("no GPU is compared: {why}");
				Box::new(Cpu)
			},
		};
		println!("{pairs} pairs on {}", backend.describe());
		assert_eq!(disagreement(backend.as_ref(), pairs), Ok(None));
	}
}
