//! What the daemon shares with its examples: the products that presence challenges ask for.

pub mod presence;
