//! What a lease is made of.

use crate::meter::Meter;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::sr25519;
use sp_runtime::Perbill;
use terminal_primitives::{
	market::JobSpec, Balance, BlockNumber, Digest, MachineId, Moment, VersionId,
};

/// The longest input or weights location, in bytes.
pub const MAX_LOCATION_BYTES: u32 = 256;
/// The most demands for leaves that may be open on one job.
pub const MAX_OPEN_DEMANDS: u32 = 8;
/// The runner that the runtime can re-execute: `integer-network` version 1.
pub const RUNNER_INTEGER_NETWORK: u16 = 1;

/// Where a job's inputs or weights lie: a URL or a path that the provider's daemon understands.
/// The chain never reads it; digests decide what is right.
pub type Location = BoundedVec<u8, ConstU32<MAX_LOCATION_BYTES>>;
/// The key that the consumer's client holds and that signs receipts.
pub type TenantKey = sr25519::Public;

/// Proof that the tenant acknowledges so much service.
///
/// The signature is over `terminal_gpu_proof::receipt::message(genesis hash, lease, segment,
/// milliseconds)`, raw or wrapped in `<Bytes>…</Bytes>` as polkadot.js wraps what a user signs.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Receipt {
	/// Which segment of the lease, counted from zero.
	pub segment: u32,
	/// Milliseconds acknowledged in this segment so far: cumulative, never a difference.
	pub milliseconds: u64,
	/// By the lease's tenant key.
	pub signature: sr25519::Signature,
}

/// One lease. Its id is its key in `Leases`.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Lease<AccountId> {
	/// Who pays: the escrow is on hold in this account.
	pub consumer: AccountId,
	/// Who is paid: the machine's provider when the lease was opened.
	pub provider: AccountId,
	/// Where it runs.
	pub machine: MachineId,
	/// Hash of the machine's terms that the consumer agreed to.
	pub terms_hash: Digest,
	/// The model version that is paid a royalty.
	pub version: Option<VersionId>,
	/// The block in which it was opened.
	pub opened_at: BlockNumber,
	/// The parameters it was opened under: later changes do not touch it.
	pub terms: Terms,
	/// What is left of the opening deposit, on hold in the consumer's account.
	pub deposit: Balance,
	/// Where its money went.
	pub books: Books,
	/// What was agreed.
	pub work: Work,
	/// How far it is.
	pub state: State,
	/// The bucket of the expiry wheel that holds its live entry, 0 for none.
	pub wake_at: BlockNumber,
}

/// What was agreed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[allow(clippy::large_enum_variant)] // Stored, not kept in memory: a box would only cost.
pub enum Work {
	/// Time on a machine, paid by the meter.
	#[codec(index = 0)]
	Metered(MeteredWork),
	/// One result, paid on a positive verdict.
	#[codec(index = 1)]
	Job(JobWork),
}

/// Time on a machine.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct MeteredWork {
	/// Units of the machine's hardware.
	pub units: u32,
	/// Base units per second and unit.
	pub rate: Balance,
	/// Base units per second for the model version, on top.
	pub royalty_rate: Balance,
	/// Agreed time in milliseconds, from the start.
	pub duration_ms: u64,
	/// Who signs receipts. `None`: receipts off, the machine's presence alone is paid.
	pub tenant: Option<TenantKey>,
	/// What was measured.
	pub meter: Meter,
}

/// One result.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct JobWork {
	/// What runs, over what.
	pub spec: JobSpec,
	/// Base units for the provider, before the fee.
	pub price: Balance,
	/// Base units for the model version, before the fee.
	pub royalty: Balance,
	/// Blocks from acceptance to the commitment.
	pub deadline_blocks: BlockNumber,
	/// SHA-256 of the job's manifest.
	pub manifest: Digest,
	/// Where the inputs lie.
	pub input_url: Location,
	/// Where the weights lie.
	pub weights_url: Location,
}

