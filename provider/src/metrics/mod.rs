//! What is counted while the daemon runs, for Prometheus: served on a loopback port, see
//! [`listen`]. A restart begins anew, as Prometheus expects of counters.
//!
//! Labels are of small closed sets, whatever consumers write into their jobs: a stranger cannot
//! make the number of series grow.
//!
//! | file | role |
//! |---|---|
//! | `mod.rs` | the series |
//! | `challenges.rs` | what became of presence challenges |
//! | `earnings.rs` | what leases paid |
//! | `listen.rs` | the port |

mod challenges;
mod earnings;
mod listen;

pub use listen::{router, Refused};

use crate::{
	chain::{ChallengeView, Lease, Run, Status},
	decide::Now,
};
use challenges::{Challenges, News};
use earnings::Earnings;
use parking_lot::Mutex;
use prometheus::{
	core::Collector, CounterVec, Encoder, Histogram, HistogramOpts, IntCounterVec, IntGauge,
	IntGaugeVec, Opts, Registry, TextEncoder,
};
use std::time::Instant;

/// Seconds from a challenge to its commitment that are told apart.
const COMMIT_SECONDS: [f64; 9] = [3.0, 6.0, 12.0, 18.0, 24.0, 36.0, 60.0, 120.0, 300.0];

/// Why a lease was refused. The whole sentence is in the log and in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
	/// A file of the job could not be fetched.
	Fetch,
	/// The job cannot be done: its files are not what was agreed, or it failed.
	Job,
	/// The machine is not sold at that price in that asset.
	Price,
	/// Another result was committed for this machine.
	Foreign,
	/// The machine drains.
	Draining,
}

impl Refusal {
	const ALL: [Self; 5] = [
		Self::Fetch,
		Self::Job,
		Self::Price,
		Self::Foreign,
		Self::Draining,
	];

	fn label(self) -> &'static str {
		match self {
			Self::Fetch => "fetch",
			Self::Job => "job",
			Self::Price => "price",
			Self::Foreign => "foreign_result",
			Self::Draining => "draining",
		}
	}
}

const STATES: [(Status, &str); 12] = [
	(Status::Offered, "offered"),
	(Status::Accepted, "accepted"),
	(Status::Active, "active"),
	(Status::Paused, "paused"),
	(Status::Closing, "closing"),
	(Status::Disputed, "disputed"),
	(Status::Running, "running"),
	(Status::Committed, "committed"),
	(Status::Delivering, "delivering"),
	(Status::Serving, "serving"),
	(Status::Redeeming, "redeeming"),
	(Status::Closed, "closed"),
];

/// The series, and what must be remembered between two looks at the chain.
pub struct Metrics {
	registry: Registry,
	challenges: IntCounterVec,
	commit_seconds: Histogram,
	leases: IntGaugeVec,
	earned: CounterVec,
	refusals: IntCounterVec,
	connected: IntGauge,
	block: IntGauge,
	/// Set when the series are asked for.
	block_age: prometheus::Gauge,
	/// When the newest block was heard of, or the start.
	heard: Mutex<Instant>,
	open: Mutex<Challenges>,
	paid: Mutex<Earnings>,
}

/// `metric`, known to `registry`.
fn kept<M: Collector + Clone + 'static>(
	registry: &Registry,
	metric: prometheus::Result<M>,
) -> prometheus::Result<M> {
	let metric = metric?;
	registry.register(Box::new(metric.clone()))?;
	Ok(metric)
}

