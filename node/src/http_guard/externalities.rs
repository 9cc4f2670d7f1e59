//! What host functions call. All but HTTP means the same as in the SDK's `sc_offchain::api`.

use super::requests::{left, now, Requests};
use codec::Encode;
use sc_network::{Multiaddr, PeerId};
use sc_offchain::NetworkProvider;
use sp_core::{
	offchain::{
		Externalities, HttpError, HttpRequestId, HttpRequestStatus, OpaqueMultiaddr,
		OpaqueNetworkState, Timestamp,
	},
	OpaquePeerId, H256,
};
use std::{collections::HashSet, sync::Arc, thread};

/// The externalities of one worker run.
pub struct GuardedExternalities {
	network: Arc<dyn NetworkProvider + Send + Sync>,
	is_validator: bool,
	requests: Requests,
}

impl GuardedExternalities {
	/// For one run, with its own `requests`.
	pub fn new(
		network: Arc<dyn NetworkProvider + Send + Sync>,
		is_validator: bool,
		requests: Requests,
	) -> Self {
		Self {
			network,
			is_validator,
			requests,
		}
	}
}

impl Externalities for GuardedExternalities {
	fn is_validator(&self) -> bool {
		self.is_validator
	}

	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		let opaque =
			|address: &Multiaddr| OpaqueMultiaddr::new(Encode::encode(&address.to_string()));
		let peer_id = Encode::encode(&self.network.local_peer_id().to_bytes());
		Ok(OpaqueNetworkState {
			peer_id: OpaquePeerId::new(peer_id),
			external_addresses: self
				.network
				.external_addresses()
				.iter()
				.map(opaque)
				.collect(),
		})
	}

	fn timestamp(&mut self) -> Timestamp {
		now()
	}

	fn sleep_until(&mut self, deadline: Timestamp) {
		thread::sleep(left(deadline));
	}

	fn random_seed(&mut self) -> [u8; 32] {
		// Seeded by the operating system.
		H256::random().0
	}

	fn http_request_start(
		&mut self,
		method: &str,
		uri: &str,
		_meta: &[u8],
	) -> Result<HttpRequestId, ()> {
		self.requests.start(method, uri)
	}

	fn http_request_add_header(
		&mut self,
		request_id: HttpRequestId,
		name: &str,
		value: &str,
	) -> Result<(), ()> {
		self.requests.add_header(request_id, name, value)
	}

	fn http_request_write_body(
		&mut self,
		request_id: HttpRequestId,
		chunk: &[u8],
		deadline: Option<Timestamp>,
	) -> Result<(), HttpError> {
		self.requests.write_body(request_id, chunk, deadline)
	}

	fn http_response_wait(
		&mut self,
		ids: &[HttpRequestId],
		deadline: Option<Timestamp>,
	) -> Vec<HttpRequestStatus> {
		self.requests.wait(ids, deadline)
	}

	fn http_response_headers(&mut self, request_id: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		self.requests.headers(request_id)
	}

	fn http_response_read_body(
		&mut self,
		request_id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		self.requests.read_body(request_id, buffer, deadline)
	}

	fn set_authorized_nodes(&mut self, nodes: Vec<OpaquePeerId>, authorized_only: bool) {
		let peers: HashSet<PeerId> = nodes
			.iter()
			.filter_map(|node| PeerId::from_bytes(&node.0).ok())
			.collect();
		self.network.set_authorized_peers(peers);
		self.network.set_authorized_only(authorized_only);
	}
}
