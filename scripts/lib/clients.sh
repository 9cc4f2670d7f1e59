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
	npx --no-install tsc --build
	cd "$ROOT"
}
