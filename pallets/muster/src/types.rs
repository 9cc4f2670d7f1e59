//! What is stored: parameters, grades, rosters, summons, proofs.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_gpu_proof::muster::{self, Drawn, Opening, Shape, MAX_DRAWN, MAX_SIZE, PIECE};
use terminal_primitives::{BlockNumber, Digest, MachineId, Moment};

/// The most machines on one roster: all of them are called in one block, and their answers have to fit into
/// what blocks keep for Operational transactions.
pub const MAX_ROSTER: u32 = 32;
/// The most owners that a round calls in one block.
pub const MAX_ROUND: u32 = 8;
/// The most blocks of one window. Two of them are less than the 256 accumulators that are kept.
pub const MAX_WINDOW: BlockNumber = 100;
/// The most blocks between two musters that an owner calls: a week at 6 s a block.
pub const MAX_RETRY: BlockNumber = 100_800;
/// The most units of a machine that can prove anything: steps of all units are counted in 32 bits.
pub const MAX_UNITS: u32 = 1_024;
/// The longest path: `u32` counts the leaves.
pub const MAX_PATH: u32 = 32;

/// Everything governance may change, except grades.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Parameters {
	/// Entries that an answer shows, 1 to 64.
	pub drawn: u32,
	/// Blocks between a commitment and the accumulator that draws from it. At least 2.
	pub draw_delay_blocks: BlockNumber,
	/// Blocks from the end of the commitment's window to the last block that takes its answer.
	pub answer_window_blocks: BlockNumber,
	/// Blocks for which a proof counts.
	pub validity_blocks: BlockNumber,
	/// Blocks between two musters that an owner calls itself, at most 100,800: it waits for them even if they
	/// are made fewer meanwhile.
	pub retry_blocks: BlockNumber,
	/// A block begins a round with a probability of one in so many.
	pub round_period_blocks: BlockNumber,
	/// Owners that a round calls in the same block, at most 8. 0 holds no rounds. With more of them answers
	/// need more blocks: `answer_window_blocks` of 40 is enough for 4 owners of 32 machines each.
	pub round_owners: u32,
}

impl Default for Parameters {
	/// Production's values, at 6 s a block: proofs count for 30 days, a round about every 10 minutes.
	fn default() -> Self {
		Self {
			drawn: 32,
			draw_delay_blocks: 2,
			answer_window_blocks: 40,
			validity_blocks: 30 * 14_400,
			retry_blocks: 600,
			round_period_blocks: 100,
			round_owners: 4,
		}
	}
}

impl Parameters {
	/// What a set of parameters must satisfy; the error says which rule it breaks.
	pub fn validate(&self) -> Result<(), &'static str> {
		let answers = self.draw_delay_blocks.saturating_add(2)..=MAX_WINDOW;
		let rules = [
			(
				(1..=MAX_DRAWN).contains(&self.drawn),
				"drawn must be 1 to 64",
			),
			(
				(2..=32).contains(&self.draw_delay_blocks),
				"draw_delay_blocks must be 2 to 32",
			),
			(
				answers.contains(&self.answer_window_blocks),
				"answer_window_blocks must leave a block after the draw, and be at most 100",
			),
			(
				self.validity_blocks > MAX_WINDOW.saturating_mul(2),
				"validity_blocks must be longer than a muster",
			),
			(
				(1..=MAX_RETRY).contains(&self.retry_blocks),
				"retry_blocks must be 1 to 100,800",
			),
			(
				self.round_period_blocks > 0,
				"round_period_blocks must not be zero",
			),
			(
				self.round_owners <= MAX_ROUND,
				"round_owners must be at most 8",
			),
		];
		rules
			.into_iter()
			.try_for_each(|(holds, rule)| if holds { Ok(()) } else { Err(rule) })
	}
}

/// How far a grade's numbers can be trusted.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Calibration {
	/// Computed from data sheets: machines may prove it, nothing depends on it.
	#[codec(index = 0)]
	Provisional,
	/// Measured on the device (which and when: `docs/VERIFICATION.md`): who claims it must prove it.
	#[codec(index = 1)]
	Calibrated,
}

/// The work by which machines prove that their units are what they are called.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct Grade {
	/// Rows and columns of a state: a power of two from 256 to 8,192.
	pub n: u32,
	/// Steps of each unit's chain, at most 4,194,303: as many as the genuine device makes in at least 60 %
	/// of the window.
	pub steps: u32,
	/// Blocks in which the root must be committed, 2 to 100.
	pub window_blocks: BlockNumber,
	/// How far the numbers can be trusted.
	pub calibration: Calibration,
}

impl Grade {
	/// The work of a machine with `units` units.
	pub fn shape(&self, units: u32) -> Shape {
		Shape {
			n: self.n,
			steps: self.steps,
			units,
		}
	}

	/// Whether there is such work, for machines of any size, and a window for it.
	pub fn is_valid(&self) -> bool {
		self.shape(MAX_UNITS).is_valid() && (2..=MAX_WINDOW).contains(&self.window_blocks)
	}
}

