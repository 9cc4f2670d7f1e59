/**
 * Hosts that harm whoever asks them. Each machine here is honest on chain and computed the right
 * result; the honest one beside them is the positive control.
 *
 * Names that resolve to loopback or private addresses are refused by the node itself, and allowed on
 * development chains like this one: see `live.test.ts`, and node/src/http_guard for the rest.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii, concat, taskOf, u32, u64 } from '@core-terminal/kit';
import { hexToU8a } from '@polkadot/util';
import { sr25519Verify } from '@polkadot/util-crypto';
import { EvidenceServer, type Manner } from '../evidence.js';
import { FakeProvider, openDigits } from '../fake-provider.js';
import { event } from '../log.js';
import { compute } from '../result.js';
import type { Stage } from '../stage.js';

export const HOSTILE: [Exclude<Manner, 'honest'>, string][] = [
	['silent', 'never answers'],
	['trickle', 'sends a byte a second'],
	['flood', 'sends a gigabyte without Content-Length'],
	['boast', 'announces a gigabyte'],
	['short', 'sends less than it announces'],
	['long', 'sends more than it announces'],
	['foreign', "shows another job's leaves"],
	['redirect', 'redirects to where the leaves are'],
	['slowHeaders', 'sends a byte of its headers a second'],
	['manyHeaders', 'sends headers without end'],
	['gzip', 'sends zeroes in a gzip'],
	['reset', 'breaks off in the middle'],
	['tls', 'speaks TLS'],
];

/** The most that the worker may have to do with one host, in milliseconds; and some for a busy machine. */
const MOST_MS = 5_000 + 1_000;
/** Blocks from the commitment to the verdict: eight, and one in which the votes wait for the tally. */
const MOST_BLOCKS = 9;
/** Blocks from a look to the next one, which begins with another host. */
const RETRY_BLOCKS = 2;

/** What the other host of a machine does whose second one is honest. */
const BESIDE: [Manner | 'dead', string][] = [
	['dead', 'is not there'],
	['silent', 'never answers'],
	['foreign', "shows another job's leaves"],
];

interface Machine {
	provider: FakeProvider;
	lease: bigint;
	root: Uint8Array;
}

/** A host that is not there any more. */
async function deadEndpoint(): Promise<string> {
	const server = await EvidenceServer.start();
	await server.stop();
	return server.endpoint;
}

/** A machine with an honest host and another one, which is dead or does that. */
async function besides(stage: Stage, manner: Manner | 'dead'): Promise<Machine> {
	const name = `hosts//beside//${manner}`;
	const bad = manner === 'dead' ? undefined : await EvidenceServer.start();
	if (bad) {
		stage.onClose(() => bad.stop());
		bad.manner = manner as Manner;
		bad.foreign = compute(stage.model, new Uint8Array(32)).leaves;
	}
	const others = [bad?.endpoint ?? (await deadEndpoint())];
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, name, { others }), stage.account(`${name}//consumer`)]);
	const lease = await openDigits(stage, consumer, provider.machine);
	await provider.accept(lease);
	const { leaves, root } = await provider.prepare(lease);
	bad?.show(lease, { leaves, weights: stage.model.weights });
	return { provider, lease, root };
}

async function prepared(stage: Stage, manner: Manner): Promise<Machine> {
	const name = `hosts//${manner}`;
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, name), stage.account(`${name}//consumer`)]);
	provider.evidence.manner = manner;
	provider.evidence.foreign = compute(stage.model, new Uint8Array(32)).leaves;
	const lease = await openDigits(stage, consumer, provider.machine);
	await provider.accept(lease);
	return { provider, lease, root: (await provider.prepare(lease)).root };
}

/** Whether every request was signed by the member's attestation key for this lease. */
function signed(stage: Stage, evidence: EvidenceServer): void {
	assert.ok(evidence.asked.length > 0);
	for (const { headers, lease } of evidence.asked) {
		const [member, key, block, signature] = ['member', 'key', 'block', 'signature'].map((name) => String(headers[`x-terminal-${name}`]));
		const message = concat(ascii('tct/evidence/v1'), stage.genesis, u64(lease), hexToU8a(`0x${member}`), u32(Number(block)));
		assert.ok(sr25519Verify(message, hexToU8a(`0x${signature}`), hexToU8a(`0x${key}`)), 'a request is not signed by its member');
	}
}

export function registerHosts(stage: () => Stage): void {
	test('hostile evidence servers', { timeout: 360_000, concurrency: 16 }, async (suite) => {
		const on = stage();
		const manners: Manner[] = ['honest', ...HOSTILE.map(([manner]) => manner)];
		const machines = new Map(await Promise.all(manners.map(async (manner) => [manner, await prepared(on, manner)] as const)));
		const mixed = await Promise.all(BESIDE.map(async ([manner, story]) => ({ story, ...(await besides(on, manner)) })));
		await Promise.all([...machines.values(), ...mixed].map(({ provider, lease, root }) => provider.commitRoot(lease, root)));

		const good = machines.get('honest')!;
		const control = suite.test('do not delay the verdict on another machine', async () => {
			const verdict = await on.log.until('the honest verdict', event('leases', 'VerdictEntered', { lease: good.lease }));
			const { committedAt } = (await on.lease(good.lease)).job!;
			const took = verdict.block - committedAt!;
			assert.ok(took <= MOST_BLOCKS, `the verdict took ${took} blocks`);
			signed(on, good.provider.evidence);
			assert.equal((await on.closed(good.lease)).outcome, 'Completed');
		});
		const others = HOSTILE.map(([manner, story]) =>
			suite.test(`one that ${story} is Unavailable, in time`, async () => {
				const { provider, lease } = machines.get(manner)!;
				const task = (await taskOf(on.api, lease))!.id;
				const doubt = await on.log.until(`doubt about ${manner}`, event('attestation', 'DataChallenged', { task }));
				assert.equal(doubt.data.cause.type, 'Unavailable');
				const { evidence } = provider;
				assert.ok(evidence.asked.length > 0, 'it was not even asked');
				assert.ok(evidence.longest <= MOST_MS, `the worker had to do with it for ${evidence.longest} ms`);
				assert.equal(evidence.followed, 0, 'a redirect was followed');
				assert.ok(evidence.flooded < 64 * 1024 * 1024, `${evidence.flooded} bytes of the flood were taken`);
			}),
		);
		const saved = mixed.map(({ story, provider, lease }) =>
			suite.test(`beside one that ${story}, an honest one is enough`, async () => {
				const task = (await taskOf(on.api, lease))!.id;
				const verdict = await on.log.until(`the verdict beside one that ${story}`, event('leases', 'VerdictEntered', { lease }));
				const took = verdict.block - (await on.lease(lease)).job!.committedAt!;
				assert.ok(took <= MOST_BLOCKS + RETRY_BLOCKS, `the verdict took ${took} blocks`);
				assert.ok(provider.evidence.asked.length > 0, 'the honest host was not even asked');
				assert.equal(on.log.all(event('attestation', 'DataChallenged', { task })).length, 0);
				assert.equal((await on.closed(lease)).outcome, 'Completed');
			}),
		);
		await Promise.all([control, ...others, ...saved]);
	});
}
