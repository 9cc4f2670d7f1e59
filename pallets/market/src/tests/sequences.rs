//! Everything that can be asked of the market, in any order, by anyone, while machines come and go,
//! leases begin or never do, a coin's issuer freezes and blocks now and then, time passes and stands
//! still, and the hooks have weight or none. After each step a model that knows nothing of the
//! pallet's code agrees on whether it was allowed, on who has what to the last unit, on what stands
//! and in which stage; all invariants hold, what is booked is what is reserved, and no token has
//! appeared or vanished. In the end strangers clear everything.
//!
//! `SEQUENCES` sets how many are played, `SEQUENCES_SEED` which: `scripts/sequences` plays many.
//! `SEQUENCES_SHRINK=0` leaves a failed one as long as it is: `scripts/mutants` wants no more than its failure.

mod books;
mod model;
mod play;
mod steps;

use super::*;
use crate::{
	invariants, lifecycle::ReservationStage, Call, Claims, Event, HoldReason, Offers, Orders,
	Reservations,
};
use books::Books;
use frame_support::{
	traits::{
		fungible::Mutate, fungibles::Inspect as _, GetCallName, Hooks, UnfilteredDispatchable,
	},
	weights::Weight,
};
use model::{Account, Machine, Model, Stage, Who, ROOT};
use pallet_assets::AccountStatus;
use play::{draw, Dice, Step, NOBODY};
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use sp_runtime::Storage;
use std::{cell::RefCell, collections::BTreeMap, sync::LazyLock};
use terminal_primitives::{ledger::BurnSource, market::Machines, AssetId, LeaseId, MachineId};
use terminal_test_support::{
	account,
	coin::{Coin, May, Purse, Whim},
	contents, BasicExternalities, MockBurn, EXISTENTIAL_DEPOSIT,
};

/// Everyone whom the model watches.
fn everyone() -> impl Iterator<Item = Who> {
	(1..11).chain(100..120).chain(play::UNBORN).chain([NOBODY])
}

/// The usual parameters, but rewards that an account cannot live on.
fn starting() -> crate::types::Parameters {
	crate::types::Parameters {
		close_reward: 600_000_000,
		matcher_reward: 700_000_000,
		..params()
	}
}

/// The same small world, as a chain and as a model: 22 machines, 33 accounts.
fn world() -> (Storage, Model) {
	let rules = starting();
	let mut ext = build(rules.clone());
	let model = ext.execute_with(|| {
		for number in 7..11 {
			let some = if number == 10 { 3 * UNIT } else { ENDOWMENT };
			Balances::mint_into(&account(number), some).expect("it is little");
		}
		let ids = [MACHINE, OTHER]
			.into_iter()
			.chain((0..20).map(bidders_machine));
		let machine = |id: MachineId| {
			let there = MockMachines::machine(id).expect("it was added");
			let machine = Machine {
				provider: model::number(&there.provider),
				agent: model::number(&there.agent),
				units: there.units,
				free: MockMachines::free_units(id),
				rate: there.price_per_second,
				coins: MockMachines::price_in(id, TUSD),
				online: true,
				meets: true,
				bookings: Vec::new(),
			};
			(id.0, machine)
		};
		let coin = coin_at_first();
		let endowed = |who| Account {
			free: free(&account(who)),
			..Default::default()
		};
		Model {
			block: System::block_number(),
			built: vec![now_ms()],
			rules,
			accounts: everyone().map(|who| (who, endowed(who))).collect(),
			pot: EXISTENTIAL_DEPOSIT,
			coin,
			machines: ids.map(machine).collect(),
			royalty: 0,
			yanked: false,
			longest: u32::MAX,
			offers: BTreeMap::new(),
			orders: BTreeMap::new(),
			reservations: BTreeMap::new(),
			leases: BTreeMap::new(),
			next: [0; 4],
		}
	});
	(contents(&mut ext), model)
}

