//! Where requests may go: names, addresses, redirects.

use super::{server::*, *};
use std::{
	io::Write,
	sync::atomic::{AtomicUsize, Ordering},
};

fn told(names: &[(&'static str, &[&str])]) -> Arc<dyn NameSource> {
	let parse = |ips: &[&str]| {
		ips.iter()
			.map(|ip| ip.parse().expect("an address"))
			.collect()
	};
	Arc::new(ToldNames(
		names
			.iter()
			.map(|(name, ips)| (*name, parse(ips)))
			.collect(),
	))
}

fn policy(allow_private: bool) -> Policy {
	Policy {
		allow_private,
		limits: short_limits(),
	}
}

#[test]
fn a_name_that_means_this_machine_is_not_connected_to() {
	let server = Server::start(good);
	let names = told(&[("provider.example", &["127.0.0.1"])]);
	let uri = format!("http://provider.example:{}/", server.address.port());

	let mut run = run_with(policy(false), names.clone());
	let id = run.get(&uri);
	assert_eq!(run.status(id, 1000), HttpRequestStatus::IoError);
	assert_eq!(server.connections(), 0);

	// Control: the same name on a development network.
	let mut run = run_with(policy(true), names);
	let id = run.get(&uri);
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
	assert_eq!(server.connections(), 1);
}

#[test]
fn the_system_name_of_this_machine_is_refused_too() {
	let server = Server::start(good);
	let uri = format!("http://localhost:{}/", server.address.port());
	let mut run = run_with(policy(false), Arc::new(SystemNames));
	let id = run.get(&uri);
	assert_eq!(run.status(id, 1000), HttpRequestStatus::IoError);
	assert_eq!(server.connections(), 0);

	let mut run = local_run();
	let id = run.get(&uri);
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
}

#[test]
fn one_private_address_condemns_the_name() {
	let server = Server::start(good);
	// The allowed one comes first: a client that tries them in turn would come to the second.
	let names = told(&[
		("mixed.example", &["8.8.8.8", "127.0.0.1"]),
		("local.example", &["127.0.0.1", "169.254.169.254"]),
	]);
	for (allow_private, host) in [(false, "mixed.example"), (true, "local.example")] {
		let mut run = run_with(policy(allow_private), names.clone());
		let id = run.get(&format!("http://{host}:{}/", server.address.port()));
		assert_eq!(run.status(id, 300), HttpRequestStatus::IoError);
	}
	assert_eq!(server.connections(), 0);
}

#[test]
fn old_spellings_of_addresses_reach_the_resolver() {
	let server = Server::start(good);
	for host in ["127.1", "0x7f.0.0.1", "2130706433", "0177.0.0.1"] {
		let uri = format!("http://{host}:{}/", server.address.port());
		let mut run = run_with(policy(false), Arc::new(SystemNames));
		let id = run.get(&uri);
		assert_eq!(run.status(id, 1000), HttpRequestStatus::IoError, "{host}");
	}
	assert_eq!(server.connections(), 0);
	// Control: the system's resolver does take such a spelling for this machine.
	let mut run = local_run();
	let id = run.get(&format!("http://127.1:{}/", server.address.port()));
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
}

#[test]
fn metadata_services_are_out_of_reach_even_in_development() {
	let names = told(&[("metadata.example", &["169.254.169.254"])]);
	let mut run = run_with(policy(true), names);
	let id = run.get("http://metadata.example/latest/meta-data/");
	assert_eq!(run.status(id, 300), HttpRequestStatus::IoError);
	assert_eq!(
		run.requests.start("GET", "http://169.254.169.254/"),
		Err(())
	);
}

#[test]
fn spelled_out_private_addresses_are_refused_at_the_start() {
	let server = Server::start(good);
	let mut run = run_with(policy(false), Arc::new(SystemNames));
	assert_eq!(run.requests.start("GET", &server.uri("/")), Err(()));
	assert_eq!(
		run.requests.start("GET", "http://user@provider.example/"),
		Err(())
	);
	assert_eq!(
		run.requests.start("GET", "ftp://provider.example/"),
		Err(())
	);
	assert_eq!(run.requests.start("GET", "file:///etc/passwd"), Err(()));
	assert_eq!(
		run.requests.start("CONNECT", "http://provider.example/"),
		Err(())
	);
	assert_eq!(run.requests.start("GET", "not a uri"), Err(()));
	assert_eq!(server.connections(), 0);
	assert!(local_run().requests.start("GET", &server.uri("/")).is_ok());
}

fn redirects(stream: &mut std::net::TcpStream) -> std::io::Result<()> {
	// The peer's own address stands for the node's RPC port.
	let target = TARGET.get().expect("set by the test");
	let head = format!(
		"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
	);
	stream.write_all(head.as_bytes())
}

static TARGET: std::sync::OnceLock<String> = std::sync::OnceLock::new();

#[test]
fn a_redirect_is_an_answer_and_not_followed() {
	let (target, server) = (Server::start(good), Server::start(redirects));
	TARGET.set(target.uri("/")).expect("set once");
	let mut run = local_run();
	let id = run.get(&server.uri("/"));
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(302));
	assert_eq!(run.body(id, 1000), Ok(Vec::new()));
	assert_eq!(target.connections(), 0);
	// Control: the target answers whoever asks it.
	let id = run.get(&target.uri("/"));
	assert_eq!(run.status(id, 1000), HttpRequestStatus::Finished(200));
	assert_eq!(target.connections(), 1);
}

/// A slow resolver that knows nobody and counts who asks.
struct Slow(AtomicUsize);

impl NameSource for Slow {
	fn addresses(&self, _: &str) -> Result<Vec<IpAddr>, String> {
		self.0.fetch_add(1, Ordering::SeqCst);
		std::thread::sleep(Duration::from_millis(200));
		Err("unknown name".into())
	}
}

#[test]
fn many_requests_to_one_host_share_a_lookup() {
	let names = Arc::new(Slow(AtomicUsize::new(0)));
	let mut run = run_with(policy(true), names.clone());
	let ids: Vec<_> = (0..20)
		.map(|_| run.get("http://nowhere.example/"))
		.collect();
	let statuses = run.requests.wait(&ids, within(2000));
	assert_eq!(statuses, vec![HttpRequestStatus::IoError; 20]);
	assert_eq!(names.0.load(Ordering::SeqCst), 1);
}

#[test]
fn lookups_that_do_not_end_are_not_started_without_limit() {
	let limits = Limits {
		lookups: 2,
		..short_limits()
	};
	let names = Arc::new(Slow(AtomicUsize::new(0)));
	let mut run = run_with(
		Policy {
			allow_private: true,
			limits,
		},
		names.clone(),
	);
	let ids: Vec<_> = (0..5)
		.map(|n| run.get(&format!("http://host{n}.example/")))
		.collect();
	assert_eq!(
		run.requests.wait(&ids, within(2000)),
		vec![HttpRequestStatus::IoError; 5]
	);
	assert_eq!(names.0.load(Ordering::SeqCst), 2);
	// The places come back.
	let id = run.get("http://later.example/");
	assert_eq!(run.status(id, 2000), HttpRequestStatus::IoError);
	assert_eq!(names.0.load(Ordering::SeqCst), 3);
}
