#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]
// Nothing in the runtime may panic on what anybody sends. (`expect` only in FRAME's own code.)
#![cfg_attr(
	not(any(test, feature = "runtime-benchmarks")),
	deny(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)
)]

extern crate alloc;

pub mod accumulator;
mod attestors;
pub mod ballots;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod errors;
mod escrow;
mod events;
pub mod faults;
mod hooks;
#[cfg(any(feature = "std", feature = "try-runtime"))]
pub mod invariants;
pub mod lifecycle;
#[cfg(test)]
mod mock;
pub mod offchain;
mod params;
mod payloads;
pub mod presence;
mod queries;
pub mod runtime_api;
mod session;
pub mod tally;
pub mod tasks;
#[cfg(test)]
mod tests;
pub mod types;
pub mod votes;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::crypto;
pub use weights::WeightInfo;

use frame_support::{pallet_macros::import_section, traits::fungible::Credit};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::SaturatedConversion;
use terminal_primitives::BlockNumber;

/// A credit of the native currency.
pub type CreditOf<T> = Credit<<T as frame_system::Config>::AccountId, <T as Config>::Currency>;

pub(crate) const LOG_TARGET: &str = "runtime::attestation";

/// The current block.
pub fn now_block<T: Config>() -> BlockNumber {
	block_of::<T>(frame_system::Pallet::<T>::block_number())
}

pub(crate) fn block_of<T: Config>(number: BlockNumberFor<T>) -> BlockNumber {
	number.saturated_into()
}

