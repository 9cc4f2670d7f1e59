//! Which addresses may be connected to: the rule that providers' daemons keep too.

use super::error::Refusal;
use std::net::IpAddr;
use terminal_primitives::reach;

/// Whether `ip` may be connected to.
pub fn check(ip: IpAddr, allow_private: bool) -> Result<(), Refusal> {
	reach::check(ip, allow_private).map_err(|kind| Refusal::Address(ip, kind))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_refusal_names_the_address_and_what_it_is() {
		let metadata: IpAddr = "169.254.169.254".parse().expect("an address");
		let refused = check(metadata, true);
		assert_eq!(refused, Err(Refusal::Address(metadata, "link-local")));
		let local: IpAddr = "10.0.0.1".parse().expect("an address");
		assert_eq!(check(local, true), Ok(()));
		let refused = check(local, false);
		assert_eq!(refused, Err(Refusal::Address(local, "private")));
	}
}
