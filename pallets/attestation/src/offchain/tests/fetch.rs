//! The event loop against every kind of host.

use super::host::*;
use crate::offchain::{
	error::FetchError,
	fetch::{announced_length, Arrival, Fetched, Fetches, Order},
};
use sp_core::offchain::Timestamp;

fn order(url: &str, most_bytes: usize) -> Order {
	Order {
		url: url.into(),
		headers: vec![("x-terminal-block", "7".into())],
		most_bytes,
		start_at: Timestamp::from_unix_millis(BEGIN),
		end_by: Timestamp::from_unix_millis(BEGIN + 4_500),
	}
}

/// Each request's outcome, with the time when it was known.
fn outcomes(world: &World, orders: Vec<Order>) -> Vec<(usize, Fetched, u64)> {
	let all = arrivals(world, orders).into_iter();
	all.map(|(arrival, at)| (arrival.token, arrival.fetched, at))
		.collect()
}

/// What came of each request, with the time when it was known.
fn arrivals(world: &World, orders: Vec<Order>) -> Vec<(Arrival<usize>, u64)> {
	world.execute(|| {
		let mut fetches = Fetches::new();
		for (token, order) in orders.into_iter().enumerate() {
			fetches.add(token, order);
		}
		let mut all = Vec::new();
		while !fetches.is_empty() {
			let done = fetches.arrivals(Timestamp::from_unix_millis(u64::MAX));
			let at = world.elapsed();
			all.extend(done.into_iter().map(|arrival| (arrival, at)));
		}
		all
	})
}

/// The outcome of one host, asked beside a good one, which must not be delayed by it.
fn beside_a_good_one(odd: Behaviour) -> (Fetched, u64) {
	let world = World::new(move |url| match url {
		"http://good" => answers(b"evidence"),
		_ => odd.clone(),
	});
	let all = outcomes(
		&world,
		vec![order("http://odd", 100), order("http://good", 100)],
	);
	let good = all.iter().find(|(token, ..)| *token == 1).expect("known");
	assert_eq!(good.1, Ok(b"evidence".to_vec()));
	assert!(good.2 <= 120, "the good one came after {} ms", good.2);
	let odd = all.iter().find(|(token, ..)| *token == 0).expect("known");
	(odd.1.clone(), odd.2)
}

#[test]
fn a_good_host_is_read() {
	assert_eq!(beside_a_good_one(answers(b"x")).0, Ok(b"x".to_vec()));
	assert_eq!(beside_a_good_one(answers(b"")).0, Ok(Vec::new()));
}

#[test]
fn whoever_waits_can_be_woken_before_anything_is_done() {
	let world = World::new(|_| Behaviour::Silent);
	world.execute(|| {
		let mut fetches = Fetches::new();
		fetches.add(0, order("http://silent", 100));
		let done = fetches.arrivals(Timestamp::from_unix_millis(BEGIN + 700));
		assert!(done.is_empty() && !fetches.is_empty());
		assert!((700..=750).contains(&world.elapsed()));
	})
}

#[test]
fn a_silent_host_is_left_after_two_seconds() {
	let (fetched, at) = beside_a_good_one(Behaviour::Silent);
	assert_eq!(fetched, Err(FetchError::TooSlow));
	assert!((2_000..=2_050).contains(&at), "{at}");
}

#[test]
fn a_dripping_host_is_left_after_four_seconds() {
	let drip = Answer {
		ms_per_byte: 1_000,
		..good(vec![0; 60])
	};
	let (fetched, at) = beside_a_good_one(Behaviour::Answers(drip));
	assert_eq!(fetched, Err(FetchError::TooSlow));
	assert!((4_000..=4_060).contains(&at), "{at}");
}

#[test]
fn late_headers_and_a_slow_body_are_taken_within_the_deadlines() {
	let slow = Answer {
		after: 1_900,
		ms_per_byte: 30,
		..good(vec![7; 60])
	};
	assert_eq!(
		beside_a_good_one(Behaviour::Answers(slow)).0,
		Ok(vec![7; 60])
	);
}

#[test]
fn a_body_without_length_is_not_read() {
	let endless = Answer {
		headers: Vec::new(),
		..good(vec![0; 1_000_000])
	};
	let (fetched, at) = beside_a_good_one(Behaviour::Answers(endless));
	assert_eq!((fetched, at <= 120), (Err(FetchError::Length), true));
}

