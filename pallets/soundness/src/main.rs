//! Cheats and draws by the thousand against the code that checks them: the functions of
//! `terminal-gpu-proof`, `pallet-attestation` and `pallet-providers`, none told again.
//!
//! ```text
//! terminal-soundness          everything, some minutes in release: docs/verification/measured.tsv
//! terminal-soundness short    fewer trials: seconds
//! ```
//!
//! Seeded: the same code prints the same rows. `scripts/soundness` makes tables and plots of them,
//! and compares them with formulas of its own.

mod chance;
mod coalition;
mod committees;
mod draws;
mod presence;
mod report;
mod results;
mod uptime;

use report::Table;

/// How much of everything.
struct Size {
	/// Trials of each cheat.
	trials: u32,
	/// Draws of committees for each share of hostile attestors.
	committees: u32,
	/// The size of the product that is committed once.
	n: u32,
	/// What all simulated times are divided by.
	cut: u32,
}

const FULL: Size = Size {
	trials: 10_000,
	committees: 200_000,
	n: 1_024,
	cut: 1,
};
const SHORT: Size = Size {
	trials: 500,
	committees: 5_000,
	n: 256,
	cut: 20,
};

fn measure(table: &mut Table, size: &Size) {
	presence::fresh(table, size.trials, 64);
	presence::at_size(table, size.trials, size.n);
	presence::borrowed(table, size.trials, 64);
	results::shares(table, size.trials);
	results::borrowed(table, size.trials);

	let blocks = |full: u32| full / size.cut;
	for (machines, most) in [
		(1, 4_000_000),
		(10, 1_000_000),
		(100, 500_000),
		(1_000, 200_000),
		(10_000, 300_000),
		(100_000, 500_000),
	] {
		draws::waiting(table, machines, blocks(most));
	}
	for outage in [5, 20, 50, 100, 600] {
		uptime::honest(table, 100, outage, blocks(1_440_000));
	}
	uptime::honest(table, 10_000, 20, blocks(288_000));
	uptime::honest(table, 100_000, 20, blocks(576_000));
	for machines in [100, 10_000, 100_000] {
		uptime::always_on(table, machines, blocks(288_000));
	}
	for slots in [5, 10, 20, 30, 50, 100, 200, 300] {
		uptime::leaving(table, slots, blocks(400_000));
	}
	uptime::proposed(table, blocks(400_000));
	for one_in in [0, 100, 10, 2, 1] {
		uptime::toggling(table, one_in, blocks(400_000));
	}
	for minutes in [10, 60, 90, 120, 1_440] {
		uptime::halted(table, minutes * 60_000, 20_000);
	}

	committees::capture_and_liveness(table, size.committees);
	coalition::knows_sample(table, size.trials * 10);
	coalition::bias(table, size.trials * 2);
	coalition::escapes_draws(table, blocks(2_000_000));
}

fn main() {
	let mut arguments = std::env::args().skip(1);
	let size = match (arguments.next().as_deref(), arguments.next()) {
		(None, _) => FULL,
		(Some("short"), None) => SHORT,
		_ => {
			eprintln!("usage: terminal-soundness [short]");
			std::process::exit(2);
		},
	};
	measure(&mut Table::printed(), &size);
}
