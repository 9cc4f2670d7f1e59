//! A chain in a folder of its own: the node's database and executor, blocks one after the other.

use codec::Encode;
use sc_block_builder::{BlockBuilderBuilder, BuiltBlock};
use sc_client_api::{Backend as _, TrieCacheContext};
use sc_client_db::DatabaseSettings;
use sc_consensus::{
	BlockImport, BlockImportParams, ForkChoiceStrategy, StateAction, StorageChanges,
};
use sc_executor::WasmExecutor;
use sc_service::{
	BlocksPruning, ChainSpec, DatabaseSource, GenesisBlockBuilder, NoExtension, PruningMode,
	TFullBackend, TFullClient, TaskManager,
};
use sp_api::{Core, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryPlainPreDigest},
	BabeApi, BABE_ENGINE_ID,
};
use sp_core::storage::StateVersion;
use sp_runtime::{
	generic::Digest,
	traits::{BlakeTwo256, Header as _},
	DigestItem,
};
use sp_state_machine::{Ext, OverlayedChanges};
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use terminal_runtime::{
	opaque::{Block, Header},
	Hash, RuntimeApi, RuntimeCall, RuntimeEvent, System, UncheckedExtrinsic, WASM_BINARY,
};

type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;
/// What went wrong, for people.
pub type Failure = Box<dyn std::error::Error>;

/// Some slot in 2026 at two seconds each.
const FIRST_SLOT: u64 = 890_000_000;
/// Milliseconds per slot in the preset `development`.
const SLOT_MS: u64 = 2_000;
/// A node's trie cache, in bytes.
const TRIE_CACHE: usize = 1024 * 1024 * 1024;
/// Blocks whose state is kept.
const STATES_KEPT: u32 = 16;

/// How long one block took.
pub struct Timing {
	/// To author it: the first to touch what it touches.
	pub author: Duration,
	/// To execute it again as an importing node does, the shortest of several.
	pub execute: Duration,
	/// To write it into the database.
	pub write: Duration,
}

/// A chain and where its next block goes.
pub struct Chain {
	client: Arc<TFullClient<Block, RuntimeApi, Executor>>,
	backend: Arc<TFullBackend<Block>>,
	slot: u64,
	// Dropped last.
	_tasks: TaskManager,
	_folder: tempfile::TempDir,
}

impl Chain {
	/// Genesis of the preset `development` in a new database, in a folder that goes with it.
	pub fn new(tasks: tokio::runtime::Handle) -> Result<Self, Failure> {
		let wasm = WASM_BINARY.ok_or(
			"this program was built with SKIP_WASM_BUILD, so it has no runtime to measure: build it \
			 without that variable",
		)?;
		let folder = tempfile::Builder::new().prefix("tct-scale").tempdir()?;
		let backend = sc_service::new_db_backend(DatabaseSettings {
			trie_cache_maximum_size: Some(TRIE_CACHE),
			state_pruning: Some(PruningMode::blocks_pruning(STATES_KEPT)),
			source: DatabaseSource::ParityDb {
				path: folder.path().to_path_buf(),
			},
			blocks_pruning: BlocksPruning::Some(STATES_KEPT),
			pruning_filters: Vec::new(),
			metrics_registry: None,
		})?;
		let spec = sc_service::GenericChainSpec::<NoExtension>::builder(wasm, None)
			.with_genesis_config_preset_name(sp_genesis_builder::DEV_RUNTIME_PRESET)
			.build();
		let executor = Executor::builder().build();
		let genesis = GenesisBlockBuilder::new(
			spec.as_storage_builder(),
			true,
			backend.clone(),
			executor.clone(),
		)?;
		let tasks = TaskManager::new(tasks, None)?;
		let reads_version = Arc::new(executor.clone());
		let client = sc_service::new_client(
			backend.clone(),
			executor,
			genesis,
			None,
			None,
			sc_client_api::execution_extensions::ExecutionExtensions::new(None, reads_version),
			Box::new(tasks.spawn_handle()),
			None,
			None,
			Default::default(),
		)?;
		Ok(Self {
			client: Arc::new(client),
			backend,
			slot: FIRST_SLOT,
			_tasks: tasks,
			_folder: folder,
		})
	}

	/// The best block's number.
	pub fn number(&self) -> u32 {
		self.client.info().best_number
	}

