//! A chain with this pallet, two owners, and accumulators that are hashes of the block's number.

use crate as pallet_muster;
use crate::{
	invariants,
	types::{Answer, Calibration, Grade, Parameters, Phase, Shown, Summons},
	Event,
};
use frame_support::{assert_ok, construct_runtime, parameter_types, traits::ConstU64};
use sp_runtime::BuildStorage;
use std::collections::BTreeMap;
use terminal_gpu_proof::{
	hash::blake2_256,
	merkle::Tree,
	muster::{self, Drawn, Opening, Shape, PIECE},
};
use terminal_primitives::{
	capability::{Accelerators, Beacon},
	market::Slug,
	BlockNumber, Digest, MachineId,
};
use terminal_test_support::{
	account, externalities, genesis, impl_balances, impl_system, impl_timestamp, run_blocks,
	AccountId, MockMachines,
};

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Muster: pallet_muster,
	}
);

impl_system!(Test);
impl_timestamp!(Test);
impl_balances!(Test);

parameter_types! {
	/// Names that tests gave to machines; all others have [`GPU`].
	pub static Names: BTreeMap<MachineId, Slug> = BTreeMap::new();
	/// Gives another history of accumulators, from this block on.
	pub static Salt: u8 = 0;
	pub static SaltFrom: BlockNumber = 0;
}

pub struct MockAccelerators;
impl Accelerators for MockAccelerators {
	fn accelerator(id: MachineId) -> Option<Slug> {
		use terminal_primitives::market::Machines;
		MockMachines::machine(id)?;
		Some(Names::get().get(&id).cloned().unwrap_or(slug(GPU)))
	}
}

pub struct MockBeacon;
impl Beacon for MockBeacon {
	fn accumulator(block: BlockNumber) -> Option<Digest> {
		(block < System::block_number()).then(|| accumulator(block))
	}
}

/// What [`MockBeacon`] will say of a block.
pub fn accumulator(block: BlockNumber) -> Digest {
	let salt = if block < SaltFrom::get() {
		0
	} else {
		Salt::get()
	};
	blake2_256(&[&[salt], &block.to_le_bytes()])
}

impl pallet_muster::Config for Test {
	type Machines = MockMachines;
	type Accelerators = MockAccelerators;
	type Availability = MockMachines;
	type Beacon = MockBeacon;
	type Time = Timestamp;
	type SlotMillis = ConstU64<{ terminal_test_support::BLOCK_MS }>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

/// For benchmarks.
#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Helper {
	fn machine(provider: &AccountId, name: Slug) -> MachineId {
		let id = MachineId(1_000 + Names::get().len() as u64);
		MockMachines::add(id, provider.clone(), agent(), 1, 1_000);
		Names::mutate(|names| names.insert(id, name));
		id
	}

	fn remove(machine: MachineId) {
		unregister(machine)
	}

	fn reveal(_: BlockNumber) {}
}

/// Let a machine be gone: the mock of machines cannot unregister one.
pub fn unregister(machine: MachineId) {
	use frame_support::{storage_alias, Twox64Concat};
	#[storage_alias]
	type MachineMap = StorageMap<Mock, Twox64Concat, MachineId, ()>;
	frame_support::storage::unhashed::kill(&MachineMap::hashed_key_for(machine));
}

/// The name that has a calibrated grade.
pub const GPU: &str = "gpu-1";
/// The name that has a provisional one.
pub const DRAFT: &str = "gpu-draft";
/// Of one step: a debug build takes a second for it.
pub const GRADE: Grade = Grade {
	n: 256,
	steps: 1,
	window_blocks: 10,
	calibration: Calibration::Calibrated,
};
/// No rounds, unless a test wants them.
pub const PARAMETERS: Parameters = Parameters {
	drawn: 32,
	draw_delay_blocks: 2,
	answer_window_blocks: 20,
	validity_blocks: 1_000,
	retry_blocks: 50,
	round_period_blocks: 100,
	round_owners: 0,
};
/// Machines of [`owner`], and one of [`other`].
pub const A: MachineId = MachineId(3);
pub const B: MachineId = MachineId(5);
pub const OTHERS: MachineId = MachineId(9);

