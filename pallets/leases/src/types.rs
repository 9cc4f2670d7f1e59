//! What a lease is made of.

pub use crate::{
	orders::{CallsOrder, JobOrder, MeteredOrder},
	params::{AssetTerms, BrokenRule, Limits, Parameters, Terms, LEAST_RATE},
	vouchers::{CallsWork, Voucher},
};

use crate::meter::Meter;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::sr25519;
use terminal_primitives::{
	market::{JobSpec, LeaseTerms},
	AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId,
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
/// milliseconds)`, which is framed in `<Bytes>…</Bytes>` as wallets frame what a user signs.
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
	/// Who pays: the escrow is on hold in this account. Changes by a transfer.
	pub consumer: AccountId,
	/// Who is paid: the machine's provider when the lease was opened.
	pub provider: AccountId,
	/// Where it runs.
	pub machine: MachineId,
	/// What it is paid in: the escrow and all that comes out of it. `None`: TCT. Opening deposit and
	/// postings are in TCT always.
	pub asset: Option<AssetId>,
	/// Hash of the machine's terms that the consumer agreed to.
	pub terms_hash: Digest,
	/// The model version that is paid a royalty.
	pub version: Option<VersionId>,
	/// The block in which it was opened.
	pub opened_at: BlockNumber,
	/// The parameters it was opened under: later changes do not touch it.
	pub terms: Terms,
	/// What is left of the opening deposit, on hold in the consumer's account: with what the attestors
	/// of a job in an asset get ([`Self::attestation`]).
	pub deposit: Balance,
	/// Where its money went.
	pub books: Books,
	/// What was agreed.
	pub work: Work<AccountId>,
	/// How far it is.
	pub state: State,
	/// The block under which the expiry wheel holds its only entry, 0 for none.
	pub wake_at: BlockNumber,
	/// The lease that was migrated to become this one.
	pub continues: Option<LeaseId>,
}

impl<AccountId> Lease<AccountId> {
	/// Base units of TCT that wait in the opening deposit for the attestors of a job which is paid in
	/// an asset: of its fee they get nothing.
	pub fn attestation(&self) -> Balance {
		match (self.asset, &self.work) {
			(Some(_), Work::Job(work)) => crate::pricing::attestation(&self.terms, work.at_risk),
			(None, _) | (_, Work::Metered(_) | Work::Calls(_)) => 0,
		}
	}
}

/// What was agreed.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[allow(clippy::large_enum_variant)] // Stored, not kept in memory: a box would only cost.
pub enum Work<AccountId> {
	/// Time on a machine, paid by the meter.
	#[codec(index = 0)]
	Metered(MeteredWork<AccountId>),
	/// One result, paid on a positive verdict.
	#[codec(index = 1)]
	Job(JobWork),
	/// Calls, paid by vouchers.
	#[codec(index = 2)]
	Calls(CallsWork),
}

/// Time on a machine.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct MeteredWork<AccountId> {
	/// Units of the machine's hardware.
	pub units: u32,
	/// Base units per second and unit.
	pub rate: Balance,
	/// Base units per second for the model version, on top.
	pub royalty_rate: Balance,
	/// Agreed time in milliseconds, from the start, without pauses.
	pub duration_ms: u64,
	/// Who signs receipts. `None`: receipts off, the machine's presence alone is paid.
	pub tenant: Option<TenantKey>,
	/// What was measured.
	pub meter: Meter,
	/// What both sides agreed besides the price.
	pub terms: LeaseTerms<AccountId>,
	/// Whether it was agreed on the market (`LeaseBook`), which hears how it begins.
	pub agreed: bool,
	/// Whether the provider of a spot lease has called it back.
	pub reclaimed: bool,
	/// What may be pulled from the consumer's wallet.
	pub auto_top_up: Option<AutoTopUp>,
	/// A change that one side has signed.
	pub proposal: Option<Proposal>,
	/// Who may take the lease over.
	pub offered_to: Option<AccountId>,
}

impl<AccountId> MeteredWork<AccountId> {
	/// Base units per second for the provider: all units, without the model.
	pub fn provider_rate(&self) -> Balance {
		self.rate.saturating_mul(self.units.into())
	}

	/// Base units per second in all.
	pub fn per_second(&self) -> Balance {
		self.provider_rate().saturating_add(self.royalty_rate)
	}

	/// What ending with `left_ms` to go costs whoever ends, in base units.
	pub fn early_fee(&self, left_ms: u64) -> Balance {
		let ms = self.terms.early_close_ms.min(left_ms);
		crate::meter::amount(self.provider_rate(), ms)
	}

	/// What the escrow keeps for the consumer's early-close fee, in base units. Who was called back
	/// may leave for nothing.
	pub fn reserve(&self, left_ms: u64) -> Balance {
		if self.reclaimed {
			0
		} else {
			self.early_fee(left_ms)
		}
	}
}

/// The consumer's word that its lease may be funded from its wallet.
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
pub struct AutoTopUp {
	/// Base units that are pulled at once, when funds run short.
	pub step: Balance,
	/// Base units that may be pulled in all.
	pub cap: Balance,
}

/// Other conditions for the time to come.
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
pub struct Change {
	/// Base units per second and unit.
	pub rate: Balance,
	/// Units of the machine.
	pub units: u32,
	/// Milliseconds that are acknowledged for the segment that ends by it: exactly these are paid,
	/// as far as the machine proved them, without a grace. Means nothing where receipts are off.
	pub acknowledged_ms: u64,
}

