//! What must hold after every block, by number. Each is broken on purpose by one test.

use crate::{
	assets::MAX_ASSETS, lifecycle::Stage, meter::Segment, types::*, ApprovedAssets, Claims, Config,
	DestroyedAssets, Expiries, HoldReason, Leases, LeasesOf, NextLeaseId, Pallet, Params,
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{
	ensure,
	traits::{fungibles::Inspect, Get},
	DefaultNoBound,
};
use sp_runtime::{Perbill, TryRuntimeError};
use terminal_primitives::{AssetId, Balance, BlockNumber, LeaseId, Moment};

/// What must be on hold by account and money: escrow, opening deposits, postings.
type Sums<T> = BTreeMap<(<T as frame_system::Config>::AccountId, Option<AssetId>), [Balance; 3]>;

/// What the checks of all leases together need of each.
#[derive(DefaultNoBound)]
struct Gathered<T: Config> {
	sums: Sums<T>,
	/// What they are or were paid in.
	moneys: BTreeSet<Option<AssetId>>,
	/// For whom each is listed.
	parties: BTreeSet<(T::AccountId, LeaseId)>,
	/// Providers of closed ones. What none of them ever took is not listed for it any more.
	past: BTreeSet<(T::AccountId, LeaseId)>,
	/// When each wants to be woken.
	due: BTreeSet<(BlockNumber, LeaseId)>,
}

impl<T: Config> Gathered<T> {
	fn add(&mut self, id: LeaseId, lease: &Lease<T::AccountId>) {
		let mut add = |asset, amounts: [Balance; 3]| {
			let sum = self
				.sums
				.entry((lease.consumer.clone(), asset))
				.or_default();
			for (sum, amount) in sum.iter_mut().zip(amounts) {
				*sum = sum.saturating_add(amount);
			}
		};
		add(lease.asset, [lease.books.held, 0, 0]);
		add(None, [0, lease.deposit, postings(&lease.state)]);
		self.moneys.insert(lease.asset);
		self.parties.insert((lease.consumer.clone(), id));
		let provider = (lease.provider.clone(), id);
		if matches!(lease.state, State::Closed { .. }) {
			self.past.insert(provider);
		} else {
			self.parties.insert(provider);
		}
		if lease.wake_at != 0 {
			self.due.insert((lease.wake_at, id));
		}
	}
}

/// Check all of them.
pub fn check<T: Config>() -> Result<(), TryRuntimeError> {
	check_with::<T>(Pallet::<T>::on_hold)
}

/// As [`check`], for who has read already what accounts have on hold of what, and why.
pub fn check_with<T: Config>(
	on_hold: impl Fn(Option<AssetId>, &T::AccountId, HoldReason) -> Balance,
) -> Result<(), TryRuntimeError> {
	let mut leases = Gathered::<T>::default();
	let next = NextLeaseId::<T>::get();
	for (id, lease) in Leases::<T>::iter() {
		one_lease(id, &lease, next)?;
		leases.add(id, &lease);
	}
	holds::<T>(&leases.sums, on_hold)?;
	indexes(&leases)?;
	claims(&leases)?;
	approved::<T>()?;
	let params = Params::<T>::get();
	ensure!(
		params.validate().is_ok(),
		"LEASE-12: the parameters fit together"
	);
	ensure!(
		params.fit(&T::Limits::get()).is_ok(),
		"LEASE-12: the parameters fit the rest of the chain"
	);
	Ok(())
}

fn claims<T: Config>(leases: &Gathered<T>) -> Result<(), TryRuntimeError> {
	// Of everything that is or was paid in, also where there is no claim on it.
	let paid_in = leases.moneys.iter().copied();
	let approved = ApprovedAssets::<T>::iter_keys().map(Some);
	let mut sums: BTreeMap<Option<AssetId>, Balance> = paid_in
		.chain(approved)
		.chain([None])
		.map(|asset| (asset, 0))
		.collect();
	for (_, asset, claim) in Claims::<T>::iter() {
		let sum = sums.entry(asset).or_default();
		*sum = sum.saturating_add(claim);
	}
	for (asset, sum) in sums {
		let pot = Pallet::<T>::in_pot(asset);
		match asset {
			None => ensure!(sum <= pot, "LEASE-10: the pot covers all claims"),
			Some(_) => ensure!(
				sum == pot,
				"LEASE-14: what the pot holds of an asset is what is claimed of it"
			),
		}
	}
	Ok(())
}

fn approved<T: Config>() -> Result<(), TryRuntimeError> {
	let hold_fee = Params::<T>::get().hold_fee;
	let sound = ApprovedAssets::<T>::iter()
		.all(|(asset, terms)| terms.are_sound(hold_fee) && T::Assets::asset_exists(asset));
	let new = ApprovedAssets::<T>::iter_keys().all(|id| !DestroyedAssets::<T>::contains_key(id));
	ensure!(
		sound && new && ApprovedAssets::<T>::count() <= MAX_ASSETS,
		"LEASE-17: approved assets exist, under ids of their own, on sound terms, and are few"
	);
	Ok(())
}

fn postings(state: &State) -> Balance {
	match state {
		State::Delivering { demands, .. } => demands
			.iter()
			.fold(0, |sum, demand| sum.saturating_add(demand.posting)),
		_ => 0,
	}
}

fn one_lease<AccountId: PartialEq>(
	id: LeaseId,
	lease: &Lease<AccountId>,
	next: LeaseId,
) -> Result<(), TryRuntimeError> {
	ensure!(
		lease.books.balanced(),
		"LEASE-1: deposited + moved in = held + paid + royalty + fees + refunded + moved out"
	);
	if let State::Closed { .. } = lease.state {
		ensure!(
			lease.books.held == 0 && lease.deposit == 0,
			"LEASE-5: a closed lease holds nothing"
		);
	}
	ensure!(id < next, "LEASE-6: ids are below the counter");
	let fits = match lease.state.stage() {
		Stage::Offered | Stage::Closed => true,
		Stage::Accepted | Stage::Active | Stage::Paused | Stage::Closing | Stage::Disputed => {
			matches!(lease.work, Work::Metered(_))
		},
		Stage::Running | Stage::Committed | Stage::Delivering => {
			matches!(lease.work, Work::Job(_))
		},
		Stage::Serving | Stage::Redeeming => matches!(lease.work, Work::Calls(_)),
	};
	ensure!(fits, "LEASE-7: a lease is only in states of its kind");
	let to_treasury =
		lease.terms.treasury_share == Perbill::one() && lease.terms.min_rate >= LEAST_RATE;
	ensure!(
		lease.asset.is_none() || to_treasury,
		"LEASE-15: the fee of an asset is the treasury's, and a second is worth 1,000 base units"
	);
	ensure!(
		matches!(lease.state, State::Closed { .. }) || lease.deposit >= lease.attestation(),
		"LEASE-18: an open job in an asset keeps what its attestors get"
	);
	match &lease.work {
		Work::Metered(work) => {
			ensure!(
				lease.books.drawn() <= most_drawn(lease, work),
				"LEASE-8: no more is drawn than the agreed time or price is worth"
			);
			agreement(lease, work)?;
			segments(&work.meter.segments, &lease.state)?;
		},
		Work::Job(work) => ensure!(
			lease.books.drawn() <= work.price.saturating_add(work.royalty),
			"LEASE-8: no more is drawn than the agreed time or price is worth"
		),
		Work::Calls(work) => ensure!(
			work.per_call() > 0 && is_owed(&lease.books, work),
			"LEASE-19: a call costs something, and no more is paid than the calls redeemed cost"
		),
	}
	Ok(())
}

/// Whether provider and model version each got no more than the calls on record cost.
fn is_owed(books: &Books, work: &CallsWork) -> bool {
	work.worth(work.calls).is_some_and(|due| {
		books.provider_gross() <= due.provider && books.royalty_gross() <= due.royalty
	})
}

/// What all time that ran or runs is worth, with the fee for ending it early.
fn most_drawn<AccountId>(lease: &Lease<AccountId>, work: &MeteredWork<AccountId>) -> Balance {
	let until = match lease.state {
		State::Active { ends_at } => ends_at,
		_ => 0,
	};
	let worth = work.meter.worth(until.max(last_end(work))).total();
	let fee = match lease.state {
		State::Closing {
			early: EarlyEnd::ConsumerPays(fee),
			..
		}
		| State::Disputed {
			early: EarlyEnd::ConsumerPays(fee),
			..
		} => fee,
		State::Closed { .. } => work.early_fee(work.duration_ms),
		_ => 0,
	};
	// Before the start: the hold fee.
	let hold_fee = if work.meter.segments.is_empty() {
		lease.terms.hold_fee
	} else {
		0
	};
	worth.saturating_add(fee).saturating_add(hold_fee)
}

fn last_end<AccountId>(work: &MeteredWork<AccountId>) -> Moment {
	let ends = work.meter.segments.iter().filter_map(|segment| segment.to);
	ends.max().unwrap_or_default()
}

fn agreement<AccountId: PartialEq>(
	lease: &Lease<AccountId>,
	work: &MeteredWork<AccountId>,
) -> Result<(), TryRuntimeError> {
	let left_ms = match lease.state {
		State::Paused { left_ms, .. } => left_ms,
		_ => 0,
	};
	let spot = !work.reclaimed || work.terms.spot_notice_ms.is_some();
	let disputable = !matches!(lease.state, State::Disputed { .. }) || work.terms.arbiter.is_some();
	let sides = [&lease.consumer, &lease.provider];
	let neutral = work
		.terms
		.arbiter
		.as_ref()
		.is_none_or(|arbiter| !sides.contains(&&arbiter.account));
	let open = matches!(
		lease.state,
		State::Offered { .. }
			| State::Accepted { .. }
			| State::Active { .. }
			| State::Paused { .. }
			| State::Closed { .. }
	);
	let pending =
		work.auto_top_up.is_none() && work.offered_to.is_none() && work.proposal.is_none();
	ensure!(
		work.duration_ms <= work.terms.max_duration_ms
			&& left_ms <= work.duration_ms
			&& spot && disputable
			&& neutral
			&& (open || pending),
		"LEASE-13: a lease keeps to its terms"
	);
	Ok(())
}

fn segments(segments: &[Segment], state: &State) -> Result<(), TryRuntimeError> {
	let follows = segments
		.iter()
		.zip(segments.iter().skip(1))
		.all(|(one, next)| one.to.is_some_and(|to| to <= next.from));
	let counts = segments.iter().all(|segment| {
		segment.from <= segment.counted_to
			&& segment.to.is_none_or(|to| segment.counted_to <= to)
			&& segment.counted_ms <= segment.counted_to.saturating_sub(segment.from)
	});
	let last = segments.last();
	let open = match state {
		State::Active { .. } => last.is_some_and(|last| last.to.is_none() && !last.sealed),
		State::Closing { end, .. } | State::Disputed { end, .. } => {
			last.is_some_and(|last| last.to == Some(*end))
		},
		State::Paused { since, .. } => last.is_some_and(|last| last.to == Some(*since)),
		_ => segments.iter().all(|segment| segment.to.is_some()),
	};
	ensure!(
		follows && counts && open,
		"LEASE-9: segments follow each other, count no more than their time, and end with the lease"
	);
	Ok(())
}

fn holds<T: Config>(
	sums: &Sums<T>,
	on_hold: impl Fn(Option<AssetId>, &T::AccountId, HoldReason) -> Balance,
) -> Result<(), TryRuntimeError> {
	for ((consumer, asset), [escrow, deposit, posting]) in sums {
		let on_hold = |why| on_hold(*asset, consumer, why);
		ensure!(
			on_hold(HoldReason::Escrow) == *escrow,
			"LEASE-2: what leases hold is on hold as escrow"
		);
		let [deposits, postings] = [HoldReason::OpeningDeposit, HoldReason::Posting].map(on_hold);
		if asset.is_some() {
			ensure!(
				deposits == 0 && postings == 0,
				"LEASE-16: opening deposits and postings are in TCT"
			);
		}
		ensure!(
			deposits == *deposit,
			"LEASE-3: opening deposits are on hold"
		);
		ensure!(
			postings == *posting,
			"LEASE-4: prepaid postings are on hold"
		);
	}
	Ok(())
}

/// The index lists what has these parties, the wheel has the entries that leases name: neither more.
fn indexes<T: Config>(leases: &Gathered<T>) -> Result<(), TryRuntimeError> {
	let listed: BTreeSet<_> = LeasesOf::<T>::iter_keys().collect();
	let is_party = |entry| leases.parties.contains(entry) || leases.past.contains(entry);
	let entries = Expiries::<T>::iter_keys();
	let entered: BTreeSet<_> = entries.map(|(due, id)| (due.number(), id)).collect();
	ensure!(
		leases.parties.is_subset(&listed) && listed.iter().all(is_party) && leases.due == entered,
		"LEASE-11: the index and the wheel agree with the leases"
	);
	Ok(())
}
