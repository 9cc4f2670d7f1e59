//! Layered networks: what they compute, told a second time; what a piece proves, and what it cannot.

use crate::support::{flip_bit, Random};
use codec::{Decode, Encode};
use proptest::prelude::*;
use terminal_gpu_proof::{
	layered::*,
	merkle::{range_root, Tree},
	result::{chunk_leaf, context, input_leaf, output_leaf, weights_root, Job, Leaf, LeafCheck},
	runner::Runner,
};

/// A job of one item over a network, with any result committed.
struct Committed {
	bytes: Vec<u8>,
	job: Job,
	leaf: Leaf,
	weights: Weights,
}

impl Committed {
	fn new(bytes: Vec<u8>, input: &[u8], output: Vec<u8>) -> Self {
		let context = context(&[1; 32], 42, b"provider");
		let job = Job {
			context,
			input_root: Tree::new(vec![input_leaf(0, input)]).root(),
			result_root: Tree::new(vec![output_leaf(&context, 0, input, &output)]).root(),
			items: 1,
			input_bytes: input.len() as u32,
			output_bytes: LIMIT as u32,
		};
		let leaf = Leaf {
			index: 0,
			input: input.to_vec(),
			output,
			input_path: Vec::new(),
			output_path: Vec::new(),
		};
		let weights = Weights {
			root: weights_root(&bytes),
			bytes: bytes.len() as u32,
		};
		Committed {
			bytes,
			job,
			leaf,
			weights,
		}
	}

	fn check(&self, proof: &PieceProof) -> PieceCheck {
		check_piece(&self.job, &self.weights, &self.leaf, proof)
	}

	fn cut(&self) -> Option<PieceProof> {
		cut(&self.bytes, &self.leaf, LIMIT)
	}
}

const LIMIT: usize = 1 << 20;

// --- networks at random ------------------------------------------------------------------------

type Input = (u8, u8, u16);

fn some_rescale(random: &mut Random) -> Rescale {
	Rescale {
		multiplier: random.below(1 << 31) as u32,
		shift: 20 + random.below(22) as u8,
	}
}

fn some_output(random: &mut Random, last: bool) -> Output {
	match random.below(if last { 3 } else { 2 }) {
		0 => Output::Positive(some_rescale(random)),
		1 => Output::Signed(some_rescale(random)),
		_ => Output::Raw,
	}
}

fn side(length: u32, kernel: u8, stride: u8, padding: u8) -> u32 {
	(length + 2 * u32::from(padding) - u32::from(kernel)) / u32::from(stride) + 1
}

/// A network of one to five layers over a small image, and what it takes.
fn some_network(random: &mut Random) -> (Input, Vec<Layer>) {
	let input = (
		1 + random.below(5) as u8,
		1 + random.below(5) as u8,
		[1, 2, 3, 6][random.below(4)],
	);
	let (mut height, mut width, mut channels) =
		(u32::from(input.0), u32::from(input.1), u32::from(input.2));
	let count = 1 + random.below(5);
	let mut layers = Vec::new();
	for number in 1..=count {
		let last = number == count;
		let kernel = (
			1 + random.below(height.min(3) as usize) as u8,
			1 + random.below(width.min(3) as usize) as u8,
		);
		let stride = 1 + random.below(2) as u8;
		let mut rows = Vec::new();
		let kind = match random.below(5) {
			0 => Kind::Greatest { kernel, stride },
			1 => Kind::Sum {
				kernel,
				stride,
				output: some_output(random, last),
			},
			2 if channels % 3 == 0 => {
				let heads = 1 + random.below(channels as usize / 3) as u8;
				let heads = if channels / 3 % u32::from(heads) == 0 {
					heads
				} else {
					1
				};
				Kind::Attention {
					heads,
					scores: some_rescale(random),
				}
			},
			_ => {
				let padding = random.below(kernel.0.min(kernel.1).into()) as u8;
				let outputs = [1, 2, 3, 6, 12][random.below(5)];
				let row = usize::from(kernel.0) * usize::from(kernel.1) * channels as usize;
				for _ in 0..outputs {
					let bias = random.below(1 << 16) as i32 - (1 << 15);
					let weights = random.bytes(row).iter().map(|byte| *byte as i8).collect();
					rows.push((bias, weights));
				}
				Kind::Convolution {
					kernel,
					stride,
					padding,
					channels: outputs,
					output: some_output(random, last),
				}
			},
		};
		let padding = match kind {
			Kind::Convolution { padding, .. } => padding,
			_ => 0,
		};
		match kind {
			Kind::Attention { .. } => channels /= 3,
			_ => {
				height = side(height, kernel.0, stride, padding);
				width = side(width, kernel.1, stride, padding);
				if let Kind::Convolution { channels: to, .. } = kind {
					channels = to.into();
				}
			},
		}
		let positions = (height * width) as usize;
		let cut = match (rows.is_empty(), random.below(2)) {
			(false, 0) => {
				let divisors: Vec<_> = (1..=channels).filter(|cut| channels % cut == 0).collect();
				divisors[random.below(divisors.len())]
			},
			_ => channels * (1 + random.below(positions) as u32),
		};
		layers.push(Layer {
			kind,
			cut: cut as u16,
			rows,
		});
	}
	(input, layers)
}

