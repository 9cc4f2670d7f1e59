//! A model of a stablecoin for tests that play calls at random: who has what of it, whom its issuer
//! keeps from it. Told in the simplest words; accounts are numbers, `None` is a refusal.

use std::collections::BTreeMap;

/// What its issuer lets an account do.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub enum May {
	/// Give and receive.
	#[default]
	All,
	/// Receive: it is frozen.
	Receive,
	/// It is blocked.
	Nothing,
}

/// What an account has of it.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Purse {
	/// How much is free, if there is an account for it.
	pub free: Option<u128>,
	/// What the issuer lets it do.
	pub may: May,
	/// On hold.
	pub held: u128,
	/// What waits for it in the pot.
	pub claim: u128,
}

/// What the issuer does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Whim {
	/// Nobody may move any.
	FreezeAll,
	/// Everybody may.
	ThawAll,
	/// One account may do no more than that.
	Let(u64, May),
}

/// The coin.
#[derive(Clone, Debug)]
pub struct Coin {
	/// The least that an account may have.
	pub least: u128,
	/// Whether nobody may move it.
	pub frozen: bool,
	/// By the number of the account.
	pub purses: BTreeMap<u64, Purse>,
}

impl Coin {
	/// Nobody has any.
	pub fn new(least: u128, accounts: impl IntoIterator<Item = u64>) -> Self {
		Self {
			least,
			frozen: false,
			purses: accounts
				.into_iter()
				.map(|who| (who, Purse::default()))
				.collect(),
		}
	}

	/// What an account has, to change it.
	pub fn purse(&mut self, who: u64) -> &mut Purse {
		self.purses.entry(who).or_default()
	}

	fn has(&self, who: u64) -> Purse {
		self.purses.get(&who).cloned().unwrap_or_default()
	}

	/// What an account may give and live.
	pub fn liquid(&self, who: u64) -> u128 {
		let purse = self.has(who);
		match !self.frozen && purse.may == May::All {
			true => purse.free.unwrap_or(0).saturating_sub(self.least),
			false => 0,
		}
	}

	/// Whether some can be on hold there.
	pub fn has_place(&self, who: u64) -> bool {
		self.has(who).free.is_some()
	}

	/// Whether so much can be given to it.
	pub fn can_receive(&self, who: u64, amount: u128) -> bool {
		let purse = self.has(who);
		let has_room = purse.free.is_some() || amount >= self.least;
		!self.frozen && purse.may != May::Nothing && has_room
	}

	/// Whether what is on hold can change hands: both by choice, so not past the issuer.
	pub fn can_hand_over(&self, from: u64, to: u64) -> bool {
		let may = (self.has(from).may, self.has(to).may);
		!self.frozen && may.0 == May::All && self.has_place(to) && may.1 != May::Nothing
	}

	/// From the wallet of `from` on hold at `to`: another's must be one that can be paid into.
	pub fn hold(&mut self, from: u64, to: u64, amount: u128) -> Option<()> {
		let is_open = self.has_place(to) && self.has(to).may != May::Nothing;
		(amount <= self.liquid(from) && (from == to || is_open)).then_some(())?;
		if let Some(free) = &mut self.purse(from).free {
			*free -= amount;
		}
		self.purse(to).held += amount;
		Some(())
	}

	/// Out of a hold, to whoever it belongs to.
	pub fn pay(&mut self, from: u64, to: u64, amount: u128) {
		self.purse(from).held -= amount;
		self.give(to, amount);
	}

	/// Who cannot receive it gets a claim instead.
	fn give(&mut self, who: u64, amount: u128) {
		if amount == 0 {
			return;
		}
		let receives = self.can_receive(who, amount);
		let purse = self.purse(who);
		match receives {
			true => *purse.free.get_or_insert(0) += amount,
			false => purse.claim += amount,
		}
	}

	/// Out of the pot.
	pub fn claim(&mut self, who: u64) -> Option<()> {
		let amount = std::mem::take(&mut self.purse(who).claim);
		(amount > 0 && self.can_receive(who, amount)).then_some(())?;
		self.give(who, amount);
		Some(())
	}

	/// What the issuer does, if it may; otherwise nothing changes.
	pub fn happen(&mut self, whim: Whim) -> Option<()> {
		let may = match whim {
			Whim::FreezeAll => !self.frozen,
			Whim::ThawAll => self.frozen,
			Whim::Let(who, _) => self.has_place(who),
		};
		may.then_some(())?;
		match whim {
			Whim::FreezeAll => self.frozen = true,
			Whim::ThawAll => self.frozen = false,
			Whim::Let(who, may) => self.purse(who).may = may,
		}
		Some(())
	}

	/// Whom the issuer keeps from it.
	pub fn kept(&self) -> Vec<u64> {
		let purses = self.purses.iter();
		let kept = purses.filter(|(_, purse)| purse.may != May::All);
		kept.map(|(who, _)| *who).collect()
	}

	/// All that is claimed.
	pub fn claimed(&self) -> u128 {
		self.purses.values().map(|purse| purse.claim).sum()
	}

	/// All that there is.
	pub fn total(&self) -> u128 {
		let has = |purse: &Purse| purse.free.unwrap_or(0) + purse.held + purse.claim;
		self.purses.values().map(has).sum()
	}
}
