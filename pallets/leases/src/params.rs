//! What governance may change, and what a lease keeps of it.

use crate::{types::MAX_OPEN_DEMANDS, ApprovedAssets, Config, Error, Event, Pallet, Params};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get, PalletError};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::Perbill;
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};
use terminal_primitives::{market::LeaseTerms, Balance, BlockNumber, UNIT};

/// The least that [`AssetTerms::min_rate`] may be.
pub const LEAST_RATE: Balance = 1_000;

/// On what terms leases are paid in an asset.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssetTerms {
	/// The least a metered lease costs in the asset's base units per second, at least
	/// [`LEAST_RATE`]: one second is then worth so many that rounding does not matter.
	pub min_rate: Balance,
	/// So many of the asset's base units count as one TCT. No price is made by it: it translates the
	/// hold fee and the least price of a job, and says for how much of a job's price a bond answers
	/// and what its attestors get, in TCT.
	/// A rough figure will do.
	pub per_tct: Balance,
}

impl AssetTerms {
	/// Whether they make sense where `hold_fee` (base units of TCT) is kept of what was accepted and
	/// not started: a fee that rounds to nothing would be none.
	pub fn are_sound(&self, hold_fee: Balance) -> bool {
		let keeps_fee = hold_fee == 0 || self.from_tct(hold_fee) > 0;
		self.min_rate >= LEAST_RATE && self.per_tct > 0 && keeps_fee
	}

	/// TCT base units that `amount` of the asset is worth. Rounds up: bonds answer for it.
	pub fn worth(&self, amount: Balance) -> Balance {
		multiply_by_rational_with_rounding(amount, UNIT, self.per_tct, Rounding::Up)
			.unwrap_or(Balance::MAX)
	}

	/// The asset's base units that `amount` of TCT is worth. Rounds down: consumers pay it.
	pub fn from_tct(&self, amount: Balance) -> Balance {
		multiply_by_rational_with_rounding(amount, self.per_tct, UNIT, Rounding::Down)
			.unwrap_or(Balance::MAX)
	}
}

/// The parameters that a lease carries from its opening to its end.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Terms {
	/// See [`Parameters::fee`].
	pub fee: Perbill,
	/// See [`Parameters::treasury_share`].
	pub treasury_share: Perbill,
	/// See [`Parameters::attestor_share`].
	pub attestor_share: Perbill,
	/// See [`Parameters::anchor_compensation`].
	pub anchor_compensation: Balance,
	/// See [`Parameters::finish_reward`].
	pub finish_reward: Balance,
	/// See [`Parameters::hold_fee`]; in what the lease is paid in.
	pub hold_fee: Balance,
	/// See [`Parameters::min_rate`]; in what the lease is paid in.
	pub min_rate: Balance,
	/// See [`Parameters::posting_fee`].
	pub posting_fee: Balance,
	/// See [`Parameters::start_blocks`].
	pub start_blocks: BlockNumber,
	/// See [`Parameters::claim_blocks`].
	pub claim_blocks: BlockNumber,
	/// See [`Parameters::resolve_backstop_ms`].
	pub resolve_backstop_ms: u64,
	/// See [`Parameters::delivery_blocks`].
	pub delivery_blocks: BlockNumber,
	/// See [`Parameters::answer_blocks`].
	pub answer_blocks: BlockNumber,
	/// See [`Parameters::max_open_demands`].
	pub max_open_demands: u32,
	/// See [`Parameters::retention_blocks`].
	pub retention_blocks: BlockNumber,
	/// See [`Parameters::min_funded_seconds`], in milliseconds.
	pub min_funded_ms: u64,
	/// See [`Parameters::pause_ms`].
	pub pause_ms: u64,
	/// See [`Parameters::arbitration_blocks`].
	pub arbitration_blocks: BlockNumber,
}

