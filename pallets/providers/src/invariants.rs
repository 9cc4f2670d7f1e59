//! What always holds. The table is in the README; each is broken on purpose by a test.

use crate::{
	calendar::Calendar,
	endpoint::{is_any_twice, is_endpoint},
	lifecycle,
	pallet::*,
	runs::Run,
	types::Machine,
	windows::MAX_ANNOUNCED,
};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Time},
};
use sp_runtime::TryRuntimeError;
use terminal_primitives::{market::MachineStatus, MachineId};

/// Check all of them.
pub fn check<T: Config>() -> Result<(), TryRuntimeError> {
	bonds_are_on_hold::<T>()?;
	machines_are_counted::<T>()?;
	risk_is_covered::<T>()?;
	machines_are_sound::<T>()?;
	uptimes_are_sound::<T>()?;
	calendars_are_kept::<T>()?;
	maintenance_is_within_budget::<T>()?;
	asset_prices_are_of_machines::<T>()?;
	endpoints_are_sound::<T>()
}

/// PROVIDER-1.
fn bonds_are_on_hold<T: Config>() -> Result<(), TryRuntimeError> {
	Providers::<T>::iter().try_for_each(|(who, provider)| {
		let held = T::Currency::balance_on_hold(&HoldReason::Bond.into(), &who);
		ensure!(
			held == provider.held(),
			"PROVIDER-1: bond and chunks differ from the hold"
		);
		let full = provider.unlocking.iter().all(|chunk| chunk.amount > 0);
		ensure!(full, "PROVIDER-1: an unlocking chunk is empty");
		Ok(())
	})
}

/// PROVIDER-2.
fn machines_are_counted<T: Config>() -> Result<(), TryRuntimeError> {
	let mut counted = BTreeMap::<Vec<u8>, (u32, u32)>::new();
	for (id, machine) in Machines::<T>::iter() {
		let listed = MachinesOf::<T>::contains_key(&machine.provider, id);
		ensure!(
			listed,
			"PROVIDER-2: a machine is not listed under its provider"
		);
		let (machines, units) = counted
			.entry(codec::Encode::encode(&machine.provider))
			.or_default();
		*machines = machines.saturating_add(1);
		*units = units.saturating_add(machine.hardware.count);
	}
	for (who, provider) in Providers::<T>::iter() {
		let found = counted
			.remove(&codec::Encode::encode(&who))
			.unwrap_or_default();
		ensure!(
			found == (provider.machines, provider.units),
			"PROVIDER-2: a provider's machines or units are miscounted"
		);
	}
	ensure!(counted.is_empty(), "PROVIDER-2: a machine has no provider");
	let listed = MachinesOf::<T>::iter_keys().all(|(_, id)| Machines::<T>::contains_key(id));
	ensure!(listed, "PROVIDER-2: a machine is listed and not registered");
	Ok(())
}

/// PROVIDER-3.
fn risk_is_covered<T: Config>() -> Result<(), TryRuntimeError> {
	let covered = |provider: crate::types::Provider| {
		provider.at_risk <= provider.bond.saturating_add(provider.slashed)
	};
	let all = Providers::<T>::iter_values().all(covered);
	ensure!(
		all,
		"PROVIDER-3: more is at risk than bond and slashes explain"
	);
	Ok(())
}

/// PROVIDER-4 and PROVIDER-5.
fn machines_are_sound<T: Config>() -> Result<(), TryRuntimeError> {
	let next = NextMachine::<T>::get();
	Machines::<T>::iter().try_for_each(|(id, machine): (MachineId, Machine<T::AccountId>)| {
		let reserved = Calendars::<T>::get(id).reserved;
		ensure!(
			reserved <= machine.hardware.count,
			"PROVIDER-4: more units are reserved than there are"
		);
		// what the lifecycle refuses to enter cannot be
		let offline = lifecycle::change(MachineStatus::Online, machine.status, reserved);
		ensure!(
			offline != Err(lifecycle::Refusal::UnitsLeased),
			"PROVIDER-4: an offline machine has leased units"
		);
		ensure!(id < next, "PROVIDER-5: a machine's id was never given out");
		ensure!(
			machine.agent != machine.provider,
			"PROVIDER-5: an agent is its provider"
		);
		Ok(())
	})
}

