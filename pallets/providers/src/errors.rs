//! The errors: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod errors {
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
		/// The machine would have no endpoint. Name one to three.
		NoEndpoint,
		/// An endpoint is not `http(s)://host[:port]`. Leave out user, path, query and trailing
		/// slash.
		InvalidEndpoint,
		/// An endpoint is named twice. Name each once; cases do not tell host names apart.
		EndpointTwice,
		/// A name in the hardware is empty or has other characters than `a-z 0-9 . _ -`.
		InvalidHardware,
		/// The machine has no unit, or more than `max_units` of `Params`.
		UnitsOutOfRange,
		/// The price is outside the range of `Params`. Units: base units per second and unit.
		PriceOutOfRange,
		/// The machine has prices in eight assets. Take one back first.
		TooManyAssetPrices,
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
		/// Fewer units are free (or lent, if it is them that are kept longer), or none was asked for.
		/// Ask for fewer, or choose another machine.
		NotEnoughUnits,
		/// The units are lent or booked for a part of that time. End before that, ask for fewer, or
		/// begin when `earliest_start` says.
		Booked,
		/// The machine has as many bookings as are kept. Choose another, or wait until one is over.
		TooManyBookings,
		/// Units are booked. Set it to draining, so that it gets no new bookings, and end or cancel
		/// the reservations it has.
		UnitsBooked,
		/// The time is past, or ends before it begins. Name a later one.
		TimeNotAhead,
		/// The time begins too far ahead. Name one within `max_ahead_ms` of `Params`.
		TooFarAhead,
		/// The maintenance begins too soon. Announce it `maintenance_notice_ms` of `Params` before.
		NoticeTooShort,
		/// The maintenance is too long. See `max_maintenance_ms` of `Params`.
		MaintenanceTooLong,
		/// The machine would be maintained for more of 365 days than `maintenance_budget_ms` of
		/// `Params`. Take less, take it later, or cancel another window.
		MaintenanceOverBudget,
		/// Another window of the machine has a part of that time. Name a time beside it.
		MaintenanceOverlaps,
		/// Units of the machine are booked for a part of that time. Name a time beside it, or cancel
		/// the reservation.
		MaintenanceOverBooking,
		/// Eight windows are announced, or 64 began within 365 days. Cancel one, or wait.
		TooManyWindows,
		/// No maintenance of the machine begins then. See the view `calendar`.
		MaintenanceNotFound,
		/// The maintenance has begun: it counts. Only one to come can be cancelled.
		MaintenanceBegun,
		/// The parameters contradict each other. See `Parameters::validate` for the rules.
		InvalidParameters,
	}
}
