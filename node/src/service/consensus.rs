//! Authority discovery, BABE and GRANDPA.

use futures::StreamExt;
use sc_authority_discovery::WorkerConfig;
use sc_consensus_babe::{BabeLink, BabeParams, SlotProportion};
use sc_consensus_grandpa::{GrandpaParams, SharedVoterState, VotingRulesBuilder};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::{
	service::traits::NetworkService, Event, Multiaddr, NetworkEventStream, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_service::{error::Error, Configuration, Role};
use sp_consensus_babe::inherents::InherentDataProvider;
use std::{path::PathBuf, sync::Arc, time::Duration};
use terminal_runtime::opaque::Block;

use super::{
	network::GrandpaProtocol,
	partial::{BabeImport, GrandpaLink, JUSTIFICATION_PERIOD},
	Shared,
};

/// Longest wait for gossip in a GRANDPA round.
const MAX_GOSSIP: Duration = Duration::from_secs(1);
/// Largest block that an author tries to build. The runtime's own limit is lower.
const BLOCK_SIZE_LIMIT: usize = 15 * 1024 * 1024;
/// Most slots that an author waits between blocks while finality is stalled. The SDK's 100 would
/// make a network that lost a third of its validators look dead after they come back.
const MAX_BACKOFF_SLOTS: u32 = 10;

/// What consensus takes from the configuration, kept because starting the RPC server uses that up.
pub struct Settings {
	role: Role,
	finalise: bool,
	force_authoring: bool,
	name: String,
	publish_non_global_ips: bool,
	public_addresses: Vec<Multiaddr>,
	net_config_path: Option<PathBuf>,
}

impl Settings {
	/// Copy them.
	pub fn new(config: &Configuration) -> Self {
		Self {
			role: config.role,
			finalise: !config.disable_grandpa,
			force_authoring: config.force_authoring,
			name: config.network.node_name.clone(),
			publish_non_global_ips: config.network.allow_non_globals_in_dht,
			public_addresses: config.network.public_addresses.clone(),
			net_config_path: config.network.net_config_path.clone(),
		}
	}
}

/// The running network, as far as consensus uses it.
pub struct Peers {
	/// Peers, events, distributed hash table.
	pub service: Arc<dyn NetworkService>,
	/// Block sync.
	pub sync: Arc<SyncingService<Block>>,
}

/// What ties authoring and voting to block import and network.
pub struct Links {
	/// Where authored blocks go.
	pub block_import: BabeImport,
	/// BABE's epochs.
	pub babe: BabeLink<Block>,
	/// GRANDPA's authorities and imported blocks.
	pub grandpa: GrandpaLink,
	/// What the GRANDPA group of the RPC shows.
	pub voter_state: SharedVoterState,
	/// GRANDPA's messages.
	pub protocol: GrandpaProtocol,
}

/// Start what this node's role asks for.
pub fn start(
	settings: &Settings,
	shared: &Shared,
	peers: Peers,
	links: Links,
) -> Result<(), Error> {
	let slot = links.babe.config().slot_duration().as_duration();
	if settings.role.is_authority() {
		start_authority_discovery(settings, shared, &peers);
		start_babe(settings, shared, &peers, links.block_import, links.babe)?;
	}
	if settings.finalise {
		let gossip = gossip_duration(slot);
		let config = grandpa_config(settings, shared, gossip, links.protocol.name);
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config,
			link: links.grandpa,
			network: peers.service,
			sync: peers.sync,
			notification_service: links.protocol.notifications,
			voting_rule: VotingRulesBuilder::default().build(),
			prometheus_registry: shared.registry.clone(),
			shared_voter_state: links.voter_state,
			telemetry: shared.telemetry.clone(),
			offchain_tx_pool_factory: shared.pool_factory(),
		})?;
		shared
			.spawn_essential
			.spawn_blocking("grandpa-voter", None, voter);
	}
	Ok(())
}

