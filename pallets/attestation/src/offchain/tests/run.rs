//! A whole run: assignments in, votes out, in the pallet's mock runtime.

use super::{
	chain::{Hosts, Runtime, RuntimeCall, Transaction},
	host::*,
	job::{provided, Provided},
};
use crate::{
	crypto::AuthorityPair,
	offchain::{work, Report, WorkerError, FINALIZED_KEY},
	types::{
		evidence_payload, votes_payload, Attestor, AuthorityId, AuthoritySignature, Ballot, Batch,
		Committee, Member, Outcome, Phase, Task, SCHEME_INTEGER_NETWORK,
	},
	Ballots, Call, Committees, OpenVotes, Pallet, Params, Records, Tasks,
};
use codec::{Decode, Encode};
use frame_support::BoundedVec;
use parking_lot::Mutex;
use sp_application_crypto::RuntimeAppPublic;
use sp_core::{
	offchain::{DbExternalities, StorageKind, TransactionPool, TransactionPoolExt},
	Pair,
};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::BuildStorage;
use std::sync::Arc;
use terminal_primitives::{LeaseId, MachineId, TaskId};

type AccountId = <Runtime as frame_system::Config>::AccountId;

/// A vote batch that reached the pool, and when.
#[derive(Clone)]
pub(super) struct Sent {
	batch: Batch<AccountId>,
	signature: AuthoritySignature,
	pub(super) at: u64,
}

/// A pool that checks signatures as the chain does.
struct Pool {
	world: World,
	genesis: [u8; 32],
	sent: Arc<Mutex<Vec<Sent>>>,
}

impl TransactionPool for Pool {
	fn submit_transaction(&mut self, extrinsic: Vec<u8>) -> Result<(), ()> {
		let extrinsic = Transaction::decode(&mut &extrinsic[..]).map_err(drop)?;
		let RuntimeCall::Attestation(Call::submit_votes { batch, signature }) = extrinsic.function
		else {
			panic!("only votes are sent");
		};
		let payload = votes_payload(&self.genesis, &batch);
		assert!(batch.key.verify(&payload, &signature));
		let at = self.world.elapsed();
		self.sent.lock().push(Sent {
			batch,
			signature,
			at,
		});
		Ok(())
	}
}

/// A chain with tasks, a node with keys, and the world outside.
pub(super) struct Scene {
	ext: TestExternalities,
	pub(super) world: World,
	database: Box<dyn DbExternalities>,
	keystore: Arc<MemoryKeystore>,
	sent: Arc<Mutex<Vec<Sent>>>,
}

pub(super) fn scene(rule: impl Fn(&str) -> Behaviour + Send + Sync + 'static) -> Scene {
	let world = World::new(rule);
	let storage = frame_system::GenesisConfig::<Runtime>::default().build_storage();
	let mut ext = TestExternalities::new(storage.expect("a genesis"));
	let database = Box::new(world.surround(&mut ext));
	let (keystore, sent) = (Arc::new(MemoryKeystore::new()), Arc::default());
	ext.register_extension(KeystoreExt(keystore.clone()));
	let genesis = ext.execute_with(Pallet::<Runtime>::genesis);
	let pool = Pool {
		world: world.clone(),
		genesis,
		sent: Arc::clone(&sent),
	};
	ext.register_extension(TransactionPoolExt::new(pool));
	let mut scene = Scene {
		ext,
		world,
		database,
		keystore,
		sent,
	};
	scene.finalize(5, None);
	scene
}

fn key_of(member: &str) -> AuthorityId {
	AuthorityPair::from_string(&format!("//{member}"), None)
		.expect("a seed")
		.public()
}

impl Scene {
	/// What the node notes on finality.
	fn finalize(&mut self, number: u32, hash: Option<[u8; 32]>) {
		let note = (number, hash.unwrap_or_default()).encode();
		self.database
			.local_storage_set(StorageKind::PERSISTENT, FINALIZED_KEY, &note);
	}

	fn insert_key(&mut self, member: &str) {
		let seed = format!("//{member}");
		let key = self
			.keystore
			.sr25519_generate_new(crate::crypto::KEY_TYPE, Some(&seed));
		assert_eq!(key.expect("generated").encode(), key_of(member).encode());
	}

