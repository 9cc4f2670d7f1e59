//! One file per call or promise. Every test ends with a check of all invariants.

mod advance;
mod answer_data_challenge;
mod answer_presence;
mod bond_attestor;
mod cancel_slash;
mod claim_reward;
mod commit_presence;
mod doubts;
mod draws;
mod invariants;
mod layered;
mod lifecycle;
mod presence;
mod properties;
mod prove_fault;
mod report_double_vote;
mod session;
mod set_params;
mod submit_votes;
mod tally;
mod tasks;
