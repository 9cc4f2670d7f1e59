//! One task, from its first request to a finding.

use super::job::{indices_of, provided, Provided};
use crate::offchain::{
	error::FetchError,
	evidence,
	fetch::{Fetched, Order},
	look::{Finding, Look, Manners, Next, Subject, Want},
};
use sp_core::offchain::Timestamp;
use terminal_primitives::{LeaseId, TaskId};

/// When looks begin and end here, in milliseconds.
const START: u64 = 200;
const END: u64 = 4_400;
const HOSTS: [&str; 3] = ["http://a", "http://b", "http://c"];

fn begin(job: &Provided, sample: &[u32], weights: Option<Vec<u8>>) -> (Look, Vec<(Want, Order)>) {
	begin_at(&["http://host:8080"], job, sample, weights)
}

fn begin_at(
	hosts: &[&str],
	job: &Provided,
	sample: &[u32],
	weights: Option<Vec<u8>>,
) -> (Look, Vec<(Want, Order)>) {
	let subject = Subject {
		task: TaskId(4),
		lease: LeaseId(9),
		spec: job.spec.clone(),
		job: job.job.clone(),
		sample: sample.to_vec(),
		secret: [6; 32],
	};
	let manners = Manners {
		hosts: hosts.iter().map(ToString::to_string).collect(),
		headers: vec![("x-terminal-block", "7".into())],
		start_at: Timestamp::from_unix_millis(START),
		end_by: Timestamp::from_unix_millis(END),
	};
	Look::begin(subject, manners, weights).expect("a job that can be fetched")
}

/// The answer comes at once.
fn take(look: &mut Look, want: Want, fetched: Fetched) -> Next {
	let read = fetched.as_ref().map_or(0, Vec::len);
	look.take(want, fetched, read, Timestamp::from_unix_millis(START))
}

fn named(next: Next) -> Vec<u32> {
	match next {
		Next::Found(Finding::Unavailable(named)) => named.into_inner(),
		other => panic!("expected Unavailable, found {other:?}"),
	}
}

#[test]
fn leaves_and_weights_are_asked_for_at_once() {
	let job = provided(100, &[], [3; 32]);
	let (_, orders) = begin(&job, &[1, 2], None);
	let [(Want::Leaves, leaves), (Want::Weights, weights)] = &orders[..] else {
		panic!("two orders");
	};
	assert!(leaves
		.url
		.starts_with("http://host:8080/v1/leases/9/leaves?indices="));
	let asked = indices_of(&leaves.url).expect("leaves");
	assert_eq!(asked.len(), 10);
	assert!(asked.contains(&1) && asked.contains(&2));
	assert_eq!(weights.url, "http://host:8080/v1/leases/9/weights");
	assert_eq!(weights.most_bytes, job.weights.len());
	assert_eq!(leaves.headers, [("x-terminal-block", "7".to_string())]);
	// Known weights are not asked for again.
	assert_eq!(begin(&job, &[1, 2], Some(job.weights.clone())).1.len(), 1);
}

#[test]
fn everything_correct_is_a_pass_in_either_order() {
	let job = provided(100, &[], [3; 32]);
	for weights_first in [false, true] {
		let (mut look, orders) = begin(&job, &[1, 2], None);
		let body = job.answer(&orders[0].1.url);
		let (first, second) = if weights_first {
			((Want::Weights, job.weights.clone()), (Want::Leaves, body))
		} else {
			((Want::Leaves, body), (Want::Weights, job.weights.clone()))
		};
		assert_eq!(take(&mut look, first.0, Ok(first.1)), Next::Wait);
		assert_eq!(
			take(&mut look, second.0, Ok(second.1)),
			Next::Found(Finding::Pass)
		);
		assert_eq!(look.learned_weights(), Some(&job.weights[..]));
	}
}

