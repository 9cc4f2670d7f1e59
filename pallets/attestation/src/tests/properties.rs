//! Any order of calls keeps every invariant, and verdicts obey the proofs.

use crate::{
	ballots::merge,
	faults::{part, refuted_ppm},
	mock::*,
	runtime_api::PhaseView,
	types::{Outcome, Parameters},
};
use frame_support::traits::fungible::Balanced;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use terminal_primitives::{
	hooks::{OnAttestorFee, OnJobProgress, OnMachineLeased},
	market::Verdict,
	LeaseId, MachineId, TaskId,
};

#[derive(Clone, Debug)]
enum Action {
	Run(u32),
	Start(u64),
	End(u64),
	Answer(u64, bool),
	Commit(u64, bool),
	Close(u64),
	Vote(u64, u64, u8),
	Prove(u64, u32),
	Show(u64),
	Bond(u64),
	Unbond(u64),
	Withdraw(u64),
	Session(u64),
	Fee(u64, u32),
	Claim(u64),
}

fn action() -> impl Strategy<Value = Action> {
	prop_oneof![
		3 => (1u32..8).prop_map(Action::Run),
		1 => (0u64..4).prop_map(Action::Start),
		1 => (0u64..4).prop_map(Action::End),
		1 => (0u64..4, any::<bool>()).prop_map(|(m, ok)| Action::Answer(m, ok)),
		3 => (0u64..4, any::<bool>()).prop_map(|(l, ok)| Action::Commit(l, ok)),
		1 => (0u64..4).prop_map(Action::Close),
		8 => (1u64..6, 0u64..8, 0u8..3).prop_map(|(n, t, o)| Action::Vote(n, t, o)),
		1 => (0u64..8, 0..ITEMS).prop_map(|(t, i)| Action::Prove(t, i)),
		1 => (0u64..8).prop_map(Action::Show),
		1 => (1u64..8).prop_map(Action::Bond),
		1 => (1u64..8).prop_map(Action::Unbond),
		1 => (1u64..8).prop_map(Action::Withdraw),
		1 => (1u64..8).prop_map(Action::Session),
		1 => (0u64..6, 0u32..1_000_000).prop_map(|(l, a)| Action::Fee(l, a)),
		1 => (1u64..8).prop_map(Action::Claim),
	]
}

/// Leaves 0 to 49 of a dishonest result are wrong.
fn job(lease: u64, honest: bool) -> Job {
	let wrong: Vec<u32> = if honest { vec![] } else { (0..50).collect() };
	Job::new(LeaseId(lease), &wrong)
}

fn job_of(id: TaskId) -> Option<Job> {
	let task = crate::Tasks::<Test>::get(id)?;
	let honest = job(task.lease.0, true);
	Some(if honest.root == task.root {
		honest
	} else {
		job(task.lease.0, false)
	})
}

/// What the members' votes come to, by the votes themselves: per task and attempt the Passes, the
/// Unavailables, and the leaves these named.
type Model = BTreeMap<(TaskId, u8), (u32, u32, BTreeSet<u32>)>;

/// Whether each open vote's tallies are those of the votes that counted.
fn tallied(model: &Model) -> bool {
	crate::Tasks::<Test>::iter_keys().all(|id| {
		let view = Attestation::task(id).unwrap();
		let PhaseView::Voting {
			pass,
			unavailable,
			named,
			..
		} = view.phase
		else {
			return true;
		};
		let expected = model.get(&(id, view.attempt)).cloned().unwrap_or_default();
		(pass, unavailable, named.into_iter().collect()) == expected
	})
}

fn act(action: Action, model: &mut Model) {
	match action {
		Action::Run(blocks) => run(blocks),
		Action::Start(machine) => {
			let machine = MachineId(machine);
			MockMachines::add(machine, account(PROVIDER), account(AGENT), 1, 1);
			let _ = <Attestation as OnMachineLeased>::on_lease_started(machine);
		},
		Action::End(machine) => {
			if crate::LeasedMachines::<Test>::contains_key(MachineId(machine)) {
				<Attestation as OnMachineLeased>::on_lease_ended(MachineId(machine));
			}
		},
		Action::Answer(machine, ok) => answer(MachineId(machine), ok),
		Action::Commit(lease, honest) => {
			if crate::TaskOfLease::<Test>::get(LeaseId(lease)).is_none() {
				job(lease, honest).commit();
			}
		},
		Action::Close(lease) => {
			<Attestation as OnJobProgress>::on_closed(LeaseId(lease));
			MockJobs::remove(LeaseId(lease));
		},
		Action::Vote(n, id, outcome) => try_vote(n, TaskId(id), outcome, model),
		Action::Prove(id, index) => {
			if let Some(job) = job_of(TaskId(id)) {
				let (leaf, weights) = (job.leaf(index), job.bounded_weights());
				let _ = Attestation::prove_fault(signed(REPORTER), TaskId(id), leaf, weights);
			}
		},
		Action::Show(id) => show(TaskId(id)),
		Action::Bond(n) => drop(Attestation::bond_attestor(signed(n), BOND)),
		Action::Unbond(n) => drop(Attestation::unbond_attestor(signed(n), BOND)),
		Action::Withdraw(n) => drop(Attestation::withdraw_attestor(signed(n))),
		Action::Session(count) => session(count),
		Action::Fee(lease, amount) => {
			let credit = <Balances as Balanced<_>>::issue(amount.into());
			<Attestation as OnAttestorFee<_>>::on_attestor_fee(LeaseId(lease), credit);
		},
		Action::Claim(n) => drop(Attestation::claim_reward(signed(n))),
	}
}

