//! Which URIs may be asked. Pure: names are checked again once they are resolved.

use super::{address, error::Refusal, policy::Policy};
use http::{Method, Uri};
use std::net::{IpAddr, Ipv6Addr};

/// Ports under this one belong to system services (mail, shells, …) and are not asked.
const FIRST_USER_PORT: u16 = 1024;

/// Whether `method` may be used. `CONNECT` would turn the client into a tunnel.
pub fn check_method(method: &Method) -> Result<(), Refusal> {
	if *method == Method::CONNECT {
		return Err(Refusal::Method);
	}
	Ok(())
}

/// Whether `uri` may be asked, as far as it can be told without resolving its name.
pub fn check(uri: &Uri, policy: &Policy) -> Result<(), Refusal> {
	let default_port = match uri.scheme_str() {
		Some("http") => 80,
		Some("https") => 443,
		_ => return Err(Refusal::Scheme),
	};
	let authority = uri.authority().ok_or(Refusal::Host)?;
	if authority.as_str().contains('@') {
		return Err(Refusal::UserInfo);
	}
	if authority.host().is_empty() {
		return Err(Refusal::Host);
	}
	check_port(authority.port_u16().unwrap_or(default_port))?;
	match literal(authority.host()) {
		Some(ip) => address::check(ip, policy.allow_private),
		None => Ok(()),
	}
}

fn check_port(port: u16) -> Result<(), Refusal> {
	match port {
		80 | 443 => Ok(()),
		port if port < FIRST_USER_PORT => Err(Refusal::Port(port)),
		_ => Ok(()),
	}
}

/// The address that `host` spells out, if it is not a name.
fn literal(host: &str) -> Option<IpAddr> {
	match host
		.strip_prefix('[')
		.and_then(|rest| rest.strip_suffix(']'))
	{
		Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
		None => host.parse().ok(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn verdict(uri: &str, allow_private: bool) -> Result<(), Refusal> {
		check(&uri.parse().expect("a URI"), &Policy::new(allow_private))
	}

	#[test]
	fn plain_targets_pass() {
		for uri in [
			"http://provider.example",
			"https://provider.example/v1/health",
			"https://provider.example:8443/v1",
			"http://8.8.8.8:8080/",
			"http://[2606:4700:4700::1111]/",
		] {
			assert_eq!(verdict(uri, false), Ok(()), "{uri}");
		}
	}

	#[test]
	fn odd_targets_are_refused() {
		for (uri, why) in [
			("ftp://provider.example/", Refusal::Scheme),
			("/v1/health", Refusal::Scheme),
			("http://user@provider.example/", Refusal::UserInfo),
			("http://8.8.8.8@provider.example/", Refusal::UserInfo),
			("http://provider.example:22/", Refusal::Port(22)),
			("https://provider.example:25/", Refusal::Port(25)),
			("http://provider.example:0/", Refusal::Port(0)),
		] {
			assert_eq!(verdict(uri, true), Err(why), "{uri}");
		}
	}

	#[test]
	fn spelled_out_addresses_are_checked() {
		for uri in [
			"http://127.0.0.1:9944/",
			"http://[::1]:9944/",
			"http://192.168.0.1/",
		] {
			assert!(
				matches!(verdict(uri, false), Err(Refusal::Address(..))),
				"{uri}"
			);
			assert_eq!(verdict(uri, true), Ok(()), "{uri}");
		}
		for uri in [
			"http://169.254.169.254/latest/",
			"http://[::ffff:127.0.0.1]/",
			"http://0.0.0.0/",
		] {
			assert!(
				matches!(verdict(uri, true), Err(Refusal::Address(..))),
				"{uri}"
			);
		}
	}

	#[test]
	fn a_tunnel_is_refused() {
		assert_eq!(check_method(&Method::CONNECT), Err(Refusal::Method));
		assert_eq!(check_method(&Method::GET), Ok(()));
	}
}
