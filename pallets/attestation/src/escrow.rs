//! Funds: attestors' bonds on hold, and the pot of rewards. The only file that moves any. Writes
//! `Rewards`, `RewardIndex`, `Owed`, `Unallocated`, and the amounts in `Records`.
//!
//! Rounding: shares of a reward round down, what is left is handed out with the next one; a
//! slash rounds up.

use crate::{
	faults::part,
	lifecycle::Kind,
	types::{Attestor, Ballot},
	Attestors, Ballots, Committees, Config, CreditOf, Error, Event, HoldReason, Owed, Pallet,
	Records, RewardIndex, Rewards, TaskOfLease, Tasks, Unallocated,
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{
		fungible::{Balanced, BalancedHold, Mutate, MutateHold},
		tokens::{Precision, Preservation},
		Get, Imbalance,
	},
	PalletId,
};
use sp_runtime::traits::{AccountIdConversion, Zero};
use terminal_primitives::{
	ledger::{BurnLedger, BurnSource},
	Balance, LeaseId,
};

/// A fee is split among the voters themselves up to so many; else among all active attestors.
pub(crate) const MAX_PAID: usize = 32;

impl<T: Config> Pallet<T> {
	/// The account that holds rewards until they are claimed.
	pub fn pot() -> T::AccountId {
		let id: PalletId = T::PotId::get();
		id.into_account_truncating()
	}

	/// Put `amount` more on hold.
	pub(crate) fn hold_bond(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold(&HoldReason::AttestorBond.into(), who, amount)
	}

	/// Give `amount` on hold back.
	pub(crate) fn release_bond(who: &T::AccountId, amount: Balance) -> DispatchResult {
		let reason = HoldReason::AttestorBond.into();
		T::Currency::release(&reason, who, amount, Precision::Exact).map(|_| ())
	}

	/// Take up to `amount` of a bond (what is bonded first, then what is on its way out):
	/// `share_ppm` of it to `payee`, the rest is burned. Returns (taken, paid).
	pub(crate) fn seize(
		who: &T::AccountId,
		amount: Balance,
		payee: Option<&T::AccountId>,
		share_ppm: u32,
	) -> (Balance, Balance) {
		let Some(mut record) = Records::<T>::get(who) else {
			return (0, 0);
		};
		let amount = amount.min(record.held());
		let reason = HoldReason::AttestorBond.into();
		let (credit, missing) = T::Currency::slash(&reason, who, amount);
		if !missing.is_zero() {
			log::error!(target: crate::LOG_TARGET, "{missing} of a bond was not on hold");
		}
		let taken = credit.peek();
		take_from(&mut record, taken);
		Records::<T>::insert(who, record);

		let mut paid = 0;
		let mut rest = credit;
		if let Some(payee) = payee {
			// The share rounds up, but never over the whole.
			let share = part(taken, share_ppm).min(taken);
			let (reward, burned) = rest.split(share);
			rest = match T::Currency::resolve(payee, reward) {
				Ok(()) => {
					paid = share;
					burned
				},
				// A dead account and too little to open one: burned with the rest.
				Err(reward) => burned.merge(reward),
			};
		}
		T::Burn::burn(BurnSource::Slash, rest);
		(taken, paid)
	}

	/// Take an attestors' fee into the pot and credit it: to the members whose vote was the
	/// outcome, else to all active attestors alike.
	pub(crate) fn do_attestor_fee(lease: LeaseId, credit: CreditOf<T>) {
		let amount = credit.peek();
		if amount.is_zero() {
			return;
		}
		if let Err(credit) = T::Currency::resolve(&Self::pot(), credit) {
			// The pot does not exist yet and this is below the existential deposit.
			T::Burn::burn(BurnSource::LeaseFee, credit);
			return;
		}
		let voters = Self::rewarded_voters(lease);
		let total = amount.saturating_add(Unallocated::<T>::take());
		let left = if voters.is_empty() || voters.len() > MAX_PAID {
			Self::credit_all(total)
		} else {
			Self::credit_each(&voters, total)
		};
		Unallocated::<T>::put(left);
		Self::deposit_event(Event::FeeReceived { lease, amount });
	}