#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use crate::{
		hooks, presence,
		runtime_api::{AttestorView, ChallengeView, TaskView},
		types::{
			Attestor, AuthoritySignature, Ballots as BallotsOf, Batch, Breaker, Cause, Challenge,
			Committee, Due, Endpoints, LeaseWindows, LeasedMachine, Members, MissReason, Offence,
			Parameters, PendingSlash, Piece, Places, SignedVotes, Task, WaitingBatch, MAX_ANSWERED,
			MAX_ENTRIES, MAX_WEIGHTS,
		},
		votes, CreditOf, WeightInfo,
	};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{hold, Balanced, BalancedHold, Inspect, Mutate},
			Time,
		},
		PalletId,
	};
	use frame_system::{
		ensure_authorized, offchain::CreateAuthorizedTransaction, pallet_prelude::*,
	};
	use terminal_gpu_proof::result::Leaf;
	use terminal_primitives::{
		ledger::BurnLedger,
		market::{Jobs, Machines},
		uptime::UptimeRecorder,
		Balance, BlockNumber, ChallengeId, Digest, LeaseId, MachineId, Moment, TaskId,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the runtime gives.
	#[pallet::config]
	pub trait Config:
		CreateAuthorizedTransaction<Call<Self>>
		+ frame_system::Config<RuntimeEvent: From<Event<Self>>>
	{
		/// The hold reasons of the runtime.
		type RuntimeHoldReason: Parameter + MaxEncodedLen + Copy + From<HoldReason>;
		/// The native currency.
		type Currency: Inspect<Self::AccountId, Balance = Balance>
			+ Mutate<Self::AccountId>
			+ Balanced<Self::AccountId>
			+ hold::Inspect<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ hold::Mutate<Self::AccountId>
			+ BalancedHold<Self::AccountId>;
		/// The machines, of which provider and agent are read.
		type Machines: Machines<Self::AccountId>;
		/// Where machines serve their evidence (read by the off-chain worker only).
		type Endpoints: Endpoints;
		/// Where passes and misses are written.
		type Uptime: UptimeRecorder;
		/// The jobs whose results are attested.
		type Jobs: Jobs<Self::AccountId>;
		/// Where slashes and unpayable fees are burned.
		type Burn: BurnLedger<CreditOf<Self>>;
		/// The clock, in milliseconds.
		type Time: Time<Moment = Moment>;
		/// The VRF output of the parent block (`pallet-babe`'s `AuthorVrfRandomness`).
		type Vrf: Get<Option<[u8; 32]>>;
		/// Milliseconds per slot.
		type SlotMillis: Get<u64>;
		/// How long leases wait for attestation, by the parameters in force. `()`: nobody waits.
		type LeaseWindows: Get<Option<LeaseWindows>>;
		/// Names the pot of rewards.
		#[pallet::constant]
		type PotId: Get<PalletId>;
		/// Most presence challenges that begin in one block, anchors included.
		#[pallet::constant]
		type MaxChallengesPerBlock: Get<u32>;
		/// Most windows of challenges, and most deadlines of tasks and slashes, that end in one
		/// block. At least twice `MaxChallengesPerBlock`.
		#[pallet::constant]
		type MaxDuePerBlock: Get<u32>;
		/// Weights.
		type WeightInfo: WeightInfo;
		/// Makes machines and jobs for benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::BenchmarkHelper<Self::AccountId>;
	}

	/// Why this pallet holds funds.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// An attestor's bond.
		#[codec(index = 0)]
		AttestorBond,
	}

	/// The parameters. Written by `set_params`.
	#[pallet::storage]
	pub type Params<T: Config> = StorageValue<_, Parameters, ValueQuery>;

	/// The latest accumulator: of which block, and its value. Written by `accumulator`.
	#[pallet::storage]
	pub type Latest<T: Config> = StorageValue<_, (BlockNumber, Digest), ValueQuery>;

	/// The accumulators of the last 256 blocks. Written by `accumulator`.
	#[pallet::storage]
	pub type Accumulators<T: Config> = StorageMap<_, Twox64Concat, BlockNumber, Digest>;

	/// Machines with open metered leases. Written by `presence`.
	#[pallet::storage]
	pub type LeasedMachines<T: Config> = StorageMap<_, Twox64Concat, MachineId, LeasedMachine>;

	/// The dense index over them, from 0 to `LeasedCount`. Written by `presence`.
	#[pallet::storage]
	pub type MachineAt<T: Config> = StorageMap<_, Twox64Concat, u32, MachineId>;

	/// How many machines have open metered leases. Written by `presence`.
	#[pallet::storage]
	pub type LeasedCount<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// The id of the next challenge. Written by `presence`.
	#[pallet::storage]
	pub type NextChallenge<T: Config> = StorageValue<_, ChallengeId, ValueQuery>;

	/// The open challenge of a machine. Written by `presence`.
	#[pallet::storage]
	pub type Challenges<T: Config> = StorageMap<_, Twox64Concat, MachineId, Challenge>;

	/// How many challenges began in this block. Written by `presence`.
	#[pallet::storage]
	pub type IssuedThisBlock<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Challenges one of whose windows is over at the start of a block, answered ones included.
	/// Written by `presence`.
	#[pallet::storage]
	pub type PresenceDue<T: Config> = StorageMap<
		_,
		Twox64Concat,
		BlockNumber,
		BoundedVec<(MachineId, ChallengeId), T::MaxDuePerBlock>,
		ValueQuery,
	>;

	/// The id of the next task. Written by `tasks`.
	#[pallet::storage]
	pub type NextTask<T: Config> = StorageValue<_, TaskId, ValueQuery>;

	/// Tasks, until their lease is closed. Written by `tasks`.
	#[pallet::storage]
	pub type Tasks<T: Config> = StorageMap<_, Twox64Concat, TaskId, Task<T::AccountId>>;

	/// The task of a lease. Written by `tasks`.
	#[pallet::storage]
	pub type TaskOfLease<T: Config> = StorageMap<_, Twox64Concat, LeaseId, TaskId>;

	/// The committee of a task's attempt, with the keys it was drawn with. Written by `tasks`.
	#[pallet::storage]
	pub type Committees<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TaskId, Twox64Concat, u8, Committee<T::AccountId>>;

	/// Which batches of votes wait for the tally. Written by `tally`.
	#[pallet::storage]
	pub type Queue<T: Config> = StorageValue<_, Places, ValueQuery>;

	/// The batches that wait, by place. Written by `tally`.
	#[pallet::storage]
	pub type Waiting<T: Config> = StorageMap<_, Twox64Concat, u64, WaitingBatch<T::AccountId>>;

	/// The votes of a task's attempt. Written by `tally`, and of Fails by `votes`.
	#[pallet::storage]
	pub type Ballots<T: Config> =
		StorageDoubleMap<_, Twox64Concat, TaskId, Twox64Concat, u8, BallotsOf, ValueQuery>;

	/// The tasks that take votes now. Written by `tasks`.
	#[pallet::storage]
	pub type OpenVotes<T: Config> = StorageMap<_, Twox64Concat, TaskId, ()>;

	/// What falls due for tasks and slashes at the start of a block. Written by `tasks`.
	#[pallet::storage]
	pub type TaskDue<T: Config> =
		StorageMap<_, Twox64Concat, BlockNumber, BoundedVec<Due, T::MaxDuePerBlock>, ValueQuery>;

	/// The session's validators and their attestation keys. Written by `attestors`.
	#[pallet::storage]
	pub type Validators<T: Config> = StorageValue<_, Members<T::AccountId>, ValueQuery>;

	/// The active attestors: validators with a bond that are not ejected. Written by `attestors`.
	#[pallet::storage]
	pub type Attestors<T: Config> = StorageValue<_, Members<T::AccountId>, ValueQuery>;

	/// Every account with an attestor's bond. Written by `attestors` (see there).
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Attestor>;

	/// The id of the next slash. Written by `faults`.
	#[pallet::storage]
	pub type NextSlash<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// Slashes that wait. Written by `faults`.
	#[pallet::storage]
	pub type PendingSlashes<T: Config> =
		StorageMap<_, Twox64Concat, u32, PendingSlash<T::AccountId>>;

	/// The circuit breaker's counters. Written by `faults`.
	#[pallet::storage]
	pub type BreakerState<T: Config> = StorageValue<_, Breaker, ValueQuery>;

	/// Double votes already reported, by member and (task, attempt). Written by `faults`.
	#[pallet::storage]
	pub type DoubleVotes<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, (TaskId, u8), ()>;

	/// Rewards to be claimed, base units. Written by `escrow`.
	#[pallet::storage]
	pub type Rewards<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// Base units credited so far to each attestor that was active all the time. Written by
	/// `escrow`.
	#[pallet::storage]
	pub type RewardIndex<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Base units of the pot that belong to somebody. Written by `escrow`.
	#[pallet::storage]
	pub type Owed<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Base units of the pot that could not be divided yet. Written by `escrow`.
	#[pallet::storage]
	pub type Unallocated<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// Parameters and the first attestors.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The parameters; must be valid.
		pub params: Parameters,
		/// Accounts and the bonds to hold from their genesis balances.
		pub attestors: Vec<(T::AccountId, Balance)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(
				Pallet::<T>::params_fit(&self.params),
				"attestation: invalid parameters"
			);
			Params::<T>::put(&self.params);
			for (who, bond) in &self.attestors {
				let bonded = Pallet::<T>::do_bond(who.clone(), *bond);
				assert!(
					bonded.is_ok(),
					"attestation: a genesis attestor cannot bond: {bonded:?}"
				);
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			Self::begin_block(crate::block_of::<T>(now))
		}

		fn offchain_worker(now: BlockNumberFor<T>) {
			crate::offchain::run::<T>(now)
		}

		fn integrity_test() {
			hooks::check_config::<T>()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			crate::invariants::check::<T>()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Commit the Merkle root of the product that `machine`'s open challenge asks for.
		///
		/// Origin: signed by the machine's agent or provider. Event: `PresenceCommitted`. Errors:
		/// `UnknownChallenge` (also if another one is open by now), `UnknownMachine`,
		/// `NotTheAgent`, `TooLate`, `AlreadyCommitted`.
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::commit_presence(), DispatchClass::Operational))]
		pub fn commit_presence(
			origin: OriginFor<T>,
			machine: MachineId,
			challenge: ChallengeId,
			root: Digest,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit_presence(who, machine, challenge, root)
		}

		/// Show the drawn entries of a committed product. The challenge ends: by a pass, or by a
		/// miss if an entry is wrong.
		///
		/// Origin: signed by the machine's agent or provider. Events: `PresencePassed` or
		/// `PresenceMissed`. Errors: `UnknownChallenge` (also if another one is open by now),
		/// `UnknownMachine`, `NotTheAgent`, `NotCommitted`, `TooEarly`, `TooLate`,
		/// `WrongPieceCount`.
		#[pallet::call_index(1)]
		#[pallet::weight((
			presence::weight_of_answer::<T>(pieces),
			DispatchClass::Operational,
		))]
		pub fn answer_presence(
			origin: OriginFor<T>,
			machine: MachineId,
			challenge: ChallengeId,
			pieces: BoundedVec<Piece, ConstU32<MAX_ENTRIES>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_answer_presence(who, machine, challenge, pieces)
		}

		/// Take a batch of votes, signed by a member's attestation key. Fails are executed at once;
		/// the others are heard when the next block begins. Votes that do not count (any more) are
		/// skipped. The weight of proofs that were not executed is given back.
		///
		/// Origin: none but this call's own authorization, so without a fee. Events:
		/// `VotesSubmitted`, and those of the faults that it proves. Refused by the pool:
		/// see `votes::BatchError`.
		#[pallet::call_index(2)]
		#[pallet::weight((votes::weight_of::<T>(batch), DispatchClass::Operational))]
		#[pallet::authorize(|_source, batch, signature| Pallet::<T>::authorize_votes(batch, signature))]
		#[pallet::weight_of_authorize(votes::weight_of_check::<T>(batch))]
		pub fn submit_votes(
			origin: OriginFor<T>,
			batch: Batch<T::AccountId>,
			signature: AuthoritySignature,
		) -> DispatchResultWithPostInfo {
			ensure_authorized(origin)?;
			let _ = signature;
			Ok(Some(Self::do_submit_votes(batch)).into())
		}

		/// As `submit_votes`, for clients that cannot send authorized transactions. Anyone may
		/// bring a member's batch; the fee is given back if a vote in it counts.
		///
		/// Origin: signed. Events: as `submit_votes`. Errors: `BatchMalformed`,
		/// `BatchWrongBlock`, `NotAMember`, `BatchOldSequence`, `BadSignature`, `NoLiveVote`,
		/// `TooManyWaiting`.
		#[pallet::call_index(3)]
		#[pallet::weight((
			votes::weight_of::<T>(batch).saturating_add(votes::weight_of_check::<T>(batch)),
			DispatchClass::Operational,
		))]
		pub fn submit_votes_signed(
			origin: OriginFor<T>,
			batch: Batch<T::AccountId>,
			signature: AuthoritySignature,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let looked = Self::check_batch(&batch, &signature).map_err(Error::<T>::from)?;
			let checked = votes::weight_of_looking::<T>(&batch, looked);
			let taken = Self::do_submit_votes(batch).saturating_add(checked);
			Ok((Some(taken), Pays::No).into())
		}

		/// Prove a committed leaf wrong: the runtime executes it, or of a layered network the piece
		/// that is shown. Overrides every Pass until the lease is closed; the provider's bond and the
		/// members who passed a public sample with this leaf pay.
		///
		/// `evidence` is what the task's scheme needs besides the leaf. 1: the job's weights. 2: a
		/// SCALE-encoded `PieceProof`, as `terminal_gpu_proof::layered::cut` makes it.
		///
		/// Origin: signed by anyone, who is rewarded as the reporter. Events: `TaskFaulted`,
		/// `SlashDeferred`. Errors: `UnknownTask`, `WrongPhase`, `LeafNotCommitted`,
		/// `WrongWeights`, `LeafIsCorrect`, `PieceNotShown`.
		#[pallet::call_index(4)]
		#[pallet::weight((
			votes::weight_of_proof::<T>(leaf, evidence),
			DispatchClass::Operational,
		))]
		pub fn prove_fault(
			origin: OriginFor<T>,
			task: TaskId,
			leaf: Leaf,
			evidence: BoundedVec<u8, ConstU32<MAX_WEIGHTS>>,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_prove_fault(who, task, leaf, evidence)
		}

		/// Show disputed leaves: the runtime executes them. All of them, in one or more calls,
		/// make the verdict Pass; a wrong one makes it Fault.
		///
		/// Origin: signed by anyone who has them. Where so many members said falsely that they
		/// cannot be had that no quorum was possible, they pay the signer of the last part for
		/// the posting. Where fewer did, nobody pays: the fee is given back too, of each part that
		/// holds 16 leaves or all that are left. Events: `LeavesShown`, `TaskPassed` or
		/// `TaskFaulted`, `PostingCharged`. Errors: `UnknownTask`, `WrongPhase`, `TooLate`,
		/// `WrongWeights`, `LeafNotDisputed`, `LeafNotCommitted`.
		#[pallet::call_index(5)]
		#[pallet::weight((
			votes::weight_of_leaves::<T>(leaves, weights),
			DispatchClass::Operational,
		))]
		pub fn answer_data_challenge(
			origin: OriginFor<T>,
			task: TaskId,
			leaves: BoundedVec<Leaf, ConstU32<MAX_ANSWERED>>,
			weights: BoundedVec<u8, ConstU32<MAX_WEIGHTS>>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_answer_data_challenge(who, task, leaves, weights)
		}

		/// Report that one key signed Pass and Fail on the same commitment. The member is ejected
		/// and slashed later; the reporter gets its share of that.
		///
		/// Origin: signed by anyone. Events: `DoubleVoteReported`, `SlashDeferred`. Errors:
		/// `NoDoubleVote`, `NotAMember`, `AlreadyReported`, `BadSignature`.
		#[pallet::call_index(6)]
		#[pallet::weight((T::WeightInfo::report_double_vote(), DispatchClass::Operational))]
		pub fn report_double_vote(
			origin: OriginFor<T>,
			first: SignedVotes<T::AccountId>,
			second: SignedVotes<T::AccountId>,
			task: TaskId,
			attempt: u8,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_report_double_vote(who, first, second, task, attempt)
		}

		/// Bond `amount` more as an attestor. Validators with the least bond are drawn at once.
		///
		/// Origin: signed by the validator account. Deposit: `amount`, on hold. Event:
		/// `AttestorBonded`. Errors: `BondTooSmall`, and those of the hold.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::bond_attestor())]
		pub fn bond_attestor(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bond(who, amount)
		}

		/// Put `amount` of the bond on its way out. It stays on hold and slashable until then.
		///
		/// Origin: signed. Event: `AttestorUnbonded`. Errors: `NotAMember`, `BondTooSmall`,
		/// `TooManyUnlocking`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::unbond_attestor())]
		pub fn unbond_attestor(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_unbond(who, amount)
		}

		/// Take back what has finished unbonding.
		///
		/// Origin: signed. Event: `AttestorWithdrew`. Errors: `NotAMember`, `NothingToWithdraw`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::withdraw_attestor())]
		pub fn withdraw_attestor(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who)
		}

		/// Take one's rewards out of the pot.
		///
		/// Origin: signed. Event: `RewardClaimed`. Errors: `NothingToClaim`, and those of the
		/// transfer when the pot or the account would fall below the existential deposit.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::claim_reward())]
		pub fn claim_reward(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_claim_reward(&who)
		}

		/// Do what is due for a task, a slash or a presence challenge and was not done by the
		/// block itself, because that one's list was full. Nothing else can be done by it.
		///
		/// Origin: signed by anyone. Events: those of what is done. Errors: `NotDue`,
		/// `UnknownTask`, `UnknownSlash`, `UnknownChallenge`, `TooManyChallenges`, `VotesWaiting`.
		#[pallet::call_index(11)]
		#[pallet::weight((hooks::weight_of::<T>(due), DispatchClass::Operational))]
		pub fn advance(origin: OriginFor<T>, due: Due) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_advance(due, crate::now_block::<T>())
		}

		/// Cancel a slash that was not taken yet. The ejection stays.
		///
		/// Origin: root. Event: `SlashCancelled`. Errors: `UnknownSlash`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::cancel_slash())]
		pub fn cancel_slash(origin: OriginFor<T>, slash: u32) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_cancel_slash(slash)
		}

		/// Change the parameters. What is open keeps those it began with.
		///
		/// Origin: root. Event: `ParamsSet`. Errors: `InvalidParams`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_params())]
		pub fn set_params(origin: OriginFor<T>, params: Parameters) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_set_params(params)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The open presence challenge of a machine, with the entries to show once they are drawn.
		pub fn open_challenge(machine: MachineId) -> Option<ChallengeView> {
			Self::challenge_view(machine)
		}

		/// A task, with its committee, votes and public sample.
		pub fn task(task: TaskId) -> Option<TaskView<T::AccountId>> {
			Self::task_view(task)
		}

		/// The task of a lease.
		pub fn task_of(lease: LeaseId) -> Option<TaskView<T::AccountId>> {
			TaskOfLease::<T>::get(lease).and_then(Self::task_view)
		}

		/// The session's validators that hold an attestor bond.
		pub fn attestors() -> Vec<AttestorView<T::AccountId>> {
			Self::attestor_views()
		}
	}
}
