//! Integer networks (runner `integer-network`, version 1): the same bytes in, the same bytes out,
//! on every machine.
//!
//! # Format
//!
//! Integers are little-endian, nothing is aligned, nothing may follow the last layer.
//!
//! ```text
//! magic       4  "TCNN"
//! version   u16  1
//! layers    u16  at least 1
//! then per layer
//!   inputs      u16  at least 1; equal to the outputs of the layer before
//!   outputs     u16  at least 1
//!   flags        u8  bit 0: raw (last layer only); the other bits 0
//!   shift        u8  at most 62; 0 if raw
//!   multiplier  u32  at most 2³¹ − 1; 0 if raw
//!   weights   outputs × inputs bytes, int8, row-major: one row per output
//!   biases    outputs × int32
//! ```
//!
//! # Evaluation
//!
//! The input is one int8 per byte, as many as the first layer has inputs. Per layer and output `o`:
//!
//! ```text
//! acc = biases[o] + Σ weights[o][i] · x[i]          modulo 2³², read as int32
//! raw:      the output is acc, 4 bytes
//! rescaled: y = (acc · multiplier + half) >> shift  exact in int64, arithmetic shift,
//!           half = 2^(shift − 1), or 0 if shift is 0
//!           the output is min(max(y, 0), 127), 1 byte: ReLU and saturation in one
//! ```
//!
//! The rescale is the fixed-point requantisation of B. Jacob et al., "Quantization and Training of
//! Neural Networks for Efficient Integer-Arithmetic-Only Inference" (2018), with plain
//! round-half-up: |acc · multiplier| < 2⁶² and half ≤ 2⁶¹, so int64 never overflows.
//!
//! Evaluation is total: bytes that are no network, an input of another length and an output above
//! the limit all give the empty output. Its work is linear in the length of the weights.

use alloc::{borrow::ToOwned, vec::Vec};

/// What every network begins with.
pub const MAGIC: [u8; 4] = *b"TCNN";
/// The version of format and evaluation described here.
pub const VERSION: u16 = 1;
/// The greatest `shift`.
pub const MAX_SHIFT: u8 = 62;
/// The greatest `multiplier`.
pub const MAX_MULTIPLIER: u32 = i32::MAX as u32;

const FLAG_RAW: u8 = 1;

/// Why bytes are no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatError {
	/// They do not begin with [`MAGIC`].
	Magic,
	/// They are of a version that is not known here.
	Version,
	/// They end too early.
	Truncated,
	/// Something follows the last layer.
	TrailingBytes,
	/// There is no layer.
	NoLayers,
	/// A layer has no inputs or no outputs.
	EmptyLayer,
	/// A layer does not take as many inputs as the layer before it gives.
	Mismatch,
	/// A flag is set that has no meaning, or a layer before the last one is raw.
	Flags,
	/// Multiplier or shift is too large, or not zero on a raw layer.
	Rescale,
}

/// What a layer makes of its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
	/// The sums themselves, int32. Only the last layer's.
	Raw,
	/// `(acc · multiplier + half) >> shift`, clamped to 0..=127, int8.
	Rescaled {
		/// At most [`MAX_MULTIPLIER`].
		multiplier: u32,
		/// At most [`MAX_SHIFT`].
		shift: u8,
	},
}

/// A layer to be encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
	/// Number of inputs.
	pub inputs: u16,
	/// Number of outputs.
	pub outputs: u16,
	/// `outputs × inputs`, one row per output.
	pub weights: Vec<i8>,
	/// One per output.
	pub biases: Vec<i32>,
	/// What becomes of the sums.
	pub output: Output,
}

/// The bytes of a network. What is given is written as it is: whether it is a network says
/// [`Network::parse`].
pub fn encode(layers: &[Layer]) -> Vec<u8> {
	let mut out = MAGIC.to_vec();
	out.extend_from_slice(&VERSION.to_le_bytes());
	let count = u16::try_from(layers.len()).unwrap_or(u16::MAX);
	out.extend_from_slice(&count.to_le_bytes());
	for layer in layers {
		let (flags, shift, multiplier) = match layer.output {
			Output::Raw => (FLAG_RAW, 0, 0),
			Output::Rescaled { multiplier, shift } => (0, shift, multiplier),
		};
		out.extend_from_slice(&layer.inputs.to_le_bytes());
		out.extend_from_slice(&layer.outputs.to_le_bytes());
		out.extend_from_slice(&[flags, shift]);
		out.extend_from_slice(&multiplier.to_le_bytes());
		out.extend(layer.weights.iter().map(|weight| *weight as u8));
		out.extend(layer.biases.iter().flat_map(|bias| bias.to_le_bytes()));
	}
	out
}

/// What the network of `weights` makes of `input`. Every byte string has a result: the empty one
/// if `weights` is no network, `input` has another length than it takes, or the output would be
/// longer than `output_limit` bytes.
pub fn evaluate(weights: &[u8], input: &[u8], output_limit: usize) -> Vec<u8> {
	match Network::parse(weights) {
		Ok(network) => network.evaluate(input, output_limit),
		Err(_) => Vec::new(),
	}
}

/// A checked network, borrowed from its bytes. Parse once to evaluate many inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network<'a> {
	layers: Vec<View<'a>>,
}

