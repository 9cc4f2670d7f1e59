//! The errors: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod errors {
	/// Why a call failed, and what to do.
	#[pallet::error]
	pub enum Error<T> {
		/// No such lease, or it was forgotten long after closing. Check the id in `LeaseOffered`.
		UnknownLease,
		/// No such machine. Take the id from the provider book.
		UnknownMachine,
		/// The machine takes no new work. Choose another or wait until it is online.
		MachineNotOnline,
		/// The machine's terms are not those you agreed to. Read them again, send their new hash.
		TermsChanged,
		/// The machine asks more than your maximum. Raise `max_rate` or choose another machine.
		RateAboveMaximum,
		/// Provider and model together cost less than the least rate. Lease more units.
		RateTooLow,
		/// The machine has not so many free units (or zero were asked for). Ask for fewer.
		UnitsUnavailable,
		/// The duration is outside the limits in `Params`. Ask for one inside.
		DurationOutOfRange,
		/// The funds do not cover the least time. `quote_metered` says how much is needed.
		FundsTooLow,
		/// Rate × time is more than there is money. Ask for less.
		PriceOverflow,
		/// No such model version. Look it up by its digest.
		UnknownVersion,
		/// The model version was yanked. Choose another version.
		VersionYanked,
		/// The model version has no weights root, so its results cannot be attested. Lease time.
		VersionNotVerifiable,
		/// The job's weights are not those of the model version. Send the version's weights root.
		WeightsRootMismatch,
		/// The price is below the least for a job in `Params`. Offer more.
		PriceTooLow,
		/// Price and royalty are above your maximum. Raise `max_total`; `quote_job` says the sum.
		PriceAboveMaximum,
		/// The deadline is outside the limits in `Params`. Ask for one inside.
		DeadlineOutOfRange,
		/// No items, or more than `Params` allows. Split the job.
		ItemsOutOfRange,
		/// No such runner. 1 is integer-network version 1.
		UnsupportedRunner,
		/// Weights, a leaf and its paths together are too long to be proven on chain. Use a smaller
		/// network or lease time.
		ProofTooLarge,
		/// One item takes more multiplications than the chain re-executes. Use a smaller network
		/// or lease time.
		TooManyMultiplications,
		/// The location is longer than 256 bytes. Shorten the URL.
		LocationTooLong,
		/// The location is empty or not printable ASCII without spaces. Percent-encode the URL.
		LocationInvalid,
		/// Your balance does not cover it. Fund the account, leaving the existential deposit free.
		InsufficientBalance,
		/// Only the consumer may do this. Sign with the account that opened the lease.
		NotConsumer,
		/// Only the provider or the machine's agent may do this. Sign with one of them.
		NotProvider,
		/// Only a party to the lease may do this now. Others may once its time is over.
		NotParty,
		/// The lease is not an open offer any more. Read its state.
		LeaseNotOffered,
		/// The lease does not await its start. Accept it first, or read its state.
		LeaseNotAccepted,
		/// The lease is not running. Read its state.
		LeaseNotActive,
		/// The job is not being worked on. Read its state.
		LeaseNotRunning,
		/// The job is not in its delivery window. Wait for the verdict, or read its state.
		LeaseNotDelivering,
		/// Only metered leases have this. A job has a fixed price and deadline.
		NotMetered,
		/// Only fixed jobs have this. A metered lease has no result.
		NotJob,
		/// The offer was not accepted in time. The consumer may open a new one.
		OfferExpired,
		/// The handshake came too late. Cancel, and open a new lease.
		StartWindowOver,
		/// The lease has a tenant key: show a receipt by it, of zero milliseconds or more.
		HandshakeMissing,
		/// The lease was opened without a tenant key. Settle without a receipt.
		ReceiptsOff,
		/// Not signed by the tenant key over this chain, lease, segment and time. Ask the tenant's
		/// client for a receipt over `receipt_message`.
		ReceiptInvalid,
		/// The lease has no such open segment. Read the number of the last one.
		UnknownSegment,
		/// Receipts are not taken any more. Show them before `claim_until`.
		ClaimWindowOver,
		/// The provider may still show a receipt. Wait for `claim_until`.
		ClaimWindowOpen,
		/// The escrow covers all that can ever be due. Nothing to add.
		AlreadyFunded,
		/// The lease's present state has time left. Wait.
		LeaseNotOver,
		/// Whether the machine was up at the end is not known yet. Wait for its next challenge.
		EndUnresolved,
		/// The result came too late. The job can only be refunded.
		DeadlinePassed,
		/// The result is being attested. Wait for the verdict.
		VerdictPending,
		/// A data challenge is open on the job. Wait for its end.
		ChallengeOpen,
		/// A demanded leaf is not answered yet. Wait for the end of its window.
		DemandsOpen,
		/// The provider is working on the job. Wait for the deadline.
		WorkInProgress,
		/// The lease is past cancelling. Close it if it is metered; a job awaits its verdict.
		TooLateToCancel,
		/// The lease is closed for good, and kept for clients to read until its retention is over.
		LeaseAlreadyClosed,
		/// No result was committed. There is nothing to judge.
		NothingCommitted,
		/// The job has no such item. Count from zero.
		IndexOutOfRange,
		/// That leaf is demanded already. Wait for the answer.
		AlreadyDemanded,
		/// So many demands may not be open at once. Wait for answers.
		TooManyDemands,
		/// The delivery window leaves no room for an answer. Demand earlier.
		DemandTooLate,
		/// That leaf is not demanded (any more). Read the open demands.
		UnknownDemand,
		/// The answer came too late. The job has failed.
		AnswerTooLate,
		/// Input, output or a path does not fit the roots. Send the leaf that was committed.
		LeafNotCommitted,
		/// The parameters do not fit together. See `Parameters::validate`.
		InvalidParameters,
		/// Nothing waits for that account.
		NothingToClaim,
		/// The beneficiary still cannot receive. Fund it with the existential deposit first.
		CannotReceive,
		/// A hold covers less than its books say: a defect of the chain. Report it.
		EscrowShort,
		/// The lease's state does not allow this step: a defect of the chain. Report it.
		IllegalStep,
	}
}
