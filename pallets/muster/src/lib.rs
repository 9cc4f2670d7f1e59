#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod calling;
pub mod grades;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
mod lifecycle;
pub mod line;
mod proving;
mod roster;
pub mod runtime_api;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use lifecycle::{outcome, Outcome};
pub use pallet::*;
pub use proving::weight_of_answer;
pub use weights::WeightInfo;

use calling::Round;
use frame_support::weights::Weight;
use sp_runtime::traits::SaturatedConversion;
use terminal_primitives::BlockNumber;

/// Where this crate logs.
pub(crate) const LOG_TARGET: &str = "runtime::muster";

/// The block being built.
pub(crate) fn now_block<T: frame_system::Config>() -> BlockNumber {
	frame_system::Pallet::<T>::block_number().saturated_into()
}

/// What the begin of a block weighs with such a round.
fn weight_of_round<T: Config>(round: Round) -> Weight {
	let forget = T::WeightInfo::forget_owner().saturating_mul(round.gone.into());
	T::WeightInfo::on_initialize(round.machines).saturating_add(forget)
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::line::Caller;
	use crate::types::{
		Answer, CalledView, Failure, Grade, MusterId, Parameters, Proof, Roster, StandingView,
		Summons, MAX_ROSTER, MAX_ROUND,
	};
	use alloc::vec::Vec;
	use frame_support::{dispatch::DispatchClass, pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use terminal_primitives::{
		capability::{Accelerators, Beacon},
		market::{Availability, Machines, Slug},
		Digest, MachineId, Moment,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Machines and who serves them.
		type Machines: Machines<Self::AccountId>;

		/// What their units are called.
		type Accelerators: Accelerators;

		/// Which of them are idle.
		type Availability: Availability;

		/// The accumulators that seeds and draws depend on. Whoever writes them must begin its block
		/// before this pallet does.
		type Beacon: Beacon;

		/// The clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// Milliseconds between two blocks, by plan.
		type SlotMillis: Get<u64>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Builds what benchmarks need of other pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// The parameters. Written by `roster`.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// The work that units of a name have to do. Written by `roster`.
	#[pallet::storage]
	pub type Grades<T: Config> = StorageMap<_, Blake2_128Concat, Slug, Grade>;

	/// Machines of an owner that are called together. Written by `roster`; its `retry_at` by `calling`.
	#[pallet::storage]
	pub type Rosters<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Roster>;

	/// Owners of rosters, numbered without gaps. Written by `roster`.
	#[pallet::storage]
	pub type OwnerAt<T: Config> = StorageMap<_, Twox64Concat, u32, T::AccountId>;

	/// How many there are. Written by `roster`.
	#[pallet::storage]
	pub type OwnerCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The next muster's id. Written by `calling`.
	#[pallet::storage]
	pub type NextMuster<T: Config> = StorageValue<_, MusterId, ValueQuery>;

	/// The block up to which each line of calls is taken. Written by `line`.
	#[pallet::storage]
	pub type Lines<T: Config> = StorageMap<_, Twox64Concat, Caller, BlockNumber, ValueQuery>;

	/// Machines that are called, or have failed and nobody wrote it down yet. Written by `calling` and
	/// `proving`.
	#[pallet::storage]
	pub type Summoned<T: Config> = StorageMap<_, Twox64Concat, MachineId, Summons>;

	/// What machines have proven last. Written by `proving`, taken away by `calling`.
	#[pallet::storage]
	pub type Proofs<T: Config> = StorageMap<_, Twox64Concat, MachineId, Proof>;

	/// What the chain begins with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The parameters.
		pub parameters: Parameters,
		/// Names of units with the work they have to do.
		pub grades: Vec<(Slug, Grade)>,
		/// No field of its own.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(why) = self.parameters.validate() {
				panic!("muster.parameters: {why}");
			}
			Params::<T>::put(self.parameters);
			for (name, grade) in &self.grades {
				assert!(
					grade.is_valid() && !name.is_empty(),
					"muster.grades: {name:?} is out of range"
				);
				Grades::<T>::insert(name, grade);
			}
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A machine joined its owner's roster.
		Enlisted {
			/// Which.
			machine: MachineId,
			/// Whose.
			owner: T::AccountId,
		},
		/// A machine left its owner's roster, and with it its proof. One that is gone is struck by a round.
		Discharged {
			/// Which.
			machine: MachineId,
			/// Whose.
			owner: T::AccountId,
		},
		/// A machine has to show its work. The seed is known from the next block on.
		Called {
			/// With all others of its owner.
			muster: MusterId,
			/// Which.
			machine: MachineId,
			/// The last block that takes its commitment.
			commit_by: BlockNumber,
		},
		/// A machine committed to its work.
		Committed {
			/// In this muster.
			muster: MusterId,
			/// Which.
			machine: MachineId,
			/// The first block that takes its answer.
			answer_from: BlockNumber,
		},
		/// A machine is what it is called.
		Passed {
			/// In this muster.
			muster: MusterId,
			/// Which.
			machine: MachineId,
		},
		/// A machine did the work, but the chain was too slow to say how fast: nothing changes.
		Inconclusive {
			/// In this muster.
			muster: MusterId,
			/// Which.
			machine: MachineId,
		},
		/// A machine did not show its work. Its proof is gone, and nothing else.
		Failed {
			/// In this muster.
			muster: MusterId,
			/// Which.
			machine: MachineId,
			/// Why.
			reason: Failure,
		},
		/// Governance changed what units of a name have to do.
		GradeSet {
			/// The name.
			accelerator: Slug,
			/// The work, or none any more.
			grade: Option<Grade>,
		},
		/// Governance changed the parameters.
		ParametersSet {
			/// The new ones.
			parameters: Parameters,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The machine is not registered. Register it first.
		UnknownMachine,
		/// Only the machine's provider may do this. Sign with its account.
		NotMachineOwner,
		/// Neither the machine's agent nor its provider signed. Sign with one of them.
		NotTheAgent,
		/// Nothing has to be proven for units of this name. Leases need no proof of it.
		NoGrade,
		/// The machine is on the roster already. Call a muster.
		AlreadyEnlisted,
		/// The machine, or the signer, is on no roster. Enlist the machine first.
		NotEnlisted,
		/// The roster is full. Discharge a machine, or use another account for some of them.
		RosterFull,
		/// A machine of this owner is called. Wait until its muster is over.
		MusterOpen,
		/// The owner's last muster was too short a time ago. Wait until the block in its roster.
		TooSoon,
		/// More machines are called now than there is room for their answers. Try again after as many
		/// blocks as the roster has machines.
		TooManyCalled,
		/// All machines of the roster are leased. Try again when one is idle.
		NobodyIdle,
		/// The machine is not called. Call a muster, or wait for a round.
		NotCalled,
		/// What comes next cannot be known yet. Try again in a later block.
		TooEarly,
		/// The window is over and the machine has failed. Call a muster again.
		TooLate,
		/// The machine has committed already. Answer when the draw is known.
		AlreadyCommitted,
		/// The machine has not committed yet. Commit first.
		NotCommitted,
		/// The answer has not as many openings as were drawn. Show one for each.
		WrongCount,
		/// A part of an opening has another length than its entry asks for. Build it by
		/// `terminal-gpu-proof`.
		WrongShape,
		/// The grade is out of range. See the ranges in `Grade`.
		InvalidGrade,
		/// A parameter is out of range. See the ranges in `Parameters`.
		InvalidParameters,
		/// No more musters can be numbered. Cannot happen in 10¹¹ years.
		IdsExhausted,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			weight_of_round::<T>(Self::begin_round(now.saturated_into()))
		}

		fn integrity_test() {
			assert!(
				Parameters::default().validate().is_ok(),
				"default parameters are valid"
			);
			assert!(T::SlotMillis::get() > 0, "a slot takes time");
			let most = weight_of_round::<T>(Round {
				machines: MAX_ROUND.saturating_mul(MAX_ROSTER),
				gone: MAX_ROUND,
			});
			let limits = <T as frame_system::Config>::BlockWeights::get();
			assert!(
				most.saturating_mul(4).all_lte(limits.max_block),
				"the largest round fits a quarter of a block"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			invariants::check::<T>()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Put one of your machines on your roster, so that it can prove what it is. All idle machines of a
		/// roster are called together. Proves nothing yet.
		///
		/// Origin: signed by the machine's provider. Errors: [`Error::UnknownMachine`],
		/// [`Error::NotMachineOwner`], [`Error::NoGrade`], [`Error::AlreadyEnlisted`],
		/// [`Error::RosterFull`]. Events: [`Event::Enlisted`]. Deposit: none; the machine has a bond.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::enlist())]
		pub fn enlist(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_enlist(who, machine)
		}

		/// Take a machine off your roster, also one that is not registered any more. Its proof is gone.
		///
		/// Origin: signed by whoever enlisted it. Errors: [`Error::NotEnlisted`], [`Error::MusterOpen`],
		/// [`Error::TooSoon`] for the last one of a roster. Events: [`Event::Discharged`]. Deposit: none.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::discharge())]
		pub fn discharge(origin: OriginFor<T>, machine: MachineId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_discharge(who, machine)
		}

		/// Call all your idle machines at once, from the next block on. Who fails loses its proof.
		///
		/// Origin: signed by the owner of a roster. Errors: [`Error::NotEnlisted`], [`Error::TooSoon`],
		/// [`Error::MusterOpen`], [`Error::NobodyIdle`], [`Error::TooManyCalled`],
		/// [`Error::IdsExhausted`]. Events:
		/// [`Event::Called`] of each machine, [`Event::Failed`] of those that had failed before. Deposit:
		/// none.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::call_muster())]
		pub fn call_muster(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_call_muster(who)
		}

		/// Commit to the work of a called machine: the root over all steps of all its units.
		///
		/// Origin: signed by the machine's agent or provider. Operational. Errors: [`Error::NotCalled`],
		/// [`Error::UnknownMachine`], [`Error::NotTheAgent`], [`Error::TooLate`], [`Error::TooEarly`],
		/// [`Error::AlreadyCommitted`]. Events: [`Event::Committed`]. Deposit: none.
		#[pallet::call_index(3)]
		#[pallet::weight((T::WeightInfo::commit_muster(), DispatchClass::Operational))]
		pub fn commit_muster(
			origin: OriginFor<T>,
			machine: MachineId,
			root: Digest,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit(who, machine, root)
		}

		/// Show the drawn entries of a called machine's work, one opening each, in the order of the draw. A
		/// wrong one takes the machine's proof and slashes nothing.
		///
		/// Origin: signed by the machine's agent or provider. Operational. Errors: [`Error::NotCalled`],
		/// [`Error::UnknownMachine`], [`Error::NotTheAgent`], [`Error::TooLate`],
		/// [`Error::NotCommitted`], [`Error::TooEarly`], [`Error::WrongCount`], [`Error::WrongShape`].
		/// Events: [`Event::Passed`], [`Event::Inconclusive`] or [`Event::Failed`]. Deposit: none.
		#[pallet::call_index(4)]
		#[pallet::weight((weight_of_answer::<T>(answer), DispatchClass::Operational))]
		pub fn answer_muster(
			origin: OriginFor<T>,
			machine: MachineId,
			answer: Answer,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_answer(who, machine, answer)
		}

		/// Set what units of a name have to do, or that they have to do nothing. Open musters go on as they
		/// began; proofs count until they are too old.
		///
		/// Origin: root. Errors: [`Error::InvalidGrade`]. Events: [`Event::GradeSet`]. Deposit: none.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_grade())]
		pub fn set_grade(
			origin: OriginFor<T>,
			accelerator: Slug,
			grade: Option<Grade>,
		) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_grade(accelerator, grade)
		}

		/// Change the parameters. Open musters go on as they began.
		///
		/// Origin: root. Errors: [`Error::InvalidParameters`]. Events: [`Event::ParametersSet`]. Deposit:
		/// none.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_params())]
		pub fn set_params(origin: OriginFor<T>, parameters: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_params(parameters)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What a machine has to do now; nothing if it is not called, or has failed.
		pub fn called(machine: MachineId) -> Option<CalledView> {
			Self::called_view(machine)
		}

		/// What a registered machine has proven, and what that allows.
		pub fn standing(machine: MachineId) -> Option<StandingView> {
			Self::standing_view(machine)
		}
	}
}
