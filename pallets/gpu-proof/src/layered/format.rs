//! Header, geometry and bounds of a layered network: what can be said without its weights.

use crate::network::{Reader, MAGIC, MAX_MULTIPLIER, MAX_SHIFT};
use alloc::vec::Vec;

/// The version of format and evaluation described here.
pub const VERSION: u16 = 2;
/// Bytes from the beginning of a network that hold its header: the first chunk of its weights.
pub const HEADER: usize = crate::result::CHUNK;
/// The most layers.
pub const MAX_LAYERS: usize = 32;
/// The most bytes between two layers, of the input and of the output.
pub const MAX_VALUES: u32 = 16_384;
/// The most pieces of a network.
pub const MAX_PIECES: u32 = 256;
/// The most bytes of weights that one piece needs.
pub const MAX_PIECE_WEIGHTS: u32 = 20 * 1024;
/// The most work of one piece, see [`Plan::work`].
pub const MAX_PIECE_WORK: u64 = 1 << 18;
/// The most work of a network.
pub const MAX_WORK: u64 = 1 << 22;

/// What a run of products, and what a value, costs besides its multiplications, in multiplications.
const OVERHEAD: u64 = 16;
const LAYER_BYTES: usize = 16;
const BIAS_BYTES: u32 = 4;

/// Why bytes are no layered network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatError {
	/// They do not begin with `TCNN`.
	Magic,
	/// They are of a version that is not known here.
	Version,
	/// The header ends too early.
	Truncated,
	/// There is no layer, or more than [`MAX_LAYERS`].
	Layers,
	/// A kind or an output is unknown, or a field is set that has no meaning.
	Field,
	/// Multiplier or shift is too large.
	Rescale,
	/// A kernel, stride, padding or number of channels does not fit the values before it.
	Geometry,
	/// A cut neither divides the channels nor is a multiple of them.
	Cut,
	/// Values, pieces, weights of a piece or work are above the bounds: cut smaller, or compute less.
	TooLarge,
	/// The bytes are not as many as the header says.
	Length,
}

/// A fixed-point factor: `(sum · multiplier + half) >> shift`, see [`crate::network`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rescale {
	/// At most [`MAX_MULTIPLIER`].
	pub multiplier: u32,
	/// At most [`MAX_SHIFT`].
	pub shift: u8,
}

/// What a layer makes of its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
	/// The sums themselves, int32. Only the last layer's.
	Raw,
	/// Rescaled and clamped to 0 ..= 127: ReLU and saturation in one.
	Positive(Rescale),
	/// Rescaled and clamped to −128 ..= 127.
	Signed(Rescale),
}

/// What a layer computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// Sums of products with a window that moves over the image.
	Convolution {
		/// Height and width of the window.
		kernel: (u8, u8),
		/// How far the window moves.
		stride: u8,
		/// Zeros on each side of the image.
		padding: u8,
		/// Channels of the output.
		channels: u16,
		/// What becomes of the sums.
		output: Output,
	},
	/// The greatest value of a window, per channel.
	Greatest {
		/// Height and width of the window.
		kernel: (u8, u8),
		/// How far the window moves.
		stride: u8,
	},
	/// The sum of a window, per channel.
	Sum {
		/// Height and width of the window.
		kernel: (u8, u8),
		/// How far the window moves.
		stride: u8,
		/// What becomes of the sums.
		output: Output,
	},
	/// Attention of every position to every one. The input's channels are queries, keys and values.
	Attention {
		/// Heads, which divide a third of the input's channels.
		heads: u8,
		/// What becomes of the scores.
		scores: Rescale,
	},
}

/// A layer to be encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
	/// What it computes.
	pub kind: Kind,
	/// Values per piece.
	pub cut: u16,
	/// Per output channel of a convolution its bias and weights. Empty for all other kinds.
	pub rows: Vec<(i32, Vec<i8>)>,
}

/// Height, width and channels of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
	/// Rows of positions.
	pub height: u32,
	/// Positions in a row.
	pub width: u32,
	/// Values at a position.
	pub channels: u32,
}

impl Shape {
	/// Number of positions.
	pub fn positions(&self) -> u32 {
		self.height.saturating_mul(self.width)
	}

	/// Number of values.
	pub fn values(&self) -> u32 {
		self.positions().saturating_mul(self.channels)
	}
}

