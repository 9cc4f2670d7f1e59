//! What governance may change. Offers, orders and reservations keep what they were made under.

use crate::{Config, Error, Event, Pallet, Params};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{dispatch::DispatchResult, traits::Get};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::Perbill;
use terminal_primitives::{Balance, BlockNumber};

/// Everything governance may change.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Parameters {
	/// Base units on hold in the provider's account for each standing offer.
	pub offer_deposit: Balance,
	/// The most standing offers of one provider.
	pub max_offers: u32,
	/// Base units on hold in the consumer's account for each order: pays who closes or matches it,
	/// the rest returns.
	pub order_deposit: Balance,
	/// Base units of the order's deposit for who closes it after its deadline. Near the fee of the
	/// call, so that nobody posts orders to be paid for closing them.
	pub close_reward: Balance,
	/// Base units of the order's deposit for who matches it with an offer.
	pub matcher_reward: Balance,
	/// Base units on hold in the provider's account for each bid. Always returned.
	pub bid_deposit: Balance,
	/// The shortest bidding, in blocks.
	pub min_order_blocks: BlockNumber,
	/// The longest bidding, in blocks.
	pub max_order_blocks: BlockNumber,
	/// The first blocks of an order, in which it takes bids only: so nobody matches it with an
	/// offer at its maximum before a cheaper bid could be placed.
	pub bids_only_blocks: BlockNumber,
	/// The last blocks of an order, in which bids cannot be withdrawn: so nobody fills it with
	/// cheap bids and takes them back when it is too late for others.
	pub firm_blocks: BlockNumber,
	/// The least deposit of a reservation, in base units, on each side.
	pub min_reservation_deposit: Balance,
	/// Milliseconds before the agreed time from which on the consumer may arrive.
	pub early_ms: u64,
	/// Milliseconds after the agreed time until which the consumer may arrive.
	pub show_ms: u64,
	/// Milliseconds that the provider has at least from an arrival on.
	pub honour_ms: u64,
	/// Milliseconds that are booked behind a reserved time, besides `show_ms`: no less than
	/// `honour_ms` and the start window of leases together, so that a late start never runs into
	/// the next booking.
	pub slack_ms: u64,
	/// Milliseconds before the agreed time until which either side may cancel.
	pub cancel_notice_ms: u64,
	/// What cancelling costs of the own deposit. Rounded up.
	pub cancel_share: Perbill,
	/// Milliseconds from reserving to the agreed time, at least: leaves the provider, who does not
	/// sign reservations, time to cancel.
	pub min_lead_ms: u64,
	/// Milliseconds from reserving to the agreed time, at most.
	pub max_lead_ms: u64,
	/// A longer gap between two blocks, in milliseconds, counts as standstill of the chain.
	pub stall_ms: u64,
	/// The share of a window in which the chain must have run for an absence to count.
	pub live_share: Perbill,
	/// Milliseconds after which a lease opened from a reservation that was never heard of again
	/// costs nobody. Longer than leases' start window.
	pub backstop_ms: u64,
	/// Milliseconds that a block is expected to take: schedules the expiry wheel, nothing else.
	pub block_ms: u64,
}

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

impl Default for Parameters {
	/// Production's values, for blocks of 6 s.
	fn default() -> Self {
		use terminal_primitives::{MILLI, UNIT};
		Self {
			offer_deposit: UNIT,
			max_offers: 256,
			order_deposit: 200 * MILLI,
			close_reward: 20 * MILLI,
			matcher_reward: 100 * MILLI,
			bid_deposit: UNIT,
			min_order_blocks: 30,
			max_order_blocks: 7 * 14_400,
			bids_only_blocks: 10,
			firm_blocks: 10,
			min_reservation_deposit: UNIT,
			early_ms: 5 * MINUTE_MS,
			show_ms: 30 * MINUTE_MS,
			honour_ms: 10 * MINUTE_MS,
			slack_ms: 30 * MINUTE_MS,
			cancel_notice_ms: HOUR_MS,
			cancel_share: Perbill::from_percent(50),
			min_lead_ms: 2 * HOUR_MS,
			max_lead_ms: 90 * DAY_MS,
			stall_ms: MINUTE_MS,
			live_share: Perbill::from_percent(50),
			backstop_ms: DAY_MS,
			block_ms: 6_000,
		}
	}
}

