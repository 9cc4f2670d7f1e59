//! A runtime with this pallet alone, its neighbours mocked, and what the tests share: attestors
//! with keys, a job with leaves, a machine that multiplies.

use crate::{
	self as pallet_attestation,
	crypto::{AuthorityId, AuthorityPair, AuthoritySignature},
	types::{
		votes_payload, Batch, FaultProof, Outcome, Parameters, Piece, SignedVotes, Statement, Task,
	},
};
use codec::Encode;
use frame_support::{
	assert_ok, construct_runtime, parameter_types,
	traits::{fungible::InspectHold, ConstU32, Get, OneSessionHandler},
	PalletId,
};
use frame_system::{
	limits::BlockWeights,
	offchain::{CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase},
};
use sp_core::Pair;
use sp_io::TestExternalities;
use sp_runtime::{testing::TestXt, BuildStorage};
use terminal_gpu_proof::{
	hash::blake2_256,
	layered, merkle, network, product,
	result::{self, Leaf},
	runner::Runner,
};
use terminal_primitives::{
	hooks::{OnJobProgress, OnMachineLeased},
	market::{JobSpec, JobView},
	BlockNumber, ChallengeId, Digest, LeaseId, MachineId, TaskId, MILLI,
};
use terminal_test_support as support;
pub use terminal_test_support::{
	account, AccountId, Balance, MockBurn, MockJobs, MockMachines, MockUptime, EXISTENTIAL_DEPOSIT,
	UNIT,
};

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Attestation: pallet_attestation,
	}
);
support::impl_system!(Test, blocks = MockBlocks);
support::impl_timestamp!(Test);
support::impl_balances!(Test);

parameter_types! {
	pub const PotId: PalletId = PalletId(*b"tct/attn");
	pub const SlotMillis: u64 = 6_000;
	/// Nobody waits, until a test says who does.
	pub static MockLeases: Option<crate::types::LeaseWindows> = None;
	/// Blocks of a second, until a test sets others.
	pub storage MockBlocks: BlockWeights = BlockWeights::default();
}

/// A VRF output per block that nobody knows before.
pub struct MockVrf;

impl Get<Option<[u8; 32]>> for MockVrf {
	fn get() -> Option<[u8; 32]> {
		let block = crate::now_block::<Test>();
		Some(blake2_256(&[b"mock vrf", &block.to_le_bytes()]))
	}
}

impl crate::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Machines = MockMachines;
	type Endpoints = ();
	type Uptime = MockUptime;
	type Jobs = MockJobs;
	type Burn = MockBurn<Balances>;
	type Time = Timestamp;
	type Vrf = MockVrf;
	type SlotMillis = SlotMillis;
	type LeaseWindows = MockLeases;
	type PotId = PotId;
	type MaxChallengesPerBlock = ConstU32<200>;
	type MaxDuePerBlock = ConstU32<400>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = MockHelper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct MockHelper;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for MockHelper {
	fn machine(machine: MachineId, provider: &AccountId, agent: &AccountId) {
		MockMachines::add(machine, provider.clone(), agent.clone(), 1, 1)
	}
	fn job(lease: LeaseId, job: JobView<AccountId>, _: bool) {
		MockJobs::put(lease, job)
	}
}

pub type Extrinsic = TestXt<RuntimeCall, ()>;

impl<LocalCall> CreateTransactionBase<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = Extrinsic;
}

impl<LocalCall> CreateTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extension = ();
	fn create_transaction(call: RuntimeCall, extension: ()) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl<LocalCall> CreateAuthorizedTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() {}
}

pub type Event = crate::Event<Test>;
pub type Error = crate::Error<Test>;

pub const PROVIDER: u64 = 100;
pub const AGENT: u64 = 101;
pub const CONSUMER: u64 = 102;
pub const REPORTER: u64 = 103;
pub const MACHINE: MachineId = MachineId(7);
pub const LEASE: LeaseId = LeaseId(5);
pub const BOND: Balance = 1_000 * UNIT;
pub const ITEMS: u32 = 100;

/// Small and quick, with a sample smaller than the job.
pub fn params() -> Parameters {
	Parameters {
		max_draws: 2,
		presence_n: 64,
		presence_entries: 8,
		sample: 16,
		vote_window_blocks: 5,
		data_window_blocks: 10,
		posting_fee: 20 * MILLI,
		unbonding_blocks: 100,
		slash_delay_blocks: 4,
		ejection_blocks: 30,
		breaker_window_blocks: 50,
		..Default::default()
	}
}

