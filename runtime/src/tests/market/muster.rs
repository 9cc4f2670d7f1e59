//! A machine has to prove what it is called, as soon as that is asked for.

use super::*;
use crate::{
	weights::{BlockLength, BlockWeights},
	Executive, Muster, System,
};
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::{DispatchClass, GetDispatchInfo},
	storage::{with_transaction, TransactionOutcome},
};
use pallet_muster::{
	types::{Answer, Calibration, Failure, Grade, MusterId, Phase, Shown, Summons, MAX_ROSTER},
	Call,
};
use sp_runtime::{transaction_validity::TransactionSource, DispatchError};
use terminal_gpu_proof::muster::{
	work::{commit_unit, Cpu, Work},
	Drawn, Opening, PIECE,
};
use terminal_primitives::market::{Machines as _, Slug};

const ALICE: Sr25519Keyring = Sr25519Keyring::Alice;
/// Of one step: a debug build takes a second for each unit.
const GRADE: Grade = Grade {
	n: 256,
	steps: 1,
	window_blocks: 20,
	calibration: Calibration::Calibrated,
};

fn takes_new() -> bool {
	Providers::earliest_start(MACHINE, 1, 3_600_000).is_some()
}

/// What a daemon does when its machine is called.
fn work() -> Work {
	let summons = pallet_muster::Summoned::<Runtime>::get(MACHINE).expect("it is called");
	let seed = Muster::seed(MACHINE, &summons).expect("the accumulator is known");
	let unit = |unit| {
		let kept = commit_unit(&seed, &summons.shape, unit, 0, &mut Cpu::default(), || true);
		kept.expect("nobody gives up")
	};
	let units = (0..summons.shape.units).map(unit).collect();
	Work::new(&seed, &summons.shape, units).expect("all units have worked")
}

fn answer(work: &Work) -> Answer {
	let summons = pallet_muster::Summoned::<Runtime>::get(MACHINE).expect("it is called");
	let (_, drawn) = Muster::drawn(MACHINE, &summons).expect("the draw is known");
	let open = |drawn| work.open(drawn, &mut Cpu::default()).expect("it was drawn");
	let shown: Vec<Shown> = drawn
		.iter()
		.map(|drawn| open(drawn).try_into().expect("in bounds"))
		.collect();
	shown.try_into().expect("no more than may be drawn")
}

#[test]
fn a_machine_takes_nothing_new_until_it_has_proven_what_it_is_called() {
	on("local", || {
		let mut chain = market();
		assert!(takes_new());
		let name: Slug = text("h100-sxm");
		let grade = Call::set_grade {
			accelerator: name.clone(),
			grade: Some(GRADE),
		};
		let call = Box::new(grade.into());
		send(&mut chain, ALICE, pallet_sudo::Call::sudo { call });
		assert_eq!(pallet_muster::Grades::<Runtime>::get(name), Some(GRADE));
		assert!(!takes_new());
		assert_noop!(
			Providers::reserve(MACHINE, 1, u64::MAX),
			pallet_providers::Error::<Runtime>::CapabilityNotProven
		);

		send(&mut chain, PROVIDER, Call::enlist { machine: MACHINE });
		send(&mut chain, PROVIDER, Call::call_muster {});
		chain.block(vec![]);
		let work = work();
		let commit = Call::commit_muster {
			machine: MACHINE,
			root: work.root(),
		};
		send(&mut chain, AGENT, commit);
		assert!(!takes_new());
		for _ in 0..4 {
			chain.block(vec![]);
		}
		let answer = Call::answer_muster {
			machine: MACHINE,
			answer: answer(&work),
		};
		send(&mut chain, AGENT, answer);
		assert!(Muster::is_proven(MACHINE));
		assert!(takes_new());
	});
}

/// What a pool keeps unless its node is told otherwise (`--pool-kbytes`).
const POOL_BYTES: u64 = 20 * 1024 * 1024;

/// Bytes that ordinary transactions leave to others in each block.
fn kept_bytes() -> u64 {
	let length = BlockLength::get();
	let max = |class: DispatchClass| u64::from(*length.max.get(class));
	max(DispatchClass::Operational) - max(DispatchClass::Normal)
}

