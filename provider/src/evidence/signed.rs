//! Signed requests for evidence, as the attestors' off-chain workers send them. Pure, but for one
//! signature check, which comes last.
//!
//! | header | value |
//! |---|---|
//! | `x-terminal-member` | the account, SCALE, 64 hexadecimal digits |
//! | `x-terminal-key` | the sr25519 key that signs for it, 64 hexadecimal digits |
//! | `x-terminal-block` | a recent block's number, decimal |
//! | `x-terminal-signature` | 128 hexadecimal digits |
//!
//! Signed is [`evidence::message`], which the off-chain worker makes too. What is asked of the lease
//! is not signed, and a request can be repeated while its block is recent: that reads once more what
//! its signer may read anyway, and counts against the signer's rate.

use super::roster::{Reader, Roster};
use axum::http::{HeaderMap, StatusCode};
use subxt_signer::sr25519;
use terminal_gpu_proof::evidence;

/// How far a request's block may be from the chain's height here, either way: the nodes of worker
/// and daemon need not agree.
pub const WINDOW_BLOCKS: u32 = 64;

const MEMBER: &str = "x-terminal-member";
const KEY: &str = "x-terminal-key";
const BLOCK: &str = "x-terminal-block";
const SIGNATURE: &str = "x-terminal-signature";

/// Why a request is not answered, with the remedy.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Denied {
	#[error(
		"a signed request has the headers {MEMBER}, {KEY}, {BLOCK} and {SIGNATURE} once each: send \
		 all of them, or none"
	)]
	Incomplete,
	#[error("{0} is malformed: send {1} hexadecimal digits without 0x")]
	Malformed(&'static str, usize),
	#[error("{BLOCK} is malformed: send a block number in decimal digits")]
	Block,
	#[error(
		"the request is signed at block {0}, the chain is at {1} here: sign with a block at most \
		 {WINDOW_BLOCKS} away, and see that the clock and the node are up to date"
	)]
	Window(u32, u32),
	#[error(
		"this account and key are neither an active attestor's nor of lease {0}'s committee, nor \
		 its consumer's: sign with the attestation key that the chain has for the account, or with \
		 the consumer's account key"
	)]
	Unknown(u64),
	#[error(
		"{SIGNATURE} does not fit: sign \"tct/evidence/v1\", the genesis hash 0x{0}, the lease, the \
		 account and the block with the key in {KEY}"
	)]
	Forged(String),
	#[error("too many wrong signatures from this address: wait a second and send right ones")]
	Forger,
	#[error(
		"this machine shows evidence to attestors and to the job's consumer only: sign the request \
		 with {MEMBER}, {KEY}, {BLOCK} and {SIGNATURE}, or demand the leaf on chain"
	)]
	Unsigned,
	#[error(
		"this daemon has not heard from the chain for a minute and cannot tell who may read: ask \
		 again later, or demand the leaf on chain"
	)]
	Deaf,
}

impl Denied {
	/// The HTTP status of the refusal.
	pub fn status(&self) -> StatusCode {
		match self {
			Self::Forger => StatusCode::TOO_MANY_REQUESTS,
			Self::Deaf => StatusCode::SERVICE_UNAVAILABLE,
			Self::Incomplete
			| Self::Malformed(..)
			| Self::Block
			| Self::Window(..)
			| Self::Unknown(_)
			| Self::Forged(_)
			| Self::Unsigned => StatusCode::UNAUTHORIZED,
		}
	}
}

/// What a request says of its sender. Nothing of it is true before [`Claim::check_signature`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
	reader: Reader,
	block: u32,
	signature: [u8; 64],
}

impl Claim {
	/// The claim in `headers`; `None` if they hold none.
	pub fn parse(headers: &HeaderMap) -> Result<Option<Self>, Denied> {
		let names = [MEMBER, KEY, BLOCK, SIGNATURE];
		if !names.iter().any(|name| headers.contains_key(*name)) {
			return Ok(None);
		}
		Ok(Some(Self {
			reader: Reader {
				account: digits(headers, MEMBER)?,
				key: digits(headers, KEY)?,
			},
			block: block(single(headers, BLOCK)?)?,
			signature: digits(headers, SIGNATURE)?,
		}))
	}

	/// The account that asks.
	pub fn account(&self) -> [u8; 32] {
		self.reader.account
	}

	/// Everything that costs next to nothing: the block against the chain's `height`, and account
	/// and key against the roster.
	pub fn check(&self, lease: u64, height: u32, roster: &Roster) -> Result<(), Denied> {
		if self.block.abs_diff(height) > WINDOW_BLOCKS {
			return Err(Denied::Window(self.block, height));
		}
		if !roster.knows(lease, &self.reader) {
			return Err(Denied::Unknown(lease));
		}
		Ok(())
	}