/// How far a lease is. A variant holds only what is true in that state; the diagram is in
/// [`crate::lifecycle`].
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum State {
	/// Funded by the consumer, not yet accepted.
	#[codec(index = 0)]
	Offered {
		/// The last block in which it may be accepted.
		expires_at: BlockNumber,
	},
	/// Metered: units are reserved, the handshake is awaited.
	#[codec(index = 1)]
	Accepted {
		/// The last block in which it may be started.
		start_by: BlockNumber,
	},
	/// Metered: running.
	#[codec(index = 2)]
	Active {
		/// When the agreed time is over.
		ends_at: Moment,
	},
	/// Metered: over, but what is due may not be final.
	#[codec(index = 3)]
	Closing {
		/// When it ended.
		end: Moment,
		/// The last block in which receipts are taken.
		claim_until: BlockNumber,
		/// How it ended.
		outcome: Outcome,
	},
	/// Job: the provider is working.
	#[codec(index = 4)]
	Running {
		/// The last block in which the result may be committed.
		deadline: BlockNumber,
	},
	/// Job: the result is committed, the verdict is awaited.
	#[codec(index = 5)]
	Committed {
		/// Root over the result's leaves.
		root: Digest,
		/// The block that held the commitment.
		committed_at: BlockNumber,
	},
	/// Job: passed; the consumer may demand leaves.
	#[codec(index = 6)]
	Delivering {
		/// Root over the result's leaves.
		root: Digest,
		/// The block that held the commitment.
		committed_at: BlockNumber,
		/// The last block of the delivery window.
		until: BlockNumber,
		/// Leaves that the consumer waits for.
		demands: BoundedVec<Demand, ConstU32<MAX_OPEN_DEMANDS>>,
	},
	/// Over. Kept for a while so that clients can read how it ended.
	#[codec(index = 7)]
	Closed {
		/// How it ended.
		outcome: Outcome,
		/// The block in which it was closed.
		closed_at: BlockNumber,
	},
}

/// A leaf that the consumer demanded on chain.
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
pub struct Demand {
	/// Which leaf.
	pub index: u32,
	/// The last block in which the answer is taken.
	pub answer_by: BlockNumber,
	/// What the consumer prepaid for the posting.
	pub posting: Balance,
}

/// How a lease ended.
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
pub enum Outcome {
	/// The agreed time is over, or the job was delivered: paid.
	#[codec(index = 0)]
	Completed,
	/// The consumer ended it: what was proven and acknowledged is paid.
	#[codec(index = 1)]
	CancelledByConsumer,
	/// The provider ended it: as above; of a job nothing is paid.
	#[codec(index = 2)]
	CancelledByProvider,
	/// Nobody did the next step in time.
	#[codec(index = 3)]
	Expired,
	/// The escrow was used up before the agreed time was.
	#[codec(index = 4)]
	Exhausted,
	/// A leaf of the result was proven wrong: refunded, the provider's bond slashed.
	#[codec(index = 5)]
	Faulted,
	/// The provider left a data challenge unanswered: refunded.
	#[codec(index = 6)]
	Unanswered,
	/// The provider left a demanded leaf unanswered: refunded.
	#[codec(index = 7)]
	Undelivered,
}

/// Where the money of one lease went, in base units. Always
/// `deposited = held + paid + royalty + lease_fee + model_fee + refunded`.
///
/// The opening deposit and prepaid postings are not in it: they have holds of their own.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
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
pub struct Books {
	/// Put into the escrow so far, by anyone.
	pub deposited: Balance,
	/// In the escrow now: on hold in the consumer's account.
	pub held: Balance,
	/// Paid to the provider, after the fee.
	pub paid: Balance,
	/// Accrued to the model version, after the fee.
	pub royalty: Balance,
	/// The fee on the provider's part.
	pub lease_fee: Balance,
	/// The fee on the royalty.
	pub model_fee: Balance,
	/// Given back to the consumer.
	pub refunded: Balance,
}

impl Books {
	/// What the provider earned, before the fee.
	pub fn provider_gross(&self) -> Balance {
		self.paid.saturating_add(self.lease_fee)
	}

