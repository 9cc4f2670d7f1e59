use crate::lifecycle::*;

const ORDER_STAGES: [OrderStage; 5] = [
	OrderStage::Fresh,
	OrderStage::Open,
	OrderStage::Firm,
	OrderStage::Due,
	OrderStage::Gone,
];
const ORDER_STEPS: [OrderStep; 6] = [
	OrderStep::Bid,
	OrderStep::Withdraw,
	OrderStep::Accept,
	OrderStep::Match,
	OrderStep::Cancel,
	OrderStep::Close,
];
const STAGES: [ReservationStage; 4] = [
	ReservationStage::Reserved,
	ReservationStage::Arrived,
	ReservationStage::Opened,
	ReservationStage::Gone,
];
const STEPS: [ReservationStep; 6] = [
	ReservationStep::Open,
	ReservationStep::Arrive,
	ReservationStep::Start,
	ReservationStep::NeverStart,
	ReservationStep::Cancel,
	ReservationStep::End,
];

#[test]
fn of_orders_is_the_table_of_the_readme() {
	use OrderStage::*;
	// Bid, Withdraw, Accept, Match, Cancel, Close.
	let table = [
		(
			Fresh,
			[Some(Fresh), Some(Fresh), Some(Gone), None, Some(Gone), None],
		),
		(
			Open,
			[
				Some(Open),
				Some(Open),
				Some(Gone),
				Some(Gone),
				Some(Gone),
				None,
			],
		),
		(
			Firm,
			[Some(Firm), None, Some(Gone), Some(Gone), Some(Gone), None],
		),
		(Due, [None, None, None, None, None, Some(Gone)]),
		(Gone, [None; 6]),
	];
	for (stage, row) in table {
		for (step, reached) in ORDER_STEPS.into_iter().zip(row) {
			assert_eq!(next_order(stage, step).ok(), reached, "{stage:?} {step:?}");
		}
	}
	assert_eq!(table.map(|(stage, _)| stage), ORDER_STAGES);
}

#[test]
fn of_reservations_allows_exactly_the_arrows_of_the_diagram() {
	use ReservationStage::*;
	use ReservationStep::*;
	let arrows = [
		(Reserved, Open, Opened),
		(Reserved, Arrive, Arrived),
		(Reserved, Cancel, Gone),
		(Reserved, End, Gone),
		(Arrived, Open, Opened),
		(Arrived, End, Gone),
		(Opened, Start, Gone),
		(Opened, NeverStart, Gone),
		(Opened, End, Gone),
	];
	for stage in STAGES {
		for step in STEPS {
			let reached = arrows
				.iter()
				.find(|(from, by, _)| (*from, *by) == (stage, step))
				.map(|(_, _, to)| *to)
				.ok_or(IllegalStep);
			assert_eq!(next_reservation(stage, step), reached, "{stage:?} {step:?}");
		}
	}
}

#[test]
fn lets_everything_end() {
	for stage in ORDER_STAGES
		.into_iter()
		.filter(|stage| *stage != OrderStage::Gone)
	{
		let ends = ORDER_STEPS
			.into_iter()
			.any(|step| next_order(stage, step) == Ok(OrderStage::Gone));
		assert!(ends, "{stage:?} is a trap");
	}
	for stage in STAGES
		.into_iter()
		.filter(|stage| *stage != ReservationStage::Gone)
	{
		let end = next_reservation(stage, ReservationStep::End);
		assert_eq!(end, Ok(ReservationStage::Gone), "{stage:?} is a trap");
	}
}

#[test]
fn of_an_order_follows_from_the_block() {
	use crate::mock::*;
	run(|| {
		posted();
		let order = crate::Orders::<Test>::get(ORDER).expect("it stands");
		for (block, stage) in [
			(1, OrderStage::Fresh),
			(3, OrderStage::Fresh),
			(4, OrderStage::Open),
			(18, OrderStage::Open),
			(19, OrderStage::Firm),
			(21, OrderStage::Firm),
			(22, OrderStage::Due),
			(u32::MAX, OrderStage::Due),
		] {
			assert_eq!(order.stage(block), stage, "block {block}");
		}
	})
}
