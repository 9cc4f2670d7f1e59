//! Errors of the `terminal` group. Each has a code of its own and names the remedy.

use jsonrpsee::types::{error::INVALID_PARAMS_CODE, ErrorObjectOwned};
use terminal_runtime::Hash;

/// First code of the group. Codes are part of the interface: never change or reuse one.
const BASE: i32 = 7000;

/// Why a call of the `terminal` group failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The runtime could not be asked.
	#[error(
		"the runtime could not answer at block {at:?}: leave `at` out, or ask an archive node if the \
		 block's state is pruned (the cause is in the error's data)"
	)]
	Runtime {
		/// The block that was asked.
		at: Hash,
		/// What the client said.
		cause: String,
	},
	/// There is no such lease.
	#[error(
		"there is no lease {0}: take the id from the LeaseOffered event, or list an account's leases \
		 with terminal_leasesOf"
	)]
	UnknownLease(u64),
	/// There is no such machine.
	#[error("there is no machine {0}: list machines with terminal_providerBook")]
	UnknownMachine(u64),
	/// There is no such model version.
	#[error("there is no model version {0}: look it up by digest with terminal_modelByDigest")]
	UnknownVersion(u64),
	/// No version has this digest.
	#[error(
		"no listed version has the digest {0}: it must be the SHA-256 of the manifest, 0x and 64 hex \
		 digits"
	)]
	UnknownDigest(String),
	/// There is no such offer.
	#[error("there is no offer {0}: it may be withdrawn; list offers with terminal_offers")]
	UnknownOffer(u64),
	/// There is no such order.
	#[error(
		"there is no order {0}: it may be filled, cancelled or over; list orders with \
		 terminal_orders, or an account's leases with terminal_leasesOf"
	)]
	UnknownOrder(u64),
	/// The runtime refused to quote.
	#[error("no quote: {0}")]
	NoQuote(String),
	/// An argument is malformed.
	#[error("{name} is not valid: {remedy}")]
	Argument {
		/// The argument's name.
		name: &'static str,
		/// What to pass instead.
		remedy: String,
	},
}

impl Error {
	/// The error's code.
	pub fn code(&self) -> i32 {
		match self {
			Error::Runtime { .. } => BASE + 1,
			Error::UnknownLease(_) => BASE + 2,
			Error::UnknownMachine(_) => BASE + 3,
			Error::UnknownVersion(_) => BASE + 4,
			Error::UnknownDigest(_) => BASE + 5,
			Error::NoQuote(_) => BASE + 6,
			Error::UnknownOffer(_) => BASE + 7,
			Error::UnknownOrder(_) => BASE + 8,
			Error::Argument { .. } => INVALID_PARAMS_CODE,
		}
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		let data = match &error {
			Error::Runtime { cause, .. } => Some(cause.clone()),
			Error::UnknownLease(_)
			| Error::UnknownMachine(_)
			| Error::UnknownVersion(_)
			| Error::UnknownDigest(_)
			| Error::NoQuote(_)
			| Error::UnknownOffer(_)
			| Error::UnknownOrder(_)
			| Error::Argument { .. } => None,
		};
		ErrorObjectOwned::owned(error.code(), error.to_string(), data)
	}
}
