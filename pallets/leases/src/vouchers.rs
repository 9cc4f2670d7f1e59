//! Leases for calls: one escrow for thousands of calls, each paid by a newer voucher.
//!
//! A voucher says how many calls the consumer has had *in all*. What is due is that number times prices
//! that were fixed when the lease was opened, computed from the beginning: so the highest voucher is what
//! counts, and one that is old, or shown twice, by whomever, changes nothing. It meters no uptime and
//! reserves no units: what is proven is that the consumer's key said so.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	lifecycle::Step, meter::Due, opening::Opening, pricing, receipts, types::*, Config, Error,
	Event, Leases, Pallet, Params,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use scale_info::TypeInfo;
use sp_runtime::{traits::Verify, AccountId32, MultiSignature};
use terminal_gpu_proof::voucher;
use terminal_primitives::{Balance, BlockNumber, LeaseId};

/// Calls, paid by vouchers.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct CallsWork {
	/// Base units per call for the provider, before the fee.
	pub price: Balance,
	/// Base units per call for the model version, before the fee.
	pub royalty: Balance,
	/// The account of the key that signs vouchers. Never changes, and the lease has one consumer.
	pub key: AccountId32,
	/// Blocks from acceptance to the last one.
	pub duration_blocks: BlockNumber,
	/// The most calls that a redeemed voucher counts. Never falls.
	pub calls: u64,
}

impl CallsWork {
	/// Base units per call in all.
	pub fn per_call(&self) -> Balance {
		self.price.saturating_add(self.royalty)
	}

	/// What `calls` calls cost. `None` if there is no such sum.
	pub fn worth(&self, calls: u64) -> Option<Due> {
		let due = Due {
			provider: self.price.checked_mul(calls.into())?,
			royalty: self.royalty.checked_mul(calls.into())?,
		};
		due.provider.checked_add(due.royalty).map(|_| due)
	}

	/// What the calls on record cost: `redeem` has let no others in.
	pub fn due(&self) -> Due {
		self.worth(self.calls).unwrap_or_default()
	}
}

/// Proof that the consumer owes so many calls.
///
/// The signature is over `terminal_gpu_proof::voucher::message(genesis hash, lease, calls)`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Voucher {
	/// Calls on this lease so far: cumulative, never a difference.
	pub calls: u64,
	/// By the key whose account the lease names.
	pub signature: MultiSignature,
}

