//! Everything that can be asked of leases, in any order, by anyone, on several machines, while they
//! are proven or missed, come and go, are booked and maintained, blocks are slow and the hooks have
//! weight or none; in TCT and in a coin whose issuer freezes and blocks now and then. After each step
//! a model that knows nothing of the pallet's code agrees on whether it was allowed, on who has what
//! to the last unit, on where each lease stands; all invariants hold, and no token has appeared or
//! vanished. In the end strangers lead every lease to nothing.
//!
//! `SEQUENCES` sets how many are played, `SEQUENCES_SEED` which: `scripts/sequences` plays many.
//! `SEQUENCES_SHRINK=0` leaves a failed one as long as it is: `scripts/mutants` wants no more than its failure.

mod books;
mod coin;
mod model;
mod money;
mod play;
mod serve;
mod steps;
mod vouchers;
mod world;

use super::*;
use crate::{invariants, lifecycle, types::State, Call, Claims, Event, HoldReason, LeasesOf};
use books::Books;
use coin::TREASURY;
use frame_support::{
	storage::with_storage_layer,
	traits::{
		fungible::Mutate, fungibles::Inspect as _, GetCallName, Hooks, UnfilteredDispatchable,
	},
	weights::Weight,
};
use model::{Who, ROOT};
use money::Account;
use pallet_assets::AccountStatus;
use play::{draw, Dice, Step};
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use sp_runtime::Storage;
use std::{cell::RefCell, collections::BTreeMap, sync::LazyLock};
use terminal_primitives::{
	ledger::BurnSource,
	market::{Bookings, Jobs, LeaseBook, MachineStatus, Verdict},
	uptime::UptimeRecorder,
	AssetId, VersionId,
};
use terminal_test_support::{
	account,
	coin::{Coin, May, Purse, Whim},
	contents, skip_time_ms, AttestorAccount, BasicExternalities, MockBonds, MockBurn, MockMachines,
	MockModels, MockRoyalties, MockUptime, TreasuryAccount, EXISTENTIAL_DEPOSIT, UNIT,
};
use world::{Lease, Machine, Model, Royalties, Version};

/// Everyone whom the model watches.
fn everyone() -> impl Iterator<Item = Who> {
	(1..15).chain(play::UNBORN)
}

/// The same small world, as a chain and as a model: four machines, two models, fourteen accounts.
fn beginning() -> (Storage, Model) {
	let machines = [
		(2, 3, 6, RATE, Some(RATE + 1)),
		(8, 9, 6, RATE / 2, Some(RATE / 3)),
		(10, 10, 4, 1_000_003, None),
		(30, 11, 4, 3_000_000, Some(4_000_001)),
	];
	let mut ext = build(params());
	let model = ext.execute_with(|| {
		for (id, (provider, agent, units, rate, coins)) in (0..).map(MachineId).zip(machines) {
			MockMachines::add(id, account(provider), account(agent), units, rate);
			MockMachines::set_price_in(id, TUSD, coins);
		}
		MockModels::add(VersionId(1), account(4), 7, 333, None);
		MockModels::set_prices_in(VERSION, TUSD, Some((TUSD_JOB_ROYALTY, TUSD_ROYALTY_RATE)));
		MockModels::set_price_per_call(VersionId(1), None, 3);
		MockModels::set_price_per_call(VERSION, Some(TUSD), vouchers::COINS_PER_CALL);
		for number in 11..15 {
			let some = if number == 13 { 3 * UNIT } else { ENDOWMENT };
			Balances::mint_into(&account(number), some).expect("it is little");
		}
		let coin = coin_at_first();
		let machine = |(provider, agent, units, rate, coins)| Machine {
			provider,
			agent,
			units,
			free: units,
			rate,
			coins,
			online: true,
			bookings: Vec::new(),
			window: None,
			runs: Vec::new(),
			cut: false,
			resolved: 0,
		};
		let version = |tct, coins, provable| Version {
			tct,
			coins,
			provable,
			yanked: false,
		};
		let endowed = |who| Account {
			free: free(&account(who)),
			..Default::default()
		};
		Model {
			block: System::block_number(),
			now: now_ms(),
			rules: params(),
			accounts: everyone().map(|who| (who, endowed(who))).collect(),
			pot: EXISTENTIAL_DEPOSIT,
			treasury: EXISTENTIAL_DEPOSIT,
			attestors: EXISTENTIAL_DEPOSIT,
			royalties: vec![0; 2],
			burned: [0; 2],
			coin,
			approved: true,
			machines: machines.map(machine).to_vec(),
			versions: vec![
				version(
					Royalties {
						per_job: JOB_ROYALTY,
						per_second: ROYALTY_RATE,
						per_call: CALL_ROYALTY,
					},
					Some(Royalties {
						per_job: TUSD_JOB_ROYALTY,
						per_second: TUSD_ROYALTY_RATE,
						per_call: vouchers::COINS_PER_CALL,
					}),
					true,
				),
				version(
					Royalties {
						per_job: 7,
						per_second: 333,
						per_call: 3,
					},
					None,
					false,
				),
			],
			at_risk: BTreeMap::new(),
			leases: BTreeMap::new(),
			next: 0,
		}
	});
	(contents(&mut ext), model)
}