	/// The one check that takes time: tens of microseconds.
	pub fn check_signature(&self, genesis: &[u8; 32], lease: u64) -> Result<(), Denied> {
		let payload = evidence::message(genesis, lease, &self.reader.account, self.block);
		let signature = sr25519::Signature(self.signature);
		if sr25519::verify(&signature, payload, &sr25519::PublicKey(self.reader.key)) {
			Ok(())
		} else {
			Err(Denied::Forged(hex::encode(genesis)))
		}
	}
}

/// The bytes of the one header of this name.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a [u8], Denied> {
	let mut values = headers.get_all(name).iter();
	match (values.next(), values.next()) {
		(Some(value), None) => Ok(value.as_bytes()),
		_ => Err(Denied::Incomplete),
	}
}

fn digits<const N: usize>(headers: &HeaderMap, name: &'static str) -> Result<[u8; N], Denied> {
	let mut out = [0; N];
	// Refuses another length before it looks at a digit.
	hex::decode_to_slice(single(headers, name)?, &mut out)
		.map_err(|_| Denied::Malformed(name, N.saturating_mul(2)))?;
	Ok(out)
}

fn block(value: &[u8]) -> Result<u32, Denied> {
	if !value.iter().all(u8::is_ascii_digit) {
		return Err(Denied::Block);
	}
	std::str::from_utf8(value)
		.ok()
		.and_then(|text| text.parse().ok())
		.ok_or(Denied::Block)
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use subxt_signer::sr25519::{dev, Keypair};

	const GENESIS: [u8; 32] = [9; 32];
	const LEASE: u64 = 5;
	const HEIGHT: u32 = 1_000;

	/// The headers that an off-chain worker of `account` sends.
	pub fn headers(
		genesis: &[u8; 32],
		lease: u64,
		account: [u8; 32],
		key: &Keypair,
		block: u32,
	) -> Vec<(&'static str, String)> {
		let signature = key.sign(&evidence::message(genesis, lease, &account, block));
		vec![
			(MEMBER, hex::encode(account)),
			(KEY, hex::encode(key.public_key().0)),
			(BLOCK, block.to_string()),
			(SIGNATURE, hex::encode(signature.0)),
		]
	}

	/// Bob's node, which votes for Alice's account.
	fn good() -> Vec<(&'static str, String)> {
		headers(&GENESIS, LEASE, alice(), &dev::bob(), HEIGHT)
	}

	fn alice() -> [u8; 32] {
		dev::alice().public_key().0
	}

	fn map(list: Vec<(&'static str, String)>) -> HeaderMap {
		list.into_iter()
			.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
			.collect()
	}

	fn with(name: &'static str, value: &str) -> Vec<(&'static str, String)> {
		let mut list = good();
		list.retain(|(known, _)| *known != name);
		list.push((name, value.into()));
		list
	}

	fn roster() -> Roster {
		let roster = Roster::default();
		roster.set_attestors([Reader {
			account: alice(),
			key: dev::bob().public_key().0,
		}]);
		roster
	}

	fn judge(list: Vec<(&'static str, String)>) -> Result<[u8; 32], Denied> {
		let claim = Claim::parse(&map(list))?.expect("the headers hold a claim");
		claim.check(LEASE, HEIGHT, &roster())?;
		claim.check_signature(&GENESIS, LEASE)?;
		Ok(claim.account())
	}

	#[test]
	fn an_attestors_request_is_recognised() {
		assert_eq!(judge(good()), Ok(alice()));
	}

	#[test]
	fn a_request_without_any_of_the_headers_claims_nothing() {
		let other = HeaderMap::from_iter([("accept".parse().unwrap(), "*/*".parse().unwrap())]);
		assert_eq!(Claim::parse(&other), Ok(None));
	}

	#[test]
	fn a_header_that_is_missing_or_there_twice_is_refused() {
		for name in [MEMBER, KEY, BLOCK, SIGNATURE] {
			let mut less = good();
			less.retain(|(known, _)| *known != name);
			assert_eq!(judge(less), Err(Denied::Incomplete), "without {name}");
			let mut more = good();
			let value = more
				.iter()
				.find(|(known, _)| *known == name)
				.unwrap()
				.clone();
			more.push(value);
			assert_eq!(judge(more), Err(Denied::Incomplete), "{name} twice");
		}
	}

	#[test]
	fn digits_that_are_too_few_too_many_or_none_are_refused() {
		for (name, length) in [(MEMBER, 64), (KEY, 64), (SIGNATURE, 128)] {
			for wrong in [
				String::new(),
				"ab".repeat(length / 2 - 1),
				"ab".repeat(length / 2 + 1),
				format!("0x{}", "ab".repeat(length / 2 - 1)),
				format!("0x{}", "ab".repeat(length / 2)),
				"g".repeat(length),
				"a".repeat(10_000),
			] {
				let denied = Denied::Malformed(name, length);
				assert_eq!(judge(with(name, &wrong)), Err(denied), "{name}: {wrong}");
			}
		}
	}

	#[test]
	fn a_block_that_is_no_number_is_refused() {
		for wrong in ["", "+1000", "-1", "0x3e8", "1e3", "4294967296", " 1000 1"] {
			assert_eq!(judge(with(BLOCK, wrong)), Err(Denied::Block), "{wrong}");
		}
		let long = "9".repeat(10_000);
		assert_eq!(judge(with(BLOCK, &long)), Err(Denied::Block));
	}

	#[test]
	fn a_block_outside_the_window_is_refused() {
		let at = |block| judge(headers(&GENESIS, LEASE, alice(), &dev::bob(), block));
		for edge in [HEIGHT - WINDOW_BLOCKS, HEIGHT + WINDOW_BLOCKS] {
			assert_eq!(at(edge), Ok(alice()));
		}
		for beyond in [
			HEIGHT - WINDOW_BLOCKS - 1,
			HEIGHT + WINDOW_BLOCKS + 1,
			0,
			u32::MAX,
		] {
			assert_eq!(at(beyond), Err(Denied::Window(beyond, HEIGHT)));
		}
	}

	#[test]
	fn a_key_that_the_chain_does_not_have_for_the_account_is_refused() {
		let alice_herself = headers(&GENESIS, LEASE, alice(), &dev::alice(), HEIGHT);
		assert_eq!(judge(alice_herself), Err(Denied::Unknown(LEASE)));
		let bob = dev::bob().public_key().0;
		let bob_himself = headers(&GENESIS, LEASE, bob, &dev::bob(), HEIGHT);
		assert_eq!(judge(bob_himself), Err(Denied::Unknown(LEASE)));
	}

	#[test]
	fn a_signature_over_anything_else_is_refused() {
		let key = dev::bob();
		let block = HEIGHT.to_string();
		let forged = Err(Denied::Forged(hex::encode(GENESIS)));
		let signed = |genesis: &[u8; 32], lease, account: [u8; 32], signed_block| {
			let signature = key.sign(&evidence::message(genesis, lease, &account, signed_block));
			let mut list = with(SIGNATURE, &hex::encode(signature.0));
			list.retain(|(name, _)| *name != BLOCK);
			list.push((BLOCK, block.clone()));
			judge(list)
		};
		assert_eq!(signed(&GENESIS, LEASE, alice(), HEIGHT), Ok(alice()));
		assert_eq!(signed(&[8; 32], LEASE, alice(), HEIGHT), forged, "chain");
		assert_eq!(signed(&GENESIS, 6, alice(), HEIGHT), forged, "lease");
		assert_eq!(signed(&GENESIS, LEASE, [1; 32], HEIGHT), forged, "account");
		assert_eq!(signed(&GENESIS, LEASE, alice(), 999), forged, "block");
		assert_eq!(judge(with(SIGNATURE, &"00".repeat(64))), forged, "zeros");
		assert_eq!(judge(with(SIGNATURE, &"ff".repeat(64))), forged, "ones");
	}

	#[test]
	fn another_keys_signature_is_refused() {
		let payload = evidence::message(&GENESIS, LEASE, &alice(), HEIGHT);
		let other = dev::charlie().sign(&payload);
		let denied = judge(with(SIGNATURE, &hex::encode(other.0)));
		assert_eq!(denied, Err(Denied::Forged(hex::encode(GENESIS))));
	}

	#[test]
	fn the_cheap_checks_come_before_the_signature() {
		// All wrong at once: what is told is the cheapest finding.
		let mut list = with(SIGNATURE, &"00".repeat(64));
		list.retain(|(name, _)| *name != KEY && *name != BLOCK);
		list.push((KEY, "77".repeat(32)));
		list.push((BLOCK, "1".into()));
		assert_eq!(judge(list), Err(Denied::Window(1, HEIGHT)));
		let mut list = with(SIGNATURE, &"00".repeat(64));
		list.retain(|(name, _)| *name != KEY);
		list.push((KEY, "77".repeat(32)));
		assert_eq!(judge(list), Err(Denied::Unknown(LEASE)));
	}
}
