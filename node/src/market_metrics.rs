//! The marketplace in Prometheus: supply, machines, leases, attestation, as of the finalised block.
//!
//! Counters of ids never fall, so `rate()` of them tells how many leases, challenges and tasks begin.
//! Read at most every [`INTERVAL`]: a page of the provider book costs a runtime call.

use codec::Decode;
use futures::StreamExt;
use pallet_attestation::runtime_api::AttestationApi;
use pallet_providers::runtime_api::ProvidersApi;
use pallet_supply::runtime_api::SupplyApi;
use sc_client_api::{BlockchainEvents, StorageKey, StorageProvider};
use sp_api::{ApiExt, ProvideRuntimeApi};
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use substrate_prometheus_endpoint::{
	register, Gauge, GaugeVec, Opts, PrometheusError, Registry, F64, U64,
};
use terminal_primitives::{
	market::MachineStatus, ChallengeId, LeaseId, MachineId, TaskId, VersionId, UNIT,
};
use terminal_runtime::{opaque::Block, AccountId, Hash, Runtime};

const LOG_TARGET: &str = "market-metrics";
/// Least time between two readings.
const INTERVAL: Duration = Duration::from_secs(10);
/// Pages of the provider book that one reading takes; machines beyond are not counted.
const MAX_PAGES: u32 = 20;
/// Machines on a page, the runtime's own limit.
const PAGE: u32 = 100;

/// What is registered.
pub struct Metrics {
	supply: GaugeVec<F64>,
	begun: GaugeVec<U64>,
	machines: GaugeVec<U64>,
	units: GaugeVec<U64>,
	leased_machines: Gauge<U64>,
	attestors: GaugeVec<U64>,
}

fn gauges<P: substrate_prometheus_endpoint::prometheus::core::Atomic + 'static>(
	registry: &Registry,
	name: &str,
	help: &str,
	label: &str,
) -> Result<GaugeVec<P>, PrometheusError> {
	register(GaugeVec::new(Opts::new(name, help), &[label])?, registry)
}

impl Metrics {
	/// Register all of them.
	///
	/// # Errors
	///
	/// If a name is taken.
	pub fn new(registry: &Registry) -> Result<Self, PrometheusError> {
		Ok(Self {
			supply: gauges(
				registry,
				"terminal_supply_tct",
				"TCT by what became of it",
				"kind",
			)?,
			begun: gauges(
				registry,
				"terminal_begun",
				"Ids given out since genesis",
				"what",
			)?,
			machines: gauges(
				registry,
				"terminal_machines",
				"Registered machines",
				"status",
			)?,
			units: gauges(
				registry,
				"terminal_units",
				"Units of online machines",
				"state",
			)?,
			leased_machines: register(
				Gauge::new(
					"terminal_leased_machines",
					"Machines with open metered leases",
				)?,
				registry,
			)?,
			attestors: gauges(registry, "terminal_attestors", "Attestors", "state")?,
		})
	}