/// A change that one side has signed and the other may.
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
pub struct Proposal {
	/// Who proposed it.
	pub by: Side,
	/// The segment that it would end.
	pub segment: u32,
	/// What would change.
	pub change: Change,
	/// The last block in which it may be accepted.
	pub expires_at: BlockNumber,
}

/// The two sides of a lease.
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
pub enum Side {
	/// Who pays.
	#[codec(index = 0)]
	Consumer,
	/// Who is paid, or the machine's agent.
	#[codec(index = 1)]
	Provider,
}

/// Why a lease does not run for a while.
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
pub enum Pause {
	/// Its escrow was used up.
	#[codec(index = 0)]
	Funds,
	/// The provider has announced work on the machine.
	#[codec(index = 1)]
	Maintenance {
		/// When the announced window ends.
		until: Moment,
	},
}

/// What ending before the agreed time costs whom, in base units. Agreed in the terms.
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
pub enum EarlyEnd {
	/// Nothing.
	#[codec(index = 0)]
	Free,
	/// The provider gets so much besides, but never more than was acknowledged and proven: who
	/// served nothing earns no fee.
	#[codec(index = 1)]
	ConsumerPays(Balance),
	/// So much of what is due to the provider is not paid.
	#[codec(index = 2)]
	ProviderPays(Balance),
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
	/// TCT base units for which the provider's bond answers: what the price is worth.
	pub at_risk: Balance,
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
		/// The consumer's handshake is on chain already.
		shown: bool,
		/// The units are reserved until then.
		reserved_until: Moment,
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
		/// What ending early costs whom.
		early: EarlyEnd,
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
	/// Metered: interrupted; nothing becomes due, the units stay reserved.
	#[codec(index = 8)]
	Paused {
		/// Why.
		why: Pause,
		/// Since when.
		since: Moment,
		/// Milliseconds of the agreed time that are left.
		left_ms: u64,
		/// From then on anyone may close it.
		until: Moment,
		/// It waits for funds, and the issuer of what it is paid in kept its consumer from bringing
		/// them when the pause began: that is no leaving of the consumer's.
		frozen: bool,
	},
	/// Metered: over, and the arbiter may split what is held. Nothing is paid meanwhile.
	#[codec(index = 9)]
	Disputed {
		/// When it ended.
		end: Moment,
		/// The last block in which the arbiter may judge and receipts are taken.
		until: BlockNumber,
		/// How it ended, if the arbiter stays silent.
		outcome: Outcome,
		/// What ending early costs whom, if the arbiter stays silent.
		early: EarlyEnd,
	},
	/// Calls: served, against vouchers.
	#[codec(index = 10)]
	Serving {
		/// The last block in which it takes a side to end it.
		until: BlockNumber,
	},
	/// Calls: over, but the provider may still show vouchers.
	#[codec(index = 11)]
	Redeeming {
		/// The last block in which vouchers are taken.
		until: BlockNumber,
		/// How it ended.
		outcome: Outcome,
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
#[serde(rename_all = "camelCase")]
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
	/// The provider of a spot lease called it back, with the agreed notice.
	#[codec(index = 8)]
	Preempted,
	/// The arbiter split what was held.
	#[codec(index = 9)]
	Arbitrated,
	/// The consumer moved on to another machine.
	#[codec(index = 10)]
	Migrated,
}

/// Where the money of one lease went, in base units of what it is paid in. Always
/// `deposited + moved_in = held + paid + royalty + lease_fee + model_fee + arbitration + refunded +
/// moved_out`.
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
#[serde(rename_all = "camelCase")]
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
	/// Paid to the arbiter.
	pub arbitration: Balance,
	/// Taken over from the lease that was migrated to this one.
	pub moved_in: Balance,
	/// Handed on to the lease that this one was migrated to.
	pub moved_out: Balance,
}

/// What became of an account's leases: plain counters, from which others may compute what they
/// like. Whoever leases to itself raises its own counters: weigh them by what was paid.
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
#[serde(rename_all = "camelCase")]
pub struct Record {
	/// As a provider.
	pub provider: ProviderRecord,
	/// As a consumer.
	pub consumer: ConsumerRecord,
}

/// What became of the leases that an account provided.
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
#[serde(rename_all = "camelCase")]
pub struct ProviderRecord {
	/// Metered leases that were started, jobs that were committed and leases of which calls were paid,
	/// closed since.
	pub leases: u32,
	/// Milliseconds that metered leases ran, without pauses.
	pub promised_ms: u64,
	/// Of these, milliseconds that the machines proved.
	pub proven_ms: u64,
	/// Base units of TCT paid to it, after fees. What it was paid in assets is not in it.
	pub paid: Balance,
	/// Leases lost because a call of the provider's was missing: a start after the consumer had
	/// arrived, a commitment, an answer, a leaf; and jobs with a proven fault.
	pub forfeits: u32,
	/// Disputes of which an arbiter gave it less than half.
	pub disputes_lost: u32,
}

/// What became of the leases that an account consumed.
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
#[serde(rename_all = "camelCase")]
pub struct ConsumerRecord {
	/// Metered leases that were started, jobs that were committed and leases of which calls were paid,
	/// closed since.
	pub leases: u32,
	/// Leases that ended because their escrow was used up.
	pub exhausted: u32,
	/// Accepted leases for which no handshake came in time.
	pub forfeits: u32,
	/// Disputes of which an arbiter gave it less than half.
	pub disputes_lost: u32,
}
