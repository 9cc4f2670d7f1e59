//! The calls: a section of the pallet module, imported by `lib.rs`. Each checks its origin; what it
//! does is in the module of its role.

use frame_support::pallet_macros::pallet_section;

/// The calls of the pallet.
#[pallet_section]
mod dispatch {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Open a metered lease: time on a machine.
		///
		/// Signed by the consumer. Holds `funds`, or what the whole time costs if that is less,
		/// and the opening deposit. `tenant` is the key whose receipts will be paid; `None` pays
		/// the machine's presence alone. Rates are base units per second: `max_rate` per unit.
		/// `asset` is what it is paid in (`None`: TCT): rates and funds are in its base units, the
		/// opening deposit is in TCT. Machine and model must have a price in it.
		///
		/// Emits `LeaseOffered`. Fails with `UnknownMachine`, `MachineNotOnline`, `TermsChanged`,
		/// `CapabilityNotProven`, `AssetNotApproved`, `MachineNotPriced`, `VersionNotPriced`,
		/// `RateAboveMaximum`, `UnitsUnavailable`, `DurationOutOfRange`, `UnknownVersion`,
		/// `VersionYanked`, `PriceOverflow`, `RateTooLow`, `FundsTooLow`, `InsufficientBalance`.
		#[pallet::call_index(0)]
		#[pallet::weight(worst::open_metered::<T>().of(*asset))]
		pub fn open_metered(
			origin: OriginFor<T>,
			machine: MachineId,
			units: u32,
			duration_seconds: u32,
			max_rate: Balance,
			terms_hash: Digest,
			version: Option<VersionId>,
			tenant: Option<TenantKey>,
			funds: Balance,
			asset: Option<AssetId>,
		) -> DispatchResult {
			let consumer = ensure_signed(origin)?;
			let order = MeteredOrder {
				machine,
				units,
				duration_seconds,
				max_rate,
				terms_hash,
				version,
				tenant,
				funds,
				asset,
			};
			Self::do_open_metered(consumer, order)
		}

		/// Open a fixed job: one result for one price.
		///
		/// Signed by the consumer. Holds `price` and the version's royalty, together at most
		/// `max_total`, and the opening deposit. The escrow pays only on a positive verdict.
		/// `manifest` is a SHA-256; locations are at most 256 printable ASCII bytes. `asset` is what
		/// it is paid in (`None`: TCT): price and royalty are in its base units, deposit and
		/// postings in TCT. The machine takes it if it has a price in it. The deposit of a job in an
		/// asset includes what its attestors get; `quote_job` says the sum.
		///
		/// Emits `LeaseOffered`. Fails with `UnknownMachine`, `MachineNotOnline`, `TermsChanged`,
		/// `CapabilityNotProven`, `UnsupportedRunner`, `ItemsOutOfRange`, `ProofTooLarge`, `TooManyMultiplications`,
		/// `PriceTooLow`, `DeadlineOutOfRange`, `UnknownVersion`, `VersionYanked`,
		/// `AssetNotApproved`, `MachineNotPriced`, `VersionNotPriced`,
		/// `VersionNotVerifiable`, `WeightsRootMismatch`, `PriceAboveMaximum`, `LocationTooLong`,
		/// `LocationInvalid`, `InsufficientBalance`.
		#[pallet::call_index(1)]
		#[pallet::weight(worst::open_job::<T>().of(*asset))]
		pub fn open_job(
			origin: OriginFor<T>,
			machine: MachineId,
			spec: JobSpec,
			price: Balance,
			max_total: Balance,
			deadline_blocks: BlockNumber,
			version: Option<VersionId>,
			manifest: Digest,
			input_url: Vec<u8>,
			weights_url: Vec<u8>,
			terms_hash: Digest,
			asset: Option<AssetId>,
		) -> DispatchResult {
			let consumer = ensure_signed(origin)?;
			let order = JobOrder {
				machine,
				spec,
				price,
				max_total,
				deadline_blocks,
				version,
				manifest,
				input_url,
				weights_url,
				terms_hash,
				asset,
			};
			Self::do_open_job(consumer, order)
		}