/// What governance may change. A lease keeps what it was opened under.
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
	/// The protocol's share of all that an escrow pays out for service. Rounded up.
	pub fee: Perbill,
	/// The treasury's share of the fee. Rounded down; the burn gets what is left.
	pub treasury_share: Perbill,
	/// The attestors' share of the fee. Rounded down; the burn gets what is left.
	pub attestor_share: Perbill,
	/// Base units put on hold at opening beside the escrow: pays the anchoring challenge and
	/// whoever finishes the lease; the rest returns.
	pub opening_deposit: Balance,
	/// Base units of the deposit for who starts a metered lease: covers the fees of answering the
	/// anchoring challenge.
	pub anchor_compensation: Balance,
	/// Base units of the deposit for who finishes the lease. Near the fee of the call, so that
	/// nobody gains by accepting what they mean to let expire.
	pub finish_reward: Balance,
	/// Base units of the escrow that the provider keeps when an accepted lease is not started, if
	/// the consumer cancels or the handshake window passes. Below a challenge's cost, so that
	/// accepting without serving earns nothing.
	pub hold_fee: Balance,
	/// The least a metered lease costs in base units per second: one second is then worth so many
	/// base units that rounding does not matter.
	pub min_rate: Balance,
	/// The least a metered lease is funded for, in seconds (or its whole duration, if shorter).
	pub min_funded_seconds: u32,
	/// The shortest metered lease, in seconds.
	pub min_duration_seconds: u32,
	/// The longest metered lease, in seconds.
	pub max_duration_seconds: u32,
	/// Blocks in which an offer may be accepted.
	pub offer_blocks: BlockNumber,
	/// Blocks from acceptance in which a metered lease may be started.
	pub start_blocks: BlockNumber,
	/// Blocks from closing in which the provider may show receipts.
	pub claim_blocks: BlockNumber,
	/// Milliseconds that are paid beyond the last receipt, once per lease.
	pub grace_ms: u64,
	/// Milliseconds after the end from which on what is proven counts as final, whatever uptime
	/// says: nothing waits for ever.
	pub resolve_backstop_ms: u64,
	/// The least price of a fixed job, in base units.
	pub min_job_price: Balance,
	/// The most items of a fixed job.
	pub max_items: u32,
	/// The most bytes of weights + leaf + paths: what a fault proof may weigh.
	pub max_proof_bytes: u32,
	/// The most multiplications per item: what a fault proof may cost to re-execute.
	pub max_multiplications: u32,
	/// The shortest deadline of a fixed job, in blocks from acceptance.
	pub min_deadline_blocks: BlockNumber,
	/// The longest deadline of a fixed job, in blocks from acceptance.
	pub max_deadline_blocks: BlockNumber,
	/// Blocks from the verdict in which the consumer may demand leaves.
	pub delivery_blocks: BlockNumber,
	/// Blocks from a demand in which it may be answered.
	pub answer_blocks: BlockNumber,
	/// The most demands open at once on one job, at most [`MAX_OPEN_DEMANDS`].
	pub max_open_demands: u32,
	/// Base units that a demand prepays for the posting of its leaf.
	pub posting_fee: Balance,
	/// Blocks for which a closed lease can still be read.
	pub retention_blocks: BlockNumber,
	/// Milliseconds that a block is expected to take: schedules the expiry wheel, and says until
	/// when units are reserved that wait for their start.
	pub block_ms: u64,
	/// Milliseconds that a lease without funds is paused before anyone may close it; also how much
	/// longer than announced a maintenance may last before anyone may close the lease.
	pub pause_ms: u64,
	/// The shortest notice, in milliseconds, with which a spot lease may be reclaimed.
	pub min_spot_notice_ms: u64,
	/// Blocks in which an arbiter may split what a disputed lease holds.
	pub arbitration_blocks: BlockNumber,
	/// Blocks in which a proposed change may be accepted.
	pub proposal_blocks: BlockNumber,
}

