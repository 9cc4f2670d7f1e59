//! Fixed jobs: fetch and check before accepting, run, commit, deliver.

use super::Now;
use crate::{
	chain::{Lease, Status},
	store::JobStage,
};

/// The next step of a job that is not committed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
	/// Fetch and check what it names, in the background.
	Fetch,
	/// Take it.
	Accept,
	/// Run it, in the background.
	Run,
	/// Commit the root of its outputs.
	Commit([u8; 32]),
}

/// What is next for an offered or running job, which this daemon took to `stage`; `is_on_shelf`:
/// its result is in memory. `None`: wait, or it cannot be done.
pub fn next(lease: &Lease, stage: Option<&JobStage>, is_on_shelf: bool) -> Option<Step> {
	match (&lease.status, stage) {
		(_, Some(JobStage::Failed { .. })) => None,
		(Status::Offered, Some(JobStage::Fetched)) => Some(Step::Accept),
		(Status::Offered, _) => Some(Step::Fetch),
		(Status::Running, Some(JobStage::Computed { root })) if is_on_shelf => {
			Some(Step::Commit(*root))
		},
		(Status::Running, _) => Some(Step::Run),
		_ => None,
	}
}

/// What is next for a job whose result is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
	/// Compute again what is not in memory.
	Recompute,
	/// Another result was committed for this machine: nothing can be served.
	Foreign,
	/// Serve it, and answer what is asked on chain.
	Serve {
		/// Nothing is asked any more and the delivery window is over: collect the payment.
		finish: bool,
	},
}

/// How to deliver a committed job; `root`: of the result in memory.
pub fn delivery(now: Now, lease: &Lease, root: Option<[u8; 32]>) -> Option<Delivery> {
	let details = lease.job.as_ref()?;
	let Some(root) = root else {
		return Some(Delivery::Recompute);
	};
	if details.result_root != Some(root) {
		return Some(Delivery::Foreign);
	}
	let is_over = now.is_past(lease.until_block);
	let finish = lease.status == Status::Delivering && is_over && details.demands.is_empty();
	Some(Delivery::Serve { finish })
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decide::samples::{demand, job, now};

	#[test]
	fn a_job_is_accepted_only_after_its_files_were_checked() {
		let offered = job(Status::Offered);
		assert_eq!(next(&offered, None, false), Some(Step::Fetch));
		let fetched = Some(&JobStage::Fetched);
		assert_eq!(next(&offered, fetched, false), Some(Step::Accept));
	}

	#[test]
	fn a_job_is_committed_only_with_its_result_in_memory() {
		let running = job(Status::Running);
		let computed = JobStage::Computed { root: [7; 32] };
		assert_eq!(
			next(&running, Some(&JobStage::Fetched), false),
			Some(Step::Run)
		);
		assert_eq!(next(&running, Some(&computed), false), Some(Step::Run));
		assert_eq!(
			next(&running, Some(&computed), true),
			Some(Step::Commit([7; 32]))
		);
	}

	#[test]
	fn a_job_that_failed_is_not_tried_again() {
		let failed = JobStage::Failed {
			reason: "too big".into(),
		};
		assert_eq!(next(&job(Status::Offered), Some(&failed), false), None);
		assert_eq!(next(&job(Status::Running), Some(&failed), true), None);
	}

	#[test]
	fn a_committed_result_is_computed_again_after_a_restart() {
		let committed = job(Status::Committed);
		let found = delivery(now(5, 0), &committed, None);
		assert_eq!(found, Some(Delivery::Recompute));
	}

	#[test]
	fn a_result_that_others_committed_is_not_served() {
		let mut committed = job(Status::Committed);
		committed.job.as_mut().unwrap().result_root = Some([8; 32]);
		let found = delivery(now(5, 0), &committed, Some([7; 32]));
		assert_eq!(found, Some(Delivery::Foreign));
	}

	#[test]
	fn the_payment_is_collected_when_the_window_is_over_and_nothing_is_asked() {
		let mut lease = job(Status::Delivering);
		lease.job.as_mut().unwrap().result_root = Some([7; 32]);
		lease.until_block = Some(10);
		let finishes = |block, lease: &Lease| {
			delivery(now(block, 0), lease, Some([7; 32])) == Some(Delivery::Serve { finish: true })
		};
		assert!(!finishes(10, &lease));
		assert!(finishes(11, &lease));
		lease.job.as_mut().unwrap().demands.push(demand(3));
		assert!(!finishes(11, &lease), "a leaf is demanded");
		lease.job.as_mut().unwrap().demands.clear();
		lease.status = Status::Committed;
		assert!(!finishes(11, &lease), "there is no verdict yet");
	}
}
