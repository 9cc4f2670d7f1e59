use super::*;
use crate::{Error, Event, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_gpu_proof::result::Leaf;
use terminal_test_support::MILLI;

fn leaf(index: u32) -> Leaf {
	batch::Batch::new(10).leaf(LEASE, index)
}

fn answer(leaf: Leaf) -> frame_support::dispatch::DispatchResult {
	Leases::answer_demand(signed(agent()), LEASE, leaf)
}

fn demanded() {
	delivering();
	assert_ok!(Leases::demand_leaf(signed(consumer()), LEASE, 3));
}

#[test]
fn earns_the_prepaid_posting() {
	run(|| {
		demanded();
		events();
		assert_ok!(answer(leaf(3)));
		assert_eq!(free(&agent()), ENDOWMENT + 100 * MILLI);
		assert_eq!(on_hold(HoldReason::Posting, &consumer()), 0);
		assert_eq!(
			events(),
			vec![Event::LeafAnswered {
				lease: LEASE,
				index: 3
			}]
		);
		assert_noop!(answer(leaf(3)), Error::<Test>::UnknownDemand);
	})
}

#[test]
fn makes_the_job_payable_again() {
	run(|| {
		demanded();
		assert_ok!(answer(leaf(3)));
		jump(31);
		assert_ok!(Leases::finish(signed(agent()), LEASE));
		assert_eq!(books().refunded, 0);
	})
}

#[test]
fn must_be_the_leaf_that_was_demanded_and_committed() {
	run(|| {
		demanded();
		assert_noop!(answer(leaf(4)), Error::<Test>::UnknownDemand);
		let mut bad = Vec::new();
		for change in 0..6usize {
			let mut one = leaf(3);
			match change {
				0 => one.output[0] ^= 1,
				1 => one.input[0] ^= 1,
				2 => one.output_path[0][0] ^= 1,
				3 => one.input_path[0][0] ^= 1,
				4 => one.output.push(0),
				_ => drop(one.output_path.pop()),
			}
			bad.push(one);
		}
		// The right content, bound to another lease.
		let mut other = leaf(3);
		other.output_path = batch::Batch::new(10).leaf(LeaseId(1), 3).output_path;
		bad.push(other);
		for one in bad {
			assert_noop!(answer(one), Error::<Test>::LeafNotCommitted);
		}
	})
}

#[test]
fn comes_in_time_from_the_provider() {
	run(|| {
		assert_noop!(answer(leaf(3)), Error::<Test>::UnknownLease);
		demanded();
		assert_noop!(
			Leases::answer_demand(signed(stranger()), LEASE, leaf(3)),
			Error::<Test>::NotProvider
		);
		jump(10);
		assert_ok!(answer(leaf(3)));
	});
	run(|| {
		demanded();
		jump(11);
		assert_noop!(answer(leaf(3)), Error::<Test>::AnswerTooLate);
	});
	run(|| {
		committed();
		assert_noop!(answer(leaf(3)), Error::<Test>::LeaseNotDelivering);
	})
}
