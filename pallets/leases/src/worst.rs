//! What calls weigh at most that pay providers and model versions, whatever money a lease is in.
//!
//! Each is measured twice. Payment in TCT writes more: royalties wait in models, attestors are credited,
//! a part is burned. Payment in an asset does more for each payee, and whoever its issuer has blocked
//! gets a claim. What only puts funds on hold, moves them or gives them back has fewer keys in TCT: it
//! is measured in an asset. The runtime's tests count the writes of both.

use crate::{weights::WeightInfo, Config};
use frame_support::weights::Weight;

/// Of `cancel`, less what listens.
pub(crate) fn cancel<T: Config>() -> Weight {
	T::WeightInfo::cancel_in_tct().max(T::WeightInfo::cancel_in_asset())
}

/// Of `withdraw`.
pub(crate) fn withdraw<T: Config>() -> Weight {
	T::WeightInfo::withdraw_in_tct().max(T::WeightInfo::withdraw_in_asset())
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
