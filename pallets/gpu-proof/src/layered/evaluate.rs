//! What a layered network makes of its input. Evaluation and the check of a piece run the same
//! function, [`piece`], on the same bytes.

use super::{
	format::{Kind, Output, Plan, Range, Rescale, Step},
	piece::digest,
};
use crate::{
	network::{rescaled, sum_of_products},
	result::{check_with, Job, Leaf, LeafCheck},
};
use alloc::{vec, vec::Vec};

/// 2¹⁶ · 2^(−i / 16), rounded.
const TABLE: [u32; 16] = [
	65_536, 62_757, 60_097, 57_549, 55_109, 52_773, 50_535, 48_393, 46_341, 44_376, 42_495, 40_693,
	38_968, 37_316, 35_734, 34_219,
];

/// What the network of `weights` makes of `input`: the values of the last layer and the digests of
/// all pieces before it. Every byte string has a result: the empty one if `weights` is no network,
/// `input` has another length than it takes, or the result would be longer than `limit` bytes.
pub fn evaluate(weights: &[u8], input: &[u8], limit: usize) -> Vec<u8> {
	match plan_for(weights, weights.len(), input, limit) {
		Some(plan) => result_of(&plan, &boundaries(&plan, weights, input)),
		None => Vec::new(),
	}
}

/// [`crate::result::check`] for a layered network: the whole of it is run. Total.
pub fn check(job: &Job, weights: &[u8], leaf: &Leaf) -> LeafCheck {
	check_with(job, leaf, |input, limit| evaluate(weights, input, limit))
}

/// The plan, if there is a result that is not empty. `header` is what the `length` bytes of weights
/// begin with.
pub(super) fn plan_for(header: &[u8], length: usize, input: &[u8], limit: usize) -> Option<Plan> {
	let plan = Plan::parse(header, u32::try_from(length).ok()?).ok()?;
	(input.len() == plan.input_len() && plan.result_len() <= limit).then_some(plan)
}

/// The values between the layers: the input first, then what each layer gives.
pub(super) fn boundaries(plan: &Plan, weights: &[u8], input: &[u8]) -> Vec<Vec<u8>> {
	let mut all = vec![input.to_vec()];
	for step in &plan.steps {
		let mut after = Vec::with_capacity(step.after.values() as usize);
		let before = all.last().map_or(&[][..], Vec::as_slice);
		for range in step.ranges() {
			let (at, bytes) = range.rows;
			let rows = slice(weights, at, bytes);
			after.extend(piece(step, range, before, rows));
		}
		all.push(after);
	}
	all
}

/// The last values and the digests of all pieces before.
pub(super) fn result_of(plan: &Plan, boundaries: &[Vec<u8>]) -> Vec<u8> {
	let Some((last, between)) = boundaries.split_last() else {
		return Vec::new();
	};
	let mut result = last.clone();
	for (step, values) in plan.steps.iter().zip(between.iter().skip(1)) {
		result.extend(digests(step, values).flatten());
	}
	result
}

/// The digests of the pieces of what `step` gives.
pub(super) fn digests<'a>(
	step: &'a Step,
	values: &'a [u8],
) -> impl Iterator<Item = crate::Hash> + 'a {
	let pieces = values.chunks((step.cut as usize).max(1));
	(step.first_piece..)
		.zip(pieces)
		.map(|(number, values)| digest(number, values))
}