/// The bytes of a network over inputs of `height`, `width` and `channels`. What is given is written
/// as it is: whether it is a network says [`Plan::parse`].
pub fn encode((height, width, channels): (u8, u8, u16), layers: &[Layer]) -> Vec<u8> {
	let mut out = MAGIC.to_vec();
	out.extend_from_slice(&VERSION.to_le_bytes());
	let count = u16::try_from(layers.len()).unwrap_or(u16::MAX);
	out.extend_from_slice(&count.to_le_bytes());
	out.extend_from_slice(&[height, width]);
	out.extend_from_slice(&channels.to_le_bytes());
	for layer in layers {
		let (kind, output, (tall, wide), stride, padding, channels) = match layer.kind {
			Kind::Convolution {
				kernel,
				stride,
				padding,
				channels,
				output,
			} => (1, output.fields(), kernel, stride, padding, channels),
			Kind::Greatest { kernel, stride } => (2, (0, 0, 0), kernel, stride, 0, 0),
			Kind::Sum {
				kernel,
				stride,
				output,
			} => (3, output.fields(), kernel, stride, 0, 0),
			Kind::Attention { heads, scores } => {
				(4, (0, scores.shift, scores.multiplier), (heads, 0), 0, 0, 0)
			},
		};
		let (output, shift, multiplier) = output;
		out.extend_from_slice(&[kind, output, shift, tall, wide, stride, padding, 0]);
		out.extend_from_slice(&channels.to_le_bytes());
		out.extend_from_slice(&layer.cut.to_le_bytes());
		out.extend_from_slice(&multiplier.to_le_bytes());
	}
	for (bias, weights) in layers.iter().flat_map(|layer| &layer.rows) {
		out.extend_from_slice(&bias.to_le_bytes());
		out.extend(weights.iter().map(|weight| *weight as u8));
	}
	out
}

impl Output {
	fn fields(&self) -> (u8, u8, u32) {
		match self {
			Output::Raw => (0, 0, 0),
			Output::Positive(by) => (1, by.shift, by.multiplier),
			Output::Signed(by) => (2, by.shift, by.multiplier),
		}
	}

	fn of(field: u8, by: Rescale, last: bool) -> Result<Self, FormatError> {
		match field {
			0 if last && by == Rescale::NONE => Ok(Output::Raw),
			1 => Ok(Output::Positive(by)),
			2 => Ok(Output::Signed(by)),
			_ => Err(FormatError::Field),
		}
	}

	/// Bytes per value.
	pub(super) fn bytes(&self) -> u32 {
		match self {
			Output::Raw => 4,
			Output::Positive(_) | Output::Signed(_) => 1,
		}
	}
}

impl Rescale {
	const NONE: Rescale = Rescale {
		multiplier: 0,
		shift: 0,
	};
}

/// One layer in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
	pub kind: Kind,
	pub before: Shape,
	pub after: Shape,
	/// Values per piece.
	pub cut: u32,
	pub pieces: u32,
	/// The number of its first piece among all of the network's.
	pub first_piece: u32,
	/// Where its rows begin in the weights.
	pub rows_at: u32,
	/// Bytes of a row; 0 if it has none.
	pub row: u32,
	pub value_bytes: u32,
}

/// Which values a piece is, and what it is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
	/// The first value.
	pub first: u32,
	/// How many.
	pub count: u32,
	/// Where its rows begin in the weights, and their bytes.
	pub rows: (u32, u32),
}

/// A checked header. All that it states is within the bounds above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
	pub(super) steps: Vec<Step>,
	work: u64,
	dearest: u64,
}

