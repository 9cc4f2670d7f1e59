//! Connections: how many, from whom, and for how long. HTTP/1.1 only.

use super::limit::origin;
use axum::{extract::ConnectInfo, Router};
use hyper::{body::Incoming, server::conn::http1, service::Service};
use hyper_util::{
	rt::{TokioIo, TokioTimer},
	service::TowerToHyperService,
};
use parking_lot::Mutex;
use std::{
	collections::BTreeMap,
	convert::Infallible,
	io::ErrorKind,
	net::{IpAddr, SocketAddr},
	pin::pin,
	sync::Arc,
	time::Duration,
};
use tokio::{
	net::{TcpListener, TcpStream},
	sync::{oneshot, watch},
	task::JoinSet,
	time::sleep,
};

/// Bytes of a request's head, and bytes of a body or an answer kept by the connection itself.
const BUFFER_BYTES: usize = 32 * 1024;
/// After this the system had no room for a connection: wait until others have ended.
const NO_ROOM: Duration = Duration::from_millis(100);

/// How long a connection may take.
#[derive(Clone, Copy)]
pub struct Times {
	/// For the head of a request, and between requests. Longer than the 15 s that nodes keep an
	/// idle connection, so that it is they who close it.
	pub head: Duration,
	/// In all. Then the request under way is still answered.
	pub life: Duration,
	/// For that answer.
	pub close: Duration,
}

impl Default for Times {
	fn default() -> Self {
		Self {
			head: Duration::from_secs(20),
			life: Duration::from_secs(60),
			close: Duration::from_secs(10),
		}
	}
}

/// The open connections. Nobody is turned away: where there is no room, the oldest connection that
/// never brought a signed request makes it, since a member's shows one at once.
pub struct Doors {
	each: usize,
	all: usize,
	open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
	next: u64,
	/// By age.
	connections: BTreeMap<u64, Connection>,
}

struct Connection {
	origin: IpAddr,
	signed: bool,
	/// Cuts the connection when it is dropped.
	_cut: oneshot::Sender<Infallible>,
}

/// A connection's place, left when it is dropped.
pub struct Pass {
	doors: Arc<Doors>,
	number: u64,
}

impl Doors {
	/// At most `each` connections of one origin and `all` together, at least one.
	pub fn new(each: usize, all: usize) -> Arc<Self> {
		Arc::new(Self {
			each: each.max(1),
			all: all.max(1),
			open: Mutex::default(),
		})
	}

	/// A place for a new connection, and what resolves when it must end.
	fn enter(self: &Arc<Self>, origin: IpAddr) -> (Pass, oneshot::Receiver<Infallible>) {
		let (cut, is_cut) = oneshot::channel();
		let mut open = self.open.lock();
		let of_origin = |connection: &Connection| connection.origin == origin;
		if open.count(of_origin) >= self.each {
			open.cut_one(of_origin);
		}
		if open.connections.len() >= self.all {
			open.cut_one(|_| true);
		}
		let number = open.next;
		open.next = number.saturating_add(1);
		open.connections.insert(
			number,
			Connection {
				origin,
				signed: false,
				_cut: cut,
			},
		);
		let pass = Pass {
			doors: self.clone(),
			number,
		};
		(pass, is_cut)
	}
}

impl Open {
	fn count(&self, among: impl Fn(&Connection) -> bool) -> usize {
		self.connections.values().filter(|one| among(one)).count()
	}

	/// Cut the oldest without a signed request, or else the oldest.
	fn cut_one(&mut self, among: impl Fn(&Connection) -> bool) {
		let oldest = |signed: bool| {
			self.connections
				.iter()
				.find(|(_, one)| among(one) && (signed || !one.signed))
				.map(|(number, _)| *number)
		};
		if let Some(number) = oldest(false).or_else(|| oldest(true)) {
			self.connections.remove(&number);
		}
	}
}

impl Pass {
	/// The connection brought a signed request.
	pub fn vouch(&self) {
		if let Some(connection) = self.doors.open.lock().connections.get_mut(&self.number) {
			connection.signed = true;
		}
	}
}

impl Drop for Pass {
	fn drop(&mut self) {
		self.doors.open.lock().connections.remove(&self.number);
	}
}

