use super::*;
use crate::{ReservationOfLease, Reservations};
use frame_support::storage::with_storage_layer;
use sp_runtime::DispatchError;

fn state() -> ReservationState {
	Reservations::<Test>::get(RESERVATION)
		.expect("it stands")
		.state
}

fn arrive_with(version: bool, funds: u128) -> frame_support::dispatch::DispatchResult {
	let version = version.then_some(VERSION);
	Market::arrive(signed(consumer()), RESERVATION, version, None, funds)
}

#[test]
fn opens_the_lease_on_what_was_booked() {
	run(|| {
		reserved();
		until_ms(FROM);
		events();
		assert_ok!(arrive(consumer()));
		assert_eq!(
			events(),
			vec![Event::ReservationOpened {
				reservation: RESERVATION,
				lease: LEASE,
			}]
		);
		assert!(MockMachines::bookings(MACHINE).is_empty());
		assert_eq!(MockMachines::free_units(MACHINE), 2);
		assert_eq!(ReservationOfLease::<Test>::get(LEASE), Some(RESERVATION));
		let open = FakeLeases::get(LEASE);
		assert!(open.agreed.shown);
		assert_eq!(open.agreed.duration_ms, 600_000);
		assert_eq!(open.held, RESERVED_WHOLE + OPENING);
		assert_eq!(on_hold(HoldReason::ArrivalFunds, &consumer()), 0);
		// Both deposits wait for the first second.
		for who in [consumer(), provider()] {
			assert_eq!(
				on_hold(HoldReason::ReservationDeposit, &who),
				RESERVATION_DEPOSIT
			);
		}
	})
}

#[test]
fn keeps_to_the_window_on_both_ends() {
	run(|| {
		reserved();
		let window = [FROM - 60_000, FROM + 120_000];
		until_ms(window[0] - 6_000);
		assert_noop!(arrive(consumer()), Error::<Test>::WindowNotOpen);
		until_ms(window[1] + 1);
		assert_noop!(arrive(consumer()), Error::<Test>::WindowOver);
	});
	for at in [FROM - 60_000, FROM + 120_000] {
		run(|| {
			reserved();
			until_ms(at);
			assert_eq!(now_ms(), at);
			assert_ok!(arrive(consumer()));
		})
	}
}

#[test]
fn is_recorded_where_the_machine_cannot_take_it() {
	run(|| {
		reserved();
		until_ms(FROM);
		set_online(MACHINE, false);
		events();
		assert_ok!(arrive(consumer()));
		let until = FROM + 120_000;
		assert_eq!(
			events(),
			vec![Event::ConsumerArrived {
				reservation: RESERVATION,
				until,
				error: Error::<Test>::MachineNotOnline.into(),
			}]
		);
		assert_eq!(
			on_hold(HoldReason::ArrivalFunds, &consumer()),
			RESERVED_WHOLE + OPENING
		);
		// The booking stays for whoever honours it.
		assert_eq!(MockMachines::bookings(MACHINE).len(), 1);
		assert_noop!(arrive(consumer()), Error::<Test>::WrongStage);
	})
}

#[test]
fn in_the_last_moment_leaves_the_provider_time() {
	run(|| {
		reserved();
		until_ms(FROM + 120_000);
		set_online(MACHINE, false);
		assert_ok!(arrive(consumer()));
		let ReservationState::Arrived { at, until, .. } = state() else {
			panic!("recorded")
		};
		assert_eq!((at, until), (FROM + 120_000, FROM + 180_000));
	})
}

#[test]
fn counts_only_with_all_that_depends_on_the_consumer() {
	run(|| {
		reserved();
		until_ms(FROM);
		// Whatever the machine does: none of this is an arrival.
		set_online(MACHINE, false);
		let least = RESERVED_WHOLE / 10;
		assert_noop!(arrive_with(false, least - 1), Error::<Test>::FundsTooLow);
		assert_noop!(arrive(stranger()), Error::<Test>::NotConsumer);
		FakeLeases::set_royalty(RATE);
		assert_noop!(arrive_with(true, least), Error::<Test>::FundsTooLow);
		let with_model = (RESERVED_WHOLE + 600 * RATE) / 10;
		leave(&consumer(), MILLI + with_model + OPENING - 1);
		assert_noop!(
			arrive_with(true, with_model),
			Error::<Test>::InsufficientBalance
		);
		FakeLeases::yank();
		assert_noop!(arrive_with(true, RESERVED_WHOLE), YANKED);
		assert_ok!(arrive_with(false, least));
		assert!(matches!(state(), ReservationState::Arrived { .. }));
	})
}