/// Everybody but account 6 has coins, account 7 as few as can be, and the treasury none.
fn coin_at_first() -> Coin {
	let (root, least) = (RuntimeOrigin::root(), coin::LEAST);
	Assets::force_create(root, TUSD.into(), issuer(), true, least).expect("the id is free");
	Leases::approve_asset(RuntimeOrigin::root(), TUSD, coin::TERMS).expect("it exists");
	let mut coin = Coin::new(least, everyone().chain([TREASURY]));
	for who in (1..15).filter(|who| *who != 6) {
		let some = if who == 7 { least } else { 30 * UNIT };
		give_tusd(account(who), some);
		coin.purse(who).free = Some(some);
	}
	coin
}

/// What the issuer wants; whether it may.
fn happens(whim: Whim) -> bool {
	let (by, id) = (signed(issuer()), TUSD.into());
	let done = match whim {
		Whim::FreezeAll => Assets::freeze_asset(by, id),
		Whim::ThawAll => Assets::thaw_asset(by, id),
		Whim::Let(who, May::All) => Assets::thaw(by, id, account(who)),
		Whim::Let(who, May::Receive) => Assets::freeze(by, id, account(who)),
		Whim::Let(who, May::Nothing) => Assets::block(by, id, account(who)),
	};
	done.is_ok()
}

/// The coin is where the model has it, and nowhere else.
fn compare_coins(model: &Model, books: &Books) -> Result<(), TestCaseError> {
	for (who, expected) in &model.coin.purses {
		prop_assert_eq!(&books.purse(*who), expected, "coins of {}", who);
	}
	let pot = tusd_on_hold(HoldReason::Claim, &Leases::pot_account());
	prop_assert_eq!(pot, model.coin.claimed());
	prop_assert_eq!(Assets::total_issuance(TUSD), model.coin.total());
	Ok(())
}

/// What a step did in both worlds.
struct Played {
	/// The call's name, if it was one.
	call: Option<&'static str>,
	/// Whether it counts as done.
	counts: bool,
	/// Whether chain and model did it.
	done: (bool, bool),
	error: String,
}

/// Let a step happen in the chain and in the model, which is left as it was if it refuses.
fn play(step: &Step, model: &mut Model) -> Played {
	let mut call = None;
	let before = model.clone();
	let (chain, expected) = match step {
		Step::Call(who, what) => {
			call = Some(what.get_call_name());
			let order = following(what);
			let expected = model.call(*who, what, &order);
			let origin = match *who {
				ROOT => RuntimeOrigin::root(),
				who => signed(account(who)),
			};
			let what = RuntimeCall::Leases((**what).clone());
			let done = what.dispatch_bypass_filter(origin);
			(done.map(|_| ()).map_err(|error| error.error), expected)
		},
		Step::Agree(agreed) => {
			let expected = model.agree(agreed);
			let agreed = (**agreed).clone();
			(
				with_storage_layer(|| Leases::open_agreed(agreed)).map(|_| ()),
				expected,
			)
		},
		Step::Conclude(id, verdict) => {
			let expected = model.conclude(*id, *verdict);
			let done = <Leases as Jobs<AccountId>>::conclude(LeaseId(*id), *verdict, None);
			(done, expected)
		},
		other => return happen(other, model),
	};
	if expected.is_none() {
		*model = before;
	}
	// Several settlements fail one by one, the call never does: it counts if one of them was made.
	let idle = match step {
		Step::Call(_, what) => is_idle(what, &events()),
		_ => false,
	};
	Played {
		call,
		counts: chain.is_ok() && !idle,
		done: (chain.is_ok(), expected.is_some()),
		error: format!("{chain:?}"),
	}
}

