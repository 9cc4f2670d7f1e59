//! Which nonce a transaction gets. The node's pool tells the one after all that it holds, which is
//! right while they get into blocks.
//!
//! A transaction may be in that pool and lost to everybody else: never gossiped, dropped by those
//! who make blocks, banned. Then nothing that this account sends after it gets into a block until it
//! is out of date. So where the chain waits for the same nonce for [`STUCK_AFTER`] blocks, the next
//! call takes that nonce, with a tip: pools replace what pays less. What it replaced is sent again
//! by whoever decides what is next.

/// A nonce that the chain has waited for so long is stuck, in blocks.
const STUCK_AFTER: u64 = 6;
/// The first tip, base units: a billionth of one TCT.
const FIRST_TIP: u128 = 1_000;
/// No tip is higher, base units: a thousandth of one TCT.
const HIGHEST_TIP: u128 = 1_000_000_000;

/// What a transaction is signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
	/// Its number within the account.
	pub nonce: u64,
	/// Base units for whoever makes the block: more than none replaces what has the same nonce.
	pub tip: u128,
}

/// The nonce that the chain waits for.
struct Awaited {
	nonce: u64,
	/// The block in which it was first sent, or sent last.
	since: u64,
	/// What was offered last.
	tip: u128,
}

/// What is known of one account's nonces.
#[derive(Default)]
pub(super) struct Nonces(Option<Awaited>);

impl Nonces {
	/// What to sign with in `block`, where `on_chain` are in blocks and `in_pool` comes after all
	/// that the pool holds.
	pub(super) fn choose(&mut self, block: u64, on_chain: u64, in_pool: u64) -> Chosen {
		let next = Chosen {
			nonce: in_pool.max(on_chain),
			tip: 0,
		};
		let awaited = match &mut self.0 {
			Some(awaited) if awaited.nonce == on_chain => awaited,
			other => {
				let since = block;
				*other = Some(Awaited {
					nonce: on_chain,
					since,
					tip: 0,
				});
				return next;
			},
		};
		// The pool has lost it as well, or never had it: then its place is free.
		if in_pool <= on_chain {
			awaited.since = block;
			return next;
		}
		if block.saturating_sub(awaited.since) < STUCK_AFTER {
			return next;
		}
		awaited.since = block;
		awaited.tip = awaited.tip.saturating_mul(10).clamp(FIRST_TIP, HIGHEST_TIP);
		Chosen {
			nonce: on_chain,
			tip: awaited.tip,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn next(nonce: u64) -> Chosen {
		Chosen { nonce, tip: 0 }
	}

	#[test]
	fn the_pools_nonce_is_taken_while_blocks_take_transactions() {
		let mut nonces = Nonces::default();
		assert_eq!(nonces.choose(10, 5, 5), next(5));
		assert_eq!(nonces.choose(11, 5, 6), next(6));
		assert_eq!(nonces.choose(15, 5, 7), next(7));
		assert_eq!(nonces.choose(99, 8, 8), next(8));
		assert_eq!(nonces.choose(104, 8, 9), next(9));
	}

	#[test]
	fn what_the_pool_lost_leaves_its_place() {
		let mut nonces = Nonces::default();
		assert_eq!(nonces.choose(10, 5, 5), next(5));
		assert_eq!(nonces.choose(16, 5, 5), next(5), "no tip is needed");
		assert_eq!(nonces.choose(17, 5, 6), next(6), "and it has its time");
	}

	#[test]
	fn what_is_stuck_is_replaced_for_a_growing_and_bounded_tip() {
		let mut nonces = Nonces::default();
		nonces.choose(10, 5, 5);
		let replaced = |tip| Chosen { nonce: 5, tip };
		assert_eq!(nonces.choose(16, 5, 6), replaced(1_000));
		assert_eq!(nonces.choose(17, 5, 7), next(7), "others go on");
		assert_eq!(nonces.choose(22, 5, 7), replaced(10_000));
		for round in 0..20 {
			let chosen = nonces.choose(28 + round * STUCK_AFTER, 5, 7);
			assert!(chosen.nonce == 5 && chosen.tip <= HIGHEST_TIP);
		}
		assert_eq!(nonces.choose(1_000, 6, 7), next(7), "it went on");
		assert_eq!(nonces.choose(1_006, 6, 7).tip, 1_000, "and begins anew");
	}

	#[test]
	fn a_node_behind_its_own_chain_is_not_believed() {
		assert_eq!(Nonces::default().choose(10, 5, 3), next(5));
	}
}
