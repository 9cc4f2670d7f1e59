//! The executor `docker`: one fresh container per item, the item on standard input, its output on
//! standard output. Containers are what `container.rs` says.
//!
//! Images are never pulled: a consumer could fill the disk, or have the engine ask hosts that only
//! this machine may ask. The provider pulls what it trusts. Nothing here makes two machines agree:
//! what a container computes may depend on hardware and time.

mod container;
#[cfg(test)]
mod tests;

use super::{Executor, ExecutorError, Kind, Work};
use crate::config;
use bollard::{
	container::{AttachContainerResults, LogOutput},
	errors::Error,
	query_parameters::{
		AttachContainerOptions, CreateContainerOptions, InspectContainerOptions,
		RemoveContainerOptions, StartContainerOptions, WaitContainerOptions,
	},
	API_DEFAULT_VERSION,
};
use bytes::Bytes;
use futures::StreamExt;
use std::{sync::atomic::Ordering, time::Duration};
use tokio::{io::AsyncWriteExt, sync::oneshot};

/// Bytes kept of standard error.
const MAX_COMPLAINT: usize = 2_048;
/// Seconds that the engine has for one answer, and for the removal of a container.
const ENGINE_SECONDS: u64 = 60;

/// Runs containers within the limits of `[executors.docker]`.
pub struct Docker {
	limits: config::Docker,
}

impl Docker {
	pub fn new(limits: &config::Docker) -> Self {
		Self {
			limits: limits.clone(),
		}
	}

	async fn connect(&self) -> Result<bollard::Docker, ExecutorError> {
		let failed = engine("connect");
		let socket = self.limits.socket.display().to_string();
		bollard::Docker::connect_with_unix(&socket, ENGINE_SECONDS, API_DEFAULT_VERSION)
			.map_err(&failed)?
			.negotiate_version()
			.await
			.map_err(failed)
	}
}

/// An error of the engine in the executors' words.
fn engine(step: &'static str) -> impl Fn(Error) -> ExecutorError {
	move |error| ExecutorError::Engine {
		step,
		reason: error.to_string(),
	}
}

#[async_trait::async_trait]
impl Executor for Docker {
	async fn execute(&self, work: Work) -> Result<Vec<Vec<u8>>, ExecutorError> {
		let job = Job {
			image: container::reference(&work.program)?,
			most_output: work.output_bytes.min(self.limits.output_bytes),
			limits: self.limits.clone(),
			engine: self.connect().await?,
		};
		// A task of its own ends with the removal of its container, also when nobody waits any more.
		let (given_up, mut abandoned) = oneshot::channel::<()>();
		let running = tokio::spawn(async move {
			let seconds = job.limits.seconds;
			let until = tokio::time::Instant::now() + Duration::from_secs(seconds);
			let mut outputs = Vec::new();
			for (item, input) in work.items().into_iter().enumerate() {
				let limit = async {
					tokio::select! {
						_ = tokio::time::sleep_until(until) => ExecutorError::Time {
							kind: Kind::Docker,
							seconds,
						},
						_ = &mut abandoned => ExecutorError::Abandoned,
					}
				};
				outputs.push(job.item(item, input, limit).await?);
				work.done.fetch_add(1, Ordering::Relaxed);
			}
			Ok(outputs)
		});
		let ended = running.await;
		drop(given_up);
		ended.map_err(|error| ExecutorError::Setup(Kind::Docker, error.to_string()))?
	}

	/// No image is known to be there, so the engine is asked who it is, and nothing is run.
	async fn probe(&self) -> Result<String, ExecutorError> {
		let version = self.connect().await?.version().await;
		let version = version.map_err(engine("tell its version"))?;
		let cards = match self.limits.gpus.len() {
			0 => "no GPUs".into(),
			some => format!("{some} GPUs"),
		};
		let network = match self.limits.network {
			true => "WITH NETWORK",
			false => "no network",
		};
		Ok(format!(
			"the engine {} answers ({cards}, {network}); `execute --image` runs one",
			version.version.unwrap_or_default()
		))
	}
}

/// One job's containers.
struct Job {
	image: String,
	most_output: usize,
	limits: config::Docker,
	engine: bollard::Docker,
}

