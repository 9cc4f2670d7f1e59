//! A node for tests: answers what [`crate::chain::Chain`] asks over JSON-RPC, with the runtime's own
//! metadata. A test says what runtime calls answer and when there is a new block.

use crate::chain::Chain;
use parking_lot::Mutex;
use serde_json::{
	json,
	value::{to_raw_value, RawValue},
	Value,
};
use std::{future::Future, pin::Pin, sync::Arc};
use subxt::{
	ext::{
		codec::{Compact, Decode, Encode},
		futures::stream::{unfold, StreamExt},
		scale_encode::EncodeAsType,
	},
	rpcs::{
		client::{RawRpcFuture, RawRpcSubscription, RpcClientT},
		Error, RpcClient,
	},
	Metadata,
};
use tokio::sync::{mpsc, Semaphore};

const METADATA: &[u8] = include_bytes!("../../clients/metadata/terminal.scale");
/// The version of the metadata in the file.
const METADATA_VERSION: u32 = 16;
const HASH: [u8; 32] = [7; 32];

/// What a runtime call answers, in SCALE. It may take its time.
pub type Answer = Pin<Box<dyn Future<Output = Vec<u8>> + Send>>;
type Runtime = dyn Fn(&str, Vec<u8>) -> Answer + Send + Sync;

/// Answers at once.
pub fn at_once(answer: impl Encode) -> Answer {
	let bytes = answer.encode();
	Box::pin(async move { bytes })
}

/// `value` as that runtime call answers it.
pub fn encoded(api: &str, call: &str, value: impl EncodeAsType) -> Vec<u8> {
	let metadata = Metadata::decode_from(METADATA).expect("the file is whole");
	let api = metadata.runtime_api_trait_by_name(api);
	let call = api.and_then(|api| api.method_by_name(call));
	let shape = call.expect("the runtime has it").output_ty();
	let bytes = value.encode_as_type(shape, metadata.types());
	bytes.expect("it has the call's type")
}

/// A node. Its clones are the same one.
#[derive(Clone)]
pub struct MockNode(Arc<Inner>);

struct Inner {
	runtime: Box<Runtime>,
	height: Mutex<u64>,
	heads: Mutex<Vec<mpsc::UnboundedSender<Value>>>,
	/// Runtime calls, in order.
	asked: Mutex<Vec<String>>,
	/// Transactions, in order.
	sent: Mutex<Vec<Vec<u8>>>,
	/// Who waits to be told what becomes of a transaction.
	watchers: Mutex<Vec<mpsc::UnboundedSender<Value>>>,
	/// The account's next nonce in the best block, and with what the pool holds.
	nonces: Mutex<(u32, u32)>,
	/// Where transactions wait to be taken.
	gate: Mutex<Option<Arc<Semaphore>>>,
	/// How many did.
	held: Mutex<usize>,
}

impl MockNode {
	/// Runtime calls are answered by `runtime`, which gets their name and their parameters in SCALE.
	pub fn new(runtime: impl Fn(&str, Vec<u8>) -> Answer + Send + Sync + 'static) -> Self {
		Self(Arc::new(Inner {
			runtime: Box::new(runtime),
			height: Mutex::new(1),
			heads: Mutex::default(),
			asked: Mutex::default(),
			sent: Mutex::default(),
			watchers: Mutex::default(),
			nonces: Mutex::default(),
			gate: Mutex::default(),
			held: Mutex::default(),
		}))
	}

	/// A connection to it.
	pub async fn connect(&self) -> Arc<Chain> {
		let signer = subxt_signer::sr25519::dev::alice();
		let rpc = RpcClient::new(self.clone());
		Chain::over(rpc, signer).await.expect("it answers")
	}

	/// Make a block. Returns its number.
	pub fn author(&self) -> u64 {
		let mut height = self.0.height.lock();
		*height += 1;
		self.0
			.heads
			.lock()
			.retain(|follower| follower.send(header(*height)).is_ok());
		*height
	}

	/// End all streams of blocks.
	pub fn hang_up(&self) {
		self.0.heads.lock().clear();
	}

	/// How often that runtime call was asked for.
	pub fn asked(&self, call: &str) -> usize {
		let asked = self.0.asked.lock();
		asked.iter().filter(|one| *one == call).count()
	}

	/// Whether a transaction was sent that contains these bytes.
	pub fn has_got(&self, bytes: &[u8]) -> bool {
		let sent = self.0.sent.lock();
		sent.iter()
			.any(|one| one.windows(bytes.len()).any(|part| part == bytes))
	}

	/// The transactions that were sent since the last time, in order. What was asked is forgotten.
	pub fn take_sent(&self) -> Vec<Vec<u8>> {
		self.0.asked.lock().clear();
		std::mem::take(&mut *self.0.sent.lock())
	}

	/// Say of all transactions that the pool dropped them.
	pub fn drop_all(&self) {
		for watcher in self.0.watchers.lock().drain(..) {
			// Who does not listen any more needs no telling.
			let _ = watcher.send(json!("dropped"));
		}
	}

