//! The state that is measured: providers with machines, and leases that run on them.
//!
//! Everything is done by the pallets' own calls, run natively. Three things are not: accounts are
//! endowed as genesis would have done it, machines may have more units than governance allows, and
//! their uptime is written down as if challenges had been answered.

use crate::chain::{Chain, Failure};
use codec::Encode;
use frame_support::{traits::fungible::Mutate, BoundedVec};
use pallet_providers::{
	runs::{Run, Uptime},
	Hardware, HardwareClass,
};
use sp_core::{sr25519, Pair};
use sp_io::hashing::blake2_256;
use sp_runtime::{
	generic::Era, DispatchError, MultiAddress, MultiSignature, SaturatedConversion, TryRuntimeError,
};
use terminal_primitives::{market::MachineStatus, Digest, LeaseId, MachineId};
use terminal_runtime::{
	transactions::tx_extension, AccountId, Balance, Balances, BlockNumber, Leases, Moment,
	Providers, Runtime, RuntimeCall, RuntimeOrigin, SignedPayload, System, UncheckedExtrinsic,
	MILLI, UNIT,
};

/// Machines with leases on them, but for one with those that transactions are about.
/// As many on both chains: presence challenges are drawn by machine.
pub const MACHINES: u64 = 60;
/// Leases of one consumer.
const OF_ONE_CONSUMER: u64 = 1_000;
/// Leases that are made between two writes into the database.
const BATCH: u64 = 20_000;
/// How long the leases run that are to end, and those that transactions are about.
const SHORT_SECONDS: u32 = 180;
const LONG_SECONDS: u32 = 3_600;
/// Milliseconds of every lease that were proven. The rest was not, and is known not to have been.
const PROVEN_MS: u64 = 10_000;
/// Base units per second.
const PRICE: Balance = MILLI;
/// What every account is endowed with.
const ENDOWMENT: Balance = 10_000 * UNIT;
/// The providers' terms.
const DOCUMENT: Digest = [1; 32];

type Made<T> = Result<T, DispatchError>;

/// Who owns and rents the machine that transactions are about.
pub struct Probe {
	consumer: sr25519::Pair,
	agent: sr25519::Pair,
	nonces: [u32; 2],
	first_lease: u64,
	terms: Digest,
}

/// What a transaction is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
	/// No transaction.
	Empty,
	/// `leases.open_metered`.
	Open,
	/// `leases.settle`, ten seconds of a lease.
	Settle,
	/// `leases.close`.
	Close,
}

fn account(role: &str, number: u64) -> AccountId {
	AccountId::new(blake2_256(&("scale", role, number).encode()))
}

fn account_of(pair: &sr25519::Pair) -> AccountId {
	AccountId::new(pair.public().0)
}

