//! What the hostile would try: each test is one story, named for what happens to whoever tries it.
//!
//! Of the griefing cases that a market must survive, these are here: leases at the least rate, top-ups
//! of one unit, races to close, a provider that dies, a consumer whose account is emptied. Holds,
//! freezes and slashes are in `matrix`; bids beyond the most and losing bids in the market's tests.

use super::*;
use crate::{types::*, Error, HoldReason};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::DispatchResult,
	storage::with_storage_layer,
	traits::{fungible::InspectHold, Hooks},
};
use sp_runtime::{DispatchError, Perbill, TransactionalError};
use terminal_primitives::market::{Arbiter, Bookings, LeaseTerms, Sla};
use terminal_test_support::{
	account, MockMachines, MockModels, MockUptime, EXISTENTIAL_DEPOSIT, MILLI, UNIT,
};

/// Ten minutes' price of two units: what ending early costs here.
const FEE: u128 = 600 * 2 * RATE;

fn pause(who: AccountId) -> DispatchResult {
	Leases::pause(signed(who), LEASE)
}

fn resume(who: AccountId) -> DispatchResult {
	Leases::resume(signed(who), LEASE)
}

fn close(who: AccountId) -> DispatchResult {
	plain(Leases::close(signed(who), LEASE))
}

fn top_up(who: AccountId, amount: u128) -> DispatchResult {
	plain(Leases::top_up(signed(who), LEASE, amount))
}

/// Transfer the lease from its consumer to `to`.
fn transfer(to: AccountId) -> DispatchResult {
	let from = lease(LEASE).consumer;
	Leases::offer_transfer(signed(from), LEASE, Some(to.clone()))?;
	Leases::take_transfer(signed(to), LEASE, work().tenant)
}

/// What ending cost whom.
fn early() -> EarlyEnd {
	match lease(LEASE).state {
		State::Closing { early, .. } => early,
		other => panic!("closing: {other:?}"),
	}
}

/// Long after; a stranger finishes, and nothing is held any more.
fn finish_and_look() {
	jump(5_000);
	assert_ok!(Leases::finish(signed(stranger()), LEASE));
	assert_eq!(Balances::total_balance_on_hold(&lease(LEASE).consumer), 0);
	assert!(books().balanced());
}

/// With a fee for ending early and funds for 400 s, all of them served and acknowledged.
fn out_of_funds() {
	active_with(|lease| {
		lease.terms.early_close_ms = 600_000;
		lease.funds = cost(400_000) + FEE;
	});
	serve(70);
	acknowledge(0, 400_000);
}

/// As [`out_of_funds`], in the block of the challenge that proved it; the consumer's wallet would
/// pay for ten minutes more. There is an arbiter.
fn out_of_funds_with_a_wallet() {
	active_with(|lease| {
		lease.terms.early_close_ms = 600_000;
		lease.terms.arbiter = Some(Arbiter {
			account: author(),
			fee: 0,
		});
		lease.funds = cost(400_000) + FEE;
	});
	let auto = Some(AutoTopUp {
		step: cost(600_000),
		cap: 9 * UNIT,
	});
	assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
	jump(70);
	acknowledge(0, 400_000);
	MockUptime::prove(MACHINE, START, now_ms());
}

/// With a fee for ending early, ten minutes acknowledged, paused for an hour of maintenance.
fn in_maintenance() {
	active_with(|lease| lease.terms.early_close_ms = 600_000);
	MockMachines::set_window(MACHINE, Some((START, START + 4_200_000)));
	serve(100);
	acknowledge(0, 600_000);
	assert_ok!(pause(agent()));
	jump(10);
}

/// Somebody books all four units from `from` on.
fn book(from: u64) {
	MockMachines::change(MACHINE, |machine| machine.free_units = 4);
	assert_ok!(MockMachines::book(MACHINE, 4, from, from + 1_000));
	MockMachines::change(MACHINE, |machine| machine.free_units = 2);
}

mod the_provider {
	use super::*;

	#[test]
	fn does_not_leave_for_nothing_while_the_consumers_wallet_fills_the_escrow() {
		for leave in [
			|| close(agent()),
			|| Leases::dispute(signed(agent()), LEASE, [1; 32]),
		] {
			run(|| {
				out_of_funds_with_a_wallet();
				assert_ok!(leave());
				assert_eq!(outcome(), Outcome::CancelledByProvider);
			})
		}
	}

