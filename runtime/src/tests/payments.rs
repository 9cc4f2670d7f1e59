//! Payments out of an escrow, in TCT and in an asset: what they write, counted, and what their weights
//! pay for.

use super::{account, externalities_of};
use crate::{
	AccountId, AllPalletsWithSystem, Assets, Balances, Leases, Models, Providers, Runtime,
	RuntimeCall, RuntimeOrigin, System, Treasury, MILLI, UNIT,
};
use frame_support::{
	assert_ok,
	dispatch::GetDispatchInfo,
	storage::transactional::TRANSACTION_LEVEL_KEY,
	traits::{fungible::Mutate, WhitelistedStorageKeys},
	weights::Weight,
};
use pallet_leases::{
	weights::SubstrateWeight, AssetTerms, AutoTopUp, Call, Claims, Voucher, WeightInfo,
};
use pallet_models::{Details, Format, Prices};
use pallet_providers::{
	runs::{Run, Uptime},
	Hardware, HardwareClass,
};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::{traits::Dispatchable, Perbill};
use terminal_primitives::{
	market::{AgreedLease, Arbiter, LeaseBook, LeaseTerms, MachineStatus, Machines, ProviderBonds},
	AssetId, LeaseId, MachineId, Moment, VersionId,
};

const PROVIDER: Sr25519Keyring = Bob;
const AGENT: Sr25519Keyring = Charlie;
const CONSUMER: Sr25519Keyring = Dave;
const AUTHOR: Sr25519Keyring = Eve;
const ISSUER: Sr25519Keyring = Alice;

const MACHINE: MachineId = MachineId(0);
const VERSION: VersionId = VersionId(0);
const LEASE: LeaseId = LeaseId(0);
/// No preset has it.
const ASSET: AssetId = 2;
const START: Moment = 1_800_000_000_000;
/// Base units per second for the machine, and half of it for the model, in TCT and in the asset.
const RATE: u128 = MILLI;
/// Base units per call for the machine, and for the model, in TCT and in the asset.
const CALL: u128 = MILLI / 5;
const CALL_ROYALTY: u128 = MILLI / 10;
/// What an hour costs.
const WHOLE: u128 = 3_600 * RATE * 3 / 2;
/// Enough for a hundred seconds and a tenth.
const SHORT: u128 = 1_001 * RATE * 3 / 2 / 10;

/// A chain on which nothing weighs anything but writes: more than the time of any call without them.
mod counter {
	use frame_support::{derive_impl, parameter_types, weights::RuntimeDbWeight};

	pub const WRITE: u64 = 1 << 50;

	frame_support::construct_runtime!(
		pub enum Counter {
			System: frame_system,
		}
	);

	parameter_types! {
		pub const WritesOnly: RuntimeDbWeight = RuntimeDbWeight { read: 0, write: WRITE };
	}

	#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
	impl frame_system::Config for Counter {
		type Block = frame_system::mocking::MockBlock<Counter>;
		type DbWeight = WritesOnly;
	}
}

/// The weights of leases, in writes.
type Counted = SubstrateWeight<counter::Counter>;
/// The weights of leases, as this runtime has them.
type Weights = <Runtime as pallet_leases::Config>::WeightInfo;

fn by(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(account(who))
}

/// Nobody has endowed it.
fn nobody() -> AccountId {
	[77; 32].into()
}

/// So many milliseconds after the start; the machine was up all the time, and that is final.
fn at(ms: u64) {
	let (from, to) = (START, START + ms);
	pallet_timestamp::Now::<Runtime>::put(to);
	let run = Run {
		from,
		to,
		before: 0,
	};
	let uptime = Uptime {
		runs: vec![run].try_into().expect("one"),
		open: true,
		resolved: to,
		gap_cap_ms: 1_000,
	};
	pallet_providers::Uptimes::<Runtime>::insert(MACHINE, uptime);
}

fn text<S: frame_support::traits::Get<u32>>(of: &str) -> frame_support::BoundedVec<u8, S> {
	of.as_bytes().to_vec().try_into().expect("short enough")
}