	/// A task in its vote, committed in block 3, drawn in block 5 by `seed`.
	fn task(&mut self, id: u64, job: &Provided, members: &[(u64, &str)], seed: [u8; 32]) {
		let seats = members
			.iter()
			.map(|(account, name)| Member {
				account: account_of(*account),
				key: key_of(name),
			})
			.collect::<Vec<_>>();
		let committee = Committee {
			seed,
			sample: 16,
			quorum: 2,
			members: BoundedVec::truncate_from(seats),
		};
		let task = Task {
			lease: LeaseId(id),
			machine: MachineId(id),
			provider: account_of(100),
			consumer: account_of(101),
			scheme: SCHEME_INTEGER_NETWORK,
			root: job.job.result_root,
			committed_at: 3,
			spec: job.spec.clone(),
			attempt: 0,
			phase: Phase::Voting { until: 30 },
		};
		self.ext.execute_with(|| {
			Hosts::put(MachineId(id), &[&format!("http://machine{id}")]);
			// Drawn in block 5.
			Params::<Runtime>::mutate(|params| params.vote_window_blocks = 25);
			Tasks::<Runtime>::insert(TaskId(id), task);
			OpenVotes::<Runtime>::insert(TaskId(id), ());
			Committees::<Runtime>::insert(TaskId(id), 0, committee);
		});
	}

	/// The machine of task 0 is served at these.
	pub(super) fn hosts(&mut self, endpoints: &[&str]) {
		self.ext
			.execute_with(|| Hosts::put(MachineId(0), endpoints));
	}

	/// Run the worker in block `now`.
	pub(super) fn run(&mut self, now: u32) -> Result<Report, WorkerError> {
		self.ext.execute_with(|| {
			frame_system::Pallet::<Runtime>::set_block_number(now);
			work::<Runtime>(now)
		})
	}

	pub(super) fn sent(&self) -> Vec<Sent> {
		std::mem::take(&mut *self.sent.lock())
	}

	/// What leaves of this lease bind.
	pub(super) fn context(&mut self, lease: u64) -> [u8; 32] {
		self.ext.execute_with(|| {
			let genesis = Pallet::<Runtime>::genesis();
			terminal_gpu_proof::result::context(&genesis, lease, &account_of(100).encode())
		})
	}
}

fn account_of(number: u64) -> AccountId {
	terminal_test_support::account(number)
}

/// One honest machine with one task, seen by alice, who is account 1.
pub(super) fn honest() -> (Scene, Provided) {
	let mut scene = scene(|_| Behaviour::Refused);
	let job = provided(100, &[], scene.context(0));
	scene.insert_key("alice");
	scene.task(0, &job, &[(1, "alice"), (2, "bob")], [7; 32]);
	let served = provided(100, &[], scene.context(0));
	scene.world.tell(move |url| answers(&served.answer(url)));
	(scene, job)
}

pub(super) fn outcomes(sent: &[Sent]) -> Vec<(u64, Outcome)> {
	let pair = |statement: &crate::types::Statement| (statement.task.0, statement.outcome.clone());
	sent.iter()
		.flat_map(|sent| sent.batch.statements.iter().map(pair))
		.collect()
}

#[test]
fn an_honest_result_is_passed_once() {
	let (mut scene, job) = honest();
	assert_eq!(
		scene.run(6),
		Ok(Report {
			looked: 1,
			voted: 1
		})
	);
	let sent = scene.sent();
	assert_eq!(outcomes(&sent), [(0, Outcome::Pass)]);
	let Batch {
		member,
		key,
		sequence,
		block,
		statements,
		proofs,
	} = sent[0].batch.clone();
	assert_eq!(
		(member, key, sequence, block),
		(account_of(1), key_of("alice"), 1, 6)
	);
	assert_eq!(statements[0].root, job.job.result_root);
	assert_eq!((statements[0].committed_at, proofs.len()), (3, 0));
	// It stays silent while the batch is on its way …
	assert_eq!(scene.run(7), Ok(Report::default()));
	assert_eq!(scene.run(8), Ok(Report::default()));
	// … and sends it again, with a new sequence and without asking, when it does not appear.
	scene.world.take_asked();
	assert_eq!(
		scene.run(9),
		Ok(Report {
			looked: 0,
			voted: 1
		})
	);
	let sent = scene.sent();
	assert_eq!(outcomes(&sent), [(0, Outcome::Pass)]);
	assert_eq!((sent[0].batch.sequence, sent[0].batch.block), (2, 9));
	assert!(scene.world.take_asked().is_empty());
}

