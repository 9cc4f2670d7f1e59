//! Opening a lease: what is refused, what is held, what is agreed from then on.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	meter::Meter,
	pricing::{self, MeteredPrice},
	types::*,
	Config, Error, Event, HoldReason, Leases, LeasesOf, NextLeaseId, Pallet, Params,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::DispatchError;
use terminal_gpu_proof::{result::Leaf, runner::Runner};
use terminal_primitives::{
	market::{
		Availability, JobSpec, LeaseTerms, MachineStatus, MachineSummary, Machines, ModelRegistry,
		ModelTerms,
	},
	AssetId, Balance, Digest, LeaseId, MachineId, VersionId,
};

/// What is agreed in a metered lease.
pub(crate) struct Agreement<AccountId> {
	pub asset: Option<AssetId>,
	pub units: u32,
	pub rate: Balance,
	pub duration_ms: u64,
	pub version: Option<VersionId>,
	pub tenant: Option<TenantKey>,
	pub terms: LeaseTerms<AccountId>,
	pub agreed: bool,
}

/// What makes a new lease.
pub(crate) struct Opening<AccountId> {
	pub machine_id: MachineId,
	pub provider: AccountId,
	pub asset: Option<AssetId>,
	pub terms_hash: Digest,
	pub version: Option<VersionId>,
	pub work: Work<AccountId>,
	pub continues: Option<LeaseId>,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_metered(consumer: T::AccountId, order: MeteredOrder) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = Self::machine_for(order.machine, &order.terms_hash)?;
		let rate = Self::asking(order.machine, &machine, order.asset)
			.ok_or(Error::<T>::MachineNotPriced)?;
		ensure!(rate <= order.max_rate, Error::<T>::RateAboveMaximum);
		let free = Self::free_units(order.machine, &machine);
		ensure!(
			(1..=free).contains(&order.units),
			Error::<T>::UnitsUnavailable
		);
		let duration_ms = u64::from(order.duration_seconds).saturating_mul(1_000);
		let terms = params.plain_terms();
		let (work, price) = Self::metered_work(
			&params,
			Agreement {
				asset: order.asset,
				units: order.units,
				rate,
				duration_ms,
				version: order.version,
				tenant: order.tenant,
				terms,
				agreed: false,
			},
		)?;
		ensure!(order.funds >= price.least, Error::<T>::FundsTooLow);
		let funds = order.funds.min(price.whole);
		let opening = Opening {
			machine_id: order.machine,
			provider: machine.provider,
			asset: order.asset,
			terms_hash: machine.terms_hash,
			version: order.version,
			work: Work::Metered(work),
			continues: None,
		};
		let donor = consumer.clone();
		let (id, lease) = Self::open(consumer, opening, &params, |lease| {
			Self::deposit(&donor, lease, funds)
		})?;
		Self::announce(id, lease, &params);
		Ok(())
	}

	/// What is agreed in a metered lease and what it costs, if it may be agreed.
	pub(crate) fn metered_work(
		params: &Parameters,
		agreement: Agreement<T::AccountId>,
	) -> Result<(MeteredWork<T::AccountId>, MeteredPrice), DispatchError> {
		let Agreement {
			asset,
			units,
			rate,
			duration_ms,
			version,
			tenant,
			terms,
			agreed,
		} = agreement;
		ensure!(units > 0, Error::<T>::UnitsUnavailable);
		ensure!(
			params.durations_ms().contains(&duration_ms),
			Error::<T>::DurationOutOfRange
		);
		let lasting = Self::terms_in(params, asset)?;
		let royalty_rate =
			Self::version_terms(version, asset)?.map_or(0, |terms| terms.price_per_second);
		let price = pricing::metered(
			&lasting,
			units,
			rate,
			royalty_rate,
			duration_ms,
			terms.early_close_ms,
		)
		.ok_or(Error::<T>::PriceOverflow)?;
		ensure!(price.per_second >= lasting.min_rate, Error::<T>::RateTooLow);
		let work = MeteredWork {
			units,
			rate,
			royalty_rate,
			duration_ms,
			tenant,
			meter: Meter::new(params.grace_ms),
			terms,
			agreed,
			reclaimed: false,
			auto_top_up: None,
			proposal: None,
			offered_to: None,
		};
		Ok((work, price))
	}

	pub(crate) fn do_open_job(consumer: T::AccountId, order: JobOrder) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = Self::machine_for(order.machine, &order.terms_hash)?;
		Self::ensure_provable(&params, &order.spec)?;
		let at_risk = Self::worth(order.asset, order.price)?;
		// A provider takes an asset by naming a price in it, for time or for jobs.
		let is_taken = Self::asking(order.machine, &machine, order.asset).is_some();
		ensure!(is_taken, Error::<T>::MachineNotPriced);
		ensure!(at_risk >= params.min_job_price, Error::<T>::PriceTooLow);
		let deadlines = params.min_deadline_blocks..=params.max_deadline_blocks;
		ensure!(
			deadlines.contains(&order.deadline_blocks),
			Error::<T>::DeadlineOutOfRange
		);
		let mut royalty = 0;
		if let Some(terms) = Self::version_terms(order.version, order.asset)? {
			let root = terms.weights_root.ok_or(Error::<T>::VersionNotVerifiable)?;
			ensure!(
				root == order.spec.weights_root,
				Error::<T>::WeightsRootMismatch
			);
			royalty = terms.price_per_job;
		}
		let total = order
			.price
			.checked_add(royalty)
			.ok_or(Error::<T>::PriceOverflow)?;
		ensure!(total <= order.max_total, Error::<T>::PriceAboveMaximum);
		let work = Work::Job(JobWork {
			spec: order.spec,
			price: order.price,
			at_risk,
			royalty,
			deadline_blocks: order.deadline_blocks,
			manifest: order.manifest,
			input_url: Self::location(order.input_url)?,
			weights_url: Self::location(order.weights_url)?,
		});
		let opening = Opening {
			machine_id: order.machine,
			provider: machine.provider,
			asset: order.asset,
			terms_hash: machine.terms_hash,
			version: order.version,
			work,
			continues: None,
		};
		let donor = consumer.clone();
		let (id, lease) = Self::open(consumer, opening, &params, |lease| {
			Self::deposit(&donor, lease, total)
		})?;
		Self::announce(id, lease, &params);
		Ok(())
	}

	/// Make a lease and fund it: its escrow by `fund`, its opening deposit by the consumer. The
	/// caller stores it.
	pub(crate) fn open(
		consumer: T::AccountId,
		opening: Opening<T::AccountId>,
		params: &Parameters,
		fund: impl FnOnce(&mut Lease<T::AccountId>) -> DispatchResult,
	) -> Result<(LeaseId, Lease<T::AccountId>), DispatchError> {
		let id = NextLeaseId::<T>::get();
		let next = id.next().ok_or(Error::<T>::PriceOverflow)?;
		let now = crate::now_block::<T>();
		let deposit = params.opening_deposit;
		let Opening {
			machine_id,
			provider,
			asset,
			terms_hash,
			version,
			work,
			continues,
		} = opening;
		let mut lease = Lease {
			consumer,
			provider,
			machine: machine_id,
			asset,
			terms_hash,
			version,
			opened_at: now,
			terms: Self::terms_in(params, asset)?,
			deposit,
			books: Books::default(),
			work,
			state: State::Offered {
				expires_at: now.saturating_add(params.offer_blocks),
			},
			wake_at: 0,
			continues,
		};
		let attestation = lease.attestation();
		lease.deposit = deposit
			.checked_add(attestation)
			.ok_or(Error::<T>::PriceOverflow)?;
		fund(&mut lease)?;
		Self::hold(&lease.consumer, HoldReason::OpeningDeposit, lease.deposit)?;
		NextLeaseId::<T>::put(next);
		LeasesOf::<T>::insert(&lease.consumer, id, ());
		LeasesOf::<T>::insert(&lease.provider, id, ());
		Ok((id, lease))
	}

	/// Store an offered lease, put it on the wheel and tell the provider.
	pub(crate) fn announce(id: LeaseId, mut lease: Lease<T::AccountId>, params: &Parameters) {
		lease.wake_at = crate::hooks::schedule::<T>(id, &lease).unwrap_or(0);
		let event = Event::LeaseOffered {
			lease: id,
			consumer: lease.consumer.clone(),
			provider: lease.provider.clone(),
			machine: lease.machine,
			asset: lease.asset,
			held: lease.books.held,
			deposit: lease.deposit,
			expires_at: lease.opened_at.saturating_add(params.offer_blocks),
		};
		Leases::<T>::insert(id, lease);
		Self::deposit_event(event);
	}

	/// Refuse what a fault proof could not show or the runtime not re-execute.
	fn ensure_provable(params: &Parameters, spec: &JobSpec) -> DispatchResult {
		let runner = Runner::of(spec.runner).ok_or(Error::<T>::UnsupportedRunner)?;
		ensure!(
			(1..=params.max_items).contains(&spec.items),
			Error::<T>::ItemsOutOfRange
		);
		let leaf = Leaf::encoded_bound(spec.items, spec.input_bytes, spec.output_bytes);
		let weights = usize::try_from(spec.weights_bytes).unwrap_or(usize::MAX);
		// A data challenge is answered with all weights, whatever shows a fault.
		let shown = runner.evidence_bound(spec.weights_bytes).max(weights);
		let greatest = usize::try_from(params.max_proof_bytes).unwrap_or(usize::MAX);
		ensure!(
			leaf.saturating_add(shown) <= greatest,
			Error::<T>::ProofTooLarge
		);
		ensure!(
			spec.multiplications <= params.max_multiplications,
			Error::<T>::TooManyMultiplications
		);
		Ok(())
	}

	/// Units of a machine that no lease has reserved.
	pub(crate) fn free_units(id: MachineId, machine: &MachineSummary<T::AccountId>) -> u32 {
		let reserved = T::Availability::reserved_units(id);
		machine.units.saturating_sub(reserved)
	}

	pub(crate) fn machine_for(
		id: MachineId,
		terms_hash: &Digest,
	) -> Result<MachineSummary<T::AccountId>, DispatchError> {
		let machine = T::Machines::machine(id).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(
			machine.status == MachineStatus::Online,
			Error::<T>::MachineNotOnline
		);
		ensure!(&machine.terms_hash == terms_hash, Error::<T>::TermsChanged);
		ensure!(T::Machines::is_proven(id), Error::<T>::CapabilityNotProven);
		Ok(machine)
	}

	pub(crate) fn version_terms(
		version: Option<VersionId>,
		asset: Option<AssetId>,
	) -> Result<Option<ModelTerms<T::AccountId>>, DispatchError> {
		let Some(version) = version else {
			return Ok(None);
		};
		let terms = T::Models::terms(version).ok_or(Error::<T>::UnknownVersion)?;
		ensure!(!terms.yanked, Error::<T>::VersionYanked);
		let priced = Self::priced_in(version, terms, asset).ok_or(Error::<T>::VersionNotPriced)?;
		Ok(Some(priced))
	}

	fn location(bytes: Vec<u8>) -> Result<Location, DispatchError> {
		let is_printable = bytes.iter().all(|byte| byte.is_ascii_graphic());
		let location = Location::try_from(bytes).map_err(|_| Error::<T>::LocationTooLong)?;
		ensure!(
			is_printable && !location.is_empty(),
			Error::<T>::LocationInvalid
		);
		Ok(location)
	}
}