#[test]
fn a_wrong_output_is_a_fail_with_its_proof() {
	let job = provided(100, &[2], [3; 32]);
	let (mut look, orders) = begin(&job, &[1, 2], Some(job.weights.clone()));
	let Next::Found(Finding::Fail(proof)) =
		take(&mut look, Want::Leaves, Ok(job.answer(&orders[0].1.url)))
	else {
		panic!("a wrong leaf was shown");
	};
	assert_eq!((proof.task, proof.leaf), (TaskId(4), job.leaf(2)));
	assert_eq!(proof.weights.into_inner(), job.weights);
	// Weights from the cache are nothing new.
	assert_eq!(look.learned_weights(), None);
}

#[test]
fn silence_names_some_of_what_was_asked() {
	let job = provided(100, &[], [3; 32]);
	for (want, error) in [
		(Want::Leaves, FetchError::TooSlow),
		(Want::Weights, FetchError::Status(302)),
	] {
		let (mut look, orders) = begin(&job, &[1, 2], None);
		let asked = indices_of(&orders[0].1.url).expect("leaves");
		let named = named(take(&mut look, want, Err(error)));
		assert_eq!(named.len(), 10);
		assert!(named.iter().all(|index| asked.contains(index)));
	}
}

#[test]
fn a_portion_that_is_refused_takes_the_later_ones_with_it() {
	let mut job = provided(100, &[], [3; 32]);
	job.spec.output_bytes = 60_000;
	job.job.output_bytes = 60_000;
	let sample: Vec<u32> = (0..64).collect();
	let (mut look, orders) = begin(&job, &sample, Some(job.weights.clone()));
	let asked = indices_of(&orders[0].1.url).expect("leaves");
	assert!(asked.iter().all(|index| *index < 64));
	// The member's own leaves are those beyond the sample: all in portions that were never asked for.
	let named = named(take(&mut look, Want::Leaves, Err(FetchError::TooSlow)));
	let own = named.iter().filter(|index| **index >= 64).count();
	assert_eq!((named.len(), own), (10, 8));
}

#[test]
fn selective_silence_names_what_is_missing() {
	let job = provided(100, &[1], [3; 32]);
	let (mut look, orders) = begin(&job, &[1, 2], Some(job.weights.clone()));
	let mut shown = indices_of(&orders[0].1.url).expect("leaves");
	shown.retain(|index| *index != 1);
	assert_eq!(
		named(take(&mut look, Want::Leaves, Ok(job.body(&shown)))),
		[1]
	);
}

#[test]
fn other_weights_are_as_good_as_none() {
	let job = provided(100, &[], [3; 32]);
	let (mut look, _) = begin(&job, &[1, 2], None);
	let mut altered = job.weights.clone();
	altered[10] ^= 1;
	assert_eq!(named(take(&mut look, Want::Weights, Ok(altered))).len(), 10);
	assert_eq!(look.learned_weights(), None);
}

#[test]
fn large_jobs_are_asked_for_in_portions() {
	let mut job = provided(100, &[70], [3; 32]);
	// Promise long outputs, so that few leaves fit into a portion.
	job.spec.output_bytes = 60_000;
	job.job.output_bytes = 60_000;
	let sample: Vec<u32> = (0..64).collect();
	let (mut look, orders) = begin(&job, &sample, Some(job.weights.clone()));
	let (mut order, mut asked) = (orders[0].1.clone(), Vec::new());
	let found = loop {
		let indices = indices_of(&order.url).expect("leaves");
		assert!(indices.len() <= 4 && order.most_bytes <= 256 * 1024 + 5);
		asked.extend(indices);
		match take(&mut look, Want::Leaves, Ok(job.answer(&order.url))) {
			Next::Ask(_, next) => order = next,
			Next::Found(found) => break found,
			Next::Wait => panic!("nothing to wait for"),
		}
	};
	let expected = if asked.contains(&70) {
		None
	} else {
		Some(Finding::Pass)
	};
	assert_eq!(expected.is_none(), matches!(found, Finding::Fail(_)));
	assert!(asked.windows(2).all(|pair| pair[0] < pair[1]));
}

/// The order that `next` asks for, with what it is for.
fn asked(next: Next) -> (Want, Order) {
	match next {
		Next::Ask(want, order) => (want, order),
		other => panic!("expected a request, found {other:?}"),
	}
}

