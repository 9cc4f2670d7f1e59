//! The weight of one read and one write.

/// The SDK's measurement of ParityDB, the only database that our node is built with. RocksDB's
/// numbers would charge three times as much for a read as it takes.
pub type DbWeight = frame_support::weights::constants::ParityDbWeight;
