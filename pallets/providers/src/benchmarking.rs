//! Benchmarks: each builds the worst case and asserts its outcome.

use super::*;
use crate::{
	calendar::{Booking, Calendar, Lent, MAX_BOOKINGS, MAX_LENT},
	runs::{Run, MAX_RUNS},
	types::{MAX_ENDPOINT, MAX_ENDPOINTS, MAX_SLUG, MAX_UNLOCKING},
	windows::{Window, Windows, MAX_ANNOUNCED, MAX_WINDOWS},
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible::Mutate, Time},
	BoundedVec,
};
use frame_system::RawOrigin;
use terminal_primitives::{market::MachineStatus, Balance, BlockNumber, Digest, MachineId, UNIT};

const BOND: Balance = 1_000_000 * UNIT;
const DOCUMENT: Digest = [7; 32];

fn funded<T: Config>() -> T::AccountId {
	let who: T::AccountId = whitelisted_caller();
	T::Currency::set_balance(&who, BOND.saturating_mul(10));
	who
}

fn provider<T: Config>() -> Result<T::AccountId, BenchmarkError> {
	let who = funded::<T>();
	Pallet::<T>::register_provider(RawOrigin::Signed(who.clone()).into(), BOND)?;
	Ok(who)
}

fn agent<T: Config>() -> T::AccountId {
	account("agent", 0, 0)
}

fn slug() -> Slug {
	BoundedVec::truncate_from(alloc::vec![b'a'; MAX_SLUG as usize])
}

/// As many as there may be, as long as they may be: short labels of `letter`, equal but for their
/// last letter.
fn longest_endpoints(letter: u8) -> Endpoints {
	let scheme = b"https://";
	let room = (MAX_ENDPOINT as usize).saturating_sub(scheme.len() + 1);
	let labels = (0..room).map(|at| if at % 2 == 1 { b'.' } else { letter });
	let endpoint = |last: u8| {
		let bytes = scheme.iter().copied().chain(labels.clone());
		BoundedVec::truncate_from(bytes.chain([last]).collect())
	};
	let lasts = (b'x'..=b'z').take(MAX_ENDPOINTS as usize);
	BoundedVec::truncate_from(lasts.map(endpoint).collect())
}

fn hardware() -> Hardware {
	Hardware {
		class: HardwareClass::Gpu,
		accelerator: slug(),
		count: 8,
		memory_mib: 81_920,
		vcpus: 128,
		ram_mib: 1_048_576,
		disk_gib: 8_192,
		region: slug(),
		interconnect: slug(),
		driver: slug(),
	}
}

/// A provider with one machine and many parts of its bond on their way out, and that machine's id.
fn machine<T: Config>() -> Result<(T::AccountId, MachineId), BenchmarkError> {
	let who = provider::<T>()?;
	fill_unlocking::<T>(&who, 0, u32::MAX);
	let id = NextMachine::<T>::get();
	Pallet::<T>::register_machine(
		RawOrigin::Signed(who.clone()).into(),
		hardware(),
		agent::<T>(),
		longest_endpoints(b'a'),
		UNIT,
		DOCUMENT,
	)?;
	Ok((who, id))
}

/// As many unlocking parts as there may be, less `room`, due in block `at`.
fn fill_unlocking<T: Config>(who: &T::AccountId, room: u32, at: BlockNumber) {
	Providers::<T>::mutate_extant(who, |provider| {
		for _ in room..MAX_UNLOCKING {
			provider.bond = provider.bond.saturating_sub(UNIT);
			let amount = UNIT;
			let _ = provider.unlocking.try_push(Unlocking { amount, at });
		}
	});
}

/// As many runs as are kept, the last one open.
fn fill_runs<T: Config>(id: MachineId) {
	Uptimes::<T>::mutate(id, |uptime| {
		for index in 0..u64::from(MAX_RUNS) {
			let from = index.saturating_mul(1_000);
			let before = index.saturating_mul(500);
			let to = from.saturating_add(500);
			let _ = uptime.runs.try_push(Run { from, to, before });
			uptime.resolved = to;
		}
		uptime.open = true;
	});
}

