use crate::{
	mock::*,
	types::{Offence, Outcome, PendingSlash, Phase},
	Attestors, BreakerState, PendingSlashes, Records,
};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{ledger::BurnSource, market::Verdict, TaskId};

fn prove(job: &Job, id: TaskId, index: u32) -> frame_support::dispatch::DispatchResult {
	Attestation::prove_fault(signed(REPORTER), id, job.leaf(index), job.bounded_weights())
}

/// A task whose every leaf is wrong, passed by members 1 to 3.
fn passed_by_three() -> (Job, TaskId) {
	let all: Vec<u32> = (0..ITEMS).collect();
	let (job, id) = drawn(&all);
	for n in 1..=3 {
		vote(n, id, Outcome::Pass);
	}
	events();
	(job, id)
}

#[test]
fn overrides_a_quorum_of_passes_and_names_the_reporter() {
	ExtBuilder::default().execute(|| {
		let (job, id) = passed_by_three();
		let index = sample(id)[0];

		assert_ok!(prove(&job, id, index));

		let reporter = Some(account(REPORTER));
		let last = MockJobs::conclusions().pop().unwrap();
		assert_eq!(last, (LEASE, Verdict::Fault, reporter.clone()));
		assert_eq!(task(id).phase, Phase::Faulted);
		// Three of four offended: 1 % + 9 % × 3/4 = 7.75 % of 1,000.
		let amount = 77_500_000_000_000;
		let apply_at = now() + 2 * 4;
		let mut wanted = vec![Event::TaskFaulted {
			task: id,
			lease: LEASE,
			index,
			reporter,
		}];
		for (slash, n) in offenders_in_order() {
			let (who, offence) = (account(n), Offence::RefutedPass);
			wanted.push(Event::SlashDeferred {
				slash,
				who,
				amount,
				offence,
				apply_at,
			});
		}
		assert_eq!(events(), wanted);
	})
}

/// (slash, validator) of three offenders in the order of their accounts.
fn offenders_in_order() -> Vec<(u32, u64)> {
	let mut numbers: Vec<u64> = vec![1, 2, 3];
	numbers.sort_by_key(|n| account(*n));
	(0..).zip(numbers).collect()
}

#[test]
fn ejects_at_once_and_slashes_later() {
	ExtBuilder::default().execute(|| {
		let (job, id) = passed_by_three();
		assert_ok!(prove(&job, id, sample(id)[0]));
		assert_eq!(Attestors::<Test>::get().len(), 1);
		assert_eq!(on_hold(1), BOND);

		// All passes of the window were overridden: the breaker doubled the delay of 4 blocks.
		run(7);
		assert_eq!(on_hold(1), BOND);
		run(1);

		let slash = 77_500_000_000_000;
		assert_eq!(on_hold(1), BOND - slash);
		let reward = 3 * slash / 10;
		assert_eq!(
			Balances::free_balance(account(REPORTER)),
			10_000 * UNIT + reward
		);
		assert_eq!(
			MockBurn::<Balances>::burned(BurnSource::Slash),
			3 * slash - reward
		);
		assert_eq!(PendingSlashes::<Test>::iter().count(), 0);
		assert_eq!(Records::<Test>::get(account(1)).unwrap().bond, BOND - slash);
	})
}

#[test]
fn members_who_did_not_pass_or_did_not_see_the_leaf_are_spared() {
	ExtBuilder::default().execute(|| {
		let (job, id) = passed_by_three();
		let outside = (0..ITEMS)
			.find(|index| !sample(id).contains(index))
			.unwrap();
		assert_ok!(prove(&job, id, outside));
		assert_eq!(PendingSlashes::<Test>::iter().count(), 0);
		assert_eq!(Attestors::<Test>::get().len(), 4);
	})
}

#[test]
fn an_earlier_attempts_pass_answers_too() {
	ExtBuilder::default().change(|p| p.sample = 64).execute(|| {
		let all: Vec<u32> = (0..ITEMS).collect();
		let (job, id) = drawn(&all);
		vote(1, id, Outcome::Pass);
		let first = sample(id);
		run(6 + 3);
		let index = sample(id)
			.into_iter()
			.find(|index| first.contains(index))
			.unwrap();
		vote(2, id, Outcome::Pass);
		assert_ok!(prove(&job, id, index));
		assert_eq!(PendingSlashes::<Test>::iter().count(), 2);
	})
}

