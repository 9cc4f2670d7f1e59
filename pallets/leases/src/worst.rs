//! What calls weigh at most that move money, by what their lease is paid in.
//!
//! Each is measured twice. Payment in TCT writes more: royalties wait in models, attestors are credited,
//! a part is burned. Payment in an asset does more for each payee, and whoever its issuer has blocked
//! gets a claim; funds in it have keys of their own. An opening says what it is paid in. Other calls
//! name a lease: they are charged the larger weight, and the calls made most give back the rest. What
//! is rare is measured in an asset if it pays nobody. The runtime's tests count the writes of both.

use crate::{weights::WeightInfo, Config};
use frame_support::weights::Weight;
use terminal_primitives::AssetId;

/// What a call weighs in each money.
pub(crate) struct ByMoney {
	in_tct: Weight,
	in_asset: Weight,
}

impl ByMoney {
	/// Before it is known what the lease is paid in.
	pub(crate) fn greatest(self) -> Weight {
		self.in_tct.max(self.in_asset)
	}

	/// Of a lease that is paid in this (`None`: TCT).
	pub(crate) fn of(self, paid_in: Option<AssetId>) -> Weight {
		match paid_in {
			None => self.in_tct,
			Some(_) => self.in_asset,
		}
	}
}

/// Of `open_metered`.
pub(crate) fn open_metered<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::open_metered_in_tct(),
		in_asset: T::WeightInfo::open_metered_in_asset(),
	}
}

/// Of `open_job`.
pub(crate) fn open_job<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::open_job_in_tct(),
		in_asset: T::WeightInfo::open_job_in_asset(),
	}
}

/// Of `open_calls`.
pub(crate) fn open_calls<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::open_calls_in_tct(),
		in_asset: T::WeightInfo::open_calls_in_asset(),
	}
}

/// Of `cancel`, less what listens.
pub(crate) fn cancel<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::cancel_in_tct(),
		in_asset: T::WeightInfo::cancel_in_asset(),
	}
}

/// Of `top_up`.
pub(crate) fn top_up<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::top_up_in_tct(),
		in_asset: T::WeightInfo::top_up_in_asset(),
	}
}

/// Of `extend`.
pub(crate) fn extend<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::extend_in_tct(),
		in_asset: T::WeightInfo::extend_in_asset(),
	}
}

/// Of `withdraw`.
pub(crate) fn withdraw<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::withdraw_in_tct(),
		in_asset: T::WeightInfo::withdraw_in_asset(),
	}
}

/// Of `close`.
pub(crate) fn close<T: Config>() -> ByMoney {
	ByMoney {
		in_tct: T::WeightInfo::close_in_tct(),
		in_asset: T::WeightInfo::close_in_asset(),
	}
}

/// Of `withdraw_many` of `n` leases.
pub(crate) fn withdraw_many<T: Config>(n: u32) -> Weight {
	T::WeightInfo::withdraw_many_in_tct(n).max(T::WeightInfo::withdraw_many_in_asset(n))
}

/// Of `pause`.
pub(crate) fn pause<T: Config>() -> Weight {
	T::WeightInfo::pause_in_tct().max(T::WeightInfo::pause_in_asset())
}

/// Of `resume`, which may end the lease.
pub(crate) fn resume<T: Config>() -> Weight {
	T::WeightInfo::resume_in_tct()
		.max(T::WeightInfo::resume_in_asset())
		.max(T::WeightInfo::resume_and_end_in_tct())
		.max(T::WeightInfo::resume_and_end_in_asset())
}

/// Of `arbitrate`, less what listens.
pub(crate) fn arbitrate<T: Config>() -> Weight {
	T::WeightInfo::arbitrate_in_tct().max(T::WeightInfo::arbitrate_in_asset())
}

/// Of `finish`, whatever it ends, less what listens.
pub(crate) fn finish<T: Config>() -> Weight {
	T::WeightInfo::finish_in_tct()
		.max(T::WeightInfo::finish_in_asset())
		.max(T::WeightInfo::finish_job_in_tct())
		.max(T::WeightInfo::finish_job_in_asset())
		.max(T::WeightInfo::finish_undelivered())
}

/// Of an entry of the wheel that ends a lease, less what listens.
pub(crate) fn expire_lease<T: Config>() -> Weight {
	T::WeightInfo::expire_lease_in_tct().max(T::WeightInfo::expire_lease_in_asset())
}