fn signed(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// As genesis would have done it: the burn ledger counts from there.
fn endow(who: &AccountId, amount: Balance) -> Made<()> {
	Balances::mint_into(who, amount)?;
	pallet_supply::Genesis::<Runtime>::mutate(|genesis| *genesis += amount);
	Ok(())
}

/// An online machine with so many units, under the next id.
fn machine(provider: &AccountId, agent: &AccountId, units: u32) -> Made<MachineId> {
	let params = pallet_providers::Params::<Runtime>::get();
	let bond = params.bond_per_unit * Balance::from(units) + params.min_bond;
	endow(provider, bond + ENDOWMENT)?;
	endow(agent, ENDOWMENT)?;
	Providers::register_provider(signed(provider), bond)?;
	let id = pallet_providers::NextMachine::<Runtime>::get();
	let slug = |text: &str| BoundedVec::truncate_from(text.as_bytes().to_vec());
	let hardware = Hardware {
		class: HardwareClass::Gpu,
		accelerator: slug("h100-sxm"),
		count: units,
		memory_mib: 81_559,
		vcpus: 16,
		ram_mib: 131_072,
		disk_gib: 512,
		region: slug("eu-west"),
		interconnect: slug("nvlink-4"),
		driver: slug("nvidia-570.86"),
	};
	let endpoint = BoundedVec::truncate_from(b"https://scale.example".to_vec());
	let endpoints = BoundedVec::truncate_from(vec![endpoint]);
	Providers::register_machine(
		signed(provider),
		hardware,
		agent.clone(),
		endpoints,
		PRICE,
		DOCUMENT,
	)?;
	Providers::set_status(signed(provider), id, MachineStatus::Online)?;
	Ok(id)
}

/// What a consumer agrees to.
fn terms(of: MachineId) -> Digest {
	let machine = pallet_providers::Machines::<Runtime>::get(of);
	machine.map_or(DOCUMENT, |machine| machine.terms_hash(of))
}

/// A lease of one unit that runs.
fn lease(consumer: &AccountId, agent: &AccountId, on: MachineId, seconds: u32) -> Made<()> {
	let id = pallet_leases::NextLeaseId::<Runtime>::get();
	let funds = PRICE * Balance::from(seconds);
	let consumer = signed(consumer);
	Leases::open_metered(
		consumer,
		on,
		1,
		seconds,
		PRICE,
		terms(on),
		None,
		None,
		funds,
		None,
	)?;
	Leases::accept(signed(agent), id)?;
	Leases::start(signed(agent), id, None)
}

fn prove(machine: MachineId) {
	let from: Moment = pallet_timestamp::Now::<Runtime>::get();
	let to = from + PROVEN_MS;
	let run = Run {
		from,
		to,
		before: 0,
	};
	pallet_providers::Uptimes::<Runtime>::insert(
		machine,
		Uptime {
			runs: BoundedVec::truncate_from(vec![run]),
			open: false,
			resolved: from + u64::from(SHORT_SECONDS) * 2_000,
			gap_cap_ms: 1_000,
		},
	);
}

/// Blocks that [`fill`] makes for so many leases.
fn writes(leases: u64) -> u32 {
	leases.div_ceil(BATCH).saturated_into::<u32>() + 1
}

/// Put `leases` leases into the state that all end in one block, and `probes` that run longer. All
/// of them began in the block that is the best one afterwards. Returns when they end.
pub fn fill(chain: &Chain, leases: u64, probes: u64) -> Result<(Probe, BlockNumber), Failure> {
	let begins = chain.number() + writes(leases);
	let probe = chain
		.write(|| set_up(begins, leases, probes))?
		.map_err(|error| format!("the machines were not made: {error:?}"))?;
	for first in (0..leases).step_by(BATCH as usize) {
		let batch = first..(first + BATCH).min(leases);
		chain
			.write(|| batch.into_iter().try_for_each(one_of_many))?
			.map_err(|error| format!("a lease was not made: {error:?}"))?;
	}
	if chain.number() != begins {
		return Err("the leases took other blocks than planned".into());
	}
	let ends = chain.read(|| {
		let keys = pallet_leases::Expiries::<Runtime>::iter_keys();
		keys.map(|(due, _)| due.number()).next()
	})?;
	Ok((probe, ends.ok_or("no lease is on the wheel")?))
}

fn set_up(begins: BlockNumber, leases: u64, probes: u64) -> Made<Probe> {
	System::set_block_number(begins);
	let units = leases.div_ceil(MACHINES).max(1).saturated_into::<u32>();
	let probed = probes.saturated_into::<u32>().saturating_add(1);
	pallet_providers::Params::<Runtime>::mutate(|params| {
		params.max_units = params.max_units.max(units).max(probed)
	});
	for number in 0..MACHINES {
		let (provider, agent) = (account("provider", number), account("agent", number));
		prove(machine(&provider, &agent, units)?);
	}
	let pair = |seed| sr25519::Pair::from_string(seed, None).map_err(|_| DispatchError::BadOrigin);
	let (consumer, agent) = (pair("//Scale//consumer")?, pair("//Scale//agent")?);
	let (who, by) = (account_of(&consumer), account_of(&agent));
	endow(&who, 100 * ENDOWMENT)?;
	let on = machine(&account("provider", MACHINES), &by, probed)?;
	prove(on);
	let first_lease = pallet_leases::NextLeaseId::<Runtime>::get().0;
	(0..probes).try_for_each(|_| lease(&who, &by, on, LONG_SECONDS))?;
	System::reset_events();
	Ok(Probe {
		consumer,
		agent,
		nonces: [0, 0],
		first_lease,
		terms: terms(on),
	})
}

fn one_of_many(number: u64) -> Made<()> {
	let consumer = account("consumer", number / OF_ONE_CONSUMER);
	if number.is_multiple_of(OF_ONE_CONSUMER) {
		endow(&consumer, ENDOWMENT)?;
	}
	let on = number % MACHINES;
	let made = lease(
		&consumer,
		&account("agent", on),
		MachineId(on),
		SHORT_SECONDS,
	);
	// Steps over all that was changed since the last write.
	if (number + 1).is_multiple_of(OF_ONE_CONSUMER) {
		System::reset_events();
	}
	made
}

impl Probe {
	/// So many transactions of a kind, from the `from`th on, each about a lease of its own.
	pub fn transactions(
		&mut self,
		chain: &Chain,
		kind: Kind,
		from: u64,
		count: u64,
	) -> Result<Vec<UncheckedExtrinsic>, Failure> {
		let ids = (from..from + count).map(|number| LeaseId(self.first_lease + number));
		let calls = ids.map(|id| match kind {
			Kind::Empty => None,
			Kind::Open => Some(pallet_leases::Call::open_metered {
				machine: MachineId(MACHINES),
				units: 1,
				duration_seconds: LONG_SECONDS,
				max_rate: PRICE,
				terms_hash: self.terms,
				version: None,
				tenant: None,
				funds: PRICE * Balance::from(LONG_SECONDS),
				asset: None,
			}),
			Kind::Settle => Some(pallet_leases::Call::settle {
				lease: id,
				receipt: None,
			}),
			Kind::Close => Some(pallet_leases::Call::close { lease: id }),
		});
		let (pair, nonce) = match kind {
			Kind::Empty | Kind::Open | Kind::Close => (&self.consumer, &mut self.nonces[0]),
			Kind::Settle => (&self.agent, &mut self.nonces[1]),
		};
		chain.read(|| {
			calls
				.flatten()
				.map(|call| sign(pair, RuntimeCall::Leases(call), nonce))
				.collect()
		})?
	}
}

fn sign(
	pair: &sr25519::Pair,
	call: RuntimeCall,
	nonce: &mut u32,
) -> Result<UncheckedExtrinsic, Failure> {
	let payload = SignedPayload::new(call, tx_extension(Era::Immortal, *nonce, 0))
		.map_err(|error| format!("nothing to sign: {error:?}"))?;
	*nonce += 1;
	let signature = payload.using_encoded(|payload| pair.sign(payload));
	let (call, extension, _) = payload.deconstruct();
	Ok(UncheckedExtrinsic::new_signed(
		call,
		MultiAddress::Id(account_of(pair)),
		MultiSignature::Sr25519(signature),
		extension,
	))
}

/// What there is, in base units.
#[derive(Clone, Copy)]
pub struct Sums {
	/// What all accounts have, free and on hold.
	pub accounts: Balance,
	/// Of it, on hold.
	pub held: Balance,
	/// The issuance.
	pub issuance: Balance,
	/// The issuance by the ledger: at genesis, and minted, less what was burned.
	pub ledger: Balance,
}

impl Sums {
	/// Base units that are in one of the sums and not in another.
	pub fn lost(&self) -> Balance {
		self.issuance.abs_diff(self.accounts) + self.issuance.abs_diff(self.ledger)
	}

	/// Add up the best block's state.
	pub fn of(chain: &Chain) -> Result<Self, Failure> {
		chain.read(|| {
			let accounts = frame_system::Account::<Runtime>::iter_values().map(|found| found.data);
			let (accounts, held) = accounts.fold((0, 0), |(all, held), data| {
				(all + data.free + data.reserved, held + data.reserved)
			});
			let minted: Balance = pallet_supply::Minted::<Runtime>::iter_values().sum();
			let burned: Balance = pallet_supply::Burned::<Runtime>::iter_values().sum();
			Self {
				accounts,
				held,
				issuance: pallet_balances::TotalIssuance::<Runtime>::get(),
				ledger: pallet_supply::Genesis::<Runtime>::get() + minted - burned,
			}
		})
	}
}

/// Check every numbered invariant of our pallets on the best block's state.
pub fn check_invariants(chain: &Chain) -> Result<(), Failure> {
	let all = || -> Result<(), TryRuntimeError> {
		pallet_supply::invariants::check::<Runtime>()?;
		pallet_models::invariants::check::<Runtime>()?;
		pallet_providers::invariants::check::<Runtime>()?;
		pallet_leases::invariants::check::<Runtime>()?;
		pallet_market::invariants::check::<Runtime>()?;
		pallet_attestation::invariants::check::<Runtime>()
	};
	chain
		.read(all)?
		.map_err(|broken| format!("an invariant is broken: {broken:?}").into())
}

/// How many of the leases with these ids run, are over but not settled for good, and are closed.
pub fn stages(ids: std::ops::Range<u64>) -> [u64; 3] {
	use pallet_leases::State;
	let mut counts = [0; 3];
	for id in ids {
		match pallet_leases::Leases::<Runtime>::get(LeaseId(id)).map(|lease| lease.state) {
			Some(State::Closed { .. }) | None => counts[2] += 1,
			Some(State::Closing { .. } | State::Disputed { .. }) => counts[1] += 1,
			Some(_) => counts[0] += 1,
		}
	}
	counts
}

/// Entries that the last block took off the wheel and that did something: leases that it ended, and
/// leases that it closed.
pub fn drained() -> (u64, u64) {
	use pallet_leases::Event;
	use terminal_runtime::RuntimeEvent;
	let mut counts = (0, 0);
	for record in System::read_events_no_consensus() {
		match record.event {
			RuntimeEvent::Leases(Event::LeaseEnded { .. }) => counts.0 += 1,
			RuntimeEvent::Leases(Event::LeaseClosed { .. }) => counts.1 += 1,
			_ => (),
		}
	}
	counts
}

/// The block for which the wheel's first entry waits.
pub fn next_due() -> Option<BlockNumber> {
	let keys = pallet_leases::Expiries::<Runtime>::iter_keys();
	keys.map(|(due, _)| due.number()).next()
}
