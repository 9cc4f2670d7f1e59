//! Reading for clients: view functions and runtime API. Writes nothing.

use crate::{
	pallet::*,
	runtime_api::{
		CalendarView, HardwareView, MachineFilter, MachinePage, MachineView, ProviderView,
		UptimeView, MAX_PAGE, MAX_SCAN,
	},
	types::{Hardware, Machine, Provider},
};
use alloc::string::String;
use frame_support::traits::Time;
use sp_core::H256;
use terminal_primitives::{
	hooks::MachineGuard,
	market::{MachineMatch, MachineStatus, Requirements},
	uptime::VerifiedUptime,
	MachineId,
};

impl<T: Config> Pallet<T> {
	/// The books of a provider.
	pub fn provider_view(account: &T::AccountId) -> Option<ProviderView> {
		let params = Params::<T>::get();
		Providers::<T>::get(account).map(|provider| ProviderView {
			bond: provider.bond,
			required_bond: Provider::required_bond(provider.units, &params),
			risk_limit: Provider::risk_limit(provider.bond, &params),
			unlocking: provider.unlocking.into_inner(),
			at_risk: provider.at_risk,
			slashed: provider.slashed,
			machines: provider.machines,
			units: provider.units,
			since: provider.since,
		})
	}

	/// A machine as the book shows it.
	pub fn machine_view(id: MachineId) -> Option<MachineView<T::AccountId>> {
		Machines::<T>::get(id).map(|machine| Self::view_of(id, machine))
	}

	/// At most `limit` machines from id `from` on.
	pub fn machine_page(from: MachineId, limit: u32) -> MachinePage<T::AccountId> {
		Self::page(from, limit, Self::machine_view)
	}

	/// At most `limit` machines of `account` from id `from` on.
	pub fn machine_page_of(
		account: &T::AccountId,
		from: MachineId,
		limit: u32,
	) -> MachinePage<T::AccountId> {
		Self::page(from, limit, |id| {
			Self::is_of(id, account)
				.then(|| Self::machine_view(id))
				.flatten()
		})
	}

	/// At most `limit` machines whose hardware meets `wanted`, from id `from` on.
	pub fn machine_page_for(
		wanted: &Requirements,
		from: MachineId,
		limit: u32,
	) -> MachinePage<T::AccountId> {
		Self::page(from, limit, |id| {
			let meets = <Self as MachineMatch>::meets(id, wanted);
			meets.then(|| Self::machine_view(id)).flatten()
		})
	}

	/// At most `limit` machines that `filter` lets through, from id `from` on.
	pub fn machine_page_by(
		filter: &MachineFilter<T::AccountId>,
		from: MachineId,
		limit: u32,
	) -> MachinePage<T::AccountId> {
		Self::page(from, limit, |id| {
			let provider = filter.provider.as_ref();
			let wanted = filter.wanted.as_ref();
			let may_show = provider.is_none_or(|account| Self::is_of(id, account))
				&& wanted.is_none_or(|wanted| <Self as MachineMatch>::meets(id, wanted));
			let view = may_show.then(|| Self::machine_view(id)).flatten()?;
			let asks_no_more = filter
				.max_price
				.is_none_or(|most| view.price_per_second <= most);
			let has_room = filter
				.free_units
				.is_none_or(|units| units <= Self::units_to_open(&view));
			(asks_no_more && has_room).then_some(view)
		})
	}

	/// The most units of a lease that could be opened on it now.
	fn units_to_open(view: &MachineView<T::AccountId>) -> u32 {
		if !view.open_for_leases {
			return 0;
		}
		let booked = Calendars::<T>::get(view.id).booked_at(T::Time::now());
		view.free_units.saturating_sub(booked)
	}

	fn is_of(id: MachineId, account: &T::AccountId) -> bool {
		MachinesOf::<T>::contains_key(account, id)
	}