#[test]
fn an_accepted_double_pass_is_punished_once() {
	ExtBuilder::default().change(|p| p.sample = 64).execute(|| {
		let all: Vec<u32> = (0..ITEMS).collect();
		let (job, id) = drawn(&all);
		vote(1, id, Outcome::Pass);
		let first = sample(id);
		run(6 + 3);
		let index = sample(id)
			.into_iter()
			.find(|index| first.contains(index))
			.unwrap();
		vote(1, id, Outcome::Pass);
		assert_ok!(prove(&job, id, index));
		assert_eq!(PendingSlashes::<Test>::iter().count(), 1);
	})
}

#[test]
fn the_breaker_only_defers() {
	ExtBuilder::default().execute(|| {
		let (job, id) = passed_by_three();
		// 97 honest passes lately: 3 of 100 overridden is under the 5 %.
		BreakerState::<Test>::mutate(|state| state.passes += 97);
		assert_ok!(prove(&job, id, sample(id)[0]));
		let slash: PendingSlash<_> = PendingSlashes::<Test>::get(0).unwrap();
		assert_eq!(slash.apply_at, now() + 4);
		assert_eq!(MockJobs::conclusions().pop().unwrap().1, Verdict::Fault);
	})
}

#[test]
fn works_before_the_draw_and_in_a_data_challenge() {
	ExtBuilder::default().execute(|| {
		let job = Job::new(LEASE, &[5]);
		let id = job.commit();
		assert_ok!(prove(&job, id, 5));
		assert_eq!(task(id).phase, Phase::Faulted);
	});
	ExtBuilder::default().attestors(0).execute(|| {
		let (job, id) = drawn(&[5]);
		assert_ok!(prove(&job, id, 5));
		assert_eq!(task(id).phase, Phase::Faulted);
	})
}

#[test]
fn refuses_what_proves_nothing() {
	ExtBuilder::default().execute(|| {
		let (job, id) = drawn(&[5]);
		assert_noop!(prove(&job, TaskId(9), 5), Error::UnknownTask);
		assert_noop!(prove(&job, id, 6), Error::LeafIsCorrect);
		let call = |leaf, weights: Vec<u8>| {
			Attestation::prove_fault(signed(REPORTER), id, leaf, weights.try_into().unwrap())
		};
		// Another output than the committed one.
		let mut changed = job.leaf(6);
		changed.output[0] ^= 1;
		assert_noop!(call(changed, job.weights.clone()), Error::LeafNotCommitted);
		// A path too short, an index outside, another input.
		let mut changed = job.leaf(5);
		changed.input_path.pop();
		assert_noop!(call(changed, job.weights.clone()), Error::LeafNotCommitted);
		let mut changed = job.leaf(5);
		changed.index = ITEMS;
		assert_noop!(call(changed, job.weights.clone()), Error::LeafNotCommitted);
		let mut changed = job.leaf(5);
		changed.input[0] ^= 1;
		assert_noop!(call(changed, job.weights.clone()), Error::LeafNotCommitted);
		// Other weights.
		let mut weights = job.weights.clone();
		weights.push(0);
		assert_noop!(call(job.leaf(5), weights.clone()), Error::WrongWeights);
		weights.truncate(job.weights.len());
		weights[20] ^= 1;
		assert_noop!(call(job.leaf(5), weights), Error::WrongWeights);

		assert_ok!(prove(&job, id, 5));
		assert_noop!(prove(&job, id, 5), Error::WrongPhase);
	})
}

#[test]
fn another_jobs_leaf_proves_nothing() {
	ExtBuilder::default().execute(|| {
		let (_, id) = drawn(&[]);
		let other = Job::new(terminal_primitives::LeaseId(77), &[5]);
		assert_noop!(prove(&other, id, 5), Error::LeafNotCommitted);
	})
}
