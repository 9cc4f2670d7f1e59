//! Hosts that are slow, long or false, beside one that is good.

use super::{server::*, *};
use std::time::Instant;

#[test]
fn a_good_host_is_read_to_the_end() {
	let (mut run, server) = (local_run(), Server::start(good));
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
	let headers = run.requests.headers(id);
	assert!(headers.contains(&(b"x-kind".to_vec(), b"good".to_vec())));
	assert_eq!(run.body(id, 1000), Ok(b"evidence".to_vec()));
	// The end makes the request unknown.
	assert_eq!(run.status(id, 10), HttpRequestStatus::Invalid);
}

#[test]
fn a_silent_host_delays_nobody() {
	let (mut run, silent, quick) = (
		local_run(),
		Server::start(never_answers),
		Server::start(good),
	);
	let begun = Instant::now();
	let (slow, fast) = (run.get(&silent.uri("/")), run.get(&quick.uri("/")));
	assert_eq!(run.status(fast, 500), HttpRequestStatus::Finished(200));
	assert_eq!(run.body(fast, 500), Ok(b"evidence".to_vec()));
	assert_eq!(run.status(slow, 50), HttpRequestStatus::DeadlineReached);
	assert!(begun.elapsed() < Duration::from_millis(550));
	// The node's own limit ends it even for a runtime that would wait for ever.
	assert_eq!(
		run.requests.wait(&[slow], None),
		[HttpRequestStatus::IoError]
	);
	assert!(begun.elapsed() < Duration::from_millis(1200));
	assert!(silent.all_closed_within(Duration::from_secs(2)));
}

#[test]
fn dripping_headers_end_in_time() {
	let (mut run, server) = (local_run(), Server::start(drips_headers));
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 2000), HttpRequestStatus::IoError);
}

#[test]
fn a_dripping_body_ends_in_time() {
	let (mut run, server) = (local_run(), Server::start(drips_body));
	let begun = Instant::now();
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
	// A deadline of the runtime leaves the request as it is …
	assert!(matches!(
		run.body(id, 300),
		Err((HttpError::DeadlineReached, 1..=3))
	));
	// … the node's ends it.
	assert!(matches!(
		run.body(id, 5000),
		Err((HttpError::IoError, 1..=9))
	));
	assert!(begun.elapsed() < Duration::from_millis(2500));
	assert!(server.all_closed_within(Duration::from_secs(2)));
}

#[test]
fn a_body_without_length_is_capped() {
	for behaviour in [floods as Behaviour, floods_chunks] {
		let (mut run, server) = (local_run(), Server::start(behaviour));
		let id = run.get(&server.uri("/"));
		assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
		let Err((HttpError::IoError, read)) = run.body(id, 5000) else {
			panic!("a flood must not end well");
		};
		assert!(read <= 300_000, "{read} bytes");
		assert!(server.all_closed_within(Duration::from_secs(2)));
	}
}

#[test]
fn a_flood_that_nobody_reads_is_not_buffered() {
	let (mut run, server) = (local_run(), Server::start(floods));
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
	std::thread::sleep(Duration::from_millis(1600));
	// What waits is at most the pieces of the channel; then comes the cut, never an end.
	let Err((HttpError::IoError, read)) = run.body(id, 1000) else {
		panic!("a cut body must not look whole");
	};
	assert!(read <= 4 * 64 * 1024, "{read} bytes");
}

#[test]
fn an_announced_gigabyte_is_refused_at_once() {
	let (mut run, server) = (local_run(), Server::start(announces_a_gigabyte));
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 500), HttpRequestStatus::IoError);
}

#[test]
fn a_body_that_ends_early_is_an_error() {
	let (mut run, server) = (local_run(), Server::start(ends_early));
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
	assert_eq!(run.body(id, 1000), Err((HttpError::IoError, 5)));
}

#[test]
fn headers_are_capped() {
	for behaviour in [floods_headers as Behaviour, long_header] {
		let (mut run, server) = (local_run(), Server::start(behaviour));
		let id = run.get(&server.uri("/"));
		assert_eq!(run.status(id, 1000), HttpRequestStatus::IoError);
	}
}

#[test]
fn what_is_open_ends_with_the_run() {
	let (mut run, server) = (local_run(), Server::start(never_answers));
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 200), HttpRequestStatus::DeadlineReached);
	assert_eq!(server.connections(), 1);
	drop(run.requests);
	assert!(server.all_closed_within(Duration::from_millis(300)));
}

#[test]
fn what_was_given_up_is_not_open_any_more() {
	// With the time after which it was noticed, shorter than what the node's own limits would take.
	let silent = (never_answers as Behaviour, false, 300);
	for (behaviour, has_head, noticed) in [silent, (drips_body, true, 1_000)] {
		let (mut run, server) = (local_run(), Server::start(behaviour));
		let uri = server.uri("/");
		let id = run.requests.start("GET", &uri).expect("allowed");
		let sent = run.requests.write_body(id, &[], within(300));
		assert_eq!(sent, Ok(()));
		let answered = matches!(run.status(id, 250), HttpRequestStatus::Finished(200));
		assert_eq!(answered, has_head);
		assert_eq!(server.connections(), 1);
		// Without another word of the runtime.
		assert!(server.all_closed_within(Duration::from_millis(noticed)));
		// Who asks all the same is told at once, even one that would wait for ever.
		assert_eq!(
			run.requests.read_body(id, &mut [0; 8], None).is_ok(),
			has_head
		);
	}
}

#[test]
fn requests_are_counted_per_run() {
	let limits = Limits {
		requests_per_run: 2,
		..short_limits()
	};
	let mut run = run_with(
		Policy {
			allow_private: true,
			limits,
		},
		Arc::new(SystemNames),
	);
	assert!(run.requests.start("GET", "http://127.0.0.1:8080/").is_ok());
	assert!(run.requests.start("GET", "http://127.0.0.1:8080/").is_ok());
	assert_eq!(run.requests.start("GET", "http://127.0.0.1:8080/"), Err(()));
}

#[test]
fn a_request_is_written_in_its_order() {
	let (mut run, server) = (local_run(), Server::start(good));
	let id = run
		.requests
		.start("POST", &server.uri("/"))
		.expect("allowed");
	assert_eq!(run.requests.add_header(id, "x-terminal-block", "7"), Ok(()));
	assert_eq!(run.requests.add_header(id, "bad name", "7"), Err(()));
	assert_eq!(run.requests.add_header(id, "x-name", "bad\nvalue"), Err(()));
	assert_eq!(run.requests.write_body(id, b"body", None), Ok(()));
	assert_eq!(run.requests.add_header(id, "x-late", "7"), Err(()));
	assert_eq!(run.requests.write_body(id, &[], None), Ok(()));
	assert_eq!(
		run.requests.write_body(id, b"more", None),
		Err(HttpError::Invalid)
	);
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
	let unknown = HttpRequestId(u16::MAX);
	assert_eq!(run.status(unknown, 10), HttpRequestStatus::Invalid);
	assert_eq!(
		run.requests.read_body(unknown, &mut [0; 8], None),
		Err(HttpError::Invalid)
	);
}
