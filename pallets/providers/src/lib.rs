#![cfg_attr(not(feature = "std"), no_std)]
#![doc = include_str!("../README.md")]

extern crate alloc;

pub mod calendar;
mod calls;
mod capacity;
pub mod endpoint;
mod errors;
mod escrow;
mod events;
pub mod lifecycle;
mod machines;
mod maintenance;
mod prices;
pub mod runs;
pub mod runtime_api;
pub mod types;
mod uptime;
mod views;
pub mod weights;
pub mod windows;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use prices::{AssetPriceList, MAX_ASSET_PRICES};
pub use types::{
	Endpoint, Endpoints, Hardware, HardwareClass, Machine, Parameters, Provider, Slug, Unlocking,
};
pub use weights::WeightInfo;

use frame_support::{pallet_macros::import_section, traits::fungible::Credit};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::SaturatedConversion;
use terminal_primitives::BlockNumber;

/// Funds taken off a hold, on their way to a payee or the burn ledger.
pub type CreditOf<T> =
	Credit<<T as frame_system::Config>::AccountId, <T as pallet::Config>::Currency>;

/// The current height as a plain number.
pub(crate) fn now_block<T: frame_system::Config>() -> BlockNumber {
	let now: BlockNumberFor<T> = frame_system::Pallet::<T>::block_number();
	now.saturated_into()
}

