import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hosts } from './hosts.js';

test('hosts are asked in turn until one answers, which comes first from then on', async () => {
	const hosts = new Hosts(['http://a', 'http://b', 'http://c']);
	const asked: string[] = [];
	const ask = (good: string) => async (endpoint: string) => {
		asked.push(endpoint);
		if (endpoint !== good) throw new Error('blocked');
		return endpoint;
	};
	assert.equal(await hosts.ask(ask('http://b')), 'http://b');
	assert.equal(await hosts.ask(ask('http://c')), 'http://c');
	assert.deepEqual(asked, ['http://a', 'http://b', 'http://b', 'http://a', 'http://c']);
});

test('the error names every host and why it failed', async () => {
	const refuse = (endpoint: string): Promise<never> => Promise.reject(new Error(`not ${endpoint.slice(-1)}`));
	await assert.rejects(new Hosts(['http://a', 'http://b']).ask(refuse), /http:\/\/a: not a; http:\/\/b: not b/);
	await assert.rejects(new Hosts([]).ask(refuse), /no host/);
});
