//! Who attests. Writes `Validators`, `Attestors` and `Records` (their amounts: `escrow`, their
//! sequence: `votes`, their ejection: `faults`).

use crate::{
	crypto::AuthorityId,
	types::{Member, Members, Unlocking, MAX_ATTESTORS},
	Attestors, Config, DoubleVotes, Error, Event, Pallet, Params, Records, RewardIndex, Validators,
};
use alloc::{collections::BTreeSet, vec::Vec};
use core::cmp::Reverse;
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::traits::Zero;
use terminal_primitives::Balance;

impl<T: Config> Pallet<T> {
	/// See the call `bond_attestor`.
	pub(crate) fn do_bond(who: T::AccountId, amount: Balance) -> DispatchResult {
		let mut record = Records::<T>::get(&who).unwrap_or_default();
		let bond = record
			.bond
			.checked_add(amount)
			.ok_or(Error::<T>::BondTooSmall)?;
		ensure!(
			bond >= Params::<T>::get().min_bond,
			Error::<T>::BondTooSmall
		);
		Self::hold_bond(&who, amount)?;

		// Nothing fails from here on.
		record.bond = bond;
		let validators = Validators::<T>::get();
		if let Some(member) = validators.iter().find(|member| member.account == who) {
			remember_key(&mut record.keys, member.key.clone());
		}
		Records::<T>::insert(&who, record);
		Self::refresh([&who]);
		Self::deposit_event(Event::AttestorBonded { who, amount, bond });
		Ok(())
	}

	/// See the call `unbond_attestor`.
	pub(crate) fn do_unbond(who: T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::BondTooSmall);
		let params = Params::<T>::get();
		let mut record = Records::<T>::get(&who).ok_or(Error::<T>::NotAMember)?;
		let bond = record
			.bond
			.checked_sub(amount)
			.ok_or(Error::<T>::BondTooSmall)?;
		ensure!(
			bond.is_zero() || bond >= params.min_bond,
			Error::<T>::BondTooSmall
		);
		let at = crate::now_block::<T>().saturating_add(params.unbonding_blocks);
		let pushed = record.unlocking.try_push(Unlocking { amount, at });
		pushed.map_err(|_| Error::<T>::TooManyUnlocking)?;

		// Nothing fails from here on.
		record.bond = bond;
		Records::<T>::insert(&who, record);
		Self::refresh([&who]);
		Self::deposit_event(Event::AttestorUnbonded {
			who,
			amount,
			withdrawable_at: at,
		});
		Ok(())
	}

	/// See the call `withdraw_attestor`.
	pub(crate) fn do_withdraw(who: T::AccountId) -> DispatchResult {
		let now = crate::now_block::<T>();
		let mut record = Records::<T>::get(&who).ok_or(Error::<T>::NotAMember)?;
		let before = record.held();
		record.unlocking.retain(|chunk| chunk.at > now);
		let amount = before.saturating_sub(record.held());
		// A record that slashes emptied is withdrawn, too.
		ensure!(
			!amount.is_zero() || before.is_zero(),
			Error::<T>::NothingToWithdraw
		);
		Self::release_bond(&who, amount)?;

		// Nothing fails from here on.
		if record.held().is_zero() {
			// Not active any more since its bond fell below the least one: nothing to settle.
			Records::<T>::remove(&who);
			let cleared = DoubleVotes::<T>::clear_prefix(&who, 64, None);
			if cleared.maybe_cursor.is_some() {
				log::warn!(target: crate::LOG_TARGET, "double votes of {who:?} left behind");
			}
		} else {
			Records::<T>::insert(&who, record);
		}
		Self::deposit_event(Event::AttestorWithdrew { who, amount });
		Ok(())
	}

	/// Take the validators of a session and their keys.
	pub(crate) fn set_validators(validators: impl Iterator<Item = (T::AccountId, AuthorityId)>) {
		let mut by_bond: Vec<(Balance, Member<T::AccountId>)> = validators
			.map(|(account, key)| {
				let bond = Records::<T>::get(&account).map(|record| record.bond);
				(bond.unwrap_or_default(), Member { account, key })
			})
			.collect();
		if by_bond.len() > MAX_ATTESTORS as usize {
			by_bond.sort_by_key(|(bond, _)| Reverse(*bond));
		}
		let members: Vec<_> = by_bond.into_iter().map(|(_, member)| member).collect();
		let members = Members::<T::AccountId>::truncate_from(members);
		for member in &members {
			Records::<T>::mutate(&member.account, |record| {
				if let Some(record) = record {
					remember_key(&mut record.keys, member.key.clone());
				}
			});
		}
		Validators::<T>::put(members);
		Self::refresh_active();
	}

	/// Recompute who is active: validators with the least bond that are not ejected.
	pub(crate) fn refresh_active() {
		let validators = Validators::<T>::get();
		let accounts: Vec<_> = validators.iter().map(|member| &member.account).collect();
		let gone: Vec<_> = Attestors::<T>::get()
			.into_iter()
			.map(|member| member.account)
			.filter(|account| !accounts.contains(&account))
			.collect();
		// Who is gone leaves first: a full set has no room for who enters.
		Self::refresh(gone.iter().chain(accounts));
		// Keys may have changed, too.
		let active: BTreeSet<_> = Attestors::<T>::get()
			.into_iter()
			.map(|member| member.account)
			.collect();
		let members = validators
			.into_iter()
			.filter(|member| active.contains(&member.account));
		Attestors::<T>::put(Members::<T::AccountId>::truncate_from(members.collect()));
	}

	/// Recompute whether these are active. Settles the rewards of those who leave, notes the
	/// reward index of those who enter.
	pub(crate) fn refresh<'a>(accounts: impl IntoIterator<Item = &'a T::AccountId>)
	where
		T::AccountId: 'a,
	{
		let now = crate::now_block::<T>();
		let min_bond = Params::<T>::get().min_bond;
		let index = RewardIndex::<T>::get();
		let validators = Validators::<T>::get();
		let mut active = Attestors::<T>::get();
		for account in accounts {
			let Some(mut record) = Records::<T>::get(account) else {
				active.retain(|member| &member.account != account);
				continue;
			};
			let validator = validators.iter().find(|member| &member.account == account);
			let fit = record.bond >= min_bond && record.ejected_until <= now;
			let was = active.iter().any(|member| &member.account == account);
			match validator.filter(|_| fit) {
				Some(member) if !was => {
					record.reward_index = index;
					if active.try_push(member.clone()).is_err() {
						log::error!(target: crate::LOG_TARGET, "more attestors than validators");
					}
				},
				Some(_) => continue,
				None if was => {
					active.retain(|member| &member.account != account);
					Self::settle_index(account, &mut record);
				},
				None => continue,
			}
			Records::<T>::insert(account, record);
		}
		Attestors::<T>::put(active);
	}
}

/// Keep the latest keys, the present one last.
fn remember_key<Bound: frame_support::traits::Get<u32>>(
	keys: &mut frame_support::BoundedVec<AuthorityId, Bound>,
	key: AuthorityId,
) {
	keys.retain(|known| known != &key);
	if keys.is_full() {
		keys.remove(0);
	}
	if keys.try_push(key).is_err() {
		log::error!(target: crate::LOG_TARGET, "a list of keys without room");
	}
}