/// Some have coins: one a little more than can be, most of them none.
fn coin_at_first() -> Coin {
	with_tusd();
	let by = signed(issuer());
	for (who, some) in [
		(5, TUSD_ENDOWMENT),
		(7, LEAST_TUSD + 5 * UNIT),
		(8, 20 * UNIT),
	] {
		Assets::mint(by.clone(), TUSD.into(), account(who), some).expect("it can receive");
	}
	// These name no price in it.
	for n in [0, 2] {
		MockMachines::set_price_in(bidders_machine(n), TUSD, None);
	}
	let (mut coin, books) = (Coin::new(LEAST_TUSD, everyone()), Books::read());
	for who in everyone() {
		coin.purse(who).free = books.purse(who).free;
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
	let Step::Call(who, what) = step else {
		let agreed = happen(step, model);
		return Played {
			call: None,
			counts: false,
			done: (true, agreed),
			error: String::new(),
		};
	};
	let right = match &**what {
		Call::take_offer { offer_hash, .. } | Call::reserve { offer_hash, .. } => {
			offer_hash != &[0; 32]
		},
		_ => true,
	};
	let orders = model.orders.len();
	let expected = model.apart(|model| steps::call(model, *who, what, right).map(|_| ()));
	let origin = match *who {
		ROOT => RuntimeOrigin::root(),
		who => signed(account(who)),
	};
	let done = RuntimeCall::Market((**what).clone()).dispatch_bypass_filter(origin);
	// Matches fail one by one, the call never does: it counts if one of them was made.
	let is_match = matches!(**what, Call::propose_matches { .. });
	Played {
		call: Some(what.get_call_name()),
		counts: done.is_ok() && (!is_match || model.orders.len() < orders),
		done: (done.is_ok(), expected),
		error: format!("{:?}", done.map_err(|error| error.error)),
	}
}

/// What nobody calls. Says whether the model allows it.
fn happen(step: &Step, model: &mut Model) -> bool {
	match step {
		Step::Wait(blocks) => {
			until_ms(now_ms() + blocks * 6_000);
			for _ in 0..*blocks {
				model.built.push(model.now() + 6_000);
			}
			model.block += *blocks as u32;
		},
		Step::Stall(milliseconds) => {
			stand_still(*milliseconds);
			model.built.push(model.now() + milliseconds);
			model.block += 1;
		},
		Step::Idle(weight) => {
			events();
			Market::on_idle(
				System::block_number(),
				Weight::from_parts(*weight, u64::MAX),
			);
			// What the wheel did, anyone could have done: in its order.
			return events().iter().all(|event| match event {
				Event::OrderFilled { order, .. } | Event::OrderEnded { order, .. } => {
					model.close_order(order.0, None).is_some()
				},
				Event::ReservationEnded { reservation, .. } => {
					model.end_reservation(reservation.0).is_some()
				},
				_ => true,
			});
		},
		Step::Online(id, online) => {
			set_online(MachineId(*id), *online);
			model.machines.get_mut(id).expect("it is there").online = *online;
		},
		Step::Meets(id, meets) => {
			MockMachines::set_meets(MachineId(*id), *meets);
			model.machines.get_mut(id).expect("it is there").meets = *meets;
		},
		Step::Retire(id) => {
			MockMachines::change(MachineId(*id), |machine| {
				machine.provider = account(NOBODY);
				machine.agent = account(NOBODY);
			});
			let machine = model.machines.get_mut(id).expect("it is there");
			(machine.provider, machine.agent) = (NOBODY, NOBODY);
		},
		Step::Royalty(royalty) => {
			FakeLeases::set_royalty(*royalty);
			model.royalty = *royalty;
		},
		Step::Yank => {
			FakeLeases::yank();
			model.yanked = true;
		},
		Step::Longest(seconds) => {
			FakeLeases::set_longest(u64::from(*seconds) * 1_000);
			model.longest = *seconds;
		},
		Step::Start(id) => {
			FakeLeases::start(LeaseId(*id));
			model.hear(*id, true);
		},
		Step::NeverStart(id) => {
			FakeLeases::never_start(LeaseId(*id));
			model.end_lease(*id);
			model.hear(*id, false);
		},
		Step::End(id) => {
			FakeLeases::end(LeaseId(*id));
			model.end_lease(*id);
		},
		Step::Whim(whim) => return happens(*whim) == model.coin.happen(*whim).is_some(),
		Step::Call(..) => panic!("somebody calls {step:?}"),
	}
	true
}

/// Everything that the model knows, as the chain has it.
fn compare(model: &Model, books: &Books) -> Result<(), TestCaseError> {
	for who in everyone() {
		let real = books.account(who);
		prop_assert_eq!(Some(&real), model.accounts.get(&who), "account {}", who);
	}
	prop_assert_eq!(free(&Market::pot_account()), model.pot);
	for (who, expected) in &model.coin.purses {
		prop_assert_eq!(&books.purse(*who), expected, "coins of {}", who);
	}
	let kept = tusd_on_hold(HoldReason::Claim, &Market::pot_account());
	prop_assert_eq!(kept, model.coin.claimed());
	prop_assert_eq!(Assets::total_issuance(TUSD), model.coin.total());
	for (id, machine) in &model.machines {
		prop_assert_eq!(MockMachines::free_units(MachineId(*id)), machine.free);
		let mut bookings = MockMachines::bookings(MachineId(*id));
		let mut expected = machine.bookings.clone();
		bookings.sort_unstable();
		expected.sort_unstable();
		prop_assert_eq!(bookings, expected, "bookings of {}", id);
	}
	let offers: Vec<u64> = sorted(Offers::<Test>::iter_keys().map(|id| id.0));
	prop_assert!(offers.iter().eq(model.offers.keys()));
	prop_assert_eq!(Orders::<Test>::iter_keys().count(), model.orders.len());
	for (id, order) in &model.orders {
		let Some(real) = Orders::<Test>::get(OrderId(*id)) else {
			return Err(TestCaseError::fail(format!("order {id} is gone")));
		};
		let bids: Vec<_> = real
			.bids
			.iter()
			.map(|bid| (bid.machine.0, bid.rate))
			.collect();
		let expected: Vec<_> = order
			.bids
			.iter()
			.map(|bid| (bid.machine, bid.rate))
			.collect();
		prop_assert_eq!(bids, expected, "bids of {}", id);
	}
	let real: BTreeMap<u64, ReservationStage> = Reservations::<Test>::iter()
		.map(|(id, found)| (id.0, found.state.stage()))
		.collect();
	prop_assert_eq!(real, stages(model));
	prop_assert!(FakeLeases::open()
		.iter()
		.map(|id| &id.0)
		.eq(model.leases.keys()));
	Ok(())
}

fn sorted(all: impl Iterator<Item = u64>) -> Vec<u64> {
	let mut all: Vec<u64> = all.collect();
	all.sort_unstable();
	all
}

fn stages(model: &Model) -> BTreeMap<u64, ReservationStage> {
	let stage = |stage: &Stage| match stage {
		Stage::Reserved => ReservationStage::Reserved,
		Stage::Arrived { .. } => ReservationStage::Arrived,
		Stage::Opened { .. } => ReservationStage::Opened,
	};
	let found = model.reservations.iter();
	found
		.map(|(id, found)| (*id, stage(&found.stage)))
		.collect()
}

/// Whether the lifecycle's table has this step.
fn follows(before: Option<ReservationStage>, after: Option<ReservationStage>) -> bool {
	use ReservationStage::*;
	before == after
		|| match before {
			None => after == Some(Reserved),
			Some(Reserved) => matches!(after, None | Some(Arrived | Opened)),
			Some(Arrived) => matches!(after, None | Some(Opened)),
			Some(Opened) => after.is_none(),
			Some(Gone) => false,
		}
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
		prop_assert!(follows(from, to), "{:?}: {:?} to {:?}", step, from, to);
	}
	let books = Books::read();
	compare(model, &books)
		.map_err(|error| TestCaseError::fail(format!("{error} after {step:?}")))?;
	prop_assert_eq!(MockBurn::<Balances>::burned(BurnSource::Dust), 0);
	prop_assert_eq!(
		Balances::total_issuance(),
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

/// Nobody does anything any more but a stranger, and providers with standing offers.
fn wind_up(model: &mut Model, issued: u128) -> Result<(), TestCaseError> {
	let mut unimportant = Counts::new();
	let mut then = |what: Step, model: &mut Model| step(&what, model, issued, &mut unimportant);
	then(Step::Wait(900), model)?;
	for id in model.orders.keys().copied().collect::<Vec<_>>() {
		let close = Call::close_order { order: OrderId(id) };
		then(Step::Call(6, Box::new(close)), model)?;
	}
	for id in model.reservations.keys().copied().collect::<Vec<_>>() {
		let end = Call::end_reservation {
			reservation: ReservationId(id),
		};
		then(Step::Call(6, Box::new(end)), model)?;
	}
	for (id, offer) in model.offers.clone() {
		let withdraw = Call::withdraw_offer { offer: OfferId(id) };
		then(Step::Call(offer.provider, Box::new(withdraw)), model)?;
	}
	then(Step::Whim(Whim::ThawAll), model)?;
	for who in model.coin.kept() {
		then(Step::Whim(Whim::Let(who, May::All)), model)?;
	}
	for id in model.leases.keys().copied().collect::<Vec<_>>() {
		then(Step::End(id), model)?;
	}
	// What an issuer kept from somebody was kept for somebody.
	for who in everyone()
		.filter(|who| model.coin.purses[who].claim > 0)
		.collect::<Vec<_>>()
	{
		let claim = Call::claim {
			beneficiary: account(who),
			asset: Some(TUSD),
		};
		then(Step::Call(6, Box::new(claim)), model)?;
	}
	prop_assert_eq!(model.coin.claimed(), 0);
	prop_assert!(model.coin.purses.values().all(|purse| purse.held == 0));
	let left = model.orders.len() + model.reservations.len() + model.offers.len();
	prop_assert_eq!(left, 0);
	for (who, account) in &model.accounts {
		prop_assert_eq!(account.held, [0; 7], "account {}", who);
	}
	for machine in model.machines.values() {
		prop_assert!(machine.bookings.is_empty() && machine.free == machine.units);
	}
	Ok(())
}

fn one_sequence(dice: &[u64], counts: &mut Counts) -> Result<(), TestCaseError> {
	static FIRST: LazyLock<(Storage, Model)> = LazyLock::new(world);
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
	println!("sequences market total {sequences} {tried} {done}");
	for (name, (tried, done)) in &counts {
		println!("sequences market {name} {tried} {done}");
	}
	if sequences < USUAL {
		return;
	}
	for name in Call::<Test>::get_call_names() {
		let done = counts.get(name).map_or(0, |count| count.1);
		assert!(done > 0, "{name} never succeeded: {counts:?}");
	}
	assert!(done * 10 >= tried * 3, "{done} of {tried}: {counts:?}");
}