/// Serve `router` until `stop` turns true; then answer what is under way.
pub async fn serve(
	listener: TcpListener,
	router: Router,
	doors: Arc<Doors>,
	times: Times,
	stop: watch::Receiver<bool>,
) {
	let mut open = JoinSet::new();
	let mut stopped = pin!(stopped(stop.clone()));
	loop {
		tokio::select! {
			() = &mut stopped => break,
			Some(_) = open.join_next() => {},
			accepted = listener.accept() => match accepted {
				Ok((stream, client)) => {
					let (pass, cut) = doors.enter(origin(client.ip()));
					let visit = Visit { client, pass: Arc::new(pass), times, stop: stop.clone() };
					let router = router.clone();
					open.spawn(async move {
						tokio::select! {
							() = visit.attend(stream, router) => {},
							_ = cut => {},
						}
					});
				},
				// The client is gone again.
				Err(error) if matches!(
					error.kind(),
					ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
				) => {},
				Err(error) => {
					tracing::warn!(%error, "no connection taken; is the limit of open files too low?");
					sleep(NO_ROOM).await;
				},
			}
		}
	}
	drop(listener);
	while open.join_next().await.is_some() {}
}

async fn stopped(mut stop: watch::Receiver<bool>) {
	let _ = stop.wait_for(|stop| *stop).await;
}

/// One client's connection.
struct Visit {
	client: SocketAddr,
	pass: Arc<Pass>,
	times: Times,
	stop: watch::Receiver<bool>,
}

impl Visit {
	/// Answer requests for as long as a connection may take.
	async fn attend(self, stream: TcpStream, router: Router) {
		let Self {
			client,
			pass,
			times,
			stop,
		} = self;
		// Answers are written whole: nothing is gained by waiting for more.
		let _ = stream.set_nodelay(true);
		let routes = TowerToHyperService::new(router);
		let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
			request.extensions_mut().insert(ConnectInfo(client));
			request.extensions_mut().insert(pass.clone());
			routes.call(request)
		});
		let mut connection = pin!(http1::Builder::new()
			.timer(TokioTimer::new())
			.header_read_timeout(times.head)
			.max_buf_size(BUFFER_BYTES)
			.serve_connection(TokioIo::new(stream), service));
		// How it ends is the client's business: there is nothing to be told.
		tokio::select! {
			_ = connection.as_mut() => return,
			() = stopped(stop) => {},
			() = sleep(times.life) => {},
		}
		connection.as_mut().graceful_shutdown();
		let _ = tokio::time::timeout(times.close, connection).await;
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(1, 1, 1, 1));
	const TWO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(2, 2, 2, 2));

	fn is_cut(receiver: &mut oneshot::Receiver<Infallible>) -> bool {
		receiver.try_recv() == Err(oneshot::error::TryRecvError::Closed)
	}

	#[test]
	fn a_flood_cuts_its_own_oldest_connection() {
		let doors = Doors::new(2, 10);
		let (_a, mut a) = doors.enter(ONE);
		let (_b, mut b) = doors.enter(TWO);
		let (_c, mut c) = doors.enter(ONE);
		assert!(!is_cut(&mut a));
		let (_d, mut d) = doors.enter(ONE);
		assert!(is_cut(&mut a));
		assert!(!is_cut(&mut b) && !is_cut(&mut c) && !is_cut(&mut d));
	}

	#[test]
	fn where_all_places_are_taken_those_without_a_signed_request_go_first() {
		let doors = Doors::new(10, 3);
		let (signer, mut a) = doors.enter(ONE);
		signer.vouch();
		let (_b, mut b) = doors.enter(TWO);
		let (_c, mut c) = doors.enter(TWO);
		for number in 0..100u8 {
			let strange = IpAddr::from([3, 3, 3, number]);
			let (_, mut cut) = doors.enter(strange);
			assert!(is_cut(&mut cut), "its pass was dropped");
		}
		assert!(!is_cut(&mut a) && !is_cut(&mut c));
		assert!(is_cut(&mut b));
		let (_d, _) = doors.enter(ONE);
		let (_e, _) = doors.enter(ONE);
		assert!(is_cut(&mut c));
		assert!(!is_cut(&mut a));
	}

	#[test]
	fn signed_connections_make_room_for_each_other() {
		let doors = Doors::new(10, 2);
		let (first, mut a) = doors.enter(ONE);
		let (second, mut b) = doors.enter(TWO);
		first.vouch();
		second.vouch();
		let (_third, mut c) = doors.enter(TWO);
		assert!(is_cut(&mut a));
		assert!(!is_cut(&mut b) && !is_cut(&mut c));
	}

	#[test]
	fn a_connection_that_ends_leaves_its_place() {
		let doors = Doors::new(2, 2);
		let (pass, _cut) = doors.enter(ONE);
		assert_eq!(doors.open.lock().connections.len(), 1);
		drop(pass);
		assert!(doors.open.lock().connections.is_empty());
	}
}
