//! Prices, quotes and how a payment is divided. Pure.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	meter::{amount, Due},
	types::*,
};
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, PerThing, Perbill, Rounding};
use terminal_primitives::{market::Sla, Balance};

/// What one settlement takes out of the escrow, before fees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Draw {
	/// For the provider.
	pub provider: Balance,
	/// For the model version.
	pub royalty: Balance,
}

impl Draw {
	/// Both together.
	pub fn total(&self) -> Balance {
		self.provider.saturating_add(self.royalty)
	}
}

impl Due {
	/// What was drawn stays drawn, part by part: where less is due than that (a change that both
	/// sides signed, a longer time at risk of a fee), neither the provider nor the model version
	/// makes up for the other.
	pub fn at_least_drawn(self, books: &Books) -> Self {
		Self {
			provider: self.provider.max(books.provider_gross()),
			royalty: self.royalty.max(books.royalty_gross()),
		}
	}
}

impl Books {
	/// What the provider earned, before the fee.
	pub fn provider_gross(&self) -> Balance {
		self.paid.saturating_add(self.lease_fee)
	}

	/// What the model version earned, before the fee.
	pub fn royalty_gross(&self) -> Balance {
		self.royalty.saturating_add(self.model_fee)
	}

	/// All that was taken out of the escrow for service.
	pub fn drawn(&self) -> Balance {
		self.provider_gross().saturating_add(self.royalty_gross())
	}

	/// All that was ever there to be drawn on: drawn or still held.
	pub fn funded(&self) -> Balance {
		self.drawn().saturating_add(self.held)
	}

	/// Whether they add up.
	pub fn balanced(&self) -> bool {
		let gone = [
			self.paid,
			self.royalty,
			self.lease_fee,
			self.model_fee,
			self.arbitration,
			self.refunded,
			self.moved_out,
		]
		.into_iter()
		.try_fold(self.held, |sum, part| sum.checked_add(part));
		gone.is_some() && gone == self.deposited.checked_add(self.moved_in)
	}
}

/// How far the question is settled what the provider gets of what is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
	/// The lease runs: so much is kept back, in case the provider ends it early.
	Running {
		/// Base units.
		kept_back: Balance,
	},
	/// It is over; whether enough of its time was proven is not final.
	Over(EarlyEnd),
	/// All is final.
	Final {
		/// What ending early costs whom.
		early: EarlyEnd,
		/// Whether less was proven than the terms promise.
		missed: bool,
	},
}

/// What is due by the meter, as far as the terms let it be paid.
///
/// The credit of the service level is not paid before the end, and not at all where the target was
/// missed: what is paid is rounded down. Royalties are not the provider's to lose. Everything is
/// computed from the beginning and never falls as time goes by, so that it does not matter when
/// anyone settles.
pub fn payable(due: Due, acknowledged: Due, sla: Option<Sla>, phase: Phase) -> Due {
	let credit = sla.map_or(Perbill::zero(), |sla| sla.credit);
	let credited = credit.left_from_one().mul_floor(due.provider);
	let (earned, early) = match phase {
		Phase::Running { kept_back } => (credited, EarlyEnd::ProviderPays(kept_back)),
		Phase::Over(early) => (credited, early),
		Phase::Final { early, missed } => (if missed { credited } else { due.provider }, early),
	};
	let provider = match early {
		EarlyEnd::Free => earned,
		EarlyEnd::ConsumerPays(fee) => earned.saturating_add(fee.min(acknowledged.provider)),
		EarlyEnd::ProviderPays(fee) => earned.saturating_sub(fee),
	};
	Due {
		provider,
		royalty: due.royalty,
	}
}

/// Whether `proven` of `ran` milliseconds are less than the terms promise. Exact.
pub fn missed(sla: Option<Sla>, ran: u64, proven: u64) -> bool {
	let whole = u128::from(Perbill::one().deconstruct());
	sla.is_some_and(|sla| {
		let promised = u128::from(ran).saturating_mul(sla.target.deconstruct().into());
		u128::from(proven).saturating_mul(whole) < promised
	})
}