impl Default for Parameters {
	/// Production's values, for blocks of 6 s.
	fn default() -> Self {
		use terminal_primitives::MILLI;
		Self {
			fee: Perbill::from_percent(2),
			treasury_share: Perbill::from_percent(30),
			attestor_share: Perbill::from_percent(20),
			opening_deposit: 200 * MILLI,
			anchor_compensation: 100 * MILLI,
			finish_reward: 20 * MILLI,
			hold_fee: 20 * MILLI,
			min_rate: 1_000,
			min_funded_seconds: 60,
			min_duration_seconds: 60,
			max_duration_seconds: 365 * 24 * 3_600,
			offer_blocks: 600,
			start_blocks: 100,
			claim_blocks: 600,
			grace_ms: 60_000,
			resolve_backstop_ms: 6 * 3_600_000,
			min_job_price: MILLI,
			max_items: 65_536,
			max_proof_bytes: 65_536,
			max_multiplications: 262_144,
			min_deadline_blocks: 10,
			max_deadline_blocks: 7 * 14_400,
			delivery_blocks: 300,
			answer_blocks: 50,
			max_open_demands: MAX_OPEN_DEMANDS,
			posting_fee: 100 * MILLI,
			retention_blocks: 7 * 14_400,
			block_ms: 6_000,
			pause_ms: 6 * 3_600_000,
			min_spot_notice_ms: 60_000,
			arbitration_blocks: 3 * 14_400,
			proposal_blocks: 600,
		}
	}
}

impl Parameters {
	/// Whether they fit together; the error says which rule is broken. What else they have to fit
	/// says [`Self::fit`].
	pub fn validate(&self) -> Result<(), BrokenRule> {
		let shares = self
			.treasury_share
			.deconstruct()
			.checked_add(self.attestor_share.deconstruct());
		let from_deposit = self.anchor_compensation.checked_add(self.finish_reward);
		let windows = [
			self.min_funded_seconds,
			self.min_duration_seconds,
			self.offer_blocks,
			self.start_blocks,
			self.claim_blocks,
			self.min_deadline_blocks,
			self.answer_blocks,
			self.arbitration_blocks,
			self.proposal_blocks,
		];
		let windows_ms = [self.block_ms, self.resolve_backstop_ms, self.pause_ms];
		let is_open = windows.into_iter().all(|window| window > 0)
			&& windows_ms.into_iter().all(|window| window > 0);
		first_broken(&[
			(
				self.fee <= Perbill::from_percent(50),
				BrokenRule::FeeAboveHalf,
			),
			(
				shares.is_some_and(|sum| sum <= Perbill::one().deconstruct()),
				BrokenRule::SharesAboveFee,
			),
			(
				from_deposit.is_some_and(|sum| sum <= self.opening_deposit),
				BrokenRule::DepositTooLow,
			),
			(
				self.min_rate > 0 && self.min_job_price > 0,
				BrokenRule::PriceIsZero,
			),
			(is_open, BrokenRule::TimeIsZero),
			(self.max_items > 0, BrokenRule::ItemsAreZero),
			(
				self.min_duration_seconds <= self.max_duration_seconds,
				BrokenRule::DurationsCrossed,
			),
			(
				self.min_deadline_blocks <= self.max_deadline_blocks,
				BrokenRule::DeadlinesCrossed,
			),
			(
				self.answer_blocks < self.delivery_blocks,
				BrokenRule::AnswerTooLong,
			),
			(
				(1..=MAX_OPEN_DEMANDS).contains(&self.max_open_demands),
				BrokenRule::DemandsOutOfRange,
			),
			(
				self.min_spot_notice_ms <= *self.durations_ms().end(),
				BrokenRule::SpotNoticeTooLong,
			),
		])
	}

	/// Whether the rest of the chain bears them; the error says which rule is broken.
	pub fn fit(&self, limits: &Limits) -> Result<(), BrokenRule> {
		let last_demand = self.delivery_blocks.checked_add(self.answer_blocks);
		first_broken(&[
			(
				limits.slot_ms.is_none_or(|slot| slot == self.block_ms),
				BrokenRule::BlockIsNoSlot,
			),
			(
				self.start_window_ms() <= limits.start_window_ms,
				BrokenRule::StartWindowTooLong,
			),
			(
				self.resolve_backstop_ms >= limits.proof_ms,
				BrokenRule::BackstopTooShort,
			),
			(
				last_demand.is_some_and(|blocks| blocks <= limits.delivery_blocks),
				BrokenRule::DeliveryTooLong,
			),
			(
				self.max_proof_bytes <= limits.proof_bytes,
				BrokenRule::ProofTooLarge,
			),
			(
				self.delivery_blocks >= limits.vote_blocks,
				BrokenRule::DeliveryTooShort,
			),
		])
	}

