//! Against a scripted engine on a unix socket, which answers as the API's reference says and notes
//! what it was asked. No container is run here.

use super::*;
use parking_lot::Mutex;
use std::{path::Path, sync::Arc};
use tokio::{
	io::{AsyncReadExt, BufStream},
	net::{UnixListener, UnixStream},
};

const IMAGE: &str = "registry.example/job@sha256:\
	                 1111111111111111111111111111111111111111111111111111111111111111";

/// What the scripted engine does.
#[derive(Clone, Default)]
struct Script {
	/// Whether it has no such image.
	missing: bool,
	/// Whether the image declares a volume.
	volume: bool,
	/// What the container writes to standard output after it read its input, which it repeats.
	output: Vec<u8>,
	/// Whether the container never ends.
	hangs: bool,
	code: i64,
	/// Whether removals fail.
	sticky: bool,
}

/// An engine on a socket, and what it was asked: a line of a request and its body.
struct Engine {
	folder: tempfile::TempDir,
	asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Engine {
	fn new(script: Script) -> Self {
		let folder = tempfile::tempdir().unwrap();
		let listener = UnixListener::bind(folder.path().join("socket")).unwrap();
		let asked = Arc::new(Mutex::new(Vec::new()));
		let notes = asked.clone();
		tokio::spawn(async move {
			while let Ok((stream, _)) = listener.accept().await {
				let (script, notes) = (script.clone(), notes.clone());
				tokio::spawn(async move {
					let _ = serve(BufStream::new(stream), script, notes).await;
				});
			}
		});
		Self { folder, asked }
	}

	fn docker(&self) -> Docker {
		self.with(config::Docker::default())
	}

	fn with(&self, limits: config::Docker) -> Docker {
		Docker::new(&config::Docker {
			enabled: true,
			socket: socket(self.folder.path()),
			..limits
		})
	}

	/// Requests that contain `text`.
	fn count(&self, text: &str) -> usize {
		let asked = self.asked.lock();
		asked.iter().filter(|one| one.0.contains(text)).count()
	}

	fn body(&self, text: &str) -> serde_json::Value {
		let asked = self.asked.lock();
		let found = asked.iter().find(|one| one.0.contains(text)).unwrap();
		serde_json::from_str(&found.1).unwrap()
	}
}

fn socket(folder: &Path) -> std::path::PathBuf {
	folder.join("socket")
}

/// A request's first line and body.
async fn request(stream: &mut BufStream<UnixStream>) -> std::io::Result<(String, Vec<u8>)> {
	let mut head = Vec::new();
	while !head.ends_with(b"\r\n\r\n") {
		head.push(stream.read_u8().await?);
	}
	let head = String::from_utf8_lossy(&head).into_owned();
	let length = head
		.lines()
		.find_map(|line| {
			let (name, value) = line.split_once(':')?;
			name.eq_ignore_ascii_case("content-length")
				.then(|| value.trim().parse::<usize>().unwrap())
		})
		.unwrap_or(0);
	let mut body = vec![0; length];
	stream.read_exact(&mut body).await?;
	Ok((head.lines().next().unwrap().into(), body))
}

async fn serve(
	mut stream: BufStream<UnixStream>,
	script: Script,
	notes: Arc<Mutex<Vec<(String, String)>>>,
) -> std::io::Result<()> {
	loop {
		let (line, body) = request(&mut stream).await?;
		let body = String::from_utf8_lossy(&body).into_owned();
		notes.lock().push((line.clone(), body));
		let is = |method: &str, path: &str| line.starts_with(method) && line.contains(path);
		let (status, answer) = if is("GET", "/version") {
			(200, r#"{"Version":"28.0.1","ApiVersion":"1.48"}"#.into())
		} else if is("POST", "/containers/create") {
			match script.missing {
				true => (404, r#"{"message":"No such image"}"#.into()),
				false => (201, r#"{"Id":"c0ffee","Warnings":[]}"#.into()),
			}
		} else if is("GET", "/containers/c0ffee/json") {
			match script.volume {
				true => (
					200,
					r#"{"Id":"c0ffee","Mounts":[{"Type":"volume","Destination":"/data"}]}"#.into(),
				),
				false => (200, r#"{"Id":"c0ffee","Mounts":[]}"#.into()),
			}
		} else if is("POST", "/containers/c0ffee/attach") {
			return container(stream, script).await;
		} else if is("POST", "/containers/c0ffee/start") {
			(204, String::new())
		} else if is("POST", "/containers/c0ffee/wait") {
			(200, format!(r#"{{"StatusCode":{}}}"#, script.code))
		} else if is("DELETE", "/containers/c0ffee") {
			match script.sticky {
				true => (500, r#"{"message":"device or resource busy"}"#.into()),
				false => (204, String::new()),
			}
		} else {
			(500, format!(r#"{{"message":"not in the script: {line}"}}"#))
		};
		let length = match status {
			204 => String::new(),
			_ => format!("Content-Length: {}\r\n", answer.len()),
		};
		let answer = format!(
			"HTTP/1.1 {status} Scripted\r\nContent-Type: application/json\r\n{length}\r\n{answer}"
		);
		stream.write_all(answer.as_bytes()).await?;
		stream.flush().await?;
	}
}

/// The attached container: says what it is scripted to, then what it read.
async fn container(mut stream: BufStream<UnixStream>, script: Script) -> std::io::Result<()> {
	let head = "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n\
	            Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
	stream.write_all(head.as_bytes()).await?;
	stream.flush().await?;
	let mut input = Vec::new();
	stream.read_to_end(&mut input).await?;
	for (kind, bytes) in [
		(1, &script.output),
		(2, &b"a complaint".to_vec()),
		(1, &input),
	] {
		stream.write_all(&[kind, 0, 0, 0]).await?;
		stream.write_u32(bytes.len() as u32).await?;
		stream.write_all(bytes).await?;
	}
	stream.flush().await?;
	if script.hangs {
		std::future::pending::<()>().await;
	}
	Ok(())
}

fn work(image: &str, inputs: &'static [u8], item_bytes: usize) -> Work {
	Work {
		program: image.to_string().into(),
		inputs: inputs.into(),
		item_bytes,
		output_bytes: 1 << 20,
		done: Default::default(),
	}
}

#[tokio::test]
async fn each_item_has_a_container_that_is_removed() {
	let engine = Engine::new(Script {
		output: b"said ".to_vec(),
		..Default::default()
	});
	let outputs = engine.docker().execute(work(IMAGE, b"aabb", 2)).await;
	assert_eq!(outputs.unwrap(), [b"said aa", b"said bb"]);
	assert_eq!(engine.count("/containers/create"), 2);
	assert_eq!(engine.count("DELETE /"), 2);
	let removal = engine.count("force=true");
	assert_eq!(removal, 2, "with force, and with what it wrote");
	assert_eq!(engine.count("v=true"), 2);
}

#[tokio::test]
async fn a_container_has_nothing_that_it_was_not_given() {
	let engine = Engine::new(Script::default());
	let limits = config::Docker {
		memory_bytes: 1 << 30,
		scratch_bytes: 1 << 20,
		cpus: 2,
		pids: 99,
		gpus: vec!["0".into(), "GPU-7".into()],
		..Default::default()
	};
	let docker = engine.with(limits);
	docker.execute(work(IMAGE, b"", 0)).await.unwrap();
	let body = engine.body("/containers/create");
	assert_eq!(body["Image"], IMAGE);
	assert_eq!(body["User"], "65534:65534");
	assert_eq!(body["Healthcheck"]["Test"][0], "NONE");
	assert_eq!(body["Labels"]["terminal-provider"], "job");
	let host = &body["HostConfig"];
	assert_eq!(host["Privileged"], false);
	assert_eq!(host["ReadonlyRootfs"], true);
	assert_eq!(host["CapDrop"], serde_json::json!(["ALL"]));
	assert_eq!(
		host["SecurityOpt"],
		serde_json::json!(["no-new-privileges:true"])
	);
	assert_eq!(host["NetworkMode"], "none");
	assert_eq!(host["IpcMode"], "private");
	assert_eq!(host["Memory"], 1_u64 << 30);
	assert_eq!(host["MemorySwap"], 1_u64 << 30);
	assert_eq!(host["NanoCpus"], 2_000_000_000_u64);
	assert_eq!(host["PidsLimit"], 99);
	assert_eq!(host["LogConfig"]["Type"], "none");
	assert_eq!(host["Tmpfs"]["/tmp"], "rw,noexec,nosuid,nodev,size=1048576");
	let cards = &host["DeviceRequests"][0];
	assert_eq!(cards["DeviceIDs"], serde_json::json!(["0", "GPU-7"]));
	assert_eq!(cards["Capabilities"], serde_json::json!([["gpu"]]));
	for absent in [
		"Binds",
		"Mounts",
		"CapAdd",
		"Devices",
		"PidMode",
		"PortBindings",
	] {
		assert!(host[absent].is_null(), "{absent}");
	}
}

#[tokio::test]
async fn network_is_granted_by_the_configuration_only() {
	let engine = Engine::new(Script::default());
	let docker = engine.with(config::Docker {
		network: true,
		..Default::default()
	});
	docker.execute(work(IMAGE, b"", 0)).await.unwrap();
	let host = engine.body("/containers/create")["HostConfig"].clone();
	assert_eq!(host["NetworkMode"], "bridge");
	assert!(host["DeviceRequests"].is_null(), "no cards but named ones");
	assert!(docker.probe().await.unwrap().contains("WITH NETWORK"));
}

#[tokio::test]
async fn only_an_image_by_digest_is_run() {
	let engine = Engine::new(Script::default());
	let digest = "1".repeat(64);
	for name in [
		"job".into(),
		"job:latest".into(),
		"job@sha256:11".into(),
		format!("@sha256:{digest}"),
		format!("job@sha256:{}", "A".repeat(64)),
		format!("job@sha512:{digest}"),
		format!("../job@sha256:{digest}"),
		format!("job?x=1@sha256:{digest}"),
		format!("job@sha256:{digest}&fromImage=other"),
	] {
		let refused = engine.docker().execute(work(&name, b"", 0)).await;
		assert!(
			matches!(refused, Err(ExecutorError::Reference(..))),
			"{name}"
		);
	}
	assert!(engine.asked.lock().is_empty(), "the engine hears nothing");
	let named = format!("localhost:5000/a/job:1.2@sha256:{digest}");
	engine.docker().execute(work(&named, b"", 0)).await.unwrap();
}

#[tokio::test]
async fn an_image_that_is_not_there_is_not_pulled() {
	let engine = Engine::new(Script {
		missing: true,
		..Default::default()
	});
	let ended = engine.docker().execute(work(IMAGE, b"", 0)).await;
	assert!(matches!(ended, Err(ExecutorError::ImageMissing(..))));
	assert_eq!(engine.count("/images/"), 0);
}

#[tokio::test]
async fn an_image_with_volumes_is_not_started() {
	let engine = Engine::new(Script {
		volume: true,
		..Default::default()
	});
	let ended = engine.docker().execute(work(IMAGE, b"", 0)).await;
	assert!(matches!(ended, Err(ExecutorError::Volumes(..))));
	assert_eq!(engine.count("/start"), 0);
	assert_eq!(engine.count("DELETE /"), 1);
}

#[tokio::test]
async fn output_beyond_the_limit_ends_the_container() {
	let engine = Engine::new(Script {
		output: vec![b'x'; 101],
		hangs: true,
		..Default::default()
	});
	let docker = engine.with(config::Docker {
		output_bytes: 100,
		..Default::default()
	});
	let ended = docker.execute(work(IMAGE, b"", 0)).await;
	assert!(matches!(
		ended,
		Err(ExecutorError::Output {
			kind: Kind::Docker,
			item: 0,
			limit: 100
		})
	));
	assert_eq!(engine.count("DELETE /"), 1);
}

#[tokio::test]
async fn time_ends_the_container() {
	let engine = Engine::new(Script {
		hangs: true,
		..Default::default()
	});
	let docker = engine.with(config::Docker {
		seconds: 1,
		..Default::default()
	});
	let ended = docker.execute(work(IMAGE, b"", 0)).await;
	assert!(matches!(
		ended,
		Err(ExecutorError::Time {
			kind: Kind::Docker,
			seconds: 1
		})
	));
	assert_eq!(engine.count("DELETE /"), 1);
}

#[tokio::test]
async fn whoever_gives_up_still_has_the_container_removed() {
	let engine = Engine::new(Script {
		hangs: true,
		..Default::default()
	});
	let docker = engine.docker();
	let job = docker.execute(work(IMAGE, b"", 0));
	let soon = Duration::from_millis(300);
	assert!(tokio::time::timeout(soon, job).await.is_err());
	for _ in 0..500 {
		if engine.count("DELETE /") == 1 {
			return;
		}
		tokio::time::sleep(Duration::from_millis(20)).await;
	}
	panic!("it was not removed");
}

#[tokio::test]
async fn an_exit_code_is_told_with_the_complaint() {
	let engine = Engine::new(Script {
		code: 137,
		..Default::default()
	});
	match engine.docker().execute(work(IMAGE, b"", 0)).await {
		Err(ExecutorError::Exit {
			item: 0,
			code: 137,
			said,
		}) => assert_eq!(said, "a complaint"),
		other => panic!("{other:?}"),
	}
	assert_eq!(engine.count("DELETE /"), 1);
}

#[tokio::test]
async fn a_container_that_stays_is_told() {
	let engine = Engine::new(Script {
		sticky: true,
		..Default::default()
	});
	let ended = engine.docker().execute(work(IMAGE, b"", 0)).await;
	let Err(error @ ExecutorError::Removal(..)) = ended else {
		panic!("{ended:?}")
	};
	assert!(error.to_string().contains("label=terminal-provider"));
}

#[tokio::test]
async fn no_engine_is_told_with_the_remedy() {
	let folder = tempfile::tempdir().unwrap();
	let docker = Docker::new(&config::Docker {
		socket: socket(folder.path()),
		..Default::default()
	});
	let told = docker.probe().await.unwrap_err().to_string();
	assert!(told.contains("[executors.docker] socket"), "{told}");
}
