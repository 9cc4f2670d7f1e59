//! Every movement of funds. Nothing outside this file touches a hold.
//!
//! The consumer's funds stay in the consumer's account under three holds: the escrow, the opening
//! deposit and prepaid postings. They leave a hold as a credit (a slash, which no freeze can
//! block) that is given, whole, to payees, treasury, attestors and the burn. A payee that cannot
//! receive gets a claim on the pot instead of failing the others.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{pricing::*, types::*, Claims, Config, CreditOf, Error, Event, HoldReason, Pallet};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Balanced, BalancedHold, Inspect, InspectHold, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get, Imbalance, OnUnbalanced,
	},
};
use sp_runtime::{
	traits::{AccountIdConversion, Zero},
	DispatchError,
};
use terminal_primitives::{
	hooks::OnAttestorFee,
	ledger::{BurnLedger, BurnSource},
	market::Royalties,
	Balance, LeaseId,
};

/// A hold reason as the runtime names it.
fn reason<T: Config>(reason: HoldReason) -> T::RuntimeHoldReason {
	reason.into()
}

impl<T: Config> Pallet<T> {
	/// Where claims lie. The chain's genesis endows it with one existential deposit.
	pub fn pot_account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Put funds of `who` on hold.
	pub(crate) fn hold(who: &T::AccountId, why: HoldReason, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let why = reason::<T>(why);
		let liquid = T::Currency::reducible_balance(who, Preservation::Protect, Fortitude::Force);
		ensure!(amount <= liquid, Error::<T>::InsufficientBalance);
		T::Currency::hold(&why, who, amount)
	}

	/// Move funds of `donor` into the escrow of `lease`, on hold in its consumer's account.
	pub(crate) fn deposit(
		donor: &T::AccountId,
		lease: &mut Lease<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		if donor == &lease.consumer {
			Self::hold(donor, HoldReason::Escrow, amount)?;
		} else {
			let liquid =
				T::Currency::reducible_balance(donor, Preservation::Preserve, Fortitude::Polite);
			ensure!(amount <= liquid, Error::<T>::InsufficientBalance);
			T::Currency::transfer_and_hold(
				&reason::<T>(HoldReason::Escrow),
				donor,
				&lease.consumer,
				amount,
				Precision::Exact,
				Preservation::Preserve,
				Fortitude::Polite,
			)?;
		}
		let books = &mut lease.books;
		books.deposited = books
			.deposited
			.checked_add(amount)
			.ok_or(Error::<T>::PriceOverflow)?;
		books.held = books
			.held
			.checked_add(amount)
			.ok_or(Error::<T>::PriceOverflow)?;
		Ok(())
	}

	/// Move up to `wanted` from the consumer's wallet into the escrow; less, or nothing, where the
	/// wallet holds less. Returns how much it was. A call from too deep inside others fails: or it
	/// could make a wallet look empty.
	pub(crate) fn pull(
		lease: &mut Lease<T::AccountId>,
		wanted: Balance,
	) -> Result<Balance, DispatchError> {
		let consumer = lease.consumer.clone();
		let liquid =
			T::Currency::reducible_balance(&consumer, Preservation::Protect, Fortitude::Polite);
		let amount = wanted.min(liquid);
		let before = lease.books;
		match with_storage_layer(|| Self::deposit(&consumer, lease, amount)) {
			Ok(()) => Ok(amount),
			Err(error @ DispatchError::Transactional(_)) => Err(error),
			Err(_) => {
				lease.books = before;
				Ok(0)
			},
		}
	}

	/// Hand `amount` of the escrow of `from` on to `to`, another lease of the same consumer: it
	/// stays on hold where it is.
	pub(crate) fn hand_on(
		from: &mut Lease<T::AccountId>,
		to: &mut Lease<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		ensure!(from.consumer == to.consumer, Error::<T>::EscrowShort);
		let (old, new) = (&mut from.books, &mut to.books);
		old.held = old
			.held
			.checked_sub(amount)
			.ok_or(Error::<T>::EscrowShort)?;
		old.moved_out = old.moved_out.saturating_add(amount);
		new.held = new.held.saturating_add(amount);
		new.moved_in = new.moved_in.saturating_add(amount);
		Ok(())
	}

	/// Make `to` the consumer: escrow and opening deposit move from hold to hold.
	pub(crate) fn hand_over(lease: &mut Lease<T::AccountId>, to: &T::AccountId) -> DispatchResult {
		let holds = [
			(HoldReason::Escrow, lease.books.held),
			(HoldReason::OpeningDeposit, lease.deposit),
		];
		for (why, amount) in holds {
			if to != &lease.consumer && !amount.is_zero() {
				T::Currency::transfer_on_hold(
					&reason::<T>(why),
					&lease.consumer,
					to,
					amount,
					Precision::Exact,
					Restriction::OnHold,
					Fortitude::Force,
				)?;
			}
		}
		lease.consumer = to.clone();
		Ok(())
	}