/// Networks whose pieces are few enough.
fn fitting_network(random: &mut Random) -> (Input, Vec<Layer>, Vec<u8>) {
	loop {
		let (input, layers) = some_network(random);
		let bytes = encode(input, &layers);
		match Plan::parse(&bytes, bytes.len() as u32) {
			Ok(_) => return (input, layers, bytes),
			Err(FormatError::TooLarge) => continue,
			Err(error) => panic!("{error:?}: {layers:?}"),
		}
	}
}

fn input_for(random: &mut Random, input: Input) -> Vec<u8> {
	random.bytes(usize::from(input.0) * usize::from(input.1) * usize::from(input.2))
}

// --- the same a second time, without care for speed ----------------------------------------------

/// Values by row, column and channel.
struct Image {
	height: i64,
	width: i64,
	channels: i64,
	values: Vec<i64>,
}

impl Image {
	fn at(&self, y: i64, x: i64, c: i64) -> i64 {
		let inside = (0..self.height).contains(&y) && (0..self.width).contains(&x);
		if !inside {
			return 0;
		}
		self.values[((y * self.width + x) * self.channels + c) as usize]
	}
}

fn rescale_plainly(sum: i64, by: Rescale) -> i64 {
	let half = if by.shift == 0 {
		0
	} else {
		1i128 << (by.shift - 1)
	};
	((i128::from(sum) * i128::from(by.multiplier) + half) >> by.shift) as i64
}

fn finish_plainly(sum: i64, output: Output) -> i64 {
	let sum = i64::from(sum as i32);
	match output {
		Output::Raw => sum,
		Output::Positive(by) => rescale_plainly(sum, by).clamp(0, 127),
		Output::Signed(by) => rescale_plainly(sum, by).clamp(-128, 127),
	}
}

