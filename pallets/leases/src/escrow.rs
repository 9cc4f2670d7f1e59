//! Every movement of funds. Nothing outside this file touches a hold.
//!
//! The consumer's funds stay in the consumer's account under three holds: the escrow, the opening
//! deposit and prepaid postings. They leave a hold as a credit (a slash, which no freeze can
//! block) that is given, whole, to payees, treasury, attestors and the burn. A payee that cannot
//! receive gets a claim on the pot instead of failing the others.
//!
//! The escrow is in what the lease is paid in, TCT or an asset, by the same code: how either moves
//! is [`Purse`](terminal_primitives::purse::Purse)'s business. Deposits and postings are in TCT.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	pricing::*, types::*, Claims, Config, CreditOf, Error, Event, FundsOf, HoldReason, Pallet,
	PurseOf,
};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	storage::with_storage_layer,
	traits::{
		tokens::{Fortitude, Preservation},
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
	market::{ModelRegistry, Royalties},
	purse::Funds,
	AssetId, Balance, LeaseId, VersionId,
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

	/// Put TCT of `who` on hold. Locked funds will do: a hold takes them nowhere.
	pub(crate) fn hold(who: &T::AccountId, why: HoldReason, amount: Balance) -> DispatchResult {
		Self::hold_in(None, who, why, amount)
	}

	fn hold_in(
		asset: Option<AssetId>,
		who: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let liquid = PurseOf::<T>::liquid(asset, who, Preservation::Protect, Fortitude::Force);
		ensure!(amount <= liquid, Error::<T>::InsufficientBalance);
		PurseOf::<T>::hold(asset, &reason::<T>(why), who, amount)
	}

	/// Move funds of `donor` into the escrow of `lease`, on hold in its consumer's account.
	pub(crate) fn deposit(
		donor: &T::AccountId,
		lease: &mut Lease<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		let asset = lease.asset;
		if donor == &lease.consumer {
			Self::hold_in(asset, donor, HoldReason::Escrow, amount)?;
		} else {
			let liquid =
				PurseOf::<T>::liquid(asset, donor, Preservation::Preserve, Fortitude::Polite);
			ensure!(amount <= liquid, Error::<T>::InsufficientBalance);
			let why = reason::<T>(HoldReason::Escrow);
			PurseOf::<T>::move_to_hold(asset, &why, donor, &lease.consumer, amount)?;
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
		let (protect, polite) = (Preservation::Protect, Fortitude::Polite);
		let liquid = PurseOf::<T>::liquid(lease.asset, &consumer, protect, polite);
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

	/// Whether the issuer of what a lease is paid in keeps its consumer from funding it.
	pub(crate) fn is_frozen(lease: &Lease<T::AccountId>) -> bool {
		PurseOf::<T>::is_frozen(lease.asset, &lease.consumer)
	}

	/// Hand `amount` of the escrow of `from` on to `to`, another lease of the same consumer and in
	/// the same money: it stays on hold where it is.
	pub(crate) fn hand_on(
		from: &mut Lease<T::AccountId>,
		to: &mut Lease<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		let fits = from.consumer == to.consumer && from.asset == to.asset;
		ensure!(fits, Error::<T>::EscrowShort);
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
			(lease.asset, HoldReason::Escrow, lease.books.held),
			(None, HoldReason::OpeningDeposit, lease.deposit),
		];
		for (asset, why, amount) in holds {
			if to != &lease.consumer && !amount.is_zero() {
				PurseOf::<T>::hand_over(asset, &reason::<T>(why), &lease.consumer, to, amount)?;
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
		let funds = Self::take_escrow(lease, fee)?;
		Self::give(arbiter, funds);
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

		let lease_split = split_fee(terms, lease_fee);
		let model_split = split_fee(terms, model_fee);
		let funds = Self::take_escrow(lease, what.total())?;
		lease.books = after;
		let (to_provider, funds) = funds.split(paid);
		let (to_version, funds) = funds.split(royalty);
		let (of_lease, of_model) = funds.split(lease_fee);
		Self::give(&lease.provider, to_provider);
		Self::give_royalty(lease.version, to_version);
		Self::give_fee(id, lease_split, BurnSource::LeaseFee, of_lease);
		Self::give_fee(id, model_split, BurnSource::ModelFee, of_model);
		Self::deposit_event(Event::LeasePaid {
			lease: id,
			asset: lease.asset,
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
		Self::release_in(lease.asset, &lease.consumer, HoldReason::Escrow, amount)?;
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
			let funds = Self::take(None, &lease.consumer, HoldReason::OpeningDeposit, amount)?;
			Self::give(who, funds);
		}
		lease.deposit = lease.deposit.saturating_sub(amount);
		Ok(())
	}

	/// Pay the attestors of a job that was paid in an asset, in TCT out of the opening deposit.
	pub(crate) fn pay_attestation(id: LeaseId, lease: &mut Lease<T::AccountId>) -> DispatchResult {
		let attestors = lease.attestation().min(lease.deposit);
		if attestors.is_zero() {
			return Ok(());
		}
		let split = FeeSplit {
			attestors,
			..Default::default()
		};
		let funds = Self::take(None, &lease.consumer, HoldReason::OpeningDeposit, attestors)?;
		Self::give_fee(id, split, BurnSource::LeaseFee, funds);
		lease.deposit = lease.deposit.saturating_sub(attestors);
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
		let funds = Self::take(None, consumer, HoldReason::Posting, posting)?;
		Self::give(answerer, funds);
		Ok(())
	}

	/// Give a prepaid posting back to the consumer.
	pub(crate) fn return_posting(consumer: &T::AccountId, posting: Balance) -> DispatchResult {
		Self::release(consumer, HoldReason::Posting, posting)
	}

	/// Pay a claim out of the pot.
	pub(crate) fn do_claim(beneficiary: T::AccountId, asset: Option<AssetId>) -> DispatchResult {
		let amount = Claims::<T>::take(&beneficiary, asset).ok_or(Error::<T>::NothingToClaim)?;
		let (pot, why) = (Self::pot_account(), reason::<T>(HoldReason::Claim));
		PurseOf::<T>::pay_out(asset, &why, &pot, &beneficiary, amount)
			.map_err(|_| Error::<T>::CannotReceive)?;
		Self::deposit_event(Event::ClaimPaid {
			beneficiary,
			amount,
			asset,
		});
		Ok(())
	}

	/// What the pot keeps for claims, in base units; of TCT with its own existential deposit.
	#[cfg(any(feature = "std", feature = "try-runtime"))]
	pub(crate) fn in_pot(asset: Option<AssetId>) -> Balance {
		PurseOf::<T>::kept(asset, &reason::<T>(HoldReason::Claim), &Self::pot_account())
	}

	/// What of an account is on hold for this reason.
	#[cfg(any(feature = "std", feature = "try-runtime"))]
	pub(crate) fn on_hold(asset: Option<AssetId>, who: &T::AccountId, why: HoldReason) -> Balance {
		PurseOf::<T>::on_hold(asset, &reason::<T>(why), who)
	}

	fn take_escrow(lease: &Lease<T::AccountId>, amount: Balance) -> Result<FundsOf<T>, Error<T>> {
		Self::take(lease.asset, &lease.consumer, HoldReason::Escrow, amount)
	}

	/// Take `amount` out of a hold as a credit, whatever freezes there are.
	fn take(
		asset: Option<AssetId>,
		who: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) -> Result<FundsOf<T>, Error<T>> {
		// By LEASE-2 to LEASE-4 the hold covers it. The error rolls the whole call back.
		PurseOf::<T>::take(asset, &reason::<T>(why), who, amount).ok_or(Error::<T>::EscrowShort)
	}

	/// Let `amount` of a hold of TCT go free.
	fn release(who: &T::AccountId, why: HoldReason, amount: Balance) -> DispatchResult {
		Self::release_in(None, who, why, amount)
	}

	/// Let `amount` of a hold go free. Where the account cannot take it (its free balance is below the
	/// existential deposit, and with this still is; it is blocked, or the asset is frozen), it becomes
	/// a claim.
	fn release_in(
		asset: Option<AssetId>,
		who: &T::AccountId,
		why: HoldReason,
		amount: Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		let on_hold = PurseOf::<T>::on_hold(asset, &reason::<T>(why), who);
		ensure!(on_hold >= amount, Error::<T>::EscrowShort);
		if PurseOf::<T>::release(asset, &reason::<T>(why), who, amount).is_err() {
			let funds = Self::take(asset, who, why, amount)?;
			Self::give(who, funds);
		}
		Ok(())
	}

	/// Give funds to `who`, or else to the pot, with a claim for `who`.
	fn give(who: &T::AccountId, funds: FundsOf<T>) {
		if funds.amount().is_zero() {
			return;
		}
		let Err(funds) = PurseOf::<T>::give(who, funds) else {
			return;
		};
		let (amount, asset) = (funds.amount(), funds.asset());
		let pot = Self::pot_account();
		match PurseOf::<T>::keep(&reason::<T>(HoldReason::Claim), &pot, funds) {
			Ok(()) => {
				Claims::<T>::mutate(who, asset, |claim| {
					*claim = Some(claim.unwrap_or_default().saturating_add(amount))
				});
				Self::deposit_event(Event::ClaimRecorded {
					beneficiary: who.clone(),
					amount,
					asset,
				});
			},
			// Dust for an account that does not exist, and a pot that does not either.
			Err(Funds::Native(credit)) => Self::burn(BurnSource::Dust, credit),
			// Entering a hold of the pot cannot fail: its reasons are as many as there are.
			Err(Funds::Asset(credit)) => log::error!(
				target: crate::LOG_TARGET,
				"{} of asset {} burned: report it",
				credit.peek(),
				credit.asset(),
			),
		}
	}

	/// TCT waits for the version's owner in models; of an asset it is paid.
	fn give_royalty(version: Option<VersionId>, funds: FundsOf<T>) {
		match (version, funds) {
			(Some(version), Funds::Native(credit)) if !credit.peek().is_zero() => {
				T::Royalties::accrue(version, credit)
			},
			// Nothing is due to a model that the lease does not name: the credit is empty.
			(_, Funds::Native(credit)) => Self::burn(BurnSource::Dust, credit),
			(version, funds @ Funds::Asset(_)) => {
				// Versions are never removed.
				let owner = version.and_then(T::Models::terms).map(|terms| terms.owner);
				Self::give(&owner.unwrap_or_else(T::TreasuryAccount::get), funds)
			},
		}
	}

	fn give_fee(id: LeaseId, split: FeeSplit, source: BurnSource, fee: FundsOf<T>) {
		let fee = match fee {
			Funds::Native(credit) => credit,
			// Its split says the same: all is the treasury's.
			funds @ Funds::Asset(_) => return Self::give(&T::TreasuryAccount::get(), funds),
		};
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
