#![cfg_attr(not(feature = "std"), no_std)]
#![doc = include_str!("../README.md")]

extern crate alloc;

mod calls;
pub mod endpoint;
mod escrow;
pub mod lifecycle;
mod machines;
pub mod runs;
pub mod runtime_api;
pub mod types;
mod uptime;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use types::{
	Endpoint, Hardware, HardwareClass, Machine, Parameters, Provider, Slug, Unlocking,
};
pub use weights::WeightInfo;

use frame_support::traits::fungible::Credit;
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

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::{
		runs::Uptime,
		runtime_api::{MachineView, ProviderView, UptimeView},
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Inspect, Mutate, MutateHold},
			Time,
		},
	};
	use frame_system::pallet_prelude::*;
	use terminal_primitives::{
		hooks::MachineGuard, ledger::BurnLedger, market::MachineStatus, Balance, Digest, MachineId,
		Moment,
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

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account became a provider.
		ProviderRegistered {
			/// The cold account.
			provider: T::AccountId,
			/// Its bond in base units.
			bond: Balance,
		},
		/// A provider added to its bond.
		Bonded {
			/// The cold account.
			provider: T::AccountId,
			/// What was added, in base units.
			amount: Balance,
			/// The bond now.
			bond: Balance,
		},
		/// A provider asked for a part of its bond back.
		Unbonded {
			/// The cold account.
			provider: T::AccountId,
			/// What is on its way out, in base units.
			amount: Balance,
			/// The first block in which it can be withdrawn.
			withdrawable_at: BlockNumber,
		},
		/// A provider withdrew what was due.
		Withdrawn {
			/// The cold account.
			provider: T::AccountId,
			/// What was released, in base units.
			amount: Balance,
		},
		/// A provider withdrew the last of its bond and is none any more.
		ProviderRemoved {
			/// The cold account.
			provider: T::AccountId,
		},
		/// A machine was registered, offline.
		MachineRegistered {
			/// Its id.
			machine: MachineId,
			/// Whose it is.
			provider: T::AccountId,
			/// Who signs for it.
			agent: T::AccountId,
			/// Units that can be leased.
			units: u32,
		},
		/// Price or terms of a machine changed, for new leases.
		MachineUpdated {
			/// Which machine.
			machine: MachineId,
			/// The asking price now, base units per second and unit.
			price_per_second: Balance,
			/// What a consumer agrees to from now on.
			terms_hash: Digest,
		},
		/// A machine's daemon serves elsewhere.
		EndpointChanged {
			/// Which machine.
			machine: MachineId,
			/// Where.
			endpoint: Endpoint,
		},
		/// Another account signs for a machine.
		AgentChanged {
			/// Which machine.
			machine: MachineId,
			/// Who.
			agent: T::AccountId,
		},
		/// A machine's status changed.
		StatusChanged {
			/// Which machine.
			machine: MachineId,
			/// Its status now.
			status: MachineStatus,
		},
		/// A machine was removed with everything it had proven.
		MachineRemoved {
			/// Which machine.
			machine: MachineId,
			/// Whose it was.
			provider: T::AccountId,
		},
		/// A fault was proven: bond was slashed.
		ProviderSlashed {
			/// The cold account.
			provider: T::AccountId,
			/// What was slashed in all, in base units.
			amount: Balance,
			/// Who proved it, if it was rewarded.
			reporter: Option<T::AccountId>,
			/// The reporter's part. The rest was burned.
			reward: Balance,
		},
		/// Governance changed the parameters.
		ParametersSet {
			/// The parameters now.
			params: Parameters,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The account is a provider already. Use `bond` to add to its bond.
		AlreadyProvider,
		/// The account is not a provider. Call `register_provider` first.
		NotProvider,
		/// The amount is zero. Name a positive one.
		ZeroAmount,
		/// The bond would be below the least one. Bond more: see `Params` for `min_bond`.
		BondBelowMinimum,
		/// The bond does not cover the machines' units. Bond more, or remove machines first.
		BondBelowUnits,
		/// The bond does not cover the value of open jobs. Finish jobs first, or bond more.
		ValueAtRiskTooHigh,
		/// The bond is not that large. Ask for less.
		BondTooSmall,
		/// Too many parts of the bond are on their way out. Withdraw what is due, or wait.
		TooManyUnlocking,
		/// No part of the bond is due yet. Wait for the block in `Unbonded`.
		NothingToWithdraw,
		/// There is no such machine. Check the id.
		MachineNotFound,
		/// The machine is another provider's. Sign with its cold account.
		NotMachineOwner,
		/// Only the machine's provider or agent may do this.
		NotMachineSigner,
		/// The agent is the provider's own account. Name a hot account that holds no bond.
		AgentIsProvider,
		/// The endpoint is not `http(s)://host[:port]`. Leave out user, path, query and trailing
		/// slash.
		InvalidEndpoint,
		/// A name in the hardware is empty or has other characters than `a-z 0-9 . _ -`.
		InvalidHardware,
		/// The machine has no unit, or more than `max_units` of `Params`.
		UnitsOutOfRange,
		/// The price is outside the range of `Params`. Units: base units per second and unit.
		PriceOutOfRange,
		/// The provider has as many machines as it may. Remove one first.
		TooManyMachines,
		/// No machine id is left.
		IdsExhausted,
		/// A presence challenge is open on the machine. Wait until it is answered or missed.
		ChallengeOpen,
		/// Units are leased. Set it to draining and wait until its leases are closed.
		UnitsLeased,
		/// The machine has that status already.
		StatusUnchanged,
		/// An offline machine has nothing to drain. Set it online, or leave it offline.
		NothingToDrain,
		/// The machine is not offline. Set it offline first.
		MachineNotOffline,
		/// The machine went offline too recently: leases may still have to read its uptime. Wait
		/// `removal_delay_blocks` of `Params`.
		RemovalTooEarly,
		/// The machine takes no new leases. Choose another, or wait until it is online.
		MachineNotOnline,
		/// Fewer units are free. Ask for fewer, or choose another machine.
		NotEnoughUnits,
		/// The parameters contradict each other. See `Parameters::validate` for the rules.
		InvalidParameters,
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
		/// units. Errors: `NotProvider`, `AgentIsProvider`, `InvalidEndpoint`, `InvalidHardware`,
		/// `UnitsOutOfRange`, `PriceOutOfRange`, `TooManyMachines`, `BondBelowUnits`. Event:
		/// `MachineRegistered`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::register_machine())]
		pub fn register_machine(
			origin: OriginFor<T>,
			hardware: Hardware,
			agent: T::AccountId,
			endpoint: Endpoint,
			#[pallet::compact] price_per_second: Balance,
			document: Digest,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_machine(who, hardware, agent, endpoint, price_per_second, document)
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

		/// Move the machine's daemon to another host.
		///
		/// Origin: the provider, never the agent. Errors: `MachineNotFound`, `NotMachineOwner`,
		/// `InvalidEndpoint`, `ChallengeOpen`. Event: `EndpointChanged`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_endpoint())]
		pub fn set_endpoint(
			origin: OriginFor<T>,
			#[pallet::compact] machine: MachineId,
			endpoint: Endpoint,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_set_endpoint(who, machine, endpoint)
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

		/// Remove a machine that has been offline for `removal_delay_blocks`, and with it
		/// everything it has proven: a lease that was not finished by then pays nothing more.
		///
		/// Origin: the provider. Errors: `MachineNotFound`, `NotMachineOwner`, `ChallengeOpen`,
		/// `MachineNotOffline`, `UnitsLeased`, `RemovalTooEarly`. Event: `MachineRemoved`.
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
	}
}
