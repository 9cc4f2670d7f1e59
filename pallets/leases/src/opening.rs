//! Opening a lease: what is refused, what is held, what is agreed from then on.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{
	meter::Meter, pricing, types::*, Config, Error, Event, HoldReason, Leases, LeasesOf,
	NextLeaseId, Pallet, Params,
};
use alloc::vec::Vec;
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::DispatchError;
use terminal_gpu_proof::result::Leaf;
use terminal_primitives::{
	market::{JobSpec, MachineStatus, MachineSummary, Machines, ModelRegistry, ModelTerms},
	Balance, Digest, MachineId, VersionId,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_metered(consumer: T::AccountId, order: MeteredOrder) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = Self::machine_for(order.machine, &order.terms_hash)?;
		let rate = machine.price_per_second;
		ensure!(rate <= order.max_rate, Error::<T>::RateAboveMaximum);
		ensure!(
			(1..=machine.free_units).contains(&order.units),
			Error::<T>::UnitsUnavailable
		);
		let durations = params.min_duration_seconds..=params.max_duration_seconds;
		ensure!(
			durations.contains(&order.duration_seconds),
			Error::<T>::DurationOutOfRange
		);
		let royalty_rate =
			Self::version_terms(order.version)?.map_or(0, |terms| terms.price_per_second);
		let price = pricing::metered(
			&params,
			order.units,
			rate,
			royalty_rate,
			order.duration_seconds,
		)
		.ok_or(Error::<T>::PriceOverflow)?;
		ensure!(price.per_second >= params.min_rate, Error::<T>::RateTooLow);
		ensure!(order.funds >= price.least, Error::<T>::FundsTooLow);
		let work = Work::Metered(MeteredWork {
			units: order.units,
			rate,
			royalty_rate,
			duration_ms: u64::from(order.duration_seconds).saturating_mul(1_000),
			tenant: order.tenant,
			meter: Meter::new(order.tenant.map(|_| params.grace_ms)),
		});
		let funds = order.funds.min(price.whole);
		Self::open(
			consumer,
			order.machine,
			machine,
			order.version,
			work,
			funds,
			params,
		)
	}

	pub(crate) fn do_open_job(consumer: T::AccountId, order: JobOrder) -> DispatchResult {
		let params = Params::<T>::get();
		let machine = Self::machine_for(order.machine, &order.terms_hash)?;
		Self::ensure_provable(&params, &order.spec)?;
		ensure!(order.price >= params.min_job_price, Error::<T>::PriceTooLow);
		let deadlines = params.min_deadline_blocks..=params.max_deadline_blocks;
		ensure!(
			deadlines.contains(&order.deadline_blocks),
			Error::<T>::DeadlineOutOfRange
		);
		let mut royalty = 0;
		if let Some(terms) = Self::version_terms(order.version)? {
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
			royalty,
			deadline_blocks: order.deadline_blocks,
			manifest: order.manifest,
			input_url: Self::location(order.input_url)?,
			weights_url: Self::location(order.weights_url)?,
		});
		Self::open(
			consumer,
			order.machine,
			machine,
			order.version,
			work,
			total,
			params,
		)
	}

	fn open(
		consumer: T::AccountId,
		machine_id: MachineId,
		machine: MachineSummary<T::AccountId>,
		version: Option<VersionId>,
		work: Work,
		funds: Balance,
		params: Parameters,
	) -> DispatchResult {
		let id = NextLeaseId::<T>::get();
		let next = id.next().ok_or(Error::<T>::PriceOverflow)?;
		let now = crate::now_block::<T>();
		let expires_at = now.saturating_add(params.offer_blocks);
		let deposit = params.opening_deposit;
		let mut lease = Lease {
			consumer: consumer.clone(),
			provider: machine.provider.clone(),
			machine: machine_id,
			terms_hash: machine.terms_hash,
			version,
			opened_at: now,
			terms: params.terms(),
			deposit,
			books: Books::default(),
			work,
			state: State::Offered { expires_at },
			wake_at: 0,
		};
		Self::deposit(&consumer, &mut lease, funds)?;
		Self::hold(&consumer, HoldReason::OpeningDeposit, deposit)?;

		lease.wake_at = crate::hooks::schedule::<T>(id, &lease).unwrap_or(0);
		NextLeaseId::<T>::put(next);
		LeasesOf::<T>::insert(&consumer, id, ());
		LeasesOf::<T>::insert(&machine.provider, id, ());
		Leases::<T>::insert(id, lease);
		Self::deposit_event(Event::LeaseOffered {
			lease: id,
			consumer,
			provider: machine.provider,
			machine: machine_id,
			held: funds,
			deposit,
			expires_at,
		});
		Ok(())
	}

	/// Refuse what a fault proof could not show or the runtime not re-execute.
	fn ensure_provable(params: &Parameters, spec: &JobSpec) -> DispatchResult {
		ensure!(
			spec.runner == RUNNER_INTEGER_NETWORK,
			Error::<T>::UnsupportedRunner
		);
		ensure!(
			(1..=params.max_items).contains(&spec.items),
			Error::<T>::ItemsOutOfRange
		);
		let leaf = Leaf::encoded_bound(spec.items, spec.input_bytes, spec.output_bytes);
		let weights = usize::try_from(spec.weights_bytes).unwrap_or(usize::MAX);
		let greatest = usize::try_from(params.max_proof_bytes).unwrap_or(usize::MAX);
		ensure!(
			leaf.saturating_add(weights) <= greatest,
			Error::<T>::ProofTooLarge
		);
		ensure!(
			spec.multiplications <= params.max_multiplications,
			Error::<T>::TooManyMultiplications
		);
		Ok(())
	}

	fn machine_for(
		id: MachineId,
		terms_hash: &Digest,
	) -> Result<MachineSummary<T::AccountId>, DispatchError> {
		let machine = T::Machines::machine(id).ok_or(Error::<T>::UnknownMachine)?;
		ensure!(
			machine.status == MachineStatus::Online,
			Error::<T>::MachineNotOnline
		);
		ensure!(&machine.terms_hash == terms_hash, Error::<T>::TermsChanged);
		Ok(machine)
	}

	fn version_terms(
		version: Option<VersionId>,
	) -> Result<Option<ModelTerms<T::AccountId>>, DispatchError> {
		let Some(version) = version else {
			return Ok(None);
		};
		let terms = T::Models::terms(version).ok_or(Error::<T>::UnknownVersion)?;
		ensure!(!terms.yanked, Error::<T>::VersionYanked);
		Ok(Some(terms))
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
