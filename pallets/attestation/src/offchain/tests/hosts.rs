//! A machine with several hosts, some of them dead or hostile: whole runs of the worker.

use super::{
	host::*,
	job::{provided, Provided},
	run::{honest, outcomes, Scene},
};
use crate::{offchain::Report, types::Outcome};
use parking_lot::Mutex;

const HOSTS: [&str; 3] = ["http://a", "http://b:1", "https://c"];
const PASSED: Report = Report {
	looked: 1,
	voted: 1,
};

/// One task on a machine with the first `count` of [`HOSTS`]. Of these, the first `bad` that are asked
/// behave by `how`, and the others are honest.
fn scene(
	count: usize,
	bad: usize,
	how: impl Fn(&Provided, &str) -> Behaviour + Send + Sync + 'static,
) -> Scene {
	let (mut scene, _) = honest();
	scene.hosts(&HOSTS[..count]);
	let served = provided(100, &[], scene.context(0));
	let met = Mutex::new(Vec::new());
	scene.world.tell(move |url| {
		let (host, _) = url.split_once("/v1/").expect("a path of the daemon");
		let mut met = met.lock();
		if !met.contains(&host.to_string()) {
			met.push(host.to_string());
		}
		match met.iter().position(|known| known == host) {
			Some(place) if place < bad => how(&served, url),
			_ => answers(&served.answer(url)),
		}
	});
	scene
}

fn host_of(asked: &Asked) -> &str {
	asked.url.split_once("/v1/").expect("a path").0
}

/// The hosts that were asked, each once, in this order.
fn hosts_of(asked: &[Asked]) -> Vec<&str> {
	let mut hosts: Vec<&str> = asked.iter().map(host_of).collect();
	hosts.dedup();
	hosts
}

/// Everything passes in the first run, after so many milliseconds at most.
fn passes_within(millis: u64, mut scene: Scene) {
	assert_eq!(scene.run(6), Ok(PASSED));
	let sent = scene.sent();
	assert_eq!(outcomes(&sent), [(0, Outcome::Pass)]);
	assert!(sent[0].at <= millis, "{} ms", sent[0].at);
	// Jitter, and the time until the last answer was awaited.
	assert!(scene.world.elapsed() <= millis);
}

#[test]
fn one_host_is_enough_while_it_is_good() {
	let mut scene = scene(3, 0, |_, _| Behaviour::Refused);
	assert_eq!(scene.run(6), Ok(PASSED));
	let asked = scene.world.take_asked();
	assert_eq!((asked.len(), hosts_of(&asked).len()), (2, 1));
}

#[test]
fn dead_hosts_delay_the_verdict_by_nothing_or_by_their_share() {
	for bad in [1, 2] {
		passes_within(450, scene(3, bad, |_, _| Behaviour::Refused));
		passes_within(500, scene(3, bad, |_, _| Behaviour::Breaks { after: 20 }));
		let share = 1_400 * bad as u64;
		passes_within(share + 500, scene(3, bad, |_, _| Behaviour::Silent));
	}
	passes_within(2_600, scene(2, 1, |_, _| Behaviour::Silent));
}

#[test]
fn hostile_hosts_do_not_spoil_what_the_others_show() {
	for bad in [1, 2] {
		// Rubbish of the right length, an error page, nothing at all.
		passes_within(
			600,
			scene(3, bad, |job, url| answers(&vec![7; job.answer(url).len()])),
		);
		passes_within(600, scene(3, bad, |_, _| answers(b"<html>sold</html>")));
		passes_within(600, scene(3, bad, |_, _| answers(b"")));
		// A redirect, a body without end, a body that drips.
		let redirect = |_: &Provided, _: &str| {
			Behaviour::Answers(Answer {
				status: 302,
				..good(Vec::new())
			})
		};
		passes_within(600, scene(3, bad, redirect));
		let flood = |_: &Provided, _: &str| {
			Behaviour::Answers(Answer {
				headers: Vec::new(),
				..good(vec![0; 1_000_000])
			})
		};
		passes_within(600, scene(3, bad, flood));
		let drip = |job: &Provided, url: &str| {
			Behaviour::Answers(Answer {
				ms_per_byte: 1_000,
				..good(job.answer(url))
			})
		};
		passes_within(1_400 * bad as u64 + 600, scene(3, bad, drip));
	}
}

#[test]
fn weights_and_leaves_may_come_from_different_hosts() {
	let no_leaves = |job: &Provided, url: &str| match url.contains("/leaves?") {
		true => Behaviour::Refused,
		false => answers(&job.weights),
	};
	let mut scene = scene(2, 1, no_leaves);
	assert_eq!(scene.run(6), Ok(PASSED));
	let asked = scene.world.take_asked();
	let weights = asked.iter().filter(|one| one.url.ends_with("/weights"));
	assert_eq!(weights.count(), 1);
}

#[test]
fn hosts_that_are_all_silent_cost_no_more_than_a_run_and_are_told_at_the_second_look() {
	let mut scene = scene(3, 3, |_, _| Behaviour::Silent);
	let mut firsts = Vec::new();
	for (block, votes) in [(6, 0), (8, 1)] {
		scene.world.pass_time(10_000);
		let begun = scene.world.elapsed();
		let report = scene.run(block).expect("a run");
		assert_eq!((report.looked, report.voted), (1, votes));
		let took = scene.world.elapsed() - begun;
		assert!((4_400..=4_600).contains(&took), "{took} ms");
		let asked = scene.world.take_asked();
		// Leaves and weights of each, two at a time.
		assert_eq!(asked.len(), 6);
		assert!(asked[2].at >= asked[0].at + 1_350);
		assert_eq!(hosts_of(&asked).len(), 3);
		firsts.push(host_of(&asked[0]).to_string());
	}
	assert_ne!(firsts[0], firsts[1]);
	let [(0, Outcome::Unavailable(named))] = &outcomes(&scene.sent())[..] else {
		panic!("one vote");
	};
	assert_eq!(named.len(), 10);
}

#[test]
fn the_second_look_begins_with_another_host() {
	let mut scene = scene(2, 2, |_, _| Behaviour::Breaks { after: 10 });
	assert_eq!(
		scene.run(6),
		Ok(Report {
			looked: 1,
			voted: 0
		})
	);
	let first = host_of(&scene.world.take_asked()[0]).to_string();
	// Now the other one is good again; asked first, the silent one would cost two seconds.
	let served = provided(100, &[], scene.context(0));
	scene
		.world
		.tell(move |url| match url.starts_with(first.as_str()) {
			true => Behaviour::Silent,
			false => answers(&served.answer(url)),
		});
	scene.world.pass_time(10_000);
	let begun = scene.world.elapsed();
	assert_eq!(scene.run(8), Ok(PASSED));
	assert!(scene.world.elapsed() - begun <= 450);
}