fn answer(machine: MachineId, ok: bool) {
	let Some(view) = Attestation::open_challenge(machine) else {
		return;
	};
	let product = Product::of(if ok { view.seed } else { [0; 32] }, view.n);
	let _ = Attestation::commit_presence(signed(AGENT), machine, view.id, product.root());
	run(3);
	let Some(entries) = Attestation::open_challenge(machine).and_then(|view| view.entries) else {
		return;
	};
	let pieces: Vec<_> = entries
		.into_iter()
		.map(|entry| product.piece(entry))
		.collect();
	let pieces = pieces.try_into().unwrap();
	let _ = Attestation::answer_presence(signed(AGENT), machine, view.id, pieces);
}

/// What member `n` says it cannot get.
fn named(n: u64) -> [u32; 2] {
	[1, 60 + n as u32]
}

fn try_vote(n: u64, id: TaskId, outcome: u8, model: &mut Model) {
	let Some(job) = job_of(id) else { return };
	let kind = outcome;
	let (outcome, proofs) = match kind {
		0 => (Outcome::Pass, vec![]),
		1 => (unavailable(&named(n)), vec![]),
		_ => (Outcome::Fail, vec![job.proof(id, 10 + n as u32)]),
	};
	let batch = batch(n, vec![statement(id, outcome)], proofs);
	let signature = sign(n, &batch);
	let subject = (id, task(id).attempt);
	events();
	if Attestation::submit_votes_signed(signed(REPORTER), batch, signature).is_err() {
		return;
	}
	let counted = events().iter().any(|event| match event {
		Event::VotesSubmitted { votes, .. } => *votes == 1,
		_ => false,
	});
	assert!(counted, "the only vote of a batch that was taken counts");
	hear();
	let (pass, unavailable, leaves) = model.entry(subject).or_default();
	match kind {
		0 => *pass += 1,
		1 => {
			*unavailable += 1;
			leaves.extend(named(n));
		},
		_ => (),
	}
}

fn show(id: TaskId) {
	let Some(job) = job_of(id) else { return };
	let crate::types::Phase::DataChallenge { indices, .. } = task(id).phase else {
		return;
	};
	let leaves: Vec<_> = indices
		.iter()
		.take(16)
		.map(|index| job.leaf(*index))
		.collect();
	let weights = job.bounded_weights();
	let leaves = leaves.try_into().unwrap();
	let _ = Attestation::answer_data_challenge(signed(AGENT), id, leaves, weights);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(60))]

	#[test]
	fn any_order_of_calls_keeps_every_invariant(actions in prop::collection::vec(action(), 1..60)) {
		ExtBuilder::default().build().execute_with(|| {
			let mut model = Model::new();
			for action in actions {
				act(action.clone(), &mut model);
				prop_assert!(tallied(&model), "other tallies than votes after {action:?}");
				let checked = crate::invariants::check::<Test>();
				prop_assert!(checked.is_ok(), "{checked:?} after {action:?}");
			}
			// A fault is only ever proven against a dishonest result.
			for (lease, verdict, _) in MockJobs::conclusions() {
				let task = crate::TaskOfLease::<Test>::get(lease).and_then(crate::Tasks::<Test>::get);
				if let (Verdict::Fault, Some(task)) = (verdict, task) {
					if task.phase == crate::types::Phase::Faulted {
						prop_assert!(task.root != job(lease.0, true).root);
					}
				}
			}
			Ok(())
		})?;
	}
}

proptest! {
	#[test]
	fn a_part_is_never_below_its_share_nor_above_the_whole(amount in 0u128..=1 << 100, ppm in 0u32..=1_000_000) {
		let share = part(amount, ppm);
		prop_assert!(share <= amount);
		let exact = amount / 1_000_000 * u128::from(ppm);
		prop_assert!(share >= exact);
		if amount < 1 << 80 {
			prop_assert_eq!(share, (amount * u128::from(ppm)).div_ceil(1_000_000));
		}
	}

	#[test]
	fn the_slash_grows_with_the_share_that_offends(all in 1u32..200, one in 0u32..200, two in 0u32..200) {
		let params = Parameters::default();
		let (few, many) = (one.min(two), one.max(two));
		prop_assert!(refuted_ppm(&params, few, all) <= refuted_ppm(&params, many, all));
		prop_assert!(refuted_ppm(&params, many, all) <= params.refuted_slash_max_ppm);
		prop_assert_eq!(refuted_ppm(&params, all, all), params.refuted_slash_max_ppm);
	}

	#[test]
	fn merging_keeps_order_and_bound(lists in prop::collection::vec(prop::collection::btree_set(0u32..200, 0..11), 0..40)) {
		let mut named = crate::types::Indices::new();
		for list in &lists {
			let list: Vec<u32> = list.iter().copied().collect();
			merge(&mut named, &list);
		}
		prop_assert!(named.windows(2).all(|pair| pair[0] < pair[1]));
		let all: BTreeSet<_> = lists.iter().flatten().copied().collect();
		prop_assert_eq!(named.len(), all.len().min(crate::types::MAX_DISPUTED as usize));
	}
}