pub fn slug(name: &str) -> Slug {
	Slug::truncate_from(name.as_bytes().to_vec())
}
pub fn owner() -> AccountId {
	account(1)
}
pub fn agent() -> AccountId {
	account(2)
}
pub fn other() -> AccountId {
	account(3)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn build(parameters: Parameters) -> sp_io::TestExternalities {
	// Tests that share a thread must not see each other's settings.
	Names::set(BTreeMap::new());
	Salt::set(0);
	SaltFrom::set(0);
	let mut storage = genesis::<Test>(&[]);
	let draft = Grade {
		calibration: Calibration::Provisional,
		..GRADE
	};
	pallet_muster::GenesisConfig::<Test> {
		parameters,
		grades: vec![(slug(GPU), GRADE), (slug(DRAFT), draft)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.expect("the grades are valid");
	let mut chain = externalities::<Test>(storage);
	chain.execute_with(|| {
		MockMachines::add(A, owner(), agent(), 2, 1_000);
		MockMachines::add(B, owner(), agent(), 1, 1_000);
		MockMachines::add(OTHERS, other(), agent(), 1, 1_000);
	});
	chain
}

/// Run `test`, then check every invariant.
pub fn run(test: impl FnOnce()) {
	build(PARAMETERS).execute_with(|| {
		test();
		assert_ok!(invariants::check::<Test>());
	})
}

/// Run `test`, which breaks an invariant, and check that it is noticed under this number.
pub fn run_broken(number: &str, test: impl FnOnce()) {
	build(PARAMETERS).execute_with(|| {
		enlist_all();
		call();
		assert_ok!(invariants::check::<Test>());
		test();
		let found = format!("{:?}", invariants::check::<Test>());
		assert!(found.contains(number), "{number} expected, found {found}");
	})
}

pub fn take_events() -> Vec<Event<Test>> {
	terminal_test_support::take_events::<Test, Event<Test>>()
}

pub fn step(count: BlockNumber) {
	run_blocks::<Test, AllPalletsWithSystem>(count)
}

pub fn enlist_all() {
	for machine in [A, B] {
		assert_ok!(Muster::enlist(signed(owner()), machine));
	}
}

/// Call the owner's machines, and go to the block in which their seeds are known.
pub fn call() {
	assert_ok!(Muster::call_muster(signed(owner())));
	step(1);
}

pub fn summons(machine: MachineId) -> Summons {
	pallet_muster::Summoned::<Test>::get(machine).expect("the machine is called")
}

/// A machine's work. Debug builds are slow, so only chains of one step.
pub struct Work {
	shape: Shape,
	states: Vec<Vec<i8>>,
	trees: Vec<Tree>,
	steps: Tree,
}

impl Work {
	/// What `machine` has to do now.
	pub fn of(machine: MachineId) -> Self {
		let summons = summons(machine);
		let seed = Muster::seed(machine, &summons).expect("the seed is known");
		Self::new(&seed, summons.shape)
	}

	pub fn new(machine: &Digest, shape: Shape) -> Self {
		Self::by(machine, shape, |unit| unit)
	}

	/// Each unit's work done by the unit that `by` names, as its own.
	pub fn by(machine: &Digest, shape: Shape, by: fn(u32) -> u32) -> Self {
		assert_eq!(shape.steps, 1, "chains of one step only");
		let (mut states, mut trees, mut leaves) = (vec![], vec![], vec![]);
		for unit in 0..shape.units {
			let seed = muster::unit_seed(machine, by(unit));
			let columns = muster::all_columns(&seed, shape.n);
			let start = muster::start(&seed, shape.n);
			let mut state = vec![0; start.len()];
			for (row, out) in (0..).zip(state.chunks_mut(shape.n as usize)) {
				muster::row_of_step(&seed, shape.n, 1, row, &start, &columns, out);
			}
			let tree = muster::state_tree(&seed, shape.n, &state);
			leaves.push(muster::step_leaf(machine, unit, 1, &tree.root()));
			states.push(state);
			trees.push(tree);
		}
		let steps = Tree::new(leaves);
		Work {
			shape,
			states,
			trees,
			steps,
		}
	}

	pub fn root(&self) -> Digest {
		self.steps.root()
	}

	fn open(&self, drawn: &Drawn) -> Shown {
		let unit = drawn.unit as usize;
		let piece = (drawn.row * self.shape.n + drawn.column) as usize / PIECE;
		let entries = &self.states[unit][piece * PIECE..][..PIECE];
		let opening = Opening {
			line: vec![],
			line_path: vec![],
			before_path: vec![],
			piece: entries.iter().map(|entry| *entry as u8).collect(),
			piece_path: self.trees[unit].path(piece as u32).unwrap(),
			step_path: self.steps.path(drawn.unit).unwrap(),
		};
		opening.try_into().expect("an honest opening is in bounds")
	}

	/// What `machine` has to show.
	pub fn answer(&self, machine: MachineId) -> Answer {
		let (_, drawn) = Muster::drawn(machine, &summons(machine)).expect("the draw is known");
		let shown: Vec<Shown> = drawn.iter().map(|drawn| self.open(drawn)).collect();
		shown.try_into().expect("no more than may be drawn")
	}
}

/// Commit the right work of a machine.
pub fn commit(machine: MachineId) -> Work {
	let work = Work::of(machine);
	assert_ok!(Muster::commit_muster(signed(agent()), machine, work.root()));
	assert!(matches!(summons(machine).phase, Phase::Committed { .. }));
	work
}

/// Call, commit and answer for `machine`, which is enlisted.
pub fn prove(machine: MachineId) {
	call();
	let work = commit(machine);
	step(3);
	assert_ok!(Muster::answer_muster(
		signed(agent()),
		machine,
		work.answer(machine)
	));
	assert!(Muster::is_proven(machine));
}
