//! `status`: the machine, what it has proven and earned, its leases and what was refused. Reads
//! only: a daemon may run beside it.

use crate::{
	chain::{
		At, Booked, Chain, ChallengeView, Lease, Machine, PresencePhase, ProviderRecord,
		ReservationState, UptimeView, Which,
	},
	config::{Config, Limits},
	decide::Now,
	drain::Wish,
	fetch::Fetcher,
	keys,
	metrics::Refused,
	store::Store,
};
use anyhow::{bail, Context};
use std::{collections::BTreeMap, fmt::Write};

/// Base units of one TCT, as decimals.
const TCT_DECIMALS: usize = 12;
/// Most refusals shown: the newest.
const MAX_REFUSALS: usize = 20;

/// What is shown.
struct Facts {
	machine: Machine,
	uptime: Option<UptimeView>,
	challenge: Option<ChallengeView>,
	record: ProviderRecord,
	/// Of the machine, the closed ones too, until the chain clears them away.
	leases: Vec<Lease>,
	reservations: Vec<(u64, Booked)>,
	/// Or why they cannot be told.
	refused: Result<Vec<Refused>, String>,
	/// What the owner wishes.
	wish: Wish,
	now: Now,
}

/// Print it. An error: no node answers, or the machine is not registered.
pub async fn status(config: &Config) -> anyhow::Result<()> {
	let signer = keys::load(&config.agent_key_file)?;
	let mut problems = Vec::new();
	for node in &config.nodes {
		match Chain::connect(node, signer.clone()).await {
			Ok(chain) => {
				print!("{}", report(&facts(config, &chain).await?));
				return Ok(());
			},
			Err(error) => problems.push(format!("{error:#}")),
		}
	}
	bail!("no node answers: {}", problems.join("; "))
}

async fn facts(config: &Config, chain: &Chain) -> anyhow::Result<Facts> {
	let at = chain.client().at_current_block().await?;
	let id = config.machine;
	let machine = chain.machine(&at, id).await?.with_context(|| {
		format!("machine {id} is not registered: call providers.registerMachine")
	})?;
	let of_it = |lease: &Lease| lease.machine.0 == id;
	let provider = machine.provider;
	Ok(Facts {
		uptime: chain.uptime(&at, id).await?,
		challenge: chain.challenge(&at, id).await?,
		record: chain.record(&at, &provider).await?,
		leases: chain.leases(&at, &provider, Which::All, of_it).await?,
		reservations: reservations(chain, &at, &machine).await?,
		refused: refused(config).await,
		wish: Wish::read(&config.data),
		now: Now::at(at.block_number()),
		machine,
	})
}

async fn reservations(
	chain: &Chain,
	at: &At,
	machine: &Machine,
) -> anyhow::Result<Vec<(u64, Booked)>> {
	let mut found = Vec::new();
	for id in chain.reservations_of(at, &machine.provider).await? {
		if let Some(one) = chain.reservation(at, id).await? {
			found.extend((one.machine == machine.id).then_some((id, one)));
		}
	}
	Ok(found)
}

/// From the database or, while a daemon has it, from the daemon's loopback port.
async fn refused(config: &Config) -> Result<Vec<Refused>, String> {
	// Nothing is made here: it would be another account's than the daemon's.
	if !Store::is_in(&config.data) {
		return Ok(Vec::new());
	}
	if let Ok(store) = Store::open(&config.data) {
		return Refused::newest(&store).map_err(|error| format!("{error:#}"));
	}
	let Some(listen) = config.metrics.listen else {
		let remedy = "a daemon has the database: name [metrics] listen, or stop it first";
		return Err(remedy.into());
	};
	let ask = async {
		let fetcher = Fetcher::new(Limits {
			allow_private_fetch: true,
			fetch_seconds: 5,
			..config.limits.clone()
		})?;
		let url = format!("http://{listen}/v1/refusals");
		let told = fetcher.fetch(&url, 1 << 20).await?;
		anyhow::Ok(serde_json::from_slice(&told)?)
	};
	ask.await.map_err(|error| {
		format!("the daemon on this database was not understood: {error:#}; restart it")
	})
}

fn report(facts: &Facts) -> String {
	let mut lines = Lines::default();
	let Facts { machine, .. } = facts;
	lines.say(
		"machine",
		format!(
			"{} ({:?}), {} of {} units free, {} a second and unit",
			machine.id.0,
			machine.status,
			machine.free_units,
			machine.hardware.count,
			money(None, machine.price_per_second)
		),
	);
	lines.say("provider", machine.provider.to_string());
	lines.say("agent", machine.agent.to_string());
	for endpoint in &machine.endpoints {
		lines.say("endpoint", endpoint.clone());
	}
	match facts.wish {
		Wish::Serve => {},
		Wish::Drain => lines.say(
			"drain",
			"nothing new is taken; the machine goes offline after the last lease".into(),
		),
		Wish::Undo => lines.say("drain", "undone: the machine comes online".into()),
	}
	proofs(&mut lines, facts);
	earnings(&mut lines, facts);
	leases(&mut lines, facts);
	refusals(&mut lines, &facts.refused);
	lines.0
}

