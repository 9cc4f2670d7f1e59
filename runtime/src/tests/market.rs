//! The marketplace across its pallets, by real transactions in real blocks.

mod assets;
mod muster;

use super::{account, chain::*, check_invariants, on};
use crate::{
	Attestation, Balances, Leases, Models, Providers, Runtime, RuntimeCall, UncheckedExtrinsic,
	MILLI, UNIT,
};
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_attestation::{
	runtime_api::PhaseView,
	types::{votes_payload, Batch, Outcome, Piece, PresencePhase, Statement},
};
use pallet_leases::{runtime_api::Status, Receipt};
use pallet_providers::{Hardware, HardwareClass};
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve};
use sp_runtime::{transaction_validity::InvalidTransaction, Perbill, Permill};
use terminal_gpu_proof::{merkle::Tree, network, product, result};
use terminal_primitives::{
	ledger::BurnSource,
	market::{JobSpec, MachineStatus},
	Digest, LeaseId, MachineId, TaskId, VersionId,
};

// Bob provides, Charlie is his machine's agent, Dave consumes, Eve wrote the model.
const PROVIDER: Sr25519Keyring = Bob;
const AGENT: Sr25519Keyring = Charlie;
const CONSUMER: Sr25519Keyring = Dave;
const AUTHOR: Sr25519Keyring = Eve;

const MACHINE: MachineId = MachineId(0);
const LEASE: LeaseId = LeaseId(0);
const ITEMS: u32 = 70;
/// Base units per second.
const PRICE: u128 = MILLI;

/// Send one transaction in a block of its own and expect it to succeed. (The block that ends a
/// session has no room: then in the next one.)
fn send(chain: &mut Chain, by: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let shown = format!("{call:?}");
	let mut results = chain.block(vec![signed(by, call.clone())]);
	if results == [Err(InvalidTransaction::ExhaustsResources.into())] {
		results = chain.block(vec![signed(by, call)]);
	}
	assert_eq!(results, vec![Ok(Ok(()))], "{shown}");
	check_invariants().expect("every invariant holds");
}

fn text<S: frame_support::traits::Get<u32>>(of: &str) -> frame_support::BoundedVec<u8, S> {
	of.as_bytes().to_vec().try_into().expect("short enough")
}

/// A provider with one machine online.
fn market() -> Chain {
	use pallet_providers::Call;
	let mut chain = Chain::new();
	chain.block(vec![]);
	send(
		&mut chain,
		PROVIDER,
		Call::register_provider { bond: 1_000 * UNIT },
	);
	let hardware = Hardware {
		class: HardwareClass::Gpu,
		accelerator: text("h100-sxm"),
		count: 2,
		memory_mib: 81_559,
		vcpus: 16,
		ram_mib: 131_072,
		disk_gib: 512,
		region: text("eu-west"),
		interconnect: text(""),
		driver: text("nvidia-570.86"),
	};
	send(
		&mut chain,
		PROVIDER,
		Call::register_machine {
			hardware,
			agent: account(AGENT),
			endpoints: frame_support::BoundedVec::truncate_from(vec![text(
				"http://127.0.0.1:9000",
			)]),
			price_per_second: PRICE,
			document: [0; 32],
		},
	);
	let status = MachineStatus::Online;
	send(
		&mut chain,
		AGENT,
		Call::set_status {
			machine: MACHINE,
			status,
		},
	);
	chain
}

fn terms_hash() -> Digest {
	use terminal_primitives::market::Machines;
	<Providers as Machines<_>>::machine(MACHINE)
		.expect("it is registered")
		.terms_hash
}

/// Answer the open challenge as the daemon does, as far as it can be answered now.
fn present(chain: &mut Chain) {
	let open = Attestation::open_challenge(MACHINE).filter(|challenge| {
		challenge.phase == PresencePhase::AwaitingCommit || challenge.entries.is_some()
	});
	let Some(challenge) = open else {
		chain.block(vec![]);
		return;
	};
	let n = challenge.n;
	let seed = product::Seed(challenge.seed);
	let columns = product::all_columns(&seed, n);
	let mut c = vec![0i32; (n * n) as usize];
	for (i, row) in c.chunks_mut(n as usize).enumerate() {
		product::row_of_c(&seed, n, i as u32, &columns, row);
	}
	let leaves = c
		.chunks(product::PIECE)
		.enumerate()
		.map(|(index, piece)| product::piece_leaf(&challenge.seed, index as u32, piece))
		.collect();
	let tree = Tree::new(leaves);
	let Some(entries) = challenge.entries else {
		let call = pallet_attestation::Call::commit_presence {
			machine: MACHINE,
			challenge: challenge.id,
			root: tree.root(),
		};
		return send(chain, AGENT, call);
	};
	let piece = |entry| {
		let index = product::piece_of(entry);
		let start = index as usize * product::PIECE;
		let path = tree.path(index).expect("inside the tree");
		Piece {
			entries: c[start..start + product::PIECE]
				.try_into()
				.expect("a piece"),
			path: path.try_into().expect("shallow enough"),
		}
	};
	let pieces = entries.into_iter().map(piece).collect::<Vec<_>>();
	let pieces = pieces.try_into().expect("few enough");
	let call = pallet_attestation::Call::answer_presence {
		machine: MACHINE,
		challenge: challenge.id,
		pieces,
	};
	send(chain, AGENT, call)
}

