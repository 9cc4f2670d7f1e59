//! What can go wrong off chain. None of it reaches the chain: it is logged, and tried again later.

use core::fmt;

/// Why a host's answer could not be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FetchError {
	/// The node refuses the address, or has no room for the request.
	Refused,
	/// No headers, or not the whole body, in time.
	TooSlow,
	/// The connection failed or broke.
	Broken,
	/// A status other than 200; a redirect is one.
	Status(u16),
	/// No `Content-Length`, more than one, an encoding, or more than the job can need.
	Length,
}

/// Why a run does nothing, or a vote is not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WorkerError {
	/// This block's state was written by another version of the runtime.
	Upgrading,
	/// No attestation key in this node's keystore.
	NoKeys,
	/// The node has not said what is final, or this fork is not the final one.
	NotFinal,
	/// Another run works on the task, or took it over.
	Claimed,
	/// What was found contradicts what was signed before: abstain.
	Contradiction,
	/// The off-chain database refuses or holds garbage.
	Storage,
	/// The key left the keystore.
	KeyGone,
	/// The transaction pool refuses the batch.
	Pool,
}

impl fmt::Display for WorkerError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let text = match self {
			Self::Upgrading => "waiting for the new runtime's first block",
			Self::NoKeys => "no attestation key in the keystore",
			Self::NotFinal => "this fork is not known to be final",
			Self::Claimed => "another run works on it",
			Self::Contradiction => "the finding contradicts an earlier signed vote",
			Self::Storage => "the off-chain database refused",
			Self::KeyGone => "the key is not in the keystore any more",
			Self::Pool => "the transaction pool refused the batch",
		};
		f.write_str(text)
	}
}
