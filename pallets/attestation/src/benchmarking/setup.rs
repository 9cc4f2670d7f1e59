//! What the benchmarks begin with: full sets of attestors, the longest paths, crowded agendas.

use crate::{
	crypto::AuthorityId,
	presence::SEARCH,
	tasks::scheme_of,
	types::{
		sample_indices, votes_payload, Attestor, AuthoritySignature, Ballot, Ballots as Votes,
		Batch, Committee, Due, FaultProof, Indices, Member, Members, Outcome, Phase, Piece,
		Statement, Task, MAX_ATTEMPTS, MAX_ATTESTORS, MAX_DISPUTED, MAX_SAMPLE, MAX_STATEMENTS,
		MAX_WEIGHTS,
	},
	*,
};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible::Mutate, Get},
	BoundedVec,
};
use sp_application_crypto::RuntimeAppPublic;
use terminal_gpu_proof::{
	layered::{self, Kind, Layer, Output, PieceProof, Rescale, MAX_PIECES},
	merkle, network, product,
	result::{self, Leaf},
	runner::Runner,
};
use terminal_primitives::{
	hooks::OnMachineLeased,
	market::{JobSpec, JobView},
	uptime::UptimeRecorder,
	Balance, BlockNumber, ChallengeId, Digest, LeaseId, MachineId, TaskId, UNIT,
};

/// Makes what benchmarks need of other pallets.
pub trait BenchmarkHelper<AccountId> {
	/// A machine of `provider` served by `agent`.
	fn machine(machine: MachineId, provider: &AccountId, agent: &AccountId);
	/// A job whose result was committed: `Jobs::job(lease)` must show it, and every verdict on it
	/// must be possible. `delivering`: it passed, and as many leaves are demanded as may be.
	fn job(lease: LeaseId, job: JobView<AccountId>, delivering: bool);
}

/// Makes nothing: for mocks that run no benchmarks.
impl<AccountId> BenchmarkHelper<AccountId> for () {
	fn machine(_: MachineId, _: &AccountId, _: &AccountId) {}
	fn job(_: LeaseId, _: JobView<AccountId>, _: bool) {}
}

pub const MACHINE: MachineId = MachineId(0);
/// The most items of a job, so the longest paths.
pub const ITEMS: u32 = 65_536;
/// The last attempt, in which all attestors sit.
pub const LAST: u8 = MAX_ATTEMPTS - 1;
/// From this every committee and its public sample are drawn.
const SEED: Digest = [7; 32];

/// Begin in block 1: the call is made in a block later than 0, and the set-up must know which.
fn begin<T: Config>() {
	if now_block::<T>() == 0 {
		frame_system::Pallet::<T>::set_block_number(1u32.into());
	}
}

pub fn funded<T: Config>(name: &'static str, number: u32) -> T::AccountId {
	let who = account(name, number, 0);
	T::Currency::set_balance(&who, 1_000_000 * UNIT);
	who
}

/// An online machine, served by the agent who is returned, with as many runs as are kept.
pub fn machine<T: Config>(id: MachineId) -> T::AccountId {
	begin::<T>();
	let (provider, agent) = (funded::<T>("provider", 0), funded::<T>("agent", 0));
	T::BenchmarkHelper::machine(id, &provider, &agent);
	for began in (0..20).map(|run| run * 10_000) {
		T::Uptime::record_pass(id, began, 1_000);
		T::Uptime::record_pass(id, began + 1_000, 1_000);
		T::Uptime::record_miss(id, began + 1_000);
	}
	agent
}

// --- crowded agendas ---------------------------------------------------------------------------

/// Fill the buckets in which a challenge that begins now would find room, but the last one.
pub fn crowd_presence<T: Config>() {
	let first = now_block::<T>() + Params::<T>::get().commit_window_blocks + 1;
	let full =
		vec![(MachineId(u64::MAX), ChallengeId(u64::MAX)); T::MaxDuePerBlock::get() as usize];
	for block in (first..).take(SEARCH as usize - 1) {
		PresenceDue::<T>::insert(block, BoundedVec::truncate_from(full.clone()));
	}
}

/// Fill the buckets in which so many things due at `first` would find room, but the last ones, in
/// which there is just room enough for them.
pub fn crowd_tasks<T: Config>(first: BlockNumber, count: u32) {
	let size = T::MaxDuePerBlock::get();
	let full = vec![Due::Slash(u32::MAX); size as usize];
	for block in (first..).take((SEARCH - count.div_ceil(size)) as usize) {
		TaskDue::<T>::insert(block, BoundedVec::truncate_from(full.clone()));
	}
}

