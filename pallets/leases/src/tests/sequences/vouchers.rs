//! The model's leases for calls, and what happens to them.

use super::{
	model::*,
	play::{call as call_of, payer, server, Dice, Step},
	world::*,
};
use crate::{
	mock::{caller, Test},
	types::Voucher,
	Call, Outcome,
};
use sp_core::Pair;
use sp_runtime::MultiSignature;
use terminal_primitives::{AssetId, LeaseId, MachineId, VersionId};
use terminal_test_support::UNIT;

/// What a call costs for the first model in coins.
pub const COINS_PER_CALL: u128 = 3_000_001;

/// Whether it takes vouchers.
pub fn takes(l: &Lease) -> bool {
	matches!(l.stage, Stage::Serving { .. } | Stage::Redeeming { .. })
}

pub fn call(m: &mut Model, who: Who, call: &Call<Test>) -> Done {
	match call {
		Call::open_calls {
			machine,
			price,
			max_per_call,
			duration_blocks,
			version,
			funds,
			terms_hash,
			asset,
			..
		} => {
			let at = machine.0 as usize;
			let there = m.machines.get(at)?;
			let provider = there.provider;
			when(there.online && terms_hash == &[7; 32])?;
			m.asking(at, *asset)?;
			let shortest = u64::from(m.rules.min_duration_seconds) * 1_000;
			let lasts = u64::from(*duration_blocks) * m.rules.block_ms;
			when((shortest..=longest(&m.rules)).contains(&lasts))?;
			let version = version.map(|version| version.0 as usize);
			let mut royalty = 0;
			if let Some(version) = version {
				when(!m.versions.get(version)?.yanked)?;
				royalty = m.royalties_in(version, *asset)?.per_call;
			}
			let each = price + royalty;
			when(each > 0 && each <= *max_per_call && *funds >= each)?;
			let work = Work::Calls {
				price: *price,
				royalty,
				blocks: *duration_blocks,
				calls: 0,
			};
			m.open(who, provider, at, *asset, version, work, Some(*funds))
		},
		Call::redeem { lease, voucher } => redeem(m, lease.0, voucher),
		Call::redeem_many { batch } => {
			for (id, voucher) in batch {
				m.apart(|m| redeem(m, id.0, voucher));
			}
			Some(())
		},
		other => panic!("no call with vouchers: {other:?}"),
	}
}

/// The most calls that were ever shown is what counts.
fn redeem(m: &mut Model, id: u64, voucher: &Voucher) -> Done {
	let block = m.block;
	let l = m.leases.get_mut(&id)?;
	when(takes(l) && voucher.signature != forged())?;
	if let Stage::Redeeming { until } = l.stage {
		when(block <= until)?;
	}
	let Work::Calls { calls, .. } = &mut l.work else {
		return None;
	};
	*calls = (*calls).max(voucher.calls);
	Some(())
}

pub fn pay(m: &mut Model, l: &mut Lease) {
	if let Work::Calls {
		price,
		royalty,
		calls,
		..
	} = l.work
	{
		let calls = u128::from(calls);
		m.pay_of(l, (price * calls, royalty * calls), 0);
	}
}

/// By a side, or by whoever comes after the last block.
pub fn stop(m: &Model, l: &mut Lease, side: Option<bool>) -> Done {
	let Stage::Serving { until } = l.stage else {
		return None;
	};
	l.outcome = Some(match m.block > until {
		true => Outcome::Completed,
		false if side? => Outcome::CancelledByConsumer,
		false => Outcome::CancelledByProvider,
	});
	let until = m.block + l.rules.claim_blocks;
	l.stage = Stage::Redeeming { until };
	Some(())
}

/// `rewarded` is who is, where nothing was served.
pub fn finish(m: &mut Model, l: &mut Lease, who: Option<Who>, rewarded: Option<Who>) -> Done {
	pay(m, l);
	let idle = matches!(l.work, Work::Calls { calls: 0, .. });
	let outcome = l.outcome?;
	m.close(l, outcome, if idle { rewarded } else { who });
	Some(())
}

fn forged() -> MultiSignature {
	MultiSignature::Sr25519(Default::default())
}

pub fn open(
	d: &mut Dice,
	who: Who,
	at: usize,
	asset: Option<AssetId>,
	version: Option<VersionId>,
) -> Option<Step> {
	let price = match d.one_in(12) {
		true => 0,
		false => UNIT / 300 + u128::from(d.below(1_000)),
	};
	let most = UNIT / d.of(&[50, 50, 50, 50, 250])?;
	call_of(
		who,
		Call::open_calls {
			machine: MachineId(at as u64),
			price,
			max_per_call: most,
			duration_blocks: d.range(9, 300) as u32,
			version,
			key: caller().public().into(),
			funds: d.part(UNIT, 1, 300),
			terms_hash: if d.one_in(30) { [0; 32] } else { [7; 32] },
			asset,
		},
	)
}

/// Some more calls than before, fewer, or very many; or nobody signed for them.
fn voucher(d: &mut Dice, m: &Model, id: u64) -> Voucher {
	let shown = match m.leases.get(&id).map(|l| &l.work) {
		Some(Work::Calls { calls, .. }) => *calls,
		_ => 0,
	};
	let calls = match d.below(16) {
		0 => shown,
		1 => d.below(shown + 1),
		2 => shown + d.below(1 << 40),
		_ => shown + d.range(1, 40),
	};
	let message = crate::vouchers::message::<Test>(LeaseId(id), calls);
	let signature = match d.one_in(15) {
		true => forged(),
		false => caller().sign(&message).into(),
	};
	Voucher { calls, signature }
}

pub fn some(d: &mut Dice, m: &Model) -> Option<Step> {
	let serves = |l: &Lease| matches!(l.stage, Stage::Serving { .. });
	let is_over = |l: &Lease| matches!(l.stage, Stage::Redeeming { .. });
	let id = d.lease(m, takes)?;
	let lease = LeaseId(id);
	match d.below(16) {
		0..=5 => {
			let voucher = voucher(d, m, id);
			call_of(d.anyone(), Call::redeem { lease, voucher })
		},
		6..=7 => {
			let count = d.below(4);
			let batch: Vec<_> = (0..count)
				.filter_map(|_| {
					let id = d.lease(m, takes)?;
					Some((LeaseId(id), voucher(d, m, id)))
				})
				.collect();
			let batch = batch.try_into().expect("few");
			call_of(d.anyone(), Call::redeem_many { batch })
		},
		8..=10 => call_of(d.anyone(), Call::withdraw { lease }),
		11 => {
			let amount = u128::from(d.below(2_000)) * UNIT / 1_000;
			call_of(d.anyone(), Call::top_up { lease, amount })
		},
		12..=13 => {
			let lease = LeaseId(d.lease(m, serves)?);
			let likely = d.of(&[payer(m, lease.0), server(true, m, lease.0), 5])?;
			call_of(d.by(likely), Call::close { lease })
		},
		_ => {
			let lease = LeaseId(d.lease(m, is_over)?);
			call_of(d.by(server(false, m, lease.0)), Call::finish { lease })
		},
	}
}
