//! The extension takes the place of the SDK's, and does all that the SDK's does.

use super::*;
use crate::http_guard::GuardedHttp;
use sc_network::{
	config::MultiaddrWithPeerId, Multiaddr, NetworkPeers, NetworkStateInfo, ObservedRole, PeerId,
	ProtocolName, ReputationChange,
};
use sp_core::{
	offchain::{
		testing::TestOffchainExt, Externalities, OffchainWorkerExt, OpaqueNetworkState, Timestamp,
	},
	OpaquePeerId,
};
use sp_externalities::Extensions;
use std::{
	any::TypeId,
	collections::HashSet,
	sync::{atomic::AtomicBool, Mutex},
};

/// A network that remembers what it was told.
struct Network {
	id: PeerId,
	authorized: Mutex<HashSet<PeerId>>,
	only: AtomicBool,
}

impl NetworkStateInfo for Network {
	fn external_addresses(&self) -> Vec<Multiaddr> {
		vec!["/ip4/8.8.8.8/tcp/30333".parse().expect("a multiaddress")]
	}
	fn listen_addresses(&self) -> Vec<Multiaddr> {
		Vec::new()
	}
	fn local_peer_id(&self) -> PeerId {
		self.id
	}
}

#[async_trait::async_trait]
impl NetworkPeers for Network {
	fn set_authorized_peers(&self, peers: HashSet<PeerId>) {
		*self.authorized.lock().expect("not poisoned") = peers;
	}
	fn set_authorized_only(&self, reserved_only: bool) {
		self.only
			.store(reserved_only, std::sync::atomic::Ordering::SeqCst);
	}
	fn add_known_address(&self, _: PeerId, _: Multiaddr) {}
	fn report_peer(&self, _: PeerId, _: ReputationChange) {}
	fn peer_reputation(&self, _: &PeerId) -> i32 {
		0
	}
	fn disconnect_peer(&self, _: PeerId, _: ProtocolName) {}
	fn accept_unreserved_peers(&self) {}
	fn deny_unreserved_peers(&self) {}
	fn add_reserved_peer(&self, _: MultiaddrWithPeerId) -> Result<(), String> {
		Ok(())
	}
	fn remove_reserved_peer(&self, _: PeerId) {}
	fn set_reserved_peers(&self, _: ProtocolName, _: HashSet<Multiaddr>) -> Result<(), String> {
		Ok(())
	}
	fn add_peers_to_reserved_set(
		&self,
		_: ProtocolName,
		_: HashSet<Multiaddr>,
	) -> Result<(), String> {
		Ok(())
	}
	fn remove_peers_from_reserved_set(
		&self,
		_: ProtocolName,
		_: Vec<PeerId>,
	) -> Result<(), String> {
		Ok(())
	}
	fn sync_num_connected(&self) -> usize {
		0
	}
	fn peer_role(&self, _: PeerId, _: Vec<u8>) -> Option<ObservedRole> {
		None
	}
	async fn reserved_peers(&self) -> Result<Vec<PeerId>, ()> {
		Ok(Vec::new())
	}
}

fn network() -> Arc<Network> {
	Arc::new(Network {
		id: PeerId::random(),
		authorized: Mutex::default(),
		only: AtomicBool::new(false),
	})
}

fn guard(runtime: &Runtime, network: Arc<Network>) -> GuardedHttp {
	GuardedHttp::new(Policy::new(false), runtime.handle().clone(), network, true)
		.expect("CA certificates")
}

#[test]
fn it_takes_the_place_of_the_default_one() {
	let runtime = Runtime::new().expect("a runtime");
	let mut extensions = Extensions::new();
	// As `sc_offchain` does: its own first, then the custom ones, boxed.
	let (default, state) = TestOffchainExt::new();
	state.write().timestamp = Timestamp::from_unix_millis(1);
	extensions.register(OffchainWorkerExt::new(default));
	extensions.register(guard(&runtime, network()).extension());

	let found = extensions
		.get_mut(TypeId::of::<OffchainWorkerExt>())
		.and_then(|extension| extension.downcast_mut::<OffchainWorkerExt>())
		.expect("registered");
	// The default one would say 1, and would start a request to anything.
	assert!(found.timestamp().unix_millis() > 1);
	assert_eq!(
		found.http_request_start("GET", "http://127.0.0.1:9944/", &[]),
		Err(())
	);
	assert!(found
		.http_request_start("GET", "https://provider.example/", &[])
		.is_ok());
}

#[test]
fn the_rest_means_what_it_means_in_the_sdk() {
	let runtime = Runtime::new().expect("a runtime");
	let network = network();
	let requests = {
		let names = Arc::new(SystemNames);
		let client = Arc::new(GuardedClient::new(Policy::new(false), names).expect("certificates"));
		Requests::new(client, runtime.handle().clone())
	};
	let mut ours =
		super::super::externalities::GuardedExternalities::new(network.clone(), true, requests);

	assert!(ours.is_validator());
	assert_ne!(ours.random_seed(), ours.random_seed());
	let begun = ours.timestamp();
	ours.sleep_until(begun.add(Millis::from_millis(30)));
	assert!(ours.timestamp().diff(&begun).millis() >= 30);

	let OpaqueNetworkState {
		peer_id,
		external_addresses,
	} = ours.network_state().expect("always known");
	let decoded = <Vec<u8> as codec::Decode>::decode(&mut &peer_id.0[..]).expect("SCALE");
	assert_eq!(decoded, network.id.to_bytes());
	let address = <String as codec::Decode>::decode(&mut &external_addresses[0].0[..]);
	assert_eq!(address, Ok("/ip4/8.8.8.8/tcp/30333".into()));

	let peer = PeerId::random();
	let nodes = vec![
		OpaquePeerId::new(peer.to_bytes()),
		OpaquePeerId::new(vec![1]),
	];
	ours.set_authorized_nodes(nodes, true);
	assert_eq!(
		*network.authorized.lock().expect("not poisoned"),
		HashSet::from([peer])
	);
	assert!(network.only.load(std::sync::atomic::Ordering::SeqCst));
}
