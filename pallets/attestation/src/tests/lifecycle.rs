use crate::lifecycle::{next, Kind, Step};

#[test]
fn only_these_steps_are_allowed() {
	let allowed: Vec<_> = Kind::ALL
		.into_iter()
		.flat_map(|from| Step::ALL.into_iter().map(move |step| (from, step)))
		.filter_map(|(from, step)| next(from, step).map(|to| (from, step, to)))
		.collect();
	assert_eq!(
		allowed,
		vec![
			(Kind::AwaitingDraw, Step::Draw, Kind::Voting),
			(Kind::AwaitingDraw, Step::NobodyToDraw, Kind::DataChallenge),
			(Kind::AwaitingDraw, Step::Refute, Kind::Faulted),
			(Kind::Voting, Step::Quorum, Kind::Passed),
			(Kind::Voting, Step::Doubt, Kind::DataChallenge),
			(Kind::Voting, Step::Lapse, Kind::AwaitingDraw),
			(Kind::Voting, Step::Exhaust, Kind::DataChallenge),
			(Kind::Voting, Step::Refute, Kind::Faulted),
			(Kind::DataChallenge, Step::Show, Kind::Passed),
			(Kind::DataChallenge, Step::Silence, Kind::Unanswered),
			(Kind::DataChallenge, Step::Refute, Kind::Faulted),
			(Kind::Passed, Step::Doubt, Kind::DataChallenge),
			(Kind::Passed, Step::Refute, Kind::Faulted),
		]
	);
}

#[test]
fn nothing_leads_out_of_a_fault_or_an_unanswered_challenge() {
	for step in Step::ALL {
		assert_eq!(next(Kind::Faulted, step), None);
		assert_eq!(next(Kind::Unanswered, step), None);
	}
}
