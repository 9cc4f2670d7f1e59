//! Builds what clients read. Writes nothing.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	changes, pricing, pricing::Phase, runtime_api::*, types::*, Config, Leases, LeasesOf, Pallet,
	Params,
};
use alloc::{string::String, vec::Vec};
use frame_support::traits::Time;
use terminal_primitives::{
	market::{Availability, MachineSummary, Machines, ModelRegistry, ModelTerms},
	uptime::{ProvenTime, VerifiedUptime},
	AssetId, Balance, Digest, LeaseId, MachineId, Moment, VersionId,
};

/// The most leases that one answer holds.
const MAX_PAGE: u32 = 100;
/// The most of an account's leases that one page looks at.
const MAX_SCAN: usize = 1_000;

pub(crate) fn lease<T: Config>(id: LeaseId) -> Option<LeaseView<T::AccountId>> {
	Leases::<T>::get(id).map(|lease| view::<T>(id, lease))
}

pub(crate) fn own_leases<T: Config>(
	account: T::AccountId,
	side: Option<Side>,
	which: Which,
	from: Option<LeaseId>,
	limit: u32,
) -> LeasePage<T::AccountId> {
	let limit = usize::try_from(limit.clamp(1, MAX_PAGE)).unwrap_or(1);
	let first = from.filter(|id| LeasesOf::<T>::contains_key(&account, id));
	let rest = match from {
		Some(from) => {
			let start = LeasesOf::<T>::hashed_key_for(&account, from);
			LeasesOf::<T>::iter_key_prefix_from(&account, start)
		},
		None => LeasesOf::<T>::iter_key_prefix(&account),
	};
	let mut leases = Vec::new();
	for (seen, id) in first.into_iter().chain(rest).enumerate() {
		if seen >= MAX_SCAN || leases.len() >= limit {
			return LeasePage {
				leases,
				next: Some(id),
			};
		}
		let wanted = Leases::<T>::get(id).filter(|lease| {
			let is_own = match side {
				Some(Side::Consumer) => lease.consumer == account,
				Some(Side::Provider) => lease.provider == account,
				None => true,
			};
			let is_shown = match which {
				Which::All => true,
				Which::Open => !matches!(lease.state, State::Closed { .. }),
			};
			is_own && is_shown
		});
		leases.extend(wanted.map(|lease| view::<T>(id, lease)));
	}
	LeasePage { leases, next: None }
}

pub(crate) fn quote_metered<T: Config>(
	id: MachineId,
	units: u32,
	duration_seconds: u32,
	version: Option<VersionId>,
	asset: Option<AssetId>,
) -> Result<MeteredQuote, QuoteError> {
	let params = Params::<T>::get();
	let terms = terms_in::<T>(&params, asset)?;
	let machine = machine::<T>(id)?;
	let rate = Pallet::<T>::asking(id, &machine, asset).ok_or(QuoteError::MachineNotPriced)?;
	let royalty_rate = model::<T>(version, asset)?.map_or(0, |terms| terms.price_per_second);
	let duration_ms = u64::from(duration_seconds).saturating_mul(1_000);
	let price = pricing::metered(&terms, units, rate, royalty_rate, duration_ms, 0)
		.ok_or(QuoteError::PriceOverflow)?;
	let royalty = royalty_rate.saturating_mul(duration_seconds.into());
	let (fee, burned) = fees(&terms, price.whole.saturating_sub(royalty), royalty);
	Ok(MeteredQuote {
		asset,
		rate,
		royalty_rate,
		per_second: price.per_second,
		total: price.whole,
		least_funds: price.least,
		fee,
		burned,
		deposit: params.opening_deposit,
		terms_hash: machine.terms_hash,
		free_units: Pallet::<T>::free_units(id, &machine),
		earliest_start: T::Availability::earliest_start(id, units, duration_ms),
	})
}

pub(crate) fn quote_job<T: Config>(
	id: MachineId,
	price: Balance,
	version: Option<VersionId>,
	asset: Option<AssetId>,
) -> Result<JobQuote, QuoteError> {
	let params = Params::<T>::get();
	let terms = terms_in::<T>(&params, asset)?;
	let machine = machine::<T>(id)?;
	Pallet::<T>::asking(id, &machine, asset).ok_or(QuoteError::MachineNotPriced)?;
	let royalty = model::<T>(version, asset)?.map_or(0, |terms| terms.price_per_job);
	let (fee, burned) = fees(&terms, price, royalty);
	let attestation = match asset {
		Some(_) => {
			let worth = Pallet::<T>::worth(asset, price);
			pricing::attestation(&terms, worth.map_err(|_| QuoteError::AssetNotApproved)?)
		},
		None => 0,
	};
	Ok(JobQuote {
		asset,
		price,
		royalty,
		total: price
			.checked_add(royalty)
			.ok_or(QuoteError::PriceOverflow)?,
		fee,
		burned,
		deposit: params.opening_deposit.saturating_add(attestation),
		posting_fee: params.posting_fee,
		terms_hash: machine.terms_hash,
	})
}

