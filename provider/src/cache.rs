//! Files by digest: weights and modules that several jobs name are fetched once.
//!
//! The digest is the root over chunks by which the chain pins weights. A file is checked when it
//! comes and whenever it is read, so nothing that changed on the disk is ever run. The folder's size
//! is bounded: what was used longest ago goes first.

use crate::fetch::{FetchError, Fetcher};
use std::{
	path::{Path, PathBuf},
	time::SystemTime,
};
use terminal_gpu_proof::{result::weights_root, Hash};

/// Why a file is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
	#[error(transparent)]
	Fetch(#[from] FetchError),
	#[error(
		"{0} has the digest {1} instead of {2}: its host gives another file; name another host"
	)]
	Digest(String, String, String),
}

/// Files of one folder.
pub struct Cache {
	folder: PathBuf,
	most_bytes: u64,
}

impl Cache {
	/// Keeps at most `most_bytes` in `folder`; 0 keeps nothing.
	pub fn new(folder: PathBuf, most_bytes: u64) -> Self {
		Self { folder, most_bytes }
	}

	/// The file with `digest`: from the disk, else from `address`, at most `cap` bytes.
	pub async fn get(
		&self,
		digest: &Hash,
		address: &str,
		cap: u64,
		fetcher: &Fetcher,
	) -> Result<Vec<u8>, CacheError> {
		let file = self.folder.join(hex::encode(digest));
		if let Some(bytes) = kept(&file, digest, cap).await {
			return Ok(bytes);
		}
		let bytes = fetcher.fetch(address, cap).await?;
		let found = weights_root(&bytes);
		if found != *digest {
			let [found, wanted] = [found, *digest].map(hex::encode);
			return Err(CacheError::Digest(address.into(), found, wanted));
		}
		// A full disk costs the next fetch, not this job.
		if let Err(error) = self.keep(&file, &bytes).await {
			tracing::warn!(folder = %self.folder.display(), %error, "a file could not be kept");
		}
		Ok(bytes)
	}

	async fn keep(&self, file: &Path, bytes: &[u8]) -> std::io::Result<()> {
		let Some(room) = self.most_bytes.checked_sub(bytes.len() as u64) else {
			return Ok(());
		};
		tokio::fs::create_dir_all(&self.folder).await?;
		self.shrink(room).await?;
		// Written aside and renamed, so that a crash leaves no half file; two at a time do not meet.
		let aside = tempfile_name(file);
		tokio::fs::write(&aside, bytes).await?;
		tokio::fs::rename(&aside, file).await
	}

	/// Remove what was used longest ago, and what a crash left half, until `room` bytes are left.
	async fn shrink(&self, room: u64) -> std::io::Result<()> {
		let mut files = Vec::new();
		let mut folder = tokio::fs::read_dir(&self.folder).await?;
		while let Some(entry) = folder.next_entry().await? {
			let about = entry.metadata().await?;
			let used = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
			files.push((used, about.len(), entry.path()));
		}
		files.sort();
		let mut total = files
			.iter()
			.fold(0_u64, |sum, file| sum.saturating_add(file.1));
		for (_, length, path) in files {
			if total <= room {
				break;
			}
			tokio::fs::remove_file(&path).await?;
			total = total.saturating_sub(length);
		}
		Ok(())
	}
}

/// A name beside `file` that nobody else writes to.
fn tempfile_name(file: &Path) -> PathBuf {
	static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
	let next = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
	file.with_extension(format!("{}-{next}.part", std::process::id()))
}