/// The bytes of the values in `range`, from all values before and the range's rows. Total.
pub(super) fn piece(step: &Step, range: Range, before: &[u8], rows: &[u8]) -> Vec<u8> {
	let mut out = Vec::with_capacity(range.count.saturating_mul(step.value_bytes) as usize);
	// One per channel, for the window of one position: pieces of these layers are whole positions.
	let mut sums = match step.kind {
		Kind::Greatest { .. } | Kind::Sum { .. } => vec![0i32; step.after.channels as usize],
		Kind::Convolution { .. } | Kind::Attention { .. } => Vec::new(),
	};
	for (y, x) in step.positions(range) {
		match step.kind {
			Kind::Convolution {
				kernel,
				stride,
				padding,
				output,
				..
			} => {
				let corner = corner(y, x, stride, padding);
				for row in rows.chunks_exact((step.row as usize).max(1)) {
					push(
						&mut out,
						output,
						convolved(step, kernel, corner, before, row),
					);
				}
			},
			Kind::Greatest { kernel, stride } => {
				sums.fill(i32::MIN);
				for values in step.window(kernel, corner(y, x, stride, 0), before) {
					for (greatest, value) in sums.iter_mut().zip(values) {
						*greatest = (*greatest).max((*value as i8).into());
					}
				}
				out.extend(sums.iter().map(|value| *value as u8));
			},
			Kind::Sum {
				kernel,
				stride,
				output,
			} => {
				sums.fill(0);
				for values in step.window(kernel, corner(y, x, stride, 0), before) {
					for (sum, value) in sums.iter_mut().zip(values) {
						*sum = sum.wrapping_add((*value as i8).into());
					}
				}
				for sum in &sums {
					push(&mut out, output, *sum);
				}
			},
			Kind::Attention { heads, scores } => {
				attend(step, heads, scores, (y, x), before, &mut out)
			},
		}
	}
	out
}

impl Step {
	/// All of its pieces.
	fn ranges(&self) -> impl Iterator<Item = Range> + '_ {
		(0..self.pieces).filter_map(|piece| self.range(self.first_piece.checked_add(piece)?))
	}

	/// The positions that values of `range` belong to, as row and column. A range is whole positions
	/// or part of one.
	fn positions(&self, range: Range) -> impl Iterator<Item = (u32, u32)> {
		let (channels, width) = (self.after.channels, self.after.width);
		let first = range.first.checked_div(channels).unwrap_or(0);
		let count = range.count.div_ceil(channels.max(1));
		(first..first.saturating_add(count)).filter_map(move |position| {
			Some((position.checked_div(width)?, position.checked_rem(width)?))
		})
	}

	/// The values of each position in a window that lies inside the image.
	fn window<'a>(
		&self,
		kernel: (u8, u8),
		(top, left): (i64, i64),
		before: &'a [u8],
	) -> impl Iterator<Item = &'a [u8]> {
		let (width, channels) = (i64::from(self.before.width), self.before.channels);
		(0..i64::from(kernel.0)).flat_map(move |down| {
			(0..i64::from(kernel.1)).map(move |right| {
				let row = top.wrapping_add(down).wrapping_mul(width);
				let position = row.wrapping_add(left).wrapping_add(right);
				let at = position.wrapping_mul(channels.into());
				slice(before, u32::try_from(at).unwrap_or(u32::MAX), channels)
			})
		})
	}
}

/// The position of a window's first value, negative in the padding.
fn corner(y: u32, x: u32, stride: u8, padding: u8) -> (i64, i64) {
	let side = |at: u32| {
		i64::from(at)
			.wrapping_mul(stride.into())
			.wrapping_sub(padding.into())
	};
	(side(y), side(x))
}

/// Bias and products of one row of weights with the window at a corner.
fn convolved(
	step: &Step,
	(tall, wide): (u8, u8),
	(top, left): (i64, i64),
	before: &[u8],
	row: &[u8],
) -> i32 {
	let Some((bias, weights)) = row.split_first_chunk() else {
		return 0;
	};
	let channels = i64::from(step.before.channels);
	let (height, width) = (i64::from(step.before.height), i64::from(step.before.width));
	// The columns of the window that lie inside the image.
	let from = left.wrapping_neg().max(0);
	let run = width.wrapping_sub(left).min(wide.into()).wrapping_sub(from);
	let bytes = run.max(0).wrapping_mul(channels);
	let mut sum = i32::from_le_bytes(*bias);
	for down in 0..i64::from(tall) {
		let y = top.wrapping_add(down);
		if !(0..height).contains(&y) {
			continue;
		}
		let place = |line: i64, length: i64, column: i64| {
			line.wrapping_mul(length)
				.wrapping_add(column)
				.wrapping_mul(channels)
		};
		let values = bytes_at(before, place(y, width, left.wrapping_add(from)), bytes);
		let weights = bytes_at(weights, place(down, wide.into(), from), bytes);
		sum = sum.wrapping_add(sum_of_products(values, weights));
	}
	sum
}