	fn rewarded_voters(lease: LeaseId) -> Vec<T::AccountId> {
		let Some(id) = TaskOfLease::<T>::get(lease) else {
			return Vec::new();
		};
		let Some(task) = Tasks::<T>::get(id) else {
			return Vec::new();
		};
		let outcome = match Kind::of(&task.phase) {
			Kind::Passed => Ballot::Pass,
			Kind::Faulted => Ballot::Fail,
			Kind::Unanswered => Ballot::Unavailable,
			Kind::AwaitingDraw | Kind::Voting | Kind::DataChallenge => return Vec::new(),
		};
		let Some(committee) = Committees::<T>::get(id, task.attempt) else {
			return Vec::new();
		};
		Ballots::<T>::get(id, task.attempt)
			.cast
			.into_iter()
			.filter(|(_, ballot)| *ballot == outcome)
			.filter_map(|(seat, _)| committee.members.get(usize::from(seat)))
			.map(|member| member.account.clone())
			.collect()
	}

	/// Credit equal shares; returns what could not be divided.
	fn credit_each(voters: &[T::AccountId], total: Balance) -> Balance {
		let count = Balance::try_from(voters.len()).unwrap_or(Balance::MAX);
		let each = total.checked_div(count).unwrap_or_default();
		if each.is_zero() {
			return total;
		}
		for voter in voters {
			Rewards::<T>::mutate(voter, |sum| *sum = sum.saturating_add(each));
		}
		let credited = each.saturating_mul(count);
		Owed::<T>::mutate(|sum| *sum = sum.saturating_add(credited));
		total.saturating_sub(credited)
	}

	/// Credit every active attestor by the index; returns what could not be divided.
	fn credit_all(total: Balance) -> Balance {
		let active = Attestors::<T>::decode_len().unwrap_or_default();
		let count = Balance::try_from(active).unwrap_or(Balance::MAX);
		let each = total.checked_div(count).unwrap_or_default();
		if each.is_zero() {
			return total;
		}
		RewardIndex::<T>::mutate(|index| *index = index.saturating_add(each));
		let credited = each.saturating_mul(count);
		Owed::<T>::mutate(|sum| *sum = sum.saturating_add(credited));
		total.saturating_sub(credited)
	}

	/// Move what the index credited to an active attestor into its rewards.
	pub(crate) fn settle_index(who: &T::AccountId, record: &mut Attestor) {
		let index = RewardIndex::<T>::get();
		let earned = index.saturating_sub(record.reward_index);
		record.reward_index = index;
		if !earned.is_zero() {
			Rewards::<T>::mutate(who, |sum| *sum = sum.saturating_add(earned));
		}
	}

	/// See the call `claim_reward`.
	pub(crate) fn do_claim_reward(who: &T::AccountId) -> DispatchResult {
		if Attestors::<T>::get()
			.iter()
			.any(|member| &member.account == who)
		{
			if let Some(mut record) = Records::<T>::get(who) {
				Self::settle_index(who, &mut record);
				Records::<T>::insert(who, record);
			}
		}
		let amount = Rewards::<T>::take(who);
		ensure!(!amount.is_zero(), Error::<T>::NothingToClaim);
		// The pot stays open: its last existential deposit waits for the next fee.
		T::Currency::transfer(&Self::pot(), who, amount, Preservation::Preserve)?;
		Owed::<T>::mutate(|sum| *sum = sum.saturating_sub(amount));
		Self::deposit_event(Event::RewardClaimed {
			who: who.clone(),
			amount,
		});
		Ok(())
	}
}

/// Take `amount` off the record: the bond first, then the chunks from the latest to the earliest.
fn take_from(record: &mut Attestor, amount: Balance) {
	let mut left = amount;
	let from_bond = left.min(record.bond);
	record.bond = record.bond.saturating_sub(from_bond);
	left = left.saturating_sub(from_bond);
	for chunk in record.unlocking.iter_mut().rev() {
		let from_chunk = left.min(chunk.amount);
		chunk.amount = chunk.amount.saturating_sub(from_chunk);
		left = left.saturating_sub(from_chunk);
	}
	record.unlocking.retain(|chunk| !chunk.amount.is_zero());
}
