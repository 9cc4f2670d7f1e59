/**
 * What a crowd of hostile hosts does to honest verdicts: four validators, many machines, each with a
 * job; first all hosts are honest, then a third of the same ones harm whoever asks them, each in a
 * manner of its own. Prints a table for docs/PERFORMANCE.md; fails where a goal is missed.
 *
 *   node dist/crowd.js [MACHINES]
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { call, openJob, taskOf } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import type { Manner } from './evidence.js';
import { FakeProvider, jobOrder } from './fake-provider.js';
import { event, type Seen } from './log.js';
import { HOSTILE } from './scenarios/hosts.js';
import { Stage } from './stage.js';

/** Machines made at a time, and jobs opened. */
const AT_ONCE = 40;
/** Commitments in a block. */
const WAVE = 10;
/** Blocks that a job may take, so that the last wave is in time. */
const DEADLINE = 600;
/** Every third host is hostile. */
const isHostile = (number: number): boolean => number % 3 === 0;
/** Blocks that an honest verdict may take longer among hostile hosts, in the median. */
const LATER = 1;
/** How much a node may grow beside them, mebibytes of resident memory and threads. */
const GROWTH = { memory: 256, threads: 16 };

interface Usage {
	/** Resident, mebibytes, of the largest node. */
	memory: number;
	/** Of the node with most. */
	threads: number;
}

interface Round {
	/** Blocks from commitment to verdict, ascending, of honest machines that are honest in both rounds. */
	blocks: number[];
	/** What became of the others, with how many. */
	others: Map<string, number>;
	/** Bytes that hosts got rid of. */
	flooded: number;
	/** The longest that anybody had to do with one host, milliseconds. */
	longest: number;
	before: Usage;
	peak: Usage;
}

/** Called in turn, `size` at a time. */
async function inParts<T, R>(all: T[], size: number, act: (one: T, number: number) => Promise<R>): Promise<R[]> {
	const done: R[] = [];
	for (let from = 0; from < all.length; from += size) {
		const part = all.slice(from, from + size);
		done.push(...(await Promise.all(part.map((one, number) => act(one, from + number)))));
	}
	return done;
}

function usage(stage: Stage): Usage {
	const of = (pid: number): Usage => {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const number = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
		return { memory: Math.round(number('VmRSS') / 1024), threads: number('Threads') };
	};
	const all = stage.network.nodes.map(({ pid }) => of(pid!));
	return { memory: Math.max(...all.map(({ memory }) => memory)), threads: Math.max(...all.map(({ threads }) => threads)) };
}

/** A job on each machine, many in a transaction. */
async function openAll(stage: Stage, consumer: KeyringPair, crowd: FakeProvider[]): Promise<bigint[]> {
	const orders = await inParts(crowd, AT_ONCE, async ({ machine }) => openJob(stage.api, await jobOrder(stage, machine, { deadlineBlocks: DEADLINE })));
	const leases: bigint[] = [];
	for (let from = 0; from < orders.length; from += AT_ONCE) {
		const { events } = await stage.send(call(stage.api, 'utility', 'batchAll', orders.slice(from, from + AT_ONCE)), consumer);
		const offered = events.filter(({ event: { section, method } }) => section === 'leases' && method === 'LeaseOffered');
		leases.push(...offered.map(({ event: { data } }) => (data as any).lease.toBigInt()));
	}
	assert.equal(leases.length, crowd.length);
	return leases;
}

