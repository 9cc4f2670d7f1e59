//! One file per promise-giver: calls, rounds, what leases are told, invariants.

mod answer_muster;
mod call_muster;
mod commit_muster;
mod governance;
mod invariants;
mod roster;
mod rounds;
mod standing;
