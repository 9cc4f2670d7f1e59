//! The events: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod events {
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
		/// The asking price of a machine in an asset changed, for new leases.
		AssetPriceSet {
			/// Which machine.
			machine: MachineId,
			/// In what.
			asset: AssetId,
			/// The asset's base units per second and unit; nothing: not taken any more.
			price: Option<Balance>,
		},
		/// A machine's daemon serves elsewhere.
		EndpointsChanged {
			/// Which machine.
			machine: MachineId,
			/// Where, from now on.
			endpoints: Endpoints,
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
		/// Maintenance of a machine was announced.
		MaintenanceAnnounced {
			/// Which machine.
			machine: MachineId,
			/// The first millisecond.
			from: Moment,
			/// The first millisecond after it.
			until: Moment,
		},
		/// Maintenance that had not begun was cancelled.
		MaintenanceCancelled {
			/// Which machine.
			machine: MachineId,
			/// The first millisecond it would have had.
			from: Moment,
			/// The first millisecond after it.
			until: Moment,
		},
		/// Governance changed the parameters.
		ParametersSet {
			/// The parameters now.
			params: Parameters,
		},
	}
}
