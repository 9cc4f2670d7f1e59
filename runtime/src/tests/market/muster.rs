//! A machine has to prove what it is called, as soon as that is asked for.

use super::*;
use crate::Muster;
use frame_support::assert_noop;
use pallet_muster::{
	types::{Answer, Calibration, Grade, Shown},
	Call,
};
use terminal_gpu_proof::muster::work::{commit_unit, Cpu, Work};
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
	let unit = |unit| commit_unit(&seed, &summons.shape, unit, 0, &mut Cpu::default());
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