	/// Pay the arbiter, at most what is held. Returns how much it was.
	pub(crate) fn pay_arbiter(
		lease: &mut Lease<T::AccountId>,
		arbiter: &T::AccountId,
		fee: Balance,
	) -> Result<Balance, Error<T>> {
		let fee = fee.min(lease.books.held);
		let credit = Self::take(&lease.consumer, HoldReason::Escrow, fee)?;
		Self::give(arbiter, credit);
		lease.books.held = lease.books.held.saturating_sub(fee);
		lease.books.arbitration = lease.books.arbitration.saturating_add(fee);
		Ok(fee)
	}

	/// Pay out of the escrow: fee, provider, model version. `what` is at most what is held.
	pub(crate) fn pay(id: LeaseId, lease: &mut Lease<T::AccountId>, what: Draw) -> DispatchResult {
		if what.total().is_zero() {
			return Ok(());
		}
		let books = lease.books;
		let terms = &lease.terms;
		let lease_fee = fee(
			terms.fee,
			books.provider_gross(),
			books.lease_fee,
			what.provider,
		);
		let model_fee = fee(
			terms.fee,
			books.royalty_gross(),
			books.model_fee,
			what.royalty,
		);
		let paid = what.provider.saturating_sub(lease_fee);
		let royalty = what.royalty.saturating_sub(model_fee);
		let after = Books {
			held: books
				.held
				.checked_sub(what.total())
				.ok_or(Error::<T>::EscrowShort)?,
			paid: books.paid.saturating_add(paid),
			royalty: books.royalty.saturating_add(royalty),
			lease_fee: books.lease_fee.saturating_add(lease_fee),
			model_fee: books.model_fee.saturating_add(model_fee),
			..books
		};

		let credit = Self::take(&lease.consumer, HoldReason::Escrow, what.total())?;
		lease.books = after;
		let (provider_credit, credit) = credit.split(paid);
		let (royalty_credit, credit) = credit.split(royalty);
		let (lease_fee_credit, model_fee_credit) = credit.split(lease_fee);
		Self::give(&lease.provider, provider_credit);
		if let Some(version) = lease.version.filter(|_| !royalty.is_zero()) {
			T::Royalties::accrue(version, royalty_credit);
		} else {
			// Nothing is due to a model that the lease does not name: the credit is empty.
			Self::burn(BurnSource::Dust, royalty_credit);
		}
		let lease_split = split_fee(terms, lease_fee);
		let model_split = split_fee(terms, model_fee);
		Self::give_fee(id, lease_split, BurnSource::LeaseFee, lease_fee_credit);
		Self::give_fee(id, model_split, BurnSource::ModelFee, model_fee_credit);
		Self::deposit_event(Event::LeaseSettled {
			lease: id,
			paid,
			royalty,
			burned: lease_split.burned.saturating_add(model_split.burned),
			treasury: lease_split.treasury.saturating_add(model_split.treasury),
			attestors: lease_split.attestors.saturating_add(model_split.attestors),
		});
		Ok(())
	}

	/// Give `amount` of the escrow back to the consumer. At most what is held.
	pub(crate) fn refund(lease: &mut Lease<T::AccountId>, amount: Balance) -> DispatchResult {
		let books = &mut lease.books;
		let held = books
			.held
			.checked_sub(amount)
			.ok_or(Error::<T>::EscrowShort)?;
		Self::release(&lease.consumer, HoldReason::Escrow, amount)?;
		books.held = held;
		books.refunded = books.refunded.saturating_add(amount);
		Ok(())
	}

	/// Give all of the escrow back.
	pub(crate) fn refund_all(lease: &mut Lease<T::AccountId>) -> DispatchResult {
		Self::refund(lease, lease.books.held)
	}

	/// Pay `amount`, or what there is, out of the opening deposit to `who`.
	pub(crate) fn pay_from_deposit(
		lease: &mut Lease<T::AccountId>,
		who: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let amount = amount.min(lease.deposit);
		if who == &lease.consumer {
			Self::release(&lease.consumer, HoldReason::OpeningDeposit, amount)?;
		} else {
			let credit = Self::take(&lease.consumer, HoldReason::OpeningDeposit, amount)?;
			Self::give(who, credit);
		}
		lease.deposit = lease.deposit.saturating_sub(amount);
		Ok(())
	}