#[test]
fn lengths_must_be_exact() {
	let with = |length: &str, body: usize| Answer {
		headers: vec![("content-length", length.into())],
		..good(vec![0; body])
	};
	for (length, body) in [
		("101", 101),
		("10", 8),
		("10", 12),
		("10, 10", 10),
		("-1", 1),
		("", 0),
	] {
		let fetched = beside_a_good_one(Behaviour::Answers(with(length, body))).0;
		assert_eq!(fetched, Err(FetchError::Length), "{length:?} for {body}");
	}
	assert!(beside_a_good_one(Behaviour::Answers(with("100", 100)))
		.0
		.is_ok());
}

#[test]
fn redirects_and_errors_are_no_evidence() {
	for status in [204, 301, 302, 307, 401, 404, 429, 500] {
		let answer = Answer {
			status,
			..good(b"evidence".to_vec())
		};
		let fetched = beside_a_good_one(Behaviour::Answers(answer)).0;
		assert_eq!(fetched, Err(FetchError::Status(status)));
	}
}

#[test]
fn broken_connections_are_told_apart_from_slow_ones() {
	assert_eq!(
		beside_a_good_one(Behaviour::Refused).0,
		Err(FetchError::Refused)
	);
	let (fetched, at) = beside_a_good_one(Behaviour::Breaks { after: 30 });
	assert_eq!((fetched, at <= 120), (Err(FetchError::Broken), true));
	let cut = Answer {
		breaks: true,
		..good(b"evidence".to_vec())
	};
	assert_eq!(
		beside_a_good_one(Behaviour::Answers(cut)).0,
		Err(FetchError::Broken)
	);
}

#[test]
fn what_was_read_is_told_also_of_a_body_that_is_not_had() {
	let read_of = |host: Behaviour| {
		let world = World::new(move |_| host.clone());
		let all = arrivals(&world, vec![order("http://host", 100)]);
		(all[0].0.fetched.is_ok(), all[0].0.read)
	};
	let of = |answer: Answer| read_of(Behaviour::Answers(answer));
	assert_eq!(of(good(vec![0; 60])), (true, 60));
	assert_eq!(read_of(Behaviour::Silent), (false, 0));
	let error = Answer {
		status: 500,
		..good(vec![0; 60])
	};
	assert_eq!(of(error), (false, 0));
	// Longer than can be needed: not a byte of it is read.
	assert_eq!(of(good(vec![0; 101])), (false, 0));
	let cut = Answer {
		breaks: true,
		..good(vec![0; 60])
	};
	assert_eq!(of(cut), (false, 60));
	let drip = Answer {
		ms_per_byte: 1_000,
		..good(vec![0; 60])
	};
	assert_eq!(of(drip), (false, 3));
	let headers = vec![("content-length", "60".to_string())];
	let too_much = Answer {
		headers,
		..good(vec![0; 90])
	};
	assert_eq!(of(too_much), (false, 90));
}

#[test]
fn all_requests_are_in_flight_together() {
	let world = World::new(|_| {
		Behaviour::Answers(Answer {
			after: 1_000,
			..good(vec![1; 50])
		})
	});
	let all = outcomes(&world, (0..128).map(|_| order("http://host", 50)).collect());
	assert!(all.iter().all(|(_, fetched, _)| fetched.is_ok()));
	assert_eq!(all.len(), 128);
	assert!(world.elapsed() < 1_200, "{} ms", world.elapsed());
}

#[test]
fn the_end_of_the_run_is_the_end_of_every_request() {
	let world = World::new(|_| {
		Behaviour::Answers(Answer {
			ms_per_byte: 100,
			..good(vec![1; 50])
		})
	});
	let mut late = order("http://host", 50);
	late.start_at = Timestamp::from_unix_millis(BEGIN + 3_000);
	let all = outcomes(&world, vec![late]);
	assert_eq!(all[0].1, Err(FetchError::TooSlow));
	assert!((4_500..=4_560).contains(&all[0].2), "{}", all[0].2);
}

#[test]
fn encodings_hide_lengths_and_are_refused() {
	let header = |name: &str, value: &str| (name.as_bytes().to_vec(), value.as_bytes().to_vec());
	let length = header("Content-Length", "5");
	assert_eq!(announced_length(std::slice::from_ref(&length)), Some(5));
	assert_eq!(
		announced_length(&[length.clone(), header("Content-Encoding", "Identity")]),
		Some(5)
	);
	assert_eq!(
		announced_length(&[length.clone(), header("content-encoding", "gzip")]),
		None
	);
	assert_eq!(
		announced_length(&[length.clone(), header("Transfer-Encoding", "chunked")]),
		None
	);
	assert_eq!(announced_length(&[length.clone(), length]), None);
	assert_eq!(announced_length(&[]), None);
	for odd in ["", " 5", "5 ", "+5", "0x5", "99999999999", "٥"] {
		assert_eq!(
			announced_length(&[header("content-length", odd)]),
			None,
			"{odd:?}"
		);
	}
}
