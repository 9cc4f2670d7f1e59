//! What clients and daemons read: what a machine has proven, and what it has to do now.

pub use crate::types::{CalledView, StandingView};

use terminal_primitives::MachineId;

sp_api::decl_runtime_apis! {
	/// Reading what machines have proven of their units.
	pub trait MusterApi {
		/// What a machine has to do now; nothing if it is not called, or has failed.
		fn called(machine: MachineId) -> Option<CalledView>;
		/// What a registered machine has proven, until when that counts, and what it allows.
		fn standing(machine: MachineId) -> Option<StandingView>;
	}
}