	/// Milliseconds, by plan, in which an accepted lease may be started.
	pub fn start_window_ms(&self) -> u64 {
		self.block_ms.saturating_mul(self.start_blocks.into())
	}

	/// What a lease opened now carries with it.
	pub fn terms(&self) -> Terms {
		Terms {
			fee: self.fee,
			treasury_share: self.treasury_share,
			attestor_share: self.attestor_share,
			anchor_compensation: self.anchor_compensation,
			finish_reward: self.finish_reward,
			hold_fee: self.hold_fee,
			min_rate: self.min_rate,
			posting_fee: self.posting_fee,
			start_blocks: self.start_blocks,
			claim_blocks: self.claim_blocks,
			resolve_backstop_ms: self.resolve_backstop_ms,
			delivery_blocks: self.delivery_blocks,
			answer_blocks: self.answer_blocks,
			max_open_demands: self.max_open_demands,
			retention_blocks: self.retention_blocks,
			min_funded_ms: u64::from(self.min_funded_seconds).saturating_mul(1_000),
			pause_ms: self.pause_ms,
			arbitration_blocks: self.arbitration_blocks,
		}
	}

	/// As [`Self::terms`], of a lease that is paid in an asset: the treasury gets the whole fee,
	/// because an asset is neither ours to burn nor what attestors are paid in. Their share stays: of
	/// a job they get it in TCT ([`crate::pricing::attestation`]).
	pub fn terms_in(&self, asset: &AssetTerms) -> Terms {
		Terms {
			treasury_share: Perbill::one(),
			hold_fee: asset.from_tct(self.hold_fee),
			min_rate: asset.min_rate,
			..self.terms()
		}
	}

	/// The shortest and the longest metered lease, in milliseconds.
	pub fn durations_ms(&self) -> core::ops::RangeInclusive<u64> {
		let ms = |seconds: u32| u64::from(seconds).saturating_mul(1_000);
		ms(self.min_duration_seconds)..=ms(self.max_duration_seconds)
	}

	/// What a lease opened by a machine's asking price agrees to besides: on demand, extendable up
	/// to the longest lease there is.
	pub fn plain_terms<AccountId>(&self) -> LeaseTerms<AccountId> {
		LeaseTerms::plain(*self.durations_ms().end())
	}

	/// Whether a lease of `duration_ms` may be agreed on these terms.
	pub fn allow<AccountId>(&self, terms: &LeaseTerms<AccountId>, duration_ms: u64) -> bool {
		let longest = *self.durations_ms().end();
		let notice = terms.spot_notice_ms.unwrap_or(self.min_spot_notice_ms);
		(duration_ms..=longest).contains(&terms.max_duration_ms)
			&& terms.early_close_ms <= terms.max_duration_ms
			&& (self.min_spot_notice_ms..=longest).contains(&notice)
	}
}

/// What the rest of the chain bears of leases' parameters. By default: anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
	/// Milliseconds of a slot: what a block takes by plan. Nothing, if blocks have no plan.
	pub slot_ms: Option<u64>,
	/// The longest start window, in milliseconds, that the market's bookings and deposits wait for.
	pub start_window_ms: u64,
	/// Milliseconds after a moment until the last proof that can still credit it: the longest gap
	/// between two passes, and the time to answer the second.
	pub proof_ms: u64,
	/// The most blocks from a verdict to the answer of the last demand, so that whoever voted on the
	/// job is still bonded.
	pub delivery_blocks: BlockNumber,
	/// The most bytes of weights that a proof of fault may bring.
	pub proof_bytes: u32,
	/// The most blocks after a verdict in which members of the committee still vote, and name leaves
	/// that must be shown before the job is paid.
	pub vote_blocks: BlockNumber,
}

impl Default for Limits {
	fn default() -> Self {
		Self {
			slot_ms: None,
			start_window_ms: u64::MAX,
			proof_ms: 0,
			delivery_blocks: BlockNumber::MAX,
			proof_bytes: u32::MAX,
			vote_blocks: 0,
		}
	}
}