	/// Give what is left of the opening deposit back, less the reward of `finisher`, if there is
	/// one.
	pub(crate) fn return_deposit(
		lease: &mut Lease<T::AccountId>,
		finisher: Option<&T::AccountId>,
	) -> DispatchResult {
		if let Some(finisher) = finisher {
			Self::pay_from_deposit(lease, finisher, lease.terms.finish_reward)?;
		}
		Self::release(&lease.consumer, HoldReason::OpeningDeposit, lease.deposit)?;
		lease.deposit = Zero::zero();
		Ok(())
	}

	/// Put the posting of a demanded leaf on hold.
	pub(crate) fn prepay(consumer: &T::AccountId, posting: Balance) -> DispatchResult {
		Self::hold(consumer, HoldReason::Posting, posting)
	}

	/// Give a prepaid posting to who answered.
	pub(crate) fn pay_posting(
		consumer: &T::AccountId,
		answerer: &T::AccountId,
		posting: Balance,
	) -> DispatchResult {
		let credit = Self::take(consumer, HoldReason::Posting, posting)?;
		Self::give(answerer, credit);
		Ok(())
	}

	/// Give a prepaid posting back to the consumer.
	pub(crate) fn return_posting(consumer: &T::AccountId, posting: Balance) -> DispatchResult {
		Self::release(consumer, HoldReason::Posting, posting)
	}

	/// Pay a claim out of the pot.
	pub(crate) fn do_claim(beneficiary: T::AccountId) -> DispatchResult {
		let amount = Claims::<T>::take(&beneficiary).ok_or(Error::<T>::NothingToClaim)?;
		let pot = Self::pot_account();
		T::Currency::transfer(&pot, &beneficiary, amount, Preservation::Preserve)
			.map_err(|_| Error::<T>::CannotReceive)?;
		Self::deposit_event(Event::ClaimPaid {
			beneficiary,
			amount,
		});
		Ok(())
	}

	/// Take `amount` out of a hold as a credit, whatever freezes there are.
	fn take(who: &T::AccountId, why: HoldReason, amount: Balance) -> Result<CreditOf<T>, Error<T>> {
		let (credit, missing) = T::Currency::slash(&reason::<T>(why), who, amount);
		// By LEASE-2 to LEASE-4 the hold covers it. The error rolls the whole call back.
		ensure!(missing.is_zero(), Error::<T>::EscrowShort);
		Ok(credit)
	}

	/// Let `amount` of a hold go free. Where the account cannot take it (its free balance is below the
	/// existential deposit, and with this still is), it becomes a claim.
	fn release(who: &T::AccountId, why: HoldReason, amount: Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		ensure!(
			T::Currency::balance_on_hold(&reason::<T>(why), who) >= amount,
			Error::<T>::EscrowShort
		);
		// Where nothing but this hold keeps a wallet of dust alive, a release would count that dust in
		// before the wallet is swept, and `amount` would go with it to nobody.
		let lives = T::Currency::balance(who) >= T::Currency::minimum_balance();
		if !lives || T::Currency::release(&reason::<T>(why), who, amount, Precision::Exact).is_err()
		{
			let credit = Self::take(who, why, amount)?;
			Self::give(who, credit);
		}
		Ok(())
	}

	/// Give a credit to `who`, or else to the pot, with a claim for `who`.
	fn give(who: &T::AccountId, credit: CreditOf<T>) {
		if credit.peek().is_zero() {
			return;
		}
		let Err(credit) = T::Currency::resolve(who, credit) else {
			return;
		};
		let amount = credit.peek();
		match T::Currency::resolve(&Self::pot_account(), credit) {
			Ok(()) => {
				Claims::<T>::mutate(who, |claim| {
					*claim = Some(claim.unwrap_or_default().saturating_add(amount))
				});
				Self::deposit_event(Event::ClaimRecorded {
					beneficiary: who.clone(),
					amount,
				});
			},
			// Dust for an account that does not exist, and a pot that does not either.
			Err(credit) => Self::burn(BurnSource::Dust, credit),
		}
	}

	fn give_fee(id: LeaseId, split: FeeSplit, source: BurnSource, fee: CreditOf<T>) {
		let (treasury, fee) = fee.split(split.treasury);
		let (attestors, burned) = fee.split(split.attestors);
		if !treasury.peek().is_zero() {
			T::Treasury::on_unbalanced(treasury);
		}
		if !attestors.peek().is_zero() {
			T::AttestorFee::on_attestor_fee(id, attestors);
		}
		Self::burn(source, burned);
	}

	fn burn(source: BurnSource, credit: CreditOf<T>) {
		if !credit.peek().is_zero() {
			T::Burn::burn(source, credit);
		}
	}
}