#[test]
fn the_chain_takes_what_the_worker_sends() {
	let (mut scene, _) = honest();
	let record = Attestor {
		bond: 1,
		keys: BoundedVec::truncate_from(vec![key_of("alice")]),
		..Attestor::default()
	};
	scene
		.ext
		.execute_with(|| Records::<Runtime>::insert(account_of(1), record));
	scene.run(6).expect("a run");
	let Sent {
		batch, signature, ..
	} = scene.sent().remove(0);
	scene.ext.execute_with(|| {
		assert_eq!(Pallet::<Runtime>::check_batch(&batch, &signature), Ok(1));
		Pallet::<Runtime>::do_submit_votes(batch);
		// What waits is not sent again either.
		assert!(Pallet::<Runtime>::assignments(&[key_of("alice")]).is_empty());
		Pallet::<Runtime>::tally(frame_support::weights::Weight::MAX);
		assert_eq!(
			Ballots::<Runtime>::get(TaskId(0), 0).cast.into_inner(),
			[(0, Ballot::Pass)]
		);
		assert_eq!(Pallet::<Runtime>::next_sequence(&account_of(1)), 2);
	});
	// A recorded vote is not sent again.
	assert_eq!(scene.run(20), Ok(Report::default()));
}

#[test]
fn requests_are_signed_by_the_member() {
	let (mut scene, _) = honest();
	scene.run(6).expect("a run");
	let asked = scene.world.take_asked();
	assert_eq!(asked.len(), 2);
	assert!(asked[0]
		.url
		.starts_with("http://machine0/v1/leases/0/leaves?indices="));
	assert_eq!(asked[1].url, "http://machine0/v1/leases/0/weights");
	for request in asked {
		assert!(request.at < BEGIN + 300 + 50);
		let header = |name: &str| {
			let found = request.headers.iter().find(|(header, _)| header == name);
			found.expect("sent").1.clone()
		};
		let bytes = |name: &str| sp_core::bytes::from_hex(&header(name)).expect("hex");
		assert_eq!(bytes("x-terminal-member"), account_of(1).encode());
		assert_eq!(bytes("x-terminal-key"), key_of("alice").encode());
		assert_eq!(header("x-terminal-block"), "6");
		let signature = Decode::decode(&mut &bytes("x-terminal-signature")[..]).expect("64 bytes");
		let payload = scene.ext.execute_with(|| {
			evidence_payload(&Pallet::<Runtime>::genesis(), LeaseId(0), &account_of(1), 6)
		});
		assert!(key_of("alice").verify(&payload, &signature));
	}
}

#[test]
fn a_wrong_output_is_failed_with_its_proof() {
	let mut scene = scene(|_| Behaviour::Refused);
	let wrong: Vec<u32> = (0..100).step_by(3).collect();
	let (job, served) = (
		provided(100, &wrong, scene.context(0)),
		provided(100, &wrong, scene.context(0)),
	);
	scene.insert_key("alice");
	scene.task(0, &job, &[(1, "alice")], [7; 32]);
	scene.world.tell(move |url| answers(&served.answer(url)));
	scene.run(6).expect("a run");
	let sent = scene.sent();
	assert_eq!(outcomes(&sent), [(0, Outcome::Fail)]);
	let proof = sent[0].batch.proofs[0].clone();
	assert_eq!(
		(proof.task, proof.evidence.into_inner()),
		(TaskId(0), job.weights.clone())
	);
	assert!(wrong.contains(&proof.leaf.index));
	assert_eq!(proof.leaf, job.leaf(proof.leaf.index));
	// A lost batch is sent again with the same proof.
	scene.world.tell(|_| Behaviour::Refused);
	scene.run(9).expect("a run");
	let again = scene.sent();
	assert_eq!(outcomes(&again), [(0, Outcome::Fail)]);
	assert_eq!(again[0].batch.proofs, sent[0].batch.proofs);
}