#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::{
		calendar::Calendar,
		runs::Uptime,
		runtime_api::{
			CalendarView, MachineFilter, MachinePage, MachineView, ProviderView, UptimeView,
		},
		windows::Windows,
	};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
			Time,
		},
	};
	use frame_system::pallet_prelude::*;
	use terminal_primitives::{
		hooks::MachineGuard,
		ledger::BurnLedger,
		market::{Availability, MachineStatus, Requirements},
		AssetId, Balance, Digest, MachineId, Moment,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime supplies.
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;
		/// The currency of bonds: the native token only.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Balanced<Self::AccountId>
			+ BalancedHold<Self::AccountId>;
		/// The clock by which uptime is resolved.
		type Time: Time<Moment = Moment>;
		/// Which machines have an open presence challenge.
		type Guard: MachineGuard;
		/// Where the burned part of a slash goes.
		type Burn: BurnLedger<CreditOf<Self>>;
		/// The longest window in blocks within which a fault can still be proven: jobs' delivery
		/// and data challenges together. Unbonding never takes less.
		type LongestWindow: Get<BlockNumber>;
		/// Blocks after its end in which a lease may still be claimed, by what its machine has
		/// proven. No machine is removed within them.
		type ClaimWindow: Get<BlockNumber>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A provider's bond, until it is withdrawn or slashed.
		#[codec(index = 0)]
		Bond,
	}

	/// The parameters in force. Written by `set_params`.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// Providers and their books. Written by `escrow.rs`.
	#[pallet::storage]
	pub type Providers<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Provider, OptionQuery>;

	/// The id of the next machine. Written by `machines.rs`.
	#[pallet::storage]
	pub type NextMachine<T: Config> = StorageValue<_, MachineId, ValueQuery>;

	/// Machines by id. Written by `machines.rs`.
	#[pallet::storage]
	pub type Machines<T: Config> =
		StorageMap<_, Twox64Concat, MachineId, Machine<T::AccountId>, OptionQuery>;

	/// The machines of a provider. Written by `machines.rs`.
	#[pallet::storage]
	pub type MachinesOf<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		Twox64Concat,
		MachineId,
		(),
		OptionQuery,
	>;

	/// What each machine has proven. Written by `uptime.rs`.
	#[pallet::storage]
	pub type Uptimes<T: Config> = StorageMap<_, Twox64Concat, MachineId, Uptime, ValueQuery>;

	/// What is lent and booked of each machine, and until when. Written by `capacity.rs`.
	#[pallet::storage]
	pub type Calendars<T: Config> = StorageMap<_, Twox64Concat, MachineId, Calendar, ValueQuery>;

	/// The maintenance of each machine: of the last 365 days, and to come. Written by
	/// `maintenance.rs`.
	#[pallet::storage]
	pub type MaintenanceWindows<T: Config> =
		StorageMap<_, Twox64Concat, MachineId, Windows, ValueQuery>;

	/// What machines cost in assets, for new leases. Written by `prices.rs`.
	#[pallet::storage]
	pub type AssetPrices<T: Config> =
		StorageMap<_, Twox64Concat, MachineId, AssetPriceList, ValueQuery>;

	/// Parameters at genesis.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The parameters in force from block 1; production's if left out.
		pub params: Parameters,
		#[serde(skip)]
		#[doc(hidden)]
		pub _marker: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(rule) = self.params.validate() {
				panic!("providers.params: {rule}");
			}
			Params::<T>::put(&self.params);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			crate::invariants::check::<T>()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Become a provider by bonding `bond`.
		///
		/// Origin: signed, by what becomes the cold account: it is paid, holds the bond and owns
		/// the machines. Holds `bond`. Errors: `AlreadyProvider`, `BondBelowMinimum`, too little
		/// free balance. Event: `ProviderRegistered`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_provider())]
		pub fn register_provider(
			origin: OriginFor<T>,
			#[pallet::compact] bond: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_provider(who, bond)
		}

		/// Add `amount` to the bond.
		///
		/// Origin: the provider. Holds `amount`. Errors: `NotProvider`, `ZeroAmount`,
		/// `BondBelowMinimum`, too little free balance. Event: `Bonded`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::bond())]
		pub fn bond(origin: OriginFor<T>, #[pallet::compact] amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bond(who, amount)
		}

		/// Start taking `amount` out of the bond.
		///
		/// What remains must cover units and value at risk. Until it is withdrawn the part can
		/// still be slashed. Taking everything ends the provider, once it is withdrawn; machines
		/// must be removed first. Origin: the provider. Errors: `NotProvider`, `ZeroAmount`,
		/// `BondTooSmall`, `ValueAtRiskTooHigh`, `BondBelowUnits`, `BondBelowMinimum`,
		/// `TooManyUnlocking`. Event: `Unbonded`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::unbond())]
		pub fn unbond(origin: OriginFor<T>, #[pallet::compact] amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unbond(who, amount)
		}

		/// Release every part of the bond that is due.
		///
		/// Origin: the provider. Errors: `NotProvider`, `NothingToWithdraw`. Events: `Withdrawn`,
		/// and `ProviderRemoved` if nothing is left.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::withdraw_unbonded())]
		pub fn withdraw_unbonded(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_unbonded(who)
		}

		/// Register a machine. It starts offline; its agent sets it online when it runs.
		///
		/// `price_per_second` is in base units per second and unit, `document` the SHA-256 of the
		/// provider's terms (zero for none). Origin: the provider, whose bond must cover the
		/// units. Errors: `NotProvider`, `AgentIsProvider`, `NoEndpoint`, `InvalidEndpoint`,
		/// `EndpointTwice`, `InvalidHardware`, `UnitsOutOfRange`, `PriceOutOfRange`,
		/// `TooManyMachines`, `BondBelowUnits`. Event: `MachineRegistered`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::register_machine())]
		pub fn register_machine(
			origin: OriginFor<T>,
			hardware: Hardware,
			agent: T::AccountId,
			endpoints: Endpoints,
			#[pallet::compact] price_per_second: Balance,
			document: Digest,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_machine(who, hardware, agent, endpoints, price_per_second, document)
		}

		/// Set price and terms for new leases, at once. Open leases keep what they agreed.
		///
		/// Origin: the provider. Errors: `MachineNotFound`, `NotMachineOwner`, `PriceOutOfRange`.
		/// Event: `MachineUpdated` with the new terms hash.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::update_machine())]
		pub fn update_machine(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			#[pallet::compact] price_per_second: Balance,
			document: Digest,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_update_machine(who, machine, price_per_second, document)
		}

		/// Say where the machine's daemon serves: one to three hosts, in place of the former ones.
		///
		/// Origin: the provider, never the agent. Errors: `MachineNotFound`, `NotMachineOwner`,
		/// `NoEndpoint`, `InvalidEndpoint`, `EndpointTwice`, `ChallengeOpen`. Event:
		/// `EndpointsChanged`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_endpoints())]
		pub fn set_endpoints(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			endpoints: Endpoints,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_endpoints(who, machine, endpoints)
		}

		/// Let another hot account sign for the machine; the former one no longer may.
		///
		/// Origin: the provider, never the agent. Errors: `MachineNotFound`, `NotMachineOwner`,
		/// `AgentIsProvider`, `ChallengeOpen`. Event: `AgentChanged`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_agent())]
		pub fn set_agent(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			agent: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_agent(who, machine, agent)
		}

		/// Set whether the machine takes work. Leaving `Online` closes its run of verified uptime
		/// at the last pass.
		///
		/// Origin: the provider or the machine's agent. Errors: `MachineNotFound`,
		/// `NotMachineSigner`, `ChallengeOpen`, `StatusUnchanged`, `NothingToDrain`,
		/// `UnitsLeased`. Event: `StatusChanged`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_status())]
		pub fn set_status(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			status: MachineStatus,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_status(who, machine, status)
		}

		/// Remove a machine that has been offline for `removal_delay_blocks` (or for as long as
		/// leases may be claimed, if that is longer), and with it everything it has proven: a lease
		/// that was not finished by then pays nothing more.
		///
		/// Origin: the provider. Errors: `MachineNotFound`, `NotMachineOwner`, `ChallengeOpen`,
		/// `MachineNotOffline`, `UnitsLeased`, `UnitsBooked`, `RemovalTooEarly`. Event:
		/// `MachineRemoved`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::remove_machine())]
		pub fn remove_machine(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_machine(who, machine)
		}

		/// Change the parameters. Parts of bonds on their way out keep their block.
		///
		/// Origin: root. Errors: `InvalidParameters`. Event: `ParametersSet`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::set_params())]
		pub fn set_params(origin: OriginFor<T>, params: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_params(params)
		}

		/// Announce that the machine is out of service from `from` to `until` (milliseconds since
		/// the Unix epoch, `until` not included). Its running leases may be paused then.
		///
		/// It begins `maintenance_notice_ms` from now at the earliest and `max_ahead_ms` at the
		/// latest, is at most `max_maintenance_ms` long, and all that begins within any 365 days is
		/// at most `maintenance_budget_ms` together, whether it is made use of or not. No unit may be
		/// booked for a part of it. Origin: the provider or the machine's agent. Errors:
		/// `MachineNotFound`, `NotMachineSigner`, `TimeNotAhead`, `NoticeTooShort`, `TooFarAhead`,
		/// `MaintenanceTooLong`, `MaintenanceOverBooking`, `MaintenanceOverlaps`, `TooManyWindows`,
		/// `MaintenanceOverBudget`. Event: `MaintenanceAnnounced`.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::announce_maintenance())]
		pub fn announce_maintenance(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			#[pallet::compact] from: Moment,
			#[pallet::compact] until: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_announce_maintenance(who, machine, from, until)
		}

		/// Cancel the maintenance that begins at `from`, before it does: its time counts no more.
		///
		/// Origin: the provider or the machine's agent. Errors: `MachineNotFound`,
		/// `NotMachineSigner`, `MaintenanceNotFound`, `MaintenanceBegun`. Event:
		/// `MaintenanceCancelled`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::cancel_maintenance())]
		pub fn cancel_maintenance(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			#[pallet::compact] from: Moment,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel_maintenance(who, machine, from)
		}

		/// Set what the machine costs in an asset, besides its price in TCT, for new leases at once;
		/// `None` takes that price back. Leases take approved assets only.
		///
		/// Origin: the provider, never the agent. Errors: `MachineNotFound`, `NotMachineOwner`,
		/// `PriceOutOfRange`, `TooManyAssetPrices`. Event: `AssetPriceSet`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_asset_price())]
		pub fn set_asset_price(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			#[pallet::compact] asset: AssetId,
			price: Option<Balance>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_asset_price(who, machine, asset, price)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The books of a provider, if the account is one.
		pub fn provider(account: T::AccountId) -> Option<ProviderView> {
			Self::provider_view(&account)
		}

		/// A machine, if it is registered.
		pub fn machine(machine: MachineId) -> Option<MachineView<T::AccountId>> {
			Self::machine_view(machine)
		}

		/// What a machine has proven, if it is registered.
		pub fn uptime(machine: MachineId) -> Option<UptimeView> {
			Self::uptime_view(machine)
		}

		/// What is lent, booked and announced of a machine, if it is registered.
		pub fn calendar(machine: MachineId) -> Option<CalendarView> {
			Self::calendar_view(machine)
		}

		/// What a machine costs in assets: base units per second and unit.
		pub fn asset_prices(machine: MachineId) -> Vec<(AssetId, Balance)> {
			AssetPrices::<T>::get(machine).into_inner()
		}

		/// The earliest time from which `units` are free for `duration_ms`: now if a lease could be
		/// opened, a later time if they could be booked.
		pub fn earliest_start(machine: MachineId, units: u32, duration_ms: u64) -> Option<Moment> {
			<Self as Availability>::earliest_start(machine, units, duration_ms)
		}

		/// At most `limit` machines from id `from` on that `filter` lets through.
		pub fn find_machines(
			filter: MachineFilter<T::AccountId>,
			from: MachineId,
			limit: u32,
		) -> MachinePage<T::AccountId> {
			Self::machine_page_by(&filter, from, limit)
		}

		/// At most `limit` machines from id `from` on whose hardware meets `wanted`.
		pub fn machines_that_meet(
			wanted: Requirements,
			from: MachineId,
			limit: u32,
		) -> MachinePage<T::AccountId> {
			Self::machine_page_for(&wanted, from, limit)
		}
	}
}
