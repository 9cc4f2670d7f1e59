//! What every account has on the chain, read once for all that a step is compared with.

use super::*;
use frame_support::{pallet_prelude::ValueQuery, storage_alias, Blake2_128Concat};
use terminal_test_support::AccountId;

/// What is on hold of an asset: `pallet_assets_holder` keeps it to itself.
#[storage_alias]
type Holds = StorageDoubleMap<
	AssetsHolder,
	Blake2_128Concat,
	AssetId,
	Blake2_128Concat,
	AccountId,
	Held,
	ValueQuery,
>;
/// Why, and how much.
type Held = Vec<(RuntimeHoldReason, u128)>;

/// Everything that accounts have.
pub struct Books {
	free: BTreeMap<AccountId, u128>,
	/// `None`: of TCT.
	held: BTreeMap<(Option<AssetId>, AccountId), Held>,
	claims: BTreeMap<(Option<AssetId>, AccountId), u128>,
	/// Of the coin: how much is free, and what its issuer lets the account do.
	coins: BTreeMap<AccountId, (u128, May)>,
}

impl Books {
	/// As they are now.
	pub fn read() -> Self {
		let tct = pallet_balances::Holds::<Test>::iter().map(|(who, held)| {
			let held = held.into_iter().map(|hold| (hold.id, hold.amount));
			((None, who), held.collect())
		});
		let assets = Holds::iter().map(|(asset, who, held)| ((Some(asset), who), held));
		let claims = Claims::<Test>::iter().map(|(who, asset, claim)| ((asset, who), claim));
		let coins = pallet_assets::Account::<Test>::iter_prefix(TUSD).map(|(who, known)| {
			let may = match known.status {
				AccountStatus::Liquid => May::All,
				AccountStatus::Frozen => May::Receive,
				AccountStatus::Blocked => May::Nothing,
			};
			(who, (known.balance, may))
		});
		Self {
			free: frame_system::Account::<Test>::iter()
				.map(|(who, known)| (who, known.data.free))
				.collect(),
			held: tct.chain(assets).collect(),
			claims: claims.collect(),
			coins: coins.collect(),
		}
	}

	fn held(&self, asset: Option<AssetId>, who: &AccountId) -> &[(RuntimeHoldReason, u128)] {
		let held = self.held.get(&(asset, who.clone()));
		held.map_or(&[], Vec::as_slice)
	}

	/// As the pallet reads it, one reason at a time.
	pub fn on_hold(&self, asset: Option<AssetId>, who: &AccountId, why: HoldReason) -> u128 {
		let why = why.into();
		let held = self.held(asset, who).iter();
		held.filter(|(id, _)| *id == why)
			.map(|(_, held)| held)
			.sum()
	}

	fn claim(&self, asset: Option<AssetId>, who: AccountId) -> u128 {
		self.claims.get(&(asset, who)).copied().unwrap_or_default()
	}

	/// What an account has of TCT.
	pub fn account(&self, who: Who) -> Account {
		let address = account(who);
		let mut real = Account {
			free: self.free.get(&address).copied().unwrap_or_default(),
			..Default::default()
		};
		for (why, amount) in self.held(None, &address) {
			let RuntimeHoldReason::Leases(why) = why;
			match why {
				HoldReason::Escrow => real.escrow += amount,
				HoldReason::OpeningDeposit => real.deposit += amount,
				HoldReason::Posting => real.posting += amount,
				HoldReason::Claim => panic!("TCT waits in the pot's free balance"),
			}
		}
		real.claim = self.claim(None, address);
		real
	}

	/// What an account has of the coin.
	pub fn purse(&self, who: Who) -> Purse {
		let who = account(who);
		let known = self.coins.get(&who);
		Purse {
			free: known.map(|(free, _)| *free),
			may: known.map(|(_, may)| *may).unwrap_or_default(),
			held: self.on_hold(Some(TUSD), &who, HoldReason::Escrow),
			claim: self.claim(Some(TUSD), who),
		}
	}
}