#[test]
fn a_silent_machine_is_unavailable_at_the_second_try_and_delays_nobody() {
	let mut scene = scene(|_| Behaviour::Refused);
	let (first, second) = (
		provided(100, &[], scene.context(0)),
		provided(100, &[], scene.context(1)),
	);
	scene.insert_key("alice");
	scene.task(0, &first, &[(1, "alice")], [7; 32]);
	scene.task(1, &second, &[(1, "alice")], [7; 32]);
	scene
		.world
		.tell(move |url| match url.starts_with("http://machine0/") {
			true => Behaviour::Silent,
			false => answers(&second.answer(url)),
		});
	assert_eq!(
		scene.run(6),
		Ok(Report {
			looked: 2,
			voted: 1
		})
	);
	let sent = scene.sent();
	assert_eq!(outcomes(&sent), [(1, Outcome::Pass)]);
	// A quarter of a slot, and a slice.
	assert!(sent[0].at <= 1_550, "{} ms", sent[0].at);
	assert!(scene.world.elapsed() <= 2_400);

	assert_eq!(scene.run(7), Ok(Report::default()));
	assert_eq!(
		scene.run(8),
		Ok(Report {
			looked: 1,
			voted: 1
		})
	);
	let sent = scene.sent();
	let [(0, Outcome::Unavailable(named))] = &outcomes(&sent)[..] else {
		panic!("one vote on the silent machine");
	};
	assert_eq!(named.len(), 10);
	assert!(named.iter().all(|index| *index < 100));
}

#[test]
fn a_machine_that_wakes_up_in_time_is_passed() {
	let (mut scene, _) = honest();
	let served = provided(100, &[], scene.context(0));
	scene.world.tell(|_| Behaviour::Silent);
	assert_eq!(
		scene.run(6),
		Ok(Report {
			looked: 1,
			voted: 0
		})
	);
	scene.world.tell(move |url| answers(&served.answer(url)));
	assert_eq!(
		scene.run(8),
		Ok(Report {
			looked: 1,
			voted: 1
		})
	);
	assert_eq!(outcomes(&scene.sent()), [(0, Outcome::Pass)]);
}

#[test]
fn weights_are_fetched_once() {
	let mut scene = scene(|_| Behaviour::Refused);
	let (first, second) = (
		provided(100, &[], scene.context(0)),
		provided(50, &[], scene.context(1)),
	);
	scene.insert_key("alice");
	scene.task(0, &first, &[(1, "alice")], [7; 32]);
	let served = provided(100, &[], scene.context(0));
	scene.world.tell(move |url| answers(&served.answer(url)));
	scene.run(6).expect("a run");
	scene.task(1, &second, &[(1, "alice")], [7; 32]);
	scene.world.tell(move |url| answers(&second.answer(url)));
	scene.world.take_asked();
	assert_eq!(
		scene.run(7),
		Ok(Report {
			looked: 1,
			voted: 1
		})
	);
	let asked = scene.world.take_asked();
	assert_eq!(asked.len(), 1);
	assert!(asked[0].url.contains("/leases/1/leaves"));
}

#[test]
fn the_votes_of_a_run_share_a_batch_with_those_sent_again() {
	let (mut scene, lost) = honest();
	scene.run(6).expect("a run");
	assert_eq!(outcomes(&scene.sent()), [(0, Outcome::Pass)]);
	let jobs = [
		lost,
		provided(100, &[], scene.context(1)),
		provided(100, &[], scene.context(2)),
	];
	for (id, job) in [(1, &jobs[1]), (2, &jobs[2])] {
		scene.task(id, job, &[(1, "alice")], [7; 32]);
	}
	scene.world.tell(move |url| {
		let machine = jobs.iter().enumerate();
		let mut of = machine.filter(|(id, _)| url.starts_with(&format!("http://machine{id}/")));
		answers(&of.next().expect("known").1.answer(url))
	});
	let all = Report {
		looked: 2,
		voted: 3,
	};
	assert_eq!(scene.run(9), Ok(all));
	let sent = scene.sent();
	assert_eq!(sent.len(), 1);
	let mut votes = outcomes(&sent);
	votes.sort_by_key(|(id, _)| *id);
	assert_eq!(votes, [0, 1, 2].map(|id| (id, Outcome::Pass)));
}

#[test]
fn two_keys_on_one_node_send_two_batches() {
	let (mut scene, _) = honest();
	scene.insert_key("bob");
	assert_eq!(
		scene.run(6),
		Ok(Report {
			looked: 2,
			voted: 2
		})
	);
	let mut members: Vec<_> = scene
		.sent()
		.iter()
		.map(|sent| (sent.batch.member.clone(), sent.batch.sequence))
		.collect();
	members.sort();
	assert_eq!(members, [(account_of(1), 1), (account_of(2), 1)]);
}

