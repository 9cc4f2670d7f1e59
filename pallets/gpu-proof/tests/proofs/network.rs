use crate::support::small_network;
use proptest::prelude::*;
use terminal_gpu_proof::network::*;

fn layer(inputs: u16, outputs: u16, output: Output) -> Layer {
	Layer {
		inputs,
		outputs,
		weights: vec![1; usize::from(inputs) * usize::from(outputs)],
		biases: vec![0; outputs.into()],
		output,
	}
}

const RESCALED: Output = Output::Rescaled {
	multiplier: 1,
	shift: 0,
};

fn one_neuron(weight: i8, bias: i32, output: Output, input: i8) -> Vec<u8> {
	let layer = Layer {
		inputs: 1,
		outputs: 1,
		weights: vec![weight],
		biases: vec![bias],
		output,
	};
	evaluate(&encode(&[layer]), &[input as u8], 4)
}

#[test]
fn sizes_and_work_are_those_of_the_layers() {
	let bytes = encode(&[layer(64, 32, RESCALED), layer(32, 10, Output::Raw)]);
	assert_eq!(bytes.len(), 8 + 2 * 10 + 64 * 32 + 32 * 10 + 4 * (32 + 10));
	let network = Network::parse(&bytes).unwrap();
	assert_eq!(network.input_len(), 64);
	assert_eq!(network.output_len(), 40);
	assert_eq!(network.multiplications(), 64 * 32 + 32 * 10);
	let bytes = encode(&[layer(3, 2, RESCALED)]);
	assert_eq!(Network::parse(&bytes).unwrap().output_len(), 2);
}

#[test]
fn raw_outputs_are_the_sums() {
	assert_eq!(
		one_neuron(-128, 5, Output::Raw, -128),
		16_389i32.to_le_bytes()
	);
	assert_eq!(one_neuron(3, -5, Output::Raw, -2), (-11i32).to_le_bytes());
}

#[test]
fn sums_wrap() {
	assert_eq!(
		one_neuron(1, i32::MAX, Output::Raw, 1),
		i32::MIN.to_le_bytes()
	);
	assert_eq!(
		one_neuron(-1, i32::MIN, Output::Raw, 1),
		i32::MAX.to_le_bytes()
	);
}

#[test]
fn rescaling_rounds_half_up_and_clamps() {
	let halves = Output::Rescaled {
		multiplier: 1,
		shift: 1,
	};
	for (sum, expected) in [
		(0, 0),
		(1, 1),
		(2, 1),
		(3, 2),
		(-1, 0),
		(-3, 0),
		(253, 127),
		(254, 127),
	] {
		assert_eq!(one_neuron(0, sum, halves, 0), [expected], "{sum}");
	}
	let whole = Output::Rescaled {
		multiplier: 1,
		shift: 0,
	};
	for (sum, expected) in [
		(126, 126),
		(127, 127),
		(128, 127),
		(i32::MAX, 127),
		(i32::MIN, 0),
	] {
		assert_eq!(one_neuron(0, sum, whole, 0), [expected], "{sum}");
	}
}

#[test]
fn the_greatest_multiplier_and_shift_do_not_overflow() {
	let extreme = Output::Rescaled {
		multiplier: MAX_MULTIPLIER,
		shift: MAX_SHIFT,
	};
	// (2³¹ − 1)² / 2⁶² rounds to 1.
	assert_eq!(one_neuron(0, i32::MAX, extreme, 0), [1]);
	assert_eq!(one_neuron(0, i32::MIN, extreme, 0), [0]);
	let large = Output::Rescaled {
		multiplier: MAX_MULTIPLIER,
		shift: 0,
	};
	assert_eq!(one_neuron(0, i32::MAX, large, 0), [127]);
	assert_eq!(one_neuron(0, i32::MIN, large, 0), [0]);
}

#[test]
fn every_malformation_has_its_error_and_an_empty_result() {
	let good = small_network();
	assert!(Network::parse(&good).is_ok());
	let with = |at: usize, byte: u8| {
		let mut bytes = good.clone();
		bytes[at] = byte;
		bytes
	};
	let second = 8 + 10 + 24 + 16;
	let raw_first = encode(&[layer(2, 2, Output::Raw), layer(2, 2, Output::Raw)]);
	let too_large = Output::Rescaled {
		multiplier: MAX_MULTIPLIER + 1,
		shift: 0,
	};
	let too_far = Output::Rescaled {
		multiplier: 1,
		shift: MAX_SHIFT + 1,
	};
	let cases = [
		(Vec::new(), FormatError::Magic),
		(b"TCN".to_vec(), FormatError::Magic),
		(with(0, b'X'), FormatError::Magic),
		(with(4, 2), FormatError::Version),
		(with(6, 0), FormatError::NoLayers),
		(with(6, 1), FormatError::TrailingBytes),
		(with(6, 3), FormatError::Flags),
		(with(8, 0), FormatError::EmptyLayer),
		(with(12, 2), FormatError::Flags),
		(with(second + 4, 3), FormatError::Flags),
		(with(second + 5, 1), FormatError::Rescale),
		(with(second + 6, 1), FormatError::Rescale),
		(encode(&[]), FormatError::NoLayers),
		(
			encode(&[layer(2, 3, RESCALED), layer(2, 1, RESCALED)]),
			FormatError::Mismatch,
		),
		(encode(&[layer(0, 3, RESCALED)]), FormatError::EmptyLayer),
		(encode(&[layer(3, 0, RESCALED)]), FormatError::EmptyLayer),
		(encode(&[layer(1, 1, too_large)]), FormatError::Rescale),
		(encode(&[layer(1, 1, too_far)]), FormatError::Rescale),
		(raw_first, FormatError::Flags),
		([&good[..], &[0]].concat(), FormatError::TrailingBytes),
	];
	for (bytes, expected) in cases {
		assert_eq!(Network::parse(&bytes), Err(expected), "{bytes:?}");
		assert!(evaluate(&bytes, &[0; 6], usize::MAX).is_empty());
	}
	for length in 8..good.len() {
		assert_eq!(
			Network::parse(&good[..length]),
			Err(FormatError::Truncated),
			"{length}"
		);
	}
}