impl Job {
	/// Run one item in a container of its own, until `limit` says why it must end. The container is
	/// removed whatever happens.
	async fn item(
		&self,
		item: usize,
		input: Bytes,
		limit: impl std::future::Future<Output = ExecutorError>,
	) -> Result<Vec<u8>, ExecutorError> {
		let body = container::body(&self.image, &self.limits);
		let made = self
			.engine
			.create_container(None::<CreateContainerOptions>, body)
			.await;
		let id = match made {
			Ok(made) => made.id,
			Err(Error::DockerResponseServerError {
				status_code: 404, ..
			}) => return Err(ExecutorError::ImageMissing(self.image.clone())),
			Err(error) => return Err(engine("make a container")(error)),
		};
		let ended = tokio::select! {
			ended = self.run(item, &id, &input) => ended,
			why = limit => Err(why),
		};
		self.remove(&id).await?;
		ended
	}

	/// End it, if it runs, and remove it with what it wrote.
	async fn remove(&self, id: &str) -> Result<(), ExecutorError> {
		let options = RemoveContainerOptions {
			force: true,
			v: true,
			..Default::default()
		};
		match self.engine.remove_container(id, Some(options)).await {
			Ok(()) => Ok(()),
			Err(Error::DockerResponseServerError {
				status_code: 404, ..
			}) => Ok(()),
			Err(error) => Err(ExecutorError::Removal(error.to_string())),
		}
	}

	async fn run(&self, item: usize, id: &str, input: &[u8]) -> Result<Vec<u8>, ExecutorError> {
		let about = self
			.engine
			.inspect_container(id, None::<InspectContainerOptions>)
			.await
			.map_err(engine("inspect the container"))?;
		if about.mounts.is_some_and(|mounts| !mounts.is_empty()) {
			return Err(ExecutorError::Volumes(self.image.clone()));
		}
		let options = AttachContainerOptions {
			stream: true,
			stdin: true,
			stdout: true,
			stderr: true,
			..Default::default()
		};
		let streams = self
			.engine
			.attach_container(id, Some(options))
			.await
			.map_err(engine("attach to the container"))?;
		self.engine
			.start_container(id, None::<StartContainerOptions>)
			.await
			.map_err(engine("start the container"))?;
		let (output, said) = self.talk(item, streams, input).await?;
		match self.exit_code(id).await? {
			0 => Ok(output),
			code => Err(ExecutorError::Exit { item, code, said }),
		}
	}

	/// Give the container its input and take what it says, at most so much of it.
	async fn talk(
		&self,
		item: usize,
		streams: AttachContainerResults,
		input: &[u8],
	) -> Result<(Vec<u8>, String), ExecutorError> {
		let AttachContainerResults {
			output: mut said,
			input: mut stdin,
		} = streams;
		// A container that does not read its input is no error. Its end shows on the other stream.
		let give = async {
			let _ = stdin.write_all(input).await;
			let _ = stdin.shutdown().await;
		};
		let take = async {
			let (mut output, mut complaint) = (Vec::new(), Vec::new());
			while let Some(piece) = said.next().await {
				match piece.map_err(engine("read from the container"))? {
					LogOutput::StdErr { message } => {
						let room = MAX_COMPLAINT.saturating_sub(complaint.len());
						complaint.extend_from_slice(message.get(..room).unwrap_or(&message));
					},
					LogOutput::StdOut { message } | LogOutput::Console { message } => {
						if output.len().saturating_add(message.len()) > self.most_output {
							return Err(ExecutorError::Output {
								kind: Kind::Docker,
								item,
								limit: self.most_output,
							});
						}
						output.extend_from_slice(&message);
					},
					LogOutput::StdIn { .. } => {},
				}
			}
			Ok((output, String::from_utf8_lossy(&complaint).trim().into()))
		};
		let mut take = std::pin::pin!(take);
		tokio::select! {
			taken = &mut take => taken,
			() = give => take.await,
		}
	}

	async fn exit_code(&self, id: &str) -> Result<i64, ExecutorError> {
		let mut ends = std::pin::pin!(self.engine.wait_container(id, None::<WaitContainerOptions>));
		match ends.next().await {
			Some(Ok(ended)) => Ok(ended.status_code),
			Some(Err(Error::DockerContainerWaitError { code, .. })) => Ok(code),
			Some(Err(error)) => Err(engine("tell the exit code")(error)),
			None => Err(ExecutorError::Engine {
				step: "tell the exit code",
				reason: "it said nothing".into(),
			}),
		}
	}
}