/// Lines of a name and what there is to say.
#[derive(Default)]
struct Lines(String);

impl Lines {
	fn say(&mut self, what: &str, text: String) {
		// Writing to a string does not fail.
		let _ = writeln!(self.0, "{what:<10} {text}");
	}
}

fn proofs(lines: &mut Lines, facts: &Facts) {
	if let Some(uptime) = &facts.uptime {
		let last = uptime.runs.last().map(|run| match uptime.open {
			true => format!(", the last pass {} ago", ago(facts.now, run.to)),
			false => format!(
				", the last pass {} ago; the time until the next one is not proven",
				ago(facts.now, run.to)
			),
		});
		let proven = time(uptime.total_ms);
		lines.say("proven", format!("{proven}{}", last.unwrap_or_default()));
	}
	let challenge = match &facts.challenge {
		None => "none is open".into(),
		Some(open) => {
			let id = open.id.0;
			match open.phase {
				PresencePhase::AwaitingCommit => format!(
					"{id} awaits its commitment until block {} (now {})",
					open.commit_by, facts.now.block
				),
				PresencePhase::AwaitingAnswer { .. } => format!(
					"{id} is committed and awaits its answer until block {} (now {})",
					open.answer_by, facts.now.block
				),
			}
		},
	};
	lines.say("challenge", challenge);
}

/// What this machine's leases brought, by money.
#[derive(Default)]
struct Sum {
	paid: u128,
	payable: u128,
	held: u128,
}

fn earnings(lines: &mut Lines, facts: &Facts) {
	let record = &facts.record;
	lines.say(
		"record",
		format!(
			"{} paid for {} leases of all the provider's machines, {} lost",
			money(None, record.paid),
			record.leases,
			record.forfeits
		),
	);
	let mut sums = BTreeMap::<Option<u32>, Sum>::new();
	for lease in &facts.leases {
		let sum = sums.entry(lease.asset).or_default();
		let payable = lease.metered.as_ref().map_or(0, |metered| metered.payable);
		sum.paid = sum.paid.saturating_add(lease.books.paid);
		sum.payable = sum.payable.saturating_add(payable);
		sum.held = sum.held.saturating_add(lease.books.held);
	}
	for (asset, sum) in sums {
		let shown = |units| money(asset, units);
		let (paid, payable, held) = (shown(sum.paid), shown(sum.payable), shown(sum.held));
		lines.say(
			"earned",
			format!("{paid} by the leases below; {payable} payable now, {held} in escrow"),
		);
	}
}

fn leases(lines: &mut Lines, facts: &Facts) {
	for lease in &facts.leases {
		let kind = match &lease.metered {
			Some(metered) => format!("metered, {} units", metered.units),
			None => "job".into(),
		};
		lines.say(
			"lease",
			format!(
				"{} {:?} ({kind}): {} paid, {} in escrow",
				lease.id.0,
				lease.status,
				money(lease.asset, lease.books.paid),
				money(lease.asset, lease.books.held)
			),
		);
	}
	for (id, reservation) in &facts.reservations {
		let state = match reservation.state {
			ReservationState::Reserved => "the consumer is awaited",
			ReservationState::Arrived { .. } => "the consumer is there",
			ReservationState::Opened { .. } => "the lease is open",
		};
		let from = reservation.from;
		let when = match from > facts.now.ms {
			true => format!("in {}", time(from.saturating_sub(facts.now.ms))),
			false => format!("since {}", ago(facts.now, from)),
		};
		lines.say(
			"reserved",
			format!("{id}: {} units {when}, {state}", reservation.units),
		);
	}
}

fn refusals(lines: &mut Lines, refused: &Result<Vec<Refused>, String>) {
	match refused {
		Ok(refused) => {
			let skipped = refused.len().saturating_sub(MAX_REFUSALS);
			for Refused { lease, reason } in refused.iter().skip(skipped) {
				lines.say("refused", format!("{lease}: {reason}"));
			}
		},
		Err(why) => lines.say("refused", format!("not known ({why})")),
	}
}

/// TCT with its decimals; assets in base units, whose decimals are their issuers' to name.
fn money(asset: Option<u32>, units: u128) -> String {
	if let Some(asset) = asset {
		return format!("{units} of asset {asset}");
	}
	let one = 10u128.pow(TCT_DECIMALS as u32);
	let (whole, part) = (units / one, units % one);
	let part = format!("{part:0TCT_DECIMALS$}");
	match part.trim_end_matches('0') {
		"" => format!("{whole} TCT"),
		part => format!("{whole}.{part} TCT"),
	}
}

/// How long ago `moment` was; both in milliseconds since the epoch.
fn ago(now: Now, moment: u64) -> String {
	time(now.ms.saturating_sub(moment))
}