impl Metrics {
	/// All series at zero. An error: two of them have one name.
	pub fn new() -> prometheus::Result<Self> {
		let registry = Registry::new_custom(Some("terminal_provider".into()), None)?;
		let all = &registry;
		let opts = Opts::new;
		let metrics = Self {
			challenges: kept(
				all,
				IntCounterVec::new(
					opts(
						"challenges_total",
						"Presence challenges of the machine that were seen, committed, answered in time and missed.",
					),
					&["outcome"],
				),
			)?,
			commit_seconds: kept(
				all,
				Histogram::with_opts(
					HistogramOpts::new(
						"commit_seconds",
						"Seconds from a presence challenge to the block that shows its commitment.",
					)
					.buckets(COMMIT_SECONDS.to_vec()),
				),
			)?,
			leases: kept(
				all,
				IntGaugeVec::new(
					opts("leases", "Leases of the machine that are not closed, by state."),
					&["state"],
				),
			)?,
			earned: kept(
				all,
				CounterVec::new(
					opts(
						"earned_base_units_total",
						"Base units paid to the provider for leases of the machine, after the fee, since the daemon began.",
					),
					&["money"],
				),
			)?,
			refusals: kept(
				all,
				IntCounterVec::new(
					opts("refusals_total", "Leases that were refused, by reason."),
					&["reason"],
				),
			)?,
			connected: kept(
				all,
				IntGauge::new("node_connected", "1 while a node is followed, 0 while one is looked for."),
			)?,
			block: kept(all, IntGauge::new("block", "The newest block that was heard of."))?,
			block_age: kept(
				all,
				prometheus::Gauge::new(
					"block_age_seconds",
					"Seconds since a new block was heard of, or since the start.",
				),
			)?,
			heard: Mutex::new(Instant::now()),
			open: Mutex::default(),
			paid: Mutex::default(),
			registry,
		};
		// A series that is not there yet has no rate.
		for outcome in ["seen", "committed", "answered", "missed"] {
			metrics.challenges.with_label_values(&[outcome]);
		}
		for refusal in Refusal::ALL {
			metrics.refusals.with_label_values(&[refusal.label()]);
		}
		metrics.earned.with_label_values(&["TCT"]);
		metrics.has_leases(&[]);
		Ok(metrics)
	}

	/// Whether a node is followed.
	pub fn is_connected(&self, connected: bool) {
		self.connected.set(connected.into());
	}

	/// A new block.
	pub fn heard(&self, block: u64) {
		self.block.set(i64::try_from(block).unwrap_or(i64::MAX));
		*self.heard.lock() = Instant::now();
	}

	/// The machine's open challenge, if there is one. Returns those that are over for so long that
	/// no reorganisation brings them back: [`Self::is_judged`] is to be told of each.
	pub fn challenge(&self, now: Now, challenge: Option<&ChallengeView>) -> Vec<challenges::Over> {
		let (news, over) = self.open.lock().look(now, challenge);
		for one in news {
			match one {
				News::Seen => self.challenges.with_label_values(&["seen"]).inc(),
				News::Committed { seconds } => {
					self.challenges.with_label_values(&["committed"]).inc();
					if let Some(seconds) = seconds {
						self.commit_seconds.observe(seconds);
					}
				},
			}
		}
		over
	}

	/// A challenge that is over was answered if a run of proven time goes to it.
	pub fn is_judged(&self, over: challenges::Over, runs: &[Run]) {
		if self.open.lock().forget(over.id) {
			let outcome = match over.is_in(runs) {
				true => "answered",
				false => "missed",
			};
			self.challenges.with_label_values(&[outcome]).inc();
		}
	}

	/// The machine's leases that are not closed. Returns those that were and are not any more: read
	/// each once again and tell [`Self::is_over`].
	pub fn has_leases(&self, leases: &[Lease]) -> Vec<u64> {
		for (state, label) in STATES {
			let count = leases.iter().filter(|lease| lease.status == state).count();
			let count = i64::try_from(count).unwrap_or(i64::MAX);
			self.leases.with_label_values(&[label]).set(count);
		}
		let mut paid = self.paid.lock();
		for lease in leases {
			self.earned(paid.look(lease.id.0, lease.asset, lease.books.paid));
		}
		paid.gone(|id| leases.iter().any(|lease| lease.id.0 == id))
	}

