//! TCT and assets behind one set of movements, so that an escrow is written once.
//!
//! The SDK has no one type for both: pallet-assets mints, burns and makes credits, but holds are
//! pallet-assets-holder's, which makes none. [`Purse`] ties the three together. Every function names
//! the asset first; `None` is TCT.
//!
//! Two rules make it safe to use in a settlement that must not fail:
//!
//! - [`Purse::take`] and [`Purse::keep`] are entries in the ledger of holds alone: no freeze, block
//!   or death of an account, and no freeze of a whole asset, can stop them.
//! - What can fail ([`Purse::give`], [`Purse::release`]) changes nothing if it does, and returns the
//!   funds to whoever called.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{AssetId, Balance};
use core::{marker::PhantomData, mem};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible, fungibles,
		tokens::{Fortitude, Precision, Preservation, Restriction, WithdrawConsequence},
	},
};
use sp_runtime::TokenError;

/// Funds on their way from a hold to whom they are for.
#[must_use]
pub enum Funds<AccountId, Native, Assets>
where
	Native: fungible::Balanced<AccountId>,
	Assets: fungibles::Balanced<AccountId>,
{
	/// TCT.
	Native(fungible::Credit<AccountId, Native>),
	/// An asset.
	Asset(fungibles::Credit<AccountId, Assets>),
}

impl<AccountId, Native, Assets> Funds<AccountId, Native, Assets>
where
	Native: fungible::Balanced<AccountId, Balance = Balance>,
	Assets: fungibles::Balanced<AccountId, AssetId = AssetId, Balance = Balance>,
{
	/// How much, in base units.
	pub fn amount(&self) -> Balance {
		use frame_support::traits::Imbalance;
		match self {
			Self::Native(credit) => credit.peek(),
			Self::Asset(credit) => credit.peek(),
		}
	}

	/// What they are.
	pub fn asset(&self) -> Option<AssetId> {
		match self {
			Self::Native(_) => None,
			Self::Asset(credit) => Some(credit.asset()),
		}
	}

	/// At most `first`, and the rest.
	pub fn split(self, first: Balance) -> (Self, Self) {
		use frame_support::traits::Imbalance;
		match self {
			Self::Native(credit) => {
				let (one, other) = credit.split(first);
				(Self::Native(one), Self::Native(other))
			},
			Self::Asset(credit) => {
				let (one, other) = credit.split(first);
				(Self::Asset(one), Self::Asset(other))
			},
		}
	}
}

/// All movements of TCT (`Native`) and of assets (`Assets`, on hold by `Holds`).
pub struct Purse<AccountId, Native, Assets, Holds>(PhantomData<(AccountId, Native, Assets, Holds)>);

