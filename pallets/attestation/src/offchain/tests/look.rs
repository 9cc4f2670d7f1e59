//! One task, from its first request to a finding.

use super::job::{indices_of, provided, Provided};
use crate::offchain::{
	error::FetchError,
	fetch::Order,
	look::{Finding, Look, Manners, Next, Subject, Want},
};
use sp_core::offchain::Timestamp;
use terminal_primitives::{LeaseId, TaskId};

fn begin(job: &Provided, sample: &[u32], weights: Option<Vec<u8>>) -> (Look, Vec<(Want, Order)>) {
	let subject = Subject {
		task: TaskId(4),
		lease: LeaseId(9),
		spec: job.spec.clone(),
		job: job.job.clone(),
		sample: sample.to_vec(),
		secret: [6; 32],
	};
	let manners = Manners {
		endpoint: "http://host:8080".into(),
		headers: vec![("x-terminal-block", "7".into())],
		start_at: Timestamp::from_unix_millis(5),
		end_by: Timestamp::from_unix_millis(50),
	};
	Look::begin(subject, manners, weights).expect("a job that can be fetched")
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
		assert_eq!(look.take(first.0, Ok(first.1)), Next::Wait);
		assert_eq!(
			look.take(second.0, Ok(second.1)),
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
		look.take(Want::Leaves, Ok(job.answer(&orders[0].1.url)))
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
		let named = named(look.take(want, Err(error)));
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
	let named = named(look.take(Want::Leaves, Err(FetchError::TooSlow)));
	let own = named.iter().filter(|index| **index >= 64).count();
	assert_eq!((named.len(), own), (10, 8));
}

#[test]
fn selective_silence_names_what_is_missing() {
	let job = provided(100, &[1], [3; 32]);
	let (mut look, orders) = begin(&job, &[1, 2], Some(job.weights.clone()));
	let mut shown = indices_of(&orders[0].1.url).expect("leaves");
	shown.retain(|index| *index != 1);
	assert_eq!(named(look.take(Want::Leaves, Ok(job.body(&shown)))), [1]);
}

#[test]
fn other_weights_are_as_good_as_none() {
	let job = provided(100, &[], [3; 32]);
	let (mut look, _) = begin(&job, &[1, 2], None);
	let mut altered = job.weights.clone();
	altered[10] ^= 1;
	assert_eq!(named(look.take(Want::Weights, Ok(altered))).len(), 10);
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
		match look.take(Want::Leaves, Ok(job.answer(&order.url))) {
			Next::Ask(next) => order = next,
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
