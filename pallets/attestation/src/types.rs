//! The pallet's vocabulary: what members sign, what is stored of a task and of a challenge, the
//! parameters, and the pure functions that the runtime and the off-chain worker must compute alike.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use terminal_gpu_proof::result::Leaf;
use terminal_primitives::{
	market::JobSpec, Balance, BlockNumber, ChallengeId, Digest, LeaseId, MachineId, Moment, TaskId,
};

/// The attestation key: an sr25519 session key of a validator.
pub mod crypto {
	use sp_core::crypto::KeyTypeId;

	/// Under this type the keystore keeps attestation keys.
	pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"attn");

	mod app {
		use sp_application_crypto::{app_crypto, sr25519};
		app_crypto!(sr25519, super::KEY_TYPE);
	}

	/// The public half of an attestation key.
	pub type AuthorityId = app::Public;
	/// Both halves of an attestation key.
	#[cfg(feature = "std")]
	pub type AuthorityPair = app::Pair;
	/// A signature by an attestation key.
	pub type AuthoritySignature = app::Signature;
}

pub use crate::tally::{Places, WaitingBatch};
pub use crate::{
	ballots::{Ballot, Ballots},
	params::{LeaseWindows, Parameters, MILLION},
	payloads::{evidence_payload, votes_payload, EVIDENCE_DOMAIN, VOTES_DOMAIN},
};
#[cfg(feature = "std")]
pub use crypto::AuthorityPair;
pub use crypto::{AuthorityId, AuthoritySignature};

/// The scheme (rules of leaves, samples and execution) of tasks whose runner is 1.
pub const SCHEME_INTEGER_NETWORK: u16 = 1;
/// The scheme of tasks whose runner is 2: a fault is shown by one piece.
pub const SCHEME_LAYERED_NETWORK: u16 = 2;
/// Most statements in one batch.
pub const MAX_STATEMENTS: u32 = 64;
/// Most batches of one member that wait for the tally.
pub const MAX_WAITING: u32 = 4;
/// Most batches that wait for the tally: those of all attestors.
pub const MAX_QUEUE: u32 = MAX_WAITING * MAX_ATTESTORS;
/// Most fault proofs in one batch.
pub const MAX_PROOFS: u32 = 2;
/// Most indices that one Unavailable names: the member's own leaves and two of the public sample.
/// Without the first, a host could refuse one member everything, so that the wrong leaf is one of many;
/// without the others it could keep all wrong leaves inside the public sample and refuse everybody
/// everything.
pub const MAX_NAMED: u32 = 10;
/// Most indices that one data challenge names: all that fifteen members name. Were they fewer, who keeps
/// leaves back could fill the list by refusing harmless ones to others first, and hostile members by
/// naming harmless ones.
pub const MAX_DISPUTED: u32 = 15 * MAX_NAMED;
/// Largest public sample.
pub const MAX_SAMPLE: u32 = 64;
/// Most leaves in one answer to a data challenge: longer challenges are answered in parts.
pub const MAX_ANSWERED: u32 = 16;
/// Most attestors, so also the largest committee ("the whole set").
pub const MAX_ATTESTORS: u32 = 128;
/// Attempts at a verdict by committee: draw, redraw, the whole set.
pub const MAX_ATTEMPTS: u8 = 3;
/// Greatest length in bytes of a task's weights, and of what shows a fault besides the leaf.
pub const MAX_WEIGHTS: u32 = 64 * 1024;
/// Past session keys of a member that are still accepted, the present one included.
pub const MAX_KEYS: u32 = 4;
/// Unbonding chunks of one attestor.
pub const MAX_UNLOCKING: u32 = 16;
/// Accumulators kept: those of the last so many blocks.
pub const ACCUMULATORS_KEPT: BlockNumber = 256;
/// Most entries of a product that one challenge asks for.
pub const MAX_ENTRIES: u32 = 32;

/// Indices of leaves.
pub type Indices<const N: u32> = BoundedVec<u32, ConstU32<N>>;

/// What a member found.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Outcome {
	/// Every leaf it looked at was committed and correct.
	#[codec(index = 0)]
	Pass,
	/// A leaf is wrong. Counts only with its fault proof in the same batch.
	#[codec(index = 1)]
	Fail,
	/// These leaves could not be had, or did not fit the roots. At least one, all of them inside
	/// the job.
	#[codec(index = 2)]
	Unavailable(Indices<MAX_NAMED>),
}

