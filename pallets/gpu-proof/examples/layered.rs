//! What layered networks cost: `cargo run --release -p terminal-gpu-proof --example layered`.
//! Milliseconds are this machine's, natively; everything else is counted.

use codec::Encode;
use std::time::Instant;
use terminal_gpu_proof::{
	layered::*,
	merkle::Tree,
	result::{context, input_leaf, output_leaf, weights_root, Job, Leaf},
};

const SIGNED: Output = Output::Signed(Rescale {
	multiplier: 1 << 20,
	shift: 27,
});
const POSITIVE: Output = Output::Positive(Rescale {
	multiplier: 1 << 20,
	shift: 27,
});

fn bytes(count: usize, seed: u32) -> Vec<u8> {
	let mut state = seed.wrapping_mul(2_654_435_761) | 1;
	let next = || {
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		state as u8
	};
	std::iter::repeat_with(next).take(count).collect()
}

fn convolution(
	side: u8,
	padding: u8,
	inputs: u16,
	outputs: u16,
	cut: u16,
	output: Output,
) -> Layer {
	let row = usize::from(side) * usize::from(side) * usize::from(inputs);
	Layer {
		kind: Kind::Convolution {
			kernel: (side, side),
			stride: 1,
			padding,
			channels: outputs,
			output,
		},
		cut,
		rows: (0..outputs)
			.map(|row_number| {
				let weights = bytes(row, row_number.into());
				(0, weights.into_iter().map(|byte| byte as i8).collect())
			})
			.collect(),
	}
}

fn halved(cut: u16) -> Layer {
	Layer {
		kind: Kind::Greatest {
			kernel: (2, 2),
			stride: 2,
		},
		cut,
		rows: Vec::new(),
	}
}

fn attention(heads: u8, cut: u16) -> Layer {
	Layer {
		kind: Kind::Attention {
			heads,
			scores: Rescale {
				multiplier: 1,
				shift: 9,
			},
		},
		cut,
		rows: Vec::new(),
	}
}

type Network = (&'static str, (u8, u8, u16), Vec<Layer>);

fn networks() -> Vec<Network> {
	vec![
		(
			"8 × 8 image, two convolutions",
			(8, 8, 1),
			vec![
				convolution(3, 1, 1, 12, 768, POSITIVE),
				halved(192),
				convolution(3, 1, 12, 24, 384, POSITIVE),
				halved(96),
				convolution(2, 0, 24, 10, 10, Output::Raw),
			],
		),
		(
			"28 × 28 image, two convolutions",
			(28, 28, 1),
			vec![
				convolution(3, 1, 1, 16, 3_136, POSITIVE),
				halved(3_136),
				convolution(3, 1, 16, 32, 1_120, POSITIVE),
				halved(1_568),
				convolution(7, 0, 32, 10, 10, Output::Raw),
			],
		),
		(
			"64 tokens of 32, attention with 4 heads",
			(64, 1, 32),
			vec![
				convolution(1, 0, 32, 96, 3_072, SIGNED),
				attention(4, 512),
				convolution(1, 0, 32, 64, 4_096, POSITIVE),
				convolution(1, 0, 64, 32, 2_048, SIGNED),
			],
		),
		(
			"the bound: 16 × 16 × 16, four times 3 × 3",
			(16, 16, 16),
			(0..4)
				.map(|_| convolution(3, 1, 16, 16, 1_248, POSITIVE))
				.collect(),
		),
		(
			"the dearest piece by runs: 1 × 1 windows",
			(120, 120, 1),
			vec![convolution(1, 0, 1, 1, 5_349, POSITIVE)],
		),
		(
			"the dearest piece by attention of many heads",
			(58, 1, 96),
			vec![attention(32, 32 * 3)],
		),
	]
}

/// Seconds of the fastest of some runs.
fn fastest<Value>(mut run: impl FnMut() -> Value) -> f64 {
	let time = |_| {
		let begun = Instant::now();
		std::hint::black_box(run());
		begun.elapsed().as_secs_f64()
	};
	(0..15).map(time).fold(f64::MAX, f64::min)
}

fn main() {
	println!("| network | work | weights, bytes | pieces | result, bytes | greatest proof, bytes | a leaf, ms | dearest piece, work | checking it, ms |");
	println!("|---|---|---|---|---|---|---|---|---|");
	for (name, shape, layers) in networks() {
		let weights = encode(shape, &layers);
		let plan = Plan::parse(&weights, weights.len() as u32).expect(name);
		let input = bytes(plan.input_len(), 7);
		let right = evaluate(&weights, &input, usize::MAX);
		let leaf_seconds = fastest(|| evaluate(&weights, &input, usize::MAX));
		let bound = Weights {
			root: weights_root(&weights),
			bytes: weights.len() as u32,
		};
		let (mut longest, mut slowest) = (0, 0.0f64);
		for piece in 0..plan.pieces() as usize {
			let mut output = right.clone();
			let digest = plan.values_len() + 32 * piece;
			let at = if digest < output.len() { digest } else { 0 };
			output[at] ^= 1;
			let context = context(&[0; 32], 1, b"provider");
			let job = Job {
				context,
				input_root: Tree::new(vec![input_leaf(0, &input)]).root(),
				result_root: Tree::new(vec![output_leaf(&context, 0, &input, &output)]).root(),
				items: 1,
				input_bytes: input.len() as u32,
				output_bytes: output.len() as u32,
			};
			let leaf = Leaf {
				index: 0,
				input: input.clone(),
				output,
				input_path: Vec::new(),
				output_path: Vec::new(),
			};
			let proof = cut(&weights, &leaf, usize::MAX).expect("the result was changed");
			assert_eq!(check_piece(&job, &bound, &leaf, &proof), PieceCheck::Wrong);
			longest = longest.max(proof.encoded_size() + leaf.encoded_size());
			slowest = slowest.max(fastest(|| check_piece(&job, &bound, &leaf, &proof)));
		}
		println!(
			"| {name} | {} | {} | {} | {} | {longest} | {:.3} | {} | {:.3} |",
			plan.work(),
			weights.len(),
			plan.pieces(),
			right.len(),
			leaf_seconds * 1e3,
			plan.dearest_piece(),
			slowest * 1e3,
		);
	}
}
