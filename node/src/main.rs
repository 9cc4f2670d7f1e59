//! The Core Terminal's node.
//!
//! BABE authors blocks, GRANDPA finalises them, authority discovery finds the validators' addresses,
//! and on authorities the off-chain worker attests. Where things are:
//!
//! - [`cli`], [`command`]: arguments and what each subcommand does;
//! - [`chain_spec`]: the networks this binary knows by name;
//! - [`service`]: the parts of a running node and the order in which they start;
//! - [`http_guard`], [`finality_note`]: what the node lends to the off-chain worker;
//! - [`rpc`]: the JSON-RPC groups, with our own `terminal_…`;
//! - [`market_metrics`]: the marketplace in Prometheus.

// The SDK's error types are large; ours are theirs, and a start-up fails once.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod command;
mod finality_note;
mod http_guard;
mod market_metrics;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
	command::run()
}