/// One vote. All of it is signed, so that Pass and Fail on the same first five fields by one key
/// prove a double vote to anybody.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Statement {
	/// The task that was looked at.
	pub task: TaskId,
	/// The attempt whose committee the member sits in.
	pub attempt: u8,
	/// The scheme by which it was checked.
	pub scheme: u16,
	/// The result root that was checked.
	pub root: Digest,
	/// The block that held the commitment.
	pub committed_at: BlockNumber,
	/// What was found.
	pub outcome: Outcome,
}

impl Statement {
	/// Whether both speak of the same commitment in the same attempt.
	pub fn same_subject(&self, other: &Self) -> bool {
		self.task == other.task
			&& self.attempt == other.attempt
			&& self.scheme == other.scheme
			&& self.root == other.root
			&& self.committed_at == other.committed_at
	}
}

/// One leaf and what refutes it. Valid or not by itself: nobody needs to be believed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct FaultProof {
	/// The task it refutes.
	pub task: TaskId,
	/// A committed leaf.
	pub leaf: Leaf,
	/// By the task's scheme. 1: the job's weights. 2: a SCALE-encoded
	/// `terminal_gpu_proof::layered::PieceProof`.
	pub evidence: BoundedVec<u8, ConstU32<MAX_WEIGHTS>>,
}

/// What a member sends: its votes on up to 64 tasks.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Batch<AccountId> {
	/// The validator account.
	pub member: AccountId,
	/// The attestation key that signs: the one its seat was drawn with.
	pub key: AuthorityId,
	/// Greater than that of every batch of this member before.
	pub sequence: u64,
	/// A recent block: makes a rebuilt batch different from the one before.
	pub block: BlockNumber,
	/// The votes, at least one.
	pub statements: BoundedVec<Statement, ConstU32<MAX_STATEMENTS>>,
	/// The fault proofs of the Fails among them.
	pub proofs: BoundedVec<FaultProof, ConstU32<MAX_PROOFS>>,
}

/// A signed batch without its fault proofs: all that is needed to show what a key signed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SignedVotes<AccountId> {
	/// As in the batch.
	pub member: AccountId,
	/// As in the batch.
	pub key: AuthorityId,
	/// As in the batch.
	pub sequence: u64,
	/// As in the batch.
	pub block: BlockNumber,
	/// As in the batch.
	pub statements: BoundedVec<Statement, ConstU32<MAX_STATEMENTS>>,
	/// Blake2b-256 of the batch's SCALE-encoded `proofs`.
	pub proofs_hash: Digest,
	/// The key's signature over [`SignedVotes::payload`].
	pub signature: AuthoritySignature,
}

/// Why leaves must be shown on chain.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Cause {
	/// Members could not get them: too many for a quorum, or some of a committee that passed.
	#[codec(index = 0)]
	Unavailable,
	/// No committee reached a quorum.
	#[codec(index = 1)]
	Void,
}

/// Where a task stands. See `lifecycle` for the transitions.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Phase {
	/// The committee of this attempt is drawn in block `at`.
	#[codec(index = 0)]
	AwaitingDraw {
		/// The first block that knows the randomness of the draw.
		at: BlockNumber,
	},
	/// The committee (see `Committees`) votes (see `Ballots`).
	#[codec(index = 1)]
	Voting {
		/// The last block that takes votes.
		until: BlockNumber,
	},
	/// These leaves must be shown on chain.
	#[codec(index = 2)]
	DataChallenge {
		/// Indices not yet shown, ascending.
		indices: Indices<MAX_DISPUTED>,
		/// How many were shown and found correct.
		shown: u32,
		/// The last block that takes an answer.
		until: BlockNumber,
		/// Why.
		cause: Cause,
	},
	/// Passed, unless a fault proof still comes. Leaves that members could not get are demanded when
	/// the vote window is over.
	#[codec(index = 3)]
	Passed {
		/// Late votes are recorded (for rewards, as evidence, and with the leaves that they name) up
		/// to this block. Zero once disputed leaves were shown.
		votes_until: BlockNumber,
	},
	/// A leaf was proven wrong.
	#[codec(index = 4)]
	Faulted,
	/// A data challenge went unanswered.
	#[codec(index = 5)]
	Unanswered,
}