	/// Whether the next block begins an epoch. It weighs as much as a block may, and takes no
	/// transactions.
	pub fn is_epoch_next(&self) -> Result<bool, Failure> {
		let best = self.client.info().best_hash;
		let epoch = self.client.runtime_api().current_epoch(best)?;
		Ok(self.slot + 1 >= *epoch.start_slot + epoch.duration)
	}

	/// Run native code on the best block's state. What it writes is forgotten.
	pub fn read<R>(&self, code: impl FnOnce() -> R) -> Result<R, Failure> {
		Ok(self.run(code)?.0)
	}

	/// Run native code on the best block's state, and make what it writes the state of a next block
	/// in which nobody executed anything.
	pub fn write<R>(&self, code: impl FnOnce() -> R) -> Result<R, Failure> {
		let (result, mut overlay, state) = self.run(code)?;
		let changes = overlay.drain_storage_changes(&state, StateVersion::V1)?;
		let header = Header::new(
			self.number() + 1,
			Hash::default(),
			changes.transaction_storage_root,
			self.client.info().best_hash,
			Digest::default(),
		);
		self.import(header, Vec::new(), changes)?;
		Ok(result)
	}

	#[allow(clippy::type_complexity)]
	fn run<R>(
		&self,
		code: impl FnOnce() -> R,
	) -> Result<
		(
			R,
			OverlayedChanges<BlakeTwo256>,
			<TFullBackend<Block> as sc_client_api::Backend<Block>>::State,
		),
		Failure,
	> {
		let best = self.client.info().best_hash;
		let state = self.backend.state_at(best, TrieCacheContext::Trusted)?;
		let mut overlay = OverlayedChanges::default();
		let result = {
			let mut ext = Ext::new(&mut overlay, &state, None);
			sp_externalities::set_and_run_with_externalities(&mut ext, code)
		};
		Ok((result, overlay, state))
	}

	/// Author a block in the next slot, execute it `again` times more, and import it. Fails if a
	/// transaction of it does.
	pub fn block(
		&mut self,
		transactions: Vec<UncheckedExtrinsic>,
		again: u32,
	) -> Result<Timing, Failure> {
		self.slot += 1;
		let (parent, number) = (self.client.info().best_hash, self.number());
		let now = self.slot * SLOT_MS;
		let inherent =
			UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(pallet_timestamp::Call::set {
				now,
			}));

		let begin = Instant::now();
		let mut builder = BlockBuilderBuilder::new(&*self.client)
			.on_parent_block(parent)
			.with_parent_block_number(number)
			.with_inherent_digests(self.digest())
			.build()?;
		for transaction in [inherent].into_iter().chain(transactions) {
			builder.push(transaction.into())?;
		}
		let BuiltBlock {
			block,
			storage_changes,
		} = builder.build()?;
		let author = begin.elapsed();

		let mut execute = author;
		for _ in 0..again {
			let copy = block.clone();
			let begin = Instant::now();
			self.client
				.runtime_api()
				.execute_block(parent, copy.into())?;
			execute = execute.min(begin.elapsed());
		}

		let begin = Instant::now();
		let (header, extrinsics) = (block.header, block.extrinsics);
		self.import(header, extrinsics, storage_changes)?;
		let write = begin.elapsed();
		let failed = self.read(|| {
			System::read_events_no_consensus().find_map(|record| match record.event {
				RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
					dispatch_error,
					..
				}) => Some(dispatch_error),
				_ => None,
			})
		})?;
		match failed {
			Some(error) => Err(format!("a transaction failed: {error:?}").into()),
			None => Ok(Timing {
				author,
				execute,
				write,
			}),
		}
	}

	/// What BABE's secondary author puts into a block. Who checks claims is not asked here.
	fn digest(&self) -> Digest {
		let claim = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
			authority_index: 0,
			slot: self.slot.into(),
		});
		Digest {
			logs: vec![DigestItem::PreRuntime(BABE_ENGINE_ID, claim.encode())],
		}
	}

	fn import(
		&self,
		header: Header,
		body: Vec<sp_runtime::OpaqueExtrinsic>,
		changes: sp_state_machine::StorageChanges<BlakeTwo256>,
	) -> Result<(), Failure> {
		let mut block = BlockImportParams::new(sp_consensus::BlockOrigin::Own, header);
		block.body = Some(body);
		// So that what is older can be pruned.
		block.finalized = true;
		block.fork_choice = Some(ForkChoiceStrategy::LongestChain);
		block.state_action = StateAction::ApplyChanges(StorageChanges::Changes(changes));
		let import = &*self.client;
		futures::executor::block_on(BlockImport::import_block(&import, block))?;
		Ok(())
	}
}