fn receipt(milliseconds: u64) -> Receipt {
	let message = Leases::receipt_message(LEASE, 0, milliseconds);
	Receipt {
		segment: 0,
		milliseconds,
		signature: CONSUMER.sign(&message),
	}
}

fn lease() -> pallet_leases::runtime_api::LeaseView<crate::AccountId> {
	Leases::lease(LEASE).expect("it was opened")
}

#[test]
fn pays_a_metered_lease_by_what_was_proven_and_acknowledged() {
	on("local", || {
		let mut chain = market();
		let open = pallet_leases::Call::open_metered {
			machine: MACHINE,
			units: 1,
			duration_seconds: 60,
			max_rate: PRICE,
			terms_hash: terms_hash(),
			version: None,
			tenant: Some(CONSUMER.public()),
			funds: 60 * PRICE,
			asset: None,
		};
		let consumer = Balances::free_balance(account(CONSUMER));
		send(&mut chain, CONSUMER, open);
		send(
			&mut chain,
			AGENT,
			pallet_leases::Call::accept { lease: LEASE },
		);
		let handshake = Some(receipt(0));
		send(
			&mut chain,
			AGENT,
			pallet_leases::Call::start {
				lease: LEASE,
				handshake,
			},
		);
		assert_eq!(lease().status, Status::Active);
		assert!(
			Attestation::open_challenge(MACHINE).is_some(),
			"the start anchors the meter"
		);

		// Most of the minute, in which the agent answers every challenge.
		for _ in 0..24 {
			present(&mut chain);
		}
		let segment = lease().metered.expect("it is metered").segments.remove(0);
		assert!(segment.proven_ms > 0, "challenges were drawn and passed");
		send(
			&mut chain,
			AGENT,
			pallet_leases::Call::settle {
				lease: LEASE,
				receipt: Some(receipt(20_000)),
			},
		);
		assert_eq!(lease().books.paid, 0, "a settlement moves no money");
		send(
			&mut chain,
			AGENT,
			pallet_leases::Call::withdraw { lease: LEASE },
		);
		assert!(lease().books.paid > 0);
		send(
			&mut chain,
			CONSUMER,
			pallet_leases::Call::close { lease: LEASE },
		);
		assert_eq!(lease().status, Status::Closing);
		// Until the end is resolved and the claim window over: then the expiry wheel finishes it,
		// if nobody did for the reward.
		for _ in 0..140 {
			if lease().status == Status::Closed {
				break;
			}
			present(&mut chain);
		}

		let lease = lease();
		assert_eq!(lease.status, Status::Closed);
		let segment = &lease.metered.expect("it is metered").segments[0];
		// The tenant acknowledged 20 s; 5 s of grace come on top.
		let credited = segment.proven_ms.min(25_000);
		assert_eq!(segment.credited_ms, credited);
		let due = PRICE * u128::from(credited) / 1_000;
		assert_eq!(lease.books.paid + lease.books.lease_fee, due);
		assert_eq!(lease.books.held, 0);
		assert_eq!(lease.books.refunded, 60 * PRICE - due);
		assert!(Balances::free_balance(account(CONSUMER)) <= consumer - due);
		assert!(
			Balances::reserved_balance(account(CONSUMER)) == 0,
			"nothing stays on hold"
		);
	});
}

/// A network of one layer: two outputs of four inputs.
fn weights() -> Vec<u8> {
	network::encode(&[network::Layer {
		inputs: 4,
		outputs: 2,
		weights: vec![1, -2, 3, -4, 5, 6, -7, 8],
		biases: vec![10, -20],
		output: network::Output::Rescaled {
			multiplier: 3,
			shift: 2,
		},
	}])
}

fn input(index: u32) -> Vec<u8> {
	index.to_le_bytes().iter().map(|byte| byte % 120).collect()
}

/// Eve lists the network.
fn list(chain: &mut Chain) -> VersionId {
	let details = pallet_models::Details {
		manifest: [9; 32],
		weights_root: Some(result::weights_root(&weights())),
		format: pallet_models::Format::IntegerNetwork,
		bytes: weights().len() as u64,
		licence: text("Apache-2.0"),
		card_hash: [8; 32],
		name: text("four to two"),
	};
	let salt = [7; 32];
	let commitment = Models::commitment(account(AUTHOR), salt, details.clone());
	send(
		chain,
		AUTHOR,
		pallet_models::Call::commit_listing { commitment },
	);
	chain.blocks(2);
	let prices = pallet_models::Prices {
		per_job: UNIT,
		per_second: 0,
		per_call: 0,
	};
	send(
		chain,
		AUTHOR,
		pallet_models::Call::list_version {
			salt,
			details,
			prices,
		},
	);
	VersionId(0)
}

