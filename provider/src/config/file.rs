//! The configuration file, looked at again and again.

use super::{Config, ConfigError};
use std::path::PathBuf;

/// The file and what it said last.
pub struct ConfigFile {
	path: PathBuf,
	seen: Option<Result<String, String>>,
}

impl ConfigFile {
	/// Nothing was read of it yet.
	pub fn new(path: PathBuf) -> Self {
		Self { path, seen: None }
	}

	/// What it says, if that is not what it said at the last look. An error says what is wrong with
	/// it, once.
	pub fn look(&mut self) -> Option<Result<Config, ConfigError>> {
		let read = Config::read(&self.path);
		let said = match &read {
			Ok(text) => Ok(text.clone()),
			Err(error) => Err(error.to_string()),
		};
		if self.seen.as_ref() == Some(&said) {
			return None;
		}
		self.seen = Some(said);
		Some(read.and_then(|text| Config::parse(&self.path, &text)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::config::TEMPLATE;

	#[test]
	fn a_change_is_news_once_and_so_is_what_is_wrong_with_it() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("provider.toml");
		let mut file = ConfigFile::new(path.clone());
		assert!(file.look().unwrap().is_err(), "there is none");
		assert!(file.look().is_none());
		std::fs::write(&path, TEMPLATE).unwrap();
		assert_eq!(file.look().unwrap().unwrap().market.min_rate, 0);
		assert!(file.look().is_none());
		let dearer = TEMPLATE.replace("min_rate = 0", "min_rate = 7");
		std::fs::write(&path, dearer.replace("first_rate = 0", "first_rate = 6")).unwrap();
		let error = file.look().unwrap().unwrap_err().to_string();
		assert!(error.contains("market.first_rate"), "{error}");
		assert!(file.look().is_none());
		std::fs::write(&path, dearer).unwrap();
		assert_eq!(file.look().unwrap().unwrap().market.min_rate, 7);
	}
}
