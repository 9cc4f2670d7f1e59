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
		/// Something was paid out of the escrow, in base units.
		LeaseSettled {
			/// The lease.
			lease: LeaseId,
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
		/// A metered lease is over; what is due is not final yet.
		LeaseEnded {
			/// The lease.
			lease: LeaseId,
			/// When it ended, milliseconds.
			end: Moment,
			/// The last block in which the provider may show receipts.
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
		},
		/// A claim was paid.
		ClaimPaid {
			/// To whom.
			beneficiary: T::AccountId,
			/// Base units.
			amount: Balance,
		},
		/// Governance changed the parameters. Open leases keep theirs.
		ParametersSet {
			/// What holds from now on.
			params: Parameters,
		},
	}
}