/// Dave's job over the inputs with Eve's model, opened, accepted, and committed with `root`.
fn commit(chain: &mut Chain, root: impl FnOnce(&Digest) -> Digest) {
	let version = list(chain);
	commit_in(chain, None, Some(version), root)
}

/// As [`commit`], for what ten TCT are worth of `asset`.
fn commit_in(
	chain: &mut Chain,
	asset: Option<terminal_primitives::AssetId>,
	version: Option<VersionId>,
	root: impl FnOnce(&Digest) -> Digest,
) {
	let unit = asset.map_or(UNIT, |_| 100_000);
	let inputs = (0..ITEMS)
		.map(|index| result::input_leaf(index, &input(index)))
		.collect();
	let spec = JobSpec {
		input_root: Tree::new(inputs).root(),
		weights_root: result::weights_root(&weights()),
		items: ITEMS,
		weights_bytes: weights().len() as u32,
		input_bytes: 4,
		output_bytes: 2,
		multiplications: network::Network::parse(&weights())
			.expect("it is a network")
			.multiplications() as u32,
		runner: 1,
	};
	let open = pallet_leases::Call::open_job {
		machine: MACHINE,
		spec,
		price: 10 * unit,
		max_total: 11 * unit,
		deadline_blocks: 30,
		version,
		manifest: [9; 32],
		input_url: b"http://127.0.0.1:8000/inputs".to_vec(),
		weights_url: b"http://127.0.0.1:8000/weights".to_vec(),
		terms_hash: terms_hash(),
		asset,
	};
	send(chain, CONSUMER, open);
	send(chain, AGENT, pallet_leases::Call::accept { lease: LEASE });
	let context = Leases::result_context(LEASE).expect("the job is accepted");
	let result_root = root(&context);
	send(
		chain,
		AGENT,
		pallet_leases::Call::commit_result {
			lease: LEASE,
			result_root,
		},
	);
}

fn honest(context: &Digest) -> Digest {
	let outputs = (0..ITEMS)
		.map(|index| {
			let input = input(index);
			result::output_leaf(
				context,
				index,
				&input,
				&network::evaluate(&weights(), &input, 2),
			)
		})
		.collect();
	Tree::new(outputs).root()
}

/// The votes of the whole committee, as the members' off-chain workers send them.
fn votes(outcome: Outcome) -> Vec<UncheckedExtrinsic> {
	let task = Attestation::task(TaskId(0)).expect("it is open");
	task.seats
		.iter()
		.map(|seat| {
			let member = seat.account.clone();
			let pair = Sr25519Keyring::from_raw_public(seat.key).expect("it is well known");
			let statement = Statement {
				task: task.id,
				attempt: task.attempt,
				scheme: task.scheme,
				root: task.root,
				committed_at: task.committed_at,
				outcome: outcome.clone(),
			};
			let batch = Batch {
				sequence: Attestation::next_sequence(&member),
				member,
				key: pair.public().into(),
				block: crate::System::block_number(),
				statements: vec![statement].try_into().expect("one"),
				proofs: Default::default(),
			};
			let genesis = Attestation::genesis();
			let signature = pair.sign(&votes_payload(&genesis, &batch)).into();
			let call = pallet_attestation::Call::<Runtime>::submit_votes { batch, signature };
			<Runtime as CreateAuthorizedTransaction<pallet_attestation::Call<Runtime>>>
				::create_authorized_transaction(call.into())
		})
		.collect()
}