	#[test]
	fn cannot_make_a_leaving_consumer_pay_by_coming_back_before_it() {
		run(|| {
			in_maintenance();
			assert_ok!(resume(agent()));
			assert_ok!(close(consumer()));
			assert_eq!(early(), EarlyEnd::Free);
			finish_and_look();
			assert_eq!(books().drawn(), cost(600_000));
		});
		// Who stays longer than that, stays.
		run(|| {
			in_maintenance();
			assert_ok!(resume(agent()));
			jump(10);
			assert_ok!(close(consumer()));
			assert_eq!(early(), EarlyEnd::ConsumerPays(FEE));
		})
	}

	#[test]
	fn is_not_paid_the_fee_where_the_funds_came_and_the_machine_was_gone() {
		run(|| {
			out_of_funds();
			assert_ok!(pause(stranger()));
			book(now_ms());
			assert_ok!(top_up(consumer(), 5 * UNIT));
			assert!(matches!(lease(LEASE).state, State::Paused { .. }));
			// Nobody calls: the pause runs out.
			jump(200);
			assert_ok!(close(provider()));
			assert_eq!((outcome(), early()), (Outcome::Exhausted, EarlyEnd::Free));
		})
	}

	#[test]
	fn may_be_given_its_price_away_by_no_stolen_hot_key() {
		let cheap = Change {
			rate: RATE / 2,
			units: 2,
			acknowledged_ms: 600_000,
		};
		let propose = |who, change| Leases::propose_change(signed(who), LEASE, change);
		let accept = |who| {
			let hash = Leases::proposal_hash(LEASE).expect("proposed");
			Leases::accept_change(signed(who), LEASE, hash)
		};
		run(|| {
			active();
			serve(100);
			acknowledge(0, 600_000);
			assert_noop!(propose(agent(), cheap), Error::<Test>::RateBelowAsking);
			assert_ok!(propose(consumer(), cheap));
			assert_noop!(accept(agent()), Error::<Test>::RateBelowAsking);
			assert_ok!(accept(provider()));
			assert_eq!(work().rate, RATE / 2);
		});
		// What the machine asks of everybody, the agent may agree to.
		run(|| {
			active();
			serve(100);
			MockMachines::change(MACHINE, |machine| machine.price_per_second = RATE / 2);
			assert_ok!(propose(agent(), cheap));
			assert_ok!(accept(consumer()));
		})
	}

	#[test]
	fn that_dies_is_paid_for_nothing_it_did_not_prove() {
		run(|| {
			active();
			jump(100);
			MockUptime::prove(MACHINE, START, START + 300_000);
			acknowledge(0, 600_000);
			MockMachines::change(MACHINE, |machine| {
				machine.status = terminal_primitives::market::MachineStatus::Draining
			});
			jump(500);
			MockUptime::set_resolved(MACHINE, now_ms());
			assert_ok!(close(stranger()));
			finish_and_look();
			assert_eq!(books().drawn(), cost(300_000));
		})
	}

	#[test]
	fn that_dies_for_ever_delays_the_refund_by_no_more_than_the_backstop() {
		run(|| {
			active();
			jump(100);
			MockUptime::prove(MACHINE, START, START + 300_000);
			assert_ok!(close(consumer()));
			jump(101);
			let finish = || Leases::finish(signed(consumer()), LEASE);
			assert_noop!(finish(), Error::<Test>::EndUnresolved);
			finish_and_look();
			assert_eq!(books().drawn(), cost(60_000));
		})
	}

	#[test]
	fn that_proposes_is_safe_from_a_late_acceptance() {
		let change = |acknowledged_ms| Change {
			rate: RATE,
			units: 1,
			acknowledged_ms,
		};
		let propose = |ms| {
			assert_ok!(Leases::propose_change(
				signed(provider()),
				LEASE,
				change(ms)
			));
		};
		let accept = || {
			let hash = Leases::proposal_hash(LEASE).expect("proposed");
			Leases::accept_change(signed(consumer()), LEASE, hash)
		};
		// It shows a newer receipt: the proposal is void.
		run(|| {
			active();
			serve(100);
			propose(600_000);
			serve(20);
			acknowledge(0, 700_000);
			assert_noop!(accept(), Error::<Test>::ProposalChanged);
		});
		// Or it names what will have been acknowledged at the latest: what is proven is paid.
		run(|| {
			active();
			serve(100);
			propose(720_000);
			serve(15);
			assert_ok!(accept());
			acknowledge(1, 0);
			assert_eq!(books().drawn(), cost(690_000));
		})
	}
}

mod the_consumer {
	use super::*;

