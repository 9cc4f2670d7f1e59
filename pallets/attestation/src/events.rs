//! The events: a section of the pallet module, imported by `lib.rs`.

use frame_support::pallet_macros::pallet_section;

/// The events of the pallet.
#[pallet_section]
mod events {
	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A machine must commit a product by block `commit_by`.
		#[codec(index = 0)]
		PresenceChallenged {
			/// The challenge.
			challenge: ChallengeId,
			/// The machine.
			machine: MachineId,
			/// The last block that takes the commitment.
			commit_by: BlockNumber,
		},
		/// A machine committed; from block `answer_from` on the entries to show are known.
		#[codec(index = 1)]
		PresenceCommitted {
			/// The challenge.
			challenge: ChallengeId,
			/// The machine.
			machine: MachineId,
			/// The first block that takes the answer.
			answer_from: BlockNumber,
		},
		/// A challenge was answered.
		#[codec(index = 2)]
		PresencePassed {
			/// The challenge.
			challenge: ChallengeId,
			/// The machine.
			machine: MachineId,
			/// When the challenge began, in milliseconds.
			issued_at: Moment,
		},
		/// A challenge was not answered, or wrongly.
		#[codec(index = 3)]
		PresenceMissed {
			/// The challenge.
			challenge: ChallengeId,
			/// The machine.
			machine: MachineId,
			/// When the challenge began, in milliseconds.
			issued_at: Moment,
			/// Why it is a miss.
			reason: MissReason,
		},
		/// A result came under attestation.
		#[codec(index = 4)]
		TaskOpened {
			/// The task.
			task: TaskId,
			/// Its lease.
			lease: LeaseId,
			/// The committed root.
			root: Digest,
			/// The block in which the committee is drawn.
			draw_at: BlockNumber,
		},
		/// A committee was drawn.
		#[codec(index = 5)]
		CommitteeDrawn {
			/// The task.
			task: TaskId,
			/// The attempt, from 0.
			attempt: u8,
			/// Passes needed.
			quorum: u32,
			/// The last block that takes votes.
			until: BlockNumber,
			/// Who sits in it.
			members: Vec<T::AccountId>,
		},
		/// A committee's time is over without a quorum: another is drawn.
		#[codec(index = 6)]
		CommitteeLapsed {
			/// The task.
			task: TaskId,
			/// The attempt that follows.
			next_attempt: u8,
			/// The block in which it is drawn.
			draw_at: BlockNumber,
		},
		/// A batch with a vote that counts was taken.
		#[codec(index = 7)]
		VotesSubmitted {
			/// Who voted.
			member: T::AccountId,
			/// The batch.
			sequence: u64,
			/// How many votes it holds. Its Fails were heard at once; the others are heard when the next
			/// block begins, as far as they count.
			votes: u32,
		},
		/// A Fail's proof proves nothing: the vote counts as absent.
		#[codec(index = 8)]
		FailUnproven {
			/// The task.
			task: TaskId,
			/// Who voted.
			member: T::AccountId,
		},
		/// Leaves must be shown on chain.
		#[codec(index = 9)]
		DataChallenged {
			/// The task.
			task: TaskId,
			/// Why.
			cause: Cause,
			/// Which.
			indices: Vec<u32>,
			/// The last block that takes them.
			until: BlockNumber,
		},
		/// Leaves were shown and are correct.
		#[codec(index = 10)]
		LeavesShown {
			/// The task.
			task: TaskId,
			/// Who showed them.
			by: T::AccountId,
			/// How many are still to be shown.
			left: u32,
		},
		/// The verdict is Pass, unless a fault is proven before the lease closes.
		#[codec(index = 11)]
		TaskPassed {
			/// The task.
			task: TaskId,
			/// Its lease.
			lease: LeaseId,
		},
		/// The verdict is Fault.
		#[codec(index = 12)]
		TaskFaulted {
			/// The task.
			task: TaskId,
			/// Its lease.
			lease: LeaseId,
			/// The wrong leaf.
			index: u32,
			/// Who proved it: `None` when the provider showed it itself.
			reporter: Option<T::AccountId>,
		},
		/// The verdict is Unanswered: leaves were not shown.
		#[codec(index = 13)]
		TaskUnanswered {
			/// The task.
			task: TaskId,
			/// Its lease.
			lease: LeaseId,
		},
		/// The lease is closed and its task forgotten.
		#[codec(index = 14)]
		TaskClosed {
			/// The task.
			task: TaskId,
			/// Its lease.
			lease: LeaseId,
		},
		/// A member paid for leaves that it said cannot be had.
		#[codec(index = 15)]
		PostingCharged {
			/// The task.
			task: TaskId,
			/// Who paid.
			member: T::AccountId,
			/// Base units.
			amount: Balance,
		},
		/// A double vote was proven.
		#[codec(index = 16)]
		DoubleVoteReported {
			/// Who voted twice.
			member: T::AccountId,
			/// On which task.
			task: TaskId,
			/// In which attempt.
			attempt: u8,
			/// Who reported it.
			reporter: T::AccountId,
		},
		/// An attestor is ejected now and will be slashed.
		#[codec(index = 17)]
		SlashDeferred {
			/// The slash.
			slash: u32,
			/// Who.
			who: T::AccountId,
			/// Base units.
			amount: Balance,
			/// For what.
			offence: Offence,
			/// From which block on.
			apply_at: BlockNumber,
		},
		/// An attestor was slashed.
		#[codec(index = 18)]
		AttestorSlashed {
			/// The slash.
			slash: u32,
			/// Who.
			who: T::AccountId,
			/// Base units taken.
			amount: Balance,
			/// Of these, base units paid to the reporter; the rest was burned.
			rewarded: Balance,
		},
		/// Governance cancelled a slash.
		#[codec(index = 19)]
		SlashCancelled {
			/// The slash.
			slash: u32,
			/// Whose.
			who: T::AccountId,
		},
		/// Somebody bonded as an attestor, or bonded more.
		#[codec(index = 20)]
		AttestorBonded {
			/// Who.
			who: T::AccountId,
			/// Base units added.
			amount: Balance,
			/// Base units bonded now.
			bond: Balance,
		},
		/// Part of a bond is on its way out.
		#[codec(index = 21)]
		AttestorUnbonded {
			/// Who.
			who: T::AccountId,
			/// Base units.
			amount: Balance,
			/// From which block on it can be withdrawn.
			withdrawable_at: BlockNumber,
		},
		/// Unbonded funds were given back.
		#[codec(index = 22)]
		AttestorWithdrew {
			/// Who.
			who: T::AccountId,
			/// Base units.
			amount: Balance,
		},
		/// A fee came into the pot.
		#[codec(index = 23)]
		FeeReceived {
			/// Which lease paid it.
			lease: LeaseId,
			/// Base units.
			amount: Balance,
		},
		/// A reward was paid.
		#[codec(index = 24)]
		RewardClaimed {
			/// To whom.
			who: T::AccountId,
			/// Base units.
			amount: Balance,
		},
		/// The parameters changed.
		#[codec(index = 25)]
		ParamsSet {
			/// All of them.
			params: Parameters,
		},
	}
}
