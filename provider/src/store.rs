//! The embedded database: what a restart must remember. Values are SCALE, keys are lease numbers.
//!
//! A job's record says how far it got. It is written before the step it announces is taken on
//! chain, and the chain refuses a second commitment: so a crash in between repeats the step and
//! never reports twice.

use codec::{Decode, Encode};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use std::path::Path;

const JOBS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("jobs");
const RECEIPTS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("receipts_by_segment");
const REFUSALS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("refusals");
const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");

/// The database's name in the data folder.
const FILE: &str = "daemon.redb";

/// How far a fixed job got.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum JobStage {
	/// Inputs and weights were fetched and checked; `accept` may be sent.
	Fetched,
	/// The outputs are computed; `root` may be committed.
	Computed { root: [u8; 32] },
	/// The job cannot be done; nothing more is tried.
	Failed { reason: String },
}

/// A fixed job as the daemon keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct JobRecord {
	pub stage: JobStage,
	pub items: u32,
	pub input_bytes: u32,
}

/// The best receipt a tenant has shown of one segment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct StoredReceipt {
	pub segment: u32,
	pub milliseconds: u64,
	pub signature: [u8; 64],
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
	#[error("the database {0} cannot be opened: {1}; is another daemon running on it?")]
	Open(String, String),
	#[error("the database failed: {0}; check the disk")]
	Database(#[from] redb::Error),
	#[error("a record of the database is damaged: {0}; remove the data folder to start afresh")]
	Damaged(#[from] codec::Error),
}

macro_rules! from_redb {
	($($error:ty),*) => { $(impl From<$error> for StoreError {
		fn from(error: $error) -> Self { Self::Database(error.into()) }
	})* };
}
from_redb!(
	redb::TransactionError,
	redb::TableError,
	redb::StorageError,
	redb::CommitError
);

/// The database. Every write is durable when the call returns.
pub struct Store {
	database: Database,
}

impl Store {
	/// Whether there is a database in `folder`.
	pub fn is_in(folder: &Path) -> bool {
		folder.join(FILE).exists()
	}

	/// Open or create the database in `folder`.
	pub fn open(folder: &Path) -> Result<Self, StoreError> {
		let path = folder.join(FILE);
		let wrap = |error: String| StoreError::Open(path.display().to_string(), error);
		std::fs::create_dir_all(folder).map_err(|error| wrap(error.to_string()))?;
		let database = Database::create(&path).map_err(|error| wrap(error.to_string()))?;
		let write = database.begin_write()?;
		write.open_table(JOBS)?;
		write.open_table(RECEIPTS)?;
		write.open_table(REFUSALS)?;
		write.open_table(META)?;
		write.commit()?;
		Ok(Self { database })
	}

	fn read<T: Decode>(
		&self,
		table: TableDefinition<'_, u64, &[u8]>,
		key: u64,
	) -> Result<Option<T>, StoreError> {
		let read = self.database.begin_read()?;
		let found = read.open_table(table)?.get(key)?;
		Ok(found
			.map(|value| T::decode(&mut value.value()))
			.transpose()?)
	}

	fn write<T: Encode>(
		&self,
		table: TableDefinition<'_, u64, &[u8]>,
		key: u64,
		value: &T,
	) -> Result<(), StoreError> {
		let write = self.database.begin_write()?;
		write
			.open_table(table)?
			.insert(key, value.encode().as_slice())?;
		write.commit()?;
		Ok(())
	}

	pub fn job(&self, lease: u64) -> Result<Option<JobRecord>, StoreError> {
		self.read(JOBS, lease)
	}

	pub fn put_job(&self, lease: u64, record: &JobRecord) -> Result<(), StoreError> {
		self.write(JOBS, lease, record)
	}

	/// The best receipts of a lease, one of each segment, ascending.
	pub fn receipts(&self, lease: u64) -> Result<Vec<StoredReceipt>, StoreError> {
		Ok(self.read(RECEIPTS, lease)?.unwrap_or_default())
	}

	/// Keep `receipt` if it is better than the stored one of its segment. Returns whether it was.
	/// How many segments there can be is the caller's to see to.
	pub fn put_receipt(&self, lease: u64, receipt: &StoredReceipt) -> Result<bool, StoreError> {
		let write = self.database.begin_write()?;
		let better = {
			let mut table = write.open_table(RECEIPTS)?;
			let mut kept = table
				.get(lease)?
				.map(|value| Vec::<StoredReceipt>::decode(&mut value.value()))
				.transpose()?
				.unwrap_or_default();
			let better = match kept.binary_search_by_key(&receipt.segment, |old| old.segment) {
				Ok(at) => {
					let better = receipt.milliseconds > kept[at].milliseconds;
					if better {
						kept[at] = receipt.clone();
					}
					better
				},
				Err(at) => {
					kept.insert(at, receipt.clone());
					true
				},
			};
			if better {
				table.insert(lease, kept.encode().as_slice())?;
			}
			better
		};
		// A receipt that was seen before must not cost the disk anything.
		if better {
			write.commit()?;
		} else {
			write.abort()?;
		}
		Ok(better)
	}

	/// Note why a lease was refused, once. Returns whether it was new.
	pub fn note_refusal(&self, lease: u64, reason: &str) -> Result<bool, StoreError> {
		let known: Option<String> = self.read(REFUSALS, lease)?;
		if known.as_deref() == Some(reason) {
			return Ok(false);
		}
		self.write(REFUSALS, lease, &reason.to_string())?;
		Ok(true)
	}

	pub fn refusals(&self) -> Result<Vec<(u64, String)>, StoreError> {
		let read = self.database.begin_read()?;
		let mut found = Vec::new();
		for entry in read.open_table(REFUSALS)?.iter()? {
			let (key, value) = entry?;
			found.push((key.value(), String::decode(&mut value.value())?));
		}
		Ok(found)
	}

	/// Tie the database to one chain: a record of another chain must never be reported on this one.
	pub fn bind_genesis(&self, genesis: &[u8; 32]) -> Result<bool, StoreError> {
		let write = self.database.begin_write()?;
		let fits = {
			let mut table = write.open_table(META)?;
			let known = table.get("genesis")?.map(|value| value.value().to_vec());
			match known {
				Some(known) => known == genesis,
				None => {
					table.insert("genesis", genesis.as_slice())?;
					true
				},
			}
		};
		write.commit()?;
		Ok(fits)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn records_survive_a_reopening() {
		let folder = tempfile::tempdir().unwrap();
		let record = JobRecord {
			stage: JobStage::Computed { root: [7; 32] },
			items: 719,
			input_bytes: 64,
		};
		Store::open(folder.path())
			.unwrap()
			.put_job(3, &record)
			.unwrap();
		let store = Store::open(folder.path()).unwrap();
		assert_eq!(store.job(3).unwrap(), Some(record));
	}

	#[test]
	fn an_older_receipt_never_replaces_a_newer_one() {
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(folder.path()).unwrap();
		let receipt = |segment, milliseconds| StoredReceipt {
			segment,
			milliseconds,
			signature: [0; 64],
		};
		assert!(store.put_receipt(1, &receipt(0, 500)).unwrap());
		assert!(!store.put_receipt(1, &receipt(0, 400)).unwrap());
		assert!(
			store.put_receipt(1, &receipt(1, 10)).unwrap(),
			"a later segment counts anew"
		);
		assert!(store.put_receipt(1, &receipt(0, 600)).unwrap());
		assert_eq!(
			store.receipts(1).unwrap(),
			[receipt(0, 600), receipt(1, 10)],
			"and what was shown of the one before stays"
		);
		assert_eq!(store.receipts(2).unwrap(), []);
	}

	#[test]
	fn another_chain_is_noticed() {
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(folder.path()).unwrap();
		assert!(store.bind_genesis(&[1; 32]).unwrap());
		assert!(store.bind_genesis(&[1; 32]).unwrap());
		assert!(!store.bind_genesis(&[2; 32]).unwrap());
	}

	#[test]
	fn a_refusal_is_news_once() {
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(folder.path()).unwrap();
		assert!(store.note_refusal(5, "too big").unwrap());
		assert!(!store.note_refusal(5, "too big").unwrap());
		assert_eq!(store.refusals().unwrap(), vec![(5, "too big".into())]);
	}
}