/// As [`crowd_tasks`], for so many slashes that are entered now and deferred so many times.
pub fn crowd_slashes<T: Config>(deferrals: BlockNumber, count: u32) {
	let delay = Params::<T>::get().slash_delay_blocks;
	crowd_tasks::<T>(now_block::<T>() + deferrals * delay, count)
}

/// Whether the agenda has that slash.
pub fn is_due<T: Config>(slash: u32) -> bool {
	TaskDue::<T>::iter_values().any(|dues| dues.contains(&Due::Slash(slash)))
}

// --- attestors ---------------------------------------------------------------------------------

/// A key that signs nothing.
pub fn key(number: u32) -> AuthorityId {
	let mut bytes = [7; 32];
	bytes[..4].copy_from_slice(&number.to_le_bytes());
	sp_core::sr25519::Public::from_raw(bytes).into()
}

/// The least bond: whoever loses any of it is active no more.
pub fn bond<T: Config>() -> Balance {
	Params::<T>::get().min_bond
}

/// An account with the least bond of an attestor.
pub fn bonded<T: Config>(name: &'static str, number: u32) -> T::AccountId {
	let who = funded::<T>(name, number);
	Pallet::<T>::hold_bond(&who, bond::<T>()).unwrap();
	let record = Attestor {
		bond: bond::<T>(),
		..Default::default()
	};
	Records::<T>::insert(&who, record);
	who
}

/// So many active attestors with rewards to settle; the last one's key is in the keystore.
pub fn attestors<T: Config>(count: u32) -> Vec<Member<T::AccountId>> {
	begin::<T>();
	let members: Vec<_> = (0..count)
		.map(|number| Member {
			account: bonded::<T>("attestor", number),
			key: if number + 1 == count {
				AuthorityId::generate_pair(None)
			} else {
				key(number)
			},
		})
		.collect();
	let validators = members.iter().cloned();
	Pallet::<T>::set_validators(validators.map(|member| (member.account, member.key)));
	assert_eq!(Attestors::<T>::get().len(), count as usize);
	RewardIndex::<T>::put(5);
	members
}

// --- jobs and tasks ----------------------------------------------------------------------------

pub struct Work {
	pub weights: Vec<u8>,
	/// A leaf of the public sample.
	pub leaf: Leaf,
	pub spec: JobSpec,
	pub root: Digest,
}

/// A job with about `kib` KiB of weights; its leaf is right or not. Of all networks of one length,
/// one of layers with a single weight takes longest.
pub fn work<T: Config>(lease: LeaseId, kib: u32, right: bool) -> Work {
	let layer = network::Layer {
		inputs: 1,
		outputs: 1,
		weights: vec![77],
		biases: vec![1],
		output: network::Output::Rescaled {
			multiplier: 1 << 24,
			shift: 31,
		},
	};
	let layers = kib.max(1) * 1_024 / 15;
	let weights = network::encode(&vec![layer; layers as usize]);
	work_of::<T>(lease, Runner::IntegerNetwork, weights, vec![3], right)
}

/// A job over a layered network of about so many thousands of work. Of all networks of one work those
/// whose windows are single values take longest.
pub fn layered_work<T: Config>(lease: LeaseId, kilowork: u32, right: bool) -> Work {
	// A value with a window of 1 × 1 is of 33.
	let values = kilowork.max(1) * 1_024 / 33;
	let layers = values.div_ceil(16_000);
	let (height, width) = ((values / layers / 125).max(1), 125);
	let layer = Layer {
		kind: single_values(),
		cut: 125,
		rows: vec![(1, vec![77])],
	};
	let pieces = layers * height;
	let cut = 125 * pieces.div_ceil(MAX_PIECES) as u16;
	let layers = vec![Layer { cut, ..layer }; layers as usize];
	let weights = layered::encode((height as u8, width as u8, 1), &layers);
	let input = vec![3; (height * width) as usize];
	work_of::<T>(lease, Runner::LayeredNetwork, weights, input, right)
}

fn single_values() -> Kind {
	Kind::Convolution {
		kernel: (1, 1),
		stride: 1,
		padding: 0,
		channels: 1,
		output: Output::Positive(RESCALE),
	}
}

const RESCALE: Rescale = Rescale {
	multiplier: 1 << 24,
	shift: 31,
};

