//! How each pallet is configured, by subject. Every value that is not the SDK's only choice has its
//! reason beside it.

pub mod assets;
pub mod consensus;
pub mod economy;
pub mod governance;
pub mod marketplace;
pub mod system;
