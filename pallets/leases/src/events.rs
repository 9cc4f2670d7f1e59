//! The events: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A consumer opened a lease: the provider may accept it.
		LeaseOffered {
			/// The lease.
			lease: LeaseId,
			/// Who pays.
			consumer: T::AccountId,
			/// Who may accept.
			provider: T::AccountId,
			/// Where it would run.
			machine: MachineId,
			/// What it is paid in. `None`: TCT.
			asset: Option<AssetId>,
			/// Base units in the escrow.
			held: Balance,
			/// Base units of the opening deposit.
			deposit: Balance,
			/// The last block in which it may be accepted.
			expires_at: BlockNumber,
		},
		/// The provider took a lease.
		LeaseAccepted {
			/// The lease.
			lease: LeaseId,
			/// Who took it.
			provider: T::AccountId,
		},
		/// A metered lease runs from now on.
		LeaseStarted {
			/// The lease.
			lease: LeaseId,
			/// When it began, milliseconds.
			from: Moment,
			/// When the agreed time is over, milliseconds.
			ends_at: Moment,
		},
		/// Somebody added to the escrow.
		LeaseToppedUp {
			/// The lease.
			lease: LeaseId,
			/// Who paid.
			donor: T::AccountId,
			/// Base units added.
			amount: Balance,
		},
		/// A newer receipt of the tenant is on chain.
		ReceiptShown {
			/// The lease.
			lease: LeaseId,
			/// The segment it is over.
			segment: u32,
			/// Milliseconds acknowledged in it so far.
			milliseconds: u64,
		},
		/// A newer voucher of the consumer is on chain.
		VoucherRedeemed {
			/// The lease.
			lease: LeaseId,
			/// Calls owed in all.
			calls: u64,
		},
		/// Something was paid out of the escrow, in base units: by `withdraw`, or by what ends a lease.
		/// What the attestors of a job in an asset get besides, in TCT, attestation says.
		LeasePaid {
			/// The lease.
			lease: LeaseId,
			/// What it is paid in. `None`: TCT.
			asset: Option<AssetId>,
			/// To the provider, after the fee.
			paid: Balance,
			/// To the model version, after the fee.
			royalty: Balance,
			/// Of the fee: burned.
			burned: Balance,
			/// Of the fee: to the treasury.
			treasury: Balance,
			/// Of the fee: to the attestors.
			attestors: Balance,
		},
		/// A metered lease, or one for calls, is over; what is due is not final yet.
		LeaseEnded {
			/// The lease.
			lease: LeaseId,
			/// When it ended, milliseconds.
			end: Moment,
			/// The last block in which the provider may show receipts or vouchers.
			claim_until: BlockNumber,
			/// How it ended.
			outcome: Outcome,
			/// Base units refunded at once.
			refunded: Balance,
		},
		/// A lease is closed for good: nothing is held any more.
		LeaseClosed {
			/// The lease.
			lease: LeaseId,
			/// How it ended.
			outcome: Outcome,
			/// Where its money went.
			books: Books,
		},
		/// A closed lease was removed after its retention.
		LeaseForgotten {
			/// The lease.
			lease: LeaseId,
		},
		/// The result of a job is bound: attestation may begin.
		ResultCommitted {
			/// The lease.
			lease: LeaseId,
			/// Root over the result's leaves.
			root: Digest,
		},
		/// Attestation's verdict on a job.
		VerdictEntered {
			/// The lease.
			lease: LeaseId,
			/// What was found.
			verdict: Verdict,
		},
		/// The consumer wants a leaf on chain.
		LeafDemanded {
			/// The lease.
			lease: LeaseId,
			/// Which leaf.
			index: u32,
			/// The last block in which it may be answered.
			answer_by: BlockNumber,
		},
		/// A demanded leaf is on chain: in the call that answered.
		LeafAnswered {
			/// The lease.
			lease: LeaseId,
			/// Which leaf.
			index: u32,
		},
		/// A payee could not receive: the amount waits in the pot.
		ClaimRecorded {
			/// For whom.
			beneficiary: T::AccountId,
			/// Base units.
			amount: Balance,
			/// Of what. `None`: TCT.
			asset: Option<AssetId>,
		},
		/// A claim was paid.
		ClaimPaid {
			/// To whom.
			beneficiary: T::AccountId,
			/// Base units.
			amount: Balance,
			/// Of what. `None`: TCT.
			asset: Option<AssetId>,
		},
		/// Both sides had agreed on a lease elsewhere: it is accepted and awaits its start.
		LeaseAgreed {
			/// The lease.
			lease: LeaseId,
			/// Who pays.
			consumer: T::AccountId,
			/// Who provides it.
			provider: T::AccountId,
			/// Where it will run.
			machine: MachineId,
			/// What it is paid in. `None`: TCT.
			asset: Option<AssetId>,
			/// Base units in the escrow.
			held: Balance,
			/// Base units of the opening deposit.
			deposit: Balance,
		},
		/// A lease became longer.
		LeaseExtended {
			/// The lease.
			lease: LeaseId,
			/// The agreed time in all, milliseconds, without pauses.
			duration_ms: u64,
			/// What of it is left, milliseconds.
			left_ms: u64,
		},
		/// A lease is interrupted.
		LeasePaused {
			/// The lease.
			lease: LeaseId,
			/// Why.
			why: Pause,
			/// What is left of the agreed time, milliseconds.
			left_ms: u64,
			/// From then on anyone may close it, milliseconds.
			until: Moment,
		},
		/// A paused lease goes on.
		LeaseResumed {
			/// The lease.
			lease: LeaseId,
			/// The number of the segment that begins: receipts name it.
			segment: u32,
			/// Since when, milliseconds.
			from: Moment,
			/// When the agreed time is over, milliseconds.
			ends_at: Moment,
		},
		/// The consumer said what may be pulled from its wallet.
		AutoTopUpSet {
			/// The lease.
			lease: LeaseId,
			/// How much at once and in all; nothing any more.
			auto: Option<AutoTopUp>,
		},
		/// The provider calls a spot lease back.
		LeaseReclaimed {
			/// The lease.
			lease: LeaseId,
			/// It may run so many milliseconds more.
			left_ms: u64,
		},
		/// A side wants another price or size.
		ChangeProposed {
			/// The lease.
			lease: LeaseId,
			/// Which side.
			by: Side,
			/// What it wants.
			change: Change,
			/// What to send to `accept_change`.
			proposal_hash: Digest,
			/// The last block in which it may be accepted.
			expires_at: BlockNumber,
		},
		/// A proposal was taken back.
		ChangeWithdrawn {
			/// The lease.
			lease: LeaseId,
		},
		/// Both sides signed another price or size.
		LeaseChanged {
			/// The lease.
			lease: LeaseId,
			/// The number of the segment that begins: receipts name it.
			segment: u32,
			/// Base units per second and unit from now on.
			rate: Balance,
			/// Units from now on.
			units: u32,
			/// Milliseconds acknowledged, for good, of the segment before.
			acknowledged_ms: u64,
		},
		/// The consumer offers its lease to somebody, or to nobody any more.
		TransferOffered {
			/// The lease.
			lease: LeaseId,
			/// To whom.
			to: Option<T::AccountId>,
		},
		/// A lease has another consumer.
		LeaseTransferred {
			/// The lease.
			lease: LeaseId,
			/// Who had it.
			from: T::AccountId,
			/// Who has it.
			to: T::AccountId,
			/// The number of the last segment: receipts name it.
			segment: u32,
		},
		/// A lease ended, and another one goes on with its escrow.
		LeaseMigrated {
			/// The lease that ended.
			lease: LeaseId,
			/// The lease that was offered to the other machine.
			to: LeaseId,
			/// Base units of the escrow that moved.
			moved: Balance,
		},
		/// A side calls the arbiter.
		LeaseDisputed {
			/// The lease.
			lease: LeaseId,
			/// Which side.
			by: Side,
			/// The hash of what it says.
			claim: Digest,
			/// Base units that may be split.
			held: Balance,
			/// The last block in which the arbiter may judge.
			until: BlockNumber,
		},
		/// The arbiter has split what was held.
		LeaseArbitrated {
			/// The lease.
			lease: LeaseId,
			/// Who judged.
			arbiter: T::AccountId,
			/// The share of provider and model version.
			provider_share: Perbill,
			/// Base units for the arbiter.
			fee: Balance,
		},
		/// One of several leases could not be settled or paid; nothing of it was changed.
		SettleFailed {
			/// The lease.
			lease: LeaseId,
			/// Why.
			error: DispatchError,
		},
		/// So many leases of a provider were looked at, and what was due was paid.
		Withdrawn {
			/// Whose.
			provider: T::AccountId,
			/// How many.
			seen: u32,
			/// The last of them: go on after it. `None`: there are no more.
			last: Option<LeaseId>,
		},
		/// New leases may be paid in an asset, or on other terms than before.
		AssetApproved {
			/// In which.
			asset: AssetId,
			/// On what terms.
			terms: AssetTerms,
		},
		/// New leases are not paid in an asset any more. Open leases go on.
		AssetRemoved {
			/// In which.
			asset: AssetId,
		},
		/// Governance changed the parameters. Open leases keep theirs.
		ParametersSet {
			/// What holds from now on.
			params: Parameters,
		},
	}
}