/// Whether a call that never fails did nothing.
fn is_idle(what: &Call<Test>, events: &[Event<Test>]) -> bool {
	let failed = |event: &&Event<Test>| matches!(event, Event::SettleFailed { .. });
	match what {
		Call::settle_many { batch } => batch.len() == events.iter().filter(failed).count(),
		Call::redeem_many { batch } => batch.len() == events.iter().filter(failed).count(),
		Call::withdraw_many { .. } => events
			.iter()
			.any(|event| matches!(event, Event::Withdrawn { seen: 0, .. })),
		_ => false,
	}
}

/// The leases of a provider that the chain's index lists next.
fn following(call: &Call<Test>) -> Vec<u64> {
	let Call::withdraw_many {
		provider, after, ..
	} = call
	else {
		return Vec::new();
	};
	let keys = match after {
		Some(after) => {
			let start = LeasesOf::<Test>::hashed_key_for(provider, after);
			LeasesOf::<Test>::iter_key_prefix_from(provider, start)
		},
		None => LeasesOf::<Test>::iter_key_prefix(provider),
	};
	keys.map(|id| id.0).collect()
}

/// What nobody calls.
fn happen(step: &Step, model: &mut Model) -> Played {
	let mut agreed = true;
	match step {
		Step::Wait(blocks, stalled) => {
			jump(*blocks);
			skip_time_ms::<Test>(*stalled);
			(model.block, model.now) = (System::block_number(), now_ms());
		},
		Step::Idle(weight) => {
			events();
			Leases::on_idle(
				System::block_number(),
				Weight::from_parts(*weight, u64::MAX),
			);
			// What the wheel did, anyone could have done: in its order.
			let mut seen = Vec::new();
			for id in events().iter().filter_map(concerned) {
				if !seen.contains(&id) {
					seen.push(id);
					agreed &= steps::expire(model, id).is_some();
				}
			}
		},
		Step::Prove(at, gap) => {
			MockUptime::record_pass(MachineId(*at as u64), now_ms(), *gap);
			let machine = &mut model.machines[*at];
			match machine.runs.last_mut() {
				Some(last) if !machine.cut && model.now - last.1 <= *gap => last.1 = model.now,
				_ => machine.runs.push((model.now, model.now)),
			}
			(machine.cut, machine.resolved) = (false, model.now);
		},
		Step::Miss(at) => {
			MockUptime::record_miss(MachineId(*at as u64), now_ms());
			let machine = &mut model.machines[*at];
			(machine.cut, machine.resolved) = (true, model.now);
		},
		Step::Online(at, online) => {
			let status = match online {
				true => MachineStatus::Online,
				false => MachineStatus::Offline,
			};
			MockMachines::change(MachineId(*at as u64), |machine| machine.status = status);
			model.machines[*at].online = *online;
		},
		Step::Window(at, window) => {
			MockMachines::set_window(MachineId(*at as u64), *window);
			model.machines[*at].window = *window;
		},
		Step::Book(at, units, from, until) => {
			if MockMachines::book(MachineId(*at as u64), *units, *from, *until).is_ok() {
				model.machines[*at].bookings.push((*units, *from, *until));
			}
		},
		Step::Unbook(at) => {
			if let Some((units, from, until)) = model.machines[*at].bookings.pop() {
				MockMachines::unbook(MachineId(*at as u64), units, from, until);
			}
		},
		Step::Yank(version) => {
			MockModels::yank(VersionId(*version as u64));
			model.versions[*version].yanked = true;
		},
		Step::Whim(whim) => {
			agreed = happens(*whim) == model.coin.happen(*whim).is_some();
		},
		Step::Approve(approve) => {
			let done = match approve {
				true => Leases::approve_asset(RuntimeOrigin::root(), TUSD, coin::TERMS),
				false => Leases::remove_asset(RuntimeOrigin::root(), TUSD),
			};
			agreed = done.is_ok() == (*approve || model.approved);
			model.approved = *approve;
		},
		other => panic!("somebody calls {other:?}"),
	}
	Played {
		call: None,
		counts: false,
		done: (true, agreed),
		error: String::new(),
	}
}

/// The lease that an event of the wheel is about.
fn concerned(event: &Event<Test>) -> Option<u64> {
	match event {
		Event::LeaseClosed { lease, .. }
		| Event::LeaseEnded { lease, .. }
		| Event::LeasePaused { lease, .. }
		| Event::LeaseResumed { lease, .. }
		| Event::LeaseToppedUp { lease, .. }
		| Event::LeasePaid { lease, .. }
		| Event::LeaseForgotten { lease } => Some(lease.0),
		_ => None,
	}
}