/// One muster: the machines of an owner that were called in one block. Counted from zero.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub struct MusterId(pub u64);

/// An owner's machines that have proven, or are to prove, what they are.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Roster {
	/// Ascending, each once, at least one.
	pub machines: BoundedVec<MachineId, ConstU32<MAX_ROSTER>>,
	/// Its owner's place in the index that rounds draw from.
	pub index: u32,
	/// The first block in which its owner may call a muster again.
	pub retry_at: BlockNumber,
}

/// A machine that was called and has not shown its work yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Summons {
	/// With all others that were called together.
	pub muster: MusterId,
	/// What it has to do.
	pub shape: Shape,
	/// Entries that the answer shows.
	pub drawn: u32,
	/// The block of the call; its accumulator, known from the next block on, gives the seed.
	pub called_block: BlockNumber,
	/// When that was, in milliseconds.
	pub called_at: Moment,
	/// A commitment later than so many milliseconds after the call proves nothing: the chain was slow.
	pub window_ms: u64,
	/// The last block that takes the commitment.
	pub commit_by: BlockNumber,
	/// Blocks between the commitment and the accumulator that draws from it.
	pub draw_delay: BlockNumber,
	/// The last block that takes the answer.
	pub answer_by: BlockNumber,
	/// How far it is.
	pub phase: Phase,
}

/// How far a called machine is. See [`crate::lifecycle`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Phase {
	/// It computes.
	Computing,
	/// It has committed; the draw comes `draw_delay` blocks after `block`.
	Committed {
		/// The root over all steps of all units.
		root: Digest,
		/// The block that held the commitment.
		block: BlockNumber,
		/// The chain was so slow that the block's time was over the window.
		late: bool,
	},
}

/// That a machine was what it is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, MaxEncodedLen, TypeInfo, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
	/// By this muster.
	pub muster: MusterId,
	/// The block of its call.
	pub proven_at: BlockNumber,
}

/// Why a machine failed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Failure {
	/// No commitment came in its window.
	NotCommitted,
	/// No answer came in its window.
	NotAnswered,
	/// An entry that was shown is wrong, or not under the commitment.
	WrongEntry,
}

/// What a called machine has to do, as its daemon asks for it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CalledView {
	/// Its summons.
	pub summons: Summons,
	/// The key of its work: nothing in the block of the call.
	pub seed: Option<Digest>,
	/// The entries that its answer must show, in their order: nothing before they are drawn.
	pub drawn: Option<Vec<Drawn>>,
}

/// What is known of a machine.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StandingView {
	/// The work that its units' name asks for, if any.
	pub grade: Option<Grade>,
	/// Whether its owner has it on its roster, so that it can be called.
	pub enlisted: bool,
	/// What it has proven last.
	pub proof: Option<Proof>,
	/// Whether that counts now.
	pub proven: bool,
	/// The last block in which that proof counts, unless a muster is failed before.
	pub proven_until: Option<BlockNumber>,
	/// Whether it may take new leases and bookings, as far as this goes.
	pub may_serve: bool,
}

/// An [`Opening`] with bounds: what a transaction carries.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Shown {
	/// See [`Opening::line`].
	pub line: BoundedVec<u8, ConstU32<MAX_SIZE>>,
	/// See [`Opening::line_path`].
	pub line_path: BoundedVec<Digest, ConstU32<MAX_PATH>>,
	/// See [`Opening::before_path`].
	pub before_path: BoundedVec<Digest, ConstU32<MAX_PATH>>,
	/// See [`Opening::piece`].
	pub piece: BoundedVec<u8, ConstU32<{ PIECE as u32 }>>,
	/// See [`Opening::piece_path`].
	pub piece_path: BoundedVec<Digest, ConstU32<{ muster::MAX_STATE_PATH }>>,
	/// See [`Opening::step_path`].
	pub step_path: BoundedVec<Digest, ConstU32<MAX_PATH>>,
}

impl From<Shown> for Opening {
	fn from(shown: Shown) -> Self {
		Opening {
			line: shown.line.into_inner(),
			line_path: shown.line_path.into_inner(),
			before_path: shown.before_path.into_inner(),
			piece: shown.piece.into_inner(),
			piece_path: shown.piece_path.into_inner(),
			step_path: shown.step_path.into_inner(),
		}
	}
}

impl TryFrom<Opening> for Shown {
	/// A part is longer than that of any opening.
	type Error = ();

	fn try_from(opening: Opening) -> Result<Self, ()> {
		Ok(Shown {
			line: opening.line.try_into().map_err(|_| ())?,
			line_path: opening.line_path.try_into().map_err(|_| ())?,
			before_path: opening.before_path.try_into().map_err(|_| ())?,
			piece: opening.piece.try_into().map_err(|_| ())?,
			piece_path: opening.piece_path.try_into().map_err(|_| ())?,
			step_path: opening.step_path.try_into().map_err(|_| ())?,
		})
	}
}

/// An answer's openings, in the order of the draw.
pub type Answer = BoundedVec<Shown, ConstU32<MAX_DRAWN>>;
