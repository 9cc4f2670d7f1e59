//! `terminal-provider execute`, and what `doctor` asks of the executors: the same way that jobs take.

use super::{ExecutorError, Executors, Kind, Work};
use crate::{
	cache::Cache,
	config::{self, Config},
	fetch::Fetcher,
};
use anyhow::{bail, Context};
use bytes::Bytes;
use std::{io::Read, path::PathBuf, time::Instant};
use terminal_gpu_proof::{hash::blake2_256, result::weights_root, Hash};
use tokio::io::AsyncReadExt;

/// Bytes of input that are read.
const MAX_INPUT: u64 = 256 << 20;

/// A job to run by hand. Its input is read from a file or from standard input.
#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("program").required(true)))]
pub struct Execute {
	/// Run this WebAssembly module: a file, or an http(s) address with --digest.
	#[arg(long, group = "program")]
	module: Option<String>,
	/// Run the network of these weights: a file, or an http(s) address with --digest.
	#[arg(long, group = "program")]
	weights: Option<String>,
	/// Run this image, named by digest: registry/name@sha256:….
	#[arg(long, group = "program")]
	image: Option<String>,
	/// The digest that module or weights must have: the root over chunks, hexadecimal.
	#[arg(long)]
	digest: Option<String>,
	/// The input; standard input where none is named.
	#[arg(long)]
	input: Option<PathBuf>,
	/// Cut the input into items of so many bytes, each run by itself; 0: it is one item.
	#[arg(long, default_value_t = 0)]
	item_bytes: usize,
	/// The most bytes that one item's output may have.
	#[arg(long, default_value_t = 1 << 20)]
	output_bytes: usize,
	/// Write the outputs, one after the other, to this file.
	#[arg(long)]
	output: Option<PathBuf>,
}

/// Run it and print digests. Whether it was done.
pub async fn execute(config: &Config, job: Execute) -> anyhow::Result<bool> {
	let executors = Executors::new(&config.executors)?;
	let (kind, program) = program(config, &job).await?;
	let executor = executors.get(kind)?;
	let work = Work {
		inputs: input(job.input.as_deref()).await?,
		program: program.clone(),
		item_bytes: job.item_bytes,
		output_bytes: job.output_bytes,
		done: Default::default(),
	};
	let since = Instant::now();
	let outputs = executor.execute(work).await?;
	let took = since.elapsed();
	println!("executor  {kind}");
	println!("program   {}", named(kind, &program));
	println!("items     {}", outputs.len());
	println!("bytes     {}", outputs.iter().map(Vec::len).sum::<usize>());
	println!("output    {}", hex::encode(digest(&outputs)));
	println!("took      {} ms", took.as_millis());
	if let Some(path) = &job.output {
		tokio::fs::write(path, outputs.concat())
			.await
			.with_context(|| format!("cannot write {}", path.display()))?;
	}
	Ok(true)
}

/// Of all outputs: H("tct/execute/v1" | count u64 LE | for each its length u64 LE and its bytes).
/// Two providers that agree have the same.
fn digest(outputs: &[Vec<u8>]) -> Hash {
	let count = (outputs.len() as u64).to_le_bytes();
	let lengths: Vec<[u8; 8]> = outputs
		.iter()
		.map(|output| (output.len() as u64).to_le_bytes())
		.collect();
	let mut parts: Vec<&[u8]> = vec![b"tct/execute/v1", &count];
	for (length, output) in lengths.iter().zip(outputs) {
		parts.extend([&length[..], output]);
	}
	blake2_256(&parts)
}

/// A program's name: its digest, or the image's reference.
fn named(kind: Kind, program: &[u8]) -> String {
	match kind {
		Kind::Docker => String::from_utf8_lossy(program).into(),
		Kind::Wasm | Kind::IntegerNetwork => hex::encode(weights_root(program)),
	}
}