/// The rule that refused parameters break, and what to do.
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
	PalletError,
)]
pub enum BrokenRule {
	/// `fee` is more than half of what is paid. Lower it.
	#[codec(index = 0)]
	FeeAboveHalf,
	/// `treasury_share` and `attestor_share` together are more than the fee. Lower one.
	#[codec(index = 1)]
	SharesAboveFee,
	/// `opening_deposit` does not pay `anchor_compensation` and `finish_reward`. Raise it.
	#[codec(index = 2)]
	DepositTooLow,
	/// `min_rate` or `min_job_price` is zero. Raise it.
	#[codec(index = 3)]
	PriceIsZero,
	/// A length of time that nothing works without is zero: `block_ms`, `resolve_backstop_ms`,
	/// `pause_ms`, the least funding or duration, the least deadline, or the blocks of an offer, a
	/// start, a claim, an answer, a judgement or a proposal. Raise it.
	#[codec(index = 4)]
	TimeIsZero,
	/// `max_items` is zero. Raise it.
	#[codec(index = 5)]
	ItemsAreZero,
	/// `max_duration_seconds` is below `min_duration_seconds`. Raise it.
	#[codec(index = 6)]
	DurationsCrossed,
	/// `max_deadline_blocks` is below `min_deadline_blocks`. Raise it.
	#[codec(index = 7)]
	DeadlinesCrossed,
	/// `answer_blocks` is no shorter than `delivery_blocks`: no demand could be answered in time.
	/// Lower it.
	#[codec(index = 8)]
	AnswerTooLong,
	/// `max_open_demands` is zero or above [`MAX_OPEN_DEMANDS`]. Take one between.
	#[codec(index = 9)]
	DemandsOutOfRange,
	/// `min_spot_notice_ms` is longer than the longest lease: no spot lease could be agreed. Lower
	/// it.
	#[codec(index = 10)]
	SpotNoticeTooLong,
	/// `block_ms` is not the chain's slot: starts and expiries would be planned for wrong blocks. Set
	/// it to that.
	#[codec(index = 11)]
	BlockIsNoSlot,
	/// `start_blocks` × `block_ms` is longer than the market's `slack_ms` − `honour_ms`, or not
	/// shorter than its `backstop_ms`: a late start would run into the next booking. Lower it, or
	/// raise the market's first.
	#[codec(index = 12)]
	StartWindowTooLong,
	/// `resolve_backstop_ms` is shorter than the longest gap that attestation credits, with the
	/// windows of its challenge: proven time would be lost. Raise it, or shorten the gap first.
	#[codec(index = 13)]
	BackstopTooShort,
	/// `delivery_blocks` and `answer_blocks` are so long that attestors could withdraw their bonds
	/// before the last fault is proven. Lower them, or raise attestation's `unbonding_blocks` first.
	#[codec(index = 14)]
	DeliveryTooLong,
	/// `max_proof_bytes` is more than attestation takes: faults could not be proven. Lower it.
	#[codec(index = 15)]
	ProofTooLarge,
	/// `hold_fee` is worth less than a base unit of an approved asset: accepted leases in it could be
	/// left for nothing. Raise it, set it to zero, or remove that asset first.
	#[codec(index = 16)]
	HoldFeeVanishes,
	/// `delivery_blocks` is shorter than attestation's `vote_window_blocks`: a job's delivery would be
	/// over before all members have voted on it. Raise it, or shorten the vote window first.
	#[codec(index = 17)]
	DeliveryTooShort,
}

/// The first rule that does not hold.
fn first_broken(rules: &[(bool, BrokenRule)]) -> Result<(), BrokenRule> {
	let broken = rules.iter().find(|(holds, _)| !holds);
	broken.map_or(Ok(()), |(_, rule)| Err(*rule))
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_params(params: Parameters) -> DispatchResult {
		params
			.validate()
			.and_then(|()| params.fit(&T::Limits::get()))
			.map_err(Error::<T>::InvalidParameters)?;
		let keeps_fee = ApprovedAssets::<T>::iter_values().all(|of| of.are_sound(params.hold_fee));
		ensure!(
			keeps_fee,
			Error::<T>::InvalidParameters(BrokenRule::HoldFeeVanishes)
		);
		// nothing fails from here
		Params::<T>::put(&params);
		Self::deposit_event(Event::ParametersSet { params });
		Ok(())
	}
}
