//! What a block may weigh, what the database costs, and what hangs on pallet-assets' calls.

pub mod assets;
pub mod block;
pub mod db;

pub use assets::AssetsWeight;
pub use block::{BlockLength, BlockWeights};
pub use db::DbWeight;