/// A machine, a version and an approved asset in which both have a price.
fn market() {
	System::set_block_number(1);
	pallet_timestamp::Now::<Runtime>::put(START);
	assert_ok!(Providers::register_provider(by(PROVIDER), 1_000 * UNIT));
	let hardware = Hardware {
		class: HardwareClass::Gpu,
		accelerator: text("h100-sxm"),
		count: 2,
		memory_mib: 81_559,
		vcpus: 16,
		ram_mib: 131_072,
		disk_gib: 512,
		region: text("eu-west"),
		interconnect: text(""),
		driver: text("nvidia-570.86"),
	};
	let endpoints = frame_support::BoundedVec::truncate_from(vec![text("http://127.0.0.1:9000")]);
	let agent = account(AGENT);
	let (owner, document) = (by(PROVIDER), [0; 32]);
	assert_ok!(Providers::register_machine(
		owner, hardware, agent, endpoints, RATE, document
	));
	let online = MachineStatus::Online;
	assert_ok!(Providers::set_status(by(AGENT), MACHINE, online));

	let (root, issuer) = (RuntimeOrigin::root(), account(ISSUER).into());
	assert_ok!(Assets::force_create(
		root.clone(),
		ASSET.into(),
		issuer,
		true,
		MILLI
	));
	let to = account(CONSUMER).into();
	assert_ok!(Assets::mint(by(ISSUER), ASSET.into(), to, 1_000 * UNIT));
	let terms = AssetTerms {
		min_rate: 1_000,
		per_tct: UNIT,
	};
	assert_ok!(Leases::approve_asset(root, ASSET, terms));

	let details = Details {
		manifest: [9; 32],
		weights_root: Some([6; 32]),
		format: Format::IntegerNetwork,
		bytes: 4_096,
		licence: text("Apache-2.0"),
		card_hash: [8; 32],
		name: text("a model"),
	};
	let (salt, author) = ([7; 32], account(AUTHOR));
	let prices = Prices {
		per_job: UNIT,
		per_second: RATE / 2,
		per_call: CALL_ROYALTY,
	};
	let commitment = Models::commitment(author, salt, details.clone());
	assert_ok!(Models::commit_listing(by(AUTHOR), commitment));
	let params = pallet_models::Params::<Runtime>::get();
	wait(params.reveal_delay_blocks);
	assert_ok!(Models::list_version(by(AUTHOR), salt, details, prices));
	assert_ok!(Models::set_asset_prices(
		by(AUTHOR),
		VERSION,
		ASSET,
		Some(prices)
	));
	wait(params.price_rise_blocks);
}

fn wait(blocks: u32) {
	System::set_block_number(System::block_number() + blocks);
}

/// Agree on an hour, with an arbiter whom nobody has endowed.
fn agree(asset: Option<AssetId>, funds: u128) {
	market();
	let terms = LeaseTerms {
		arbiter: Some(Arbiter {
			account: nobody(),
			fee: MILLI,
		}),
		..LeaseTerms::plain(7_200_000)
	};
	let agreed = AgreedLease {
		consumer: account(CONSUMER),
		provider: account(PROVIDER),
		machine: MACHINE,
		units: 1,
		asset,
		rate: RATE,
		duration_ms: 3_600_000,
		version: Some(VERSION),
		tenant: None,
		funds,
		terms,
		terms_hash: [0; 32],
		shown: false,
	};
	assert_ok!(Leases::open_agreed(agreed));
}

/// Such a lease, which has run for so long and was paid for that.
fn running(asset: Option<AssetId>, funds: u128, ms: u64) {
	agree(asset, funds);
	assert_ok!(Leases::start(by(AGENT), LEASE, None));
	at(ms);
	assert_ok!(Leases::withdraw(by(AGENT), LEASE));
	// Worth less than an account's least balance.
	at(ms + 200);
}

