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
		/// Leases are not paid in that asset (any more). `approved_assets` lists those that are.
		AssetNotApproved,
		/// No such asset. Create it first.
		UnknownAsset,
		/// The least rate must be 1,000 base units at least, and a TCT worth so many that the hold fee
		/// is worth one. Raise them.
		AssetTermsOutOfRange,
		/// As many assets are approved as may be. Remove one first.
		TooManyAssets,
		/// The machine has no price in that asset (any more). Pay in another; its provider names one by
		/// `set_asset_price`.
		MachineNotPriced,
		/// The model version is not to be had for that asset. Pay in another, or lease without it.
		VersionNotPriced,
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
		/// The price is below the least for a job in `Params`, or a call costs nothing. Offer more.
		PriceTooLow,
		/// Price and royalty are above your maximum. Raise `max_total` or `max_per_call`; `quote_job` says
		/// the sum, of calls the version's prices.
		PriceAboveMaximum,
		/// The deadline is outside the limits in `Params`. Ask for one inside.
		DeadlineOutOfRange,
		/// No items, or more than `Params` allows. Split the job.
		ItemsOutOfRange,
		/// No such runner. 1 is integer-network version 1, 2 layered-network version 1.
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
		/// Only fixed jobs have this. Other leases have no result.
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
		/// The lease has no such segment, or its receipts are fixed. Read the segments.
		UnknownSegment,
		/// Receipts and disputes are not taken any more. Show them before `claim_until`.
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
		/// The lease's time is over (or none was asked for). Close it, and open a new one.
		TimeIsOver,
		/// The lease is not paused. Read its state.
		LeaseNotPaused,
		/// The lease is not disputed. Call `dispute` first.
		LeaseNotDisputed,
		/// The escrow lasts, and no announced maintenance of yours is going on. Wait, or announce
		/// it in time.
		FundsLast,
		/// The announced maintenance is not over. Wait for its end; the provider may resume earlier.
		MaintenanceGoesOn,
		/// The lease has begun so many segments that it can begin no more of this kind. Close it and
		/// open a new one.
		TooManySegments,
		/// A step is more than nothing and at most the cap. Send others.
		TopUpOutOfRange,
		/// The provider has called the lease back. Migrate it or open a new one.
		LeaseReclaimed,
		/// The lease is on demand: its terms name no notice. Close it; the terms say what that costs.
		NotSpot,
		/// The lease ends within the notice anyway. Wait.
		NothingToReclaim,
		/// No change is proposed. Propose one.
		NoProposal,
		/// The proposal was replaced, or time went over it. Read the present one.
		ProposalChanged,
		/// The proposal was not accepted in time. Propose again.
		ProposalExpired,
		/// Your own side proposed it. The other side must accept.
		OwnProposal,
		/// The other side proposed it. Only that side takes it back.
		NotProposer,
		/// The lease was not offered to you. Ask its consumer to.
		NotOfferedToYou,
		/// Receipts cannot be turned on or off by a transfer. Send a tenant key exactly if there was
		/// one.
		ReceiptsFixed,
		/// The terms name no arbiter. Close the lease; each side risks one grace.
		NoArbiter,
		/// Only the arbiter that the terms name may do this.
		NotArbiter,
		/// The arbiter's time is over. `finish` pays what is due.
		ArbitrationOver,
		/// The arbiter still has time. Wait for its judgement.
		DisputeOpen,
		/// An arbiter is neither of the two sides. Name another.
		ArbiterIsParty,
		/// Notice, longest time or early-close time are outside the limits in `Params`. Agree on
		/// others.
		TermsOutOfRange,
		/// Your handshake is on chain, so the provider may start until its window is over. Cancel
		/// after that.
		StartAwaited,
		/// The parameters do not fit together, or not the rest of the chain. The rule that is broken
		/// says what to do.
		InvalidParameters(BrokenRule),
		/// Nothing waits for that account.
		NothingToClaim,
		/// The beneficiary still cannot receive. Fund it with the existential deposit first.
		CannotReceive,
		/// A hold covers less than its books say: a defect of the chain. Report it.
		EscrowShort,
		/// The lease's state does not allow this step: a defect of the chain. Report it.
		IllegalStep,
		/// An agent may not go below the lease's rate and the machine's asking price. Sign with the
		/// provider's account.
		RateBelowAsking,
		/// An asset of that id was destroyed, or is being destroyed, and prices in it still stand.
		/// Create the asset under another id and approve that.
		AssetDestroyed,
		/// Only leases for calls take vouchers. Show a receipt by `settle`, or open such a lease.
		NotForCalls,
		/// Not signed by the lease's voucher key over this chain, lease and number of calls. Ask the
		/// consumer's client for a voucher over `voucher_message`.
		VoucherInvalid,
		/// So many calls cost more than there is money. Refuse such a voucher before serving on it.
		VoucherTooLarge,
		/// The machine has not proven that its units are what they are called. Choose another one, or wait
		/// until it has passed a muster.
		CapabilityNotProven,
	}
}