	/// What the model version earned, before the fee.
	pub fn royalty_gross(&self) -> Balance {
		self.royalty.saturating_add(self.model_fee)
	}

	/// All that was taken out of the escrow for service.
	pub fn drawn(&self) -> Balance {
		self.provider_gross().saturating_add(self.royalty_gross())
	}

	/// Whether they add up.
	pub fn balanced(&self) -> bool {
		[
			self.paid,
			self.royalty,
			self.lease_fee,
			self.model_fee,
			self.refunded,
		]
		.into_iter()
		.try_fold(self.held, |sum, part| sum.checked_add(part))
			== Some(self.deposited)
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
	/// See [`Parameters::hold_fee`].
	pub hold_fee: Balance,
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
	/// Milliseconds that a block is expected to take: schedules the expiry wheel, nothing else.
	pub block_ms: u64,
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
		}
	}
}

impl Parameters {
	/// Whether they fit together.
	#[allow(clippy::result_unit_err)]
	pub fn validate(&self) -> Result<(), ()> {
		let shares = self
			.treasury_share
			.deconstruct()
			.checked_add(self.attestor_share.deconstruct());
		let from_deposit = self.anchor_compensation.checked_add(self.finish_reward);
		let positive = [
			self.min_funded_seconds,
			self.min_duration_seconds,
			self.offer_blocks,
			self.start_blocks,
			self.claim_blocks,
			self.max_items,
			self.min_deadline_blocks,
			self.answer_blocks,
		];
		let valid = self.fee <= Perbill::from_percent(50)
			&& shares.is_some_and(|sum| sum <= Perbill::one().deconstruct())
			&& from_deposit.is_some_and(|sum| sum <= self.opening_deposit)
			&& self.min_rate > 0
			&& self.min_job_price > 0
			&& self.block_ms > 0
			&& self.resolve_backstop_ms > 0
			&& positive.into_iter().all(|value| value > 0)
			&& self.min_duration_seconds <= self.max_duration_seconds
			&& self.min_deadline_blocks <= self.max_deadline_blocks
			&& self.answer_blocks < self.delivery_blocks
			&& (1..=MAX_OPEN_DEMANDS).contains(&self.max_open_demands);
		valid.then_some(()).ok_or(())
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
			posting_fee: self.posting_fee,
			start_blocks: self.start_blocks,
			claim_blocks: self.claim_blocks,
			resolve_backstop_ms: self.resolve_backstop_ms,
			delivery_blocks: self.delivery_blocks,
			answer_blocks: self.answer_blocks,
			max_open_demands: self.max_open_demands,
			retention_blocks: self.retention_blocks,
		}
	}
}

/// What a consumer asks for when opening a metered lease.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeteredOrder {
	/// On which machine.
	pub machine: MachineId,
	/// How many of its units.
	pub units: u32,
	/// For how long.
	pub duration_seconds: u32,
	/// The most the consumer pays, base units per second and unit, without the model's price.
	pub max_rate: Balance,
	/// The machine's terms the consumer has read.
	pub terms_hash: Digest,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// Who signs receipts.
	pub tenant: Option<TenantKey>,
	/// Base units for the escrow.
	pub funds: Balance,
}

/// What a consumer asks for when opening a fixed job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobOrder {
	/// On which machine.
	pub machine: MachineId,
	/// What runs.
	pub spec: JobSpec,
	/// Base units for the provider, before the fee.
	pub price: Balance,
	/// The most the consumer pays for provider and model together.
	pub max_total: Balance,
	/// Blocks from acceptance to the commitment.
	pub deadline_blocks: BlockNumber,
	/// The model version to pay.
	pub version: Option<VersionId>,
	/// SHA-256 of the job's manifest.
	pub manifest: Digest,
	/// Where the inputs lie.
	pub input_url: Vec<u8>,
	/// Where the weights lie.
	pub weights_url: Vec<u8>,
	/// The machine's terms the consumer has read.
	pub terms_hash: Digest,
}