/// The values after each layer.
fn plainly(input: Input, layers: &[Layer], bytes: &[u8]) -> Vec<Image> {
	let mut all = vec![Image {
		height: input.0.into(),
		width: input.1.into(),
		channels: input.2.into(),
		values: bytes.iter().map(|byte| i64::from(*byte as i8)).collect(),
	}];
	for layer in layers {
		let before = all.last().unwrap();
		let (kernel, stride, padding) = match layer.kind {
			Kind::Convolution {
				kernel,
				stride,
				padding,
				..
			} => (kernel, stride, padding),
			Kind::Greatest { kernel, stride } | Kind::Sum { kernel, stride, .. } => {
				(kernel, stride, 0)
			},
			Kind::Attention { .. } => ((1, 1), 1, 0),
		};
		let (tall, wide) = (i64::from(kernel.0), i64::from(kernel.1));
		let (stride, padding) = (i64::from(stride), i64::from(padding));
		let height = (before.height + 2 * padding - tall) / stride + 1;
		let width = (before.width + 2 * padding - wide) / stride + 1;
		let channels = match layer.kind {
			Kind::Convolution { channels, .. } => channels.into(),
			Kind::Attention { .. } => before.channels / 3,
			_ => before.channels,
		};
		let mut values = Vec::new();
		for y in 0..height {
			for x in 0..width {
				for c in 0..channels {
					let mut window = Vec::new();
					for i in 0..tall {
						for j in 0..wide {
							window.push((y * stride - padding + i, x * stride - padding + j));
						}
					}
					values.push(match layer.kind {
						Kind::Convolution { output, .. } => {
							let (bias, weights) = &layer.rows[c as usize];
							let mut sum = i64::from(*bias);
							let mut weights = weights.iter();
							for (i, j) in window {
								for from in 0..before.channels {
									sum +=
										i64::from(*weights.next().unwrap()) * before.at(i, j, from);
								}
							}
							finish_plainly(sum, output)
						},
						Kind::Greatest { .. } => window
							.iter()
							.map(|(i, j)| before.at(*i, *j, c))
							.max()
							.unwrap(),
						Kind::Sum { output, .. } => finish_plainly(
							window.iter().map(|(i, j)| before.at(*i, *j, c)).sum(),
							output,
						),
						Kind::Attention { heads, scores } => {
							attend_plainly(before, heads.into(), scores, (y, x, c))
						},
					});
				}
			}
		}
		all.push(Image {
			height,
			width,
			channels,
			values,
		});
	}
	all
}

fn attend_plainly(before: &Image, heads: i64, rescale: Rescale, (y, x, c): (i64, i64, i64)) -> i64 {
	let channels = before.channels / 3;
	let width = channels / heads;
	let head = c / width;
	let others: Vec<_> = (0..before.height)
		.flat_map(|y| (0..before.width).map(move |x| (y, x)))
		.collect();
	let scores: Vec<i64> = others
		.iter()
		.map(|(i, j)| {
			let of_head = head * width..(head + 1) * width;
			let products = of_head.map(|c| before.at(y, x, c) * before.at(*i, *j, channels + c));
			rescale_plainly(products.sum(), rescale).clamp(-128, 127)
		})
		.collect();
	let greatest = *scores.iter().max().unwrap();
	let (mut sum, mut total) = (0i64, 0i64);
	for ((i, j), score) in others.iter().zip(scores) {
		let distance = greatest - score;
		let sixteenth = (65_536.0 * 2f64.powf(-((distance % 16) as f64) / 16.0)).round() as i64;
		let share = sixteenth >> (distance / 16);
		sum += share * before.at(*i, *j, 2 * channels + c);
		total += share;
	}
	(sum as f64 / total as f64 + 0.5).floor() as i64
}

/// The bytes of values, as wide as the layer's output.
fn bytes_of(image: &Image, layer: &Layer) -> Vec<u8> {
	let raw = matches!(
		layer.kind,
		Kind::Convolution {
			output: Output::Raw,
			..
		} | Kind::Sum {
			output: Output::Raw,
			..
		}
	);
	let values = image.values.iter();
	if raw {
		values
			.flat_map(|value| (*value as i32).to_le_bytes())
			.collect()
	} else {
		values.map(|value| *value as u8).collect()
	}
}

fn result_plainly(input: Input, layers: &[Layer], bytes: &[u8]) -> Vec<u8> {
	let images = plainly(input, layers, bytes);
	let last = layers.len() - 1;
	let mut result = bytes_of(&images[last + 1], &layers[last]);
	let mut number = 0u32;
	for (layer, image) in layers[..last].iter().zip(&images[1..]) {
		for piece in bytes_of(image, layer).chunks(layer.cut.into()) {
			result.extend(terminal_gpu_proof::hash::blake2_256(&[
				&[0],
				b"tct/piece",
				&number.to_le_bytes(),
				&(piece.len() as u32).to_le_bytes(),
				piece,
			]));
			number += 1;
		}
	}
	result
}

