//! Blocks as a node makes them: digest with a real VRF, inherent, transactions, hooks, finalisation.

use super::{account, check_invariants, on};
use crate::{
	transactions::tx_extension, Address, AuthorityDiscovery, Babe, Balances, Executive, Grandpa,
	Hash, Header, Runtime, RuntimeCall, Session, SignedPayload, Staking, System, Timestamp,
	UncheckedExtrinsic, UNIT,
};
use codec::Encode;
use frame_support::traits::Get;
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryVRFPreDigest},
	AuthorityId, Slot, BABE_ENGINE_ID,
};
use sp_core::crypto::{VrfSecret, Wraps};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::{Digest, Era},
	traits::Header as _,
	ApplyExtrinsicResult, DigestItem, MultiSignature,
};

/// Some slot in 2026 at two seconds each.
const FIRST_SLOT: u64 = 890_000_000;

/// Makes one block after the other.
pub struct Chain {
	slot: u64,
	parent: Hash,
	number: u32,
}

impl Chain {
	/// At genesis.
	pub fn new() -> Self {
		Self {
			slot: FIRST_SLOT,
			parent: System::block_hash(0),
			number: 0,
		}
	}

	/// Make a block with `transactions` in the next slot.
	pub fn block(&mut self, transactions: Vec<UncheckedExtrinsic>) -> Vec<ApplyExtrinsicResult> {
		self.number += 1;
		self.slot += 1;
		let header = Header::new(
			self.number,
			Default::default(),
			Default::default(),
			self.parent,
			Digest {
				logs: vec![self.pre_digest()],
			},
		);
		Executive::initialize_block(&header);
		let now = self.slot * crate::times::SlotDuration::<Runtime>::get();
		let inherent =
			UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(pallet_timestamp::Call::set {
				now,
			}));
		Executive::apply_extrinsic(inherent)
			.expect("the time is valid")
			.expect("the time is set");
		let results = transactions
			.into_iter()
			.map(Executive::apply_extrinsic)
			.collect();
		let header = Executive::finalize_block();
		self.parent = header.hash();
		results
	}

	/// Make `count` empty blocks, checking the invariants after each.
	pub fn blocks(&mut self, count: u32) {
		for _ in 0..count {
			self.block(vec![]);
			check_invariants().expect("every invariant holds after every block");
		}
	}

	/// The secondary author's claim, as BABE would sign it. The epoch is the one that this block
	/// will be in.
	fn pre_digest(&self) -> DigestItem {
		let slot = Slot::from(self.slot);
		let epoch = if self.number > 1 && slot >= Babe::next_epoch().start_slot {
			Babe::next_epoch()
		} else {
			Babe::current_epoch()
		};
		let index = (self.slot % epoch.authorities.len() as u64) as u32;
		let author = &epoch.authorities[index as usize].0;
		let transcript =
			sp_consensus_babe::make_vrf_transcript(&epoch.randomness, slot, epoch.epoch_index);
		let vrf_signature = pair_of(author).vrf_sign(&transcript.into_sign_data());
		let claim = PreDigest::SecondaryVRF(SecondaryVRFPreDigest {
			authority_index: index,
			slot,
			vrf_signature,
		});
		DigestItem::PreRuntime(BABE_ENGINE_ID, claim.encode())
	}
}

fn pair_of(author: &AuthorityId) -> sp_core::sr25519::Pair {
	Sr25519Keyring::from_public(author.as_inner_ref())
		.expect("validators of the presets are well known")
		.pair()
}

/// A signed transaction that a client could have sent.
pub fn signed(by: Sr25519Keyring, call: RuntimeCall) -> UncheckedExtrinsic {
	tipped(by, call, 0)
}

/// The same with a tip.
pub fn tipped(by: Sr25519Keyring, call: RuntimeCall, tip: u128) -> UncheckedExtrinsic {
	let who = account(by);
	let nonce = System::account_nonce(&who);
	let payload = SignedPayload::new(call, tx_extension(Era::Immortal, nonce, tip))
		.expect("the extension has its implicit part");
	let signature = payload.using_encoded(|payload| by.sign(payload));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(
		call,
		Address::Id(who),
		MultiSignature::Sr25519(signature),
		extension,
	)
}

/// Alice sends Bob some.
pub fn transfer(value: u128) -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive {
		dest: Address::Id(account(Sr25519Keyring::Bob)),
		value,
	})
}

#[test]
fn carries_signed_transfers() {
	on("local", || {
		let mut chain = Chain::new();
		let before = Balances::free_balance(account(Sr25519Keyring::Bob));
		chain.block(vec![]);
		let results = chain.block(vec![signed(Sr25519Keyring::Alice, transfer(3 * UNIT))]);
		assert_eq!(results, vec![Ok(Ok(()))]);
		assert_eq!(
			Balances::free_balance(account(Sr25519Keyring::Bob)),
			before + 3 * UNIT
		);
	});
}

#[test]
fn gives_every_block_a_vrf_output() {
	on("local", || {
		let mut chain = Chain::new();
		let mut outputs = std::collections::BTreeSet::new();
		for _ in 0..8 {
			chain.block(vec![]);
			outputs.insert(Babe::author_vrf_randomness().expect("this block had a VRF"));
		}
		assert_eq!(outputs.len(), 8);
	});
}

#[test]
fn rotates_sessions_and_eras_and_keeps_its_validators() {
	on("local", || {
		let mut chain = Chain::new();
		chain.blocks(1);
		let validators = Session::validators();
		assert_eq!(validators.len(), 4);
		// Three eras of two sessions of thirty slots.
		chain.blocks(3 * 2 * 30);
		assert_eq!(Session::current_index(), 6);
		assert!(Staking::active_era().expect("an era is active").index >= 2);
		let mut now = Session::validators();
		let mut then = validators;
		now.sort();
		then.sort();
		assert_eq!(now, then);
		assert_eq!(Babe::authorities().len(), 4);
		assert_eq!(Grandpa::grandpa_authorities().len(), 4);
		assert_eq!(AuthorityDiscovery::authorities().len(), 4);
	});
}

#[test]
fn keeps_the_time_of_its_slots() {
	on("development", || {
		let mut chain = Chain::new();
		chain.blocks(2);
		assert_eq!(Timestamp::get(), (FIRST_SLOT + 2) * 2_000);
	});
}
