//! Which addresses are on the public internet. Pure; IPv4 by exclusion, IPv6 by inclusion.
//!
//! Validators fetch evidence from where a provider says, providers fetch jobs from where a consumer
//! says: strangers choose the host. Both refuse what a stranger must not reach through them (the
//! operator's own network, a cloud's metadata service), by this one rule.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges that a development network may use.
const LOOPBACK: &str = "loopback";
const PRIVATE: &str = "private";

/// A range of IPv4 addresses: the first one, and the bits that all share.
struct V4(Ipv4Addr, u32);
/// The same of IPv6.
struct V6(Ipv6Addr, u32);

impl V4 {
	fn contains(&self, ip: Ipv4Addr) -> bool {
		let apart = u32::from(self.0) ^ u32::from(ip);
		apart.leading_zeros() >= self.1
	}
}

impl V6 {
	fn contains(&self, ip: Ipv6Addr) -> bool {
		let apart = u128::from(self.0) ^ u128::from(ip);
		apart.leading_zeros() >= self.1
	}
}

const fn v4(a: u8, b: u8, c: u8, bits: u32) -> V4 {
	V4(Ipv4Addr::new(a, b, c, 0), bits)
}

const fn v6(a: u16, b: u16, c: u16, bits: u32) -> V6 {
	V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), bits)
}

/// IANA's special-purpose registry for IPv4: everything that is not globally reachable.
const SPECIAL_V4: [(V4, &str); 16] = [
	(v4(127, 0, 0, 8), LOOPBACK),
	(v4(10, 0, 0, 8), PRIVATE),
	(v4(172, 16, 0, 12), PRIVATE),
	(v4(192, 168, 0, 16), PRIVATE),
	(v4(169, 254, 0, 16), "link-local"),
	(v4(100, 64, 0, 10), "shared (carrier NAT)"),
	(v4(0, 0, 0, 8), "this network"),
	(v4(192, 0, 0, 24), "for protocol assignments"),
	(v4(192, 0, 2, 24), "for documentation"),
	(v4(198, 51, 100, 24), "for documentation"),
	(v4(203, 0, 113, 24), "for documentation"),
	(v4(192, 88, 99, 24), "a 6to4 relay"),
	(v4(192, 31, 196, 24), "for AS112"),
	(v4(198, 18, 0, 15), "for benchmarks"),
	(v4(224, 0, 0, 4), "multicast"),
	(v4(240, 0, 0, 4), "reserved"),
];

/// The only part of IPv6 that is assigned as global unicast …
const GLOBAL_V6: V6 = v6(0x2000, 0, 0, 3);
/// … without these.
const SPECIAL_V6: [(V6, &str); 5] = [
	(v6(0x2001, 0, 0, 23), "for protocol assignments"),
	(v6(0x2001, 0xdb8, 0, 32), "for documentation"),
	(v6(0x2002, 0, 0, 16), "6to4"),
	(v6(0x2620, 0x4f, 0x8000, 48), "for AS112"),
	(v6(0x3fff, 0, 0, 20), "for documentation"),
];
const UNIQUE_LOCAL_V6: V6 = v6(0xfc00, 0, 0, 7);
/// IPv4 through a translator: as good as the IPv4 address inside.
const NAT64: V6 = v6(0x64, 0xff9b, 0, 96);

/// Whether `ip` may be connected to. The error is what it is instead of a public unicast address.
///
/// `allow_private` lets loopback and private networks through, for local and test networks.
/// Link-local (cloud metadata), shared, multicast and reserved ranges stay refused.
pub fn check(ip: IpAddr, allow_private: bool) -> Result<(), &'static str> {
	let special = match ip {
		IpAddr::V4(ip) => special_v4(ip),
		IpAddr::V6(ip) => special_v6(ip),
	};
	match special {
		None => Ok(()),
		Some(LOOPBACK | PRIVATE) if allow_private => Ok(()),
		Some(kind) => Err(kind),
	}
}

fn special_v4(ip: Ipv4Addr) -> Option<&'static str> {
	SPECIAL_V4
		.iter()
		.find(|(range, _)| range.contains(ip))
		.map(|(_, kind)| *kind)
}

fn special_v6(ip: Ipv6Addr) -> Option<&'static str> {
	if ip.is_loopback() {
		return Some(LOOPBACK);
	}
	if UNIQUE_LOCAL_V6.contains(ip) {
		return Some(PRIVATE);
	}
	if ip.to_ipv4_mapped().is_some() {
		return Some("IPv4-mapped");
	}
	if NAT64.contains(ip) {
		let [.., a, b, c, d] = ip.octets();
		// Translated private addresses are never for us, not even in development.
		return special_v4(Ipv4Addr::new(a, b, c, d)).map(|_| "a translated special address");
	}
	if !GLOBAL_V6.contains(ip) {
		return Some("not global unicast");
	}
	SPECIAL_V6
		.iter()
		.find(|(range, _)| range.contains(ip))
		.map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn verdicts(list: &[&str], allow_private: bool) -> Vec<bool> {
		list.iter()
			.map(|ip| check(ip.parse().expect("an address"), allow_private).is_ok())
			.collect()
	}

	#[test]
	fn public_addresses_pass() {
		let public = [
			"1.1.1.1",
			"8.8.8.8",
			"172.15.255.255",
			"172.32.0.0",
			"100.63.255.255",
			"100.128.0.0",
			"169.253.255.255",
			"198.17.255.255",
			"223.255.255.255",
			"2606:4700:4700::1111",
			"2a00:1450:4001:82a::200e",
			"64:ff9b::808:808",
		];
		assert_eq!(verdicts(&public, false), [true; 12]);
		assert_eq!(verdicts(&public, true), [true; 12]);
	}

	#[test]
	fn local_addresses_pass_only_when_allowed() {
		let local = [
			"127.0.0.1",
			"127.255.255.254",
			"10.0.0.1",
			"172.16.0.1",
			"172.31.255.255",
			"192.168.1.1",
			"::1",
			"fc00::1",
			"fdff::1",
		];
		assert_eq!(verdicts(&local, false), [false; 9]);
		assert_eq!(verdicts(&local, true), [true; 9]);
	}

	#[test]
	fn special_addresses_never_pass() {
		let special = [
			"0.0.0.0",
			"0.1.2.3",
			"100.64.0.1",
			"169.254.169.254",
			"192.0.0.8",
			"192.0.2.1",
			"192.88.99.1",
			"198.18.0.1",
			"198.19.255.255",
			"198.51.100.7",
			"203.0.113.7",
			"224.0.0.1",
			"239.255.255.250",
			"240.0.0.1",
			"255.255.255.255",
			"::",
			"::ffff:127.0.0.1",
			"::ffff:8.8.8.8",
			"::7f00:1",
			"64:ff9b::7f00:1",
			"64:ff9b::a9fe:a9fe",
			"64:ff9b:1::1",
			"100::1",
			"2001::1",
			"2001:db8::1",
			"2002:7f00:1::",
			"3fff::1",
			"fe80::1",
			"fec0::1",
			"ff02::1",
		];
		assert_eq!(verdicts(&special, false), [false; 30]);
		assert_eq!(verdicts(&special, true), [false; 30]);
	}
}
