//! What a million leases cost the chain: run it by `scripts/scale`, which says more.
//!
//! Two chains, one with hardly a lease and one with as many as were asked for, author and execute the
//! same blocks in turns. Then all leases of the larger one end in one block, and blocks without
//! transactions drain them.

mod chain;
mod market;

use chain::{Chain, Failure, Timing};
use market::{check_invariants, drained, fill, next_due, stages, Kind, Probe, Sums, MACHINES};
use std::time::{Duration, Instant};
use terminal_runtime::BlockNumber;

/// Blocks of each kind that are compared.
const ROUNDS: u64 = 15;
/// Transactions in a block.
const TRANSACTIONS: u64 = 40;
/// Times that a block is executed again.
const AGAIN: u32 = 5;
/// Leases that transactions are about. They have the first ids.
const PROBES: u64 = ROUNDS * TRANSACTIONS * 2;
/// Blocks before the first that is measured: what is settled was proven by then.
const WARM_UP: u32 = 6;
/// Blocks without anything due after which the wheel has done what it had to do. Longer than it waits
/// before it tries again, shorter than closed leases are kept.
const PAUSE: BlockNumber = 200;
/// The longest that a block may take to execute.
const LONGEST: Duration = Duration::from_secs(2);
/// How much slower a block may be among many leases, percent.
const SLOWER: f64 = 5.0;

const KINDS: [(Kind, &str); 4] = [
	(Kind::Empty, "no transaction"),
	(Kind::Open, "40 × `open_metered`"),
	(Kind::Settle, "40 × `settle`"),
	(Kind::Close, "40 × `close`"),
];

fn main() -> Result<(), Failure> {
	let mut arguments = std::env::args().skip(1);
	let mut number = |usual: u64| match arguments.next() {
		None => Ok(usual),
		Some(text) => text.parse::<u64>(),
	};
	let wrong = "scale [LEASES [MINUTES]]: both are numbers";
	let leases = number(100_000).map_err(|_| wrong)?.max(MACHINES);
	let minutes = number(10).map_err(|_| wrong)?;

	let runtime = tokio::runtime::Runtime::new()?;
	let mut few = begin(&runtime, MACHINES)?;
	let mut many = begin(&runtime, leases)?;
	let compared = compare(&mut few, &mut many)?;
	let until = Instant::now() + Duration::from_secs(minutes * 60);
	let drained = drain(&mut many, until)?;
	if compared && drained {
		Ok(())
	} else {
		Err("a goal was missed: see the tables".into())
	}
}

/// A chain, whose transactions it takes, and when its leases end.
struct Side {
	chain: Chain,
	probe: Probe,
	ends: BlockNumber,
	leases: u64,
}

fn begin(runtime: &tokio::runtime::Runtime, leases: u64) -> Result<Side, Failure> {
	let start = Instant::now();
	let mut chain = Chain::new(runtime.handle().clone())?;
	chain.block(Vec::new(), 0)?;
	let (probe, ends) = fill(&chain, leases, PROBES)?;
	println!("{leases} leases made in {} s", start.elapsed().as_secs());
	let start = Instant::now();
	check_invariants(&chain)?;
	println!("every invariant holds ({} s)", start.elapsed().as_secs());
	Ok(Side {
		chain,
		probe,
		ends,
		leases,
	})
}

