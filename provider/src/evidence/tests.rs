//! The evidence server as clients meet it, over sockets.

use super::{signed::tests::headers, *};
use crate::{
	config::Evidence,
	evidence::roster::Reader,
	network_job::{
		self,
		tests::{done, job},
	},
	store::Store,
};
use codec::Decode;
use std::{net::SocketAddr, time::Duration};
use subxt_signer::sr25519::{dev, Keypair};
use terminal_gpu_proof::{hash::blake2_256, result::Leaf};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpSocket, TcpStream},
	sync::watch,
	task::JoinHandle,
};

const GENESIS: [u8; 32] = [9; 32];
const LEASE: u64 = 5;
const HEIGHT: u32 = 1_000;
const LEAVES: &str = "/v1/leases/5/leaves?indices=0,9";

type Headers = Vec<(&'static str, String)>;

/// A server with one finished job, Alice's attestation key being Bob's, and Dave its consumer.
struct Harness {
	address: SocketAddr,
	shelf: Shelf,
	stop: watch::Sender<bool>,
	serving: JoinHandle<()>,
	_folder: tempfile::TempDir,
}

impl Harness {
	async fn start(config: Evidence) -> Self {
		Self::with(config, Times::default()).await
	}

	async fn with(config: Evidence, times: Times) -> Self {
		let folder = tempfile::tempdir().unwrap();
		let shelf = Shelf::new(GENESIS);
		shelf.put_job(LEASE, finished());
		shelf.roster().heard(HEIGHT.into());
		shelf.roster().set_attestors([Reader {
			account: account(&dev::alice()),
			key: account(&dev::bob()),
		}]);
		let dave = Reader::own(account(&dev::dave()));
		shelf.roster().set_readers(LEASE, [dave]);
		let server = Arc::new(Server {
			shelf: shelf.clone(),
			store: Arc::new(Store::open(folder.path()).unwrap()),
			limiter: Limiter::new(&config),
			serve: config.serve,
			machine: 3,
		});
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let doors = Doors::new(config.connections_per_address, config.connections);
		let (stop, stopped) = watch::channel(false);
		Self {
			address,
			shelf,
			stop,
			serving: tokio::spawn(serve(listener, router(server), doors, times, stopped)),
			_folder: folder,
		}
	}

	async fn ask(&self, method: &str, path: &str, headers: &Headers, body: &[u8]) -> Answer {
		self.ask_from("127.0.0.1", method, path, headers, body)
			.await
	}

	async fn get(&self, path: &str, headers: &Headers) -> Answer {
		self.ask("GET", path, headers, &[]).await
	}

	async fn ask_from(
		&self,
		client: &str,
		method: &str,
		path: &str,
		headers: &Headers,
		body: &[u8],
	) -> Answer {
		let mut stream = self.connect(client).await;
		let head = head(method, path, headers, body.len());
		// The server may answer before it has taken everything.
		let _ = stream.write_all(&[head.as_bytes(), body].concat()).await;
		Answer::read(&mut stream).await
	}

	async fn connect(&self, client: &str) -> TcpStream {
		let socket = TcpSocket::new_v4().unwrap();
		socket
			.bind(SocketAddr::new(client.parse().unwrap(), 0))
			.unwrap();
		socket.connect(self.address).await.unwrap()
	}
}

fn head(method: &str, path: &str, headers: &Headers, length: usize) -> String {
	let mut head = format!("{method} {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n");
	for (name, value) in headers {
		head.push_str(&format!("{name}: {value}\r\n"));
	}
	format!("{head}content-length: {length}\r\n\r\n")
}

#[derive(Debug)]
struct Answer {
	status: u16,
	head: String,
	body: Vec<u8>,
}

impl Answer {
	async fn read(stream: &mut TcpStream) -> Self {
		let mut bytes = Vec::new();
		// What was read counts, also where the server closed before the request was whole.
		let _ = stream.read_to_end(&mut bytes).await;
		let end = bytes
			.windows(4)
			.position(|part| part == b"\r\n\r\n")
			.unwrap();
		let head = String::from_utf8(bytes[..end].to_vec())
			.unwrap()
			.to_lowercase();
		Self {
			status: head.split(' ').nth(1).unwrap().parse().unwrap(),
			head,
			body: bytes[end + 4..].to_vec(),
		}
	}

	fn text(&self) -> String {
		String::from_utf8_lossy(&self.body).into()
	}
}

fn account(key: &Keypair) -> [u8; 32] {
	key.public_key().0
}

fn finished() -> Served {
	let (spec, inputs, weights) = job();
	let files = network_job::check(&spec, inputs, weights.clone()).unwrap();
	Served {
		finished: done(&spec, &[1; 32], files),
		weights,
	}
}

/// As Alice's off-chain worker asks.
fn workers() -> Headers {
	headers(&GENESIS, LEASE, account(&dev::alice()), &dev::bob(), HEIGHT)
}

/// The same with another signature.
fn forged() -> Headers {
	let mut list = workers();
	list.pop();
	list.push(("x-terminal-signature", "12".repeat(64)));
	list
}

fn signed_only() -> Evidence {
	Evidence {
		serve: Serve::Signed,
		..Evidence::default()
	}
}

/// Ask until the answer is this status. The test's machine may be slow, and seconds pass.
async fn until(harness: &Harness, status: u16, headers: &Headers) {
	for _ in 0..10_000 {
		if harness.get(LEAVES, headers).await.status == status {
			return;
		}
	}
	panic!("never answered {status}");
}

#[tokio::test]
async fn a_members_signed_request_is_answered_as_workers_expect() {
	for config in [Evidence::default(), signed_only()] {
		let harness = Harness::start(config).await;
		let answer = harness.get(LEAVES, &workers()).await;
		assert_eq!(answer.status, 200, "{}", answer.text());
		let length = format!("content-length: {}\r\n", answer.body.len());
		assert!(answer.head.contains(&length), "{}", answer.head);
		assert!(!answer.head.contains("-encoding"), "{}", answer.head);
		let leaves = Vec::<Leaf>::decode(&mut answer.body.as_slice()).unwrap();
		assert_eq!(leaves, [0, 9].map(|i| finished().finished.leaf(i).unwrap()));
		let weights = harness.get("/v1/leases/5/weights", &workers()).await;
		assert_eq!((weights.status, weights.body), (200, job().2));
	}
}

#[test]
fn indices_parse_or_say_why() {
	assert_eq!(parse_indices("1,2,3").unwrap(), vec![1, 2, 3]);
	for bad in ["", "1,,2", "-1", "4294967296", "a"] {
		let refused = parse_indices(bad).unwrap_err().0;
		assert_eq!(refused, StatusCode::BAD_REQUEST, "{bad}");
	}
	let many = vec!["1"; MAX_LEAVES + 1].join(",");
	assert_eq!(parse_indices(&many).unwrap_err().0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn strangers_read_by_default() {
	let harness = Harness::start(Evidence::default()).await;
	assert_eq!(harness.get(LEAVES, &vec![]).await.status, 200);
}

#[tokio::test]
async fn strangers_are_refused_where_only_signed_requests_are_served() {
	let harness = Harness::start(signed_only()).await;
	for path in [LEAVES, "/v1/leases/5/weights"] {
		let answer = harness.get(path, &vec![]).await;
		assert_eq!(answer.status, 401);
		assert!(
			answer.text().contains("sign the request"),
			"{}",
			answer.text()
		);
	}
	assert_eq!(harness.get("/v1/health", &vec![]).await.status, 200);
}

#[tokio::test]
async fn the_jobs_consumer_signs_with_its_account() {
	let harness = Harness::start(signed_only()).await;
	let of = |lease| headers(&GENESIS, lease, account(&dev::dave()), &dev::dave(), HEIGHT);
	assert_eq!(harness.get(LEAVES, &of(LEASE)).await.status, 200);
	harness.shelf.put_job(6, finished());
	let other = harness.get("/v1/leases/6/weights", &of(6)).await;
	assert_eq!(other.status, 401, "another's job");
}

#[tokio::test]
async fn a_wrong_signed_request_is_refused_also_where_strangers_read() {
	let harness = Harness::start(Evidence::default()).await;
	let alice = account(&dev::alice());
	let mut no_block = workers();
	no_block.retain(|(name, _)| *name != "x-terminal-block");
	let mut short = workers();
	short.retain(|(name, _)| *name != "x-terminal-key");
	short.push(("x-terminal-key", "abcd".into()));
	let cases = [
		(no_block, "once each"),
		(short, "64 hexadecimal digits"),
		(
			headers(&GENESIS, LEASE, alice, &dev::bob(), HEIGHT - 65),
			"at most 64 away",
		),
		(
			headers(&GENESIS, LEASE, alice, &dev::alice(), HEIGHT),
			"attestation key",
		),
		(
			headers(&GENESIS, 6, alice, &dev::bob(), HEIGHT),
			"does not fit",
		),
		(
			headers(&[8; 32], LEASE, alice, &dev::bob(), HEIGHT),
			&hex::encode(GENESIS),
		),
		(forged(), "does not fit"),
	];
	for (headers, remedy) in cases {
		let answer = harness.get(LEAVES, &headers).await;
		assert_eq!(answer.status, 401, "{remedy}");
		assert!(answer.text().contains(remedy), "{}", answer.text());
	}
}

#[tokio::test]
async fn strangers_at_their_limit_do_not_starve_a_member() {
	let harness = Harness::start(Evidence {
		per_second: 1,
		strangers_per_second: 1,
		..Evidence::default()
	})
	.await;
	for _ in 0..5 {
		until(&harness, 429, &vec![]).await;
		assert_eq!(harness.get(LEAVES, &workers()).await.status, 200);
	}
}

#[tokio::test]
async fn a_member_has_a_limit_too_that_does_not_bind_others() {
	let harness = Harness::start(Evidence {
		signer_per_second: 1,
		..Evidence::default()
	})
	.await;
	let dave = headers(&GENESIS, LEASE, account(&dev::dave()), &dev::dave(), HEIGHT);
	until(&harness, 429, &workers()).await;
	assert_eq!(harness.get(LEAVES, &dave).await.status, 200);
}

#[tokio::test]
async fn a_forgers_signatures_are_not_even_checked_for_long() {
	let harness = Harness::start(Evidence {
		per_second: 1,
		..Evidence::default()
	})
	.await;
	until(&harness, 429, &forged()).await;
	let elsewhere = harness
		.ask_from("127.0.0.2", "GET", LEAVES, &workers(), &[])
		.await;
	assert_eq!(elsewhere.status, 200, "another address is not to blame");
}

#[tokio::test]
async fn a_daemon_that_does_not_hear_the_chain_takes_signers_for_strangers() {
	let harness = Harness::start(Evidence::default()).await;
	let deaf = Harness::start(signed_only()).await;
	for harness in [&harness, &deaf] {
		// As long as nothing was heard there is no height, as after a minute of silence.
		harness.shelf.roster().forget_height();
	}
	assert_eq!(harness.get(LEAVES, &workers()).await.status, 200);
	let answer = deaf.get(LEAVES, &workers()).await;
	assert_eq!(answer.status, 503);
	assert!(answer.text().contains("later"), "{}", answer.text());
}

#[tokio::test]
async fn connections_held_by_strangers_do_not_keep_a_member_out() {
	let harness = Harness::start(Evidence {
		connections: 8,
		connections_per_address: 4,
		..Evidence::default()
	})
	.await;
	let mut idle = Vec::new();
	for client in 0..32u8 {
		idle.push(harness.connect(&format!("127.0.1.{client}")).await);
	}
	assert_eq!(harness.get(LEAVES, &workers()).await.status, 200);
	// The oldest was cut.
	assert_eq!(idle[0].read(&mut [0; 8]).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
	let times = Times {
		head: Duration::from_millis(200),
		..Times::default()
	};
	let harness = Harness::with(Evidence::default(), times).await;
	let mut silent = harness.connect("127.0.0.1").await;
	let mut slow = harness.connect("127.0.0.1").await;
	slow.write_all(b"GET /v1/health HTTP/1.1\r\nx-slow: ")
		.await
		.unwrap();
	for stream in [&mut silent, &mut slow] {
		let mut rest = Vec::new();
		let read = stream.read_to_end(&mut rest);
		tokio::time::timeout(Duration::from_secs(10), read)
			.await
			.expect("the server closes")
			.unwrap_or(0);
	}
}

#[tokio::test]
async fn a_connection_that_drips_ends_with_its_life() {
	let times = Times {
		life: Duration::from_millis(300),
		close: Duration::from_millis(100),
		..Times::default()
	};
	let harness = Harness::with(Evidence::default(), times).await;
	harness.shelf.put_tenancy(7, tenancy(Some([1; 32])));
	let mut stream = harness.connect("127.0.0.1").await;
	let head = head("POST", "/v1/leases/7/receipts", &vec![], 1_000);
	stream.write_all(head.as_bytes()).await.unwrap();
	let dripped = tokio::time::timeout(Duration::from_secs(20), async {
		while stream.write_all(b" ").await.is_ok() {
			tokio::time::sleep(Duration::from_millis(20)).await;
		}
	});
	dripped.await.expect("the server closes");
}

#[tokio::test]
async fn the_server_stops_though_somebody_keeps_a_connection() {
	let harness = Harness::start(Evidence::default()).await;
	let _idle = harness.connect("127.0.0.1").await;
	assert_eq!(harness.get("/v1/health", &vec![]).await.status, 200);
	harness.stop.send(true).unwrap();
	tokio::time::timeout(Duration::from_secs(30), harness.serving)
		.await
		.expect("it stops")
		.unwrap();
}

#[tokio::test]
async fn a_head_beyond_the_buffer_is_refused() {
	let harness = Harness::start(Evidence::default()).await;
	let long = vec![("x-long", "a".repeat(64 * 1024))];
	let answer = harness.get(LEAVES, &long).await;
	assert_eq!(answer.status, 431);
}

// --- metered leases -------------------------------------------------------------------------------

fn tenancy(tenant: Option<[u8; 32]>) -> Tenancy {
	Tenancy {
		tenant,
		consumer: account(&dev::dave()),
		segment: 0,
		since: Some(0),
		grace_ms: u64::MAX,
		acknowledged_ms: 0,
	}
}

fn model_headers(key: &Keypair, lease: u64, weights: &[u8]) -> Headers {
	let message = [
		&b"tct/model/v1"[..],
		&GENESIS,
		&lease.to_le_bytes(),
		&blake2_256(&[weights]),
	]
	.concat();
	vec![("x-terminal-signature", hex::encode(key.sign(&message).0))]
}

#[tokio::test]
async fn what_can_be_refused_without_the_body_does_not_wait_for_it() {
	let harness = Harness::start(Evidence::default()).await;
	for (method, path) in [
		("POST", "/v1/leases/7/receipts"),
		("PUT", "/v1/leases/7/model"),
		("POST", "/v1/leases/7/infer"),
	] {
		let mut stream = harness.connect("127.0.0.1").await;
		let head = head(method, path, &vec![], 1_000_000);
		stream.write_all(head.as_bytes()).await.unwrap();
		let answer = tokio::time::timeout(Duration::from_secs(8), Answer::read(&mut stream));
		assert_eq!(answer.await.expect(path).status, 404, "{path}");
	}
}

#[tokio::test]
async fn bodies_are_bounded() {
	let harness = Harness::start(Evidence::default()).await;
	harness
		.shelf
		.put_tenancy(7, tenancy(Some(account(&dev::eve()))));
	harness.shelf.put_model(7, job().2);
	let signature = vec![("x-terminal-signature", "00".repeat(64))];
	for (method, path, headers, length) in [
		("POST", "/v1/leases/7/receipts", &vec![], 1_025),
		("PUT", "/v1/leases/7/model", &signature, (4 << 20) + 1),
		("POST", "/v1/leases/7/infer", &vec![], 5),
	] {
		let answer = harness
			.ask(method, path, headers, &vec![b' '; length])
			.await;
		assert_eq!(answer.status, 413, "{path}");
	}
	let short = harness
		.ask("POST", "/v1/leases/7/infer", &vec![], &[1; 3])
		.await;
	assert_eq!(short.status, 400);
	let whole = harness
		.ask("POST", "/v1/leases/7/infer", &vec![], &[1; 4])
		.await;
	assert_eq!((whole.status, whole.body.len()), (200, 8));
}

#[tokio::test]
async fn a_model_is_put_by_its_tenant_or_with_receipts_off_by_the_consumer() {
	let harness = Harness::start(Evidence::default()).await;
	let (dave, eve) = (dev::dave(), dev::eve());
	let weights = job().2;
	harness.shelf.put_tenancy(7, tenancy(Some(account(&eve))));
	harness.shelf.put_tenancy(8, tenancy(None));
	for (lease, key, status) in [
		(7, &dave, 401),
		(7, &eve, 204),
		(8, &eve, 401),
		(8, &dave, 204),
	] {
		let path = format!("/v1/leases/{lease}/model");
		let headers = model_headers(key, lease, &weights);
		let answer = harness.ask("PUT", &path, &headers, &weights).await;
		assert_eq!(answer.status, status, "lease {lease}: {}", answer.text());
	}
	let unsigned = harness
		.ask("PUT", "/v1/leases/8/model", &vec![], &weights)
		.await;
	assert_eq!(unsigned.status, 400);
}

#[tokio::test]
async fn a_receipt_is_taken_once() {
	let harness = Harness::start(Evidence::default()).await;
	let eve = dev::eve();
	harness.shelf.put_tenancy(7, tenancy(Some(account(&eve))));
	let message = terminal_gpu_proof::receipt::message(&GENESIS, 7, 0, 500);
	let signature = hex::encode(eve.sign(&message).0);
	let receipt = format!(r#"{{"segment":0,"milliseconds":500,"signature":"0x{signature}"}}"#);
	for accepted in [true, false] {
		let path = "/v1/leases/7/receipts";
		let answer = harness.ask("POST", path, &vec![], receipt.as_bytes()).await;
		assert_eq!(answer.text(), format!(r#"{{"accepted":{accepted}}}"#));
	}
	for (changed, status) in [
		(receipt.replace("500", "501"), 401),
		(receipt.replace(":0,", ":1,"), 409),
	] {
		let answer = harness
			.ask("POST", "/v1/leases/7/receipts", &vec![], changed.as_bytes())
			.await;
		assert_eq!(answer.status, status, "{changed}");
	}
}

#[tokio::test]
async fn a_paused_lease_takes_receipts_and_serves_nothing_until_it_runs_again() {
	let harness = Harness::start(Evidence::default()).await;
	let eve = dev::eve();
	let runs = tenancy(Some(account(&eve)));
	let paused = Tenancy {
		since: None,
		..runs.clone()
	};
	harness.shelf.put_tenancy(7, runs.clone());
	harness.shelf.put_model(7, job().2);
	for (tenancy, status) in [(runs.clone(), 200), (paused.clone(), 409), (runs, 200)] {
		harness.shelf.put_tenancy(7, tenancy);
		let answer = harness
			.ask("POST", "/v1/leases/7/infer", &vec![], &[1; 4])
			.await;
		assert_eq!(answer.status, status, "{}", answer.text());
	}
	harness.shelf.put_tenancy(7, paused);
	let message = terminal_gpu_proof::receipt::message(&GENESIS, 7, 0, 500);
	let signature = hex::encode(eve.sign(&message).0);
	let receipt = format!(r#"{{"segment":0,"milliseconds":500,"signature":"0x{signature}"}}"#);
	let answer = harness
		.ask("POST", "/v1/leases/7/receipts", &vec![], receipt.as_bytes())
		.await;
	assert_eq!(answer.text(), r#"{"accepted":true}"#);
}