/// A job whose wrong piece is as much as a piece can be: 16 KiB of values before it, 18 KiB of weights,
/// and nearly the greatest work.
pub fn piece_work<T: Config>(lease: LeaseId) -> (Work, PieceProof) {
	let before = Layer {
		kind: Kind::Greatest {
			kernel: (1, 1),
			stride: 1,
		},
		cut: 8_192,
		rows: Vec::new(),
	};
	let convolution = Layer {
		kind: Kind::Convolution {
			kernel: (3, 3),
			stride: 1,
			padding: 0,
			channels: 8,
			output: Output::Positive(RESCALE),
		},
		cut: 104,
		rows: vec![(1, vec![77; 3 * 3 * 256]); 8],
	};
	let weights = layered::encode((8, 8, 256), &[before, convolution]);
	let input = vec![3; 16_384];
	let work = work_of::<T>(lease, Runner::LayeredNetwork, weights, input, false);
	let limit = work.spec.output_bytes as usize;
	let proof = layered::cut(&work.weights, &work.leaf, limit).unwrap();
	assert_eq!((proof.piece, proof.before.len()), (2, 16_384));
	(work, proof)
}

fn work_of<T: Config>(
	lease: LeaseId,
	runner: Runner,
	weights: Vec<u8>,
	input: Vec<u8>,
	right: bool,
) -> Work {
	let provider: T::AccountId = account("provider", 0, 0);
	let context = result::context(&Pallet::<T>::genesis(), lease.0, &provider.encode());
	let index = sample_indices(&SEED, ITEMS, MAX_SAMPLE)[0];
	let mut output = runner.evaluate(&weights, &input, MAX_WEIGHTS as usize);
	if !right {
		output[0] ^= 1;
	}
	let tree = |leaf: Digest| {
		let (root, mut paths) = merkle::sparse(ITEMS, &BTreeMap::from([(index, leaf)]));
		(root, paths.remove(&index).unwrap())
	};
	let (input_root, input_path) = tree(result::input_leaf(index, &input));
	let (root, output_path) = tree(result::output_leaf(&context, index, &input, &output));
	let spec = JobSpec {
		input_root,
		weights_root: result::weights_root(&weights),
		items: ITEMS,
		weights_bytes: weights.len() as u32,
		input_bytes: input.len() as u32,
		output_bytes: output.len() as u32,
		multiplications: 1,
		runner: runner.number(),
	};
	let leaf = Leaf {
		index,
		input,
		output,
		input_path,
		output_path,
	};
	Work {
		weights,
		leaf,
		spec,
		root,
	}
}

/// Let leases know the job.
pub fn job<T: Config>(lease: LeaseId, work: &Work, delivering: bool) {
	let view = JobView {
		consumer: account("consumer", 0, 0),
		provider: account("provider", 0, 0),
		agent: account("agent", 0, 0),
		machine: MACHINE,
		spec: work.spec.clone(),
		result_root: Some(work.root),
		committed_at: Some(now_block::<T>()),
	};
	T::BenchmarkHelper::job(lease, view, delivering)
}

/// The committee of an attempt, which passes only with all votes, and as many votes as there are
/// ballots.
pub fn committee<T: Config>(
	id: TaskId,
	attempt: u8,
	members: &[Member<T::AccountId>],
	ballots: impl IntoIterator<Item = Ballot>,
) {
	let committee = Committee {
		seed: SEED,
		sample: MAX_SAMPLE,
		quorum: members.len() as u32,
		members: Members::<T::AccountId>::truncate_from(members.to_vec()),
	};
	Committees::<T>::insert(id, attempt, committee);
	let cast: Vec<_> = (0..members.len() as u8).zip(ballots).collect();
	// As many leaves are named as may be.
	let votes = Votes {
		cast: BoundedVec::truncate_from(cast),
		named: Indices::truncate_from((0..MAX_DISPUTED).collect()),
	};
	Ballots::<T>::insert(id, attempt, votes);
}

/// A task in its last attempt.
pub fn task<T: Config>(lease: LeaseId, work: &Work, phase: Phase) -> TaskId {
	let id = TaskId(lease.0);
	let task = Task {
		lease,
		machine: MACHINE,
		provider: account("provider", 0, 0),
		consumer: account("consumer", 0, 0),
		scheme: scheme_of(work.spec.runner).unwrap(),
		root: work.root,
		committed_at: now_block::<T>(),
		spec: work.spec.clone(),
		attempt: LAST,
		phase,
	};
	Tasks::<T>::insert(id, task);
	TaskOfLease::<T>::insert(lease, id);
	OpenVotes::<T>::insert(id, ());
	id
}

/// A vote with a long time to go.
pub fn voting<T: Config>() -> Phase {
	Phase::Voting {
		until: now_block::<T>() + 100,
	}
}

// --- batches of votes --------------------------------------------------------------------------

pub fn statement(id: TaskId, root: Digest, block: BlockNumber, outcome: Outcome) -> Statement {
	Statement {
		task: id,
		attempt: LAST,
		scheme: 1,
		root,
		committed_at: block,
		outcome,
	}
}