#[test]
fn a_dead_host_is_followed_by_the_next_one_for_all_of_it() {
	let job = provided(100, &[], [3; 32]);
	let (mut look, orders) = begin_at(&HOSTS, &job, &[1, 2], None);
	for (want, first) in orders {
		let (again, second) = asked(take(&mut look, want, Err(FetchError::Broken)));
		assert_eq!(again, want);
		assert_eq!(second.url, first.url.replace("http://a/", "http://b/"));
		assert_eq!(second.most_bytes, first.most_bytes);
		let waits = take(&mut look, want, Ok(job.answer(&second.url)));
		let over = want == Want::Weights;
		assert_eq!(waits == Next::Found(Finding::Pass), over, "{waits:?}");
	}
}

#[test]
fn what_several_hosts_show_adds_up() {
	let job = provided(100, &[], [3; 32]);
	let (mut look, orders) = begin_at(&HOSTS, &job, &[1, 2], Some(job.weights.clone()));
	let mut wanted = indices_of(&orders[0].1.url).expect("leaves");
	for (host, shows) in [("http://b/", 4), ("http://c/", 5)] {
		let (shown, kept) = wanted.split_at(shows);
		let next = take(&mut look, Want::Leaves, Ok(job.body(shown)));
		let (_, order) = asked(next);
		assert!(order.url.starts_with(host));
		wanted = kept.to_vec();
		assert_eq!(indices_of(&order.url).as_ref(), Some(&wanted));
	}
	let last = take(&mut look, Want::Leaves, Ok(job.body(&wanted)));
	assert_eq!(last, Next::Found(Finding::Pass));
}

#[test]
fn missing_is_only_what_no_host_showed() {
	let job = provided(100, &[], [3; 32]);
	let (mut look, orders) = begin_at(&HOSTS, &job, &[1, 2], Some(job.weights.clone()));
	let wanted = indices_of(&orders[0].1.url).expect("leaves");
	let but = |left_out: &[u32]| {
		let shown = wanted.iter().filter(|index| !left_out.contains(index));
		job.body(&shown.copied().collect::<Vec<_>>())
	};
	asked(take(&mut look, Want::Leaves, Ok(but(&wanted[2..5]))));
	// Leaves that were not asked for, the only ones shown, count for nothing.
	asked(take(&mut look, Want::Leaves, Ok(but(&wanted[2..5]))));
	let found = take(&mut look, Want::Leaves, Ok(job.body(&wanted[3..4])));
	assert_eq!(named(found), [wanted[2], wanted[4]]);
}

#[test]
fn a_wrong_output_of_any_host_is_a_fail() {
	let job = provided(100, &[2], [3; 32]);
	let (mut look, _) = begin_at(&HOSTS, &job, &[1, 2], Some(job.weights.clone()));
	asked(take(&mut look, Want::Leaves, Err(FetchError::TooSlow)));
	let found = take(&mut look, Want::Leaves, Ok(job.body(&[2])));
	assert!(matches!(found, Next::Found(Finding::Fail(_))));
}

#[test]
fn weights_of_another_host_are_as_good() {
	let job = provided(100, &[], [3; 32]);
	let (mut look, orders) = begin_at(&HOSTS, &job, &[1, 2], None);
	assert_eq!(
		take(&mut look, Want::Leaves, Ok(job.answer(&orders[0].1.url))),
		Next::Wait
	);
	let altered: Vec<u8> = job.weights.iter().map(|byte| byte ^ 1).collect();
	for host in ["http://b/", "http://c/"] {
		let (want, order) = asked(take(&mut look, Want::Weights, Ok(altered.clone())));
		assert!(want == Want::Weights && order.url.starts_with(host));
	}
	assert_eq!(
		take(&mut look, Want::Weights, Ok(job.weights.clone())),
		Next::Found(Finding::Pass)
	);
	assert_eq!(look.learned_weights(), Some(&job.weights[..]));
}

