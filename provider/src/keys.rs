//! The hot key: read from a file, or made new.

use anyhow::{bail, Context};
use std::path::Path;
use subxt::utils::AccountId32;
use subxt_signer::{sr25519::Keypair, SecretUri};

/// Read a key file: a `//Path`, a mnemonic or a 0x seed.
pub fn load(path: &Path) -> anyhow::Result<Keypair> {
	let text = std::fs::read_to_string(path).with_context(|| {
		format!(
			"cannot read the hot key {}: `terminal-provider init` makes one",
			path.display()
		)
	})?;
	let uri: SecretUri = text
		.trim()
		.parse()
		.with_context(|| format!("{} holds no mnemonic, 0x seed or //Path", path.display()))?;
	Keypair::from_uri(&uri)
		.with_context(|| format!("{} holds no usable sr25519 key", path.display()))
}

/// Make a new key and write its seed, readable by the owner alone. Never overwrites.
pub fn create(path: &Path) -> anyhow::Result<AccountId32> {
	use std::{io::Write, os::unix::fs::OpenOptionsExt};
	let mut seed = [0u8; 32];
	std::io::Read::read_exact(&mut std::fs::File::open("/dev/urandom")?, &mut seed)?;
	let pair = Keypair::from_secret_key(seed).context("the new seed makes no key; try again")?;
	let file = std::fs::OpenOptions::new()
		.write(true)
		.create_new(true)
		.mode(0o600)
		.open(path);
	let mut file = match file {
		Ok(file) => file,
		Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
			bail!(
				"{} exists already: keep it, or move it away first",
				path.display()
			)
		},
		Err(error) => return Err(error).context(format!("cannot write {}", path.display())),
	};
	writeln!(file, "0x{}", hex::encode(seed))?;
	Ok(pair.public_key().to_account_id())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_made_key_loads_again_and_is_never_overwritten() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("agent.key");
		let account = create(&path).unwrap();
		assert_eq!(load(&path).unwrap().public_key().to_account_id(), account);
		assert!(create(&path).is_err());
	}

	#[test]
	fn a_dev_path_is_a_key() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("agent.key");
		std::fs::write(&path, "//Alice\n").unwrap();
		let alice = subxt_signer::sr25519::dev::alice();
		assert_eq!(load(&path).unwrap().public_key().0, alice.public_key().0);
	}

	#[test]
	fn rubbish_is_refused_with_the_file_named() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("agent.key");
		std::fs::write(&path, "not a key").unwrap();
		assert!(format!("{:#}", load(&path).unwrap_err()).contains("agent.key"));
	}
}