/// `min(held − reserve, due − drawn)`, divided between provider and model version.
///
/// The royalty is kept in proportion to what could be paid of the whole, rounded down; the
/// provider gets the rest. Everything is computed from the beginning, so that it does not matter
/// how often anyone settled before. `reserve` is what must stay in the escrow.
pub fn draw(due: Due, books: &Books, reserve: Balance) -> Draw {
	let due = due.at_least_drawn(books);
	let total = due.total();
	let available = books.held.saturating_sub(reserve);
	let payable = total.min(books.drawn().saturating_add(available));
	let pay = payable.saturating_sub(books.drawn());
	let royalty_so_far = if payable == total {
		due.royalty
	} else {
		multiply_by_rational_with_rounding(due.royalty, payable, total, Rounding::Down)
			.unwrap_or_default()
	};
	let royalty = royalty_so_far
		.saturating_sub(books.royalty_gross())
		.min(pay);
	Draw {
		provider: pay.saturating_sub(royalty),
		royalty,
	}
}

/// Divide `held` as the arbiter says: so much for provider and model version together, between
/// them in proportion to their rates. Rounds down twice: the consumer and the provider get what
/// is left.
pub fn split(held: Balance, provider_share: Perbill, rate: Balance, royalty_rate: Balance) -> Draw {
	let part = provider_share.mul_floor(held);
	let whole = rate.saturating_add(royalty_rate);
	let royalty = multiply_by_rational_with_rounding(part, royalty_rate, whole, Rounding::Down)
		.unwrap_or_default()
		.min(part);
	Draw {
		provider: part.saturating_sub(royalty),
		royalty,
	}
}

/// The fee on `now`, when `before` was charged `charged` already. Rounds the sum up, once, however
/// many payments it takes.
pub fn fee(share: Perbill, before: Balance, charged: Balance, now: Balance) -> Balance {
	share
		.mul_ceil(before.saturating_add(now))
		.saturating_sub(charged)
		.min(now)
}

/// A fee's parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FeeSplit {
	/// Rounded down.
	pub treasury: Balance,
	/// Rounded down.
	pub attestors: Balance,
	/// The rest.
	pub burned: Balance,
}

/// Divide a fee.
pub fn split_fee(terms: &Terms, fee: Balance) -> FeeSplit {
	let treasury = terms.treasury_share.mul_floor(fee);
	let attestors = terms
		.attestor_share
		.mul_floor(fee)
		.min(fee.saturating_sub(treasury));
	let burned = fee.saturating_sub(treasury).saturating_sub(attestors);
	FeeSplit {
		treasury,
		attestors,
		burned,
	}
}

/// Base units of TCT that the attestors of a job get which is paid in an asset, where it is worth so
/// much: as much as of a job at that price in TCT. Rounds as the fee and its split do.
pub fn attestation(terms: &Terms, worth: Balance) -> Balance {
	terms.attestor_share.mul_floor(terms.fee.mul_ceil(worth))
}

/// What a metered lease costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MeteredPrice {
	/// Base units per second, all units and the model together.
	pub per_second: Balance,
	/// Base units for the whole agreed time.
	pub whole: Balance,
	/// The least that must be put into the escrow.
	pub least: Balance,
}

/// Price a metered lease whose early-close fee is the price of `early_close_ms`. `None` if a
/// product does not fit (no such sum exists anyway).
pub fn metered(
	terms: &Terms,
	units: u32,
	rate: Balance,
	royalty_rate: Balance,
	duration_ms: u64,
	early_close_ms: u64,
) -> Option<MeteredPrice> {
	let for_provider = rate.checked_mul(units.into())?;
	let per_second = for_provider.checked_add(royalty_rate)?;
	// The meter multiplies by milliseconds.
	per_second.checked_mul(duration_ms.into())?;
	let whole = amount(per_second, duration_ms);
	let funded_ms = terms.min_funded_ms.min(duration_ms);
	let reserve = amount(for_provider, early_close_ms.min(duration_ms));
	// Whatever happens before the start, the hold fee can be paid.
	let least = amount(per_second, funded_ms)
		.saturating_add(reserve)
		.max(terms.hold_fee)
		.min(whole);
	Some(MeteredPrice {
		per_second,
		whole,
		least,
	})
}