proptest! {
	#[test]
	fn evaluation_follows_the_documented_formulas(seed in any::<u64>()) {
		let mut random = Random::new(seed);
		let (shape, layers, bytes) = fitting_network(&mut random);
		let input = input_for(&mut random, shape);
		let result = evaluate(&bytes, &input, LIMIT);
		let plan = Plan::parse(&bytes, bytes.len() as u32).unwrap();
		prop_assert_eq!(result.len(), plan.result_len());
		prop_assert!(plan.dearest_piece() <= plan.work().max(MAX_PIECE_WORK));
		prop_assert_eq!(result, result_plainly(shape, &layers, &input), "{:?}", layers);
	}

	/// Any result that is not the right one is refuted by one piece, of bounded size; the right one by
	/// none.
	#[test]
	fn every_corruption_of_a_result_has_a_proof(seed in any::<u64>()) {
		let mut random = Random::new(seed);
		let (shape, _, bytes) = fitting_network(&mut random);
		let input = input_for(&mut random, shape);
		let right = evaluate(&bytes, &input, LIMIT);
		let honest = Committed::new(bytes.clone(), &input, right.clone());
		prop_assert_eq!(honest.cut(), None);
		for _ in 0..8 {
			let mut wrong = right.clone();
			match random.below(4) {
				0 => wrong.truncate(random.below(right.len())),
				1 => wrong.push(0),
				_ => for _ in 0..=random.below(3) { flip_bit(&mut wrong, &mut random) },
			}
			if wrong == right {
				continue;
			}
			let cheat = Committed::new(bytes.clone(), &input, wrong);
			prop_assert_eq!(check(&cheat.job, &bytes, &cheat.leaf), LeafCheck::WrongOutput);
			let proof = cheat.cut().unwrap();
			prop_assert_eq!(cheat.check(&proof), PieceCheck::Wrong);
			prop_assert!(proof.encoded_size() <= PieceProof::encoded_bound(cheat.weights.bytes));
			prop_assert_eq!(PieceProof::decode(&mut &proof.encode()[..]), Ok(proof.clone()));
			// The same proof about the right result refutes nothing.
			prop_assert_ne!(honest.check(&proof), PieceCheck::Wrong);
		}
	}

	/// A wrong value in the middle, hashed and carried on as a careful cheat would.
	#[test]
	fn a_consistent_lie_has_a_proof_where_it_begins(seed in any::<u64>()) {
		let mut random = Random::new(seed);
		let (shape, _, bytes) = fitting_network(&mut random);
		let input = input_for(&mut random, shape);
		let mut other = input.clone();
		flip_bit(&mut other, &mut random);
		let (right, lie) = (evaluate(&bytes, &input, LIMIT), evaluate(&bytes, &other, LIMIT));
		let cheat = Committed::new(bytes, &input, lie.clone());
		let proof = cheat.cut();
		prop_assert_eq!(proof.is_some(), right != lie);
		if let Some(proof) = proof {
			prop_assert_eq!(cheat.check(&proof), PieceCheck::Wrong);
		}
	}

	#[test]
	fn a_range_leads_to_the_root(count in 1u32..70, first in any::<u32>(), most in 1u32..70) {
		let leaves: Vec<_> = (0..count).map(|index| chunk_leaf(index, &[7])).collect();
		let tree = Tree::new(leaves.clone());
		let first = first % count;
		let taken = most.min(count - first);
		let path = tree.range_path(first, taken).unwrap();
		let range = &leaves[first as usize..][..taken as usize];
		prop_assert_eq!(range_root(count, first, range, &path), Some(tree.root()));
		prop_assert_ne!(range_root(count, first + 1, range, &path), Some(tree.root()));
		prop_assert_ne!(range_root(count + 1, first, range, &path), Some(tree.root()));
		prop_assert_eq!(range_root(count, first, range, &[&path[..], &[[0; 32]]].concat()), None);
		if !path.is_empty() {
			prop_assert_eq!(range_root(count, first, range, &path[1..]), None);
		}
		prop_assert_eq!(range_root(count, first, &[], &path), None);
		prop_assert_eq!(tree.range_path(first, count - first + 1), None);
		prop_assert_eq!(tree.range_path(first, 0), None);
	}

	#[test]
	fn nothing_that_comes_from_outside_panics(
		noise in prop::collection::vec(any::<u8>(), 0..300), seed in any::<u64>(),
	) {
		let mut random = Random::new(seed);
		let (shape, _, bytes) = fitting_network(&mut random);
		let input = input_for(&mut random, shape);
		let mut damaged = bytes.clone();
		for _ in 0..=random.below(4) {
			// Mostly the header.
			let at = random.below(damaged.len().min(60));
			damaged[at] = random.below(256) as u8;
		}
		let headed = [&b"TCNN\x02\x00\x01\x00"[..], &noise].concat();
		for weights in [&noise, &headed, &damaged, &damaged[..random.below(damaged.len())].to_vec()] {
			let result = evaluate(weights, &input, LIMIT);
			prop_assert!(evaluate(weights, &noise, 64).len() <= 64);
			let honest = Committed::new(weights.clone(), &input, result);
			prop_assert_eq!(honest.cut(), None);
			let cheat = Committed::new(weights.clone(), &input, noise.clone());
			if cheat.leaf.output != honest.leaf.output {
				let proof = cheat.cut().unwrap();
				prop_assert_eq!(cheat.check(&proof), PieceCheck::Wrong);
				prop_assert_ne!(honest.check(&proof), PieceCheck::Wrong);
			}
			if let Ok(proof) = PieceProof::decode(&mut &noise[..]) {
				prop_assert_ne!(honest.check(&proof), PieceCheck::Wrong);
			}
		}
	}
}

