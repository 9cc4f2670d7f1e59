#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod closing;
mod errors;
mod escrow;
mod events;
mod hooks;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
pub mod lifecycle;
pub mod meter;
#[cfg(test)]
mod mock;
mod opening;
pub mod pricing;
mod receipts;
pub mod runtime_api;
#[cfg(test)]
mod tests;
pub mod types;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::{pallet_macros::import_section, traits::fungible};
use sp_runtime::SaturatedConversion;
use terminal_primitives::BlockNumber;

pub(crate) const LOG_TARGET: &str = "runtime::leases";

/// Funds on their way from a hold to whom they are for.
pub type CreditOf<T> =
	fungible::Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

/// The block being built.
pub(crate) fn now_block<T: frame_system::Config>() -> BlockNumber {
	frame_system::Pallet::<T>::block_number().saturated_into()
}

#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
#[allow(clippy::too_many_arguments)] // Calls are flat, so that wallets show each argument by name.
pub mod pallet {
	use super::*;
	use crate::runtime_api::{JobQuote, LeaseView, MeteredQuote, QuoteError};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
			OnUnbalanced, Time,
		},
		weights::WeightMeter,
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use terminal_gpu_proof::result::Leaf;
	use terminal_primitives::{
		hooks::{OnAttestorFee, OnJobProgress, OnMachineLeased},
		ledger::BurnLedger,
		market::{JobSpec, Machines, ModelRegistry, ProviderBonds, Royalties, Verdict},
		uptime::VerifiedUptime,
		Balance, Digest, LeaseId, MachineId, Moment, VersionId,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;

		/// TCT.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Balanced<Self::AccountId>
			+ BalancedHold<Self::AccountId>;

		/// The clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// Machines and their capacity.
		type Machines: Machines<Self::AccountId>;

		/// The meter's V(t).
		type Uptime: VerifiedUptime;

		/// Providers' bonds, which answer for fixed jobs.
		type Bonds: ProviderBonds<Self::AccountId>;

		/// Model versions and their prices.
		type Models: ModelRegistry<Self::AccountId>;

		/// Who accrues royalties.
		type Royalties: Royalties<CreditOf<Self>>;

		/// Who burns.
		type Burn: BurnLedger<CreditOf<Self>>;

		/// The treasury's share of the fee.
		type Treasury: OnUnbalanced<CreditOf<Self>>;

		/// The attestors' share of the fee.
		type AttestorFee: OnAttestorFee<CreditOf<Self>>;

		/// Who anchors metered leases by presence challenges.
		type OnMachineLeased: OnMachineLeased;

		/// Who attests results.
		type OnJobProgress: OnJobProgress;

		/// Names the account that keeps what a payee could not receive.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Leases in one bucket of the expiry wheel.
		#[pallet::constant]
		type MaxExpiriesPerBlock: Get<u32>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Builds what benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// Why funds of a consumer are on hold.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The escrow that leases are paid from.
		#[codec(index = 0)]
		Escrow,
		/// Opening deposits: pay the anchoring challenge and whoever finishes.
		#[codec(index = 1)]
		OpeningDeposit,
		/// Prepaid postings of demanded leaves.
		#[codec(index = 2)]
		Posting,
	}

	/// What governance set. Written by `set_params` and genesis.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// The id of the next lease. Written by the opening calls.
	#[pallet::storage]
	pub type NextLeaseId<T: Config> = StorageValue<_, LeaseId, ValueQuery>;

	/// Every lease, open or closed not long ago. Written by `calls`; its state by `lifecycle`
	/// alone, its books and deposit by `escrow` alone.
	#[pallet::storage]
	pub type Leases<T: Config> =
		StorageMap<_, Twox64Concat, LeaseId, Lease<T::AccountId>, OptionQuery>;

	/// The leases of an account, as consumer or as provider. Written by `calls`.
	#[pallet::storage]
	pub type LeasesOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, LeaseId, (), OptionQuery>;

	/// The expiry wheel: by block, leases whose state's time will be up. Written by `hooks`.
	#[pallet::storage]
	pub type Expiries<T: Config> = StorageMap<
		_,
		Twox64Concat,
		BlockNumber,
		BoundedVec<LeaseId, T::MaxExpiriesPerBlock>,
		ValueQuery,
	>;

	/// The next bucket of the wheel to drain. Written by `hooks`.
	#[pallet::storage]
	pub type ExpiryCursor<T: Config> = StorageValue<_, BlockNumber, ValueQuery>;

	/// What lies in the pot for an account that could not be paid. Written by `escrow`.
	#[pallet::storage]
	pub type Claims<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Balance, OptionQuery>;

	/// The parameters the chain starts with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// See [`Parameters`].
		pub params: Parameters,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(
				self.params.validate().is_ok(),
				"leases: parameters do not fit together"
			);
			Params::<T>::put(&self.params);
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Open a metered lease: time on a machine.
		///
		/// Signed by the consumer. Holds `funds`, or what the whole time costs if that is less,
		/// and the opening deposit. `tenant` is the key whose receipts will be paid; `None` pays
		/// the machine's presence alone. Rates are base units per second: `max_rate` per unit.
		///
		/// Emits `LeaseOffered`. Fails with `UnknownMachine`, `MachineNotOnline`, `TermsChanged`,
		/// `RateAboveMaximum`, `UnitsUnavailable`, `DurationOutOfRange`, `UnknownVersion`,
		/// `VersionYanked`, `PriceOverflow`, `RateTooLow`, `FundsTooLow`, `InsufficientBalance`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::open_metered())]
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
			};
			Self::do_open_metered(consumer, order)
		}

		/// Open a fixed job: one result for one price.
		///
		/// Signed by the consumer. Holds `price` and the version's royalty, together at most
		/// `max_total`, and the opening deposit. The escrow pays only on a positive verdict.
		/// `manifest` is a SHA-256; locations are at most 256 printable ASCII bytes.
		///
		/// Emits `LeaseOffered`. Fails with `UnknownMachine`, `MachineNotOnline`, `TermsChanged`,
		/// `UnsupportedRunner`, `ItemsOutOfRange`, `ProofTooLarge`, `TooManyMultiplications`,
		/// `PriceTooLow`, `DeadlineOutOfRange`, `UnknownVersion`, `VersionYanked`,
		/// `VersionNotVerifiable`, `WeightsRootMismatch`, `PriceAboveMaximum`, `LocationTooLong`,
		/// `LocationInvalid`, `InsufficientBalance`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::open_job())]
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
			};
			Self::do_open_job(consumer, order)
		}

		/// Take an offered lease: for a job, after its inputs were fetched and checked.
		///
		/// Signed by the provider or the machine's agent. Reserves the units; a job's price is put
		/// at the bond's risk and its deadline starts.
		///
		/// Emits `LeaseAccepted`. Fails with `UnknownLease`, `LeaseNotOffered`, `NotProvider`,
		/// `OfferExpired`, or as providers refuse capacity or risk.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::accept())]
		pub fn accept(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_accept(who, lease)
		}

		/// Start an accepted metered lease with the tenant's handshake: a receipt over segment 0,
		/// of zero milliseconds or more. Time is measured from this block on.
		///
		/// Signed by the provider or the machine's agent, who gets the anchor compensation out of
		/// the opening deposit.
		///
		/// Emits `LeaseStarted`. Fails with `UnknownLease`, `LeaseNotAccepted`, `NotProvider`,
		/// `StartWindowOver`, `HandshakeMissing`, `ReceiptsOff`, `ReceiptInvalid`,
		/// `UnknownSegment`, or when this block can anchor no more leases (try the next).
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::start().saturating_add(T::OnMachineLeased::weight()))]
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
		/// the start window (the provider keeps the hold fee) or the deadline is over.
		///
		/// Emits `LeaseClosed`. Fails with `UnknownLease`, `NotParty`, `WorkInProgress`,
		/// `TooLateToCancel`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::cancel())]
		pub fn cancel(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel(who, lease)
		}

		/// Add to the escrow of a metered lease, at most what can still become due.
		///
		/// Signed by anyone. What is not used returns to the lease's *consumer*. Where service
		/// already exceeded the escrow, that is paid first.
		///
		/// Emits `LeaseToppedUp`. Fails with `UnknownLease`, `NotMetered`, `LeaseNotActive`,
		/// `AlreadyFunded`, `InsufficientBalance`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::top_up())]
		pub fn top_up(origin: OriginFor<T>, lease: LeaseId, amount: Balance) -> DispatchResult {
			let donor = ensure_signed(origin)?;
			Self::do_top_up(donor, lease, amount)
		}

		/// Pay what is due and not paid yet, after entering a newer receipt if there is one.
		///
		/// Signed by anyone. Pays the same in all, however often and however late; nothing if
		/// nothing is due.
		///
		/// Emits `ReceiptShown`, `LeaseSettled`. Fails with `UnknownLease`, `NotMetered`,
		/// `LeaseNotActive`, `ReceiptsOff`, `ReceiptInvalid`, `UnknownSegment`, `ClaimWindowOver`.
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

		/// End a running metered lease now: frees the units, refunds what can never be due.
		/// Receipts may be shown until `claim_until`; then `finish` pays the rest.
		///
		/// Signed by either side; by anyone once the time is over or the escrow used up.
		///
		/// Emits `LeaseEnded`. Fails with `UnknownLease`, `LeaseNotActive`, `NotParty`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::close())]
		pub fn close(origin: OriginFor<T>, lease: LeaseId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_close(who, lease)
		}

		/// Settle for the last time and give back what is left.
		///
		/// Signed by anyone, for a reward out of the opening deposit (a provider only where it
		/// delivered). A metered lease: once uptime at its end is final and receipts can add
		/// nothing, or the claim window is over, or the provider itself says so, which gives up
		/// receipts not shown. A job: after its delivery window, with every demand answered and no
		/// challenge open; or past its deadline, or past a demand's window, when it is refunded. A closed lease: forgets
		/// it once its retention is over, without a reward.
		///
		/// Emits `LeaseSettled`, `LeaseClosed`, `LeaseForgotten`. Fails with `UnknownLease`, `LeaseNotOver`,
		/// `EndUnresolved`, `ClaimWindowOpen`, `VerdictPending`, `DemandsOpen`, `ChallengeOpen`,
		/// `LeaseAlreadyClosed`.
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
		/// Root. Emits `ParametersSet`. Fails with `InvalidParameters`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_params())]
		pub fn set_params(origin: OriginFor<T>, params: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			params
				.validate()
				.map_err(|()| Error::<T>::InvalidParameters)?;
			Params::<T>::put(&params);
			Self::deposit_event(Event::ParametersSet { params });
			Ok(())
		}

		/// Pay what waits in the pot for `beneficiary`.
		///
		/// Signed by anyone. Emits `ClaimPaid`. Fails with `NothingToClaim`, `CannotReceive`.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::claim())]
		pub fn claim(origin: OriginFor<T>, beneficiary: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(beneficiary)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(now: BlockNumberFor<T>, remaining: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(remaining);
			hooks::drain::<T>(now.saturated_into(), &mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(Parameters::default().validate().is_ok());
			assert!(
				T::MaxExpiriesPerBlock::get() > 0,
				"the expiry wheel needs buckets"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			invariants::check::<T>()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A lease with all that clients show.
		pub fn lease(id: LeaseId) -> Option<LeaseView<T::AccountId>> {
			views::lease::<T>(id)
		}

		/// The leases of an account as consumer or provider, ascending, from `from` on, at most
		/// `limit` and at most 100.
		pub fn leases_of(
			account: T::AccountId,
			from: LeaseId,
			limit: u32,
		) -> Vec<LeaseView<T::AccountId>> {
			views::leases_of::<T>(account, from, limit)
		}

		/// What a metered lease would cost now.
		pub fn quote_metered(
			machine: MachineId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
		) -> Result<MeteredQuote, QuoteError> {
			views::quote_metered::<T>(machine, units, duration_seconds, version)
		}

		/// What a fixed job at `price` would cost now.
		pub fn quote_job(
			machine: MachineId,
			price: Balance,
			version: Option<VersionId>,
		) -> Result<JobQuote, QuoteError> {
			views::quote_job::<T>(machine, price, version)
		}

		/// The bytes that a tenant signs to acknowledge service.
		pub fn receipt_message(lease: LeaseId, segment: u32, milliseconds: u64) -> Vec<u8> {
			receipts::message::<T>(lease, segment, milliseconds)
		}

		/// What ties the result leaves of a job to this chain, the lease and its provider
		/// (`terminal_gpu_proof::result::context`).
		pub fn result_context(lease: LeaseId) -> Option<Digest> {
			Leases::<T>::get(lease).map(|found| Self::job_context(lease, &found.provider))
		}

		/// What waits in the pot for an account, in base units.
		pub fn claimable(account: T::AccountId) -> Balance {
			Claims::<T>::get(account).unwrap_or_default()
		}
	}

	/// The bytes of a leaf that are hashed, for its weight.
	pub(crate) fn leaf_bytes(leaf: &Leaf) -> u32 {
		let bytes = leaf.input.len().saturating_add(leaf.output.len());
		u32::try_from(bytes).unwrap_or(u32::MAX)
	}
}
