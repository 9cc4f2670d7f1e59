//! The errors: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The errors of the pallet.
#[pallet_section]
mod errors {
	/// Why a call failed, and what to do.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such challenge, or no more: ask `open_challenge` for the present one.
		UnknownChallenge,
		/// There is no such machine: check the id.
		UnknownMachine,
		/// Only the machine's agent or provider may do this: sign with one of them.
		NotTheAgent,
		/// It is already committed: answer it instead of committing again.
		AlreadyCommitted,
		/// It is not committed: commit the product's root first.
		NotCommitted,
		/// The window is over: nothing is left to do here.
		TooLate,
		/// The entries are not drawn yet: wait for the block named in `PresenceCommitted`.
		TooEarly,
		/// The answer must hold exactly the drawn entries, in their order: see `open_challenge`.
		WrongPieceCount,
		/// This block begins no more challenges: try in the next one.
		TooManyChallenges,
		/// This block opens no more tasks: try in the next one.
		TooManyTasks,
		/// A counter is used up: nothing can be done before a runtime upgrade.
		CounterExhausted,
		/// The lease is no committed job: check the lease's state.
		UnknownJob,
		/// No scheme attests this runner: open the job with a runner that one does.
		UnknownRunner,
		/// There is no such task, or its lease is closed: nothing is left to do.
		UnknownTask,
		/// The task's phase does not allow this: read `task`.
		WrongPhase,
		/// Nothing is due yet, or it was done: wait for the block in its record.
		NotDue,
		/// The weights are not the job's: fetch them again and check their root.
		WrongWeights,
		/// The leaf does not fit the roots: a proof needs both paths of a committed leaf.
		LeafNotCommitted,
		/// The leaf, or the piece of it that was shown, is committed and correct: it proves no fault.
		LeafIsCorrect,
		/// The answer holds a leaf that was not asked for, or none: read `task`.
		LeafNotDisputed,
		/// No statement, or a proof with impossible lengths: build the batch anew.
		BatchMalformed,
		/// The batch's block is in the future or too old: build it anew.
		BatchWrongBlock,
		/// No attestor with this key, or ejected: bond first, or use the session key.
		NotAMember,
		/// The sequence was used: build the batch anew with a greater one.
		BatchOldSequence,
		/// The signature does not fit what it should sign: see `votes_payload`.
		BadSignature,
		/// No vote in the batch counts (any more), or it waits already: nothing is left to do.
		NoLiveVote,
		/// The lists hold no Pass and Fail on the same commitment by the same key.
		NoDoubleVote,
		/// This double vote was reported before: nothing is left to do.
		AlreadyReported,
		/// The bond would be neither zero nor at least the least one: change the amount.
		BondTooSmall,
		/// Too many chunks are on their way out: withdraw some first.
		TooManyUnlocking,
		/// Nothing can be withdrawn yet: wait for the block in `AttestorUnbonded`.
		NothingToWithdraw,
		/// No reward: vote with the outcome first.
		NothingToClaim,
		/// There is no such slash: it was taken or cancelled.
		UnknownSlash,
		/// The parameters do not fit each other: see `Parameters::validate`.
		InvalidParams,
		/// The evidence is no piece of this leaf, or shows other values than the leaf lists: cut it
		/// anew from the leaf and the weights.
		PieceNotShown,
		/// Batches wait, of this member or in all, as many as may: send it again in the next block.
		TooManyWaiting,
		/// Votes from inside the window wait for the tally: try in the next block.
		VotesWaiting,
	}
}