#[test]
fn pays_a_job_that_the_committee_passed_and_splits_its_fee() {
	on("local", || {
		let mut chain = market();
		let treasury = Balances::free_balance(crate::Treasury::account_id());
		commit(&mut chain, honest);
		let author = Balances::free_balance(account(AUTHOR));
		while matches!(
			Attestation::task(TaskId(0)).expect("it is open").phase,
			PhaseView::AwaitingDraw { .. }
		) {
			chain.blocks(1);
		}
		assert_eq!(
			Attestation::task(TaskId(0))
				.expect("it is open")
				.seats
				.len(),
			4
		);
		let transactions = votes(Outcome::Pass);
		let results = chain.block(transactions.clone());
		// Three of four are two thirds; the fourth is heard, too.
		assert!(
			results.iter().all(|result| result == &Ok(Ok(()))),
			"{results:?}"
		);
		check_invariants().expect("every invariant holds");
		// The same bytes again, in the block that hears them.
		assert!(chain
			.block(transactions)
			.iter()
			.all(|result| result.is_err()));
		assert_eq!(lease().status, Status::Delivering);
		check_invariants().expect("every invariant holds");

		let provider = Balances::free_balance(account(PROVIDER));
		assert_eq!(
			pallet_supply::Burned::<Runtime>::get(BurnSource::LeaseFee),
			0
		);
		// The delivery window; the expiry wheel finishes the lease after it, if nobody did for the
		// reward.
		chain.blocks(14);
		let closed = lease();
		assert_eq!(closed.status, Status::Closed);
		assert_eq!(closed.books.held, 0);
		// Two per cent of ten, and of the royalty of one.
		let fee = Perbill::from_percent(2);
		assert_eq!(closed.books.lease_fee, fee * (10 * UNIT));
		assert_eq!(closed.books.model_fee, fee * UNIT);
		assert_eq!(
			Balances::free_balance(account(PROVIDER)) - provider,
			10 * UNIT - fee * (10 * UNIT)
		);
		let split = Permill::from_percent(30) * (fee * (10 * UNIT));
		assert!(Balances::free_balance(crate::Treasury::account_id()) - treasury >= split);
		let fee_burned = pallet_supply::Burned::<Runtime>::get(BurnSource::LeaseFee);
		assert_eq!(fee_burned, fee * (10 * UNIT) / 2);

		let royalty = Models::claimable(account(AUTHOR));
		assert_eq!(royalty, UNIT - fee * UNIT);
		let before = Balances::free_balance(account(AUTHOR));
		assert_eq!(before, author);
		send(&mut chain, AUTHOR, pallet_models::Call::claim_royalties {});
		assert!(Balances::free_balance(account(AUTHOR)) > before + royalty - 10 * MILLI);
		for attestor in Attestation::attestors() {
			assert!(
				attestor.claimable > 0,
				"{:?} voted with the outcome",
				attestor.account
			);
		}
	});
}

#[test]
fn refunds_and_slashes_when_anyone_proves_a_leaf_wrong_whatever_the_votes() {
	on("local", || {
		let mut chain = market();
		let mut outputs = Vec::new();
		commit(&mut chain, |context| {
			outputs = (0..ITEMS)
				.map(|index| network::evaluate(&weights(), &input(index), 2))
				.collect::<Vec<_>>();
			// One in ten is altered.
			for output in outputs.iter_mut().step_by(10) {
				output[0] ^= 1;
			}
			let leaves = (0..ITEMS)
				.map(|index| {
					result::output_leaf(context, index, &input(index), &outputs[index as usize])
				})
				.collect();
			Tree::new(leaves).root()
		});
		let context = Leases::result_context(LEASE).expect("the job is accepted");
		chain.blocks(3);
		chain.block(votes(Outcome::Pass));
		chain.blocks(1);
		assert_eq!(lease().status, Status::Delivering, "everybody was lazy");

		let inputs = Tree::new(
			(0..ITEMS)
				.map(|index| result::input_leaf(index, &input(index)))
				.collect(),
		);
		let results = Tree::new(
			(0..ITEMS)
				.map(|index| {
					result::output_leaf(&context, index, &input(index), &outputs[index as usize])
				})
				.collect(),
		);
		let leaf = |index: u32| result::Leaf {
			index,
			input: input(index),
			output: outputs[index as usize].clone(),
			input_path: inputs.path(index).expect("inside"),
			output_path: results.path(index).expect("inside"),
		};
		let prove = |index| {
			RuntimeCall::from(pallet_attestation::Call::prove_fault {
				task: TaskId(0),
				leaf: leaf(index),
				evidence: weights().try_into().expect("small"),
			})
		};
		// A correct leaf proves nothing.
		assert_eq!(
			chain.block(vec![signed(Sr25519Keyring::Ferdie, prove(1))]),
			vec![Ok(Err(
				pallet_attestation::Error::<Runtime>::LeafIsCorrect.into()
			))]
		);
		let bond = Providers::provider(account(PROVIDER))
			.expect("it provides")
			.bond;
		let issuance = Balances::total_issuance();
		send(&mut chain, Sr25519Keyring::Ferdie, prove(20));
		let after = Providers::provider(account(PROVIDER))
			.expect("it provides")
			.bond;
		assert_eq!(
			after,
			bond / 2,
			"half of the bond, which is more than the job's price"
		);
		assert!(
			issuance - Balances::total_issuance() >= bond / 2 / 10 * 9,
			"most of it burned"
		);
		assert!(pallet_supply::Burned::<Runtime>::get(BurnSource::Slash) > 0);

		let closed = lease();
		assert_eq!(closed.books.paid, 0);
		assert_eq!(closed.books.held, 0);
		assert_eq!(closed.books.refunded, 11 * UNIT);
	});
}
