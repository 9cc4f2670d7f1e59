//! What an endpoint, and a machine's list of them, may look like. Pure.
//!
//! The node refuses private addresses when it connects; here only the shape is checked, so that
//! nothing but scheme, host and port can hide in the string.

/// Whether an endpoint is named twice. Schemes and host names do not tell cases apart.
pub fn is_any_twice<E: AsRef<[u8]>>(endpoints: &[E]) -> bool {
	endpoints.iter().enumerate().any(|(at, endpoint)| {
		let before = endpoints.iter().take(at);
		before
			.into_iter()
			.any(|other| other.as_ref().eq_ignore_ascii_case(endpoint.as_ref()))
	})
}

/// `http://` or `https://`, then a DNS name, an IPv4 address or a bracketed IPv6 address, then an
/// optional `:port`. No user, no path, no query, no fragment, no trailing slash, ASCII only.
pub fn is_endpoint(bytes: &[u8]) -> bool {
	let Some(authority) = bytes
		.strip_prefix(b"https://")
		.or_else(|| bytes.strip_prefix(b"http://"))
	else {
		return false;
	};
	match authority.strip_prefix(b"[") {
		Some(rest) => {
			let mut parts = rest.splitn(2, |byte| *byte == b']');
			let host = parts.next().unwrap_or_default();
			match parts.next() {
				Some(b"") => is_ipv6(host),
				Some([b':', port @ ..]) => is_ipv6(host) && is_port(port),
				Some(_) | None => false,
			}
		},
		None => {
			let mut parts = authority.splitn(2, |byte| *byte == b':');
			let host = parts.next().unwrap_or_default();
			is_host(host) && parts.next().is_none_or(is_port)
		},
	}
}

fn is_host(host: &[u8]) -> bool {
	host.split(|byte| *byte == b'.').all(is_label)
}

fn is_label(label: &[u8]) -> bool {
	let inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
	(1..=63).contains(&label.len())
		&& label.iter().all(inside)
		&& label.first() != Some(&b'-')
		&& label.last() != Some(&b'-')
}

fn is_ipv6(host: &[u8]) -> bool {
	core::str::from_utf8(host).is_ok_and(|text| text.parse::<core::net::Ipv6Addr>().is_ok())
}

/// 1 to 65535 without a leading zero.
fn is_port(port: &[u8]) -> bool {
	port.first()
		.is_some_and(|digit| (b'1'..=b'9').contains(digit))
		&& port.iter().all(u8::is_ascii_digit)
		&& core::str::from_utf8(port).is_ok_and(|text| text.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
	use super::{is_any_twice, is_endpoint};
	use proptest::prelude::*;

	#[test]
	fn accepts_scheme_host_and_port() {
		for good in [
			"http://a",
			"https://gpu-1.example.org",
			"http://127.0.0.1:8080",
			"https://Example.org:65535",
			"http://[::1]",
			"http://[2001:db8::7]:443",
		] {
			assert!(is_endpoint(good.as_bytes()), "{good}");
		}
	}

	#[test]
	fn refuses_everything_else() {
		for bad in [
			"",
			"http://",
			"https://",
			"ftp://a",
			"HTTP://a",
			"a.example.org",
			"http://a/",
			"http://a/path",
			"http://a?x=1",
			"http://a#x",
			"http://user@a",
			"http://user:secret@a",
			"http://a:",
			"http://a:0",
			"http://a:080",
			"http://a:65536",
			"http://a:8080:9",
			"http://a:+80",
			"http://.a",
			"http://a.",
			"http://a..b",
			"http://-a",
			"http://a-",
			"http://a b",
			"http://a\n",
			"http://ä.example",
			"http://[::1",
			"http://[::1]x",
			"http://[::1]:",
			"http://[]",
			"http://[fe80::1%eth0]",
			"http://::1",
			"http:// a",
			" http://a",
		] {
			assert!(!is_endpoint(bad.as_bytes()), "{bad}");
		}
		let long = format!("http://{}", "a".repeat(64));
		assert!(!is_endpoint(long.as_bytes()));
	}

	#[test]
	fn finds_an_endpoint_among_those_before_it() {
		for different in [
			&[][..],
			&["http://a"],
			&["http://a", "https://a", "http://a:1"],
		] {
			assert!(!is_any_twice(different), "{different:?}");
		}
		for twice in [
			&["http://a", "http://a"][..],
			&["http://a", "http://b", "http://A"],
			&["http://b", "http://a", "http://a"],
		] {
			assert!(is_any_twice(twice), "{twice:?}");
		}
	}

	proptest! {
		/// Never panics, and nothing that could redirect a request gets through.
		#[test]
		fn nothing_hides_in_an_accepted_endpoint(
			scheme in "(http|https|file)", rest in "[a-z0-9:/?#@.\\[\\] %-]{0,40}",
		) {
			let text = format!("{scheme}://{rest}");
			if is_endpoint(text.as_bytes()) {
				prop_assert!(scheme != "file");
				prop_assert!(!rest.is_empty());
				prop_assert!(!rest.contains(['/', '?', '#', '@', ' ', '%']));
			}
		}

		#[test]
		fn any_bytes_have_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
			let _ = is_endpoint(&bytes);
		}
	}
}