/// The fee on both parts, and what of it is burned, if all is paid at once.
fn fees(terms: &Terms, provider: Balance, royalty: Balance) -> (Balance, Balance) {
	let lease = pricing::fee(terms.fee, 0, 0, provider);
	let model = pricing::fee(terms.fee, 0, 0, royalty);
	let burned = pricing::split_fee(terms, lease)
		.burned
		.saturating_add(pricing::split_fee(terms, model).burned);
	(lease.saturating_add(model), burned)
}

fn terms_in<T: Config>(params: &Parameters, asset: Option<AssetId>) -> Result<Terms, QuoteError> {
	Pallet::<T>::terms_in(params, asset).map_err(|_| QuoteError::AssetNotApproved)
}

fn machine<T: Config>(id: MachineId) -> Result<MachineSummary<T::AccountId>, QuoteError> {
	T::Machines::machine(id).ok_or(QuoteError::UnknownMachine)
}

fn model<T: Config>(
	version: Option<VersionId>,
	asset: Option<AssetId>,
) -> Result<Option<ModelTerms<T::AccountId>>, QuoteError> {
	let Some(version) = version else {
		return Ok(None);
	};
	let terms = T::Models::terms(version).ok_or(QuoteError::UnknownVersion)?;
	if terms.yanked {
		return Err(QuoteError::VersionYanked);
	}
	Pallet::<T>::priced_in(version, terms, asset)
		.map(Some)
		.ok_or(QuoteError::VersionNotPriced)
}

fn view<T: Config>(id: LeaseId, lease: Lease<T::AccountId>) -> LeaseView<T::AccountId> {
	let agent = Pallet::<T>::agent_of(&lease);
	let (status, until_block, outcome) = match &lease.state {
		State::Offered { expires_at } => (Status::Offered, Some(*expires_at), None),
		State::Accepted { start_by, .. } => (Status::Accepted, Some(*start_by), None),
		State::Active { .. } => (Status::Active, None, None),
		State::Paused { .. } => (Status::Paused, None, None),
		State::Disputed { until, outcome, .. } => (Status::Disputed, Some(*until), Some(*outcome)),
		State::Closing {
			claim_until,
			outcome,
			..
		} => (Status::Closing, Some(*claim_until), Some(*outcome)),
		State::Running { deadline } => (Status::Running, Some(*deadline), None),
		State::Committed { .. } => (Status::Committed, None, None),
		State::Delivering { until, .. } => (Status::Delivering, Some(*until), None),
		State::Serving { until } => (Status::Serving, Some(*until), None),
		State::Redeeming { until, outcome } => (Status::Redeeming, Some(*until), Some(*outcome)),
		State::Closed { outcome, .. } => (Status::Closed, None, Some(*outcome)),
	};
	let (mut metered, mut agreed, mut job, mut calls) = (None, None, None, None);
	match &lease.work {
		Work::Metered(work) => {
			metered = Some(metered_view::<T>(&lease, work));
			agreed = Some(agreement(work));
		},
		Work::Job(work) => job = Some(job_view::<T>(id, &lease, work)),
		Work::Calls(work) => calls = Some(calls_view(&lease.books, work)),
	}
	LeaseView {
		agreement: agreed,
		continues: lease.continues,
		id,
		agent,
		machine: lease.machine,
		asset: lease.asset,
		version: lease.version,
		terms_hash: lease.terms_hash,
		opened_at: lease.opened_at,
		status,
		until_block,
		outcome,
		books: lease.books,
		deposit: lease.deposit,
		metered,
		job,
		calls,
		consumer: lease.consumer,
		provider: lease.provider,
	}
}

fn agreement<AccountId: Clone>(work: &MeteredWork<AccountId>) -> AgreementView<AccountId> {
	let terms = &work.terms;
	AgreementView {
		spot_notice_ms: terms.spot_notice_ms,
		max_duration_ms: terms.max_duration_ms,
		early_close_ms: terms.early_close_ms,
		sla_target: terms.sla.map(|sla| sla.target),
		sla_credit: terms.sla.map(|sla| sla.credit),
		arbiter: terms
			.arbiter
			.as_ref()
			.map(|arbiter| arbiter.account.clone()),
		arbiter_fee: terms.arbiter.as_ref().map(|arbiter| arbiter.fee),
		offered_to: work.offered_to.clone(),
	}
}

pub(crate) fn proposal_hash<T: Config>(id: LeaseId) -> Option<Digest> {
	match Leases::<T>::get(id)?.work {
		Work::Metered(work) => work.proposal.map(|proposal| changes::hash(id, &proposal)),
		Work::Job(_) | Work::Calls(_) => None,
	}
}

fn calls_view(books: &Books, work: &CallsWork) -> CallsView {
	let due = work.due();
	let left = books.funded().saturating_sub(due.total());
	let covered = left.checked_div(work.per_call()).unwrap_or_default();
	CallsView {
		price: work.price,
		royalty: work.royalty,
		key: work.key.clone(),
		duration_blocks: work.duration_blocks,
		calls: work.calls,
		due: due.total(),
		payable: pricing::draw(due, books, 0).total(),
		covered: u64::try_from(covered).unwrap_or(u64::MAX),
	}
}

