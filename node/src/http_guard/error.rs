//! Why a request is refused or fails. The runtime sees only "error"; the log sees this.

use std::net::IpAddr;

/// Why a target may not be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
	/// Neither `http` nor `https`.
	#[error("the scheme is neither http nor https")]
	Scheme,
	/// `CONNECT` would make a tunnel.
	#[error("the method is not allowed")]
	Method,
	/// `user:password@host`.
	#[error("the address carries user information")]
	UserInfo,
	/// No host.
	#[error("the host is missing")]
	Host,
	/// Port 0, or a system port other than 80 and 443.
	#[error("port {0} is not allowed")]
	Port(u16),
	/// The address is not on the public internet.
	#[error("address {0} is {1}")]
	Address(IpAddr, &'static str),
	/// The name resolves to nothing.
	#[error("the name has no address")]
	NoAddress,
	/// The resolver failed.
	#[error("the name cannot be resolved: {0}")]
	Lookup(String),
	/// Too many names are being resolved.
	#[error("too many names are being resolved")]
	LookupsBusy,
}

/// Why an exchange ended without a whole answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
	/// The target may not be asked.
	#[error(transparent)]
	Refused(#[from] Refusal),
	/// Too many exchanges are open, with this host or in all.
	#[error("too many requests are open")]
	Busy,
	/// A limit of time.
	#[error("the host took too long")]
	TooSlow,
	/// A limit of size.
	#[error("the answer is too long")]
	TooLong,
	/// The network, TLS or the protocol.
	#[error("{0}")]
	Io(String),
}
