//! What a client or a daemon may ask the runtime.

use crate::types::{Ballot, Cause, PresencePhase};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_primitives::{
	Balance, BlockNumber, ChallengeId, Digest, LeaseId, MachineId, Moment, TaskId,
};

/// An open presence challenge: all that the agent needs to answer it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChallengeView {
	/// Its id.
	pub id: ChallengeId,
	/// The machine.
	pub machine: MachineId,
	/// Seed of both matrices, and the name (`challenge`) under which the pieces are hashed.
	pub seed: Digest,
	/// Rows and columns of the matrices.
	pub n: u32,
	/// When it began, in milliseconds.
	pub issued_at: Moment,
	/// In which block.
	pub issued_block: BlockNumber,
	/// The last block that takes the commitment.
	pub commit_by: BlockNumber,
	/// The last block that takes the answer.
	pub answer_by: BlockNumber,
	/// Where it stands.
	pub phase: PresencePhase,
	/// The entries of C to show, in this order, once they are drawn.
	pub entries: Option<Vec<u32>>,
}

/// Where a task stands.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PhaseView {
	/// The committee is drawn in block `at`.
	AwaitingDraw {
		/// The block.
		at: BlockNumber,
	},
	/// The committee votes.
	Voting {
		/// Passes so far.
		pass: u32,
		/// Unavailables so far.
		unavailable: u32,
		/// Leaves that could not be had.
		named: Vec<u32>,
		/// The last block that takes votes.
		until: BlockNumber,
	},
	/// Leaves must be shown on chain.
	DataChallenge {
		/// Which are still to be shown.
		indices: Vec<u32>,
		/// How many were shown.
		shown: u32,
		/// The last block that takes them.
		until: BlockNumber,
		/// Why.
		cause: Cause,
	},
	/// Passed, unless a fault is proven.
	Passed {
		/// Late votes are recorded up to this block.
		votes_until: BlockNumber,
	},
	/// A leaf was proven wrong.
	Faulted,
	/// Leaves were not shown.
	Unanswered,
}

/// A seat of a committee.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeatView<AccountId> {
	/// Who sits there.
	pub account: AccountId,
	/// The attestation key it was drawn with.
	pub key: Digest,
	/// Its vote, if it voted.
	pub ballot: Option<Ballot>,
}

/// A task.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskView<AccountId> {
	/// Its id.
	pub id: TaskId,
	/// Its lease.
	pub lease: LeaseId,
	/// The machine.
	pub machine: MachineId,
	/// Who is paid.
	pub provider: AccountId,
	/// Who pays.
	pub consumer: AccountId,
	/// The rules by which it is checked.
	pub scheme: u16,
	/// The committed root.
	pub root: Digest,
	/// The block that held the commitment.
	pub committed_at: BlockNumber,
	/// How many items.
	pub items: u32,
	/// The present attempt, from 0.
	pub attempt: u8,
	/// Where it stands.
	pub phase: PhaseView,
	/// Passes needed.
	pub quorum: u32,
	/// The present committee.
	pub seats: Vec<SeatView<AccountId>>,
	/// The public sample, ascending.
	pub sample: Vec<u32>,
}

/// A validator with an attestor's bond.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttestorView<AccountId> {
	/// The validator account.
	pub account: AccountId,
	/// Its attestation key.
	pub key: Digest,
	/// Bonded base units.
	pub bond: Balance,
	/// Base units on their way out.
	pub unlocking: Balance,
	/// Whether it can be drawn.
	pub active: bool,
	/// Ejected before this block.
	pub ejected_until: BlockNumber,
	/// Base units it can claim.
	pub claimable: Balance,
	/// The sequence of its last batch.
	pub sequence: u64,
}

sp_api::decl_runtime_apis! {
	/// Presence challenges, tasks and attestors.
	pub trait AttestationApi<AccountId> where AccountId: Codec {
		/// The open presence challenge of a machine.
		fn open_challenge(machine: MachineId) -> Option<ChallengeView>;
		/// The task of a lease.
		fn task_of(lease: LeaseId) -> Option<TaskView<AccountId>>;
		/// A task.
		fn task(task: TaskId) -> Option<TaskView<AccountId>>;
		/// The session's validators that hold an attestor's bond.
		fn attestors() -> Vec<AttestorView<AccountId>>;
	}
}
