//! What the node and its clients may ask of the runtime.

use crate::{
	presets, times, AccountId, Attestation, AuthorityDiscovery, Babe, Balance, Block, Executive,
	Grandpa, Historical, InherentDataExt, Leases, Market, Models, Moment, Nonce, Providers,
	Runtime, RuntimeCall, RuntimeGenesisConfig, SessionKeys, Supply, System, TransactionPayment,
	VERSION,
};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	traits::{Get, KeyOwnerProofSystem},
	weights::Weight,
};
use pallet_attestation::runtime_api as attestation;
use pallet_leases::runtime_api as leases;
use pallet_market::{runtime_api as market, OfferId, OrderId, ReservationId};
use pallet_models::runtime_api as models;
use pallet_providers::runtime_api as providers;
use sp_api::impl_runtime_apis;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;
use terminal_primitives::{
	market::Requirements, uptime::VerifiedUptime, AssetId, Digest, LeaseId, MachineId, TaskId,
	VersionId,
};

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block)
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: frame_support::view_functions::ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: InherentData,
		) -> CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			transaction: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, transaction, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &<Block as BlockT>::Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl sp_consensus_babe::BabeApi<Block> for Runtime {
		fn configuration() -> sp_consensus_babe::BabeConfiguration {
			let epoch_config = Babe::epoch_config().unwrap_or(presets::BABE_GENESIS_EPOCH_CONFIG);
			sp_consensus_babe::BabeConfiguration {
				slot_duration: Babe::slot_duration(),
				// From the chain's own genesis, not from a constant.
				epoch_length: times::EpochDuration::<Runtime>::get(),
				c: epoch_config.c,
				authorities: Babe::authorities().to_vec(),
				randomness: Babe::randomness(),
				allowed_slots: epoch_config.allowed_slots,
			}
		}

		fn current_epoch_start() -> sp_consensus_babe::Slot {
			Babe::current_epoch_start()
		}

		fn current_epoch() -> sp_consensus_babe::Epoch {
			Babe::current_epoch()
		}

		fn next_epoch() -> sp_consensus_babe::Epoch {
			Babe::next_epoch()
		}

		fn generate_key_ownership_proof(
			_slot: sp_consensus_babe::Slot,
			authority_id: sp_consensus_babe::AuthorityId,
		) -> Option<sp_consensus_babe::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_babe::KEY_TYPE, authority_id))
				.map(|proof| proof.encode())
				.map(sp_consensus_babe::OpaqueKeyOwnershipProof::new)
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_babe::EquivocationProof<<Block as BlockT>::Header>,
			key_owner_proof: sp_consensus_babe::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			Babe::submit_unsigned_equivocation_report(
				equivocation_proof,
				key_owner_proof.decode()?,
			)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			Grandpa::current_set_id()
		}

		fn generate_key_ownership_proof(
			_set_id: sp_consensus_grandpa::SetId,
			authority_id: sp_consensus_grandpa::AuthorityId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_grandpa::KEY_TYPE, authority_id))
				.map(|proof| proof.encode())
				.map(sp_consensus_grandpa::OpaqueKeyOwnershipProof::new)
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				NumberFor<Block>,
			>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			Grandpa::submit_unsigned_equivocation_report(
				equivocation_proof,
				key_owner_proof.decode()?,
			)
		}
	}

	impl sp_authority_discovery::AuthorityDiscoveryApi<Block> for Runtime {
		fn authorities() -> Vec<sp_authority_discovery::AuthorityId> {
			AuthorityDiscovery::authorities()
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
		for Runtime
	{
		fn query_info(
			extrinsic: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(extrinsic, len)
		}

		fn query_fee_details(
			extrinsic: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(extrinsic, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
		Block,
		Balance,
		RuntimeCall,
	> for Runtime
	{
		fn query_call_info(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, len)
		}

		fn query_call_fee_details(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, presets::preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			presets::names()
		}
	}

	impl pallet_supply::runtime_api::SupplyApi<Block> for Runtime {
		fn supply() -> pallet_supply::SupplyView {
			Supply::supply()
		}
	}

	impl pallet_models::runtime_api::ModelsApi<Block, AccountId> for Runtime {
		fn version(version: VersionId) -> Option<models::VersionView<AccountId>> {
			Models::version(version)
		}

		fn version_by_digest(manifest: Digest) -> Option<models::VersionView<AccountId>> {
			Models::version_by_digest(manifest)
		}

		fn versions(from: VersionId, limit: u32) -> models::VersionPage<AccountId> {
			Models::version_page(from, limit)
		}

		fn claimable(account: AccountId) -> Balance {
			Models::claimable(account)
		}

		fn commitment(
			account: AccountId,
			salt: [u8; 32],
			details: pallet_models::Details,
		) -> Digest {
			Models::commitment(account, salt, details)
		}
	}

	impl pallet_providers::runtime_api::ProvidersApi<Block, AccountId> for Runtime {
		fn provider(account: AccountId) -> Option<providers::ProviderView> {
			Providers::provider(account)
		}

		fn machine(machine: MachineId) -> Option<providers::MachineView<AccountId>> {
			Providers::machine(machine)
		}

		fn machines(from: MachineId, limit: u32) -> providers::MachinePage<AccountId> {
			Providers::machine_page(from, limit)
		}

		fn machines_of(
			account: AccountId,
			from: MachineId,
			limit: u32,
		) -> providers::MachinePage<AccountId> {
			Providers::machine_page_of(&account, from, limit)
		}

		fn uptime(machine: MachineId) -> Option<providers::UptimeView> {
			Providers::uptime(machine)
		}

		fn proven_ms(machine: MachineId, at: Moment) -> u64 {
			<Providers as VerifiedUptime>::proven_ms(machine, at)
		}

		fn calendar(machine: MachineId) -> Option<providers::CalendarView> {
			Providers::calendar(machine)
		}

		fn earliest_start(machine: MachineId, units: u32, duration_ms: u64) -> Option<Moment> {
			Providers::earliest_start(machine, units, duration_ms)
		}

		fn find_machines(
			filter: providers::MachineFilter<AccountId>,
			from: MachineId,
			limit: u32,
		) -> providers::MachinePage<AccountId> {
			Providers::find_machines(filter, from, limit)
		}

		fn machines_that_meet(
			wanted: Requirements,
			from: MachineId,
			limit: u32,
		) -> providers::MachinePage<AccountId> {
			Providers::machines_that_meet(wanted, from, limit)
		}
	}

	impl pallet_leases::runtime_api::LeasesApi<Block, AccountId> for Runtime {
		fn lease(id: LeaseId) -> Option<leases::LeaseView<AccountId>> {
			Leases::lease(id)
		}

		fn own_leases(
			account: AccountId,
			side: Option<pallet_leases::Side>,
			which: leases::Which,
			from: Option<LeaseId>,
			limit: u32,
		) -> leases::LeasePage<AccountId> {
			Leases::own_leases(account, side, which, from, limit)
		}

		fn quote_metered(
			machine: MachineId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<leases::MeteredQuote, leases::QuoteError> {
			Leases::quote_metered(machine, units, duration_seconds, version, asset)
		}

		fn quote_job(
			machine: MachineId,
			price: Balance,
			version: Option<VersionId>,
			asset: Option<AssetId>,
		) -> Result<leases::JobQuote, leases::QuoteError> {
			Leases::quote_job(machine, price, version, asset)
		}

		fn receipt_message(lease: LeaseId, segment: u32, milliseconds: u64) -> Vec<u8> {
			Leases::receipt_message(lease, segment, milliseconds)
		}

		fn voucher_message(lease: LeaseId, calls: u64) -> Vec<u8> {
			Leases::voucher_message(lease, calls)
		}

		fn result_context(lease: LeaseId) -> Option<Digest> {
			Leases::result_context(lease)
		}

		fn record_of(account: AccountId) -> pallet_leases::Record {
			Leases::record_of(account)
		}

		fn proposal_hash(lease: LeaseId) -> Option<Digest> {
			Leases::proposal_hash(lease)
		}

		fn claimable(account: AccountId, asset: Option<AssetId>) -> Balance {
			Leases::claimable(account, asset)
		}

		fn approved_assets() -> Vec<(AssetId, pallet_leases::AssetTerms)> {
			Leases::approved_assets()
		}
	}

	impl pallet_market::runtime_api::MarketApi<Block, AccountId> for Runtime {
		fn offers(
			filter: market::OfferFilter,
			from: OfferId,
			limit: u32,
		) -> market::OfferPage<AccountId> {
			Market::offers(filter, from, limit)
		}

		fn offer(offer: OfferId) -> Option<market::OfferView<AccountId>> {
			Market::offer(offer)
		}

		fn offer_hash(offer: OfferId) -> Option<Digest> {
			Market::offer_hash(offer)
		}

		fn orders(
			machine: Option<MachineId>,
			from: OrderId,
			limit: u32,
		) -> market::OrderPage<AccountId> {
			Market::orders(machine, from, limit)
		}

		fn order(order: OrderId) -> Option<market::OrderView<AccountId>> {
			Market::order(order)
		}

		fn own_orders(
			account: AccountId,
			from: Option<OrderId>,
			limit: u32,
		) -> market::OrderPage<AccountId> {
			Market::own_orders(account, from, limit)
		}

		fn own_reservations(
			account: AccountId,
			from: Option<ReservationId>,
			limit: u32,
		) -> market::ReservationPage<AccountId> {
			Market::own_reservations(account, from, limit)
		}

		fn quote(
			offer: OfferId,
			units: u32,
			duration_seconds: u32,
			version: Option<VersionId>,
		) -> Result<market::OfferQuote, market::QuoteError> {
			Market::quote(offer, units, duration_seconds, version)
		}

		fn claimable(account: AccountId, asset: Option<AssetId>) -> Balance {
			Market::claimable(account, asset)
		}
	}

	impl pallet_attestation::runtime_api::AttestationApi<Block, AccountId> for Runtime {
		fn open_challenge(machine: MachineId) -> Option<attestation::ChallengeView> {
			Attestation::open_challenge(machine)
		}

		fn task_of(lease: LeaseId) -> Option<attestation::TaskView<AccountId>> {
			Attestation::task_of(lease)
		}

		fn task(task: TaskId) -> Option<attestation::TaskView<AccountId>> {
			Attestation::task(task)
		}

		fn attestors() -> Vec<attestation::AttestorView<AccountId>> {
			Attestation::attestors()
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(
			checks: frame_try_runtime::UpgradeCheckSelect,
		) -> (Weight, Weight) {
			// The tool wants a panic: it shows the reason.
			let weight = Executive::try_runtime_upgrade(checks).unwrap();
			(weight, crate::weights::BlockWeights::get().max_block)
		}

		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("execute-block failed")
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			crate::benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			crate::benchmarks::dispatch(config)
		}
	}
}