// --- an honest result cannot be refuted ------------------------------------------------------------

/// A proof of any piece of an honest result, as far as it can be shown.
fn honest_proof(honest: &Committed, random: &mut Random) -> PieceProof {
	let plan = Plan::parse(&honest.bytes, honest.weights.bytes).unwrap();
	// What a cheat that got this piece wrong would be shown.
	let mut wrong = honest.leaf.output.clone();
	let piece = random.below(plan.pieces() as usize);
	let digests = plan.values_len() + 32 * piece;
	let at = if digests < wrong.len() {
		digests
	} else {
		random.below(plan.values_len())
	};
	wrong[at] ^= 1;
	let cheat = Committed::new(honest.bytes.clone(), &honest.leaf.input, wrong);
	let proof = cheat.cut().unwrap();
	assert_eq!(cheat.check(&proof), PieceCheck::Wrong);
	assert_eq!(honest.check(&proof), PieceCheck::Correct);
	proof
}

#[test]
fn no_corrupted_proof_refutes_an_honest_result() {
	let mut random = Random::new(8);
	let mut found = [0u32; 5];
	for _ in 0..1_000 {
		let (shape, _, bytes) = fitting_network(&mut random);
		let input = input_for(&mut random, shape);
		let result = evaluate(&bytes, &input, LIMIT);
		let honest = Committed::new(bytes, &input, result);
		let right = honest_proof(&honest, &mut random);
		for _ in 0..100 {
			let mut proof = right.clone();
			let mut leaf = honest.leaf.clone();
			match random.below(10) {
				0 => proof.piece ^= random.flip(),
				1 => proof.piece = random.below(300) as u32,
				2 => flip_bit(&mut proof.header.bytes, &mut random),
				3 if !proof.before.is_empty() => flip_bit(&mut proof.before, &mut random),
				4 if !proof.rows.bytes.is_empty() => flip_bit(&mut proof.rows.bytes, &mut random),
				5 => proof.before = random.bytes(10),
				6 => proof.rows.path.push(random.hash()),
				7 => proof.header.path.push(random.hash()),
				8 if !leaf.output.is_empty() => flip_bit(&mut leaf.output, &mut random),
				_ => proof.rows.bytes.push(random.below(256) as u8),
			}
			let check = check_piece(&honest.job, &honest.weights, &leaf, &proof);
			assert_ne!(check, PieceCheck::Wrong, "{proof:?}");
			found[check as usize] += 1;
		}
	}
	// Each way to be refused is met: Correct, NotCommitted, WrongWeights, NotShown.
	assert_eq!(found[PieceCheck::Wrong as usize], 0);
	assert!(
		found.iter().filter(|count| **count > 100).count() >= 4,
		"{found:?}"
	);
}