	fn read<Client>(&self, client: &Client, at: Hash) -> Result<(), String>
	where
		Client: ProvideRuntimeApi<Block> + StorageProvider<Block, sc_service::TFullBackend<Block>>,
		Client::Api: SupplyApi<Block>
			+ ProvidersApi<Block, AccountId>
			+ AttestationApi<Block, AccountId>
			+ ApiExt<Block>,
	{
		let told = |error: sp_api::ApiError| error.to_string();
		let supply = client.runtime_api().supply(at).map_err(told)?;
		for (kind, amount) in [
			("issuance", supply.issuance),
			("minted", supply.minted),
			("burned", supply.burned),
			("promised", supply.promised),
			("gap", supply.gap),
		] {
			self.supply
				.with_label_values(&[kind])
				.set(amount as f64 / UNIT as f64);
		}

		let begun = |what: &str, count: u64| self.begun.with_label_values(&[what]).set(count);
		let key = pallet_leases::NextLeaseId::<Runtime>::hashed_key();
		begun("leases", value::<LeaseId, _>(client, at, &key)?.0);
		let key = pallet_models::NextVersion::<Runtime>::hashed_key();
		begun("models", value::<VersionId, _>(client, at, &key)?.0);
		let key = pallet_attestation::NextChallenge::<Runtime>::hashed_key();
		begun("challenges", value::<ChallengeId, _>(client, at, &key)?.0);
		let key = pallet_attestation::NextTask::<Runtime>::hashed_key();
		begun("tasks", value::<TaskId, _>(client, at, &key)?.0);
		let key = pallet_attestation::LeasedCount::<Runtime>::hashed_key();
		self.leased_machines
			.set(value::<u32, _>(client, at, &key)?.into());

		self.read_machines(client, at).map_err(told)?;
		let attestors = client.runtime_api().attestors(at).map_err(told)?;
		let active = attestors.iter().filter(|attestor| attestor.active).count();
		let idle = attestors.len().saturating_sub(active);
		self.attestors
			.with_label_values(&["active"])
			.set(active as u64);
		self.attestors.with_label_values(&["idle"]).set(idle as u64);
		Ok(())
	}

	fn read_machines<Client>(&self, client: &Client, at: Hash) -> Result<(), sp_api::ApiError>
	where
		Client: ProvideRuntimeApi<Block>,
		Client::Api: ProvidersApi<Block, AccountId>,
	{
		let (mut online, mut draining, mut offline) = (0u64, 0u64, 0u64);
		let (mut free, mut leased) = (0u64, 0u64);
		let mut from = Some(MachineId(0));
		for _ in 0..MAX_PAGES {
			let Some(next) = from else { break };
			let page = client.runtime_api().machines(at, next, PAGE)?;
			for machine in page.machines {
				match machine.status {
					MachineStatus::Online => {
						online += 1;
						free += u64::from(machine.free_units);
						leased +=
							u64::from(machine.hardware.count.saturating_sub(machine.free_units));
					},
					MachineStatus::Draining => draining += 1,
					MachineStatus::Offline => offline += 1,
				}
			}
			from = page.next;
		}
		for (status, count) in [
			("online", online),
			("draining", draining),
			("offline", offline),
		] {
			self.machines.with_label_values(&[status]).set(count);
		}
		self.units.with_label_values(&["free"]).set(free);
		self.units.with_label_values(&["leased"]).set(leased);
		Ok(())
	}
}

/// A storage value, or its default if nothing is stored.
fn value<T: Decode + Default, Client>(client: &Client, at: Hash, key: &[u8]) -> Result<T, String>
where
	Client: StorageProvider<Block, sc_service::TFullBackend<Block>>,
{
	let stored = client
		.storage(at, &StorageKey(key.to_vec()))
		.map_err(|error| error.to_string())?;
	stored.map_or(Ok(T::default()), |data| {
		T::decode(&mut data.0.as_slice()).map_err(|error| error.to_string())
	})
}

/// Read after finalised blocks, for as long as the node runs. A reading that fails is left out.
pub async fn run<Client>(client: Arc<Client>, metrics: Metrics)
where
	Client: BlockchainEvents<Block>
		+ ProvideRuntimeApi<Block>
		+ StorageProvider<Block, sc_service::TFullBackend<Block>>,
	Client::Api: SupplyApi<Block>
		+ ProvidersApi<Block, AccountId>
		+ AttestationApi<Block, AccountId>
		+ ApiExt<Block>,
{
	let mut finalized = client.finality_notification_stream();
	let mut last: Option<Instant> = None;
	while let Some(notification) = finalized.next().await {
		if last.is_some_and(|last| last.elapsed() < INTERVAL) {
			continue;
		}
		last = Some(Instant::now());
		if let Err(error) = metrics.read(&*client, notification.hash) {
			log::debug!(target: LOG_TARGET, "Not read at {}: {error}", notification.hash);
		}
	}
}