/// A lease for calls, with funds for a thousand.
fn calls(asset: Option<AssetId>) -> Call<Runtime> {
	market();
	assert_ok!(Providers::set_asset_price(
		by(PROVIDER),
		MACHINE,
		ASSET,
		Some(RATE)
	));
	let machine = <Providers as Machines<AccountId>>::machine(MACHINE);
	Call::open_calls {
		machine: MACHINE,
		price: CALL,
		max_per_call: CALL + CALL_ROYALTY,
		duration_blocks: 1_000,
		version: Some(VERSION),
		key: account(CONSUMER),
		funds: 1_000 * (CALL + CALL_ROYALTY),
		terms_hash: machine.expect("it was registered").terms_hash,
		asset,
	}
}

/// Such a lease in service, with a voucher over so little that dust is due, which nobody can receive.
fn called(asset: Option<AssetId>) {
	let open = RuntimeCall::from(calls(asset));
	assert_ok!(open.dispatch(by(CONSUMER)));
	assert_ok!(Leases::accept(by(AGENT), LEASE));
	show(1_000 - 1);
	assert_ok!(Leases::withdraw(by(AGENT), LEASE));
	show(1_000);
	ruin();
}

fn show(calls: u64) {
	let signed = CONSUMER.sign(&Leases::voucher_message(LEASE, calls));
	let voucher = Voucher {
		calls,
		signature: signed.into(),
	};
	assert_ok!(Leases::redeem(by(AGENT), LEASE, voucher));
}

fn allow_auto_top_up(amount: u128) {
	let auto = Some(AutoTopUp {
		step: amount,
		cap: amount,
	});
	assert_ok!(Leases::set_auto_top_up(by(CONSUMER), LEASE, auto));
}

/// No payee can receive dust any more, and of the asset nothing at all.
fn ruin() {
	Providers::slash(&account(PROVIDER), u128::MAX, None);
	Balances::set_balance(&account(PROVIDER), 0);
	assert_eq!(Balances::free_balance(account(PROVIDER)), 0);
	for payee in [account(PROVIDER), account(AUTHOR), Treasury::account_id()] {
		block(payee);
	}
}

fn block(who: AccountId) {
	if pallet_assets::Account::<Runtime>::contains_key(ASSET, &who) {
		assert_ok!(Assets::block(by(ISSUER), ASSET.into(), who.into()));
	}
}

fn books() -> pallet_leases::types::Books {
	let lease = pallet_leases::Leases::<Runtime>::get(LEASE);
	lease.expect("it is there").books
}

fn is_claimed(by: Sr25519Keyring, asset: Option<AssetId>) -> bool {
	Claims::<Runtime>::contains_key(account(by), asset)
}

/// Count what a call writes of which `prepare` makes the state, in TCT and in an asset, each with its
/// weight in writes; then let `check` look at what it did.
fn count(
	prepare: impl Fn(Option<AssetId>) -> Call<Runtime>,
	weight: impl Fn(Option<AssetId>) -> Weight,
	check: impl Fn(Option<AssetId>),
) {
	count_by(nobody(), prepare, weight, check)
}

/// As [`count`], of a call that this account signs.
fn count_by(
	who: AccountId,
	prepare: impl Fn(Option<AssetId>) -> Call<Runtime>,
	weight: impl Fn(Option<AssetId>) -> Weight,
	check: impl Fn(Option<AssetId>),
) {
	for asset in [None, Some(ASSET)] {
		let mut chain = externalities_of("local");
		let call = chain.execute_with(|| prepare(asset));
		chain.commit_all().expect("the state is sound");
		let shown = format!("{call:?} of a lease in {asset:?}");
		chain.execute_with(|| {
			let done = RuntimeCall::from(call).dispatch(RuntimeOrigin::signed(who.clone()));
			assert!(done.is_ok(), "{shown}: {done:?}");
			check(asset);
		});
		// As benchmarks do, which count no key that every block or transaction writes anyway.
		let free = AllPalletsWithSystem::whitelisted_storage_keys();
		let is_free =
			|key: &[u8]| key == TRANSACTION_LEVEL_KEY || free.iter().any(|free| free.key == key);
		let changes = chain.overlayed_changes().changes();
		let written = changes.filter(|(key, _)| !is_free(key)).count() as u64;
		let paid = weight(asset).ref_time() / counter::WRITE;
		assert!(
			written <= paid,
			"{shown} writes {written} keys, its weight pays for {paid}: measure it by scripts/weights"
		);
		// What pays out of an escrow writes the lease, its hold and two payees at least.
		assert!(written > 4, "{shown} writes {written} keys only");
	}
}