	/// From now on the account's next nonce is that in the best block and that one in the pool.
	pub fn set_nonces(&self, in_block: u32, in_pool: u32) {
		*self.0.nonces.lock() = (in_block, in_pool);
	}

	/// Transactions wait from now on, each for a permit.
	pub fn hold(&self) -> Arc<Semaphore> {
		let gate = Arc::new(Semaphore::new(0));
		*self.0.gate.lock() = Some(gate.clone());
		gate
	}

	/// How many transactions came to wait.
	pub fn held(&self) -> usize {
		*self.0.held.lock()
	}

	/// Nonces and tips of the transactions, in order.
	pub fn nonces(&self) -> Vec<(u32, u128)> {
		let sent = self.0.sent.lock();
		sent.iter().map(|bytes| nonce(bytes)).collect()
	}

	async fn answer(&self, method: &str, params: Vec<Value>) -> Value {
		let text = |position: usize| params.get(position).and_then(Value::as_str);
		match method {
			"rpc_methods" => json!({ "methods": [] }),
			"chain_getBlockHash" | "chain_getFinalizedHead" => json!(hex(&HASH)),
			"chain_getHeader" => header(*self.0.height.lock()),
			"system_accountNextIndex" => json!(self.0.nonces.lock().1),
			"state_call" => {
				let call = text(0).expect("a runtime call has a name");
				let given = unhex(text(1).unwrap_or("0x"));
				json!(hex(&self.call(call, given).await))
			},
			other => panic!("the mock node knows no {other}: teach it"),
		}
	}

	async fn call(&self, call: &str, given: Vec<u8>) -> Vec<u8> {
		match call {
			"Core_version" => {
				let apis = Vec::<([u8; 8], u32)>::new();
				("terminal", "mock", 1u32, 1u32, 1u32, apis, 1u32, 1u8).encode()
			},
			"AccountNonceApi_account_nonce" => self.0.nonces.lock().0.encode(),
			"Metadata_metadata_versions" => vec![METADATA_VERSION].encode(),
			"Metadata_metadata_at_version" => Some(METADATA.to_vec()).encode(),
			_ => {
				self.0.asked.lock().push(call.into());
				(self.0.runtime)(call, given).await
			},
		}
	}
}

impl RpcClientT for MockNode {
	fn request_raw<'a>(
		&'a self,
		method: &'a str,
		params: Option<Box<RawValue>>,
	) -> RawRpcFuture<'a, Box<RawValue>> {
		Box::pin(async move { Ok(raw(&self.answer(method, list(params)).await)) })
	}

	fn subscribe_raw<'a>(
		&'a self,
		sub: &'a str,
		params: Option<Box<RawValue>>,
		_unsub: &'a str,
	) -> RawRpcFuture<'a, RawRpcSubscription> {
		Box::pin(async move {
			let (follower, told) = mpsc::unbounded_channel();
			if sub == "author_submitAndWatchExtrinsic" {
				let gate = self.0.gate.lock().clone();
				if let Some(gate) = gate {
					*self.0.held.lock() += 1;
					gate.acquire().await.expect("it stays open").forget();
				}
				let params = list(params);
				let bytes = params.first().and_then(Value::as_str).expect("its bytes");
				self.0.sent.lock().push(unhex(bytes));
				self.0.watchers.lock().push(follower);
			} else {
				self.0.heads.lock().push(follower);
			}
			let stream = unfold(told, async |mut told| {
				let news: Value = told.recv().await?;
				Some((Ok::<_, Error>(raw(&news)), told))
			})
			.boxed();
			let id = Some("1".into());
			Ok(RawRpcSubscription { stream, id })
		})
	}
}

/// Nonce and tip of a signed transaction: they come after its length, version, account, signature
/// and era.
fn nonce(mut bytes: &[u8]) -> (u32, u128) {
	const BEFORE: usize = 1 + 33 + 65 + 2;
	Compact::<u32>::decode(&mut bytes).expect("its length");
	let mut rest = &bytes[BEFORE..];
	let nonce = Compact::<u32>::decode(&mut rest).expect("its nonce");
	let tip = Compact::<u128>::decode(&mut rest).expect("its tip");
	(nonce.0, tip.0)
}

fn header(height: u64) -> Value {
	json!({
		"parentHash": hex(&HASH),
		"number": format!("0x{height:x}"),
		"stateRoot": hex(&HASH),
		"extrinsicsRoot": hex(&HASH),
		"digest": { "logs": [] },
	})
}

fn list(params: Option<Box<RawValue>>) -> Vec<Value> {
	params.map_or_else(Vec::new, |params| {
		serde_json::from_str(params.get()).expect("a list")
	})
}

fn raw(value: &Value) -> Box<RawValue> {
	to_raw_value(value).expect("it is JSON")
}

fn hex(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn unhex(text: &str) -> Vec<u8> {
	hex::decode(text.trim_start_matches("0x")).expect("hexadecimal")
}