/// The first window that a provider can announce now, an hour long.
fn earliest_window<T: Config>() -> Window {
	let notice = Params::<T>::get().maintenance_notice_ms;
	let from = T::Time::now().saturating_add(notice).saturating_add(1);
	Window {
		from,
		until: from.saturating_add(3_600_000),
	}
}

/// As many windows as are kept, less `room`: those to come behind [`earliest_window`], all others
/// over and too short to use the budget up.
fn fill_windows<T: Config>(id: MachineId, room: u32) {
	let now = T::Time::now();
	let ahead = MAX_ANNOUNCED.saturating_sub(room);
	let past = MAX_WINDOWS.saturating_sub(MAX_ANNOUNCED);
	let over = (0..past).map(|_| Window {
		from: now,
		until: now,
	});
	let first = earliest_window::<T>().until;
	let to_come = (0..u64::from(ahead)).map(|index| {
		let from = first.saturating_add(index.saturating_mul(1_000));
		Window {
			from,
			until: from.saturating_add(1_000),
		}
	});
	let windows = Windows {
		kept: BoundedVec::truncate_from(over.chain(to_come).collect()),
		allowed_ms: u64::MAX,
	};
	MaintenanceWindows::<T>::insert(id, windows);
}

/// As much lent and booked as there may be: all of it before [`earliest_window`].
fn fill_calendar<T: Config>(id: MachineId) {
	let soon = T::Time::now().saturating_add(1);
	let lent = (0..u64::from(MAX_LENT)).map(|index| Lent {
		until: soon.saturating_add(index),
		units: 1,
	});
	let bookings = (0..u64::from(MAX_BOOKINGS)).map(|index| {
		let from = soon.saturating_add(index.saturating_mul(2));
		Booking {
			from,
			until: from.saturating_add(1),
			units: 1,
		}
	});
	let calendar = Calendar {
		reserved: 0,
		lent: BoundedVec::truncate_from(lent.collect()),
		bookings: BoundedVec::truncate_from(bookings.collect()),
	};
	Calendars::<T>::insert(id, calendar);
}

/// As much lent as there may be, as if none of it were reserved any more, and nothing booked: the
/// largest calendar with which a machine may be removed.
fn fill_lent<T: Config>(id: MachineId) {
	fill_calendar::<T>(id);
	Calendars::<T>::mutate(id, |calendar| calendar.bookings = Default::default());
}

/// Prices in as many assets as there may be, less `room`.
fn fill_asset_prices<T: Config>(id: MachineId, room: u32) {
	let prices = (room..crate::MAX_ASSET_PRICES).map(|asset| (asset, UNIT));
	AssetPrices::<T>::insert(id, BoundedVec::truncate_from(prices.collect()));
}

