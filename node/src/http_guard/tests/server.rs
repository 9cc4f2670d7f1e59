//! A host that misbehaves as told. One thread per connection; counts them.

use std::{
	io::{ErrorKind, Read, Write},
	net::{SocketAddr, TcpListener, TcpStream},
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	},
	thread,
	time::Duration,
};

/// What the host does with a request that it has read.
pub type Behaviour = fn(&mut TcpStream) -> std::io::Result<()>;

pub struct Server {
	pub address: SocketAddr,
	connections: Arc<AtomicUsize>,
	closed: Arc<AtomicUsize>,
}

impl Server {
	/// Listen on a free loopback port.
	pub fn start(behaviour: Behaviour) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
		let address = listener.local_addr().expect("bound");
		let (connections, closed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
		let (opened, ended) = (connections.clone(), closed.clone());
		// The thread sleeps in `accept` until the test process ends.
		thread::spawn(move || {
			for stream in listener.incoming().flatten() {
				opened.fetch_add(1, Ordering::SeqCst);
				let ended = ended.clone();
				thread::spawn(move || {
					let _ = serve(stream, behaviour);
					ended.fetch_add(1, Ordering::SeqCst);
				});
			}
		});
		Self {
			address,
			connections,
			closed,
		}
	}

	pub fn uri(&self, path: &str) -> String {
		format!("http://{}{path}", self.address)
	}

	/// Connections so far.
	pub fn connections(&self) -> usize {
		self.connections.load(Ordering::SeqCst)
	}

	/// Whether all connections ended within `limit`.
	pub fn all_closed_within(&self, limit: Duration) -> bool {
		let steps = limit.as_millis() / 10;
		(0..steps).any(|_| {
			thread::sleep(Duration::from_millis(10));
			self.closed.load(Ordering::SeqCst) == self.connections()
		})
	}
}

fn serve(mut stream: TcpStream, behaviour: Behaviour) -> std::io::Result<()> {
	let mut head = Vec::new();
	let mut byte = [0u8; 1];
	while !head.ends_with(b"\r\n\r\n") {
		if stream.read(&mut byte)? == 0 {
			return Ok(());
		}
		head.push(byte[0]);
	}
	behaviour(&mut stream)
}

pub fn good(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(
		b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nX-Kind: good\r\nConnection: close\r\n\r\nevidence",
	)
}

/// Keeps the connection until the other side goes.
pub fn never_answers(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.set_read_timeout(Some(Duration::from_millis(20)))?;
	loop {
		match stream.read(&mut [0u8; 16]) {
			Ok(0) => return Ok(()),
			Err(error) if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
				return Ok(())
			},
			_ => (),
		}
	}
}

/// One byte in a while, of a body that is announced properly.
pub fn drips_body(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
	loop {
		stream.write_all(b"x")?;
		stream.flush()?;
		thread::sleep(Duration::from_millis(200));
	}
}

/// One byte in a while, of the headers.
pub fn drips_headers(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\nX-Slow: ")?;
	loop {
		stream.write_all(b"x")?;
		stream.flush()?;
		thread::sleep(Duration::from_millis(100));
	}
}

/// As much as it can, with no length.
pub fn floods(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
	let piece = [0u8; 65536];
	loop {
		stream.write_all(&piece)?;
	}
}

/// Chunks without end.
pub fn floods_chunks(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
	let mut piece = b"10000\r\n".to_vec();
	piece.extend_from_slice(&[0u8; 65536]);
	piece.extend_from_slice(b"\r\n");
	loop {
		stream.write_all(&piece)?;
	}
}

pub fn announces_a_gigabyte(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\nstart")?;
	never_answers(stream)
}

pub fn ends_early(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort")
}

pub fn floods_headers(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
	for number in 0..10_000 {
		stream.write_all(format!("X-{number}: y\r\n").as_bytes())?;
	}
	stream.write_all(b"Content-Length: 0\r\n\r\n")
}

pub fn long_header(stream: &mut TcpStream) -> std::io::Result<()> {
	stream.write_all(b"HTTP/1.1 200 OK\r\nX-Long: ")?;
	let piece = [b'y'; 65536];
	for _ in 0..8 {
		stream.write_all(&piece)?;
	}
	stream.write_all(b"\r\nContent-Length: 0\r\n\r\n")
}