/// The attestation key of validator `n`.
pub fn pair(n: u64) -> AuthorityPair {
	let mut seed = [0; 32];
	seed[..8].copy_from_slice(&n.to_le_bytes());
	AuthorityPair::from_seed(&seed)
}

pub fn key(n: u64) -> AuthorityId {
	pair(n).public()
}

/// Start a session with validators `1..=count`.
pub fn session(count: u64) {
	let accounts: Vec<_> = (1..=count).map(account).collect();
	let validators: Vec<_> = accounts.iter().zip((1..=count).map(key)).collect();
	let queued = validators.clone().into_iter();
	Attestation::on_new_session(true, validators.into_iter(), queued);
}

/// Genesis with `attestors` bonded validators `1..=attestors`, one machine and one job's parties.
pub struct ExtBuilder {
	attestors: u64,
	params: Parameters,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self {
			attestors: 4,
			params: params(),
		}
	}
}

impl ExtBuilder {
	pub fn attestors(mut self, attestors: u64) -> Self {
		self.attestors = attestors;
		self
	}

	pub fn change(mut self, change: impl FnOnce(&mut Parameters)) -> Self {
		change(&mut self.params);
		self
	}

	pub fn build(self) -> TestExternalities {
		let mut balances: Vec<_> = (1..=150).map(|n| (account(n), 10_000 * UNIT)).collect();
		balances.push((Attestation::pot(), EXISTENTIAL_DEPOSIT));
		let mut storage = support::genesis::<Test>(&balances);
		crate::GenesisConfig::<Test> {
			params: self.params,
			attestors: (1..=self.attestors).map(|n| (account(n), BOND)).collect(),
		}
		.assimilate_storage(&mut storage)
		.unwrap();
		let mut ext = support::externalities::<Test>(storage);
		ext.execute_with(|| {
			MockMachines::add(MACHINE, account(PROVIDER), account(AGENT), 1, 1);
			session(self.attestors);
			System::reset_events();
		});
		ext
	}

	/// Run a test, then check every invariant.
	pub fn execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(crate::invariants::check::<Test>());
		})
	}
}

#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> TestExternalities {
	let mut ext = ExtBuilder::default().attestors(0).build();
	let keystore = sp_keystore::testing::MemoryKeystore::new();
	ext.register_extension(sp_keystore::KeystoreExt::new(keystore));
	ext
}

pub fn now() -> BlockNumber {
	crate::now_block::<Test>()
}

pub fn run_to(block: BlockNumber) {
	support::run_to_block::<Test, Attestation>(block)
}

pub fn run(blocks: BlockNumber) {
	support::run_blocks::<Test, Attestation>(blocks)
}

pub fn events() -> Vec<Event> {
	support::take_events::<Test, Event>()
}

pub fn signed(n: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(n))
}

pub fn on_hold(n: u64) -> Balance {
	Balances::balance_on_hold(&crate::HoldReason::AttestorBond.into(), &account(n))
}

// --- a job -------------------------------------------------------------------------------------

/// A job over a small network, with what its provider committed.
pub struct Job {
	pub lease: LeaseId,
	pub weights: Vec<u8>,
	leaves: Vec<Leaf>,
	pub spec: JobSpec,
	pub root: Digest,
}

impl Job {
	/// A job whose outputs at `wrong` are wrong.
	pub fn new(lease: LeaseId, wrong: &[u32]) -> Self {
		let layer = network::Layer {
			inputs: 4,
			outputs: 3,
			weights: (1..=12).collect(),
			biases: vec![5, -7, 9],
			output: network::Output::Raw,
		};
		Self::of(
			lease,
			Runner::IntegerNetwork,
			network::encode(&[layer]),
			wrong,
		)
	}

	/// The same over a layered network: eight values in two pieces, then three sums in one.
	pub fn layered(lease: LeaseId, wrong: &[u32]) -> Self {
		let convolution = |side, channels, output, cut| layered::Layer {
			kind: layered::Kind::Convolution {
				kernel: (side, side),
				stride: 1,
				padding: 0,
				channels,
				output,
			},
			cut,
			rows: (0..channels as i32)
				.map(|row| {
					let count =
						usize::from(side) * usize::from(side) * [0, 1, 2][usize::from(side)];
					(row, (1..=count as i8).collect())
				})
				.collect(),
		};
		let signed = layered::Output::Signed(layered::Rescale {
			multiplier: 3,
			shift: 1,
		});
		let layers = [
			convolution(1, 2, signed, 4),
			convolution(2, 3, layered::Output::Raw, 3),
		];
		let weights = layered::encode((2, 2, 1), &layers);
		Self::of(lease, Runner::LayeredNetwork, weights, wrong)
	}