impl<'a> Network<'a> {
	/// Check the bytes of a network.
	pub fn parse(bytes: &'a [u8]) -> Result<Self, FormatError> {
		let mut reader = Reader(bytes);
		if reader.array::<4>().map_err(|_| FormatError::Magic)? != MAGIC {
			return Err(FormatError::Magic);
		}
		if reader.u16()? != VERSION {
			return Err(FormatError::Version);
		}
		let count = reader.u16()?;
		if count == 0 {
			return Err(FormatError::NoLayers);
		}
		let mut layers: Vec<View<'a>> = Vec::new();
		for number in 1..=count {
			let layer = View::read(&mut reader, number == count)?;
			if layers
				.last()
				.is_some_and(|before| before.outputs != layer.inputs)
			{
				return Err(FormatError::Mismatch);
			}
			layers.push(layer);
		}
		if !reader.0.is_empty() {
			return Err(FormatError::TrailingBytes);
		}
		Ok(Network { layers })
	}

	/// Multiplications of weights per evaluation: Σ inputs × outputs.
	pub fn multiplications(&self) -> u64 {
		self.layers.iter().fold(0, |sum, layer| {
			sum.saturating_add(u64::from(layer.inputs).saturating_mul(u64::from(layer.outputs)))
		})
	}

	/// Bytes of an input.
	pub fn input_len(&self) -> usize {
		self.layers.first().map_or(0, |layer| layer.inputs.into())
	}

	/// Bytes of an output.
	pub fn output_len(&self) -> usize {
		self.layers.last().map_or(0, |layer| match layer.output {
			Output::Raw => usize::from(layer.outputs).saturating_mul(4),
			Output::Rescaled { .. } => layer.outputs.into(),
		})
	}

	/// As the function [`evaluate`], without parsing again.
	pub fn evaluate(&self, input: &[u8], output_limit: usize) -> Vec<u8> {
		if input.len() != self.input_len() || self.output_len() > output_limit {
			return Vec::new();
		}
		let mut values = input.to_owned();
		for layer in &self.layers {
			values = layer.evaluate(&values);
		}
		values
	}
}

/// One layer of a checked network.
#[derive(Clone, Debug, PartialEq, Eq)]
struct View<'a> {
	inputs: u16,
	outputs: u16,
	output: Output,
	/// `outputs × inputs` bytes.
	weights: &'a [u8],
	/// `outputs` of 4 bytes each.
	biases: &'a [[u8; 4]],
}

impl<'a> View<'a> {
	fn read(reader: &mut Reader<'a>, last: bool) -> Result<Self, FormatError> {
		let (inputs, outputs) = (reader.u16()?, reader.u16()?);
		let [flags, shift] = reader.array()?;
		let multiplier = u32::from_le_bytes(reader.array()?);
		if inputs == 0 || outputs == 0 {
			return Err(FormatError::EmptyLayer);
		}
		let output = match (flags, last) {
			(FLAG_RAW, true) if (multiplier, shift) == (0, 0) => Output::Raw,
			(FLAG_RAW, true) => return Err(FormatError::Rescale),
			(0, _) if multiplier <= MAX_MULTIPLIER && shift <= MAX_SHIFT => {
				Output::Rescaled { multiplier, shift }
			},
			(0, _) => return Err(FormatError::Rescale),
			_ => return Err(FormatError::Flags),
		};
		// Both factors are below 2¹⁶, so the product fits 32 bits.
		let weights = reader.take(usize::from(inputs).saturating_mul(outputs.into()))?;
		let (biases, _) = reader
			.take(usize::from(outputs).saturating_mul(4))?
			.as_chunks();
		Ok(View {
			inputs,
			outputs,
			output,
			weights,
			biases,
		})
	}

	/// `values` holds one int8 per input; so does the result, or 4 bytes per output if raw.
	fn evaluate(&self, values: &[u8]) -> Vec<u8> {
		let rows = self.weights.chunks_exact(usize::from(self.inputs).max(1));
		let mut out = Vec::with_capacity(usize::from(self.outputs).saturating_mul(4));
		for (row, bias) in rows.zip(self.biases) {
			let sum = i32::from_le_bytes(*bias).wrapping_add(sum_of_products(row, values));
			match self.output {
				Output::Raw => out.extend_from_slice(&sum.to_le_bytes()),
				Output::Rescaled { multiplier, shift } => {
					out.push(rescaled(sum, multiplier, shift).clamp(0, 127) as u8)
				},
			}
		}
		out
	}
}

/// Multiplied, shifted and rounded, not yet clamped. Never wraps for a multiplier and shift that were
/// checked; see the module's documentation.
pub(crate) fn rescaled(sum: i32, multiplier: u32, shift: u8) -> i64 {
	let half = match shift.checked_sub(1) {
		Some(below) => 1i64.wrapping_shl(below.into()),
		None => 0,
	};
	let scaled = i64::from(sum)
		.wrapping_mul(multiplier.into())
		.wrapping_add(half);
	scaled.wrapping_shr(shift.into())
}

/// Bytes read as int8. A product is below 2¹⁵, so 16 bits hold it.
pub(crate) fn sum_of_products(a: &[u8], b: &[u8]) -> i32 {
	a.iter().zip(b).fold(0, |sum: i32, (a, b)| {
		let product = i16::from(*a as i8).wrapping_mul(i16::from(*b as i8));
		sum.wrapping_add(product.into())
	})
}

pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
	fn take(&mut self, length: usize) -> Result<&'a [u8], FormatError> {
		let (taken, rest) = self
			.0
			.split_at_checked(length)
			.ok_or(FormatError::Truncated)?;
		self.0 = rest;
		Ok(taken)
	}

	pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
		self.take(N)?.try_into().map_err(|_| FormatError::Truncated)
	}

	pub(crate) fn u16(&mut self) -> Result<u16, FormatError> {
		Ok(u16::from_le_bytes(self.array()?))
	}
}