// --- bounds, by hand -------------------------------------------------------------------------------

const PLAIN: Rescale = Rescale {
	multiplier: 1,
	shift: 0,
};

fn dense(inputs: (u8, u8, u16), outputs: u16, cut: u16) -> Layer {
	let row = usize::from(inputs.0) * usize::from(inputs.1) * usize::from(inputs.2);
	Layer {
		kind: Kind::Convolution {
			kernel: (inputs.0, inputs.1),
			stride: 1,
			padding: 0,
			channels: outputs,
			output: Output::Positive(PLAIN),
		},
		cut,
		rows: vec![(0, vec![1; row]); outputs.into()],
	}
}

fn refused(input: Input, layers: &[Layer]) -> FormatError {
	let bytes = encode(input, layers);
	let error = Plan::parse(&bytes, bytes.len() as u32).unwrap_err();
	assert!(evaluate(&bytes, &[0; 4], LIMIT).is_empty());
	error
}

#[test]
fn what_is_above_a_bound_is_no_network() {
	let small = (2, 2, 1);
	let of_kind = |kind| {
		vec![Layer {
			kind,
			cut: 1,
			rows: Vec::new(),
		}]
	};
	let greatest = |tall, wide, stride| {
		of_kind(Kind::Greatest {
			kernel: (tall, wide),
			stride,
		})
	};
	let attention = |heads| {
		of_kind(Kind::Attention {
			heads,
			scores: PLAIN,
		})
	};
	let mut padded = dense(small, 1, 1);
	padded.kind = Kind::Convolution {
		kernel: (2, 2),
		stride: 1,
		padding: 2,
		channels: 1,
		output: Output::Raw,
	};
	let far = Rescale {
		multiplier: 1,
		shift: 63,
	};
	let sum = |output| {
		of_kind(Kind::Sum {
			kernel: (1, 1),
			stride: 1,
			output,
		})
	};
	let raw_first = [sum(Output::Raw), sum(Output::Raw)].concat();
	for (error, input, layers) in [
		(FormatError::Layers, small, vec![]),
		(FormatError::Layers, small, vec![dense((1, 1, 1), 1, 1); 33]),
		(FormatError::Geometry, (0, 2, 1), vec![dense(small, 1, 1)]),
		(FormatError::Geometry, (255, 255, 1), greatest(1, 1, 1)),
		(FormatError::Geometry, small, greatest(3, 1, 1)),
		(FormatError::Geometry, small, greatest(0, 1, 1)),
		(FormatError::Geometry, small, greatest(1, 1, 0)),
		(FormatError::Geometry, small, attention(1)),
		(FormatError::Geometry, (1, 1, 6), attention(0)),
		(FormatError::Geometry, (1, 1, 9), attention(2)),
		(FormatError::Geometry, small, vec![padded]),
		(FormatError::Cut, small, vec![dense(small, 4, 0)]),
		(FormatError::Cut, small, vec![dense(small, 4, 3)]),
		(FormatError::Cut, small, vec![dense(small, 4, 8)]),
		(FormatError::Cut, (1, 1, 6), attention(1)),
		(FormatError::Rescale, small, sum(Output::Signed(far))),
		(FormatError::Field, small, raw_first),
		// A piece of more weights, of more work, more pieces, more values.
		(
			FormatError::TooLarge,
			(8, 8, 16),
			vec![dense((8, 8, 16), 20, 20)],
		),
		(
			FormatError::TooLarge,
			(1, 1, 4),
			vec![dense((1, 1, 4), 257, 1)],
		),
		(
			FormatError::TooLarge,
			(1, 1, 1),
			vec![dense((1, 1, 1), 16_385, 16_385)],
		),
	] {
		assert_eq!(refused(input, &layers), error, "{input:?} {layers:?}");
	}
	let good = encode(small, &[dense(small, 1, 1)]);
	assert!(Plan::parse(&good, good.len() as u32).is_ok());
	assert_eq!(
		Plan::parse(&good, good.len() as u32 + 1),
		Err(FormatError::Length)
	);
	assert_eq!(Plan::parse(&good[..27], 27), Err(FormatError::Truncated));
	assert_eq!(Plan::parse(b"TCNN\x01\x00", 6), Err(FormatError::Version));
	assert_eq!(Plan::parse(b"TCN", 3), Err(FormatError::Magic));
	assert!(terminal_gpu_proof::network::evaluate(&good, &[0; 4], 99).is_empty());
}