	/// What is lent, booked and announced of a machine.
	pub fn calendar_view(id: MachineId) -> Option<CalendarView> {
		let machine = Machines::<T>::get(id)?;
		let now = T::Time::now();
		let calendar = Calendars::<T>::get(id);
		let windows = MaintenanceWindows::<T>::get(id);
		let budget = Params::<T>::get().maintenance_budget_ms;
		let mut lent = calendar.lent.to_vec();
		lent.retain(|lent| lent.until > now);
		let mut maintenance = windows.kept.to_vec();
		maintenance.retain(|window| window.until > now);
		Some(CalendarView {
			units: machine.hardware.count,
			late: calendar.reserved.saturating_sub(calendar.lent_at(now)),
			lent,
			bookings: calendar.bookings.to_vec(),
			maintenance,
			maintenance_left_ms: budget.saturating_sub(windows.spent_ms(now)),
		})
	}

	/// What a machine has proven.
	pub fn uptime_view(id: MachineId) -> Option<UptimeView> {
		Machines::<T>::contains_key(id).then(|| {
			let uptime = Uptimes::<T>::get(id);
			UptimeView {
				total_ms: uptime.total_ms(),
				open: uptime.open,
				gap_cap_ms: uptime.gap_cap_ms,
				runs: uptime.runs.into_inner(),
				resolved_until: <Self as VerifiedUptime>::resolved_until(id),
			}
		})
	}

	fn page(
		from: MachineId,
		limit: u32,
		show: impl Fn(MachineId) -> Option<MachineView<T::AccountId>>,
	) -> MachinePage<T::AccountId> {
		let end = NextMachine::<T>::get();
		let limit = limit.clamp(1, MAX_PAGE) as usize;
		let scanned_to = from.0.saturating_add(MAX_SCAN).min(end.0);
		let mut machines = alloc::vec::Vec::new();
		let mut next = MachineId(scanned_to);
		for view in (from.0..scanned_to).filter_map(|id| show(MachineId(id))) {
			if machines.len() == limit {
				next = view.id;
				break;
			}
			machines.push(view);
		}
		MachinePage {
			machines,
			next: (next < end).then_some(next),
		}
	}

	fn view_of(id: MachineId, machine: Machine<T::AccountId>) -> MachineView<T::AccountId> {
		let params = Params::<T>::get();
		let bonded = Providers::<T>::get(&machine.provider).is_some_and(|provider| {
			provider.bond >= Provider::required_bond(provider.units, &params)
		});
		let online = matches!(machine.status, MachineStatus::Online);
		let calendar = Calendars::<T>::get(id);
		let booked = calendar.booked_at(T::Time::now());
		let free_units = machine.hardware.count.saturating_sub(calendar.reserved);
		MachineView {
			id,
			terms_hash: H256(machine.terms_hash(id)),
			free_units,
			open_for_leases: online && bonded && free_units > booked,
			challenge_open: T::Guard::has_open_challenge(id),
			proven_ms: Uptimes::<T>::get(id).total_ms(),
			hardware: hardware_view(&machine.hardware),
			endpoints: machine.endpoints.iter().map(|one| text(one)).collect(),
			price_per_second: machine.price_per_second,
			document: H256(machine.document),
			status: machine.status,
			status_since: machine.status_since,
			registered_at: machine.registered_at,
			provider: machine.provider,
			agent: machine.agent,
		}
	}
}

fn hardware_view(hardware: &Hardware) -> HardwareView {
	HardwareView {
		class: hardware.class,
		accelerator: text(&hardware.accelerator),
		count: hardware.count,
		memory_mib: hardware.memory_mib,
		vcpus: hardware.vcpus,
		ram_mib: hardware.ram_mib,
		disk_gib: hardware.disk_gib,
		region: text(&hardware.region),
		interconnect: text(&hardware.interconnect),
		driver: text(&hardware.driver),
	}
}

/// Stored texts are ASCII by the checks of the calls, so nothing is lost.
fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}
