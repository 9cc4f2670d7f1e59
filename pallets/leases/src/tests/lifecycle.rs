use crate::{
	lifecycle::{next, IllegalStep, Stage, Stage::*, Step, Step::*},
	mock::*,
	types::State,
	Error,
};
use sp_runtime::DispatchError;

const STAGES: [Stage; 12] = [
	Offered, Accepted, Active, Paused, Closing, Disputed, Running, Committed, Delivering, Serving,
	Redeeming, Closed,
];
const STEPS: [Step; 16] = [
	AcceptMetered,
	AcceptJob,
	AcceptCalls,
	Start,
	Adjust,
	Pause,
	Resume,
	Close,
	Dispute,
	Arbitrate,
	Commit,
	Pass,
	Fail,
	Cancel,
	Expire,
	Finish,
];

#[test]
fn allows_exactly_the_arrows_of_the_diagram() {
	let arrows = [
		(Offered, AcceptMetered, Accepted),
		(Offered, AcceptJob, Running),
		(Offered, AcceptCalls, Serving),
		(Offered, Cancel, Closed),
		(Offered, Expire, Closed),
		(Accepted, Start, Active),
		(Accepted, Cancel, Closed),
		(Accepted, Expire, Closed),
		(Active, Adjust, Active),
		(Active, Pause, Paused),
		(Active, Close, Closing),
		(Paused, Adjust, Paused),
		(Paused, Resume, Active),
		(Paused, Close, Closing),
		(Closing, Dispute, Disputed),
		(Closing, Finish, Closed),
		(Disputed, Arbitrate, Closed),
		(Disputed, Finish, Closed),
		(Running, Commit, Committed),
		(Running, Cancel, Closed),
		(Running, Expire, Closed),
		(Committed, Pass, Delivering),
		(Committed, Fail, Closed),
		(Delivering, Finish, Closed),
		(Delivering, Fail, Closed),
		(Serving, Close, Redeeming),
		(Redeeming, Finish, Closed),
	];
	for stage in STAGES {
		for step in STEPS {
			let reached = arrows
				.iter()
				.find(|(from, by, _)| (*from, *by) == (stage, step))
				.map(|(_, _, to)| *to)
				.ok_or(IllegalStep);
			assert_eq!(next(stage, step), reached, "{stage:?} by {step:?}");
		}
	}
}

#[test]
fn lets_every_lease_end() {
	for stage in STAGES.into_iter().filter(|stage| *stage != Closed) {
		let mut reached = vec![stage];
		for _ in 0..STAGES.len() {
			let more: Vec<_> = reached
				.iter()
				.flat_map(|from| STEPS.iter().filter_map(|step| next(*from, *step).ok()))
				.collect();
			reached.extend(more);
			reached.dedup();
		}
		assert!(reached.contains(&Closed), "{stage:?} is a trap");
	}
}

#[test]
fn leads_nowhere_from_the_end() {
	assert!(STEPS
		.into_iter()
		.all(|step| next(Closed, step) == Err(IllegalStep)));
}

#[test]
fn refuses_a_state_that_the_step_does_not_reach() {
	run(|| {
		active();
		let before = lease(LEASE);
		let illegal = Err(DispatchError::from(Error::<Test>::IllegalStep));
		let states = [
			// No such step from here, and a step from here into another state.
			(Finish, State::Running { deadline: 9 }),
			(Close, State::Running { deadline: 9 }),
		];
		for (step, state) in states {
			let mut changed = before.clone();
			let entered = Leases::enter(LEASE, &mut changed, step, state);
			assert_eq!(entered.map_err(DispatchError::from), illegal);
			assert_eq!(changed, before);
		}
	})
}