	#[test]
	fn cannot_make_a_leaving_provider_pay_by_topping_up_before_it() {
		run(|| {
			out_of_funds();
			// The safe way to leave a lease without funds: pause it, see that it is paused, close it.
			assert_ok!(pause(agent()));
			jump(1);
			// For the grace of 20 s and the least time.
			assert_ok!(top_up(consumer(), cost(80_000)));
			assert!(matches!(lease(LEASE).state, State::Active { .. }));
			// Nor by beginning a segment after it.
			assert_ok!(transfer(consumer()));
			assert_ok!(close(agent()));
			assert_eq!(early(), EarlyEnd::Free);
			finish_and_look();
			// All it served, and nothing kept back from it.
			assert_eq!(books().drawn(), cost(420_000));
		});
		run(|| {
			out_of_funds();
			assert_ok!(pause(agent()));
			jump(1);
			assert_ok!(top_up(consumer(), 9 * UNIT));
			jump(10);
			assert_ok!(close(agent()));
			assert_eq!(early(), EarlyEnd::ProviderPays(FEE));
		})
	}

	#[test]
	fn takes_nothing_back_that_was_settled_and_not_withdrawn() {
		run(|| {
			active();
			serve(100);
			let shown = Some(receipt(600_000));
			assert_ok!(Leases::settle(signed(agent()), LEASE, shown));
			// The machine has had so many gaps since that it remembers nothing of it.
			MockUptime::set_runs(MACHINE, &[]);
			assert_ok!(close(consumer()));
			assert_eq!(books().held, cost(600_000));
			finish_and_look();
			assert_eq!(books().drawn(), cost(600_000));
		})
	}

	#[test]
	fn has_no_arbiter_of_its_own() {
		run(|| {
			active_with(|lease| {
				lease.terms.arbiter = Some(Arbiter {
					account: author(),
					fee: UNIT,
				})
			});
			assert_noop!(
				with_storage_layer(|| transfer(author())),
				Error::<Test>::ArbiterIsParty
			);
			assert_ok!(transfer(stranger()));
		})
	}

	#[test]
	fn does_not_escape_what_was_proven_by_closing_first() {
		for provider_first in [true, false] {
			run(|| {
				active();
				serve(100);
				let settle = || acknowledge(0, 600_000);
				if provider_first {
					settle();
				}
				assert_ok!(close(consumer()));
				assert_noop!(close(agent()), Error::<Test>::LeaseNotActive);
				if !provider_first {
					settle();
				}
				finish_and_look();
				assert_eq!(books().drawn(), cost(600_000));
			})
		}
	}

	#[test]
	fn that_migrates_pays_no_dearer_model_than_before() {
		let migrate = || {
			let key = work().tenant;
			Leases::migrate(signed(consumer()), LEASE, MACHINE, RATE, [7; 32], key)
		};
		run(|| {
			active();
			serve(10);
			// Its owner saw the call coming.
			MockModels::add(
				VERSION,
				author(),
				JOB_ROYALTY,
				2 * ROYALTY_RATE,
				Some(WEIGHTS_ROOT),
			);
			assert_noop!(with_storage_layer(migrate), Error::<Test>::RateAboveMaximum);
			MockModels::add(
				VERSION,
				author(),
				JOB_ROYALTY,
				ROYALTY_RATE,
				Some(WEIGHTS_ROOT),
			);
			assert_ok!(migrate());
		})
	}

	#[test]
	fn whose_account_is_emptied_still_pays_and_is_repaid() {
		run(|| {
			active();
			serve(100);
			let all = free(&consumer()) - EXISTENTIAL_DEPOSIT;
			assert_ok!(pallet_balances::Pallet::<Test>::transfer_keep_alive(
				signed(consumer()),
				stranger(),
				all
			));
			// No further: funds on hold keep the account alive.
			assert!(pallet_balances::Pallet::<Test>::transfer_allow_death(
				signed(consumer()),
				stranger(),
				EXISTENTIAL_DEPOSIT
			)
			.is_err());
			let auto = Some(AutoTopUp {
				step: UNIT,
				cap: UNIT,
			});
			assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
			acknowledge(0, 600_000);
			assert_ok!(close(consumer()));
			finish_and_look();
			assert_eq!(books().drawn(), cost(600_000));
			assert_eq!(
				free(&consumer()),
				EXISTENTIAL_DEPOSIT + books().refunded + 80 * MILLI
			);
		})
	}

