//! The owner's wish to drain the machine. It lies in a file of the data folder: it survives
//! restarts, a running daemon sees it at its next block, and whoever may write there may wish.

use std::path::{Path, PathBuf};

/// What the owner wants of the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
	/// Serve: there is no file.
	#[default]
	Serve,
	/// Take nothing new, serve what runs, go offline after the last lease.
	Drain,
	/// Take the machine online again; then the file goes.
	Undo,
}

const DRAIN: &str = "drain";
const UNDO: &str = "undo";

fn file(folder: &Path) -> PathBuf {
	folder.join("drain")
}

impl Wish {
	/// The wish in the data folder. A file that says anything but `undo`, or cannot be read, means to
	/// drain: nothing new is taken by mistake.
	pub fn read(folder: &Path) -> Self {
		match std::fs::read_to_string(file(folder)) {
			Ok(text) if text.trim() == UNDO => Self::Undo,
			Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::Serve,
			Ok(_) | Err(_) => Self::Drain,
		}
	}

	/// Write it into the data folder.
	pub fn write(self, folder: &Path) -> std::io::Result<()> {
		std::fs::create_dir_all(folder)?;
		let path = file(folder);
		let text = match self {
			Self::Drain => DRAIN,
			Self::Undo => UNDO,
			Self::Serve => {
				return match std::fs::remove_file(path) {
					Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
					Ok(()) | Err(_) => Ok(()),
				}
			},
		};
		// Written aside and renamed: a half file is never read.
		let aside = path.with_extension("part");
		std::fs::write(&aside, format!("{text}\n"))?;
		std::fs::rename(aside, path)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_wish_is_read_as_it_was_written() {
		let folder = tempfile::tempdir().unwrap();
		let data = folder.path().join("new");
		assert_eq!(Wish::read(&data), Wish::Serve);
		for wish in [Wish::Drain, Wish::Undo, Wish::Serve, Wish::Serve] {
			wish.write(&data).unwrap();
			assert_eq!(Wish::read(&data), wish);
		}
	}

	#[test]
	fn a_file_that_is_not_understood_takes_nothing_new() {
		let folder = tempfile::tempdir().unwrap();
		std::fs::write(file(folder.path()), "").unwrap();
		assert_eq!(Wish::read(folder.path()), Wish::Drain);
		std::fs::remove_file(file(folder.path())).unwrap();
		std::fs::create_dir(file(folder.path())).unwrap();
		assert_eq!(Wish::read(folder.path()), Wish::Drain);
	}
}
