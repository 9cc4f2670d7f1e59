//! The worker without a chain, with hosts that misbehave as told and a clock that obeys.

mod chain;
mod evidence;
mod fetch;
mod host;
mod hosts;
mod job;
mod look;
mod run;
mod slip;
