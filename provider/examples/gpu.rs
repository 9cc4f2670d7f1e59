//! What this machine's GPU makes of presence challenges: whether it computes as the CPU does, and
//! how fast. Without a GPU it says why, and measures the CPU.
//!
//! ```text
//! cargo run --release -p terminal-provider --example gpu            # 10,000 small products compared
//! cargo run --release -p terminal-provider --example gpu -- 100000  # more
//! ```

use std::time::{Duration, Instant};
use terminal_provider::presence::{
	cuda::{Cuda, Device, Session},
	disagreement, Cpu, Failed, Product, Task,
};

/// Sizes that are timed.
const SIZES: [u32; 3] = [1_024, 4_096, 16_384];
/// The CPU takes minutes for more.
const LARGEST_ON_CPU: u32 = 4_096;
/// The quickest of so many is told.
const TIMES: usize = 10;
/// Small products that are compared, unless the first argument says how many.
const PAIRS: u32 = 10_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
	let pairs = match std::env::args().nth(1) {
		Some(number) => number.parse()?,
		None => PAIRS,
	};
	println!("date    {}", date()?);
	match Cuda::find() {
		Ok(gpu) => measure_gpu(&gpu, pairs),
		Err(why) => {
			println!("no GPU: {why}");
			println!("device  CPU, {} threads", rayon::current_num_threads());
			measure_cpu()
		},
	}
	.map_err(Into::into)
}

fn date() -> std::io::Result<String> {
	let output = std::process::Command::new("date")
		.args(["-u", "+%F %R UTC"])
		.output()?;
	Ok(String::from_utf8_lossy(&output.stdout).trim().into())
}

fn measure_gpu(gpu: &Cuda, pairs: u32) -> Result<(), Failed> {
	let device = gpu.device();
	println!(
		"device  {}, capability {}.{}, {} multiprocessors, {} MHz at most, {} MiB",
		device.name,
		device.capability.0,
		device.capability.1,
		device.multiprocessors,
		device.clock_khz / 1_000,
		device.memory >> 20
	);
	match peak(device) {
		Some(peak) => println!("peak    {:.0} TOPS (8-bit integers, dense)", peak / 1e12),
		None => println!("peak    not known for this capability"),
	}
	let session = gpu.open()?;
	let began = Instant::now();
	match disagreement(&session, pairs)? {
		None => println!(
			"same    {pairs} products as on the CPU, {:.1?}",
			began.elapsed()
		),
		Some(task) => return Err(Failed::Wrong { n: task.n() }),
	}
	for n in SIZES {
		measure_size(gpu, &session, n)?;
	}
	Ok(())
}

fn measure_size(gpu: &Cuda, session: &Session, n: u32) -> Result<(), Failed> {
	let Some(task) = Task::new(&[1; 32], n, &[2; 32]) else {
		return Ok(());
	};
	// The first one loads cuBLAS's kernels.
	session.timed(&task)?;
	let mut least = [Duration::MAX; 4];
	for _ in 0..TIMES {
		let (_, times) = session.timed(&task)?;
		let all = times.matrices + times.product + times.hashes;
		let steps = [times.matrices, times.product, times.hashes, all];
		for (least, step) in least.iter_mut().zip(steps) {
			*least = step.min(*least);
		}
	}
	let [matrices, product, hashes, all] = least;
	let rate = rate(n, product);
	let share = peak(gpu.device()).map_or(String::new(), |peak| {
		format!(", {:.0} % of the peak", 100.0 * rate / peak)
	});
	println!(
		"n = {n:>6}: matrices {matrices:.2?}, product {product:.2?} ({:.1} TOPS{share}), hashes \
		 {hashes:.2?}, together {all:.2?}",
		rate / 1e12
	);
	let began = Instant::now();
	Product::by(gpu, task)?;
	println!(
		"            {:.1?} for a challenge as the daemon meets it: GPU opened, root checked and \
		 made, GPU given back",
		began.elapsed()
	);
	Ok(())
}

fn measure_cpu() -> Result<(), Failed> {
	let sizes = SIZES.into_iter().filter(|n| *n <= LARGEST_ON_CPU);
	for task in sizes.filter_map(|n| Task::new(&[1; 32], n, &[2; 32])) {
		let began = Instant::now();
		Product::by(&Cpu, task)?;
		let took = began.elapsed();
		println!(
			"n = {:>6}: {took:.2?} per challenge, {:.3} TOPS with matrices and hashes",
			task.n(),
			rate(task.n(), took) / 1e12
		);
	}
	Ok(())
}

/// Operations per second of a product: a multiplication and an addition per step of each sum.
fn rate(n: u32, took: Duration) -> f64 {
	2.0 * f64::from(n).powi(3) / took.as_secs_f64()
}

/// Operations per second on dense 8-bit integers, at the highest clock that the driver names. From
/// NVIDIA's data sheets, divided by multiprocessors and clock.
fn peak(device: &Device) -> Option<f64> {
	let per_clock = match device.capability {
		(7, 5) => 2_048.0,
		(8, 0) => 4_096.0,
		(8, 6 | 9) => 2_048.0,
		(9, 0) => 8_192.0,
		(10, 0) => 16_384.0,
		(12, 0) => 2_048.0,
		_ => return None,
	};
	let clock = f64::from(device.clock_khz) * 1e3;
	(clock > 0.0).then_some(per_clock * f64::from(device.multiprocessors) * clock)
}