fn stages(model: &Model) -> BTreeMap<u64, lifecycle::Stage> {
	let stage = |(id, lease): (&u64, &Lease)| (*id, lease.stage.name());
	model.leases.iter().map(stage).collect()
}

/// Everything that the model knows, as the chain has it.
fn compare(model: &Model, books: &Books) -> Result<(), TestCaseError> {
	for who in everyone() {
		let real = books.account(who);
		prop_assert_eq!(Some(&real), model.accounts.get(&who), "account {}", who);
	}
	for who in model.machines.iter().map(|machine| machine.provider) {
		let address = account(who);
		let at_risk = model.at_risk.get(&who).copied().unwrap_or_default();
		prop_assert_eq!(MockBonds::at_risk(&address), at_risk, "bond of {}", who);
	}
	let burned = |source| MockBurn::<Balances>::burned(source);
	let real = (free(&Leases::pot_account()), free(&TreasuryAccount::get()));
	prop_assert_eq!(real, (model.pot, model.treasury));
	prop_assert_eq!(free(&AttestorAccount::get()), model.attestors);
	prop_assert_eq!(
		[burned(BurnSource::LeaseFee), burned(BurnSource::ModelFee)],
		model.burned
	);
	prop_assert_eq!(burned(BurnSource::Dust), 0);
	for (number, royalty) in model.royalties.iter().enumerate() {
		let version = VersionId(number as u64);
		prop_assert_eq!(MockRoyalties::<Balances>::accrued(version), *royalty);
	}
	compare_coins(model, books)?;
	for (number, machine) in model.machines.iter().enumerate() {
		prop_assert_eq!(
			MockMachines::free_units(MachineId(number as u64)),
			machine.free
		);
	}
	for (id, lease) in crate::Leases::<Test>::iter() {
		let expected = model.leases.get(&id.0);
		prop_assert!(expected.is_some(), "lease {} should be gone", id.0);
		let Some(expected) = expected else { continue };
		prop_assert_eq!(lease.state.stage(), expected.stage.name(), "lease {}", id.0);
		prop_assert_eq!(lease.asset, expected.asset, "lease {}", id.0);
		prop_assert_eq!(lease.books.held, expected.held, "lease {}", id.0);
		if let State::Closed { outcome, .. } = lease.state {
			prop_assert_eq!(Some(outcome), expected.outcome, "lease {}", id.0);
		}
	}
	prop_assert_eq!(
		crate::Leases::<Test>::iter_keys().count(),
		model.leases.len()
	);
	Ok(())
}

/// Calls tried and done, by name.
type Counts = BTreeMap<&'static str, (u64, u64)>;

fn step(
	step: &Step,
	model: &mut Model,
	issued: u128,
	counts: &mut Counts,
) -> Result<(), TestCaseError> {
	let before = stages(model);
	let played = play(step, model);
	if let Some(name) = played.call {
		let count = counts.entry(name).or_default();
		*count = (count.0 + 1, count.1 + u64::from(played.counts));
	}
	let (chain, expected) = played.done;
	prop_assert_eq!(
		chain,
		expected,
		"the model disagrees: {:?} {}",
		step,
		played.error
	);
	// What is refused leaves nothing behind, by the framework; if it did, the next comparison says so.
	if played.call.is_some() && !chain {
		System::reset_events();
		return Ok(());
	}
	let after = stages(model);
	for id in before.keys().chain(after.keys()) {
		let (from, to) = (before.get(id).copied(), after.get(id).copied());
		prop_assert!(
			model::follows(from, to),
			"{:?}: {:?} to {:?}",
			step,
			from,
			to
		);
	}
	let books = Books::read();
	compare(model, &books)
		.map_err(|error| TestCaseError::fail(format!("{error} after {step:?}")))?;
	let burned: u128 = BurnSource::ALL
		.into_iter()
		.map(MockBurn::<Balances>::burned)
		.sum();
	prop_assert_eq!(
		Balances::total_issuance() + burned,
		issued,
		"issuance after {:?}",
		step
	);
	System::reset_events();
	let on_hold = |asset, who: &_, why| books.on_hold(asset, who, why);
	let state = invariants::check_with::<Test>(on_hold);
	prop_assert!(state.is_ok(), "after {:?}: {:?}", step, state);
	Ok(())
}

