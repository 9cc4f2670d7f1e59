//! The parameters, their production values and what makes them valid.

use crate::types::{MAX_ATTESTORS, MAX_ENTRIES, MAX_SAMPLE};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_primitives::{Balance, BlockNumber, MILLI, UNIT};

/// The parameters (p) of design §7. One storage value, so that a change is one write.
#[derive(
	Clone,
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
	/// Blocks between a commitment and the accumulator that draws from it (d). At least 2.
	pub draw_delay_blocks: BlockNumber,
	/// Mean milliseconds between presence challenges of one leased machine.
	pub presence_period_ms: u64,
	/// Most presence challenges drawn in one block; the period stretches when more are due. At most
	/// half of the challenges that a block may begin, and so few that their commitments and answers
	/// take at most half of what each block keeps for Operational transactions: see `presence`.
	pub max_draws: u32,
	/// Rows and columns of the presence product: a multiple of 64 from 64 to 16,384.
	pub presence_n: u32,
	/// Entries asked for, 1 to 32.
	pub presence_entries: u32,
	/// Blocks from the challenge to the last block that takes its commitment. At least 10.
	pub commit_window_blocks: BlockNumber,
	/// Blocks from the challenge to the last block whose commitment lets the pass credit anything: a
	/// later one proves that somebody is there again, and nothing of the gaps beside it. 1 to
	/// `commit_window_blocks`.
	pub prompt_blocks: BlockNumber,
	/// Blocks from the end of the commitment window to the last block that takes its answer.
	pub answer_window_blocks: BlockNumber,
	/// Longest gap that a pass credits, in effective periods.
	pub gap_periods: u32,
	/// Leaves in the public sample, 1 to 64.
	pub sample: u32,
	/// Under so many attestors all of them sit in every committee.
	pub small_set: u32,
	/// Seats drawn otherwise.
	pub committee: u32,
	/// Passes needed among those. More than half of `committee`.
	pub quorum: u32,
	/// Blocks in which a committee votes.
	pub vote_window_blocks: BlockNumber,
	/// A batch names a block at most so many blocks old.
	pub batch_longevity_blocks: BlockNumber,
	/// Blocks in which a data challenge is answered.
	pub data_window_blocks: BlockNumber,
	/// Base units that members pay for one disputed leaf that is shown. Less than showing it costs, or a
	/// host that refuses everybody and shows all on chain would be paid for it.
	pub posting_fee: Balance,
	/// Most base units that one falsely unavailable member pays for a data challenge.
	pub posting_fee_cap: Balance,
	/// Smallest bond of an attestor in base units.
	pub min_bond: Balance,
	/// Blocks from unbonding to withdrawing. Longer than two slash delays.
	pub unbonding_blocks: BlockNumber,
	/// Blocks from an offence to its slash.
	pub slash_delay_blocks: BlockNumber,
	/// Parts per million of its bond that a lone offender loses for a refuted Pass.
	pub refuted_slash_ppm: u32,
	/// Parts per million of its bond that each loses if all attestors offend at once.
	pub refuted_slash_max_ppm: u32,
	/// Parts per million of its bond that a double vote costs.
	pub double_vote_slash_ppm: u32,
	/// Parts per million of a slash that the reporter gets; the rest is burned.
	pub reporter_ppm: u32,
	/// Blocks for which an offender is neither drawn nor heard.
	pub ejection_blocks: BlockNumber,
	/// Blocks over which the circuit breaker counts.
	pub breaker_window_blocks: BlockNumber,
	/// Parts per million of overridden Pass votes above which slashes wait twice as long.
	pub breaker_ppm: u32,
}

impl Default for Parameters {
	fn default() -> Self {
		Self {
			draw_delay_blocks: 2,
			presence_period_ms: 10 * 60 * 1_000,
			max_draws: 100,
			presence_n: 1_024,
			presence_entries: 5,
			commit_window_blocks: 10,
			prompt_blocks: 3,
			answer_window_blocks: 10,
			gap_periods: 10,
			sample: 64,
			small_set: 20,
			committee: 15,
			quorum: 10,
			vote_window_blocks: 20,
			batch_longevity_blocks: 64,
			data_window_blocks: 50,
			posting_fee: 2 * MILLI,
			posting_fee_cap: UNIT,
			min_bond: 1_000 * UNIT,
			unbonding_blocks: 28 * 14_400,
			slash_delay_blocks: 7 * 14_400,
			refuted_slash_ppm: 10_000,
			refuted_slash_max_ppm: 100_000,
			double_vote_slash_ppm: 100_000,
			reporter_ppm: 100_000,
			ejection_blocks: 7 * 14_400,
			breaker_window_blocks: 14_400,
			breaker_ppm: 50_000,
		}
	}
}