/// Of the two weights that a call was measured to have, the one for a lease in this.
fn of(asset: Option<AssetId>, in_tct: Weight, in_asset: Weight) -> Weight {
	match asset {
		None => in_tct,
		Some(_) => in_asset,
	}
}

#[test]
fn by_withdraw_write_no_more_than_it_weighs() {
	count(
		|asset| {
			running(asset, SHORT, 100_000);
			allow_auto_top_up(MILLI / 10);
			ruin();
			Call::withdraw { lease: LEASE }
		},
		|asset| {
			of(
				asset,
				Counted::withdraw_in_tct(),
				Counted::withdraw_in_asset(),
			)
		},
		|asset| assert!(is_claimed(PROVIDER, asset)),
	);
}

#[test]
fn by_pause_write_no_more_than_it_weighs() {
	count(
		|asset| {
			running(asset, SHORT, 100_000);
			allow_auto_top_up(1);
			ruin();
			Call::pause { lease: LEASE }
		},
		|asset| of(asset, Counted::pause_in_tct(), Counted::pause_in_asset()),
		|asset| assert!(is_claimed(PROVIDER, asset)),
	);
}

#[test]
fn by_resume_write_no_more_than_it_weighs() {
	count(
		|asset| {
			running(asset, SHORT, 100_000);
			assert_ok!(Leases::pause(by(CONSUMER), LEASE));
			allow_auto_top_up(UNIT);
			ruin();
			Call::resume { lease: LEASE }
		},
		|asset| of(asset, Counted::resume_in_tct(), Counted::resume_in_asset()),
		|asset| assert!(is_claimed(PROVIDER, asset)),
	);
}

#[test]
fn by_arbitrate_write_no_more_than_it_weighs() {
	count(
		|asset| {
			agree(asset, WHOLE);
			assert_ok!(Leases::start(by(AGENT), LEASE, None));
			at(10_000);
			assert_ok!(Leases::dispute(by(CONSUMER), LEASE, [1; 32]));
			ruin();
			block(account(CONSUMER));
			let provider_share = Perbill::from_percent(2);
			Call::arbitrate {
				lease: LEASE,
				provider_share,
			}
		},
		|asset| {
			of(
				asset,
				Counted::arbitrate_in_tct(),
				Counted::arbitrate_in_asset(),
			)
		},
		|asset| {
			assert!(is_claimed(PROVIDER, asset));
			assert_eq!(is_claimed(CONSUMER, asset), asset.is_some());
		},
	);
}

#[test]
fn by_cancel_write_no_more_than_it_weighs() {
	count(
		|asset| {
			agree(asset, WHOLE);
			// So little that it becomes a claim.
			pallet_leases::Leases::<Runtime>::mutate_extant(LEASE, |lease| {
				lease.terms.hold_fee = MILLI / 10
			});
			wait(pallet_leases::Params::<Runtime>::get().start_blocks + 1);
			ruin();
			block(account(CONSUMER));
			Call::cancel { lease: LEASE }
		},
		|asset| of(asset, Counted::cancel_in_tct(), Counted::cancel_in_asset()),
		|asset| {
			assert!(is_claimed(PROVIDER, asset));
			assert_eq!(is_claimed(CONSUMER, asset), asset.is_some());
		},
	);
}

