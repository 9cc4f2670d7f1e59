//! The shape of a transaction, and how the runtime's off-chain code makes one.

use crate::{
	AccountId, Address, Balance, BlockHashCount, Nonce, Runtime, RuntimeCall, Signature, System,
};
use codec::Encode;
use frame_system::offchain::{
	AppCrypto, CreateAuthorizedTransaction, CreateBare, CreateSignedTransaction, CreateTransaction,
	CreateTransactionBase, SigningTypes,
};
use sp_runtime::{
	generic,
	traits::{IdentifyAccount, SaturatedConversion, StaticLookup, Verify},
};

/// What every transaction carries besides its call, in the order in which it is checked.
pub type TxExtension = (
	// First: gives authorized (unsigned, self-proving) calls their origin, which the others see.
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	// Lets a hardware wallet prove the metadata that it showed to its owner.
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	// Last: gives back the weight that the others and the call did not use.
	frame_system::WeightReclaim<Runtime>,
);

/// A transaction as it travels: bare, signed, or general.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// What is signed.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// The extension of an ordinary transaction.
pub fn tx_extension(era: generic::Era, nonce: Nonce, tip: Balance) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

impl SigningTypes for Runtime {
	type Public = <Signature as Verify>::Signer;
	type Signature = Signature;
}

impl<C> CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

// BABE's and GRANDPA's equivocation reports.
impl<C> CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

impl<C> CreateTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_transaction(call, extension)
	}
}

// Attestors' votes.
impl<C> CreateAuthorizedTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_extension() -> TxExtension {
		// Mortality, nonce and tip mean nothing without a signer: the call proves itself, and
		// guards itself against replay.
		tx_extension(generic::Era::Immortal, 0, 0)
	}
}

impl<C> CreateSignedTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_signed_transaction<S: AppCrypto<<Signature as Verify>::Signer, Signature>>(
		call: RuntimeCall,
		public: <Signature as Verify>::Signer,
		account: AccountId,
		nonce: Nonce,
	) -> Option<UncheckedExtrinsic> {
		debug_assert_eq!(public.clone().into_account(), account);
		// The worker runs on a block that may be replaced: refer to the block before it, and
		// live half as long as block hashes are kept.
		let period = BlockHashCount::get()
			.checked_next_power_of_two()
			.map_or(2, |count| count / 2);
		let current = System::block_number()
			.saturated_into::<u64>()
			.saturating_sub(1);
		let era = generic::Era::mortal(period.into(), current);
		let payload = SignedPayload::new(call, tx_extension(era, nonce, 0))
			.inspect_err(|error| log::warn!("cannot build a payload to sign: {error:?}"))
			.ok()?;
		let signature = payload.using_encoded(|payload| S::sign(payload, public))?;
		let address = <Runtime as frame_system::Config>::Lookup::unlookup(account);
		let (call, extension, _) = payload.deconstruct();
		Some(UncheckedExtrinsic::new_signed(
			call, address, signature, extension,
		))
	}
}
