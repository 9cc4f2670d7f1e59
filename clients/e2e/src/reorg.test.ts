/** A network of its own: halves of it are paused, so that the chain forks. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { reorg } from './scenarios/reorg.js';
import { Stage } from './stage.js';

describe('on a network that forks', () => {
	let stage: Stage | undefined;
	before(async () => {
		stage = await Stage.open({
			validators: 4,
			genesis: (patch) => {
				// BABE prefers the fork with more primary slots, and only then the longer one: with hardly any
				// primary slot, the longer fork wins, and the test need not wait for luck.
				patch['babe'].epochConfig.c = [1, 1_000_000];
			},
		});
	});
	after(() => stage?.close());

	test('honest attestors survive a reorganisation in the middle of a task', { timeout: 600_000 }, () => {
		assert.ok(stage);
		return reorg(stage);
	});
});