#[test]
fn by_finish_write_no_more_than_it_weighs() {
	count(
		|asset| {
			running(asset, WHOLE, 10_000);
			assert_ok!(Leases::close(by(CONSUMER), LEASE));
			ruin();
			block(account(CONSUMER));
			Call::finish { lease: LEASE }
		},
		|asset| of(asset, Counted::finish_in_tct(), Counted::finish_in_asset()),
		|asset| assert!(is_claimed(PROVIDER, asset)),
	);
}

#[test]
fn by_close_write_no_more_than_it_weighs() {
	let weight = |asset| of(asset, Counted::close_in_tct(), Counted::close_in_asset());
	// Everything but what is due returns.
	count(
		|asset| {
			running(asset, WHOLE, 10_000);
			// Its time is over, and nothing of it was proven since.
			pallet_timestamp::Now::<Runtime>::put(START + 3_600_000);
			pallet_providers::Uptimes::<Runtime>::mutate(MACHINE, |uptime| {
				uptime.resolved = START + 3_600_000
			});
			block(account(CONSUMER));
			Call::close { lease: LEASE }
		},
		weight,
		|asset| assert_eq!(is_claimed(CONSUMER, asset), asset.is_some()),
	);
	// The consumer's wallet is drawn on.
	count_by(
		account(AGENT),
		|asset| {
			running(asset, SHORT, 100_000);
			allow_auto_top_up(UNIT);
			Call::close { lease: LEASE }
		},
		weight,
		|_| assert!(books().deposited > SHORT),
	);
}

#[test]
fn by_top_up_write_no_more_than_it_weighs() {
	count_by(
		account(ISSUER),
		|asset| {
			running(asset, SHORT, 100_000);
			assert_ok!(Leases::pause(by(CONSUMER), LEASE));
			let to = account(ISSUER).into();
			assert_ok!(Assets::mint(by(ISSUER), ASSET.into(), to, 1_000 * UNIT));
			Call::top_up {
				lease: LEASE,
				amount: UNIT,
			}
		},
		|asset| of(asset, Counted::top_up_in_tct(), Counted::top_up_in_asset()),
		|_| assert!(books().deposited > SHORT),
	);
}

#[test]
fn by_extend_write_no_more_than_it_weighs() {
	count_by(
		account(CONSUMER),
		|asset| {
			running(asset, WHOLE, 10_000);
			Call::extend {
				lease: LEASE,
				seconds: 60,
				max_rate: RATE,
				funds: UNIT,
			}
		},
		|asset| of(asset, Counted::extend_in_tct(), Counted::extend_in_asset()),
		|_| assert!(books().deposited > WHOLE),
	);
}

#[test]
fn by_open_metered_write_no_more_than_it_weighs() {
	count_by(
		account(CONSUMER),
		|asset| {
			market();
			assert_ok!(Providers::set_asset_price(
				by(PROVIDER),
				MACHINE,
				ASSET,
				Some(RATE)
			));
			let machine = <Providers as Machines<AccountId>>::machine(MACHINE);
			Call::open_metered {
				machine: MACHINE,
				units: 1,
				duration_seconds: 3_600,
				max_rate: RATE,
				terms_hash: machine.expect("it was registered").terms_hash,
				version: Some(VERSION),
				tenant: None,
				funds: WHOLE,
				asset,
			}
		},
		|asset| {
			of(
				asset,
				Counted::open_metered_in_tct(),
				Counted::open_metered_in_asset(),
			)
		},
		|_| assert_eq!(books().deposited, WHOLE),
	);
}

#[test]
fn by_open_calls_write_no_more_than_it_weighs() {
	count_by(
		account(CONSUMER),
		calls,
		|asset| {
			of(
				asset,
				Counted::open_calls_in_tct(),
				Counted::open_calls_in_asset(),
			)
		},
		|_| assert_eq!(books().deposited, 1_000 * (CALL + CALL_ROYALTY)),
	);
}