		/// Take an offered lease: for a job, after its inputs were fetched and checked; for calls, at the
		/// price that it names.
		///
		/// Signed by the provider or the machine's agent. Reserves the units; a job's price is put
		/// at the bond's risk and its deadline starts. Calls reserve nothing. What is paid in an asset is taken only while
		/// the machine has a price in it.
		///
		/// Emits `LeaseAccepted`. Fails with `UnknownLease`, `LeaseNotOffered`, `NotProvider`,
		/// `OfferExpired`, `MachineNotPriced`, or as providers refuse capacity or risk.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::accept())]
		pub fn accept(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept(who, lease)
		}

		/// Start an accepted metered lease with the tenant's handshake: a receipt over segment 0,
		/// of zero milliseconds or more; none is needed where it is on chain already. Time is
		/// measured from this block on.
		///
		/// Signed by the provider or the machine's agent, who gets the anchor compensation out of
		/// the opening deposit.
		///
		/// Emits `LeaseStarted`. Fails with `UnknownLease`, `LeaseNotAccepted`, `NotProvider`,
		/// `StartWindowOver`, `HandshakeMissing`, `ReceiptsOff`, `ReceiptInvalid`,
		/// `UnknownSegment`, or when this block can anchor no more leases (try the next).
		#[pallet::call_index(3)]
		#[pallet::weight(
			T::WeightInfo::start()
				.saturating_add(T::OnMachineLeased::weight())
				.saturating_add(T::OnLeaseBegun::weight())
		)]
		pub fn start(
			origin: OriginFor<T>,
			lease: LeaseId,
			handshake: Option<Receipt>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_start(who, lease, handshake)
		}

		/// Leave a lease before anything is due.
		///
		/// Signed by the consumer of an offered lease (everything returns) or of an accepted
		/// metered one (the provider keeps the hold fee); by the provider of one that is offered,
		/// accepted, or a job not committed yet (everything returns); by anyone once the offer,
		/// the start window (the provider keeps the hold fee) or the deadline is over. Where the
		/// consumer's handshake was on chain at the opening, it waits for the window's end and then
		/// pays no hold fee. After the deadline the job expired, a forfeit of its provider, whoever
		/// says so.
		///
		/// Emits `LeaseClosed`. Fails with `UnknownLease`, `NotParty`, `WorkInProgress`,
		/// `StartAwaited`, `TooLateToCancel`.
		#[pallet::call_index(4)]
		#[pallet::weight(worst::cancel::<T>().greatest().saturating_add(T::OnLeaseBegun::weight()))]
		pub fn cancel(origin: OriginFor<T>, lease: LeaseId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let paid_in = Self::do_cancel(who, lease)?;
			Ok(Some(
				worst::cancel::<T>()
					.of(paid_in)
					.saturating_add(T::OnLeaseBegun::weight()),
			)
			.into())
		}

		/// Add to the escrow of a metered lease, at most what can still become due, or of one for calls.
		///
		/// Signed by anyone. What is not used returns to the lease's *consumer*. Where service
		/// already exceeded the escrow, that is paid first. A lease that was paused for want of funds
		/// goes on by itself once they last for the least time.
		///
		/// Emits `LeaseToppedUp`, `LeaseResumed`. Fails with `UnknownLease`, `NotMetered`, `LeaseNotActive`,
		/// `AlreadyFunded`, `InsufficientBalance`.
		#[pallet::call_index(5)]
		#[pallet::weight(worst::top_up::<T>().greatest())]
		pub fn top_up(
			origin: OriginFor<T>,
			lease: LeaseId,
			amount: Balance,
		) -> DispatchResultWithPostInfo {
			let donor = ensure_signed(origin)?;
			let paid_in = Self::do_top_up(donor, lease, amount)?;
			Ok(Some(worst::top_up::<T>().of(paid_in)).into())
		}

		/// Put on record what a newer receipt acknowledges, if there is one, and what is proven by now.
		///
		/// Signed by anyone. Moves no money: `withdraw` pays, and whatever ends the lease. A receipt is
		/// taken over any segment that is not sealed, by that segment's tenant. What is proven is
		/// counted for good as far as it is final, so that no history is lost where a machine has many
		/// gaps.
		///
		/// Emits `ReceiptShown`. Fails with `UnknownLease`, `NotMetered`, `LeaseNotActive`,
		/// `ReceiptsOff`, `ReceiptInvalid`, `UnknownSegment`, `ClaimWindowOver`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::settle())]
		pub fn settle(
			origin: OriginFor<T>,
			lease: LeaseId,
			receipt: Option<Receipt>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle(lease, receipt)
		}

		/// End a running or paused metered lease now: frees the units, refunds what can never be
		/// due. Receipts may be shown until `claim_until`; then `finish` pays the rest.
		///
		/// Signed by either side; by anyone once the time, or a pause's time, is over. If the terms
		/// name an early-close fee, a consumer that leaves pays it to the provider (at most what was
		/// acknowledged and proven), a provider that leaves a funded lease loses as much of what is
		/// due to it. Nobody pays who leaves because the other side has not come back from a pause, or
		/// came back less than the least funded time ago; nor does a consumer that the issuer of the asset
		/// kept from funding the lease. Where a provider leaves, an auto top-up is pulled first if
		/// funds run short.
		///
		/// Of a lease for calls nothing is refunded yet: the provider may redeem vouchers until
		/// `claim_until`, and `finish` pays and refunds.
		///
		/// Emits `LeaseToppedUp`, `LeaseEnded`. Fails with `UnknownLease`, `LeaseNotActive`, `NotParty`.
		#[pallet::call_index(7)]
		#[pallet::weight(worst::close::<T>().greatest())]
		pub fn close(origin: OriginFor<T>, lease: LeaseId) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let paid_in = Self::do_close(who, lease)?;
			Ok(Some(worst::close::<T>().of(paid_in)).into())
		}

		/// Settle for the last time and give back what is left.
		///
		/// Signed by anyone, for a reward out of the opening deposit (a provider only where it
		/// delivered). A metered lease: once uptime at its end is final and receipts can add
		/// nothing, or the claim window is over, or the provider itself says so, which gives up
		/// receipts not shown; a disputed one once the arbiter's time is over. A job: after its delivery window, with every demand answered and no
		/// challenge open; or past its deadline, or past a demand's window, when it is refunded. One for calls
		/// that has ended: after the claim window, or the provider itself at once, which gives up vouchers
		/// not redeemed. A closed lease: forgets
		/// it once its retention is over, without a reward.
		///
		/// Emits `LeasePaid`, `LeaseClosed`, `LeaseForgotten`. Fails with `UnknownLease`, `LeaseNotOver`,
		/// `EndUnresolved`, `ClaimWindowOpen`, `VerdictPending`, `DemandsOpen`, `ChallengeOpen`,
		/// `DisputeOpen`, `LeaseAlreadyClosed`.
		#[pallet::call_index(8)]
		#[pallet::weight(hooks::finish_weight::<T>())]
		pub fn finish(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_finish(Some(&who), lease)
		}

		/// Bind the result of a job by the root over its leaves (`terminal-gpu-proof`).
		///
		/// Signed by the provider or the machine's agent. Frees the machine; attestation begins.
		///
		/// Emits `ResultCommitted`. Fails with `UnknownLease`, `LeaseNotRunning`, `NotProvider`,
		/// `DeadlinePassed`, or when attestation can take no more tasks in this block.
		#[pallet::call_index(9)]
		#[pallet::weight((
			T::WeightInfo::commit_result().saturating_add(T::OnJobProgress::weight()),
			DispatchClass::Operational,
		))]
		pub fn commit_result(
			origin: OriginFor<T>,
			lease: LeaseId,
			result_root: Digest,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit_result(who, lease, result_root)
		}

		/// Demand that the provider posts a leaf on chain, or loses the job.
		///
		/// Signed by the consumer, in the delivery window, while it leaves room for the answer.
		/// Holds the posting fee: paid to who answers, returned if nobody does.
		///
		/// Emits `LeafDemanded`. Fails with `UnknownLease`, `NotConsumer`, `LeaseNotDelivering`,
		/// `IndexOutOfRange`, `DemandTooLate`, `AlreadyDemanded`, `TooManyDemands`,
		/// `InsufficientBalance`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::demand_leaf())]
		pub fn demand_leaf(origin: OriginFor<T>, lease: LeaseId, index: u32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_demand_leaf(who, lease, index)
		}

		/// Post a demanded leaf. Proves delivery, not correctness: a wrong output is for
		/// attestation's `prove_fault`.
		///
		/// Signed by the provider or the machine's agent, who gets the prepaid posting.
		///
		/// Emits `LeafAnswered`. Fails with `UnknownLease`, `NotProvider`, `LeaseNotDelivering`,
		/// `UnknownDemand`, `AnswerTooLate`, `LeafNotCommitted`.
		#[pallet::call_index(11)]
		#[pallet::weight((
			T::WeightInfo::answer_demand(leaf_bytes(leaf)),
			DispatchClass::Operational,
		))]
		pub fn answer_demand(origin: OriginFor<T>, lease: LeaseId, leaf: Leaf) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_answer_demand(who, lease, leaf)
		}

		/// Set the parameters for leases opened from now on.
		///
		/// Root. Emits `ParametersSet`. Fails with `InvalidParameters`, which names the rule.
		#[pallet::call_index(13)]
		// Each approved asset is asked.
		#[pallet::weight(T::WeightInfo::set_params()
			.saturating_add(T::DbWeight::get().reads(1 + u64::from(assets::MAX_ASSETS))))]
		pub fn set_params(origin: OriginFor<T>, params: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_params(params)
		}

		/// Pay what waits in the pot for `beneficiary`, of TCT or of an asset.
		///
		/// Signed by anyone. Emits `ClaimPaid`. Fails with `NothingToClaim`, `CannotReceive`.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(
			origin: OriginFor<T>,
			beneficiary: T::AccountId,
			asset: Option<AssetId>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(beneficiary, asset)
		}

		/// Make a lease longer, at its present price, up to the length that its terms allow.
		///
		/// Signed by the consumer of a running or paused lease. `max_rate` is the most it pays, base
		/// units per second and unit; `funds` go into the escrow, at most what can become due. A
		/// reclaimed spot lease cannot be extended.
		///
		/// Emits `LeaseExtended`, `LeaseToppedUp`. Fails with `UnknownLease`, `NotConsumer`,
		/// `NotMetered`, `LeaseNotActive`, `TimeIsOver`, `LeaseReclaimed`, `RateAboveMaximum`,
		/// `DurationOutOfRange`, `PriceOverflow`, `InsufficientBalance`, or as providers refuse
		/// capacity that others have booked.
		#[pallet::call_index(15)]
		#[pallet::weight(worst::extend::<T>().greatest())]
		pub fn extend(
			origin: OriginFor<T>,
			lease: LeaseId,
			seconds: u32,
			max_rate: Balance,
			funds: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let paid_in = Self::do_extend(who, lease, seconds, max_rate, funds)?;
			Ok(Some(worst::extend::<T>().of(paid_in)).into())
		}

		/// Interrupt a running lease: nothing becomes due until it resumes, its units stay reserved.
		///
		/// Signed by anyone when the escrow is used up and the consumer's wallet fills it no more;
		/// by the provider or the machine's agent inside a maintenance window that was announced.
		/// The provider shows its last receipt first: its own interruption has no grace. Where so
		/// many segments have begun that the lease could not resume, one without funds ends.
		///
		/// Emits `LeasePaused`, `LeaseToppedUp`, `LeasePaid`, `LeaseEnded`. Fails with
		/// `UnknownLease`, `NotMetered`, `LeaseNotActive`, `TimeIsOver`, `FundsLast`,
		/// `TooManySegments`.
		#[pallet::call_index(16)]
		#[pallet::weight(worst::pause::<T>())]
		pub fn pause(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_pause(who, lease)
		}

		/// Let a paused lease go on, in a new segment, for what was left of its time.
		///
		/// Signed by anyone once its funds last for the least time, or once its maintenance window
		/// is over; by the provider or the machine's agent before that. Ends earlier where its units
		/// are booked by others, and closes where nothing is left.
		///
		/// Emits `LeaseResumed`, `LeaseToppedUp`, `LeasePaid`, `LeaseEnded`. Fails with
		/// `UnknownLease`, `LeaseNotPaused`, `FundsTooLow`, `MaintenanceGoesOn`.
		#[pallet::call_index(17)]
		#[pallet::weight(worst::resume::<T>())]
		pub fn resume(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_resume(who, lease)
		}

		/// Let a lease be funded from its consumer's wallet whenever its funds run short: `step` at
		/// once, never more than `cap` in all. `None` ends that. A short wallet is no error.
		///
		/// Signed by the consumer, before the lease is over.
		///
		/// Emits `AutoTopUpSet`. Fails with `UnknownLease`, `NotConsumer`, `NotMetered`,
		/// `LeaseNotActive`, `TopUpOutOfRange`.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::set_auto_top_up())]
		pub fn set_auto_top_up(
			origin: OriginFor<T>,
			lease: LeaseId,
			auto: Option<AutoTopUp>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_auto_top_up(who, lease, auto)
		}

		/// Call a spot lease back: it ends after the agreed notice. No penalty; what is proven and
		/// acknowledged until then is paid, and the consumer may leave at once for nothing.
		///
		/// Signed by the provider or the machine's agent.
		///
		/// Emits `LeaseReclaimed`. Fails with `UnknownLease`, `NotProvider`, `NotMetered`,
		/// `LeaseNotActive`, `NotSpot`, `NothingToReclaim`.
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::reclaim())]
		pub fn reclaim(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reclaim(who, lease)
		}

		/// Propose another price or size for the rest of a running lease. Replaces what was proposed
		/// before.
		///
		/// Signed by either side; it holds when the other accepts. The receipts of the segment that
		/// ends by it are then fixed at `change.acknowledged_ms`, without a grace: a provider accepts
		/// only what it was acknowledged, and proposes what it will have been when its proposal expires
		/// (no more is paid than was proven by then) or makes it void by showing a newer receipt. An
		/// agent goes no lower than the lease's rate or the machine's asking price.
		///
		/// Emits `ChangeProposed`. Fails with `UnknownLease`, `NotParty`, `NotMetered`,
		/// `LeaseNotActive`, `UnitsUnavailable`, `PriceOverflow`, `RateTooLow`, `RateBelowAsking`,
		/// `TooManySegments`.
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::propose_change())]
		pub fn propose_change(
			origin: OriginFor<T>,
			lease: LeaseId,
			change: Change,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_propose_change(who, lease, change)
		}

		/// Accept what the other side proposed: a new segment begins at the new price and size.
		///
		/// Signed by the other side. `proposal_hash` is in `ChangeProposed` and `proposal_hash`: what
		/// was replaced meanwhile is not accepted. More units are reserved, fewer given back; funds
		/// stay, and must last for the least time.
		///
		/// Emits `LeaseChanged`. Fails with `UnknownLease`, `NotParty`, `NotMetered`,
		/// `LeaseNotActive`, `TimeIsOver`, `NoProposal`, `ProposalChanged`, `ProposalExpired`,
		/// `OwnProposal`, `UnitsUnavailable`, `PriceOverflow`, `RateTooLow`, `RateBelowAsking`,
		/// `TooManySegments`, `FundsTooLow`, or as providers refuse capacity.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::accept_change())]
		pub fn accept_change(
			origin: OriginFor<T>,
			lease: LeaseId,
			proposal_hash: Digest,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept_change(who, lease, proposal_hash)
		}

		/// Take back what one's own side proposed.
		///
		/// Signed by the side that proposed it. Emits `ChangeWithdrawn`. Fails with `UnknownLease`,
		/// `NotParty`, `NotMetered`, `NoProposal`, `NotProposer`.
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::withdraw_change())]
		pub fn withdraw_change(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_change(who, lease)
		}

		/// Offer a running or paused lease to `to`, escrow and opening deposit included; `None` takes
		/// the offer back. What is paid for it is not the chain's business. While it is offered to
		/// somebody else, nothing is pulled from the consumer's wallet: fund it by `top_up`.
		///
		/// Signed by the consumer. To offer it to oneself is how a tenant key is changed.
		///
		/// Emits `TransferOffered`. Fails with `UnknownLease`, `NotConsumer`, `NotMetered`,
		/// `LeaseNotActive`.
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::offer_transfer())]
		pub fn offer_transfer(
			origin: OriginFor<T>,
			lease: LeaseId,
			to: Option<T::AccountId>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_offer_transfer(who, lease, to)
		}

		/// Take a lease over: escrow and opening deposit move to the new consumer, on hold; refunds
		/// go to it from then on, and `tenant` signs the receipts of a new segment.
		///
		/// Signed by whom it was offered to. What the old tenant has not acknowledged yet may still
		/// become due (`lease` shows how much at most). Auto top-up and proposals end. Receipts stay
		/// on or off, as the provider agreed.
		///
		/// Emits `LeaseTransferred`. Fails with `UnknownLease`, `NotMetered`, `LeaseNotActive`,
		/// `TimeIsOver`, `NotOfferedToYou`, `ArbiterIsParty`, `ReceiptsFixed`, `TooManySegments`.
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::take_transfer())]
		pub fn take_transfer(
			origin: OriginFor<T>,
			lease: LeaseId,
			tenant: Option<TenantKey>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_take_transfer(who, lease, tenant)
		}

		/// Move on to another machine, of this or another provider: ends this lease as `close` by
		/// the consumer does, and offers the other machine a lease for the time that is left, at its
		/// asking price in the same money, funded by what is refunded. That never leaves the hold. Only
		/// the opening deposit of the new lease is taken from the free balance. The model version must
		/// not cost more than it did.
		///
		/// Signed by the consumer of a running or paused lease. An early-close fee is due as if it
		/// were closed.
		///
		/// Emits `LeaseEnded`, `LeaseOffered`, `LeaseMigrated`. Fails with `UnknownLease`,
		/// `NotConsumer`, `NotMetered`, `LeaseNotActive`, `TimeIsOver`, `UnknownMachine`,
		/// `MachineNotOnline`, `TermsChanged`, `CapabilityNotProven`, `RateAboveMaximum`, `UnitsUnavailable`,
		/// `DurationOutOfRange`, `UnknownVersion`, `VersionYanked`, `PriceOverflow`, `RateTooLow`,
		/// `AssetNotApproved`, `MachineNotPriced`, `VersionNotPriced`, `FundsTooLow` (top up first),
		/// `InsufficientBalance`.
		#[pallet::call_index(25)]
		#[pallet::weight(T::WeightInfo::migrate())]
		pub fn migrate(
			origin: OriginFor<T>,
			lease: LeaseId,
			machine: MachineId,
			max_rate: Balance,
			terms_hash: Digest,
			tenant: Option<TenantKey>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_migrate(who, lease, machine, max_rate, terms_hash, tenant)
		}

		/// Call the arbiter that the terms name. Ends the lease as `close` does, if it still runs;
		/// until the arbiter has judged, or its time is over, receipts are taken and nothing is paid.
		///
		/// Signed by either side, until the claim window is over. `claim` is the hash of what the
		/// side has to say; which hash, and where it lies, the arbiter says.
		///
		/// Emits `LeaseToppedUp`, `LeaseEnded`, `LeaseDisputed`. Fails with `UnknownLease`, `NotParty`, `NotMetered`,
		/// `NoArbiter`, `LeaseNotActive`, `ClaimWindowOver`.
		#[pallet::call_index(26)]
		#[pallet::weight(T::WeightInfo::dispute())]
		pub fn dispute(origin: OriginFor<T>, lease: LeaseId, claim: Digest) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_dispute(who, lease, claim)
		}

		/// Split what a disputed lease holds: the arbiter's fee first, then `provider_share` of the
		/// rest for provider and model version, in proportion to their rates and less the protocol's
		/// fee; the consumer gets what is left. Closes the lease.
		///
		/// Signed by the arbiter, inside its time.
		///
		/// Emits `LeasePaid`, `LeaseArbitrated`, `LeaseClosed`. Fails with `UnknownLease`,
		/// `LeaseNotDisputed`, `NotArbiter`, `ArbitrationOver`.
		#[pallet::call_index(27)]
		#[pallet::weight(worst::arbitrate::<T>().saturating_add(T::OnMachineLeased::weight()))]
		pub fn arbitrate(
			origin: OriginFor<T>,
			lease: LeaseId,
			provider_share: Perbill,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_arbitrate(who, lease, provider_share)
		}

		/// Settle several leases, each as `settle` does. One that fails is named by an event, is undone
		/// by itself and stops no other.
		///
		/// Signed by anyone. Emits the events of `settle`, `SettleFailed`.
		#[pallet::call_index(28)]
		#[pallet::weight(T::WeightInfo::settle_many(u32::try_from(batch.len()).unwrap_or(MAX_BATCH)))]
		pub fn settle_many(origin: OriginFor<T>, batch: Batch) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle_many(batch)
		}

		/// Pay what is due of a provider's leases that run, serve, are paused or have ended, each as `withdraw`
		/// does: looks at `limit` (at most 32) of all its leases, those that follow `after` in the
		/// index's own order. To go on, send the `last` of the event.
		///
		/// Signed by anyone. Emits the events of `withdraw`, `SettleFailed`, `Withdrawn`.
		#[pallet::call_index(29)]
		#[pallet::weight(worst::withdraw_many::<T>((*limit).min(MAX_BATCH)))]
		pub fn withdraw_many(
			origin: OriginFor<T>,
			provider: T::AccountId,
			after: Option<LeaseId>,
			limit: u32,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_withdraw_many(provider, after, limit)
		}

		/// Let new leases be paid in an asset, on these terms; or change its terms for new leases.
		///
		/// Root. Only what cannot be inflated or seized at somebody's will belongs here: whoever may
		/// mint an asset can lease for nothing, whoever may freeze it can delay what it pays.
		///
		/// Emits `AssetApproved`. Fails with `UnknownAsset`, `AssetDestroyed`, `AssetTermsOutOfRange`,
		/// `TooManyAssets`.
		#[pallet::call_index(30)]
		#[pallet::weight(T::WeightInfo::approve_asset())]
		pub fn approve_asset(
			origin: OriginFor<T>,
			#[pallet::compact] asset: AssetId,
			terms: AssetTerms,
		) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_approve_asset(asset, terms)
		}

		/// Let no new lease be paid in an asset. Those that are open go on: they are settled,
		/// refunded, topped up, extended, changed and transferred as before. To migrate opens a lease.
		///
		/// Root. Emits `AssetRemoved`. Fails with `AssetNotApproved`.
		#[pallet::call_index(31)]
		#[pallet::weight(T::WeightInfo::remove_asset())]
		pub fn remove_asset(
			origin: OriginFor<T>,
			#[pallet::compact] asset: AssetId,
		) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_remove_asset(asset)
		}

		/// Pay what is due of a metered lease, or of one for calls, and not paid yet.
		///
		/// Signed by anyone. Pays the same in all, however often and however late; nothing if nothing
		/// is due. Where funds run short, an auto top-up is pulled first. Before the end, a service
		/// level's credit and an early-close fee's worth are kept back; of a disputed lease nothing is
		/// paid.
		///
		/// Emits `LeaseToppedUp`, `LeasePaid`. Fails with `UnknownLease`, `NotMetered`,
		/// `LeaseNotActive`.
		#[pallet::call_index(32)]
		#[pallet::weight(worst::withdraw::<T>().greatest())]
		pub fn withdraw(origin: OriginFor<T>, lease: LeaseId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let paid_in = Self::do_withdraw(lease)?;
			Ok(Some(worst::withdraw::<T>().of(paid_in)).into())
		}

		/// Open a lease for calls: one escrow for as many calls as the consumer signs vouchers for.
		///
		/// Signed by the consumer. Holds `funds`, one call's price at least, and the opening deposit.
		/// `price` is the provider's per call, in base units; the version's royalty comes on top, and both
		/// together are at most `max_per_call`. The provider agrees by accepting. `key` is the account of
		/// the key that will sign vouchers: take a new one for each lease. `duration_blocks` count from
		/// acceptance. `asset` is what it is paid in (`None`: TCT); the machine takes it if it has a price
		/// in it.
		///
		/// Emits `LeaseOffered`. Fails with `UnknownMachine`, `MachineNotOnline`, `TermsChanged`,
		/// `CapabilityNotProven`, `MachineNotPriced`, `DurationOutOfRange`, `UnknownVersion`, `VersionYanked`, `VersionNotPriced`,
		/// `PriceOverflow`, `PriceTooLow`, `PriceAboveMaximum`, `FundsTooLow`, `AssetNotApproved`,
		/// `InsufficientBalance`.
		#[pallet::call_index(33)]
		#[pallet::weight(worst::open_calls::<T>().of(*asset))]
		pub fn open_calls(
			origin: OriginFor<T>,
			machine: MachineId,
			price: Balance,
			max_per_call: Balance,
			duration_blocks: BlockNumber,
			version: Option<VersionId>,
			key: AccountId32,
			funds: Balance,
			terms_hash: Digest,
			asset: Option<AssetId>,
		) -> DispatchResult {
			let consumer = ensure_signed(origin)?;
			let order = CallsOrder {
				machine,
				price,
				max_per_call,
				duration_blocks,
				version,
				key,
				funds,
				terms_hash,
				asset,
			};
			Self::do_open_calls(consumer, order)
		}

		/// Put a newer voucher of a lease for calls on record.
		///
		/// Signed by anyone: it pays the lease's provider, whoever shows it. Moves no money: `withdraw`
		/// pays, and `finish`. One that is old, or shown again, changes nothing. Taken while the lease
		/// serves and, once it has ended, until `claim_until`.
		///
		/// Emits `VoucherRedeemed`. Fails with `UnknownLease`, `NotForCalls`, `LeaseNotActive`,
		/// `ClaimWindowOver`, `VoucherInvalid`, `VoucherTooLarge`.
		#[pallet::call_index(34)]
		#[pallet::weight(T::WeightInfo::redeem())]
		pub fn redeem(origin: OriginFor<T>, lease: LeaseId, voucher: Voucher) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_redeem(lease, voucher)
		}

		/// Redeem vouchers of several leases, each as `redeem` does. One that fails is named by an event,
		/// is undone by itself and stops no other.
		///
		/// Signed by anyone. Emits the events of `redeem`, `SettleFailed`.
		#[pallet::call_index(35)]
		#[pallet::weight(T::WeightInfo::redeem_many(u32::try_from(batch.len()).unwrap_or(MAX_BATCH)))]
		pub fn redeem_many(origin: OriginFor<T>, batch: Vouchers) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_redeem_many(batch)
		}
	}

	/// The bytes of a leaf that are hashed, for its weight.
	pub(crate) fn leaf_bytes(leaf: &Leaf) -> u32 {
		let bytes = leaf.input.len().saturating_add(leaf.output.len());
		u32::try_from(bytes).unwrap_or(u32::MAX)
	}
}
