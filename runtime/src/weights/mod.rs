//! What a block may weigh, and what the database costs.

pub mod block;
pub mod db;

pub use block::{BlockLength, BlockWeights};
pub use db::DbWeight;
