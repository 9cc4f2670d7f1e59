//! The worst case of every call and hook, and its outcome.

use crate::{
	crypto::AuthorityId,
	types::{
		votes_payload, Attestor, Ballot, Ballots as Votes, Batch, Cause, Committee, Due,
		FaultProof, Indices, Member, Members, Outcome, Parameters, Phase, Piece, SignedVotes,
		Statement, Task, Unlocking, MAX_ATTEMPTS, MAX_ATTESTORS, MAX_UNLOCKING,
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
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_application_crypto::RuntimeAppPublic;
use terminal_gpu_proof::{
	merkle, network, product,
	result::{self, Leaf},
};
use terminal_primitives::{
	hooks::{OnAttestorFee, OnJobProgress, OnMachineLeased},
	market::{JobSpec, JobView},
	Balance, Digest, LeaseId, MachineId, TaskId, UNIT,
};

/// Makes what benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// A machine of `provider` served by `agent`.
	fn machine(machine: MachineId, provider: &AccountId, agent: &AccountId);
	/// A job whose result was committed: `Jobs::job(lease)` must show it, and every verdict on it
	/// must be possible.
	fn job(lease: LeaseId, job: JobView<AccountId>);
}

/// Makes nothing: for mocks that run no benchmarks.
impl<AccountId> BenchmarkHelper<AccountId> for () {
	fn machine(_: MachineId, _: &AccountId, _: &AccountId) {}
	fn job(_: LeaseId, _: JobView<AccountId>) {}
}

const MACHINE: MachineId = MachineId(0);
const BOND: Balance = 2_000 * UNIT;
const ITEMS: u32 = 16;

fn funded<T: Config>(name: &'static str, number: u32) -> T::AccountId {
	let who = account(name, number, 0);
	T::Currency::set_balance(&who, 1_000_000 * UNIT);
	who
}

fn machine<T: Config>(id: MachineId) -> T::AccountId {
	let (provider, agent) = (funded::<T>("provider", 0), funded::<T>("agent", 0));
	T::BenchmarkHelper::machine(id, &provider, &agent);
	agent
}

/// A key that signs nothing.
fn key(number: u32) -> AuthorityId {
	let mut bytes = [7; 32];
	bytes[..4].copy_from_slice(&number.to_le_bytes());
	sp_core::sr25519::Public::from_raw(bytes).into()
}

/// So many bonded validators; the first has its key in the keystore.
fn attestors<T: Config>(count: u32) -> Vec<(T::AccountId, AuthorityId)> {
	let members: Vec<_> = (0..count)
		.map(|number| {
			let key = match number {
				0 => AuthorityId::generate_pair(None),
				_ => key(number),
			};
			(funded::<T>("attestor", number), key)
		})
		.collect();
	Pallet::<T>::set_validators(members.iter().cloned());
	for (who, _) in &members {
		Pallet::<T>::do_bond(who.clone(), BOND).unwrap();
	}
	assert_eq!(Attestors::<T>::get().len(), count as usize);
	members
}

struct Work {
	weights: Vec<u8>,
	leaves: Vec<Leaf>,
	spec: JobSpec,
	root: Digest,
}

/// A job with about `kib` KiB of weights; its leaf 0 is right or not.
fn work<T: Config>(lease: LeaseId, kib: u32, right: bool) -> Work {
	let outputs = 4 * kib.max(1);
	let weights = network::encode(&[network::Layer {
		inputs: 256,
		outputs: outputs as u16,
		weights: vec![77; 256 * outputs as usize],
		biases: vec![1; outputs as usize],
		output: network::Output::Raw,
	}]);
	let provider: T::AccountId = account("provider", 0, 0);
	let context = result::context(&Pallet::<T>::genesis(), lease.0, &provider.encode());
	let mut leaves: Vec<_> = (0..ITEMS)
		.map(|index| {
			let input = vec![index as u8; 256];
			let mut output = network::evaluate(&weights, &input, 4 * outputs as usize);
			if index == 0 && !right {
				output[0] ^= 1;
			}
			Leaf {
				index,
				input,
				output,
				input_path: vec![],
				output_path: vec![],
			}
		})
		.collect();
	let output = |leaf: &Leaf| result::output_leaf(&context, leaf.index, &leaf.input, &leaf.output);
	let outputs_tree = merkle::Tree::new(leaves.iter().map(output).collect());
	let input = |leaf: &Leaf| result::input_leaf(leaf.index, &leaf.input);
	let inputs_tree = merkle::Tree::new(leaves.iter().map(input).collect());
	for leaf in &mut leaves {
		leaf.input_path = inputs_tree.path(leaf.index).unwrap();
		leaf.output_path = outputs_tree.path(leaf.index).unwrap();
	}
	let spec = JobSpec {
		input_root: inputs_tree.root(),
		weights_root: result::weights_root(&weights),
		items: ITEMS,
		weights_bytes: weights.len() as u32,
		input_bytes: 256,
		output_bytes: 4 * outputs,
		multiplications: 256 * outputs,
		runner: 1,
	};
	Work {
		weights,
		leaves,
		spec,
		root: outputs_tree.root(),
	}
}

fn job<T: Config>(lease: LeaseId, work: &Work) {
	T::BenchmarkHelper::job(
		lease,
		JobView {
			consumer: account("consumer", 0, 0),
			provider: account("provider", 0, 0),
			agent: account("agent", 0, 0),
			machine: MACHINE,
			spec: work.spec.clone(),
			result_root: Some(work.root),
			committed_at: Some(now_block::<T>()),
		},
	)
}

/// A task in `phase`, whose committees of all attempts are `members`, all voting `ballot`.
fn task<T: Config>(
	lease: LeaseId,
	work: &Work,
	phase: Phase,
	members: &[(T::AccountId, AuthorityId)],
	ballot: Option<Ballot>,
) -> TaskId {
	let id = TaskId(lease.0);
	let last = MAX_ATTEMPTS - 1;
	for attempt in 0..MAX_ATTEMPTS {
		let seats: Vec<_> = members
			.iter()
			.map(|(account, key)| Member {
				account: account.clone(),
				key: key.clone(),
			})
			.collect();
		let quorum = seats.len() as u32;
		let members = Members::<T::AccountId>::truncate_from(seats);
		let seed = [attempt; 32];
		Committees::<T>::insert(
			id,
			attempt,
			Committee {
				seed,
				sample: 64,
				quorum,
				members,
			},
		);
		if let Some(ballot) = ballot {
			let votes: Vec<_> = (0..quorum as u8).map(|seat| (seat, ballot)).collect();
			Ballots::<T>::insert(id, attempt, Votes::truncate_from(votes));
		}
	}
	Tasks::<T>::insert(
		id,
		Task {
			lease,
			machine: MACHINE,
			provider: account("provider", 0, 0),
			consumer: account("consumer", 0, 0),
			scheme: 1,
			root: work.root,
			committed_at: now_block::<T>(),
			spec: work.spec.clone(),
			attempt: last,
			phase,
		},
	);
	TaskOfLease::<T>::insert(lease, id);
	OpenVotes::<T>::insert(id, ());
	id
}

fn voting<T: Config>() -> Phase {
	let until = now_block::<T>() + 100;
	Phase::Voting {
		pass: 0,
		unavailable: 0,
		named: Indices::new(),
		until,
	}
}

fn statement(id: TaskId, root: Digest, block: u32, outcome: Outcome) -> Statement {
	let (attempt, scheme) = (MAX_ATTEMPTS - 1, 1);
	Statement {
		task: id,
		attempt,
		scheme,
		root,
		committed_at: block,
		outcome,
	}
}

/// A batch of `s` votes, the first of which carries `p` KiB of proof that proves nothing; all or
/// only the last one counts.
fn batch<T: Config>(s: u32, p: u32, all: bool) -> (Batch<T::AccountId>, AuthorityId) {
	let members = attestors::<T>(15);
	let (member, key) = members[0].clone();
	let light = work::<T>(LeaseId(1), 1, true);
	let mut statements = Vec::new();
	for number in 0..s {
		let voted = (!all && number + 1 < s).then_some(Ballot::Pass);
		let id = task::<T>(
			LeaseId(number.into()),
			&light,
			voting::<T>(),
			&members,
			voted,
		);
		statements.push(statement(id, light.root, now_block::<T>(), Outcome::Pass));
	}
	let mut proofs = Vec::new();
	if p > 0 {
		let heavy = work::<T>(LeaseId(0), p, true);
		let id = task::<T>(LeaseId(0), &heavy, voting::<T>(), &members, None);
		statements[0] = statement(id, heavy.root, now_block::<T>(), Outcome::Fail);
		proofs.push(FaultProof {
			task: id,
			leaf: heavy.leaves[0].clone(),
			weights: BoundedVec::truncate_from(heavy.weights),
		});
	}
	let batch = Batch {
		member,
		key: key.clone(),
		sequence: 1,
		block: now_block::<T>(),
		statements: BoundedVec::truncate_from(statements),
		proofs: BoundedVec::truncate_from(proofs),
	};
	(batch, key)
}

fn signature<T: Config>(
	batch: &Batch<T::AccountId>,
	key: &AuthorityId,
) -> crate::types::AuthoritySignature {
	key.sign(&votes_payload(&Pallet::<T>::genesis(), batch))
		.unwrap()
}

/// A challenge of size `n` with `k` entries, its product committed, its entries drawn.
fn committed<T: Config>(n: u32, k: u32) -> (ChallengeIdOf, T::AccountId, Vec<Piece>) {
	let agent = machine::<T>(MACHINE);
	Params::<T>::mutate(|params| {
		params.presence_n = n;
		params.presence_entries = k;
	});
	Pallet::<T>::on_lease_started(MACHINE).unwrap();
	let id = OpenChallenge::<T>::get(MACHINE).unwrap();
	let challenge = Challenges::<T>::get(id).unwrap();
	let seed = product::Seed(challenge.seed);
	let columns = product::all_columns(&seed, n);
	let mut entries = vec![0i32; (n * n) as usize];
	for (i, row) in (0u32..).zip(entries.chunks_mut(n as usize)) {
		product::row_of_c(&seed, n, i, &columns, row);
	}
	let pieces: Vec<&[i32]> = entries.chunks(product::PIECE).collect();
	let leaves = (0u32..)
		.zip(&pieces)
		.map(|(index, piece)| product::piece_leaf(&challenge.seed, index, piece))
		.collect();
	let tree = merkle::Tree::new(leaves);
	Pallet::<T>::do_commit_presence(agent.clone(), id, tree.root()).unwrap();
	Accumulators::<T>::insert(now_block::<T>() + challenge.draw_delay, [5; 32]);
	let challenge = Challenges::<T>::get(id).unwrap();
	let answer = Pallet::<T>::drawn_entries(id, &challenge)
		.unwrap()
		.into_iter()
		.map(|entry| {
			let index = entry / product::PIECE as u32;
			Piece {
				entries: pieces[index as usize].try_into().unwrap(),
				path: tree.path(index).unwrap().try_into().unwrap(),
			}
		})
		.collect();
	(id, agent, answer)
}

type ChallengeIdOf = terminal_primitives::ChallengeId;

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn commit_presence() {
		let agent = machine::<T>(MACHINE);
		Pallet::<T>::on_lease_started(MACHINE).unwrap();
		let id = OpenChallenge::<T>::get(MACHINE).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(agent), id, [7; 32]);
		let phase = Challenges::<T>::get(id).unwrap().phase;
		assert!(matches!(
			phase,
			crate::types::PresencePhase::AwaitingAnswer { .. }
		));
	}

	#[benchmark]
	fn answer_presence(k: Linear<1, 32>, n: Linear<64, 512>) {
		let (id, agent, pieces) = committed::<T>(n / 64 * 64, k);
		// A lease began meanwhile: the next challenge is issued as well.
		Pallet::<T>::on_lease_started(MACHINE).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(agent), id, pieces.try_into().unwrap());
		assert!(Challenges::<T>::get(id).is_none());
		assert!(OpenChallenge::<T>::get(MACHINE).is_some());
	}

	#[benchmark]
	fn submit_votes(s: Linear<1, 64>, p: Linear<0, 60>) {
		let (batch, key) = batch::<T>(s, p, true);
		let member = batch.member.clone();
		let signature = signature::<T>(&batch, &key);
		#[extrinsic_call]
		_(RawOrigin::Authorized, batch, signature);
		assert_eq!(Records::<T>::get(member).unwrap().sequence, 1);
		assert_eq!(Ballots::<T>::iter().count(), s as usize);
	}

	#[benchmark]
	fn authorize_submit_votes(s: Linear<1, 64>, p: Linear<0, 60>) {
		let (batch, key) = batch::<T>(s, p, false);
		let signature = signature::<T>(&batch, &key);
		let call = Call::<T>::submit_votes { batch, signature };
		let authorized;
		#[block]
		{
			authorized = call.authorize(TransactionSource::External);
		}
		assert!(authorized.unwrap().is_ok());
	}

	#[benchmark]
	fn prove_fault(p: Linear<1, 60>) {
		let members = attestors::<T>(MAX_ATTESTORS);
		machine::<T>(MACHINE);
		let (who, lease) = (funded::<T>("reporter", 0), LeaseId(0));
		let mut work = work::<T>(lease, p, false);
		job::<T>(lease, &work);
		let passed = Phase::Passed {
			votes_until: now_block::<T>(),
		};
		let id = task::<T>(lease, &work, passed, &members, Some(Ballot::Pass));
		let weights = BoundedVec::truncate_from(core::mem::take(&mut work.weights));
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, work.leaves[0].clone(), weights);
		assert_eq!(PendingSlashes::<T>::iter().count(), MAX_ATTESTORS as usize);
		assert!(Attestors::<T>::get().is_empty());
	}

	#[benchmark]
	fn answer_data_challenge(l: Linear<1, 16>, p: Linear<1, 60>) {
		let members = attestors::<T>(MAX_ATTESTORS);
		machine::<T>(MACHINE);
		let (who, lease) = (funded::<T>("poster", 0), LeaseId(0));
		let mut work = work::<T>(lease, p, true);
		job::<T>(lease, &work);
		let phase = Phase::DataChallenge {
			indices: Indices::truncate_from((0..l).collect()),
			shown: 0,
			until: now_block::<T>() + 100,
			cause: Cause::Unavailable,
		};
		let id = task::<T>(lease, &work, phase, &members, Some(Ballot::Unavailable));
		let weights = BoundedVec::truncate_from(core::mem::take(&mut work.weights));
		work.leaves.truncate(l as usize);
		let leaves = BoundedVec::truncate_from(work.leaves);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, leaves, weights);
		assert_eq!(
			Tasks::<T>::get(id).unwrap().phase,
			Phase::Passed { votes_until: 0 }
		);
		assert!(Records::<T>::get(&members[0].0).unwrap().bond < BOND);
	}

	#[benchmark]
	fn report_double_vote() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let (member, key) = members[0].clone();
		let who = funded::<T>("reporter", 0);
		// The contradiction is the last of 64.
		let votes = |outcome: Outcome| {
			let others = (0..63).map(|n| statement(TaskId(n), [0; 32], 1, Outcome::Pass));
			let last = statement(TaskId(99), [0; 32], 1, outcome);
			let batch = Batch {
				member: member.clone(),
				key: key.clone(),
				sequence: 1,
				block: 1,
				statements: BoundedVec::truncate_from(others.chain([last]).collect()),
				proofs: Default::default(),
			};
			SignedVotes::of(&batch, signature::<T>(&batch, &key))
		};
		let (pass, fail) = (votes(Outcome::Pass), votes(Outcome::Fail));
		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			pass,
			fail,
			TaskId(99),
			MAX_ATTEMPTS - 1,
		);
		assert_eq!(PendingSlashes::<T>::iter().count(), 1);
	}

	#[benchmark]
	fn bond_attestor() {
		let members = attestors::<T>(MAX_ATTESTORS - 1);
		let who = funded::<T>("attestor", MAX_ATTESTORS);
		let new = (who.clone(), key(MAX_ATTESTORS));
		Pallet::<T>::set_validators(members.into_iter().chain([new]));
		#[extrinsic_call]
		_(RawOrigin::Signed(who), BOND);
		assert_eq!(Attestors::<T>::get().len(), MAX_ATTESTORS as usize);
	}

	#[benchmark]
	fn unbond_attestor() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let who = members[0].0.clone();
		RewardIndex::<T>::put(5);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), BOND);
		assert_eq!(Attestors::<T>::get().len(), MAX_ATTESTORS as usize - 1);
	}

	#[benchmark]
	fn withdraw_attestor() {
		let who = funded::<T>("attestor", 0);
		Pallet::<T>::hold_bond(&who, BOND).unwrap();
		let chunk = BOND / Balance::from(MAX_UNLOCKING);
		let unlocking: Vec<_> = (0..MAX_UNLOCKING)
			.map(|_| Unlocking {
				amount: chunk,
				at: 0,
			})
			.collect();
		let unlocking = BoundedVec::truncate_from(unlocking);
		Records::<T>::insert(
			&who,
			Attestor {
				unlocking,
				..Default::default()
			},
		);
		for task in 0..64 {
			DoubleVotes::<T>::insert(&who, (TaskId(task), 0), ());
		}
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(Records::<T>::get(who).is_none());
	}

	#[benchmark]
	fn claim_reward() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let who = members[0].0.clone();
		T::Currency::set_balance(&Pallet::<T>::pot(), 1_000 * UNIT);
		RewardIndex::<T>::put(UNIT);
		Owed::<T>::put(Balance::from(MAX_ATTESTORS) * UNIT);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert_eq!(Records::<T>::get(who).unwrap().reward_index, UNIT);
	}

	#[benchmark]
	fn advance() {
		let members = attestors::<T>(MAX_ATTESTORS);
		let who = funded::<T>("anyone", 0);
		machine::<T>(MACHINE);
		let lease = LeaseId(0);
		let work = work::<T>(lease, 1, true);
		job::<T>(lease, &work);
		Accumulators::<T>::insert(0, [5; 32]);
		let waiting = Phase::AwaitingDraw { at: 1 };
		let id = task::<T>(lease, &work, waiting, &members, None);
		frame_system::Pallet::<T>::set_block_number(1u32.into());
		#[extrinsic_call]
		_(RawOrigin::Signed(who), Due::Task(id));
		assert!(matches!(
			Tasks::<T>::get(id).unwrap().phase,
			Phase::Voting { .. }
		));
	}

	#[benchmark]
	fn cancel_slash() {
		let slash = crate::types::PendingSlash {
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
		RewardIndex::<T>::put(5);
		// All leave.
		let params = Parameters {
			min_bond: 2 * BOND,
			..Params::<T>::get()
		};
		#[extrinsic_call]
		_(RawOrigin::Root, params);
		assert!(Attestors::<T>::get().is_empty());
	}

	#[benchmark]
	fn on_initialize(c: Linear<0, 16>, t: Linear<0, 16>, d: Linear<0, 16>) {
		let members = attestors::<T>(MAX_ATTESTORS);
		machine::<T>(MACHINE);
		let block = 50u32;
		frame_system::Pallet::<T>::set_block_number(1u32.into());
		// At most `d` draws a block, and as many are due.
		Params::<T>::mutate(|params| {
			params.max_draws = d.max(1);
			params.presence_period_ms = T::SlotMillis::get();
		});
		for number in 0..c + d {
			IssuedThisBlock::<T>::kill();
			Pallet::<T>::on_lease_started(MachineId(number.into())).unwrap();
		}
		let mut ids = Vec::new();
		for (id, challenge) in Challenges::<T>::iter().collect::<Vec<_>>() {
			if challenge.machine.0 < c.into() {
				ids.push(id);
			} else {
				Challenges::<T>::remove(id);
				OpenChallenge::<T>::remove(challenge.machine);
			}
		}
		PresenceDue::<T>::insert(block, BoundedVec::truncate_from(ids));
		let light = work::<T>(LeaseId(0), 1, true);
		let mut due = Vec::new();
		for number in 0..t {
			let lease = LeaseId(number.into());
			let waiting = Phase::AwaitingDraw { at: block };
			due.push(Due::Task(task::<T>(lease, &light, waiting, &members, None)));
		}
		TaskDue::<T>::insert(block, BoundedVec::truncate_from(due));
		frame_system::Pallet::<T>::set_block_number(block.into());
		#[block]
		{
			Pallet::<T>::begin_block(block);
		}
		assert!(PresenceDue::<T>::get(block).is_empty());
		let kinds = Tasks::<T>::iter_values().map(|task| lifecycle::Kind::of(&task.phase));
		assert_eq!(
			kinds
				.filter(|kind| *kind == lifecycle::Kind::Voting)
				.count(),
			t as usize
		);
	}

	#[benchmark]
	fn on_lease_started() {
		machine::<T>(MACHINE);
		#[block]
		{
			Pallet::<T>::do_lease_started(MACHINE).unwrap();
		}
		assert!(OpenChallenge::<T>::get(MACHINE).is_some());
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
		job::<T>(lease, &work::<T>(lease, 1, true));
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
		task::<T>(lease, &light, voting::<T>(), &members, Some(Ballot::Pass));
		#[block]
		{
			Pallet::<T>::on_closed(lease);
		}
		assert_eq!(Committees::<T>::iter().count(), 0);
	}

	#[benchmark]
	fn on_attestor_fee() {
		let members = attestors::<T>(32);
		let lease = LeaseId(0);
		let light = work::<T>(lease, 1, true);
		let passed = Phase::Passed { votes_until: 0 };
		task::<T>(lease, &light, passed, &members, Some(Ballot::Pass));
		let credit = T::Currency::issue(1_000 * UNIT);
		#[block]
		{
			Pallet::<T>::on_attestor_fee(lease, credit);
		}
		assert_eq!(Rewards::<T>::iter().count(), 32);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
