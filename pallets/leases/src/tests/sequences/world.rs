//! What there is in the model: machines, versions, leases and their stages.

use super::{
	model::Who,
	money::{Account, Early, Earned},
};
use crate::{
	lifecycle,
	types::{AutoTopUp, Change, Parameters, TenantKey},
	Outcome,
};
use std::collections::BTreeMap;
use terminal_primitives::{market::LeaseTerms, AssetId};
use terminal_test_support::{coin::Coin, AccountId};

#[derive(Clone, Debug)]
pub struct Machine {
	pub provider: Who,
	pub agent: Who,
	pub units: u32,
	pub free: u32,
	pub rate: u128,
	/// The same in coins, if it takes them.
	pub coins: Option<u128>,
	pub online: bool,
	pub bookings: Vec<(u32, u64, u64)>,
	pub window: Option<(u64, u64)>,
	/// Proven runs, whether the last is cut off, and up to when that is final.
	pub runs: Vec<(u64, u64)>,
	pub cut: bool,
	pub resolved: u64,
}

#[derive(Clone, Copy, Debug)]
pub struct Royalties {
	pub per_job: u128,
	pub per_second: u128,
	pub per_call: u128,
}

#[derive(Clone, Debug)]
pub struct Version {
	pub tct: Royalties,
	/// The same in coins, if it is to be had for them.
	pub coins: Option<Royalties>,
	pub provable: bool,
	pub yanked: bool,
}

#[derive(Clone, Debug)]
pub struct Stretch {
	pub rate: u128,
	pub royalty: u128,
	pub from: u64,
	pub to: Option<u64>,
	pub acknowledged: u64,
	pub sealed: bool,
	pub tenant: Option<TenantKey>,
}

#[derive(Clone, Debug)]
pub struct Metered {
	pub units: u32,
	pub rate: u128,
	pub royalty: u128,
	pub duration: u64,
	pub tenant: Option<TenantKey>,
	pub grace: u64,
	pub terms: LeaseTerms<AccountId>,
	pub stretches: Vec<Stretch>,
	pub reclaimed: bool,
	pub auto: Option<AutoTopUp>,
	/// By the consumer or not, over which stretch, until which block.
	pub proposal: Option<(bool, usize, Change, u32)>,
	pub offered_to: Option<Who>,
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)] // There are few.
pub enum Work {
	Metered(Metered),
	Job {
		price: u128,
		/// In TCT.
		at_risk: u128,
		royalty: u128,
		items: u32,
		deadline: u32,
	},
	Calls {
		price: u128,
		royalty: u128,
		blocks: u32,
		/// Signed for, as far as it was shown.
		calls: u64,
	},
}

#[derive(Clone, PartialEq, Debug)]
pub enum Stage {
	Offered {
		until: u32,
	},
	Accepted {
		start_by: u32,
		shown: bool,
		reserved_until: u64,
	},
	Active {
		ends_at: u64,
	},
	Paused {
		maintenance: Option<u64>,
		since: u64,
		left: u64,
		until: u64,
		frozen: bool,
	},
	Closing {
		end: u64,
		claim_until: u32,
		early: Early,
	},
	Disputed {
		end: u64,
		until: u32,
		early: Early,
	},
	Running {
		deadline: u32,
	},
	Committed {
		honest: bool,
	},
	/// Demands: index, last block of the answer, posting.
	Delivering {
		honest: bool,
		until: u32,
		demands: Vec<(u32, u32, u128)>,
	},
	Serving {
		until: u32,
	},
	Redeeming {
		until: u32,
	},
	Closed {
		at: u32,
	},
}

impl Stage {
	pub fn name(&self) -> lifecycle::Stage {
		use lifecycle::Stage as Name;
		match self {
			Stage::Offered { .. } => Name::Offered,
			Stage::Accepted { .. } => Name::Accepted,
			Stage::Active { .. } => Name::Active,
			Stage::Paused { .. } => Name::Paused,
			Stage::Closing { .. } => Name::Closing,
			Stage::Disputed { .. } => Name::Disputed,
			Stage::Running { .. } => Name::Running,
			Stage::Committed { .. } => Name::Committed,
			Stage::Delivering { .. } => Name::Delivering,
			Stage::Serving { .. } => Name::Serving,
			Stage::Redeeming { .. } => Name::Redeeming,
			Stage::Closed { .. } => Name::Closed,
		}
	}
}

#[derive(Clone, Debug)]
pub struct Lease {
	pub consumer: Who,
	pub provider: Who,
	pub machine: usize,
	/// What it is paid in.
	pub asset: Option<AssetId>,
	pub version: Option<usize>,
	/// The parameters when it was opened, for what it is paid in.
	pub rules: Parameters,
	pub deposit: u128,
	pub held: u128,
	pub serving: Earned,
	pub model: Earned,
	pub work: Work,
	pub stage: Stage,
	/// How it ended, once it has.
	pub outcome: Option<Outcome>,
}

impl Lease {
	pub fn metered(&self) -> Option<&Metered> {
		match &self.work {
			Work::Metered(work) => Some(work),
			Work::Job { .. } | Work::Calls { .. } => None,
		}
	}

	pub fn metered_mut(&mut self) -> Option<&mut Metered> {
		match &mut self.work {
			Work::Metered(work) => Some(work),
			Work::Job { .. } | Work::Calls { .. } => None,
		}
	}

	/// When it was or will be running last, and how much of its time is left.
	pub fn clock(&self, now: u64) -> Option<(u64, u64)> {
		match self.stage {
			Stage::Active { ends_at } => Some((now.min(ends_at), ends_at.saturating_sub(now))),
			Stage::Paused { since, left, .. } => Some((since, left)),
			_ => None,
		}
	}
}

#[derive(Clone, Debug)]
pub struct Model {
	pub block: u32,
	pub now: u64,
	pub rules: Parameters,
	pub accounts: BTreeMap<Who, Account>,
	pub pot: u128,
	pub treasury: u128,
	pub attestors: u128,
	pub royalties: Vec<u128>,
	/// Of lease fees, of model fees.
	pub burned: [u128; 2],
	pub coin: Coin,
	/// Whether leases may be opened in it.
	pub approved: bool,
	pub machines: Vec<Machine>,
	pub versions: Vec<Version>,
	pub at_risk: BTreeMap<Who, u128>,
	pub leases: BTreeMap<u64, Lease>,
	pub next: u64,
}