async fn program(config: &Config, job: &Execute) -> anyhow::Result<(Kind, Bytes)> {
	let (kind, source) = match (&job.module, &job.weights, &job.image) {
		(Some(module), ..) => (Kind::Wasm, module),
		(_, Some(weights), _) => (Kind::IntegerNetwork, weights),
		(.., Some(image)) => return Ok((Kind::Docker, image.clone().into())),
		(None, None, None) => bail!("name a program: --module, --weights or --image"),
	};
	let wanted = job.digest.as_deref().map(parsed).transpose()?;
	if source.contains("://") {
		let wanted = wanted.context("what is fetched needs its --digest")?;
		let fetcher = Fetcher::new(config.limits.clone())?;
		let cache = Cache::new(config.data.join("cache"), config.limits.cache_bytes);
		let cap = config.limits.fetch_bytes;
		return Ok((
			kind,
			cache.get(&wanted, source, cap, &fetcher).await?.into(),
		));
	}
	let bytes = tokio::fs::read(source)
		.await
		.with_context(|| format!("cannot read {source}"))?;
	let found = weights_root(&bytes);
	if wanted.is_some_and(|wanted| wanted != found) {
		bail!("{source} has the digest {}", hex::encode(found));
	}
	Ok((kind, bytes.into()))
}

fn parsed(digest: &str) -> anyhow::Result<Hash> {
	let mut bytes = [0; 32];
	hex::decode_to_slice(digest.trim_start_matches("0x"), &mut bytes)
		.context("--digest must be 64 hexadecimal digits")?;
	Ok(bytes)
}

async fn input(path: Option<&std::path::Path>) -> anyhow::Result<Bytes> {
	let mut bytes = Vec::new();
	let most = MAX_INPUT.saturating_add(1);
	match path {
		Some(path) => {
			let file = tokio::fs::File::open(path)
				.await
				.with_context(|| format!("cannot read {}", path.display()))?;
			file.take(most).read_to_end(&mut bytes).await?;
		},
		None => {
			let read = move || {
				std::io::stdin()
					.take(most)
					.read_to_end(&mut bytes)
					.map(|_| bytes)
			};
			bytes = tokio::task::spawn_blocking(read).await??;
		},
	}
	if bytes.len() as u64 > MAX_INPUT {
		bail!("the input has more than {MAX_INPUT} bytes: run it in parts");
	}
	Ok(bytes.into())
}

/// Try each executor: what `doctor` tells of it.
pub async fn probe(config: &config::Executors) -> Vec<(Kind, Result<String, String>)> {
	let executors = match Executors::new(config) {
		Ok(executors) => executors,
		Err(error) => return vec![(Kind::Wasm, Err(error.to_string()))],
	};
	let mut told = Vec::new();
	for kind in [Kind::IntegerNetwork, Kind::Wasm, Kind::Docker] {
		let outcome = match executors.get(kind) {
			Ok(executor) => executor.probe().await.map_err(|error| error.to_string()),
			Err(ExecutorError::Disabled(_)) => Ok("off".into()),
			Err(error) => Err(error.to_string()),
		};
		told.push((kind, outcome));
	}
	told
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_digest_tells_where_one_output_ends() {
		let one = digest(&[b"ab".to_vec(), b"c".to_vec()]);
		assert_ne!(one, digest(&[b"a".to_vec(), b"bc".to_vec()]));
		assert_ne!(one, digest(&[b"abc".to_vec()]));
		assert_ne!(digest(&[]), digest(&[Vec::new()]));
		assert_eq!(one, digest(&[b"ab".to_vec(), b"c".to_vec()]));
	}

	#[test]
	fn a_digest_is_64_digits() {
		assert_eq!(parsed(&"07".repeat(32)).unwrap(), [7; 32]);
		assert_eq!(parsed(&format!("0x{}", "07".repeat(32))).unwrap(), [7; 32]);
		assert!(parsed("07").is_err());
	}

	#[tokio::test]
	async fn the_doctor_tries_what_is_on() {
		let mut config = config::Executors::default();
		config.docker.enabled = true;
		config.docker.socket = "/nowhere/docker.sock".into();
		config.wasm.enabled = true;
		let told = probe(&config).await;
		let of = |kind| &told.iter().find(|one| one.0 == kind).unwrap().1;
		assert!(of(Kind::IntegerNetwork).is_ok());
		assert!(of(Kind::Wasm).as_ref().unwrap().contains("fuel"));
		let broken = of(Kind::Docker).as_ref().unwrap_err();
		assert!(broken.contains("[executors.docker] socket"), "{broken}");
		let off = probe(&config::Executors::default()).await;
		assert!(off.iter().skip(1).all(|one| one.1 == Ok("off".into())));
	}
}