/// One committed result under attestation.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Task<AccountId> {
	/// The lease of the job.
	pub lease: LeaseId,
	/// The machine whose hosts serve the evidence.
	pub machine: MachineId,
	/// Who is paid: part of every leaf.
	pub provider: AccountId,
	/// Who pays.
	pub consumer: AccountId,
	/// The rules by which it is checked.
	pub scheme: u16,
	/// The committed result root.
	pub root: Digest,
	/// The block that held the commitment.
	pub committed_at: BlockNumber,
	/// The job.
	pub spec: JobSpec,
	/// The present attempt, counted from zero.
	pub attempt: u8,
	/// Where it stands.
	pub phase: Phase,
}

/// One seat of a committee: the key it was drawn with stays valid after a session change.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Member<AccountId> {
	/// The validator account.
	pub account: AccountId,
	/// Its attestation key.
	pub key: AuthorityId,
}

/// A list of attestors.
pub type Members<AccountId> = BoundedVec<Member<AccountId>, ConstU32<MAX_ATTESTORS>>;

/// The committee of one attempt.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Committee<AccountId> {
	/// What committee and public sample were drawn from.
	pub seed: Digest,
	/// How many leaves the public sample has.
	pub sample: u32,
	/// Passes needed.
	pub quorum: u32,
	/// The seats.
	pub members: Members<AccountId>,
}

impl<AccountId> Committee<AccountId> {
	/// How many sit in it.
	pub fn seats(&self) -> u32 {
		u32::try_from(self.members.len()).unwrap_or(u32::MAX)
	}
}

impl<AccountId: PartialEq> Committee<AccountId> {
	/// The seat of an account.
	pub fn seat(&self, account: &AccountId) -> Option<u8> {
		self.members
			.iter()
			.position(|member| &member.account == account)
			.and_then(|seat| u8::try_from(seat).ok())
	}

	/// How many Unavailables it bears: with one more no quorum is possible.
	pub fn spare(&self) -> u32 {
		self.seats().saturating_sub(self.quorum)
	}

	/// The public sample of a job with `items` items: ascending, all of them if there are no more.
	pub fn sample_indices(&self, items: u32) -> Vec<u32> {
		sample_indices(&self.seed, items, self.sample)
	}
}

/// The public sample: `sample` distinct indices under `items`, ascending; all, if there are no more.
pub fn sample_indices(seed: &Digest, items: u32, sample: u32) -> Vec<u32> {
	let seed = terminal_gpu_proof::hash::blake2_256(&[b"tct/sample", seed]);
	terminal_gpu_proof::result::draw_sample(&seed, items, sample)
}

/// Bonded funds on their way out.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Unlocking {
	/// Base units.
	pub amount: Balance,
	/// From this block on they can be withdrawn.
	pub at: BlockNumber,
}

/// An attestor's record. Exists while anything of its bond is on hold.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Attestor {
	/// Bonded base units.
	pub bond: Balance,
	/// Base units on their way out; still on hold, still slashable.
	pub unlocking: BoundedVec<Unlocking, ConstU32<MAX_UNLOCKING>>,
	/// Not drawn and not heard before this block.
	pub ejected_until: BlockNumber,
	/// The greatest batch sequence so far.
	pub sequence: u64,
	/// The places of its last batches, ascending. Those below the queue's first were heard.
	pub waiting: BoundedVec<u64, ConstU32<MAX_WAITING>>,
	/// Session keys it has had since it bonded, the latest last.
	pub keys: BoundedVec<AuthorityId, ConstU32<MAX_KEYS>>,
	/// While active: the reward index up to which it is settled.
	pub reward_index: Balance,
}

impl Attestor {
	/// Base units on hold in all.
	pub fn held(&self) -> Balance {
		self.unlocking
			.iter()
			.fold(self.bond, |sum, chunk| sum.saturating_add(chunk.amount))
	}
}

/// Why an attestor is slashed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum Offence {
	/// Voted Pass although a leaf of the public sample is wrong.
	#[codec(index = 0)]
	RefutedPass,
	/// Signed Pass and Fail on the same commitment.
	#[codec(index = 1)]
	DoubleVote,
}

/// A slash that waits, so that governance can look at it first.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PendingSlash<AccountId> {
	/// Who pays.
	pub offender: AccountId,
	/// Base units at most: never more than is on hold then.
	pub amount: Balance,
	/// Who gets the reporter's share, if anybody.
	pub reporter: Option<AccountId>,
	/// For what.
	pub offence: Offence,
	/// Taken from this block on.
	pub apply_at: BlockNumber,
}