fn metered_view<T: Config>(
	lease: &Lease<T::AccountId>,
	work: &MeteredWork<T::AccountId>,
) -> MeteredView {
	let left_ms = Pallet::<T>::clock(lease).map(|(_, left_ms)| left_ms);
	let running = |at: Moment| {
		let left_ms = left_ms.unwrap_or_default();
		let kept_back = work.early_fee(left_ms);
		(at, Phase::Running { kept_back }, work.reserve(left_ms))
	};
	let ((at, phase, reserve), ends_at): (_, Option<Moment>) = match &lease.state {
		State::Active { ends_at } => (running(T::Time::now().min(*ends_at)), Some(*ends_at)),
		State::Paused { since, .. } => (running(*since), None),
		State::Closing { end, early, .. } | State::Disputed { end, early, .. } => {
			((*end, Phase::Over(*early), 0), Some(*end))
		},
		State::Offered { .. }
		| State::Accepted { .. }
		| State::Running { .. }
		| State::Committed { .. }
		| State::Delivering { .. }
		| State::Serving { .. }
		| State::Redeeming { .. }
		| State::Closed { .. } => {
			let last = work.meter.segments.last().map_or(0, |last| last.counted_to);
			((last, Phase::Over(EarlyEnd::Free), 0), None)
		},
	};
	let (paused, pause_over_at) = match &lease.state {
		State::Paused { why, until, .. } => (Some(*why), Some(*until)),
		_ => (None, None),
	};
	let proven = T::Uptime::read(lease.machine);
	let v = |at| proven.proven_ms(at);
	let due = work.meter.due(at, &v);
	let acknowledged = work.meter.acknowledged_due(at, &v);
	let now = pricing::payable(due, acknowledged, work.terms.sla, phase);
	let payable = pricing::draw(now, &lease.books, reserve).total();
	let per_second = work.per_second();
	let funding_left = lease
		.books
		.funded()
		.saturating_sub(due.total().saturating_add(reserve));
	let seconds = funding_left.checked_div(per_second).unwrap_or_default();
	let segments = work
		.meter
		.segments
		.iter()
		.enumerate()
		.map(|(position, segment)| SegmentView {
			number: u32::try_from(position).unwrap_or(u32::MAX),
			tenant: segment.tenant.map(|key| key.0),
			rate: segment.rate,
			from: segment.from,
			to: segment.to,
			counted_to: segment.counted_to,
			proven_ms: segment.proven_ms(at, &v),
			acknowledged_ms: segment.acknowledged_ms,
			credited_ms: work.meter.credited_ms(position, at, &v),
			sealed: segment.sealed,
		});
	MeteredView {
		units: work.units,
		rate: work.rate,
		royalty_rate: work.royalty_rate,
		duration_ms: work.duration_ms,
		tenant: work.tenant.map(|key| key.0),
		handshake_shown: matches!(lease.state, State::Accepted { shown: true, .. }),
		grace_ms: work.tenant.map(|_| work.meter.grace_ms),
		ends_at,
		left_ms,
		paused,
		pause_over_at,
		reclaimed: work.reclaimed,
		early_close_fee: work.early_fee(left_ms.unwrap_or_default()),
		auto_top_up: work.auto_top_up,
		proposal: work.proposal,
		segments: segments.collect(),
		resolved_until: proven.resolved_until(),
		due: due.total(),
		payable,
		seconds_of_funding_left: u64::try_from(seconds).unwrap_or(u64::MAX),
		min_funded_seconds: lease.terms.min_funded_ms / 1_000,
	}
}

fn job_view<T: Config>(id: LeaseId, lease: &Lease<T::AccountId>, work: &JobWork) -> JobDetails {
	let (result_root, committed_at, demands) = match &lease.state {
		State::Committed { root, committed_at } => (Some(*root), Some(*committed_at), Vec::new()),
		State::Delivering {
			root,
			committed_at,
			demands,
			..
		} => (Some(*root), Some(*committed_at), demands.to_vec()),
		State::Offered { .. }
		| State::Accepted { .. }
		| State::Active { .. }
		| State::Paused { .. }
		| State::Closing { .. }
		| State::Disputed { .. }
		| State::Running { .. }
		| State::Serving { .. }
		| State::Redeeming { .. }
		| State::Closed { .. } => (None, None, Vec::new()),
	};
	let text = |location: &Location| String::from_utf8_lossy(location).into_owned();
	JobDetails {
		price: work.price,
		royalty: work.royalty,
		input_root: work.spec.input_root,
		weights_root: work.spec.weights_root,
		items: work.spec.items,
		weights_bytes: work.spec.weights_bytes,
		input_bytes: work.spec.input_bytes,
		output_bytes: work.spec.output_bytes,
		multiplications: work.spec.multiplications,
		runner: work.spec.runner,
		deadline_blocks: work.deadline_blocks,
		manifest: work.manifest,
		input_url: text(&work.input_url),
		weights_url: text(&work.weights_url),
		context: Pallet::<T>::job_context(id, &lease.provider),
		result_root,
		committed_at,
		demands,
	}
}