#[test]
fn a_wrong_input_length_and_too_long_an_output_give_nothing() {
	let weights = small_network();
	assert_eq!(evaluate(&weights, &[0; 6], 12).len(), 12);
	assert!(evaluate(&weights, &[0; 5], 12).is_empty());
	assert!(evaluate(&weights, &[0; 7], 12).is_empty());
	assert!(evaluate(&weights, &[], 12).is_empty());
	assert!(evaluate(&weights, &[0; 6], 11).is_empty());
}

fn any_network() -> impl Strategy<Value = Vec<Layer>> {
	let rescaled = (0..=MAX_MULTIPLIER, 0..=MAX_SHIFT)
		.prop_map(|(multiplier, shift)| Output::Rescaled { multiplier, shift });
	let widths = prop::collection::vec(1u16..20, 2..5);
	(
		widths,
		prop::collection::vec(rescaled, 4),
		any::<bool>(),
		any::<u64>(),
	)
		.prop_map(|(widths, outputs, raw, seed)| {
			let mut random = crate::support::Random::new(seed);
			let mut layers: Vec<_> = widths
				.windows(2)
				.zip(outputs)
				.map(|(pair, output)| {
					let count = usize::from(pair[0]) * usize::from(pair[1]);
					let weights = random.bytes(count).iter().map(|byte| *byte as i8).collect();
					let biases = random
						.bytes(usize::from(pair[1]) * 4)
						.chunks(4)
						.map(|bytes| i32::from_le_bytes(bytes.try_into().unwrap()) >> (seed % 24))
						.collect();
					Layer {
						inputs: pair[0],
						outputs: pair[1],
						weights,
						biases,
						output,
					}
				})
				.collect();
			if let (true, Some(last)) = (raw, layers.last_mut()) {
				last.output = Output::Raw;
			}
			layers
		})
}

/// The documented formulas in `i128`, without any care for speed.
fn plain(layers: &[Layer], input: &[u8]) -> Vec<u8> {
	let mut values: Vec<i128> = input.iter().map(|byte| i128::from(*byte as i8)).collect();
	let mut bytes = Vec::new();
	for layer in layers {
		bytes.clear();
		let mut next = Vec::new();
		for (row, bias) in layer.weights.chunks(layer.inputs.into()).zip(&layer.biases) {
			let sum: i128 = row
				.iter()
				.zip(&values)
				.map(|(w, x)| i128::from(*w) * x)
				.sum();
			let sum = (sum + i128::from(*bias)) as i32;
			match layer.output {
				Output::Raw => bytes.extend(sum.to_le_bytes()),
				Output::Rescaled { multiplier, shift } => {
					let half = if shift == 0 { 0 } else { 1i128 << (shift - 1) };
					let y = (i128::from(sum) * i128::from(multiplier) + half) >> shift;
					next.push(y.clamp(0, 127));
					bytes.push(y.clamp(0, 127) as u8);
				},
			}
		}
		values = next;
	}
	bytes
}

proptest! {
	#[test]
	fn evaluation_follows_the_documented_formulas(layers in any_network(), seed in any::<u64>()) {
		let bytes = encode(&layers);
		let network = Network::parse(&bytes).unwrap();
		let input = crate::support::Random::new(seed).bytes(network.input_len());
		let output = evaluate(&bytes, &input, usize::MAX);
		prop_assert_eq!(output.len(), network.output_len());
		prop_assert_eq!(output, plain(&layers, &input));
	}

	#[test]
	fn evaluation_is_total(
		bytes in prop::collection::vec(any::<u8>(), 0..200),
		input in prop::collection::vec(any::<u8>(), 0..20), limit in 0usize..100,
	) {
		prop_assert!(evaluate(&bytes, &input, limit).len() <= limit);
		let headed = [&b"TCNN\x01\x00"[..], &bytes].concat();
		prop_assert!(evaluate(&headed, &input, limit).len() <= limit);
	}

	#[test]
	fn evaluation_of_a_damaged_network_is_total(
		layers in any_network(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
	) {
		let mut bytes = encode(&layers);
		let input = vec![1; layers[0].inputs.into()];
		let at = at.index(bytes.len());
		bytes[at] = byte;
		evaluate(&bytes, &input, usize::MAX);
	}
}
