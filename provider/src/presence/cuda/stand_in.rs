//! The whole CUDA path without a GPU: `stand_in.c` takes the place of NVIDIA's libraries, and runs
//! the kernels on the CPU. What NVRTC compiles is C too, so it is compiled here by the C compiler
//! which Rust needs to link anyway (another than `cc` is named by CC).

use crate::presence::{computer, disagreement, Backend, Cpu, Failed, Product, Task};
use std::{path::Path, process::Command};

/// Set in the process that finds the stand-in.
const INSIDE: &str = "TERMINAL_STAND_IN";

#[test]
fn a_stand_in_for_the_gpu_computes_as_the_cpu() {
	if std::env::var_os(INSIDE).is_some() {
		return inside();
	}
	let folder = tempfile::tempdir().unwrap();
	build(folder.path());
	let (_, module) = module_path!().split_once("::").unwrap();
	let name = format!("{module}::a_stand_in_for_the_gpu_computes_as_the_cpu");
	let output = Command::new(std::env::current_exe().unwrap())
		.args(["--exact", &name, "--nocapture"])
		.env("LD_LIBRARY_PATH", folder.path())
		.env(INSIDE, "yes")
		.output()
		.unwrap();
	let told = String::from_utf8_lossy(&output.stdout);
	let errors = String::from_utf8_lossy(&output.stderr);
	assert!(output.status.success(), "{told}\n{errors}");
	assert!(told.contains("the stand-in was used"), "{told}\n{errors}");
}

/// With the stand-in for NVIDIA's libraries.
fn inside() {
	let gpu = super::Cuda::find().unwrap();
	let device = gpu.device().clone();
	assert_eq!(device.name, "stand-in");
	assert_eq!((device.capability, device.multiprocessors), ((9, 0), 3));
	assert_eq!((device.clock_khz, device.memory), (1_500_000, 8 << 20));

	let session = gpu.open().unwrap();
	assert_eq!(disagreement(&session, 5).unwrap(), None);
	drop(session);
	let error = super::session::compile("KERNEL");
	assert!(error.is_err(), "another source is refused");

	// The largest piece of memory that it lends is smaller than the product.
	let task = |n| Task::new(&[0x80; 32], n, &[3; 32]).unwrap();
	let refused = Failed::Memory {
		n: 1_536,
		needed: 13,
	};
	assert_eq!(gpu.nodes(&task(1_536)), Err(refused));
	assert!(Product::by(&gpu, task(192)).is_ok(), "it works again");

	assert!(computer().describe().contains("stand-in"));
	let product = Product::compute(&[0x80; 32], 320, &[3; 32]).unwrap();
	let by_cpu = Product::by(&Cpu, task(320)).unwrap();
	assert_eq!(product.root(), by_cpu.root());
	println!("the stand-in was used");
}

/// The three libraries in `folder`, all of them the stand-in.
fn build(folder: &Path) {
	let source = folder.join("stand_in.c");
	std::fs::write(&source, include_str!("stand_in.c")).unwrap();
	std::fs::write(folder.join("kernels.cu"), super::KERNELS).unwrap();
	let compiler = std::env::var_os("CC").unwrap_or("cc".into());
	let library = folder.join("libcuda.so");
	let status = Command::new(&compiler)
		.args(["-std=gnu99", "-O1", "-Wall", "-Wextra", "-Werror"])
		.args(["-shared", "-fPIC", "-o"])
		.args([&library, &source])
		.arg("-lpthread")
		.status();
	assert!(
		status.as_ref().is_ok_and(|status| status.success()),
		"{compiler:?} {status:?}: install a C compiler, or name one in CC"
	);
	for name in ["libnvrtc.so", "libcublas.so"] {
		std::os::unix::fs::symlink(&library, folder.join(name)).unwrap();
	}
}