async function round(stage: Stage, crowd: FakeProvider[], manner: (number: number) => Manner): Promise<Round> {
	const consumer = await stage.account(`crowd//consumer//${stage.log.head}`, BigInt(crowd.length) * 200n);
	crowd.forEach(({ evidence }, number) => {
		evidence.manner = manner(number);
		evidence.asked.length = 0;
		evidence.flooded = 0;
	});
	const leases = await openAll(stage, consumer, crowd);
	const jobs = await inParts(crowd, AT_ONCE, async (provider, number) => {
		const lease = leases[number]!;
		await provider.accept(lease);
		return { provider, lease, root: (await provider.prepare(lease)).root };
	});
	const before = usage(stage);
	const peak = { ...before };
	const watching = stage.onBlock(() => {
		const { memory, threads } = usage(stage);
		peak.memory = Math.max(peak.memory, memory);
		peak.threads = Math.max(peak.threads, threads);
	});
	const commitments: Promise<unknown>[] = [];
	for (let from = 0; from < jobs.length; from += WAVE) {
		commitments.push(...jobs.slice(from, from + WAVE).map(({ provider, lease, root }) => provider.commitRoot(lease, root)));
		await stage.log.block(stage.log.head + 1);
	}
	await Promise.all(commitments);
	const ends = await Promise.all(jobs.map(({ lease, provider }, number) => ended(stage, lease, manner(number) === 'honest').then((end) => ({ ...end, provider, number }))));
	watching();
	const others = new Map<string, number>();
	for (const { what, number } of ends) if (isHostile(number)) others.set(what, (others.get(what) ?? 0) + 1);
	const honest = ends.filter(({ number }) => !isHostile(number));
	for (const { what, number } of honest) assert.equal(what, 'VerdictEntered', `honest machine ${number} got no verdict`);
	return {
		blocks: honest.map(({ took }) => took).sort((a, b) => a - b),
		others,
		flooded: Math.max(...crowd.map(({ evidence }) => evidence.flooded)),
		longest: Math.max(...crowd.map(({ evidence }) => evidence.longest)),
		before,
		peak,
	};
}

/** How the attestation of a lease ended first: by a verdict, or in doubt. */
async function ended(stage: Stage, lease: bigint, honest: boolean): Promise<{ what: string; took: number }> {
	const committed = await stage.log.until(`the commitment of ${lease}`, event('leases', 'ResultCommitted', { lease }));
	const task = (await taskOf(stage.api, lease))?.id;
	const verdict = event('leases', 'VerdictEntered', { lease });
	const doubt = task === undefined ? () => false : event('attestation', 'DataChallenged', { task });
	const end = await stage.log.until(`what becomes of lease ${lease}`, (seen: Seen) => verdict(seen) || (!honest && doubt(seen)), 600_000);
	return { what: end.method, took: end.block - committed.block };
}

const share = (sorted: number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

function row(name: string, { blocks, before, peak, flooded, longest }: Round): string {
	const cells = [share(blocks, 0.5), share(blocks, 0.95), blocks.at(-1), longest, Math.ceil(flooded / 1024 ** 2), `${before.memory} → ${peak.memory}`, `${before.threads} → ${peak.threads}`];
	return `| ${name} | ${cells.join(' | ')} |`;
}

const machines = Number(process.argv[2] ?? 200);
assert.ok(Number.isInteger(machines) && machines >= 3, 'MACHINES is a number, at least 3');
const stage = await Stage.open({ validators: 4 });
try {
	const crowd = await inParts([...Array(machines).keys()], AT_ONCE, (number) => FakeProvider.start(stage, `crowd//${number}`));
	console.error(`${machines} machines are online (block ${stage.log.head})`);
	const quiet = await round(stage, crowd, () => 'honest');
	console.error(`honest round done (block ${stage.log.head})`);
	const loud = await round(stage, crowd, (number) => (isHostile(number) ? HOSTILE[(number / 3) % HOSTILE.length]![0] : 'honest'));
	console.log('| hosts | blocks to an honest verdict, median | 95 % | most | longest request, ms | most bytes of one host taken, MiB | memory of a node, MiB | threads of a node |');
	console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
	console.log(row(`${machines} honest`, quiet));
	console.log(row(`a third of them hostile`, loud));
	console.log(`\nHostile hosts: ${[...loud.others].map(([what, count]) => `${count} × ${what}`).join(', ')}.`);
	assert.equal(loud.others.get('VerdictEntered') ?? 0, 0, 'a host that shows nothing got a verdict without a data challenge');
	assert.ok(share(loud.blocks, 0.5) <= share(quiet.blocks, 0.5) + LATER, 'honest verdicts are delayed');
	assert.ok(loud.peak.memory <= quiet.peak.memory + GROWTH.memory, 'a node took too much memory');
	assert.ok(loud.peak.threads <= quiet.peak.threads + GROWTH.threads, 'a node lost threads');
} finally {
	await stage.close();
}
process.exit(0);