/// What leases wait for attestation. The pallet knows their parameters by nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeaseWindows {
	/// Milliseconds after a lease's end from which on what is proven counts as final.
	pub resolve_backstop_ms: u64,
	/// Blocks from a verdict to the last demand.
	pub delivery_blocks: BlockNumber,
	/// Blocks from a demand to the end of its answer's window.
	pub answer_blocks: BlockNumber,
}

impl LeaseWindows {
	/// Blocks from a verdict to the answer of the last demand.
	pub fn last_answer_blocks(&self) -> BlockNumber {
		self.delivery_blocks.saturating_add(self.answer_blocks)
	}
}

/// A million parts.
pub const MILLION: u32 = 1_000_000;

impl Parameters {
	/// Whether the parameters fit each other and the pallet's bounds. (Whether `max_draws` fits the
	/// runtime's blocks is checked besides, at genesis and by `set_params`.)
	#[allow(clippy::result_unit_err)]
	pub fn validate(&self) -> Result<(), ()> {
		let rules = [
			self.draw_delay_blocks >= 2 && self.draw_delay_blocks <= 32,
			self.presence_period_ms >= 1_000,
			self.max_draws >= 1,
			terminal_gpu_proof::product::valid_size(self.presence_n),
			self.presence_entries >= 1 && self.presence_entries <= MAX_ENTRIES,
			self.commit_window_blocks >= 10 && self.commit_window_blocks <= 64,
			self.prompt_blocks >= 1 && self.prompt_blocks <= self.commit_window_blocks,
			// The answer must be possible after a commitment in the last block of its window, and
			// the accumulator of its draw must still be kept.
			self.answer_window_blocks > self.draw_delay_blocks.saturating_add(1),
			self.answer_window_blocks <= 64,
			self.gap_periods >= 1 && self.gap_periods <= 100,
			self.sample >= 1 && self.sample <= MAX_SAMPLE,
			self.committee >= 1 && self.committee <= self.small_set,
			self.small_set <= MAX_ATTESTORS,
			self.quorum <= self.committee,
			self.quorum.saturating_mul(2) > self.committee,
			self.vote_window_blocks >= 2 && self.vote_window_blocks <= 1_000,
			self.batch_longevity_blocks >= 2 && self.batch_longevity_blocks <= 256,
			self.data_window_blocks >= 5 && self.data_window_blocks <= 100_000,
			self.posting_fee <= self.posting_fee_cap,
			self.posting_fee_cap <= self.min_bond,
			self.min_bond > 0,
			self.unbonding_blocks > self.slash_delay_blocks.saturating_mul(2),
			self.unbonding_blocks > self.batch_longevity_blocks,
			self.slash_delay_blocks >= 1,
			self.refuted_slash_ppm <= self.refuted_slash_max_ppm,
			self.refuted_slash_max_ppm <= MILLION,
			self.double_vote_slash_ppm <= MILLION,
			self.reporter_ppm <= MILLION,
			self.breaker_window_blocks >= 1,
			self.breaker_ppm <= MILLION,
		];
		if rules.iter().all(|rule| *rule) {
			Ok(())
		} else {
			Err(())
		}
	}

	/// Milliseconds after a moment until the last pass that can still credit it, by plan: the longest
	/// gap, and the windows of the challenge behind it.
	pub fn proof_ms(&self, slot_ms: u64) -> u64 {
		let windows = self
			.commit_window_blocks
			.saturating_add(self.answer_window_blocks);
		self.presence_period_ms
			.saturating_mul(self.gap_periods.into())
			.saturating_add(slot_ms.saturating_mul(windows.into()))
	}

	/// The most blocks from a job's commitment to its verdict: three committees (two draws, then
	/// all), and the data challenges after them.
	pub fn verdict_blocks(&self) -> BlockNumber {
		self.draw_delay_blocks
			.saturating_add(self.vote_window_blocks)
			.saturating_mul(3)
			.saturating_add(self.data_window_blocks.saturating_mul(2))
	}

	/// Whether leases wait as long as these parameters need: for proofs of presence, for all votes on
	/// a job before it is paid, and no longer for proofs of fault than who voted is bonded.
	pub fn fit(&self, leases: &LeaseWindows, slot_ms: u64) -> bool {
		let after_verdict = leases.last_answer_blocks();
		let last_proof = self.verdict_blocks().saturating_add(after_verdict);
		self.proof_ms(slot_ms) <= leases.resolve_backstop_ms
			&& self.vote_window_blocks <= leases.delivery_blocks
			&& last_proof < self.unbonding_blocks
	}
}