#[test]
fn the_time_left_is_shared_out_among_the_hosts_not_given_up() {
	let job = provided(100, &[], [3; 32]);
	let ends = |hosts: &[&str]| {
		let (mut look, orders) = begin_at(hosts, &job, &[1, 2], Some(job.weights.clone()));
		let mut ends = vec![orders[0].1.end_by];
		loop {
			let now = *ends.last().expect("one at least");
			match look.take(Want::Leaves, Err(FetchError::TooSlow), 0, now) {
				Next::Ask(_, order) => ends.push(order.end_by),
				Next::Found(_) => {
					return ends.iter().map(Timestamp::unix_millis).collect::<Vec<_>>()
				},
				Next::Wait => panic!("nothing to wait for"),
			}
		}
	};
	assert_eq!(ends(&HOSTS[..1]), [END]);
	assert_eq!(ends(&HOSTS[..2]), [START + 2_100, END]);
	assert_eq!(ends(&HOSTS), [START + 1_400, START + 2_800, END]);
}

/// How a look ends at which the hosts that `show` says so show as many leaves of each portion as it says,
/// and fill up what they may send with rubbish; and how many bytes were read.
fn amid_rubbish(job: &Provided, show: impl Fn(&str) -> Option<usize>) -> (Finding, usize) {
	let sample: Vec<u32> = (0..64).collect();
	let (mut look, mut orders) = begin_at(&HOSTS, job, &sample, None);
	let mut read = 0;
	while let Some((want, order)) = orders.pop() {
		let body = match (show(&order.url), indices_of(&order.url)) {
			(None, _) => job.answer(&order.url),
			(Some(shown), indices) => {
				let mut body = indices.map_or_else(Vec::new, |all| job.body(&all[..shown]));
				body.resize(order.most_bytes, 0xff);
				body
			},
		};
		read += body.len();
		match take(&mut look, want, Ok(body)) {
			Next::Wait => (),
			Next::Ask(want, order) => orders.push((want, order)),
			Next::Found(finding) => return (finding, read),
		}
	}
	panic!("a look ends with a finding");
}

/// The most that an honest host sends for a look at 72 leaves.
fn need(job: &Provided) -> usize {
	let leaf = evidence::leaf_bound(&job.spec).expect("short leaves");
	evidence::body_bound(72, leaf) + job.weights.len()
}

#[test]
fn there_is_room_for_a_small_job_after_two_hosts_of_rubbish() {
	let job = provided(100, &[], [3; 32]);
	let bad = |url: &str| (!url.starts_with("http://c/")).then_some(0);
	let (found, read) = amid_rubbish(&job, bad);
	assert_eq!(found, Finding::Pass);
	assert!(read <= 3 * need(&job));
}

#[test]
fn three_hosts_of_rubbish_cost_a_portion_more_than_one() {
	let mut job = provided(100, &[], [3; 32]);
	job.spec.output_bytes = 60_000;
	job.job.output_bytes = 60_000;
	// One leaf of each portion is shown, so that nobody's turn ends early.
	for shown in [0, 1] {
		let (found, read) = amid_rubbish(&job, |url| url.contains("/leaves?").then_some(shown));
		assert!(matches!(found, Finding::Unavailable(_)));
		let most = need(&job) + evidence::PORTION_BYTES + 18 * 5;
		assert!(read <= most, "{read} of {most} bytes");
		// Control: were each host allowed what one may send, it would be more.
		assert!(shown == 0 || read > need(&job));
	}
}

#[test]
fn hosts_that_never_end_are_asked_a_bounded_number_of_times() {
	let mut job = provided(100, &[], [3; 32]);
	job.spec.output_bytes = 60_000;
	job.job.output_bytes = 60_000;
	let sample: Vec<u32> = (0..64).collect();
	let (mut look, orders) = begin_at(&HOSTS, &job, &sample, Some(job.weights.clone()));
	// Each shows one leaf of every portion, so that its turn goes on.
	let (mut order, mut requests) = (orders[0].1.clone(), 1);
	loop {
		let indices = indices_of(&order.url).expect("leaves");
		match take(&mut look, Want::Leaves, Ok(job.body(&indices[..1]))) {
			Next::Ask(_, next) => (order, requests) = (next, requests + 1),
			Next::Found(_) => break,
			Next::Wait => panic!("nothing to wait for"),
		}
	}
	// 72 leaves in portions of four, then the 54, then the 40 that are left.
	assert_eq!(requests, 18 + 14 + 10);
}
