/** `scripts/keys rotate` against a live validator. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Network } from '@core-terminal/devnet';
import { KeysError, makeKeys, open, registerKeys, type Node } from '@core-terminal/keys';
import { finalizedAt } from '@core-terminal/kit';
import { Keyring } from '@polkadot/keyring';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../keys/dist/main.js', import.meta.url));
const keyring = new Keyring({ type: 'sr25519' });
/** The development chain's only validator. */
const STASH = '//Alice//stash';

/** The command's exit code and everything it printed. */
async function keys(...args: string[]): Promise<{ code: number; text: string }> {
	try {
		const { stdout, stderr } = await run(process.execPath, [cli, ...args], { timeout: 90_000 });
		return { code: 0, text: stdout + stderr };
	} catch (error) {
		const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
		return { code, text: stdout + stderr };
	}
}

describe('keys', { timeout: 400_000 }, () => {
	let network: Network;
	let node: Node;
	const stash = keyring.addFromUri(STASH);
	const nextKeys = async () => (await node.api.query['session']!['nextKeys']!(stash.address)).toHex();

	before(async () => {
		network = await Network.start({ validators: 1 });
		await finalizedAt(await network.api(), 1, 90_000);
		node = await open(network.endpoints[0]!);
	});
	after(async () => {
		await node?.close();
		await network?.stop();
	});

	test('rotate makes keys in the node and registers them with their proof', async () => {
		const before = await nextKeys();
		const { code, text } = await keys('rotate', '--node', network.endpoints[0]!, '--stash', STASH);
		assert.equal(code, 0, text);
		const made = /^keys\s+(0x[0-9a-f]+)$/m.exec(text)?.[1];
		assert.ok(made, text);
		// babe, grandpa, authority discovery and attestation, 32 bytes each.
		assert.equal(made.length, 2 + 2 * 4 * 32);
		const now = await nextKeys();
		assert.notEqual(now, before);
		assert.ok(now.endsWith(made.slice(2)), `${now} holds ${made}`);
		assert.equal(await node.request('author_hasSessionKeys', made), true);
	});

	test('rotate with an address prints the call to sign elsewhere and changes nothing on chain', async () => {
		const before = await nextKeys();
		const { code, text } = await keys('rotate', '--node', network.endpoints[0]!, '--stash', stash.address);
		assert.equal(code, 0, text);
		const encoded = /^call\s+(0x[0-9a-f]+)$/m.exec(text)?.[1];
		const call = node.api.createType('Call', encoded);
		assert.deepEqual([call.section, call.method], ['session', 'setKeys']);
		assert.equal(await nextKeys(), before);
	});

	test("a proof for one stash is refused to another", async () => {
		const bob = keyring.addFromUri('//Bob');
		const made = await makeKeys(node, stash.publicKey);
		await assert.rejects(registerKeys(node, made, bob), (error) => error instanceof KeysError && /InvalidProof/.test(error.message) && /stash/.test(error.remedy));
	});

	test('a stash that cannot pay is told so', async () => {
		const poor = keyring.addFromUri('//Nobody//here');
		const made = await makeKeys(node, poor.publicKey);
		await assert.rejects(registerKeys(node, made, poor), (error) => error instanceof KeysError && /fund/.test(error.remedy));
	});

	test('a node that is not there, a wrong address and a wrong secret each have their error', async () => {
		await assert.rejects(open('ws://127.0.0.1:1', 1_500), (error) => error instanceof KeysError && /no node answered/.test(error.message));
		const cases: [string[], RegExp][] = [
			[['rotate', '--node', 'http://127.0.0.1:9944', '--stash', STASH], /not a WebSocket address[^]*remedy/],
			[['rotate', '--stash', 'not a secret'], /neither an address nor a secret/],
			[['rotate'], /the stash is missing/],
			[['turn'], /no command 'turn'/],
			[['rotate', '--stash-file', '/nowhere/at/all'], /cannot be read/],
		];
		for (const [args, message] of cases) {
			const { code, text } = await keys(...args);
			assert.equal(code, 1, text);
			assert.match(text, message);
			assert.doesNotMatch(text, /not a secret\b.*not a secret/, 'a mistyped secret is not repeated');
		}
	});

	// Two sessions are two minutes: not in every run.
	test('the chain lives on with the new keys alone', { skip: !process.env['LONG_TESTS'] && 'set LONG_TESTS=1' }, async () => {
		const made = await makeKeys(node, stash.publicKey);
		const included = await registerKeys(node, made, stash);
		await finalizedAt(node.api, included.blockNumber + 75, 250_000);
		const queued = (await node.api.query['session']!['queuedKeys']!()).toHex();
		assert.ok(queued.includes(made.keys.slice(2)), 'the session runs with the new keys');
	});
});
