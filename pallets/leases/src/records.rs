//! What is remembered of accounts: plain counters.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{types::*, Config, Pallet, Records};
use sp_runtime::Perbill;
use terminal_primitives::uptime::{ProvenTime, VerifiedUptime};

impl<T: Config> Pallet<T> {
	/// Count a lease that closes for good, coming from the state `before`.
	pub(crate) fn record(lease: &Lease<T::AccountId>, before: &State, outcome: Outcome) {
		let (mut provider, mut consumer) = (ProviderRecord::default(), ConsumerRecord::default());
		// Sums of different money would mean nothing.
		provider.paid = lease.asset.map_or(lease.books.paid, |_| 0);
		match (before, &lease.work) {
			(State::Closing { end, .. } | State::Disputed { end, .. }, Work::Metered(work)) => {
				let proven = T::Uptime::read(lease.machine);
				let v = |at| proven.proven_ms(at);
				(provider.promised_ms, provider.proven_ms) = work.meter.ran_and_proven_ms(*end, &v);
				(provider.leases, consumer.leases) = (1, 1);
				consumer.exhausted = u32::from(outcome == Outcome::Exhausted);
			},
			(State::Redeeming { .. }, Work::Calls(work)) if work.calls > 0 => {
				(provider.leases, consumer.leases) = (1, 1);
			},
			(State::Accepted { shown, .. }, _) if outcome == Outcome::Expired => {
				provider.forfeits = u32::from(*shown);
				consumer.forfeits = u32::from(!*shown);
			},
			(State::Running { .. }, _) => {
				provider.forfeits = u32::from(outcome == Outcome::Expired);
			},
			(State::Committed { .. } | State::Delivering { .. }, _) => {
				(provider.leases, consumer.leases) = (1, 1);
				provider.forfeits = u32::from(outcome != Outcome::Completed);
			},
			_ => {},
		}
		if provider != ProviderRecord::default() {
			Records::<T>::mutate(&lease.provider, |record| record.provider.add(&provider));
		}
		if consumer != ConsumerRecord::default() {
			Records::<T>::mutate(&lease.consumer, |record| record.consumer.add(&consumer));
		}
	}

	/// Count a dispute against whom the arbiter gave less than half.
	pub(crate) fn record_judgement(lease: &Lease<T::AccountId>, provider_share: Perbill) {
		let half = Perbill::from_percent(50);
		if provider_share < half {
			Records::<T>::mutate(&lease.provider, |record| {
				let lost = &mut record.provider.disputes_lost;
				*lost = lost.saturating_add(1);
			});
		}
		if provider_share > half {
			Records::<T>::mutate(&lease.consumer, |record| {
				let lost = &mut record.consumer.disputes_lost;
				*lost = lost.saturating_add(1);
			});
		}
	}
}

impl ProviderRecord {
	fn add(&mut self, more: &Self) {
		self.leases = self.leases.saturating_add(more.leases);
		self.promised_ms = self.promised_ms.saturating_add(more.promised_ms);
		self.proven_ms = self.proven_ms.saturating_add(more.proven_ms);
		self.paid = self.paid.saturating_add(more.paid);
		self.forfeits = self.forfeits.saturating_add(more.forfeits);
	}
}

impl ConsumerRecord {
	fn add(&mut self, more: &Self) {
		self.leases = self.leases.saturating_add(more.leases);
		self.exhausted = self.exhausted.saturating_add(more.exhausted);
		self.forfeits = self.forfeits.saturating_add(more.forfeits);
	}
}