#[test]
fn brings_the_early_close_reserve_too() {
	run(|| {
		let mut dear = offer();
		dear.terms.early_close_ms = 60_000;
		assert_ok!(publish(provider(), dear));
		assert_ok!(reserve(consumer(), wish()));
		until_ms(FROM);
		let least = RESERVED_WHOLE / 10 + 60 * 2 * RATE;
		assert_noop!(arrive_with(false, least - 1), Error::<Test>::FundsTooLow);
		// And no more: what leases ask and what is asked here is the same.
		assert_ok!(arrive_with(false, least));
		assert!(matches!(state(), ReservationState::Opened { .. }));
	})
}

#[test]
fn blames_nobody_where_leases_refuse_what_the_machine_could_serve() {
	run(|| {
		reserved();
		until_ms(FROM);
		FakeLeases::refuse(true);
		events();
		assert_ok!(arrive(consumer()));
		assert_eq!(
			last_event(),
			Event::ReservationEnded {
				reservation: RESERVATION,
				how: ReservationEnd::Void,
				to_consumer: 0,
				to_provider: 0,
			}
		);
		assert_eq!(free(&consumer()), ENDOWMENT);
		assert_eq!(free(&provider()), ENDOWMENT - UNIT);
		assert!(MockMachines::bookings(MACHINE).is_empty());
		assert_eq!(MockMachines::free_units(MACHINE), 4);
	})
}

#[test]
fn is_recorded_where_the_units_are_not_there() {
	run(|| {
		reserved();
		until_ms(FROM);
		MockMachines::change(MACHINE, |machine| machine.free_units = 1);
		assert_ok!(arrive(consumer()));
		assert!(matches!(state(), ReservationState::Arrived { .. }));
		assert_eq!(MockMachines::free_units(MACHINE), 1);
		assert_eq!(MockMachines::bookings(MACHINE).len(), 1);
	})
}

#[test]
fn cannot_be_recorded_from_deep_inside_other_calls() {
	run(|| {
		reserved();
		until_ms(FROM);
		fn nested(depth: u32) -> Result<(), DispatchError> {
			with_storage_layer(|| match depth {
				0 => arrive(consumer()),
				_ => nested(depth - 1),
			})
		}
		// Too deep first, then less and less: at no depth it is taken for the provider's fault.
		for depth in (230..260).rev() {
			if nested(depth).is_ok() {
				break;
			}
		}
		assert!(matches!(state(), ReservationState::Opened { .. }));
	})
}

#[test]
fn is_for_reservations_that_exist() {
	run(|| {
		assert_noop!(arrive(consumer()), Error::<Test>::UnknownReservation);
		opened();
		assert_noop!(arrive(consumer()), Error::<Test>::WrongStage);
	})
}

#[test]
fn leaves_a_provider_no_way_out_by_an_agent_that_is_the_arbiter() {
	run(|| {
		let mut judged = offer();
		judged.terms.arbiter = Some(terminal_primitives::market::Arbiter {
			account: stranger(),
			fee: UNIT,
		});
		assert_ok!(publish(provider(), judged));
		assert_ok!(reserve(consumer(), wish()));
		until_ms(FROM);
		// Leases open nothing whose arbiter is a party, and who is the agent is the provider's choice.
		MockMachines::change(MACHINE, |machine| machine.agent = stranger());
		assert_ok!(arrive(consumer()));
		assert!(matches!(state(), ReservationState::Arrived { .. }));
		assert_noop!(Market::honour(signed(provider()), RESERVATION), REFUSED);
		until_ms(FROM + 120_001);
		assert_ok!(Market::end_reservation(signed(stranger()), RESERVATION));
		assert_eq!(free(&consumer()), ENDOWMENT + RESERVATION_DEPOSIT);
	})
}

#[test]
fn blames_nobody_for_terms_that_governance_ruled_out() {
	run(|| {
		reserved();
		until_ms(FROM);
		FakeLeases::set_longest(599_999);
		// Else the consumer could not sign that it is there, and would lose its deposit.
		for version in [false, true] {
			let back = with_storage_layer(|| {
				assert_ok!(arrive_with(version, RESERVED_WHOLE));
				assert_eq!(
					last_event(),
					Event::ReservationEnded {
						reservation: RESERVATION,
						how: ReservationEnd::Void,
						to_consumer: 0,
						to_provider: 0,
					}
				);
				assert_eq!(free(&consumer()), ENDOWMENT);
				assert_eq!(free(&provider()), ENDOWMENT - UNIT);
				assert!(MockMachines::bookings(MACHINE).is_empty());
				Err::<(), _>(REFUSED)
			});
			assert_eq!(back, Err(REFUSED));
		}
		// A model that is gone is another matter: the consumer may come without it.
		FakeLeases::set_longest(600_000);
		FakeLeases::yank();
		assert_noop!(arrive_with(true, RESERVED_WHOLE), YANKED);
		assert_ok!(arrive_with(false, RESERVED_WHOLE));
		assert_eq!(FakeLeases::count(), 1);
	})
}