/// One position's attention to all.
fn attend(
	step: &Step,
	heads: u8,
	scores: Rescale,
	(y, x): (u32, u32),
	before: &[u8],
	out: &mut Vec<u8>,
) {
	let channels = step.after.channels as usize;
	let width = channels.checked_div(heads.into()).unwrap_or(0).max(1);
	let positions = || before.chunks_exact(channels.saturating_mul(3).max(1));
	let at = y.saturating_mul(step.before.width).saturating_add(x);
	let Some(own) = positions().nth(at as usize) else {
		return;
	};
	for head in 0..usize::from(heads) {
		// Of third 0 the queries, 1 the keys, 2 the values of this head.
		let part = |values, third: usize| -> &[u8] {
			let from = third
				.saturating_mul(channels)
				.saturating_add(head.saturating_mul(width));
			part_of(values, from, width)
		};
		let query = part(own, 0);
		let scores: Vec<i64> = positions()
			.map(|other| {
				let score = sum_of_products(query, part(other, 1));
				rescaled(score, scores.multiplier, scores.shift).clamp(-128, 127)
			})
			.collect();
		let greatest = scores.iter().copied().max().unwrap_or(0);
		let mut total = 0i64;
		let mut sums = vec![0i64; width];
		for (score, other) in scores.iter().zip(positions()) {
			let share = share(greatest.wrapping_sub(*score));
			total = total.wrapping_add(share);
			for (sum, value) in sums.iter_mut().zip(part(other, 2)) {
				*sum = sum.wrapping_add(share.wrapping_mul((*value as i8).into()));
			}
		}
		out.extend(sums.into_iter().map(|sum| mean(sum, total)));
	}
}

/// 2^(16 − distance / 16), as the table has it. `distance` is 0 ..= 255.
fn share(distance: i64) -> i64 {
	let entry = TABLE.get((distance & 15) as usize).copied().unwrap_or(0);
	i64::from(entry).wrapping_shr((distance >> 4) as u32)
}

/// `sum / total`, half up. A mean of int8, so an int8.
fn mean(sum: i64, total: i64) -> u8 {
	sum.wrapping_mul(2)
		.wrapping_add(total)
		.checked_div_euclid(total.wrapping_mul(2))
		.unwrap_or(0) as u8
}

fn push(out: &mut Vec<u8>, output: Output, sum: i32) {
	match output {
		Output::Raw => out.extend_from_slice(&sum.to_le_bytes()),
		Output::Positive(by) => {
			out.push(rescaled(sum, by.multiplier, by.shift).clamp(0, 127) as u8)
		},
		Output::Signed(by) => {
			out.push(rescaled(sum, by.multiplier, by.shift).clamp(-128, 127) as u8)
		},
	}
}

/// Bytes that a checked plan says are there; nothing if they are not.
pub(super) fn slice(bytes: &[u8], at: u32, length: u32) -> &[u8] {
	part_of(bytes, at as usize, length as usize)
}

fn part_of(bytes: &[u8], at: usize, length: usize) -> &[u8] {
	bytes.get(at..at.saturating_add(length)).unwrap_or_default()
}

fn bytes_at(bytes: &[u8], at: i64, length: i64) -> &[u8] {
	match (usize::try_from(at), usize::try_from(length)) {
		(Ok(at), Ok(length)) => part_of(bytes, at, length),
		_ => &[],
	}
}
