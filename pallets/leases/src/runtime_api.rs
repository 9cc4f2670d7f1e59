//! What clients read: leases with all their numbers, and quotes.

use crate::types::{AssetTerms, AutoTopUp, Books, Demand, Outcome, Pause, Proposal, Record, Side};
use alloc::{string::String, vec::Vec};
use codec::{Codec, Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::{AccountId32, Perbill};
use terminal_primitives::{
	AssetId, Balance, BlockNumber, Digest, LeaseId, MachineId, Moment, VersionId,
};

/// A lease and its parties.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct LeaseView<AccountId> {
	/// The lease.
	pub id: LeaseId,
	/// Who pays.
	pub consumer: AccountId,
	/// Who is paid.
	pub provider: AccountId,
	/// Who signs for the machine now.
	pub agent: AccountId,
	/// Where it runs.
	pub machine: MachineId,
	/// What it is paid in; none: TCT. All amounts but `deposit` and postings are in it.
	pub asset: Option<AssetId>,
	/// The model version that is paid.
	pub version: Option<VersionId>,
	/// Hash of the terms agreed to.
	pub terms_hash: Digest,
	/// The block in which it was opened.
	pub opened_at: BlockNumber,
	/// How far it is.
	pub status: Status,
	/// The block in which the present state's time is up, if it has one in blocks.
	pub until_block: Option<BlockNumber>,
	/// How it ended, if it has.
	pub outcome: Option<Outcome>,
	/// Where its money went, base units.
	pub books: Books,
	/// What is left of the opening deposit, base units of TCT.
	pub deposit: Balance,
	/// The lease that was migrated to become this one.
	pub continues: Option<LeaseId>,
	/// What was measured, of a metered lease.
	pub metered: Option<MeteredView>,
	/// What both sides agreed besides the price, of a metered lease.
	pub agreement: Option<AgreementView<AccountId>>,
	/// What runs, of a fixed job.
	pub job: Option<JobDetails>,
	/// What is owed, of a lease for calls.
	pub calls: Option<CallsView>,
}

/// Which leases of an account to show.
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
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Which {
	/// The closed ones too, until they are cleared away.
	#[default]
	All,
	/// Those that are not closed.
	Open,
}

/// Some leases of an account.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct LeasePage<AccountId> {
	/// In no particular order.
	pub leases: Vec<LeaseView<AccountId>>,
	/// Where the next page begins, if there is more.
	pub next: Option<LeaseId>,
}

/// The states of a lease.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Status {
	/// Awaits acceptance.
	Offered,
	/// Metered: awaits its start.
	Accepted,
	/// Metered: running.
	Active,
	/// Metered: over, not final.
	Closing,
	/// Job: being worked on.
	Running,
	/// Job: awaits its verdict.
	Committed,
	/// Job: in its delivery window.
	Delivering,
	/// Closed for good.
	Closed,
	/// Metered: interrupted.
	Paused,
	/// Metered: over, before the arbiter.
	Disputed,
	/// Calls: in service.
	Serving,
	/// Calls: over, vouchers are still taken.
	Redeeming,
}

/// What both sides of a metered lease agreed besides its price.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct AgreementView<AccountId> {
	/// A spot lease: may be called back with so many milliseconds' notice.
	pub spot_notice_ms: Option<u64>,
	/// The consumer may extend up to so many milliseconds.
	pub max_duration_ms: u64,
	/// Ending early costs so many milliseconds' price.
	pub early_close_ms: u64,
	/// The share of its time that must be proven.
	pub sla_target: Option<Perbill>,
	/// The share of what is due that is not paid otherwise.
	pub sla_credit: Option<Perbill>,
	/// Who may split what is held in a dispute.
	pub arbiter: Option<AccountId>,
	/// For so many base units.
	pub arbiter_fee: Option<Balance>,
	/// Who may take the lease over.
	pub offered_to: Option<AccountId>,
}

