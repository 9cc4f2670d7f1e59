use super::REFUSED;
use crate::AccountId;
use codec::{Decode, Encode};
use frame_support::{
	dispatch::DispatchResult, ensure, pallet_prelude::ValueQuery, storage_alias, Twox64Concat,
};
use terminal_primitives::{
	hooks::OnJobProgress,
	market::{JobView, Jobs, Verdict},
	LeaseId,
};

#[storage_alias]
type JobMap = StorageMap<Mock, Twox64Concat, LeaseId, JobView<AccountId>>;
#[storage_alias]
type JobConclusions = StorageValue<Mock, Vec<(LeaseId, Verdict, Option<AccountId>)>, ValueQuery>;
#[storage_alias]
type JobRefusal = StorageValue<Mock, bool, ValueQuery>;
#[storage_alias]
type ProgressLog = StorageValue<Mock, Vec<Progress>, ValueQuery>;
#[storage_alias]
type ProgressRefusal = StorageValue<Mock, bool, ValueQuery>;
#[storage_alias]
type ProgressHeld = StorageMap<Mock, Twox64Concat, LeaseId, bool, ValueQuery>;

/// One recorded verdict: lease, verdict, reporter.
pub type Conclusion = (LeaseId, Verdict, Option<AccountId>);

/// Jobs that tests put there, and the verdicts on them.
pub struct MockJobs;

impl MockJobs {
	/// Set a job.
	pub fn put(lease: LeaseId, job: JobView<AccountId>) {
		JobMap::insert(lease, job)
	}

	/// Take a job away, as when its lease closes.
	pub fn remove(lease: LeaseId) {
		JobMap::remove(lease)
	}

	/// Every verdict, oldest first.
	pub fn conclusions() -> Vec<Conclusion> {
		JobConclusions::get()
	}

	/// Make `conclude` fail from now on (or not any more).
	pub fn refuse(refuse: bool) {
		JobRefusal::put(refuse)
	}
}

impl Jobs<AccountId> for MockJobs {
	fn job(lease: LeaseId) -> Option<JobView<AccountId>> {
		JobMap::get(lease)
	}

	fn conclude(lease: LeaseId, verdict: Verdict, reporter: Option<&AccountId>) -> DispatchResult {
		ensure!(!JobRefusal::get() && JobMap::contains_key(lease), REFUSED);
		JobConclusions::append((lease, verdict, reporter.cloned()));
		Ok(())
	}
}

/// What leases told attestation of a job.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Progress {
	/// `on_committed`.
	Committed(LeaseId),
	/// `on_closed`.
	Closed(LeaseId),
}

/// Records `OnJobProgress`.
pub struct MockJobProgress;

impl MockJobProgress {
	/// Every call, oldest first.
	pub fn log() -> Vec<Progress> {
		ProgressLog::get()
	}

	/// Make `on_committed` fail from now on (or not any more).
	pub fn refuse(refuse: bool) {
		ProgressRefusal::put(refuse)
	}

	/// Whether a data challenge holds the delivery window of `lease` open.
	pub fn hold_open(lease: LeaseId, held: bool) {
		ProgressHeld::insert(lease, held)
	}
}

impl OnJobProgress for MockJobProgress {
	fn on_committed(lease: LeaseId) -> DispatchResult {
		ensure!(!ProgressRefusal::get(), REFUSED);
		ProgressLog::append(Progress::Committed(lease));
		Ok(())
	}
	fn on_closed(lease: LeaseId) {
		ProgressLog::append(Progress::Closed(lease))
	}
	fn holds_open(lease: LeaseId) -> bool {
		ProgressHeld::get(lease)
	}
	fn weight() -> frame_support::weights::Weight {
		frame_support::weights::Weight::zero()
	}
}