fn advance<T: Config>(blocks: u32) {
	let now = frame_system::Pallet::<T>::block_number();
	frame_system::Pallet::<T>::set_block_number(now + blocks.into());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_provider() {
		let who = funded::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), BOND);

		assert_eq!(
			Providers::<T>::get(&who).map(|provider| provider.bond),
			Some(BOND)
		);
	}

	#[benchmark]
	fn bond() -> Result<(), BenchmarkError> {
		let (who, _) = machine::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), BOND);

		assert_eq!(
			Providers::<T>::get(&who).map(|provider| provider.held()),
			Some(2 * BOND)
		);
		Ok(())
	}

	#[benchmark]
	fn unbond() -> Result<(), BenchmarkError> {
		let who = provider::<T>()?;
		fill_unlocking::<T>(&who, 1, u32::MAX);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), UNIT);

		let parts = Providers::<T>::get(&who).map(|provider| provider.unlocking.len());
		assert_eq!(parts, Some(MAX_UNLOCKING as usize));
		Ok(())
	}

	/// All of it: the provider is removed.
	#[benchmark]
	fn withdraw_unbonded() -> Result<(), BenchmarkError> {
		let who = provider::<T>()?;
		fill_unlocking::<T>(&who, 1, 0);
		Providers::<T>::mutate_extant(&who, |provider| {
			let amount = core::mem::take(&mut provider.bond);
			let _ = provider.unlocking.try_push(Unlocking { amount, at: 0 });
		});
		let parts = Providers::<T>::get(&who).map(|provider| provider.unlocking.len());
		assert_eq!(parts, Some(MAX_UNLOCKING as usize));

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!Providers::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn register_machine() -> Result<(), BenchmarkError> {
		let (who, _) = machine::<T>()?;
		let id = NextMachine::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			hardware(),
			agent::<T>(),
			longest_endpoints(b'a'),
			UNIT,
			DOCUMENT,
		);

		assert!(Machines::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn update_machine() -> Result<(), BenchmarkError> {
		let (who, id) = machine::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, 2 * UNIT, DOCUMENT);

		let price = Machines::<T>::get(id).map(|machine| machine.price_per_second);
		assert_eq!(price, Some(2 * UNIT));
		Ok(())
	}

	/// One more asset than there were, the most.
	#[benchmark]
	fn set_asset_price() -> Result<(), BenchmarkError> {
		let (who, id) = machine::<T>()?;
		fill_asset_prices::<T>(id, 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, 0, Some(UNIT));

		assert_eq!(
			AssetPrices::<T>::get(id).len(),
			crate::MAX_ASSET_PRICES as usize
		);
		Ok(())
	}

	#[benchmark]
	fn set_endpoints() -> Result<(), BenchmarkError> {
		let (who, id) = machine::<T>()?;
		let endpoints = longest_endpoints(b'b');

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, endpoints.clone());

		assert_eq!(
			Machines::<T>::get(id).map(|machine| machine.endpoints),
			Some(endpoints)
		);
		Ok(())
	}

	#[benchmark]
	fn set_agent() -> Result<(), BenchmarkError> {
		let (who, id) = machine::<T>()?;
		let other: T::AccountId = account("other", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, other.clone());

		assert_eq!(
			Machines::<T>::get(id).map(|machine| machine.agent),
			Some(other)
		);
		Ok(())
	}

	#[benchmark]
	fn set_status() -> Result<(), BenchmarkError> {
		let (who, id) = machine::<T>()?;
		Pallet::<T>::set_status(
			RawOrigin::Signed(who.clone()).into(),
			id,
			MachineStatus::Online,
		)?;
		fill_runs::<T>(id);
		fill_calendar::<T>(id);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, MachineStatus::Draining);

		assert!(!Uptimes::<T>::get(id).open);
		Ok(())
	}

	#[benchmark]
	fn remove_machine() -> Result<(), BenchmarkError> {
		let (who, id) = machine::<T>()?;
		fill_runs::<T>(id);
		fill_windows::<T>(id, 0);
		fill_lent::<T>(id);
		fill_asset_prices::<T>(id, 0);
		advance::<T>(Params::<T>::get().removal_delay_blocks);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id);

		assert!(!Machines::<T>::contains_key(id) && !Uptimes::<T>::contains_key(id));
		assert!(!MaintenanceWindows::<T>::contains_key(id));
		assert!(!Calendars::<T>::contains_key(id) && !AssetPrices::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn set_params() {
		let params = Parameters {
			max_units: 2,
			..Default::default()
		};

		#[extrinsic_call]
		_(RawOrigin::Root, params.clone());

		assert_eq!(Params::<T>::get(), params);
	}

	#[benchmark]
	fn announce_maintenance() -> Result<(), BenchmarkError> {
		let (_, id) = machine::<T>()?;
		fill_windows::<T>(id, 1);
		fill_calendar::<T>(id);
		let window = earliest_window::<T>();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(agent::<T>()),
			id,
			window.from,
			window.until,
		);

		let kept = MaintenanceWindows::<T>::get(id).kept;
		assert_eq!(kept.len(), MAX_WINDOWS as usize);
		assert!(kept.contains(&window));
		Ok(())
	}

	#[benchmark]
	fn cancel_maintenance() -> Result<(), BenchmarkError> {
		let (_, id) = machine::<T>()?;
		fill_windows::<T>(id, 0);
		let last = MaintenanceWindows::<T>::get(id).kept.last().copied();
		let from = last.map(|window| window.from).unwrap_or_default();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent::<T>()), id, from);

		let kept = MaintenanceWindows::<T>::get(id).kept;
		assert_eq!(kept.last().map(|window| window.until), Some(from));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
