//! The GPU's kernels, run on the CPU: `kernels.cu` is C too, so what NVRTC compiles is compiled
//! here by the C compiler, which Rust needs to link anyway (another than `cc` is named by CC).
//! Runs the arithmetic and the layout of everything but cuBLAS, which `emulation.c` replaces by
//! what its manual says.

use crate::presence::{Backend, Cpu, Task};
use std::{
	io::Write,
	path::{Path, PathBuf},
	process::{Command, Stdio},
};
use terminal_gpu_proof::product;

#[test]
fn the_kernels_make_the_matrices_and_nodes_of_the_definition() {
	let folder = tempfile::tempdir().unwrap();
	let program = compiled(folder.path());
	for (n, byte) in [(64, 0u8), (128, 7), (192, 0x80), (320, 0xff)] {
		let seed: [u8; 32] = std::array::from_fn(|at| (at as u8).wrapping_mul(byte) ^ byte);
		let challenge: [u8; 32] = std::array::from_fn(|at| byte.wrapping_sub(at as u8));
		let task = Task::new(&seed, n, &challenge).unwrap();
		let made = run(&program, &task);
		let entries = (n * n) as usize;
		let (rows, rest) = made.split_at(entries);
		let (columns, nodes) = rest.split_at(entries);
		let mut row = vec![0; n as usize];
		for (i, found) in (0..n).zip(rows.chunks(n as usize)) {
			product::row_of_a(&task.seed, n, i, &mut row);
			assert!(signed(found).eq(row.iter().copied()), "row {i} of {n}");
		}
		assert!(
			signed(columns).eq(product::all_columns(&task.seed, n)),
			"{n}"
		);
		assert_eq!(nodes, Cpu.nodes(&task).unwrap().concat(), "nodes of {n}");
	}
}

fn signed(bytes: &[u8]) -> impl Iterator<Item = i8> + '_ {
	bytes.iter().map(|byte| *byte as i8)
}

fn compiled(folder: &Path) -> PathBuf {
	let source = folder.join("emulation.c");
	let program = folder.join("emulation");
	std::fs::write(&source, include_str!("emulation.c")).unwrap();
	std::fs::write(folder.join("kernels.cu"), super::KERNELS).unwrap();
	let compiler = std::env::var_os("CC").unwrap_or("cc".into());
	let status = Command::new(&compiler)
		.args(["-std=gnu99", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
		.arg(&program)
		.arg(&source)
		.arg("-lpthread")
		.status();
	assert!(
		status.as_ref().is_ok_and(|status| status.success()),
		"{compiler:?} {status:?}: install a C compiler, or name one in CC"
	);
	program
}

fn run(program: &Path, task: &Task) -> Vec<u8> {
	let mut child = Command::new(program)
		.arg(task.n.to_string())
		.stdin(Stdio::piped())
		.stdout(Stdio::piped())
		.spawn()
		.unwrap();
	let given = [task.seed.0, task.challenge].concat();
	child.stdin.take().unwrap().write_all(&given).unwrap();
	let output = child.wait_with_output().unwrap();
	assert!(output.status.success(), "{}", output.status);
	output.stdout
}