/// What a meter shows.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct MeteredView {
	/// Units of hardware.
	pub units: u32,
	/// Base units per second and unit.
	pub rate: Balance,
	/// Base units per second for the model version.
	pub royalty_rate: Balance,
	/// Agreed time, milliseconds.
	pub duration_ms: u64,
	/// Who signs receipts; none: receipts off, "machine presence only".
	pub tenant: Option<[u8; 32]>,
	/// Whether its start asks for no handshake: the consumer has shown up on chain.
	pub handshake_shown: bool,
	/// Milliseconds paid beyond the last receipt.
	pub grace_ms: Option<u64>,
	/// When the agreed time is or was over, once started and not paused.
	pub ends_at: Option<Moment>,
	/// Milliseconds of the agreed time that are left, of a running or paused lease.
	pub left_ms: Option<u64>,
	/// Why it is paused, if it is.
	pub paused: Option<Pause>,
	/// From then on anyone may close a paused lease.
	pub pause_over_at: Option<Moment>,
	/// Whether the provider has called it back.
	pub reclaimed: bool,
	/// What ending now would cost whoever ends it, base units.
	pub early_close_fee: Balance,
	/// What may still be pulled from the consumer's wallet.
	pub auto_top_up: Option<AutoTopUp>,
	/// A change that one side has signed.
	pub proposal: Option<Proposal>,
	/// Each stretch with one rate.
	pub segments: Vec<SegmentView>,
	/// Uptime is final until here.
	pub resolved_until: Moment,
	/// What is due in all by what is proven and acknowledged, base units.
	pub due: Balance,
	/// Of that, what could be paid now and is not yet, base units.
	pub payable: Balance,
	/// Whole seconds the escrow lasts beyond what is due, if every one of them is proven.
	pub seconds_of_funding_left: u64,
	/// Below so many seconds of funding an auto top-up is pulled.
	pub min_funded_seconds: u64,
}

/// What a meter shows of one segment.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct SegmentView {
	/// Its number, which receipts name.
	pub number: u32,
	/// Who signs its receipts; none: receipts off.
	pub tenant: Option<[u8; 32]>,
	/// Base units per second for all units.
	pub rate: Balance,
	/// When it began.
	pub from: Moment,
	/// When it ended.
	pub to: Option<Moment>,
	/// Until when what is proven is on record. Later runs of the machine are counted before it
	/// forgets them, or never.
	pub counted_to: Moment,
	/// Milliseconds proven by the machine.
	pub proven_ms: u64,
	/// Milliseconds acknowledged by the tenant.
	pub acknowledged_ms: u64,
	/// Milliseconds that are due.
	pub credited_ms: u64,
	/// Whether its receipts are fixed, without a grace.
	pub sealed: bool,
}

/// What a fixed job is about.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct JobDetails {
	/// Base units for the provider, before the fee.
	pub price: Balance,
	/// Base units for the model version, before the fee.
	pub royalty: Balance,
	/// Root over the inputs.
	pub input_root: Digest,
	/// Root over the weights.
	pub weights_root: Digest,
	/// Number of items.
	pub items: u32,
	/// Bytes of the weights.
	pub weights_bytes: u32,
	/// Bytes of each input.
	pub input_bytes: u32,
	/// Most bytes of an output.
	pub output_bytes: u32,
	/// Multiplications per item.
	pub multiplications: u32,
	/// Whose rules define the output.
	pub runner: u16,
	/// Blocks from acceptance to the commitment.
	pub deadline_blocks: BlockNumber,
	/// SHA-256 of the manifest.
	pub manifest: Digest,
	/// Where the inputs lie.
	pub input_url: String,
	/// Where the weights lie.
	pub weights_url: String,
	/// What ties leaves to this lease.
	pub context: Digest,
	/// Root over the result.
	pub result_root: Option<Digest>,
	/// The block that held the commitment.
	pub committed_at: Option<BlockNumber>,
	/// Leaves the consumer waits for.
	pub demands: Vec<Demand>,
}

/// What is owed for calls.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct CallsView {
	/// Base units per call for the provider, before the fee.
	pub price: Balance,
	/// Base units per call for the model version, before the fee.
	pub royalty: Balance,
	/// The account of the key that signs vouchers.
	pub key: AccountId32,
	/// Blocks from acceptance to the last one.
	pub duration_blocks: BlockNumber,
	/// Calls by the highest voucher that was redeemed.
	pub calls: u64,
	/// What these cost in all, base units.
	pub due: Balance,
	/// Of that, what could be paid now and is not yet, base units.
	pub payable: Balance,
	/// So many calls more the escrow covers. A provider serves no more than these, and those it has
	/// vouchers for that are not redeemed are among them.
	pub covered: u64,
}

