//! The worst case of every call and hook, and its outcome.

mod setup;

pub use setup::BenchmarkHelper;

use crate::{
	lifecycle::{Kind, Step},
	types::{
		Attestor, Ballot, Batch, Cause, Due, Indices, LeasedMachine, Member, Outcome, Parameters,
		PendingSlash, Phase, PresencePhase, SignedVotes, Unlocking, MAX_ATTESTORS, MAX_DISPUTED,
		MAX_QUEUE, MAX_STATEMENTS, MAX_UNLOCKING, MAX_WAITING,
	},
	*,
};
use alloc::{vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::{Authorize, TransactionSource},
	traits::{
		fungible::{Balanced, Mutate},
		Get,
	},
	weights::Weight,
	BoundedVec,
};
use frame_system::RawOrigin;
use setup::*;
use terminal_gpu_proof::{
	product,
	result::{self, LeafCheck},
	runner::Runner,
};
use terminal_primitives::{
	hooks::{OnAttestorFee, OnJobProgress, OnMachineLeased},
	Balance, ChallengeId, LeaseId, MachineId, TaskId, UNIT,
};

/// Members of each committee before the last one, if all of them are others.
const DRAWN: u32 = 32;

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn commit_presence() {
		let (id, agent) = challenged::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(agent), MACHINE, id, [7; 32]);
		let phase = Challenges::<T>::get(MACHINE).unwrap().phase;
		assert!(matches!(phase, PresencePhase::AwaitingAnswer { .. }));
	}

	/// With one piece.
	#[benchmark]
	fn answer_presence(n: Linear<64, 16_384>) {
		let n = size(n);
		Params::<T>::mutate(|params| {
			params.presence_n = n;
			params.presence_entries = 1;
		});
		let (id, agent) = challenged::<T>();
		let challenge = Challenges::<T>::get(MACHINE).unwrap();
		let acc = [5; 32];
		Accumulators::<T>::insert(now_block::<T>() + challenge.draw_delay, acc);
		let seed = crate::accumulator::entries_seed(&challenge.seed, &acc);
		let entry = product::draw_entries(&seed, n, 1)[0];
		let (root, piece) = piece(&challenge.seed, n, entry);
		Pallet::<T>::do_commit_presence(agent.clone(), MACHINE, id, root).unwrap();
		frame_system::Pallet::<T>::reset_events();
		#[extrinsic_call]
		_(
			RawOrigin::Signed(agent),
			MACHINE,
			id,
			BoundedVec::truncate_from(vec![piece]),
		);
		let passed = Event::<T>::PresencePassed {
			challenge: id,
			machine: MACHINE,
			issued_at: 1_000_000,
		};
		frame_system::Pallet::<T>::assert_has_event(
			<T as frame_system::Config>::RuntimeEvent::from(passed),
		);
		assert!(Challenges::<T>::get(MACHINE).is_none());
	}

	/// Each further piece of an answer.
	#[benchmark]
	fn check_entry(n: Linear<64, 16_384>) {
		let (n, name) = (size(n), [9; 32]);
		let entry = n * n - 1;
		let (root, piece) = piece(&name, n, entry);
		let proof = product::PieceProof {
			entries: piece.entries,
			path: piece.path.into_inner(),
		};
		let correct;
		#[block]
		{
			correct = product::check_entry(&product::Seed(name), n, &name, &root, entry, &proof);
		}
		assert!(correct);
	}

	/// Votes that wait. Hearing them, and executing proofs, is weighed besides.
	#[benchmark]
	fn submit_votes(s: Linear<1, 64>) {
		let (batch, signature) = batch::<T>(s, 0);
		let member = batch.member.clone();
		#[extrinsic_call]
		_(RawOrigin::Authorized, batch, signature);
		let record = Records::<T>::get(member).unwrap();
		assert_eq!(record.sequence, 1);
		assert_eq!(record.waiting.len(), 1);
		let waiting = Waiting::<T>::get(record.waiting[0]).unwrap();
		assert_eq!(waiting.statements.len(), s as usize);
	}

	/// What a tally takes besides its batches and tasks: of one vote on a task that is gone.
	#[benchmark]
	fn tally() {
		let (batch, _) = batch::<T>(1, 0);
		Pallet::<T>::let_wait(&batch).unwrap();
		Waiting::<T>::remove(0);
		#[block]
		{
			Pallet::<T>::tally(Weight::MAX);
			Pallet::<T>::count_passes(1);
		}
		assert_eq!(Queue::<T>::get().count(), 0);
		assert_eq!(BreakerState::<T>::get().passes, 1);
	}

	/// A batch of votes on so many tasks, none of which is known: taken out and sorted by task.
	#[benchmark]
	fn take_batch(s: Linear<1, 64>) {
		let (batch, _) = batch::<T>(s, 0);
		Pallet::<T>::let_wait(&batch).unwrap();
		let taken;
		#[block]
		{
			let mut places = Queue::<T>::get();
			taken = Pallet::<T>::take_votes(&mut places);
		}
		assert_eq!(taken.map(|votes| votes.len()), Some(s as usize));
		assert_eq!(Waiting::<T>::iter().count(), 0);
	}

	/// So many votes on one task, all of which count and decide nothing: of the largest committee.
	#[benchmark]
	fn hear_votes(v: Linear<1, 127>) {
		let (batch, _) = batch::<T>(1, 0);
		let id = batch.statements[0].task;
		let members = Committees::<T>::get(id, LAST).unwrap().members;
		committee::<T>(id, LAST, &members, vec![]);
		let votes: Vec<_> = (0..v as usize)
			.map(|seat| {
				let mut own = batch.clone();
				// From the last seat on: the longest searches.
				let member = members[members.len() - 1 - seat].clone();
				(own.member, own.key) = (member.account, member.key);
				Pallet::<T>::let_wait(&own).unwrap();
				let mut places = Queue::<T>::get();
				let votes = Pallet::<T>::take_votes(&mut places).unwrap();
				Queue::<T>::put(places);
				votes
			})
			.collect();
		let votes: Vec<_> = votes.into_iter().flatten().collect();
		let heard;
		#[block]
		{
			heard = Pallet::<T>::hear(id, &votes);
		}
		assert_eq!(heard, Ok((v, false)));
		assert_eq!(Ballots::<T>::get(id, LAST).cast.len(), v as usize);
	}

	/// What a Pass takes besides that makes the quorum.
	#[benchmark]
	fn conclude_pass() {
		attestors::<T>(1);
		machine::<T>(MACHINE);
		let lease = LeaseId(0);
		let light = work::<T>(lease, 1, true);
		job::<T>(lease, &light, false);
		let id = task::<T>(lease, &light, voting::<T>());
		OpenVotes::<T>::remove(id);
		let mut task = Tasks::<T>::get(id).unwrap();
		let until = now_block::<T>() + 100;
		#[block]
		{
			Pallet::<T>::pass(id, &mut task, Step::Quorum, until).unwrap();
		}
		let kind = Kind::of(&Tasks::<T>::get(id).unwrap().phase);
		assert_eq!(kind, Kind::Passed);
		assert!(OpenVotes::<T>::contains_key(id));
	}

	/// What it takes to ask for leaves when the votes end.
	#[benchmark]
	fn conclude_doubt() {
		let members = attestors::<T>(MAX_ATTESTORS);
		machine::<T>(MACHINE);
		let lease = LeaseId(0);
		let light = work::<T>(lease, 1, true);
		let id = task::<T>(lease, &light, voting::<T>());
		committee::<T>(id, LAST, &members, vec![Ballot::Unavailable; members.len()]);
		let mut task = Tasks::<T>::get(id).unwrap();
		let cause = Cause::Unavailable;
		let until = now_block::<T>() + Params::<T>::get().data_window_blocks;
		crowd_tasks::<T>(until + 1, 1);
		#[block]
		{
			Pallet::<T>::challenge_data(id, &mut task, Step::Doubt, cause).unwrap();
		}
		let kind = Kind::of(&Tasks::<T>::get(id).unwrap().phase);
		assert_eq!(kind, Kind::DataChallenge);
		assert!(TaskDue::<T>::iter_values().any(|dues| dues.contains(&Due::Task(id))));
	}

	/// With one vote to look at.
	#[benchmark]
	fn authorize_submit_votes(s: Linear<1, 64>, p: Linear<0, 60>) {
		let (batch, signature) = batch::<T>(s, p);
		// The member has as many full batches waiting as leave room for this one.
		wait::<T>(&batch.member, MAX_WAITING - 1);
		let call = Call::<T>::submit_votes { batch, signature };
		let authorized;
		#[block]
		{
			authorized = call.authorize(TransactionSource::External);
		}
		assert!(authorized.unwrap().is_ok());
	}

	/// Each further vote that the check of a batch looks at: one that was cast before.
	#[benchmark]
	fn look_at_vote() {
		let (batch, _) = batch::<T>(1, 0);
		let (vote, now) = (batch.statements[0].clone(), now_block::<T>());
		Ballots::<T>::mutate(vote.task, LAST, |votes| {
			let seat = MAX_ATTESTORS as u8 - 1;
			votes.enter(seat, Ballot::Pass, &[]).unwrap()
		});
		let live;
		#[block]
		{
			live = Pallet::<T>::is_live(&batch, &vote, now, &Default::default());
		}
		assert!(!live);
	}

	#[benchmark]
	fn prove_fault(p: Linear<1, 60>) {
		let members = attestors::<T>(MAX_ATTESTORS);
		machine::<T>(MACHINE);
		let (who, lease) = (funded::<T>("reporter", 0), LeaseId(0));
		let work = work::<T>(lease, p, false);
		job::<T>(lease, &work, true);
		let votes_until = now_block::<T>();
		let id = task::<T>(lease, &work, Phase::Passed { votes_until });
		// All passed it, and the earlier committees were others.
		for attempt in 0..LAST {
			let numbers = (0..DRAWN).map(|number| u32::from(attempt) * DRAWN + number);
			let drawn: Vec<_> = numbers
				.map(|number| Member {
					account: bonded::<T>("drawn", number),
					key: key(number),
				})
				.collect();
			committee::<T>(id, attempt, &drawn, vec![Ballot::Pass; drawn.len()]);
		}
		committee::<T>(id, LAST, &members, vec![Ballot::Pass; members.len()]);
		// Nothing more can wait, and none of it is about this task.
		for number in 0..MAX_QUEUE {
			let member = members[(number / MAX_WAITING) as usize].account.clone();
			wait::<T>(&member, 1);
		}
		// So many overridden votes trip the breaker.
		let offenders = MAX_ATTESTORS + u32::from(LAST) * DRAWN;
		crowd_slashes::<T>(2, offenders);
		let weights = BoundedVec::truncate_from(work.weights);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, work.leaf, weights);
		assert_eq!(PendingSlashes::<T>::iter().count(), offenders as usize);
		assert!(PendingSlashes::<T>::iter_keys().all(is_due::<T>));
		assert!(Attestors::<T>::get().is_empty());
	}

	/// With the last leaf.
	#[benchmark]
	fn answer_data_challenge(p: Linear<1, 60>) {
		let members = attestors::<T>(MAX_ATTESTORS);
		machine::<T>(MACHINE);
		let (who, lease) = (funded::<T>("poster", 0), LeaseId(0));
		let work = work::<T>(lease, p, true);
		job::<T>(lease, &work, false);
		let phase = Phase::DataChallenge {
			indices: Indices::truncate_from(vec![work.leaf.index]),
			shown: MAX_DISPUTED - 1,
			until: now_block::<T>() + 100,
			cause: Cause::Unavailable,
		};
		let id = task::<T>(lease, &work, phase);
		committee::<T>(id, LAST, &members, vec![Ballot::Unavailable; members.len()]);
		let weights = BoundedVec::truncate_from(work.weights);
		let leaves = BoundedVec::truncate_from(vec![work.leaf]);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, leaves, weights);
		let phase = Tasks::<T>::get(id).unwrap().phase;
		assert_eq!(phase, Phase::Passed { votes_until: 0 });
		// All of them paid and are below the least bond.
		assert!(Attestors::<T>::get().is_empty());
	}

	/// Each further leaf of an answer.
	#[benchmark]
	fn check_leaf(p: Linear<1, 60>) {
		let lease = LeaseId(0);
		let work = work::<T>(lease, p, true);
		let id = task::<T>(lease, &work, voting::<T>());
		let job = Pallet::<T>::job_of(&Tasks::<T>::get(id).unwrap());
		let found;
		#[block]
		{
			found = result::check(&job, &work.weights, &work.leaf);
		}
		assert_eq!(found, LeafCheck::Correct);
	}

	/// The piece of a fault proof.
	#[benchmark]
	fn check_piece() {
		let lease = LeaseId(0);
		let (work, proof) = piece_work::<T>(lease);
		let id = task::<T>(lease, &work, voting::<T>());
		let task = Tasks::<T>::get(id).unwrap();
		let evidence = proof.encode();
		let found;
		#[block]
		{
			found = Pallet::<T>::check_fault(&task, &work.leaf, &evidence);
		}
		assert_eq!(found, Ok(()));
	}

	/// Each leaf of an answer, of a layered network of so many thousands of work.
	#[benchmark]
	fn check_layered_leaf(w: Linear<1, 4096>) {
		let lease = LeaseId(0);
		let work = layered_work::<T>(lease, w, true);
		let id = task::<T>(lease, &work, voting::<T>());
		let job = Pallet::<T>::job_of(&Tasks::<T>::get(id).unwrap());
		let found;
		#[block]
		{
			found = Runner::LayeredNetwork.check(&job, &work.weights, &work.leaf);
		}
		assert_eq!(found, LeafCheck::Correct);
	}

	#[benchmark]
	fn report_double_vote() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let Member { account, key } = members.last().unwrap().clone();
		let who = funded::<T>("reporter", 0);
		// The contradiction is the last of 64.
		let votes = |outcome: Outcome| {
			let others = (1..u64::from(MAX_STATEMENTS)).map(TaskId);
			let others = others.map(|id| statement(id, [0; 32], 1, Outcome::Pass));
			let last = statement(TaskId(99), [0; 32], 1, outcome);
			let batch = Batch {
				member: account.clone(),
				key: key.clone(),
				sequence: 1,
				block: 1,
				statements: BoundedVec::truncate_from(others.chain([last]).collect()),
				proofs: Default::default(),
			};
			SignedVotes::of(&batch, sign::<T>(&batch, &key))
		};
		let (pass, fail) = (votes(Outcome::Pass), votes(Outcome::Fail));
		crowd_slashes::<T>(1, 1);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), pass, fail, TaskId(99), LAST);
		assert_eq!(PendingSlashes::<T>::iter().count(), 1);
		assert!(PendingSlashes::<T>::iter_keys().all(is_due::<T>));
	}

	#[benchmark]
	fn bond_attestor() {
		let members = attestors::<T>(MAX_ATTESTORS - 1);
		let who = funded::<T>("attestor", MAX_ATTESTORS);
		let new = (who.clone(), key(MAX_ATTESTORS));
		let validators = members
			.into_iter()
			.map(|member| (member.account, member.key));
		Pallet::<T>::set_validators(validators.chain([new]));
		#[extrinsic_call]
		_(RawOrigin::Signed(who), bond::<T>());
		assert_eq!(Attestors::<T>::get().len(), MAX_ATTESTORS as usize);
	}

	#[benchmark]
	fn unbond_attestor() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let who = members[0].account.clone();
		Records::<T>::mutate_extant(&who, |record| {
			let (amount, at) = (0, 1);
			let parts = vec![Unlocking { amount, at }; MAX_UNLOCKING as usize - 1];
			record.unlocking = BoundedVec::truncate_from(parts);
		});
		#[extrinsic_call]
		_(RawOrigin::Signed(who), bond::<T>());
		assert_eq!(Attestors::<T>::get().len(), MAX_ATTESTORS as usize - 1);
	}

	#[benchmark]
	fn withdraw_attestor() {
		let who = bonded::<T>("attestor", 0);
		let amount = bond::<T>() / Balance::from(MAX_UNLOCKING);
		let parts = vec![Unlocking { amount, at: 0 }; MAX_UNLOCKING as usize];
		let record = Attestor {
			unlocking: BoundedVec::truncate_from(parts),
			..Default::default()
		};
		Records::<T>::insert(&who, record);
		for task in 0..64 {
			DoubleVotes::<T>::insert(&who, (TaskId(task), 0), ());
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(Records::<T>::get(&who).is_none());
		assert_eq!(DoubleVotes::<T>::iter_prefix(who).count(), 0);
	}

	#[benchmark]
	fn claim_reward() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let who = members.last().unwrap().account.clone();
		T::Currency::set_balance(&Pallet::<T>::pot(), 1_000 * UNIT);
		RewardIndex::<T>::put(UNIT);
		Owed::<T>::put(Balance::from(MAX_ATTESTORS) * UNIT);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert_eq!(Records::<T>::get(who).unwrap().reward_index, UNIT);
	}

	/// A committee of all attestors.
	#[benchmark]
	fn advance_draw() {
		attestors::<T>(MAX_ATTESTORS);
		let who = funded::<T>("anyone", 0);
		machine::<T>(MACHINE);
		let (lease, at) = (LeaseId(0), now_block::<T>() + 1);
		let work = work::<T>(lease, 1, true);
		job::<T>(lease, &work, false);
		Accumulators::<T>::insert(at - 1, [5; 32]);
		let id = task::<T>(lease, &work, Phase::AwaitingDraw { at });
		frame_system::Pallet::<T>::set_block_number(at.into());
		crowd_tasks::<T>(at + Params::<T>::get().vote_window_blocks + 1, 1);
		#[extrinsic_call]
		advance(RawOrigin::Signed(who), Due::Task(id));
		let kind = Kind::of(&Tasks::<T>::get(id).unwrap().phase);
		assert_eq!(kind, Kind::Voting);
		let committee = Committees::<T>::get(id, LAST).unwrap();
		assert!(committee.members.is_full());
	}

	/// A data challenge that nobody answered.
	#[benchmark]
	fn advance_silence() {
		let who = funded::<T>("anyone", 0);
		frame_system::Pallet::<T>::set_block_number(10u32.into());
		machine::<T>(MACHINE);
		let lease = LeaseId(0);
		let work = work::<T>(lease, 1, true);
		job::<T>(lease, &work, false);
		let phase = Phase::DataChallenge {
			indices: Indices::truncate_from((0..MAX_DISPUTED).collect()),
			shown: 0,
			until: 9,
			cause: Cause::Void,
		};
		let id = task::<T>(lease, &work, phase);
		#[extrinsic_call]
		advance(RawOrigin::Signed(who), Due::Task(id));
		assert_eq!(Tasks::<T>::get(id).unwrap().phase, Phase::Unanswered);
	}

	/// A slash that ends an attestor's activity.
	#[benchmark]
	fn advance_slash() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let who = funded::<T>("anyone", 0);
		let slash = PendingSlash {
			offender: members[0].account.clone(),
			amount: UNIT,
			reporter: Some(funded::<T>("reporter", 0)),
			offence: crate::types::Offence::DoubleVote,
			apply_at: 0,
		};
		PendingSlashes::<T>::insert(0, slash);
		#[extrinsic_call]
		advance(RawOrigin::Signed(who), Due::Slash(0));
		assert!(PendingSlashes::<T>::get(0).is_none());
		assert_eq!(Attestors::<T>::get().len(), MAX_ATTESTORS as usize - 1);
	}

	/// A missed challenge, and the anchor of a lease that began meanwhile.
	#[benchmark]
	fn advance_challenge() {
		let who = funded::<T>("anyone", 0);
		let (id, _) = challenged::<T>();
		Pallet::<T>::on_lease_started(MACHINE).unwrap();
		let over = Challenges::<T>::get(MACHINE).unwrap().commit_by + 1;
		frame_system::Pallet::<T>::set_block_number(over.into());
		crowd_presence::<T>();
		let (machine, challenge) = (MACHINE, id);
		#[extrinsic_call]
		advance(RawOrigin::Signed(who), Due::Presence { machine, challenge });
		assert!(Challenges::<T>::get(MACHINE).unwrap().id > id);
	}

	/// The window of a challenge that was answered. Of what has nothing to do, it reads most.
	#[benchmark]
	fn advance_nothing() {
		let (id, _) = challenged::<T>();
		Challenges::<T>::remove(MACHINE);
		let (machine, challenge) = (MACHINE, id);
		let done;
		#[block]
		{
			done = Pallet::<T>::do_advance(Due::Presence { machine, challenge }, 9);
		}
		assert_eq!(done, Err(Error::<T>::UnknownChallenge.into()));
	}

	#[benchmark]
	fn cancel_slash() {
		let slash = PendingSlash {
			offender: account("attestor", 0, 0),
			amount: UNIT,
			reporter: Some(account("reporter", 0, 0)),
			offence: crate::types::Offence::DoubleVote,
			apply_at: 1,
		};
		PendingSlashes::<T>::insert(0, slash);
		#[extrinsic_call]
		_(RawOrigin::Root, 0);
		assert!(PendingSlashes::<T>::get(0).is_none());
	}

	#[benchmark]
	fn set_params() {
		attestors::<T>(MAX_ATTESTORS);
		// All leave.
		let params = Parameters {
			min_bond: 2 * bond::<T>(),
			..Params::<T>::get()
		};
		#[extrinsic_call]
		_(RawOrigin::Root, params);
		assert!(Attestors::<T>::get().is_empty());
	}

	/// The start of a block with `d` draws and nothing due.
	#[benchmark]
	fn on_initialize(d: Linear<0, { T::MaxChallengesPerBlock::get() }>) {
		// So many machines that hardly one is drawn twice.
		let machines = if d > 0 { 1_024u32 } else { 0 };
		for index in 0..machines {
			let machine = MachineId(index.into());
			// Each draw serves as an anchor.
			let (leases, anchor_after) = (1, Some(ChallengeId(0)));
			let entry = LeasedMachine {
				index,
				leases,
				anchor_after,
			};
			MachineAt::<T>::insert(index, machine);
			LeasedMachines::<T>::insert(machine, entry);
		}
		LeasedCount::<T>::put(machines);
		Params::<T>::mutate(|params| {
			params.max_draws = d.max(1);
			params.presence_period_ms = 1;
		});
		let block = 300u32;
		frame_system::Pallet::<T>::set_block_number(block.into());
		Accumulators::<T>::insert(block - 1 - crate::types::ACCUMULATORS_KEPT, [5; 32]);
		crowd_presence::<T>();
		#[block]
		{
			Pallet::<T>::begin_block(block);
		}
		assert!(IssuedThisBlock::<T>::get() * 10 >= d * 8);
	}

	#[benchmark]
	fn on_lease_started() {
		machine::<T>(MACHINE);
		crowd_presence::<T>();
		#[block]
		{
			Pallet::<T>::do_lease_started(MACHINE).unwrap();
		}
		assert!(Challenges::<T>::get(MACHINE).is_some());
	}

	#[benchmark]
	fn on_lease_ended() {
		for number in 0..2 {
			machine::<T>(MachineId(number));
			Pallet::<T>::on_lease_started(MachineId(number)).unwrap();
		}
		#[block]
		{
			Pallet::<T>::do_lease_ended(MachineId(0));
		}
		assert_eq!(LeasedCount::<T>::get(), 1);
	}

	#[benchmark]
	fn on_committed() {
		machine::<T>(MACHINE);
		let lease = LeaseId(0);
		job::<T>(lease, &work::<T>(lease, 1, true), false);
		let delay = Params::<T>::get().draw_delay_blocks;
		crowd_tasks::<T>(now_block::<T>() + delay + 1, 1);
		#[block]
		{
			Pallet::<T>::on_committed(lease).unwrap();
		}
		assert!(TaskOfLease::<T>::get(lease).is_some());
	}

	#[benchmark]
	fn on_closed() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let lease = LeaseId(0);
		let light = work::<T>(lease, 1, true);
		let id = task::<T>(lease, &light, voting::<T>());
		for attempt in 0..=LAST {
			committee::<T>(id, attempt, &members, vec![Ballot::Pass; members.len()]);
		}
		#[block]
		{
			Pallet::<T>::on_closed(lease);
		}
		assert_eq!(Committees::<T>::iter().count(), 0);
	}

	#[benchmark]
	fn on_attestor_fee() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let lease = LeaseId(0);
		let light = work::<T>(lease, 1, true);
		let id = task::<T>(lease, &light, Phase::Passed { votes_until: 0 });
		// As many as are paid one by one.
		let paid = escrow::MAX_PAID;
		let others = core::iter::repeat(Ballot::Unavailable);
		let ballots = core::iter::repeat_n(Ballot::Pass, paid).chain(others);
		committee::<T>(id, LAST, &members, ballots);
		let credit = T::Currency::issue(1_000 * UNIT);
		#[block]
		{
			Pallet::<T>::on_attestor_fee(lease, credit);
		}
		assert_eq!(Rewards::<T>::iter().count(), paid);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
