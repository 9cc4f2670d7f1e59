/**
 * A chain of type `Live`: its nodes fetch no evidence from loopback and private addresses, whatever
 * name leads there. That the guard refused, and not the network, is read in the node's log. The
 * control is a development chain, which allows them: there the same server passes. What else the
 * guard refuses is tested in node/src/http_guard.
 *
 * Everything runs in namespaces of its own, where the loopback has a private address, too, and a
 * name leads to it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { taskOf } from '@core-terminal/kit';
import type { EvidenceServer } from './evidence.js';
import { FakeProvider, openDigits } from './fake-provider.js';
import { event } from './log.js';
import { NAMED, PRIVATE, inNamespaces, isInNamespaces } from './namespaces.js';
import { Stage } from './stage.js';

interface Host {
	story: string;
	host: string;
	/** How the node's log says that it refused this server's port. */
	refusal: (port: number) => RegExp;
	/** Where a development chain asks the same server. Not `host` where that form is never allowed. */
	control: string;
}

/** An address that is spelled out is refused before there is a request. */
const spelledOut = (host: string, address: string, kind: string) => (port: number): RegExp =>
	new RegExp(`Refused.*uri=http://${escape(host)}:${port}/.*refusal=address ${escape(address)} is ${kind}`);

const escape = (text: string): string => text.replace(/[[\].]/g, '\\$&');

/** A name is refused by what it resolves to, and the port is not known there. */
const resolved = (address: string, kind: string) => (): RegExp => new RegExp(`Failed.*failure=address (${address}) is ${kind}`);

const HOSTS: Host[] = [
	{ story: 'the loopback', host: '127.0.0.1', refusal: spelledOut('127.0.0.1', '127.0.0.1', 'loopback'), control: '127.0.0.1' },
	{ story: 'a name that resolves to the loopback', host: 'localhost', refusal: resolved('127\\.0\\.0\\.1|::1', 'loopback'), control: 'localhost' },
	{ story: 'the loopback of IPv6', host: '[::ffff:127.0.0.1]', refusal: spelledOut('[::ffff:127.0.0.1]', '::ffff:127.0.0.1', 'IPv4-mapped'), control: '127.0.0.1' },
	{ story: 'a private range', host: PRIVATE, refusal: spelledOut(PRIVATE, PRIVATE, 'private'), control: PRIVATE },
	{ story: 'a name that resolves to a private range', host: NAMED, refusal: resolved(escape(PRIVATE), 'private'), control: NAMED },
];

const args = ['--log', 'http-guard=debug'];

const liveChain = (): void => {
	let live: Stage | undefined;
	let development: Stage | undefined;
	before(async () => {
		[live, development] = await Promise.all([Stage.open({ validators: 1, chainType: 'Live', args }), Stage.open({ validators: 1, args })]);
	});
	after(() => Promise.all([live?.close(), development?.close()]));

	for (const { story, host, refusal, control } of HOSTS) {
		test(`an evidence host in ${story} is refused, and so Unavailable`, { timeout: 300_000 }, async () => {
			assert.ok(live && development);
			const name = `live//${host.replace(/\W/g, '-')}`;
			const { provider, task } = await committed(live, name, host);
			const { evidence } = provider;
			const doubt = await live.log.until('the doubt', event('attestation', 'DataChallenged', { task }));
			assert.equal(doubt.data.cause.type, 'Unavailable');
			assert.equal(evidence.asked.length, 0, 'it was asked');
			await live.network.nodes[0]!.logged(`that it refused ${host}`, refusal(evidence.port));
			await passes(development, name, control, evidence, refusal);
		});
	}
};

if (isInNamespaces()) describe('on a live chain', { concurrency: 4 }, liveChain);
else inNamespaces(fileURLToPath(import.meta.url));

/** An honest result under attestation, its evidence at `host`. */
async function committed(stage: Stage, name: string, host: string, evidence?: EvidenceServer): Promise<{ provider: FakeProvider; task: bigint }> {
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, name, { host, evidence }), stage.account(`${name}//consumer`)]);
	const lease = await openDigits(stage, consumer, provider.machine);
	await provider.accept(lease);
	await provider.commit(lease);
	return { provider, task: (await taskOf(stage.api, lease))!.id };
}

/** The same server under the same name, where it is allowed. */
async function passes(stage: Stage, name: string, host: string, evidence: EvidenceServer, refusal: Host['refusal']): Promise<void> {
	const { task } = await committed(stage, name, host, evidence);
	await stage.log.until('the verdict', event('attestation', 'TaskPassed', { task }));
	assert.ok(evidence.asked.length > 0, 'it passed without having been asked');
	const refused = stage.network.nodes[0]!.lines().filter((line) => refusal(evidence.port).test(line));
	assert.deepEqual(refused, [], 'the development chain refused it, too');
}