/// The same blocks on both chains, in turns. Prints a table; whether all ratios are within the goal.
fn compare(few: &mut Side, many: &mut Side) -> Result<bool, Failure> {
	for side in [&mut *few, &mut *many] {
		for _ in 0..WARM_UP {
			side.chain.block(Vec::new(), AGAIN)?;
		}
	}
	let mut taken: Vec<[Vec<Timing>; 2]> = KINDS.iter().map(|_| Default::default()).collect();
	for round in 0..ROUNDS {
		for ((kind, _), [on_few, on_many]) in KINDS.iter().zip(&mut taken) {
			on_few.push(one(few, *kind, round)?);
			on_many.push(one(many, *kind, round)?);
		}
	}
	println!("\n| block with | leases | author, ms | execute, ms | slower | write, ms |");
	println!("|---|---:|---:|---:|---:|---:|");
	let mut within = true;
	for ((_, name), sides) in KINDS.iter().zip(&taken) {
		let base = median(&sides[0], |timing| timing.execute);
		for (side, timings) in [&*few, &*many].into_iter().zip(sides) {
			let execute = median(timings, |timing| timing.execute);
			let slower = (execute / base - 1.0) * 100.0;
			within &= slower <= SLOWER;
			println!(
				"| {name} | {} | {:.2} | {execute:.2} | {slower:.1} % | {:.2} |",
				side.leases,
				median(timings, |timing| timing.author),
				median(timings, |timing| timing.write),
			);
		}
	}
	Ok(within)
}

fn one(side: &mut Side, kind: Kind, round: u64) -> Result<Timing, Failure> {
	if side.chain.is_epoch_next()? {
		side.chain.block(Vec::new(), 0)?;
	}
	// What is settled is not what is closed.
	let from = match kind {
		Kind::Close => (ROUNDS + round) * TRANSACTIONS,
		Kind::Empty | Kind::Open | Kind::Settle => round * TRANSACTIONS,
	};
	let transactions = side
		.probe
		.transactions(&side.chain, kind, from, TRANSACTIONS)?;
	side.chain.block(transactions, AGAIN)
}

fn median(timings: &[Timing], of: impl Fn(&Timing) -> Duration) -> f64 {
	let mut all: Vec<f64> = timings
		.iter()
		.map(|one| of(one).as_secs_f64() * 1e3)
		.collect();
	all.sort_by(f64::total_cmp);
	all.get(all.len() / 2).copied().unwrap_or_default()
}

/// Let all leases end in one block, and blocks without transactions do what is due. Prints a table;
/// whether no block took too long and nothing was lost.
fn drain(side: &mut Side, until: Instant) -> Result<bool, Failure> {
	let chain = &mut side.chain;
	while chain.number() + 1 < side.ends {
		chain.block(Vec::new(), 0)?;
	}
	let before = Sums::of(chain)?;
	let (mut ended, mut closed, mut blocks) = (0, 0, 0u64);
	let (mut longest, mut all) = (Duration::ZERO, Duration::ZERO);
	let mut whole = false;
	while Instant::now() < until && !whole {
		let timing = chain.block(Vec::new(), 0)?;
		let (now, (more_ended, more_closed), next) =
			(chain.number(), chain.read(drained)?, chain.read(next_due)?);
		ended += more_ended;
		closed += more_closed;
		blocks += 1;
		longest = longest.max(timing.author);
		all += timing.author;
		whole = next.is_none_or(|next| next > now + PAUSE);
	}
	let after = Sums::of(chain)?;
	let (moved, lost) = (
		before.held.abs_diff(after.held),
		before.lost() + after.lost(),
	);
	let sound = check_invariants(chain);
	let [running, over, gone] = chain.read(|| stages(PROBES..PROBES + side.leases))?;
	println!("\n| drained by the wheel | |\n|---|---:|");
	println!("| leases due in block {} | {} |", side.ends, side.leases);
	println!("| ended / closed by the wheel, all leases | {ended} / {closed} |");
	println!(
		"| all of them | {} |",
		if whole { "yes" } else { "no: time was up" }
	);
	println!("| of those due: running / over / closed | {running} / {over} / {gone} |");
	println!("| blocks | {blocks} |");
	println!("| longest block, ms | {} |", longest.as_millis());
	println!(
		"| entries per second of execution | {:.0} |",
		(ended + closed) as f64 / all.as_secs_f64()
	);
	println!("| base units that left holds | {moved} |");
	println!("| base units lost | {lost} |");
	println!(
		"| invariants | {} |",
		if sound.is_ok() { "hold" } else { "broken" }
	);
	sound?;
	let forgotten = whole && running + over > 0;
	Ok(lost == 0 && longest <= LONGEST && !forgotten)
}
