/** A network of its own: its node's clock is put forward by hours. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { twoHoursLate } from './scenarios/late.js';
import { Stage } from './stage.js';

describe('on a network whose clock jumps', () => {
	let stage: Stage | undefined;
	before(async () => {
		stage = await Stage.open({ validators: 1 });
	});
	after(() => stage?.close());

	test('settling two hours late charges the same as settling on time, to the unit; settling again charges nothing', { timeout: 600_000 }, () => {
		assert.ok(stage);
		return twoHoursLate(stage);
	});
});
