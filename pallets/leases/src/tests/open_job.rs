use super::*;
use crate::{types::*, Error, HoldReason};
use frame_support::{assert_noop, assert_ok};
use terminal_primitives::{
	market::{JobSpec, MachineStatus},
	VersionId,
};
use terminal_test_support::{MockMachines, MockModels};

#[test]
fn holds_price_royalty_and_deposit() {
	run(|| {
		assert_ok!(open_job(job()));
		assert_eq!(
			on_hold(HoldReason::Escrow, &consumer()),
			102_000_000_000_000
		);
		assert_eq!(
			on_hold(HoldReason::OpeningDeposit, &consumer()),
			200_000_000_000
		);
		assert_eq!(books().deposited, 102_000_000_000_000);
	})
}

#[test]
fn works_without_a_model_version() {
	run(|| {
		let spec = JobSpec {
			weights_root: [1; 32],
			..spec()
		};
		assert_ok!(open_job(JobOrder {
			version: None,
			spec,
			..job()
		}));
		assert_eq!(on_hold(HoldReason::Escrow, &consumer()), JOB_PRICE);
	})
}

#[test]
fn never_costs_more_than_the_consumer_said() {
	run(|| {
		let order = JobOrder {
			max_total: JOB_PRICE + JOB_ROYALTY - 1,
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::PriceAboveMaximum);
	})
}

#[test]
fn needs_a_known_online_machine_with_the_terms_read() {
	run(|| {
		let order = JobOrder {
			machine: NO_MACHINE,
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::UnknownMachine);
		let order = JobOrder {
			terms_hash: [8; 32],
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::TermsChanged);
		MockMachines::change(MACHINE, |machine| machine.status = MachineStatus::Offline);
		assert_noop!(open_job(job()), Error::<Test>::MachineNotOnline);
	})
}

#[test]
fn refuses_what_could_not_be_proven_wrong_on_chain() {
	run(|| {
		let refused = |spec: JobSpec| open_job(JobOrder { spec, ..job() });
		assert_noop!(
			refused(JobSpec {
				runner: 3,
				..spec()
			}),
			Error::<Test>::UnsupportedRunner
		);
		assert_noop!(
			refused(JobSpec { items: 0, ..spec() }),
			Error::<Test>::ItemsOutOfRange
		);
		assert_noop!(
			refused(JobSpec {
				items: 65_537,
				..spec()
			}),
			Error::<Test>::ItemsOutOfRange
		);
		for (weights_bytes, input_bytes, output_bytes) in [
			(65_536, 4, 2),
			(1_000, 64_600, 2),
			(1_000, 4, 64_600),
			(u32::MAX, u32::MAX, u32::MAX),
		] {
			let spec = JobSpec {
				weights_bytes,
				input_bytes,
				output_bytes,
				..spec()
			};
			assert_noop!(refused(spec), Error::<Test>::ProofTooLarge);
		}
		assert_noop!(
			refused(JobSpec {
				multiplications: 262_145,
				..spec()
			}),
			Error::<Test>::TooManyMultiplications
		);
	})
}

/// A piece may be of 16 KiB of values and 21 chunks of weights, whatever the network has.
#[test]
fn refuses_a_layered_network_whose_pieces_could_not_be_shown() {
	run(|| {
		let opened = |weights_bytes, output_bytes| {
			let spec = JobSpec {
				runner: 2,
				weights_bytes,
				output_bytes,
				..spec()
			};
			open_job(JobOrder { spec, ..job() })
		};
		assert_noop!(opened(1_000, 27_000), Error::<Test>::ProofTooLarge);
		// What shows all weights, in a data challenge, is bounded as ever.
		assert_noop!(opened(60_000, 8_000), Error::<Test>::ProofTooLarge);
		assert_ok!(opened(1_000, 26_000));
		assert_ok!(opened(60_000, 4_000));
	})
}

#[test]
fn refuses_prices_and_deadlines_outside_the_limits() {
	run(|| {
		let order = JobOrder {
			price: 999_999_999,
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::PriceTooLow);
		for deadline_blocks in [0, 4, 7 * 14_400 + 1] {
			let order = JobOrder {
				deadline_blocks,
				..job()
			};
			assert_noop!(open_job(order), Error::<Test>::DeadlineOutOfRange);
		}
		let order = JobOrder {
			price: u128::MAX,
			max_total: u128::MAX,
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::PriceOverflow);
	})
}

#[test]
fn ties_the_weights_to_the_model_version() {
	run(|| {
		let order = JobOrder {
			version: Some(VersionId(9)),
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::UnknownVersion);
		let spec = JobSpec {
			weights_root: [1; 32],
			..spec()
		};
		let order = JobOrder { spec, ..job() };
		assert_noop!(open_job(order), Error::<Test>::WeightsRootMismatch);
		MockModels::add(VersionId(1), author(), 1, 1, None);
		let order = JobOrder {
			version: Some(VersionId(1)),
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::VersionNotVerifiable);
		MockModels::yank(VERSION);
		assert_noop!(open_job(job()), Error::<Test>::VersionYanked);
	})
}

#[test]
fn refuses_oversize_and_malformed_locations() {
	run(|| {
		let order = JobOrder {
			input_url: vec![b'a'; 257],
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::LocationTooLong);
		let order = JobOrder {
			weights_url: vec![b'a'; 257],
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::LocationTooLong);
		for bad in [b"".to_vec(), b"a b".to_vec(), vec![0xff], b"a\nb".to_vec()] {
			let order = JobOrder {
				input_url: bad,
				..job()
			};
			assert_noop!(open_job(order), Error::<Test>::LocationInvalid);
		}
		assert_ok!(open_job(JobOrder {
			input_url: vec![b'a'; 256],
			..job()
		}));
	})
}

#[test]
fn says_so_when_the_balance_is_too_small() {
	run(|| {
		let price = ENDOWMENT;
		let order = JobOrder {
			price,
			max_total: 2 * ENDOWMENT,
			..job()
		};
		assert_noop!(open_job(order), Error::<Test>::InsufficientBalance);
	})
}

#[test]
fn needs_a_machine_that_has_proven_what_it_is_called() {
	run(|| {
		MockMachines::set_proven(MACHINE, false);
		assert_noop!(open_job(job()), Error::<Test>::CapabilityNotProven);
		MockMachines::set_proven(MACHINE, true);
		assert_ok!(open_job(job()));
	})
}