	#[test]
	fn cannot_drain_the_escrow_it_gave_away() {
		run(|| {
			active();
			serve(100);
			acknowledge(0, 600_000);
			assert_ok!(transfer(stranger()));
			let before = free(&stranger());
			assert_noop!(close(consumer()), Error::<Test>::NotParty);
			assert_noop!(
				Leases::migrate(signed(consumer()), LEASE, MACHINE, RATE, [7; 32], None),
				Error::<Test>::NotConsumer
			);
			// Its old key acknowledges for ever what was not served: no more than was proven is paid.
			acknowledge(0, u64::MAX);
			assert_eq!(books().drawn(), cost(600_000));
			assert_ok!(close(stranger()));
			finish_and_look();
			assert_eq!(books().refunded, 9 * UNIT - cost(600_000));
			assert_eq!(free(&stranger()), before + books().refunded + 100 * MILLI);
		})
	}

	#[test]
	fn that_is_its_own_provider_moves_nothing_but_fees() {
		run(|| {
			MockMachines::change(MACHINE, |machine| {
				machine.provider = consumer();
				machine.agent = consumer();
			});
			let mut own = agreement();
			own.provider = consumer();
			own.version = None;
			own.terms = LeaseTerms {
				spot_notice_ms: Some(60_000),
				max_duration_ms: 7_200_000,
				early_close_ms: 600_000,
				sla: Some(Sla {
					target: Perbill::from_percent(90),
					credit: Perbill::from_percent(50),
				}),
				arbiter: None,
			};
			assert_ok!(agree(own));
			let me = || signed(consumer());
			assert_ok!(Leases::start(me(), LEASE, Some(receipt(0))));
			serve(100);
			assert_ok!(collect(consumer(), Some(receipt(600_000))));
			let change = Change {
				rate: 10 * RATE,
				units: 2,
				acknowledged_ms: 600_000,
			};
			assert_ok!(Leases::propose_change(me(), LEASE, change));
			let hash = Leases::proposal_hash(LEASE).expect("proposed");
			assert_noop!(
				Leases::accept_change(me(), LEASE, hash),
				Error::<Test>::OwnProposal
			);
			assert_ok!(Leases::reclaim(me(), LEASE));
			assert_ok!(transfer(consumer()));
			assert_ok!(close(consumer()));
			finish_and_look();
			let fee = books().lease_fee;
			assert!(fee > 0 && books().provider_gross() == 600 * 2 * RATE);
			assert_eq!(free(&consumer()), ENDOWMENT - fee - 20 * MILLI);
		})
	}
}

mod a_passer_by {
	use super::*;

	#[test]
	fn gains_and_spoils_nothing_by_topping_up_one_unit_at_a_time() {
		run(|| {
			active_with(|lease| lease.funds = cost(400_000));
			for _ in 0..20 {
				assert_ok!(top_up(stranger(), 1));
			}
			assert_eq!(books().deposited, cost(400_000) + 20);
			serve(70);
			acknowledge(0, 420_000);
			assert_ok!(pause(stranger()));
			// One unit resumes nothing.
			assert_ok!(top_up(stranger(), 1));
			assert!(matches!(lease(LEASE).state, State::Paused { .. }));
			assert_ok!(close(provider()));
			finish_and_look();
			assert_eq!(free(&stranger()), ENDOWMENT - 21 + 20 * MILLI);
		})
	}

	#[test]
	fn pulls_no_more_from_a_wallet_than_its_owner_allowed() {
		run(|| {
			active_with(|lease| lease.funds = cost(60_000));
			let auto = Some(AutoTopUp { step: 1, cap: 30 });
			assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
			serve(10);
			let before = free(&consumer());
			for _ in 0..50 {
				assert_ok!(collect(stranger(), None));
			}
			assert_eq!(free(&consumer()), before - 30);
			assert_eq!(work().auto_top_up, None);
		})
	}

	#[test]
	fn hides_no_wallet_by_calling_from_deep_inside() {
		fn nested(depth: u32, call: fn() -> DispatchResult) -> DispatchResult {
			with_storage_layer(|| match depth {
				0 => call(),
				_ => nested(depth - 1, call),
			})
		}
		let calls: [fn() -> DispatchResult; 2] = [|| pause(stranger()), || close(agent())];
		for call in calls {
			run(|| {
				out_of_funds_with_a_wallet();
				// Too deep first, then less and less: the call fails, or finds the wallet.
				let limit = DispatchError::Transactional(TransactionalError::LimitReached);
				for depth in (200..270).rev() {
					match nested(depth, call) {
						Ok(()) => break,
						Err(error) => assert_eq!(error, limit),
					}
				}
				assert_eq!(books().deposited, cost(1_000_000) + FEE);
				assert!(!matches!(lease(LEASE).state, State::Paused { .. }));
			})
		}
	}