/// What a metered lease would cost, base units.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct MeteredQuote {
	/// What the other amounts are in, but for the deposit; none: TCT.
	pub asset: Option<AssetId>,
	/// Per second and unit, for the provider.
	pub rate: Balance,
	/// Per second, for the model version.
	pub royalty_rate: Balance,
	/// Per second, in all.
	pub per_second: Balance,
	/// For the whole time, in all: the most that is ever held.
	pub total: Balance,
	/// The least the escrow must hold.
	pub least_funds: Balance,
	/// Of the total: the protocol's fee.
	pub fee: Balance,
	/// Of the fee: burned.
	pub burned: Balance,
	/// The opening deposit, on top, base units of TCT.
	pub deposit: Balance,
	/// What to send as `terms_hash`.
	pub terms_hash: Digest,
	/// Units that are free now.
	pub free_units: u32,
	/// When it could begin at the earliest, milliseconds: now if it could be opened at once. None:
	/// not within what the machine's calendar shows.
	pub earliest_start: Option<Moment>,
}

/// What a fixed job would cost, base units.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub struct JobQuote {
	/// What the other amounts are in, but for deposit and posting; none: TCT.
	pub asset: Option<AssetId>,
	/// For the provider, before the fee.
	pub price: Balance,
	/// For the model version, before the fee.
	pub royalty: Balance,
	/// Both: what is held.
	pub total: Balance,
	/// Of the total: the protocol's fee.
	pub fee: Balance,
	/// Of the fee: burned.
	pub burned: Balance,
	/// The opening deposit, on top, base units of TCT; of a job in an asset with what its attestors
	/// get, which returns if the job is not paid.
	pub deposit: Balance,
	/// What one demanded leaf prepays.
	pub posting_fee: Balance,
	/// What to send as `terms_hash`.
	pub terms_hash: Digest,
}

/// Why there is no quote. The errors of the same names say what to do.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum QuoteError {
	/// No such machine.
	UnknownMachine,
	/// No such model version.
	UnknownVersion,
	/// The model version was yanked.
	VersionYanked,
	/// Rate × time is more than there is money.
	PriceOverflow,
	/// Leases are not paid in that asset.
	AssetNotApproved,
	/// The machine has no price in that asset.
	MachineNotPriced,
	/// The model version is not to be had for that asset.
	VersionNotPriced,
}

sp_api::decl_runtime_apis! {
	/// Reading leases and prices.
	pub trait LeasesApi<AccountId> where AccountId: Codec {
		/// A lease with all that clients show.
		fn lease(id: LeaseId) -> Option<LeaseView<AccountId>>;
		/// The leases of an account on both sides or on one, in no particular order, at most `limit`
		/// and at most 100. Looks at 1,000 at most, so a page may be empty and not the last; go on at
		/// `next`, which stays a place to go on from when that lease is gone.
		fn own_leases(
			account: AccountId,
			side: Option<Side>,
			which: Which,
			from: Option<LeaseId>,
			limit: u32,
		) -> LeasePage<AccountId>;
		/// What a metered lease would cost now.
		fn quote_metered(
			machine: MachineId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<MeteredQuote, QuoteError>;
		/// What a fixed job at `price` would cost now.
		fn quote_job(
			machine: MachineId,
			price: Balance,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<JobQuote, QuoteError>;
		/// The bytes that a tenant signs to acknowledge service.
		fn receipt_message(lease: LeaseId, segment: u32, milliseconds: u64) -> Vec<u8>;
		/// The bytes that a consumer's voucher key signs to owe so many calls in all.
		fn voucher_message(lease: LeaseId, calls: u64) -> Vec<u8>;
		/// What ties the result leaves of a job to this chain, the lease and its provider.
		fn result_context(lease: LeaseId) -> Option<Digest>;
		/// What became of an account's leases: plain counters.
		fn record_of(account: AccountId) -> Record;
		/// What to send to `accept_change` for the change proposed now, if there is one.
		fn proposal_hash(lease: LeaseId) -> Option<Digest>;
		/// What waits in the pot for an account, base units of `asset` (none: TCT).
		fn claimable(account: AccountId, asset: Option<AssetId>) -> Balance;
		/// The assets that new leases may be paid in, and on what terms.
		fn approved_assets() -> Vec<(AssetId, AssetTerms)>;
	}
}
