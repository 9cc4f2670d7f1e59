//! How a container is made: from an image by digest, with everything taken away that can be.

use super::ExecutorError;
use crate::config;
use bollard::models::{
	ContainerCreateBody, DeviceRequest, HealthConfig, HostConfig, HostConfigLogConfig,
	ResourcesUlimits,
};
use std::collections::HashMap;

/// What containers are labelled with, so that those of a killed daemon can be found.
pub const LABEL: &str = "terminal-provider";
/// Nobody, on every system.
const USER: &str = "65534:65534";
/// Open files of a process.
const FILES: i64 = 1_024;

/// The reference in `program`, if it names an image by digest: `name@sha256:…`.
pub fn reference(program: &[u8]) -> Result<String, ExecutorError> {
	let text = String::from_utf8_lossy(program).into_owned();
	let name = |name: &str| {
		!name.is_empty()
			&& name.len() <= 255
			&& name.split('/').all(|part| {
				part.starts_with(|first: char| first.is_ascii_alphanumeric())
					&& part
						.chars()
						.all(|one| one.is_ascii_alphanumeric() || "._-:".contains(one))
			})
	};
	let digest = |digest: &str| {
		digest.len() == 64
			&& digest
				.bytes()
				.all(|one| one.is_ascii_digit() || (b'a'..=b'f').contains(&one))
	};
	match text.split_once("@sha256:") {
		Some((left, right)) if name(left) && digest(right) => Ok(text),
		_ => Err(ExecutorError::Reference(text.chars().take(300).collect())),
	}
}

/// The container for one item of `image`.
pub fn body(image: &str, limits: &config::Docker) -> ContainerCreateBody {
	ContainerCreateBody {
		image: Some(image.into()),
		user: Some(USER.into()),
		hostname: Some("job".into()),
		attach_stdin: Some(true),
		attach_stdout: Some(true),
		attach_stderr: Some(true),
		open_stdin: Some(true),
		stdin_once: Some(true),
		tty: Some(false),
		healthcheck: Some(HealthConfig {
			test: Some(vec!["NONE".into()]),
			..Default::default()
		}),
		labels: Some(HashMap::from([(LABEL.into(), "job".into())])),
		host_config: Some(host(limits)),
		..Default::default()
	}
}

fn host(limits: &config::Docker) -> HostConfig {
	let bytes = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
	let network = if limits.network { "bridge" } else { "none" };
	let scratch = format!("rw,noexec,nosuid,nodev,size={}", limits.scratch_bytes);
	let gpus = DeviceRequest {
		driver: Some("nvidia".into()),
		device_ids: Some(limits.gpus.clone()),
		capabilities: Some(vec![vec!["gpu".into()]]),
		..Default::default()
	};
	HostConfig {
		privileged: Some(false),
		readonly_rootfs: Some(true),
		cap_drop: Some(vec!["ALL".into()]),
		security_opt: Some(vec!["no-new-privileges:true".into()]),
		network_mode: Some(network.into()),
		ipc_mode: Some("private".into()),
		memory: Some(bytes(limits.memory_bytes)),
		// Memory and swap together: no swap.
		memory_swap: Some(bytes(limits.memory_bytes)),
		nano_cpus: Some(i64::from(limits.cpus).saturating_mul(1_000_000_000)),
		pids_limit: Some(limits.pids.into()),
		ulimits: Some(vec![ResourcesUlimits {
			name: Some("nofile".into()),
			soft: Some(FILES),
			hard: Some(FILES),
		}]),
		tmpfs: Some(HashMap::from([("/tmp".into(), scratch)])),
		// What is written is read from the stream; a log would fill the disk.
		log_config: Some(HostConfigLogConfig {
			typ: Some("none".into()),
			config: None,
		}),
		device_requests: (!limits.gpus.is_empty()).then(|| vec![gpus]),
		..Default::default()
	}
}
