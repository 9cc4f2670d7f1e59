/**
 * A test file in user, mount and network namespaces of its own: nothing outside sees the addresses
 * and names that it adds, and nothing inside reaches the outside.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

/** An address of a private range that is the loopback's, in there. */
export const PRIVATE = '10.20.30.40';
/** A name for it. */
export const NAMED = 'evidence.core-terminal.test';

const MARK = 'CORE_TERMINAL_NAMESPACES';
const ENTER = ['--user', '--map-root-user', '--mount', '--net'];

const PREPARE = `
set -eu
PATH=$PATH:/sbin
ip link set lo up
ip address add ${PRIVATE}/32 dev lo
hosts=$(mktemp)
printf '127.0.0.1 localhost\n::1 localhost\n${PRIVATE} ${NAMED}\n' >"$hosts"
mount --bind "$hosts" /etc/hosts
# The mount keeps the file.
rm "$hosts"
exec "$@"
`;

export const isInNamespaces = (): boolean => process.env[MARK] !== undefined;

/** Run the tests of `file` in there, as one test. */
export function inNamespaces(file: string): void {
	const { status, stderr, error } = spawnSync('unshare', [...ENTER, 'true'], { encoding: 'utf8' });
	const skip = status === 0 ? false : `this system allows no namespaces of one's own: ${error?.message ?? stderr.trim()}`;
	test('in namespaces of its own', { timeout: 600_000, skip }, async () => {
		const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
		const args = [...ENTER, 'sh', '-c', PREPARE, 'sh', process.execPath, '--test-reporter=spec', file];
		const inside = spawn('unshare', args, { env: { ...environment, [MARK]: 'yes' }, stdio: ['ignore', 'pipe', 'pipe'] });
		const said: string[] = [];
		for (const stream of [inside.stdout, inside.stderr]) stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
		const [code] = await once(inside, 'close');
		assert.equal(code, 0, said.join(''));
		assert.match(said.join(''), /pass [1-9]/, 'no test ran');
	});
}