	#[test]
	fn that_opens_leases_at_the_least_rate_pays_its_deposit_for_each_and_breaks_no_sum() {
		run(|| {
			// One base unit a second of each thousand is the fee, rounded up for the protocol.
			MockMachines::change(MACHINE, |machine| {
				machine.price_per_second = params().min_rate;
				(machine.units, machine.free_units) = (60, 60);
			});
			let order = MeteredOrder {
				units: 1,
				duration_seconds: 60,
				version: None,
				tenant: None,
				funds: UNIT,
				..metered()
			};
			for number in 0..30 {
				let id = LeaseId(number);
				assert_ok!(open_metered(order.clone()));
				assert_ok!(Leases::accept(signed(agent()), id));
				assert_ok!(Leases::start(signed(agent()), id, None));
			}
			assert_eq!(
				on_hold(HoldReason::OpeningDeposit, &consumer()),
				30 * 100 * MILLI
			);
			serve(10);
			for number in 0..30 {
				let id = LeaseId(number);
				assert_ok!(Leases::close(signed(stranger()), id));
				assert_ok!(Leases::finish(signed(stranger()), id));
				assert_eq!(lease(id).books.provider_gross(), 60_000);
				assert_eq!(lease(id).books.lease_fee, 1_200);
			}
			assert_eq!(Balances::total_balance_on_hold(&consumer()), 0);
		})
	}

	/// A crowd that runs out just before the lease of interest. Blocks have weight for ten entries:
	/// the crowd makes none of them heavier, delays that lease once, and keeps nobody from calling.
	#[test]
	fn that_fills_the_wheel_delays_the_wheel_and_nobody_else() {
		let weight = crate::hooks::look_weight::<Test>()
			.saturating_add(crate::hooks::entry_weight::<Test>())
			.saturating_mul(10);
		let crowd = 200;
		let until_expired = |who_calls: bool| {
			let mut waited = 0;
			run(|| {
				for _ in 0..crowd {
					assert_ok!(open_metered(MeteredOrder {
						units: 1,
						funds: 2 * UNIT,
						..metered()
					}));
				}
				jump(1);
				let last = LeaseId(crowd);
				assert_ok!(open_metered(metered()));
				jump(52);
				while matches!(lease(last).state, State::Offered { .. }) {
					if who_calls {
						assert_ok!(Leases::cancel(signed(stranger()), last));
					}
					let used = Leases::on_idle(System::block_number(), weight);
					assert!(used.all_lte(weight));
					jump(1);
					waited += 1;
				}
			});
			waited
		};
		assert_eq!(until_expired(false), crowd / 10 + 1);
		assert_eq!(until_expired(true), 1);
	}

	#[test]
	fn stops_no_neighbour_in_a_batch() {
		run(|| {
			active();
			serve(100);
			let wrong = receipt_for(LEASE, 5, 1);
			let batch = vec![
				(NOBODY, None),
				(LEASE, Some(wrong)),
				(LEASE, Some(receipt(600_000))),
				(LEASE, Some(receipt(u64::MAX))),
			];
			let batch = batch.try_into().expect("four are few");
			assert_ok!(Leases::settle_many(signed(stranger()), batch));
			assert_ok!(Leases::withdraw(signed(stranger()), LEASE));
			assert_eq!(books().drawn(), cost(600_000));
		})
	}

	#[test]
	fn that_donates_to_a_lease_gives_to_its_consumer_and_to_nobody_else() {
		run(|| {
			active_with(|lease| lease.funds = cost(400_000));
			let total = Balances::total_issuance();
			assert_ok!(top_up(account(9), cost(400_000)));
			assert_ok!(close(consumer()));
			finish_and_look();
			assert_eq!(books().refunded, cost(800_000));
			assert_eq!(Balances::total_issuance(), total);
		})
	}
}

mod the_taker_of_a_lease {
	use super::*;

	#[test]
	fn does_not_fill_it_from_the_sellers_wallet_first() {
		run(|| {
			active_with(|lease| lease.funds = UNIT);
			let auto = Some(AutoTopUp {
				step: UNIT,
				cap: 3 * UNIT,
			});
			assert_ok!(Leases::set_auto_top_up(signed(consumer()), LEASE, auto));
			let offer = |to| Leases::offer_transfer(signed(consumer()), LEASE, to);
			assert_ok!(offer(Some(stranger())));
			serve(60);
			let before = free(&consumer());
			assert_ok!(collect(stranger(), Some(receipt(360_000))));
			assert_eq!((free(&consumer()), books().deposited), (before, UNIT));
			// Offered to nobody or to oneself, it is filled as before.
			assert_ok!(offer(Some(consumer())));
			assert_ok!(Leases::withdraw(signed(stranger()), LEASE));
			assert_eq!(books().deposited, 2 * UNIT);
		})
	}
}