/// 2¹⁸ of work in a piece, and what is one above it.
#[test]
fn work_is_bounded_per_piece_and_in_all() {
	let convolution = |side: u8, channels: u16, cut: u16| Layer {
		kind: Kind::Convolution {
			kernel: (3, 3),
			stride: 1,
			padding: 1,
			channels,
			output: Output::Positive(PLAIN),
		},
		cut,
		rows: vec![(0, vec![0; 9 * usize::from(side)]); channels.into()],
	};
	// 16 × 16 × 16 → 16: 3 × (3 × 16 + 16) + 16 = 208 a value, 851,968 in all.
	let layer = convolution(16, 16, 1_248);
	let bytes = encode((16, 16, 16), &[layer]);
	let plan = Plan::parse(&bytes, bytes.len() as u32).unwrap();
	assert_eq!(
		(plan.work(), plan.dearest_piece(), plan.pieces()),
		(851_968, 259_584, 4)
	);
	assert_eq!(
		refused((16, 16, 16), &[convolution(16, 16, 1_264)]),
		FormatError::TooLarge
	);
	let five = vec![convolution(16, 16, 1_024); 5];
	assert_eq!(refused((16, 16, 16), &five), FormatError::TooLarge);
	let four = encode((16, 16, 16), &five[..4]);
	let plan = Plan::parse(&four, four.len() as u32).unwrap();
	assert_eq!(
		(plan.work(), plan.pieces(), plan.result_len()),
		(3_407_872, 16, 4_096 + 12 * 32)
	);
}

/// Two tokens, one head: the shares are 2¹⁶ and 2¹⁵, so the mean of 30 and 3 is 21.
#[test]
fn attention_is_the_mean_by_shares() {
	let layer = Layer {
		kind: Kind::Attention {
			heads: 1,
			scores: PLAIN,
		},
		cut: 1,
		rows: Vec::new(),
	};
	// (q, k, v) per token: scores of token 0 are 1 · 20 and 1 · 4, sixteen apart.
	let input = [1, 20, 30, 0, 4, 3];
	let result = evaluate(&encode((2, 1, 3), &[layer]), &input, 2);
	// Token 1 asks nothing: (30 + 3) / 2, half up.
	assert_eq!(result, [21, 17]);
}

#[test]
fn a_runner_is_what_its_number_says() {
	let weights = encode((2, 2, 1), &[dense((2, 2, 1), 1, 1)]);
	let small = crate::support::small_network();
	for (number, weights, input) in [(1, &small, vec![0; 6]), (2, &weights, vec![0; 4])] {
		let runner = Runner::of(number).unwrap();
		assert_eq!(runner.number(), number);
		assert!(!runner.evaluate(weights, &input, 99).is_empty());
		let other = Runner::of(3 - number).unwrap();
		assert!(other.evaluate(weights, &input, 99).is_empty());
	}
	assert_eq!((Runner::of(0), Runner::of(3)), (None, None));
}