/// The largest answer to a grade, and the summons that it fits: as many openings as are drawn, none of the first step.
fn largest_answer(grade: &Grade) -> (Call<Runtime>, Summons) {
	let shape = grade.shape(8);
	let drawn = Drawn {
		unit: 0,
		step: 2,
		row: 0,
		column: 0,
	};
	let depth = |count: u32| count.next_power_of_two().trailing_zeros() as usize;
	let path = |count: u32| vec![[1; 32]; depth(count)];
	let opening = Opening {
		line: vec![1; grade.n as usize],
		line_path: path(grade.n),
		before_path: path(shape.all_steps()),
		piece: vec![1; PIECE],
		piece_path: path(grade.n * grade.n / PIECE as u32),
		step_path: path(shape.all_steps()),
	};
	assert!(opening.fits(&shape, &drawn));
	let params = pallet_muster::Params::<Runtime>::get();
	let now = System::block_number();
	let summons = Summons {
		muster: MusterId(0),
		shape,
		drawn: params.drawn,
		called_block: now - 4,
		called_at: 0,
		window_ms: u64::MAX,
		commit_by: now - 1,
		draw_delay: 2,
		answer_by: now + params.answer_window_blocks,
		phase: Phase::Committed {
			root: [1; 32],
			block: now - 3,
			late: false,
		},
	};
	let shown = vec![Shown::try_from(opening).expect("in bounds"); params.drawn as usize];
	let answer = shown.try_into().expect("no more than may be drawn");
	let machine = MACHINE;
	(Call::answer_muster { machine, answer }, summons)
}

/// What the pool would say of a transaction, and its priority there. Changes nothing.
fn priority(transaction: UncheckedExtrinsic) -> u64 {
	let valid = with_transaction(|| {
		let (source, at) = (TransactionSource::External, System::block_hash(0));
		let valid = Executive::validate_transaction(source, transaction, at);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(valid))
	});
	let valid = valid.expect("it was asked");
	valid.expect("the pool takes it").priority
}

/// Five of the largest answers come through a block that ordinary transactions fill.
#[test]
fn answers_find_room_in_a_full_block() {
	on("local", || {
		let mut chain = market();
		chain.blocks(4);
		let grades = pallet_muster::grades::provisional();
		let (call, summons) = largest_answer(&grades[0].1);
		let answer = |by| signed(by, call.clone().into());
		let bytes = answer(AGENT).encoded_size() as u64;
		assert!((200_000..215_000).contains(&bytes), "{bytes}");
		let full = *BlockLength::get().max.get(DispatchClass::Normal) as usize;
		let remark = vec![0; full - 1_000];
		let remark = frame_system::Call::remark { remark };
		let ordinary = signed(Sr25519Keyring::Ferdie, remark.into());
		assert!(priority(answer(AGENT)) > priority(ordinary.clone()));

		pallet_muster::Summoned::<Runtime>::insert(MACHINE, summons);
		let signers = [AGENT, PROVIDER, CONSUMER, AUTHOR, ALICE];
		let mut transactions = vec![ordinary];
		transactions.extend(signers.map(answer));
		let results = chain.block(transactions);
		assert!(results.iter().all(Result::is_ok), "{results:?}");
		// Right in shape, wrong in what it says.
		let failed = pallet_muster::Event::Failed {
			muster: MusterId(0),
			machine: MACHINE,
			reason: Failure::WrongEntry,
		};
		System::assert_has_event(failed.into());
	});
}

/// Of all that owners and rounds may call, by the parameters and grades to begin with.
#[test]
fn blocks_keep_room_for_the_answers_of_all_that_may_be_called() {
	on("testnet", || {
		System::set_block_number(5);
		let params = pallet_muster::Params::<Runtime>::get();
		let window = u64::from(params.answer_window_blocks);
		let ahead = u64::from(MAX_ROSTER * (params.round_owners + 1));
		let answers = ahead + 2 * window;
		let reserved = BlockWeights::get().get(DispatchClass::Operational).reserved;
		let reserved = reserved.expect("room is kept").ref_time();
		for (name, grade) in pallet_muster::Grades::<Runtime>::iter() {
			let (call, _) = largest_answer(&grade);
			let bytes = 200 + call.encoded_size() as u64;
			assert!(
				answers * bytes <= window * kept_bytes(),
				"{name:?}: {bytes}"
			);
			let info = RuntimeCall::from(call).get_dispatch_info();
			assert_eq!(info.class, DispatchClass::Operational);
			// Presence has half of it.
			let weight = info.total_weight().ref_time();
			assert!(
				answers * weight <= window * reserved / 2,
				"{name:?}: {weight}"
			);
			// A pool that is full holds what ten blocks can take: who is refused sends again.
			assert!(POOL_BYTES > 10 * kept_bytes() && POOL_BYTES > 64 * bytes);
		}
	});
}

/// What remains: one unit that its owner leases keeps all units of a machine out of musters, but not out of
/// one that has begun.
#[test]
fn a_leased_machine_is_not_called_and_a_called_one_may_be_leased() {
	on("local", || {
		let mut chain = market();
		send(&mut chain, PROVIDER, Call::enlist { machine: MACHINE });
		Providers::reserve(MACHINE, 1, u64::MAX).expect("one of two units is free");
		assert_noop!(
			Muster::call_muster(crate::RuntimeOrigin::signed(account(PROVIDER))),
			pallet_muster::Error::<Runtime>::NobodyIdle
		);
		Providers::release(MACHINE, 1);
		send(&mut chain, PROVIDER, Call::call_muster {});
		Providers::reserve(MACHINE, 1, u64::MAX).expect("it is called, and free");
		assert!(Muster::called(MACHINE).is_some());
	});
}
