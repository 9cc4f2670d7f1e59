//! The arbiter that both sides named, and nobody else.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{lifecycle::Step, pricing, types::*, Config, Error, Event, Leases, Pallet};
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::Perbill;
use terminal_primitives::{uptime::VerifiedUptime, Digest, LeaseId};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_dispute(who: T::AccountId, id: LeaseId, claim: Digest) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let side = Self::side(&lease, &who).ok_or(Error::<T>::NotParty)?;
		let has_arbiter = match &lease.work {
			Work::Metered(work) => work.terms.arbiter.is_some(),
			Work::Job(_) | Work::Calls(_) => return Err(Error::<T>::NotMetered.into()),
		};
		ensure!(has_arbiter, Error::<T>::NoArbiter);
		if Self::clock(&lease).is_some() {
			let proven = T::Uptime::read(lease.machine);
			let (outcome, payer) = Self::ending_by(id, &mut lease, Some(side), &proven)?;
			let spare = Self::wind_up(id, &mut lease, outcome, payer, &proven)?;
			Self::refund(&mut lease, spare)?;
		}
		let State::Closing {
			end,
			claim_until,
			outcome,
			early,
		} = lease.state
		else {
			return Err(Error::<T>::LeaseNotActive.into());
		};
		let now = crate::now_block::<T>();
		ensure!(now <= claim_until, Error::<T>::ClaimWindowOver);
		let until = now
			.saturating_add(lease.terms.arbitration_blocks)
			.max(claim_until);
		let state = State::Disputed {
			end,
			until,
			outcome,
			early,
		};
		Self::enter(id, &mut lease, Step::Dispute, state)?;
		let held = lease.books.held;
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseDisputed {
			lease: id,
			by: side,
			claim,
			held,
			until,
		});
		Ok(())
	}

	pub(crate) fn do_arbitrate(
		who: T::AccountId,
		id: LeaseId,
		provider_share: Perbill,
	) -> DispatchResult {
		let mut lease = Self::get(id)?;
		let State::Disputed { until, .. } = lease.state else {
			return Err(Error::<T>::LeaseNotDisputed.into());
		};
		let Work::Metered(work) = &lease.work else {
			return Err(Error::<T>::NotMetered.into());
		};
		let arbiter = work.terms.arbiter.clone().ok_or(Error::<T>::NoArbiter)?;
		ensure!(who == arbiter.account, Error::<T>::NotArbiter);
		ensure!(
			crate::now_block::<T>() <= until,
			Error::<T>::ArbitrationOver
		);
		let (rate, royalty_rate) = (work.provider_rate(), work.royalty_rate);
		let fee = Self::pay_arbiter(&mut lease, &who, arbiter.fee)?;
		let draw = pricing::split(lease.books.held, provider_share, rate, royalty_rate);
		Self::pay(id, &mut lease, draw)?;
		Self::record_judgement(&lease, provider_share);
		Self::deposit_event(Event::LeaseArbitrated {
			lease: id,
			arbiter: who,
			provider_share,
			fee,
		});
		Self::close_for_good(id, lease, Step::Arbitrate, Outcome::Arbitrated, None)
	}
}
