//! One file per promise-giver: calls, hooks, emission, genesis, views, invariants.

mod burn;
mod dust;
mod emission;
mod fees;
mod genesis;
mod invariants;
mod properties;
mod set_params;
mod staking;
mod views;