/// The two greatest units of a time in milliseconds.
fn time(ms: u64) -> String {
	let seconds = ms / 1_000;
	let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
	match (days, hours, minutes) {
		(0, 0, 0) => format!("{seconds} s"),
		(0, 0, _) => format!("{minutes} min {} s", seconds % 60),
		(0, ..) => format!("{hours} h {} min", minutes % 60),
		_ => format!("{days} d {} h", hours % 24),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{Run, Status},
		decide::samples,
	};

	fn facts() -> Facts {
		let mut lease = samples::lease(Status::Active);
		lease.books.paid = 1_500_000_000_000;
		lease.books.held = 2_000_000_000_000;
		lease.metered.as_mut().unwrap().payable = 250_000_000_000;
		let mut job = samples::job(Status::Closed);
		job.id.0 = 1;
		job.asset = Some(7);
		job.books.paid = 30;
		Facts {
			machine: samples::machine(8),
			uptime: Some(UptimeView {
				runs: vec![Run {
					from: 1,
					to: 900_000,
					before: 0,
				}],
				open: true,
				gap_cap_ms: 0,
				total_ms: 90_061_000,
				resolved_until: 0,
			}),
			challenge: None,
			record: ProviderRecord {
				leases: 4,
				promised_ms: 0,
				proven_ms: 0,
				paid: 7_000_000_000_001,
				forfeits: 1,
				disputes_lost: 0,
			},
			leases: vec![lease, job],
			reservations: vec![(3, samples::reservation(2, ReservationState::Reserved))],
			refused: Ok(vec![Refused {
				lease: 9,
				reason: "too big".into(),
			}]),
			wish: Wish::Serve,
			now: samples::now(10, 1_000_000),
		}
	}

	fn shown(facts: &Facts, line: &str) {
		let report = report(facts);
		assert!(report.lines().any(|one| one == line), "{line}\n{report}");
	}

	#[test]
	fn proofs_are_told_with_the_last_pass_and_the_open_challenge() {
		let mut facts = facts();
		shown(&facts, "proven     1 d 1 h, the last pass 1 min 40 s ago");
		shown(&facts, "challenge  none is open");
		facts.uptime.as_mut().unwrap().open = false;
		assert!(report(&facts).contains("is not proven"));
	}

	#[test]
	fn a_drain_is_told() {
		let mut facts = facts();
		assert!(!report(&facts).contains("drain"));
		facts.wish = Wish::Drain;
		shown(
			&facts,
			"drain      nothing new is taken; the machine goes offline after the last lease",
		);
	}

	#[test]
	fn earnings_are_told_by_money() {
		let facts = facts();
		shown(
			&facts,
			"earned     1.5 TCT by the leases below; 0.25 TCT payable now, 2 TCT in escrow",
		);
		shown(
			&facts,
			"earned     30 of asset 7 by the leases below; 0 of asset 7 payable now, 0 of asset 7 in escrow",
		);
		shown(
			&facts,
			"record     7.000000000001 TCT paid for 4 leases of all the provider's machines, 1 lost",
		);
	}

	#[test]
	fn leases_and_reservations_are_told_with_their_state() {
		let facts = facts();
		shown(
			&facts,
			"lease      0 Active (metered, 1 units): 1.5 TCT paid, 2 TCT in escrow",
		);
		shown(
			&facts,
			"lease      1 Closed (job): 30 of asset 7 paid, 0 of asset 7 in escrow",
		);
		shown(
			&facts,
			"reserved   3: 2 units since 16 min 30 s, the consumer is awaited",
		);
	}

	#[test]
	fn refusals_are_told_or_why_not() {
		let mut facts = facts();
		shown(&facts, "refused    9: too big");
		facts.refused = Err("stop it first".into());
		shown(&facts, "refused    not known (stop it first)");
	}

	#[test]
	fn times_have_two_units() {
		let told = [999, 61_000, 3_661_000, 90_061_000].map(time);
		assert_eq!(told, ["0 s", "1 min 1 s", "1 h 1 min", "1 d 1 h"]);
	}

	#[tokio::test]
	async fn refusals_are_known_while_no_daemon_runs_and_asked_for_while_one_does() {
		let folder = tempfile::tempdir().unwrap();
		let mut config: Config = toml::from_str(crate::config::TEMPLATE).unwrap();
		config.data = folder.path().into();
		config.metrics.listen = None;
		assert_eq!(refused(&config).await, Ok(Vec::new()));
		assert!(!Store::is_in(folder.path()), "looking makes none");
		let store = Store::open(folder.path()).unwrap();
		store.note_refusal(5, "too big").unwrap();
		let why = refused(&config).await.unwrap_err();
		assert!(why.contains("[metrics] listen"), "{why}");
		drop(store);
		let reason = "too big".to_string();
		assert_eq!(
			refused(&config).await,
			Ok(vec![Refused { lease: 5, reason }])
		);
	}
}