	fn of(lease: LeaseId, runner: Runner, weights: Vec<u8>, wrong: &[u32]) -> Self {
		let context = result::context(
			&Attestation::genesis(),
			lease.0,
			&account(PROVIDER).encode(),
		);
		let mut leaves: Vec<_> = (0..ITEMS)
			.map(|index| {
				let input = vec![index as u8, 1, 2, 3];
				let mut output = runner.evaluate(&weights, &input, 100);
				assert!(output.len() >= 12);
				if wrong.contains(&index) {
					// The values, or the digest of the last piece before them.
					let at = [0, output.len() - 1][index as usize % 2];
					output[at] ^= 1;
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
		let hashes =
			|leaf: &Leaf| result::output_leaf(&context, leaf.index, &leaf.input, &leaf.output);
		let outputs = merkle::Tree::new(leaves.iter().map(hashes).collect());
		let hashes = |leaf: &Leaf| result::input_leaf(leaf.index, &leaf.input);
		let inputs = merkle::Tree::new(leaves.iter().map(hashes).collect());
		for leaf in &mut leaves {
			leaf.input_path = inputs.path(leaf.index).unwrap();
			leaf.output_path = outputs.path(leaf.index).unwrap();
		}
		let spec = JobSpec {
			input_root: inputs.root(),
			weights_root: result::weights_root(&weights),
			items: ITEMS,
			weights_bytes: weights.len() as u32,
			input_bytes: 4,
			output_bytes: leaves[0].output.len() as u32,
			multiplications: 12,
			runner: runner.number(),
		};
		Self {
			lease,
			weights,
			leaves,
			spec,
			root: outputs.root(),
		}
	}

	pub fn leaf(&self, index: u32) -> Leaf {
		self.leaves[index as usize].clone()
	}

	pub fn view(&self) -> JobView<AccountId> {
		JobView {
			consumer: account(CONSUMER),
			provider: account(PROVIDER),
			agent: account(AGENT),
			machine: MACHINE,
			spec: self.spec.clone(),
			result_root: Some(self.root),
			committed_at: Some(now()),
		}
	}

	/// Commit the result in this block.
	pub fn commit(&self) -> TaskId {
		MockJobs::put(self.lease, self.view());
		assert_ok!(<Attestation as OnJobProgress>::on_committed(self.lease));
		crate::TaskOfLease::<Test>::get(self.lease).unwrap()
	}

	/// Commit the result and run to the block that draws the committee.
	pub fn draw(&self) -> TaskId {
		let task = self.commit();
		run(3);
		task
	}

	pub fn proof(&self, task: TaskId, index: u32) -> FaultProof {
		FaultProof {
			task,
			leaf: self.leaf(index),
			evidence: self.evidence(index),
		}
	}

	/// What shows besides the leaf that it is wrong.
	pub fn evidence<S: Get<u32>>(&self, index: u32) -> frame_support::BoundedVec<u8, S> {
		match Runner::of(self.spec.runner).unwrap() {
			Runner::IntegerNetwork => self.bounded_weights(),
			Runner::LayeredNetwork => {
				let limit = self.spec.output_bytes as usize;
				let proof = layered::cut(&self.weights, &self.leaf(index), limit).unwrap();
				proof.encode().try_into().unwrap()
			},
		}
	}

	pub fn bounded_weights<S: Get<u32>>(&self) -> frame_support::BoundedVec<u8, S> {
		self.weights.clone().try_into().unwrap()
	}
}

/// A job's task, committed honestly, and its committee drawn.
pub fn drawn(wrong: &[u32]) -> (Job, TaskId) {
	let job = Job::new(LEASE, wrong);
	let task = job.draw();
	System::reset_events();
	(job, task)
}

pub fn task(id: TaskId) -> Task<AccountId> {
	crate::Tasks::<Test>::get(id).unwrap()
}

pub fn sample(id: TaskId) -> Vec<u32> {
	Attestation::sample_of(id).unwrap()
}

// --- votes -------------------------------------------------------------------------------------

pub fn statement(id: TaskId, outcome: Outcome) -> Statement {
	let task = task(id);
	Statement {
		task: id,
		attempt: task.attempt,
		scheme: task.scheme,
		root: task.root,
		committed_at: task.committed_at,
		outcome,
	}
}

pub fn unavailable(indices: &[u32]) -> Outcome {
	Outcome::Unavailable(indices.to_vec().try_into().unwrap())
}

pub fn batch(n: u64, statements: Vec<Statement>, proofs: Vec<FaultProof>) -> Batch<AccountId> {
	Batch {
		member: account(n),
		key: key(n),
		sequence: Attestation::next_sequence(&account(n)),
		block: now(),
		statements: statements.try_into().unwrap(),
		proofs: proofs
			.try_into()
			.unwrap_or_else(|_| panic!("at most two proofs")),
	}
}

pub fn sign(n: u64, batch: &Batch<AccountId>) -> AuthoritySignature {
	pair(n).sign(&votes_payload(&Attestation::genesis(), batch))
}

pub fn signed_votes(n: u64, batch: &Batch<AccountId>) -> SignedVotes<AccountId> {
	SignedVotes::of(batch, sign(n, batch))
}

/// Hear every vote that waits, as the next block would when it begins.
pub fn hear() {
	Attestation::tally(frame_support::weights::Weight::MAX);
}

/// Validator `n` votes on one task, by the signed fallback, and is heard.
pub fn vote(n: u64, id: TaskId, outcome: Outcome) {
	send(n, id, outcome);
	hear();
}

/// As [`vote`], and the vote waits.
pub fn send(n: u64, id: TaskId, outcome: Outcome) {
	let batch = batch(n, vec![statement(id, outcome)], vec![]);
	let signature = sign(n, &batch);
	assert_ok!(Attestation::submit_votes_signed(
		signed(REPORTER),
		batch,
		signature
	));
}

/// Validator `n` votes Fail with the proof of leaf `index`.
pub fn fail(n: u64, job: &Job, id: TaskId, index: u32) {
	let batch = batch(
		n,
		vec![statement(id, Outcome::Fail)],
		vec![job.proof(id, index)],
	);
	let signature = sign(n, &batch);
	assert_ok!(Attestation::submit_votes_signed(
		signed(REPORTER),
		batch,
		signature
	));
}

// --- presence ----------------------------------------------------------------------------------

/// A product and its tree.
pub struct Product {
	n: u32,
	rows: Vec<Vec<i32>>,
	tree: merkle::Tree,
}

impl Product {
	pub fn of(seed: Digest, n: u32) -> Self {
		let (name, seed) = (seed, product::Seed(seed));
		let columns = product::all_columns(&seed, n);
		let rows: Vec<_> = (0..n)
			.map(|i| {
				let mut row = vec![0; n as usize];
				product::row_of_c(&seed, n, i, &columns, &mut row);
				row
			})
			.collect();
		let entries: Vec<i32> = rows.iter().flatten().copied().collect();
		let leaves = entries
			.chunks(product::PIECE)
			.enumerate()
			.map(|(index, piece)| product::piece_leaf(&name, index as u32, piece))
			.collect();
		Self {
			n,
			rows,
			tree: merkle::Tree::new(leaves),
		}
	}

	pub fn root(&self) -> Digest {
		self.tree.root()
	}

	pub fn piece(&self, entry: u32) -> Piece {
		let index = entry / product::PIECE as u32;
		let mut entries = [0; product::PIECE];
		for (offset, to) in entries.iter_mut().enumerate() {
			let at = index as usize * product::PIECE + offset;
			*to = self.rows[at / self.n as usize][at % self.n as usize];
		}
		Piece {
			entries,
			path: self.tree.path(index).unwrap().try_into().unwrap(),
		}
	}
}

/// A lease starts on the machine: the id of its anchor.
pub fn start_lease(machine: MachineId) -> ChallengeId {
	assert_ok!(<Attestation as OnMachineLeased>::on_lease_started(machine));
	crate::Challenges::<Test>::get(machine).unwrap().id
}

/// Commit the right product of the machine's challenge.
pub fn commit_product(machine: MachineId) -> Product {
	let challenge = crate::Challenges::<Test>::get(machine).unwrap();
	let product = Product::of(challenge.seed, challenge.n);
	assert_ok!(Attestation::commit_presence(
		signed(AGENT),
		machine,
		challenge.id,
		product.root()
	));
	product
}

/// The pieces that a challenge asks for.
pub fn pieces(machine: MachineId, product: &Product) -> Vec<Piece> {
	let view = Attestation::open_challenge(machine).unwrap();
	view.entries
		.unwrap()
		.into_iter()
		.map(|entry| product.piece(entry))
		.collect()
}