/// Publish this validator's addresses and find those of the others.
fn start_authority_discovery(settings: &Settings, shared: &Shared, peers: &Peers) {
	let dht_events = peers
		.service
		.event_stream("authority-discovery")
		.filter_map(|event| async {
			match event {
				Event::Dht(event) => Some(event),
				_ => None,
			}
		});
	let (worker, _service) = sc_authority_discovery::new_worker_and_service_with_config(
		WorkerConfig {
			publish_non_global_ips: settings.publish_non_global_ips,
			public_addresses: settings.public_addresses.clone(),
			// A record must be signed by the peer that it names.
			strict_record_validation: true,
			persisted_cache_directory: settings.net_config_path.clone(),
			..Default::default()
		},
		shared.client.clone(),
		Arc::new(peers.service.clone()),
		Box::pin(dht_events),
		sc_authority_discovery::Role::PublishAndDiscover(shared.keystore.clone()),
		shared.registry.clone(),
		shared.spawn.clone(),
	);
	shared.spawn.spawn(
		"authority-discovery-worker",
		Some("authority-discovery"),
		worker.run(),
	);
}

/// Author blocks in the slots that this node's keys win.
fn start_babe(
	settings: &Settings,
	shared: &Shared,
	peers: &Peers,
	block_import: BabeImport,
	babe_link: BabeLink<Block>,
) -> Result<(), Error> {
	let mut proposer = sc_basic_authorship::ProposerFactory::new(
		shared.spawn.clone(),
		shared.client.clone(),
		shared.pool.clone(),
		shared.registry.as_ref(),
		shared.telemetry.clone(),
	);
	proposer.set_default_block_size_limit(BLOCK_SIZE_LIMIT);

	let slot_duration = babe_link.config().slot_duration();
	let babe = sc_consensus_babe::start_babe(BabeParams {
		keystore: shared.keystore.clone(),
		client: shared.client.clone(),
		select_chain: shared.select_chain.clone(),
		env: proposer,
		block_import,
		sync_oracle: peers.sync.clone(),
		justification_sync_link: peers.sync.clone(),
		create_inherent_data_providers: move |_, ()| async move {
			let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
			let slot =
				InherentDataProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
			Ok((slot, timestamp))
		},
		force_authoring: settings.force_authoring,
		backoff_authoring_blocks: Some(BackoffAuthoringOnFinalizedHeadLagging {
			max_interval: MAX_BACKOFF_SLOTS,
			..Default::default()
		}),
		babe_link,
		// The last third of a slot is for the block to reach the others.
		block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
		max_block_proposal_slot_portion: None,
		telemetry: shared.telemetry.clone(),
	})
	.map_err(Error::Consensus)?;
	shared
		.spawn_essential
		.spawn_blocking("babe", Some("block-authoring"), babe);
	Ok(())
}

/// Vote on blocks, or follow the votes on a node without keys.
fn grandpa_config(
	settings: &Settings,
	shared: &Shared,
	gossip_duration: Duration,
	protocol_name: ProtocolName,
) -> sc_consensus_grandpa::Config {
	sc_consensus_grandpa::Config {
		gossip_duration,
		justification_generation_period: JUSTIFICATION_PERIOD,
		name: Some(settings.name.clone()),
		observer_enabled: false,
		keystore: settings
			.role
			.is_authority()
			.then(|| shared.keystore.clone()),
		local_role: settings.role,
		telemetry: shared.telemetry.clone(),
		protocol_name,
	}
}

/// A sixth of a slot, at most a second: a round waits for gossip a few times and should end within
/// a slot.
fn gossip_duration(slot: Duration) -> Duration {
	MAX_GOSSIP.min(slot / 6)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn gossip_waits_a_second_on_production_slots() {
		assert_eq!(
			gossip_duration(Duration::from_secs(6)),
			Duration::from_secs(1)
		);
		assert_eq!(
			gossip_duration(Duration::from_secs(60)),
			Duration::from_secs(1)
		);
	}

	#[test]
	fn gossip_is_quicker_on_short_slots() {
		assert_eq!(
			gossip_duration(Duration::from_secs(3)),
			Duration::from_millis(500)
		);
	}
}