/// A batch of `s` Passes, each of which counts and decides nothing: of the largest committee two have
/// not voted yet. Instead of the first Pass a Fail with `p` KiB of proof, if that is not zero.
pub fn batch<T: Config>(s: u32, p: u32) -> (Batch<T::AccountId>, AuthoritySignature) {
	let members = attestors::<T>(MAX_ATTESTORS);
	let Member { account, key } = members.last().unwrap().clone();
	machine::<T>(MACHINE);
	let voted = vec![Ballot::Pass; MAX_ATTESTORS as usize - 2];
	let mut statements = Vec::new();
	let light = work::<T>(LeaseId(0), 1, true);
	for number in 0..s {
		let lease = LeaseId(number.into());
		job::<T>(lease, &light, false);
		let id = task::<T>(lease, &light, voting::<T>());
		committee::<T>(id, LAST, &members, voted.clone());
		statements.push(statement(id, light.root, now_block::<T>(), Outcome::Pass));
	}
	let mut proofs = Vec::new();
	if p > 0 {
		let heavy = work::<T>(LeaseId(0), p, true);
		let id = task::<T>(LeaseId(0), &heavy, voting::<T>());
		statements[0] = statement(id, heavy.root, now_block::<T>(), Outcome::Fail);
		proofs.push(FaultProof {
			task: id,
			leaf: heavy.leaf,
			evidence: BoundedVec::truncate_from(heavy.weights),
		});
	}
	let batch = Batch {
		member: account,
		key: key.clone(),
		sequence: 1,
		block: now_block::<T>(),
		statements: BoundedVec::truncate_from(statements),
		proofs: BoundedVec::truncate_from(proofs),
	};
	let signature = sign::<T>(&batch, &key);
	(batch, signature)
}

/// So many full batches of a member wait, on tasks that nobody knows.
pub fn wait<T: Config>(member: &T::AccountId, batches: u32) {
	for number in 0..batches {
		let ids =
			(0..MAX_STATEMENTS).map(|vote| u64::from(u32::MAX) + u64::from(number * 64 + vote));
		let votes = ids.map(|id| statement(TaskId(id), [0; 32], 1, Outcome::Pass));
		let batch = Batch {
			member: member.clone(),
			key: key(0),
			sequence: 1,
			block: 1,
			statements: BoundedVec::truncate_from(votes.collect()),
			proofs: Default::default(),
		};
		let place = Pallet::<T>::let_wait(&batch).unwrap();
		Records::<T>::mutate_extant(member, |record| {
			record.waiting.try_push(place).unwrap();
		});
	}
}

pub fn sign<T: Config>(batch: &Batch<T::AccountId>, key: &AuthorityId) -> AuthoritySignature {
	key.sign(&votes_payload(&Pallet::<T>::genesis(), batch))
		.unwrap()
}

// --- presence ----------------------------------------------------------------------------------

/// The anchor of a lease that starts now on [`MACHINE`], and its agent.
pub fn challenged<T: Config>() -> (ChallengeId, T::AccountId) {
	let agent = machine::<T>(MACHINE);
	Pallet::<T>::on_lease_started(MACHINE).unwrap();
	let mut challenge = Challenges::<T>::get(MACHINE).unwrap();
	// After the runs that the machine has.
	challenge.issued_at = 1_000_000;
	Challenges::<T>::insert(MACHINE, &challenge);
	(challenge.id, agent)
}

/// The size that `n` stands for.
pub fn size(n: u32) -> u32 {
	n / product::MIN_SIZE * product::MIN_SIZE
}

/// The piece of `entry` in a product of size `n`, and the root over it and nothing else.
pub fn piece(name: &Digest, n: u32, entry: u32) -> (Digest, Piece) {
	let seed = product::Seed(*name);
	let index = product::piece_of(entry);
	// A piece lies within one row.
	let (row, column) = product::entry_position(n, index * product::PIECE as u32);
	let (mut a, mut b) = (vec![0; n as usize], vec![0; n as usize]);
	product::row_of_a(&seed, n, row, &mut a);
	let mut entries = [0; product::PIECE];
	for (column, entry) in (column..).zip(&mut entries) {
		product::column_of_b(&seed, n, column, &mut b);
		*entry = product::dot(&a, &b);
	}
	let leaf = product::piece_leaf(name, index, &entries);
	let (root, mut paths) =
		merkle::sparse(product::leaf_count(n), &BTreeMap::from([(index, leaf)]));
	let path = paths.remove(&index).unwrap().try_into().unwrap();
	(root, Piece { entries, path })
}