	/// What became of lease `id`, if the chain still knows it.
	pub fn is_over(&self, id: u64, lease: Option<&Lease>) {
		let mut paid = self.paid.lock();
		if let Some(lease) = lease {
			self.earned(paid.look(id, lease.asset, lease.books.paid));
		}
		paid.forget(id);
	}

	fn earned(&self, more: Option<(Option<u32>, u128)>) {
		let Some((asset, amount)) = more else {
			return;
		};
		let money = asset.map_or("TCT".into(), |asset| format!("asset {asset}"));
		// Exact up to 2^53, and Prometheus knows no other numbers.
		self.earned
			.with_label_values(&[&money])
			.inc_by(amount as f64);
	}

	/// A lease was refused.
	pub fn refused(&self, why: Refusal) {
		self.refusals.with_label_values(&[why.label()]).inc();
	}

	/// The text that Prometheus reads.
	pub fn text(&self) -> prometheus::Result<Vec<u8>> {
		self.block_age
			.set(self.heard.lock().elapsed().as_secs_f64());
		let mut text = Vec::new();
		TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
		Ok(text)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decide::samples;

	fn shows(metrics: &Metrics, line: &str) -> bool {
		let text = String::from_utf8(metrics.text().unwrap()).unwrap();
		text.lines().any(|one| one == line)
	}

	#[test]
	fn every_series_is_there_from_the_start() {
		let metrics = Metrics::new().unwrap();
		for line in [
			"terminal_provider_challenges_total{outcome=\"missed\"} 0",
			"terminal_provider_commit_seconds_count 0",
			"terminal_provider_leases{state=\"active\"} 0",
			"terminal_provider_earned_base_units_total{money=\"TCT\"} 0",
			"terminal_provider_refusals_total{reason=\"foreign_result\"} 0",
			"terminal_provider_node_connected 0",
			"terminal_provider_block 0",
		] {
			assert!(shows(&metrics, line), "{line}");
		}
	}

	#[test]
	fn leases_are_counted_by_their_state_now() {
		let metrics = Metrics::new().unwrap();
		let active = samples::lease(Status::Active);
		let job = samples::job(Status::Running);
		metrics.has_leases(&[active.clone(), active, job]);
		assert!(shows(
			&metrics,
			"terminal_provider_leases{state=\"active\"} 2"
		));
		assert!(shows(
			&metrics,
			"terminal_provider_leases{state=\"running\"} 1"
		));
		metrics.has_leases(&[]);
		assert!(shows(
			&metrics,
			"terminal_provider_leases{state=\"active\"} 0"
		));
	}

	#[test]
	fn what_leases_pay_is_counted_once_by_money_and_to_their_end() {
		let metrics = Metrics::new().unwrap();
		let mut lease = samples::lease(Status::Active);
		lease.asset = Some(7);
		metrics.has_leases(std::slice::from_ref(&lease));
		lease.books.paid = 30;
		metrics.has_leases(std::slice::from_ref(&lease));
		metrics.has_leases(std::slice::from_ref(&lease));
		assert_eq!(metrics.has_leases(&[]), [0]);
		lease.books.paid = 50;
		metrics.is_over(0, Some(&lease));
		assert!(metrics.has_leases(&[]).is_empty());
		let line = "terminal_provider_earned_base_units_total{money=\"asset 7\"} 50";
		assert!(shows(&metrics, line));
		let line = "terminal_provider_earned_base_units_total{money=\"TCT\"} 0";
		assert!(shows(&metrics, line));
	}

	#[test]
	fn the_age_of_the_newest_block_grows_until_the_next() {
		let metrics = Metrics::new().unwrap();
		let age = || {
			metrics.text().unwrap();
			metrics.block_age.get()
		};
		let first = age();
		std::thread::sleep(std::time::Duration::from_millis(20));
		let later = age();
		assert!(later >= first + 0.02, "{first} {later}");
		metrics.heard(9);
		assert!(age() < later);
		assert!(shows(&metrics, "terminal_provider_block 9"));
	}
}