/// Nobody does anything any more but attestation and a stranger. Everything ends.
fn wind_up(model: &mut Model, issued: u128) -> Result<(), TestCaseError> {
	let mut unimportant = Counts::new();
	let mut then = |what: Step, model: &mut Model| step(&what, model, issued, &mut unimportant);
	for id in 0..model.next {
		then(Step::Conclude(id, Verdict::Unanswered), model)?;
	}
	for _ in 0..4 {
		then(Step::Wait(14_400, 0), model)?;
		for id in model.leases.keys().copied().collect::<Vec<_>>() {
			let lease = LeaseId(id);
			for what in [
				Call::cancel { lease },
				Call::close { lease },
				Call::finish { lease },
			] {
				then(Step::Call(14, Box::new(what)), model)?;
			}
		}
	}
	prop_assert_eq!(crate::Leases::<Test>::iter_keys().count(), 0);
	prop_assert_eq!(LeasesOf::<Test>::iter_keys().count(), 0);
	for (who, account) in &model.accounts {
		let held = (account.escrow, account.deposit, account.posting);
		prop_assert_eq!(held, (0, 0, 0), "account {}", who);
	}
	prop_assert!(model
		.machines
		.iter()
		.all(|machine| machine.free == machine.units));
	prop_assert!(model.at_risk.values().all(|value| *value == 0));
	prop_assert!(model.coin.purses.values().all(|purse| purse.held == 0));
	then(Step::Whim(Whim::ThawAll), model)?;
	for who in model.coin.purses.keys().copied().collect::<Vec<_>>() {
		then(Step::Whim(Whim::Let(who, May::All)), model)?;
		let claim = Call::claim {
			beneficiary: account(who),
			asset: Some(TUSD),
		};
		then(Step::Call(14, Box::new(claim)), model)?;
		let claim = model.coin.purses[&who].claim;
		prop_assert!(claim == 0 || claim < coin::LEAST, "account {}", who);
	}
	Ok(())
}

fn one_sequence(dice: &[u64], counts: &mut Counts) -> Result<(), TestCaseError> {
	static FIRST: LazyLock<(Storage, Model)> = LazyLock::new(beginning);
	let (storage, mut model) = FIRST.clone();
	BasicExternalities::new(storage).execute_with(|| {
		let issued = Balances::total_issuance();
		for seed in dice {
			let next = draw(&mut Dice(*seed), &model);
			step(&next, &mut model, issued, counts)?;
		}
		let state = invariants::check::<Test>();
		prop_assert!(state.is_ok(), "by what the pallet reads: {:?}", state);
		wind_up(&mut model, issued)
	})
}

/// So many every day; fewer say nothing about what succeeds how often.
const USUAL: u64 = 120;

fn from_environment(name: &str, usual: u64) -> u64 {
	std::env::var(name)
		.ok()
		.and_then(|value| value.parse().ok())
		.unwrap_or(usual)
}

#[test]
fn agree_with_a_simple_model_after_every_step() {
	let sequences = from_environment("SEQUENCES", USUAL);
	let seed = from_environment("SEQUENCES_SEED", 1);
	let mut bytes = [0; 32];
	bytes[..8].copy_from_slice(&seed.to_le_bytes());
	let config = ProptestConfig {
		cases: sequences as u32,
		failure_persistence: None,
		max_shrink_iters: from_environment("SEQUENCES_SHRINK", 4_000) as u32,
		..Default::default()
	};
	let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
	let mut runner = TestRunner::new_with_rng(config, rng);
	let counts = RefCell::new(Counts::new());
	let histories = prop::collection::vec(any::<u64>().no_shrink(), 1..180);
	let result = runner.run(&histories, |dice| {
		one_sequence(&dice, &mut counts.borrow_mut())
	});
	if let Err(error) = result {
		panic!("SEQUENCES_SEED={seed} SEQUENCES={sequences}: {error}");
	}
	let counts = counts.into_inner();
	let (tried, done) = counts
		.values()
		.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
	println!("sequences leases total {sequences} {tried} {done}");
	for (name, (tried, done)) in &counts {
		println!("sequences leases {name} {tried} {done}");
	}
	if sequences < USUAL {
		return;
	}
	// Those that root alone may make.
	let roots = ["approve_asset", "remove_asset"];
	for name in Call::<Test>::get_call_names() {
		if roots.contains(name) {
			continue;
		}
		let done = counts.get(name).map_or(0, |count| count.1);
		assert!(done > 0, "{name} never succeeded: {counts:?}");
	}
	assert!(done * 10 >= tried * 3, "{done} of {tried}: {counts:?}");
}