/// PROVIDER-6.
fn uptimes_are_sound<T: Config>() -> Result<(), TryRuntimeError> {
	Uptimes::<T>::iter().try_for_each(|(id, uptime)| {
		ensure!(
			Machines::<T>::contains_key(id),
			"PROVIDER-6: uptime of no machine"
		);
		let ordered = uptime.runs.iter().all(|run| run.from <= run.to);
		let joined = uptime
			.runs
			.iter()
			.zip(uptime.runs.iter().skip(1))
			.all(follows);
		ensure!(
			ordered && joined,
			"PROVIDER-6: runs overlap or their sums are wrong"
		);
		let last = uptime.runs.last().map_or(0, |run| run.to);
		ensure!(
			last <= uptime.resolved,
			"PROVIDER-6: a run ends after what is resolved"
		);
		Ok(())
	})
}

fn follows((run, next): (&Run, &Run)) -> bool {
	run.to <= next.from && run.total() == next.before
}

/// PROVIDER-7.
fn calendars_are_kept<T: Config>() -> Result<(), TryRuntimeError> {
	let now = T::Time::now();
	Calendars::<T>::iter().try_for_each(|(id, calendar)| {
		let machine = Machines::<T>::get(id).ok_or("PROVIDER-7: a calendar of no machine")?;
		ensure!(
			!calendar.is_empty(),
			"PROVIDER-7: an empty calendar is kept"
		);
		ensure!(
			is_ordered(&calendar),
			"PROVIDER-7: a calendar is out of order or has empty entries"
		);
		let clash = calendar.clash(machine.hardware.count, 0, now, u64::MAX);
		ensure!(
			clash.is_none(),
			"PROVIDER-7: more is lent and booked than there is"
		);
		ensure!(
			calendar.lent_at(0) <= calendar.reserved,
			"PROVIDER-7: more is lent than reserved"
		);
		Ok(())
	})
}

fn is_ordered(calendar: &Calendar) -> bool {
	let (lent, bookings) = (&calendar.lent, &calendar.bookings);
	let ends = lent
		.iter()
		.zip(lent.iter().skip(1))
		.all(|(one, next)| one.until < next.until);
	let times = bookings
		.iter()
		.zip(bookings.iter().skip(1))
		.all(|(one, next)| (one.from, one.until) < (next.from, next.until));
	ends && times
		&& lent.iter().all(|lent| lent.units > 0)
		&& bookings
			.iter()
			.all(|booking| booking.units > 0 && booking.from < booking.until)
}

/// PROVIDER-8.
fn maintenance_is_within_budget<T: Config>() -> Result<(), TryRuntimeError> {
	let now = T::Time::now();
	MaintenanceWindows::<T>::iter().try_for_each(|(id, windows)| {
		ensure!(
			Machines::<T>::contains_key(id),
			"PROVIDER-8: maintenance of no machine"
		);
		let kept = &windows.kept;
		let apart = kept
			.iter()
			.zip(kept.iter().skip(1))
			.all(|(one, next)| one.until <= next.from);
		ensure!(
			apart && kept.iter().all(|window| window.from < window.until),
			"PROVIDER-8: maintenance windows overlap or are empty"
		);
		ensure!(
			windows.busiest_ms() <= windows.allowed_ms,
			"PROVIDER-8: 365 days hold more maintenance than was allowed"
		);
		let announced = kept.iter().filter(|window| window.until > now).count();
		ensure!(
			announced <= MAX_ANNOUNCED as usize,
			"PROVIDER-8: too many windows are announced"
		);
		Ok(())
	})
}

/// PROVIDER-9.
fn asset_prices_are_of_machines<T: Config>() -> Result<(), TryRuntimeError> {
	AssetPrices::<T>::iter().try_for_each(|(id, prices)| {
		ensure!(
			Machines::<T>::contains_key(id),
			"PROVIDER-9: asset prices of no machine"
		);
		let sound = prices.iter().enumerate().all(|(at, (asset, price))| {
			*price > 0 && prices.iter().take(at).all(|(other, _)| other != asset)
		});
		ensure!(
			sound && !prices.is_empty(),
			"PROVIDER-9: an asset has no price, or two"
		);
		Ok(())
	})
}

/// PROVIDER-10.
fn endpoints_are_sound<T: Config>() -> Result<(), TryRuntimeError> {
	Machines::<T>::iter_values().try_for_each(|machine| {
		let endpoints = &machine.endpoints;
		ensure!(
			!endpoints.is_empty() && endpoints.iter().all(|endpoint| is_endpoint(endpoint)),
			"PROVIDER-10: a machine serves nowhere, or at what is no endpoint"
		);
		ensure!(
			!is_any_twice(endpoints),
			"PROVIDER-10: a machine has an endpoint twice"
		);
		Ok(())
	})
}
