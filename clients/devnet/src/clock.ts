/** A clock of its own for one process: Debian's libfaketime, loaded before the C library. */
import { existsSync } from 'node:fs';

const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';

/** The environment of a process whose clock is `hours` ahead. Its timers run as they did: only the time of day is another. */
export function clockAhead(hours: number): NodeJS.ProcessEnv {
	if (!existsSync(LIBRARY)) throw new Error(`${LIBRARY} is missing: run scripts/setup, which installs the package libfaketime`);
	return { LD_PRELOAD: LIBRARY, FAKETIME: `+${hours}h`, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}