/// The share of Pass votes that fault proofs overrode lately.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Breaker {
	/// The block in which this window began.
	pub since: BlockNumber,
	/// Pass votes in it.
	pub passes: u32,
	/// Pass votes overridden in it.
	pub overridden: u32,
}

/// Something that falls due in a block. The hook handles it there; anyone may by `advance`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Due {
	/// A draw, the end of a vote or the end of a data challenge.
	#[codec(index = 0)]
	Task(TaskId),
	/// A slash to be taken.
	#[codec(index = 1)]
	Slash(u32),
	/// The end of one of a presence challenge's windows, and the anchor that waited for it.
	#[codec(index = 2)]
	Presence {
		/// Who was challenged.
		machine: MachineId,
		/// By which challenge.
		challenge: ChallengeId,
	},
}

/// A machine that has open metered leases.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct LeasedMachine {
	/// Its place in the dense index.
	pub index: u32,
	/// Its open metered leases, Closing ones included.
	pub leases: u32,
	/// A lease started while this challenge was open: the end of its window brings the lease's
	/// anchor, unless another challenge begins before.
	pub anchor_after: Option<ChallengeId>,
}

/// Where a presence challenge stands.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum PresencePhase {
	/// The product's root is awaited.
	#[codec(index = 0)]
	AwaitingCommit,
	/// The entries drawn from the accumulator of block `commit_block + d` are awaited.
	#[codec(index = 1)]
	AwaitingAnswer {
		/// Root over the product's pieces.
		root: Digest,
		/// The block that held the commitment.
		commit_block: BlockNumber,
	},
}

/// A presence challenge, kept under the machine that is challenged.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Challenge {
	/// Its id: what is sent for another one is refused.
	pub id: ChallengeId,
	/// When, in milliseconds: what a pass extends the run to.
	pub issued_at: Moment,
	/// In which block.
	pub issued_block: BlockNumber,
	/// The seed of both matrices, and the name under which the product's pieces are hashed.
	pub seed: Digest,
	/// Rows and columns of the matrices.
	pub n: u32,
	/// How many entries will be asked for.
	pub entries: u32,
	/// Blocks between the commitment and the accumulator that draws the entries.
	pub draw_delay: BlockNumber,
	/// The last block whose commitment lets a pass credit anything.
	pub prompt_by: BlockNumber,
	/// The last block that takes the commitment.
	pub commit_by: BlockNumber,
	/// The last block that takes the answer.
	pub answer_by: BlockNumber,
	/// The longest gap that a pass may credit, in milliseconds: zero once it was committed late.
	pub gap_cap_ms: u64,
	/// Where it stands.
	pub phase: PresencePhase,
}

/// A piece of the product with its Merkle path, as an answer carries it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Piece {
	/// The entries of the leaf that holds the drawn entry.
	pub entries: [i32; terminal_gpu_proof::product::PIECE],
	/// Sibling hashes from the leaf up.
	pub path: BoundedVec<Digest, ConstU32<32>>,
}

/// Why a challenge was missed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum MissReason {
	/// No commitment in time.
	#[codec(index = 0)]
	NotCommitted,
	/// No answer in time.
	#[codec(index = 1)]
	NotAnswered,
	/// An entry is wrong or does not fit the root.
	#[codec(index = 2)]
	WrongEntry,
}

/// Where a machine serves its evidence. Given by the runtime, from `pallet-providers`.
pub trait Endpoints {
	/// `http(s)://host[:port]` without a path, one for each host. None if there is no such machine.
	fn endpoints(machine: MachineId) -> Vec<Vec<u8>>;
}

impl Endpoints for () {
	fn endpoints(_: MachineId) -> Vec<Vec<u8>> {
		Vec::new()
	}
}

/// Something a member still has to vote on: all that its off-chain worker needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment<AccountId> {
	/// The task.
	pub id: TaskId,
	/// The task's record: roots, spec, provider, attempt.
	pub task: Task<AccountId>,
	/// The seat, with the key that must sign.
	pub member: Member<AccountId>,
	/// The public sample, ascending.
	pub sample: Vec<u32>,
	/// `terminal_gpu_proof::result::context` of the job: part of every leaf.
	pub context: Digest,
	/// The last block that takes the vote.
	pub until: BlockNumber,
}
