/**
 * A chain of type `Live`: its nodes fetch no evidence from loopback and private addresses, whatever
 * name leads there. The positive control is the same provider on a development chain, where it passes
 * (`single.test.ts`). What else the guard refuses is tested in node/src/http_guard.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { taskOf } from '@core-terminal/kit';
import { FakeProvider, openDigits } from './fake-provider.js';
import { event } from './log.js';
import { Stage } from './stage.js';

describe('on a live chain', { concurrency: 4 }, () => {
	let stage: Stage | undefined;
	before(async () => {
		stage = await Stage.open({ validators: 1, chainType: 'Live' });
	});
	after(() => stage?.close());

	for (const [story, host] of [
		['the loopback', '127.0.0.1'],
		['a name that resolves to the loopback', 'localhost'],
		['the loopback of IPv6', '[::ffff:127.0.0.1]'],
		['a private range', '10.0.0.1'],
	] as const) {
		test(`an evidence host in ${story} is Unavailable and is never connected to`, { timeout: 240_000 }, async () => {
			assert.ok(stage);
			const name = `live//${host.replace(/\W/g, '-')}`;
			const [provider, consumer] = await Promise.all([FakeProvider.start(stage, name, { host }), stage.account(`${name}//consumer`)]);
			const lease = await openDigits(stage, consumer, provider.machine);
			await provider.accept(lease);
			await provider.commit(lease);
			const task = (await taskOf(stage.api, lease))!.id;
			const doubt = await stage.log.until('the doubt', event('attestation', 'DataChallenged', { task }));
			assert.equal(doubt.data.cause.type, 'Unavailable');
			assert.equal(provider.evidence.asked.length, 0, 'it was asked');
		});
	}
});
