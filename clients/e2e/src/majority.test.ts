/** Four validators whose own off-chain workers are off: the test votes with their keys. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { majorityLies } from './scenarios/majority.js';
import { Stage } from './stage.js';

const SLASH_DELAY_BLOCKS = 4;

describe('on a network whose attestors do not look', () => {
	let stage: Stage | undefined;
	before(async () => {
		stage = await Stage.open({
			validators: 4,
			args: ['--offchain-worker', 'never'],
			genesis: (patch) => {
				patch['attestation'].params.slashDelayBlocks = SLASH_DELAY_BLOCKS;
				// Room for the proof, however slow the machine.
				patch['leases'].params.deliveryBlocks = 60;
				// Who voted stays slashable for as long.
				patch['attestation'].params.unbondingBlocks = 200;
			},
		});
	});
	after(() => stage?.close());

	test('a wrong result that most members passed is refuted by anyone: consumer refunded, provider slashed, and who passed it', { timeout: 480_000 }, () => {
		assert.ok(stage);
		return majorityLies(stage, SLASH_DELAY_BLOCKS);
	});
});
