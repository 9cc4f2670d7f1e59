# Sourced after env.sh: installs and compiles the TypeScript clients when their sources changed.
# shellcheck shell=bash
build_clients() {
	cd "$ROOT/clients"
	local stamp=node_modules/.lock-sum sum
	sum=$(sha256sum package-lock.json | cut -d' ' -f1)
	if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
		npm ci --no-audit --no-fund --ignore-scripts >"$TERMINAL_CACHE/npm.log" 2>&1 ||
			die "npm ci failed: $(grep -m1 'npm error' "$TERMINAL_CACHE/npm.log" || tail -n 1 "$TERMINAL_CACHE/npm.log")" \
				"check the network and read $TERMINAL_CACHE/npm.log"
		echo "$sum" >"$stamp"
	fi
	npx --no-install tsc --build kit devnet demo keys e2e || die "the clients do not compile" "mend what the compiler says above"
	cd "$ROOT"
}

# PAPI's client, after build_clients: its types are generated from clients/metadata/terminal.scale,
# without the network, and again only when that file changed.
build_papi() {
	local major
	major=$(node --version | sed 's/^v//;s/\..*//')
	[ "$major" -ge 20 ] ||
		die "PAPI's generator needs Node 20 or newer and this is $(node --version)" \
			"install a newer Node, or take the one of scripts/setup; nothing else needs it"
	cd "$ROOT/clients/papi"
	npx --no-install papi generate >"$TERMINAL_CACHE/papi.log" 2>&1 ||
		die "PAPI could not generate its descriptors: $(tail -n 1 "$TERMINAL_CACHE/papi.log")" \
			"read $TERMINAL_CACHE/papi.log; is clients/metadata/terminal.scale whole (scripts/metadata)?"
	cd "$ROOT/clients"
	npx --no-install tsc --build papi || die "the PAPI client does not compile" "mend what the compiler says above"
	cd "$ROOT"
}