#[test]
fn only_final_commitments_with_a_final_draw_are_looked_at() {
	let (mut scene, _) = honest();
	scene.finalize(2, None);
	assert_eq!(scene.run(6), Ok(Report::default()));
	// The commitment is final, the draw is not: on another fork the sample would be another.
	scene.finalize(4, None);
	assert_eq!(scene.run(6), Ok(Report::default()));
	// The note is about another fork.
	scene.ext.execute_with(|| {
		frame_system::BlockHash::<Runtime>::insert(
			frame_system::pallet_prelude::BlockNumberFor::<Runtime>::from(5u32),
			sp_core::H256([1; 32]),
		)
	});
	scene.finalize(5, Some([2; 32]));
	assert_eq!(scene.run(6), Err(WorkerError::NotFinal));
	// A newer block is final already.
	scene.finalize(7, Some([3; 32]));
	assert_eq!(scene.run(6), Err(WorkerError::NotFinal));
	scene
		.database
		.local_storage_clear(StorageKind::PERSISTENT, FINALIZED_KEY);
	assert_eq!(scene.run(6), Err(WorkerError::NotFinal));
	assert!(scene.world.take_asked().is_empty());
	// Control.
	scene.finalize(5, Some([1; 32]));
	assert_eq!(
		scene.run(6),
		Ok(Report {
			looked: 1,
			voted: 1
		})
	);
}

#[test]
fn strangers_and_outdated_code_do_nothing() {
	let (mut scene, _) = honest();
	// The mock's version, `()`, has spec version 0.
	scene.ext.execute_with(|| set_last_upgrade(1));
	assert_eq!(scene.run(6), Err(WorkerError::Upgrading));
	scene.ext.execute_with(|| set_last_upgrade(0));
	assert_eq!(
		scene.run(6),
		Ok(Report {
			looked: 1,
			voted: 1
		})
	);

	let mut stranger = self::scene(|_| Behaviour::Refused);
	assert_eq!(stranger.run(6), Err(WorkerError::NoKeys));
}

fn set_last_upgrade(spec_version: u32) {
	frame_system::LastRuntimeUpgrade::<Runtime>::put(frame_system::LastRuntimeUpgradeInfo {
		spec_version: spec_version.into(),
		spec_name: "test".into(),
	});
}

#[test]
fn another_fork_cannot_make_it_contradict_itself() {
	let mut scene = scene(|_| Behaviour::Refused);
	// One wrong leaf in many: one fork's sample misses it, the other's does not.
	let (wrong, context) = ([17], scene.context(0));
	let job = provided(100, &wrong, context);
	scene.insert_key("alice");
	let served = provided(100, &wrong, context);
	scene.world.tell(move |url| {
		let mut indices = super::job::indices_of(url);
		// The host hides the leaf from private samples.
		if let Some(indices) = &mut indices {
			indices.retain(|index| *index != 17);
		}
		match indices {
			Some(indices) => answers(&served.body(&indices)),
			None => answers(&served.weights),
		}
	});
	let seed = |hit: bool| {
		let samples = |seed: &[u8; 32]| crate::types::sample_indices(seed, 100, 16).contains(&17);
		(0..)
			.map(|n| [n; 32])
			.find(|seed| samples(seed) == hit)
			.expect("soon")
	};
	scene.task(0, &job, &[(1, "alice")], seed(false));
	// Until a look whose private leaves miss it as well.
	let passed = (3..15).any(|half| {
		scene.world.pass_time(10_000);
		scene.run(half * 2).expect("a run");
		outcomes(&scene.sent()).contains(&(0, Outcome::Pass))
	});
	assert!(
		passed,
		"the first look misses one leaf in a hundred nearly always"
	);

	// The other fork: its sample has the leaf, and now the host shows it.
	let served = provided(100, &wrong, context);
	scene.world.tell(move |url| answers(&served.answer(url)));
	scene.task(0, &job, &[(1, "alice")], seed(true));
	scene.world.take_asked();
	for now in 10..20 {
		scene.world.pass_time(10_000);
		scene.run(now).expect("a run");
		assert_eq!(outcomes(&scene.sent()), [], "neither Pass nor Fail");
	}
	assert!(!scene.world.take_asked().is_empty(), "it did look");
}