/// The file, if it is there and still right. Notes that it was used.
async fn kept(file: &Path, digest: &Hash, cap: u64) -> Option<Vec<u8>> {
	let length = tokio::fs::metadata(file).await.ok()?.len();
	if length > cap {
		return None;
	}
	let bytes = tokio::fs::read(file).await.ok()?;
	if weights_root(&bytes) != *digest {
		tracing::warn!(file = %file.display(), "a kept file has changed; it is fetched again");
		let _ = tokio::fs::remove_file(file).await;
		return None;
	}
	if let Ok(opened) = std::fs::File::options().write(true).open(file) {
		let _ = opened.set_modified(SystemTime::now());
	}
	Some(bytes)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::config::Limits;
	use std::time::Duration;

	fn fetcher() -> Fetcher {
		let limits = Limits {
			allow_files: true,
			..Limits::default()
		};
		Fetcher::new(limits).unwrap()
	}

	/// A file of `length` bytes to fetch: its digest and address.
	fn source(folder: &Path, name: &str, length: usize) -> (Hash, String) {
		let bytes = vec![name.as_bytes()[0]; length];
		let path = folder.join(name);
		std::fs::write(&path, &bytes).unwrap();
		let address = url::Url::from_file_path(path).unwrap().to_string();
		(weights_root(&bytes), address)
	}

	fn names(cache: &Cache) -> usize {
		std::fs::read_dir(&cache.folder).unwrap().count()
	}

	#[tokio::test]
	async fn a_file_is_fetched_once() {
		let folder = tempfile::tempdir().unwrap();
		let cache = Cache::new(folder.path().join("cache"), 100);
		let (digest, address) = source(folder.path(), "a", 40);
		let first = cache.get(&digest, &address, 50, &fetcher()).await.unwrap();
		std::fs::remove_file(folder.path().join("a")).unwrap();
		let again = cache.get(&digest, &address, 50, &fetcher()).await.unwrap();
		assert_eq!(first, again);
		assert_eq!(first, vec![b'a'; 40]);
	}

	#[tokio::test]
	async fn another_file_is_refused_and_not_kept() {
		let folder = tempfile::tempdir().unwrap();
		let cache = Cache::new(folder.path().join("cache"), 100);
		let (_, address) = source(folder.path(), "a", 40);
		let refused = cache.get(&[1; 32], &address, 50, &fetcher()).await;
		assert!(matches!(refused, Err(CacheError::Digest(..))));
		assert!(!cache.folder.exists());
	}

	#[tokio::test]
	async fn what_changed_on_the_disk_is_fetched_again() {
		let folder = tempfile::tempdir().unwrap();
		let cache = Cache::new(folder.path().join("cache"), 100);
		let (digest, address) = source(folder.path(), "a", 40);
		cache.get(&digest, &address, 50, &fetcher()).await.unwrap();
		std::fs::write(cache.folder.join(hex::encode(digest)), b"other").unwrap();
		let bytes = cache.get(&digest, &address, 50, &fetcher()).await.unwrap();
		assert_eq!(bytes, vec![b'a'; 40]);
	}

	#[tokio::test]
	async fn the_folder_is_bounded_and_what_was_used_last_stays() {
		let folder = tempfile::tempdir().unwrap();
		let cache = Cache::new(folder.path().join("cache"), 100);
		let [a, b, c] = ["a", "b", "c"].map(|name| source(folder.path(), name, 40));
		for (digest, address) in [&a, &b, &a, &c] {
			tokio::time::sleep(Duration::from_millis(20)).await;
			cache.get(digest, address, 50, &fetcher()).await.unwrap();
		}
		assert_eq!(names(&cache), 2);
		let there = |digest: &Hash| cache.folder.join(hex::encode(digest)).exists();
		assert!(there(&a.0) && there(&c.0) && !there(&b.0));
	}

	#[tokio::test]
	async fn what_does_not_fit_is_used_and_not_kept() {
		let folder = tempfile::tempdir().unwrap();
		let cache = Cache::new(folder.path().join("cache"), 30);
		let (digest, address) = source(folder.path(), "a", 40);
		cache.get(&digest, &address, 50, &fetcher()).await.unwrap();
		assert!(!cache.folder.exists());
		let capped = cache.get(&digest, &address, 39, &fetcher()).await;
		assert!(matches!(capped, Err(CacheError::Fetch(..))));
	}
}
