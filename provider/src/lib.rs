//! What the daemon shares with its examples: what presence challenges and musters ask for.

pub mod muster;
pub mod presence;