/// What leases for calls share with metered ones is weighed as of those.
#[test]
fn for_calls_write_no_more_than_for_time() {
	count(
		|asset| {
			called(asset);
			Call::withdraw { lease: LEASE }
		},
		|asset| {
			of(
				asset,
				Counted::withdraw_in_tct(),
				Counted::withdraw_in_asset(),
			)
		},
		|asset| assert!(is_claimed(PROVIDER, asset)),
	);
	count(
		|asset| {
			called(asset);
			assert_ok!(Leases::close(by(CONSUMER), LEASE));
			wait(1_000);
			Call::finish { lease: LEASE }
		},
		|asset| of(asset, Counted::finish_in_tct(), Counted::finish_in_asset()),
		|_| assert_eq!(books().held, 0),
	);
}

#[test]
fn give_back_what_the_other_money_would_weigh() {
	for asset in [None, Some(ASSET)] {
		externalities_of("local").execute_with(|| {
			running(asset, WHOLE, 10_000);
			let lease = LEASE;
			let (amount, funds) = (1, 1);
			let extend = Call::extend {
				lease,
				seconds: 60,
				max_rate: RATE,
				funds,
			};
			let calls = [
				(
					Call::withdraw { lease },
					Weights::withdraw_in_tct(),
					Weights::withdraw_in_asset(),
				),
				(extend, Weights::extend_in_tct(), Weights::extend_in_asset()),
				(
					Call::top_up { lease, amount },
					Weights::top_up_in_tct(),
					Weights::top_up_in_asset(),
				),
				(
					Call::close { lease },
					Weights::close_in_tct(),
					Weights::close_in_asset(),
				),
			];
			for (call, in_tct, in_asset) in calls {
				let shown = format!("{call:?} of a lease in {asset:?}");
				let call = RuntimeCall::from(call);
				let charged = call.get_dispatch_info().call_weight;
				assert_eq!(charged, in_tct.max(in_asset), "{shown}");
				let done = call.dispatch(by(CONSUMER)).expect(&shown);
				let weighed = of(asset, in_tct, in_asset);
				assert_eq!(done.actual_weight, Some(weighed), "{shown}");
			}
		});
	}
}

#[test]
fn weigh_what_they_do_in_the_dearer_money() {
	let lease = LEASE;
	let provider = account(PROVIDER);
	let many = Call::<Runtime>::withdraw_many {
		provider,
		after: None,
		limit: 32,
	};
	let provider_share = Perbill::zero();
	let arbitrate = Call::<Runtime>::arbitrate {
		lease,
		provider_share,
	};
	let all = [
		(
			Call::<Runtime>::withdraw { lease },
			Weights::withdraw_in_tct(),
		),
		(Call::withdraw { lease }, Weights::withdraw_in_asset()),
		(many.clone(), Weights::withdraw_many_in_tct(32)),
		(many, Weights::withdraw_many_in_asset(32)),
		(Call::pause { lease }, Weights::pause_in_tct()),
		(Call::pause { lease }, Weights::pause_in_asset()),
		(Call::resume { lease }, Weights::resume_in_tct()),
		(Call::resume { lease }, Weights::resume_in_asset()),
		(Call::resume { lease }, Weights::resume_and_end_in_tct()),
		(Call::resume { lease }, Weights::resume_and_end_in_asset()),
		(arbitrate.clone(), Weights::arbitrate_in_tct()),
		(arbitrate, Weights::arbitrate_in_asset()),
		(Call::cancel { lease }, Weights::cancel_in_tct()),
		(Call::cancel { lease }, Weights::cancel_in_asset()),
		(Call::finish { lease }, Weights::finish_in_tct()),
		(Call::finish { lease }, Weights::finish_in_asset()),
		(Call::finish { lease }, Weights::finish_job_in_tct()),
		(Call::finish { lease }, Weights::finish_job_in_asset()),
	];
	// Their parameters are read.
	externalities_of("local").execute_with(|| {
		for (call, measured) in all {
			let declared = call.get_dispatch_info().call_weight;
			assert!(declared.all_gte(measured), "{call:?}: {declared:?}");
		}
	});
}