/// The bytes that a consumer signs.
pub(crate) fn message<T: Config>(lease: LeaseId, calls: u64) -> Vec<u8> {
	voucher::message(&receipts::genesis_hash::<T>(), lease.0, calls)
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_calls(consumer: T::AccountId, order: CallsOrder) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = Self::machine_for(order.machine, &order.terms_hash)?;
		// As for jobs: a provider takes an asset by naming a price in it.
		let is_taken = Self::asking(order.machine, &machine, order.asset).is_some();
		ensure!(is_taken, Error::<T>::MachineNotPriced);
		let duration_ms = params.block_ms.saturating_mul(order.duration_blocks.into());
		ensure!(
			params.durations_ms().contains(&duration_ms),
			Error::<T>::DurationOutOfRange
		);
		let royalty = Self::version_terms(order.version, order.asset)?
			.map_or(0, |terms| terms.price_per_call);
		let per_call = order
			.price
			.checked_add(royalty)
			.ok_or(Error::<T>::PriceOverflow)?;
		ensure!(per_call > 0, Error::<T>::PriceTooLow);
		ensure!(
			per_call <= order.max_per_call,
			Error::<T>::PriceAboveMaximum
		);
		ensure!(order.funds >= per_call, Error::<T>::FundsTooLow);
		let opening = Opening {
			machine_id: order.machine,
			provider: machine.provider,
			asset: order.asset,
			terms_hash: machine.terms_hash,
			version: order.version,
			work: Work::Calls(CallsWork {
				price: order.price,
				royalty,
				key: order.key,
				duration_blocks: order.duration_blocks,
				calls: 0,
			}),
			continues: None,
		};
		let donor = consumer.clone();
		let (id, lease) = Self::open(consumer, opening, &params, |lease| {
			Self::deposit(&donor, lease, order.funds)
		})?;
		Self::announce(id, lease, &params);
		Ok(())
	}

	/// Put on record what a voucher says. Moves no money, so that it is cheap.
	pub(crate) fn do_redeem(id: LeaseId, voucher: Voucher) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let last = Self::voucher_deadline(&lease)?;
		ensure!(
			last.is_none_or(|last| crate::now_block::<T>() <= last),
			Error::<T>::ClaimWindowOver
		);
		let Work::Calls(work) = &mut lease.work else {
			return Err(Error::<T>::NotForCalls.into());
		};
		let message = message::<T>(id, voucher.calls);
		let is_signed = voucher.signature.verify(message.as_slice(), &work.key);
		ensure!(is_signed, Error::<T>::VoucherInvalid);
		let calls = voucher.calls;
		ensure!(work.worth(calls).is_some(), Error::<T>::VoucherTooLarge);
		if calls <= work.calls {
			return Ok(());
		}
		work.calls = calls;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::VoucherRedeemed { lease: id, calls });
		Ok(())
	}

	/// Pay what is due for the calls on record and not paid yet. Pays the same in all, however often
	/// and however late.
	pub(crate) fn pay_calls(id: LeaseId, lease: &mut Lease<T::AccountId>) -> DispatchResult {
		Self::voucher_deadline(lease)?;
		let Work::Calls(work) = &lease.work else {
			return Err(Error::<T>::NotForCalls.into());
		};
		let draw = pricing::draw(work.due(), &lease.books, 0);
		Self::pay(id, lease, draw)
	}

	/// End service, by `who` or because its last block is over. Nothing returns to the consumer before
	/// the provider's time to show vouchers is over: nobody withdraws ahead of one.
	pub(crate) fn stop_serving(
		who: Option<&T::AccountId>,
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
	) -> DispatchResult {
		let State::Serving { until } = lease.state else {
			return Err(Error::<T>::LeaseNotActive.into());
		};
		let now = crate::now_block::<T>();
		let outcome = match who.and_then(|who| Self::side(&lease, who)) {
			_ if now > until => Outcome::Completed,
			Some(Side::Consumer) => Outcome::CancelledByConsumer,
			Some(Side::Provider) => Outcome::CancelledByProvider,
			None => return Err(Error::<T>::NotParty.into()),
		};
		let claim_until = now.saturating_add(lease.terms.claim_blocks);
		let state = State::Redeeming {
			until: claim_until,
			outcome,
		};
		Self::enter(id, &mut lease, Step::Close, state)?;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseEnded {
			lease: id,
			end: T::Time::now(),
			claim_until,
			outcome,
			refunded: 0,
		});
		Ok(())
	}

	pub(crate) fn finish_calls(
		id: LeaseId,
		mut lease: Lease<T::AccountId>,
		who: Option<&T::AccountId>,
	) -> DispatchResult {
		let State::Redeeming { until, outcome } = lease.state else {
			return Err(Error::<T>::LeaseNotOver.into());
		};
		let by_provider = who.is_some_and(|who| Self::side(&lease, who) == Some(Side::Provider));
		ensure!(
			by_provider || crate::now_block::<T>() > until,
			Error::<T>::ClaimWindowOpen
		);
		Self::pay_calls(id, &mut lease)?;
		Self::close_for_good(id, lease, Step::Finish, outcome, who)
	}

	/// The last block in which vouchers are taken; a lease in service has none.
	fn voucher_deadline(lease: &Lease<T::AccountId>) -> Result<Option<BlockNumber>, Error<T>> {
		match (&lease.work, &lease.state) {
			(Work::Metered(_) | Work::Job(_), _) => Err(Error::<T>::NotForCalls),
			(Work::Calls(_), State::Serving { .. }) => Ok(None),
			(Work::Calls(_), State::Redeeming { until, .. }) => Ok(Some(*until)),
			(Work::Calls(_), _) => Err(Error::<T>::LeaseNotActive),
		}
	}
}