impl<AccountId, Native, Assets, Holds> Purse<AccountId, Native, Assets, Holds>
where
	AccountId: Eq,
	Native: fungible::Inspect<AccountId, Balance = Balance>
		+ fungible::Mutate<AccountId>
		+ fungible::MutateHold<AccountId>
		+ fungible::Balanced<AccountId>
		+ fungible::BalancedHold<AccountId>,
	Assets: fungibles::Inspect<AccountId, AssetId = AssetId, Balance = Balance>
		+ fungibles::Balanced<AccountId>,
	Holds: fungibles::Inspect<AccountId, AssetId = AssetId, Balance = Balance>
		+ fungibles::MutateHold<AccountId, Reason = Native::Reason>
		+ fungibles::UnbalancedHold<AccountId>,
{
	/// What of `who` is on hold for this reason.
	pub fn on_hold(asset: Option<AssetId>, why: &Native::Reason, who: &AccountId) -> Balance {
		match asset {
			None => Native::balance_on_hold(why, who),
			Some(id) => Holds::balance_on_hold(id, why, who),
		}
	}

	/// What `who` could spend. Of a frozen asset, or from a frozen account: nothing, forced or not.
	pub fn liquid(
		asset: Option<AssetId>,
		who: &AccountId,
		preservation: Preservation,
		force: Fortitude,
	) -> Balance {
		match asset {
			None => Native::reducible_balance(who, preservation, force),
			Some(id) => Assets::reducible_balance(id, who, preservation, force),
		}
	}

	/// Whether the issuer of an asset keeps `who` from spending it: by a freeze of the account or of
	/// the asset, or by destroying it. An empty wallet is not frozen, so nobody but the issuer makes
	/// one look so. TCT has no issuer.
	pub fn is_frozen(asset: Option<AssetId>, who: &AccountId) -> bool {
		asset.is_some_and(|id| {
			matches!(
				Assets::can_withdraw(id, who, 1),
				WithdrawConsequence::Frozen | WithdrawConsequence::UnknownAsset
			)
		})
	}

	/// Put funds of `who` on hold.
	pub fn hold(
		asset: Option<AssetId>,
		why: &Native::Reason,
		who: &AccountId,
		amount: Balance,
	) -> DispatchResult {
		match asset {
			None => Native::hold(why, who, amount),
			Some(id) => Holds::hold(id, why, who, amount),
		}
	}

	/// Move free funds of `from` to `to`, on hold there. An account needs some of an asset before it
	/// can hold it.
	pub fn move_to_hold(
		asset: Option<AssetId>,
		why: &Native::Reason,
		from: &AccountId,
		to: &AccountId,
		amount: Balance,
	) -> DispatchResult {
		let (exact, keep, polite) = (Precision::Exact, Preservation::Preserve, Fortitude::Polite);
		match asset {
			None => Native::transfer_and_hold(why, from, to, amount, exact, keep, polite),
			Some(id) => {
				Self::ensure_exists(id, to)?;
				Holds::transfer_and_hold(id, why, from, to, amount, exact, keep, polite)
			},
		}
		.map(drop)
	}

	/// Move what `from` has on hold to `to`, on hold there: as both want it, so not past a freeze of
	/// the asset's issuer.
	pub fn hand_over(
		asset: Option<AssetId>,
		why: &Native::Reason,
		from: &AccountId,
		to: &AccountId,
		amount: Balance,
	) -> DispatchResult {
		let (exact, on_hold, force) = (Precision::Exact, Restriction::OnHold, Fortitude::Force);
		match asset {
			None => Native::transfer_on_hold(why, from, to, amount, exact, on_hold, force),
			Some(id) => {
				Self::ensure_exists(id, to)?;
				ensure!(!Self::is_frozen(asset, from), TokenError::Frozen);
				Holds::transfer_on_hold(id, why, from, to, amount, exact, on_hold, force)
			},
		}
		.map(drop)
	}

	/// Let `amount` of a hold go free, or change nothing. An account whose free TCT is below the
	/// existential deposit cannot take it: where nothing but this hold keeps a wallet of dust alive,
	/// a release would count that dust in before the wallet is swept, and `amount` would go with it
	/// to nobody. Taken and given, it either revives the wallet or comes back to the caller.
	pub fn release(
		asset: Option<AssetId>,
		why: &Native::Reason,
		who: &AccountId,
		amount: Balance,
	) -> DispatchResult {
		match asset {
			None => {
				let lives = Native::balance(who) >= Native::minimum_balance();
				ensure!(lives, TokenError::BelowMinimum);
				Native::release(why, who, amount, Precision::Exact).map(drop)
			},
			// Of a frozen asset the holder lowers the hold and fails only then.
			Some(id) => with_storage_layer(|| {
				Holds::release(id, why, who, amount, Precision::Exact).map(drop)
			}),
		}
	}

	/// Take `amount` out of a hold, whatever freezes there are. `None`, and nothing taken, if the
	/// hold is short.
	pub fn take(
		asset: Option<AssetId>,
		why: &Native::Reason,
		who: &AccountId,
		amount: Balance,
	) -> Option<Funds<AccountId, Native, Assets>> {
		match asset {
			None => {
				let covered = Native::balance_on_hold(why, who) >= amount;
				covered.then(|| Funds::Native(Native::slash(why, who, amount).0))
			},
			Some(id) => {
				let taken =
					Holds::decrease_balance_on_hold(id, why, who, amount, Precision::Exact).ok()?;
				// The way to a credit that is open to others than pallet-assets itself.
				Some(Funds::Asset(
					fungibles::Dust::<AccountId, Assets>(id, taken).into_credit(),
				))
			},
		}
	}

	/// Give funds to `who`, or back to the caller if it cannot receive them.
	pub fn give(
		who: &AccountId,
		funds: Funds<AccountId, Native, Assets>,
	) -> Result<(), Funds<AccountId, Native, Assets>> {
		match funds {
			Funds::Native(credit) => Native::resolve(who, credit).map_err(Funds::Native),
			Funds::Asset(credit) => Assets::resolve(who, credit).map_err(Funds::Asset),
		}
	}

	/// Keep funds in a pot, for [`Self::pay_out`]: TCT as its free balance, an asset on hold, which
	/// needs neither an account nor anybody's leave.
	pub fn keep(
		why: &Native::Reason,
		pot: &AccountId,
		funds: Funds<AccountId, Native, Assets>,
	) -> Result<(), Funds<AccountId, Native, Assets>> {
		let credit = match funds {
			Funds::Native(credit) => {
				return Native::resolve(pot, credit).map_err(Funds::Native);
			},
			Funds::Asset(credit) => credit,
		};
		let (id, amount) = (credit.asset(), credit.peek());
		match Holds::increase_balance_on_hold(id, why, pot, amount, Precision::Exact) {
			Ok(_) => {
				// They are in the books of holds again: dropped, they would be burned.
				mem::forget(credit);
				Ok(())
			},
			Err(_) => Err(Funds::Asset(credit)),
		}
	}

	/// What a pot keeps, with its own existential deposit of TCT.
	pub fn kept(asset: Option<AssetId>, why: &Native::Reason, pot: &AccountId) -> Balance {
		match asset {
			None => Native::balance(pot),
			Some(id) => Holds::balance_on_hold(id, why, pot),
		}
	}

	/// Pay out of what a pot keeps. The caller undoes everything if it fails.
	pub fn pay_out(
		asset: Option<AssetId>,
		why: &Native::Reason,
		pot: &AccountId,
		to: &AccountId,
		amount: Balance,
	) -> DispatchResult {
		if asset.is_none() {
			return Native::transfer(pot, to, amount, Preservation::Preserve).map(drop);
		}
		let funds = Self::take(asset, why, pot, amount).ok_or(TokenError::FundsUnavailable)?;
		Self::give(to, funds).map_err(|funds| {
			// Back where they were, so that nothing is burned even if the caller forgets to undo.
			let _ = Self::keep(why, pot, funds);
			TokenError::CannotCreate.into()
		})
	}

	/// An account without any of an asset has no place for it either: what it held there would be
	/// nobody's account's.
	fn ensure_exists(id: AssetId, who: &AccountId) -> DispatchResult {
		ensure!(Assets::balance(id, who) > 0, TokenError::CannotCreate);
		Ok(())
	}
}