impl Parameters {
	/// Whether they fit together, and to `start_window_ms`, in which leases let an agreed lease be
	/// started; the error says which rule is broken.
	pub fn validate(&self, start_window_ms: u64) -> Result<(), &'static str> {
		self.deposits_fit()?;
		self.bidding_fits()?;
		self.reservations_fit(start_window_ms)?;
		self.clock_fits()
	}

	fn deposits_fit(&self) -> Result<(), &'static str> {
		first_broken(&[
			(self.max_offers > 0, "max_offers must not be zero"),
			(
				self.offer_deposit > 0,
				"offer_deposit must not be zero: an offer holds nothing else",
			),
			(self.order_deposit > 0, "order_deposit must not be zero"),
			(
				self.close_reward <= self.order_deposit,
				"close_reward is paid out of order_deposit",
			),
			(
				self.matcher_reward <= self.order_deposit,
				"matcher_reward is paid out of order_deposit",
			),
			(self.bid_deposit > 0, "bid_deposit must not be zero"),
			(
				self.min_reservation_deposit > 0,
				"min_reservation_deposit must not be zero",
			),
			(
				!self.cancel_share.is_zero(),
				"cancel_share must not be zero: capacity could be kept from others for nothing",
			),
		])
	}

	fn bidding_fits(&self) -> Result<(), &'static str> {
		let least = self.bids_only_blocks.checked_add(self.firm_blocks);
		first_broken(&[
			(
				self.bids_only_blocks > 0,
				"bids_only_blocks must not be zero: offers would be matched before anyone could bid",
			),
			(
				self.firm_blocks > 0,
				"firm_blocks must not be zero: bids could be taken back at the last moment",
			),
			(
				least.is_some_and(|least| least < self.min_order_blocks),
				"min_order_blocks must be longer than bids_only_blocks and firm_blocks together",
			),
			(
				self.min_order_blocks <= self.max_order_blocks,
				"max_order_blocks must not be below min_order_blocks",
			),
		])
	}

	fn reservations_fit(&self, start_window_ms: u64) -> Result<(), &'static str> {
		let longest_lead = self.max_lead_ms.checked_add(self.show_ms);
		let latest_start = self.honour_ms.checked_add(start_window_ms);
		first_broken(&[
			(self.show_ms > 0, "show_ms must not be zero"),
			(self.honour_ms > 0, "honour_ms must not be zero"),
			(
				latest_start.is_some_and(|latest| self.slack_ms >= latest),
				"slack_ms must not be shorter than honour_ms and leases' start window together",
			),
			(
				self.backstop_ms > start_window_ms,
				"backstop_ms must be longer than leases' start window",
			),
			(
				self.cancel_notice_ms >= self.early_ms,
				"cancel_notice_ms must not be shorter than early_ms",
			),
			(
				self.min_lead_ms > self.cancel_notice_ms,
				"min_lead_ms must be longer than cancel_notice_ms",
			),
			(
				self.min_lead_ms <= self.max_lead_ms,
				"max_lead_ms must not be below min_lead_ms",
			),
			(
				longest_lead.is_some(),
				"max_lead_ms and show_ms must fit 64 bits",
			),
		])
	}

	fn clock_fits(&self) -> Result<(), &'static str> {
		first_broken(&[
			(self.block_ms > 0, "block_ms must not be zero"),
			(
				self.stall_ms > self.block_ms.saturating_mul(2),
				"stall_ms must be longer than two blocks: a missed slot is no standstill",
			),
			(
				self.stall_ms <= self.show_ms.min(self.honour_ms),
				"stall_ms must not be longer than show_ms or honour_ms: one gap could hide a window",
			),
			(
				!self.live_share.is_zero(),
				"live_share must not be zero: an absence would count while the chain stood still",
			),
		])
	}
}

/// The first rule that does not hold.
fn first_broken(rules: &[(bool, &'static str)]) -> Result<(), &'static str> {
	let broken = rules.iter().find(|(holds, _)| !holds);
	broken.map_or(Ok(()), |(_, rule)| Err(*rule))
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_params(params: Parameters) -> DispatchResult {
		params
			.validate(T::StartWindow::get())
			.map_err(|_| Error::<T>::InvalidParameters)?;
		// nothing fails from here
		Params::<T>::put(&params);
		Self::deposit_event(Event::ParametersSet { params });
		Ok(())
	}
}