impl Plan {
	/// Check the header of a network of `length` bytes. `header` is what it begins with, at least
	/// [`HEADER`] bytes of it or all.
	pub fn parse(header: &[u8], length: u32) -> Result<Self, FormatError> {
		let mut reader = Reader(header.get(..HEADER).unwrap_or(header));
		let truncated = |_| FormatError::Truncated;
		if reader.array::<4>().map_err(|_| FormatError::Magic)? != MAGIC {
			return Err(FormatError::Magic);
		}
		if reader.u16().map_err(truncated)? != VERSION {
			return Err(FormatError::Version);
		}
		let count = usize::from(reader.u16().map_err(truncated)?);
		if !(1..=MAX_LAYERS).contains(&count) {
			return Err(FormatError::Layers);
		}
		let [height, width] = reader.array().map_err(truncated)?;
		let mut shape = Shape {
			height: height.into(),
			width: width.into(),
			channels: reader.u16().map_err(truncated)?.into(),
		};
		if !(1..=MAX_VALUES).contains(&shape.values()) {
			return Err(FormatError::Geometry);
		}
		let header_bytes = count.saturating_mul(LAYER_BYTES).saturating_add(12);
		let mut at = u32::try_from(header_bytes).unwrap_or(u32::MAX);
		let mut plan = Plan {
			steps: Vec::new(),
			work: 0,
			dearest: 0,
		};
		for number in 1..=count {
			let fields = reader.array::<LAYER_BYTES>().map_err(truncated)?;
			let (kind, cut) = kind_of(fields, number == count)?;
			let step = Step::place(kind, cut, shape, plan.pieces(), at)?;
			shape = step.after;
			at = step
				.row
				.checked_mul(step.after.channels)
				.and_then(|rows| at.checked_add(rows))
				.ok_or(FormatError::TooLarge)?;
			let each = step.work();
			plan.work = plan
				.work
				.saturating_add(each.saturating_mul(step.after.values().into()));
			plan.dearest = plan.dearest.max(each.saturating_mul(step.cut.into()));
			plan.steps.push(step);
		}
		let too_large =
			plan.pieces() > MAX_PIECES || plan.work > MAX_WORK || plan.dearest > MAX_PIECE_WORK;
		if too_large {
			return Err(FormatError::TooLarge);
		}
		if at != length {
			return Err(FormatError::Length);
		}
		Ok(plan)
	}

	/// Work of one evaluation, in multiplications: those of weights, scores and values, and sixteen for
	/// each value and each run of products that begins anew.
	pub fn work(&self) -> u64 {
		self.work
	}

	/// Work of the dearest piece.
	pub fn dearest_piece(&self) -> u64 {
		self.dearest
	}

	/// Pieces of all layers.
	pub fn pieces(&self) -> u32 {
		self.steps
			.last()
			.map_or(0, |step| step.first_piece.saturating_add(step.pieces))
	}

	/// Bytes of an input.
	pub fn input_len(&self) -> usize {
		self.steps.first().map_or(0, |step| step.before.values()) as usize
	}

	/// Bytes of the last layer's values.
	pub fn values_len(&self) -> usize {
		self.steps.last().map_or(0, |step| {
			step.after.values().saturating_mul(step.value_bytes)
		}) as usize
	}

	/// Bytes of a result: the last layer's values and the digests of all pieces before.
	pub fn result_len(&self) -> usize {
		let digests = self.steps.last().map_or(0, |step| step.first_piece);
		self.values_len()
			.saturating_add((digests as usize).saturating_mul(32))
	}

	/// The step that makes `piece`, its place among the steps, and which values it is.
	pub(super) fn piece(&self, piece: u32) -> Option<(usize, &Step, Range)> {
		let place = self
			.steps
			.iter()
			.position(|step| piece < step.first_piece.saturating_add(step.pieces))?;
		let step = self.steps.get(place)?;
		Some((place, step, step.range(piece)?))
	}
}

impl Step {
	fn place(
		kind: Kind,
		cut: u32,
		before: Shape,
		first_piece: u32,
		rows_at: u32,
	) -> Result<Self, FormatError> {
		let after = after(&kind, before).ok_or(FormatError::Geometry)?;
		let value_bytes = match &kind {
			Kind::Convolution { output, .. } | Kind::Sum { output, .. } => output.bytes(),
			Kind::Greatest { .. } | Kind::Attention { .. } => 1,
		};
		let row = match kind {
			Kind::Convolution { kernel, .. } => window(kernel)
				.saturating_mul(before.channels)
				.saturating_add(BIAS_BYTES),
			Kind::Greatest { .. } | Kind::Sum { .. } | Kind::Attention { .. } => 0,
		};
		let whole_positions = cut.checked_rem(after.channels) == Some(0);
		let part_of_one = row > 0 && after.channels.checked_rem(cut) == Some(0);
		if cut == 0 || cut > after.values() || !(whole_positions || part_of_one) {
			return Err(FormatError::Cut);
		}
		let rows = cut.min(after.channels).saturating_mul(row);
		if after.values().saturating_mul(value_bytes) > MAX_VALUES || rows > MAX_PIECE_WEIGHTS {
			return Err(FormatError::TooLarge);
		}
		Ok(Step {
			kind,
			before,
			after,
			cut,
			pieces: after.values().div_ceil(cut),
			first_piece,
			rows_at,
			row,
			value_bytes,
		})
	}

	/// Work of one value.
	fn work(&self) -> u64 {
		let channels = u64::from(self.before.channels);
		match self.kind {
			Kind::Convolution { kernel, .. } => u64::from(kernel.1)
				.saturating_mul(channels)
				.saturating_add(OVERHEAD)
				.saturating_mul(kernel.0.into())
				.saturating_add(OVERHEAD),
			Kind::Greatest { kernel, .. } | Kind::Sum { kernel, .. } => {
				// Each position of the window is a run of all channels.
				channels
					.saturating_add(OVERHEAD)
					.saturating_mul(window(kernel).into())
					.div_ceil(channels.max(1))
					.saturating_add(OVERHEAD)
			},
			Kind::Attention { heads, .. } => {
				// Of a position: per other one a score of each head and the sum of all values.
				let width = u64::from(self.after.channels);
				let runs = u64::from(heads).saturating_mul(OVERHEAD.saturating_mul(2));
				let each = width.saturating_mul(2).saturating_add(runs);
				each.saturating_mul(self.before.positions().into())
					.div_ceil(width.max(1))
					.saturating_add(OVERHEAD)
			},
		}
	}

	/// Which values `piece`, counted over all of the network's, is.
	pub fn range(&self, piece: u32) -> Option<Range> {
		let first = piece.checked_sub(self.first_piece)?.checked_mul(self.cut)?;
		let left = self
			.after
			.values()
			.checked_sub(first)
			.filter(|left| *left > 0)?;
		let channel = if self.cut < self.after.channels {
			first.checked_rem(self.after.channels)?
		} else {
			0
		};
		let rows_at = self.rows_at.checked_add(channel.checked_mul(self.row)?)?;
		let rows = self.cut.min(self.after.channels).checked_mul(self.row)?;
		Some(Range {
			first,
			count: left.min(self.cut),
			rows: (rows_at, rows),
		})
	}
}

fn window((height, width): (u8, u8)) -> u32 {
	u32::from(height).saturating_mul(width.into())
}

/// The shape of what a layer gives, if it can take `before`.
fn after(kind: &Kind, before: Shape) -> Option<Shape> {
	match *kind {
		Kind::Convolution {
			kernel,
			stride,
			padding,
			channels,
			..
		} => {
			let channels = u32::from(channels);
			(channels > 0).then_some(())?;
			moved(before, kernel, stride, padding, channels)
		},
		Kind::Greatest { kernel, stride } | Kind::Sum { kernel, stride, .. } => {
			moved(before, kernel, stride, 0, before.channels)
		},
		Kind::Attention { heads, .. } => {
			let channels = before.channels.checked_div(3)?;
			let fits = channels > 0
				&& channels.checked_mul(3) == Some(before.channels)
				&& channels.checked_rem(heads.into()) == Some(0);
			fits.then_some(Shape { channels, ..before })
		},
	}
}

fn moved(before: Shape, kernel: (u8, u8), stride: u8, padding: u8, channels: u32) -> Option<Shape> {
	(padding < kernel.0.min(kernel.1)).then_some(())?;
	let side = |length: u32, kernel: u8| {
		length
			.checked_add(u32::from(padding).checked_mul(2)?)?
			.checked_sub(kernel.into())?
			.checked_div(stride.into())?
			.checked_add(1)
	};
	Some(Shape {
		height: side(before.height, kernel.0)?,
		width: side(before.width, kernel.1)?,
		channels,
	})
}

/// What 16 bytes of the header say.
fn kind_of(fields: [u8; LAYER_BYTES], last: bool) -> Result<(Kind, u32), FormatError> {
	let [kind, output, shift, tall, wide, stride, padding, zero, c0, c1, cut0, cut1, m @ ..] =
		fields;
	let channels = u16::from_le_bytes([c0, c1]);
	let by = Rescale {
		multiplier: u32::from_le_bytes(m),
		shift,
	};
	if by.multiplier > MAX_MULTIPLIER || by.shift > MAX_SHIFT {
		return Err(FormatError::Rescale);
	}
	let kernel = (tall, wide);
	let kind = match (kind, zero) {
		(1, 0) => Kind::Convolution {
			kernel,
			stride,
			padding,
			channels,
			output: Output::of(output, by, last)?,
		},
		(2, 0) if (output, by, padding, channels) == (0, Rescale::NONE, 0, 0) => {
			Kind::Greatest { kernel, stride }
		},
		(3, 0) if (padding, channels) == (0, 0) => Kind::Sum {
			kernel,
			stride,
			output: Output::of(output, by, last)?,
		},
		(4, 0) if (output, wide, stride, padding, channels) == (0, 0, 0, 0, 0) => Kind::Attention {
			heads: tall,
			scores: by,
		},
		_ => return Err(FormatError::Field),
	};
	Ok((kind, u16::from_le_bytes([cut0, cut1]).into()))
}
