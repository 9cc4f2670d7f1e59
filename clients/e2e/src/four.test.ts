/** What takes four validators: one may be killed, and keys may change, in the middle of the work. */
import { after, before, describe, test } from 'node:test';
import { mainJob } from './scenarios/main-job.js';
import { register } from './scenarios/scenario.js';
import { sessionChange } from './scenarios/session.js';
import { supply } from './scenarios/supply.js';
import { Stage } from './stage.js';

describe('on a network with four validators', () => {
	let open: Stage | undefined;
	const stage = (): Stage => {
		if (!open) throw new Error('the network did not start');
		return open;
	};
	before(async () => {
		open = await Stage.open({ validators: 4 });
	});
	after(() => open?.close());

	describe('side by side', { concurrency: 8 }, () => {
		test('killing a validator and the daemon with -9 in the middle of the main job loses nothing', { timeout: 360_000 }, () => mainJob(stage()));
		test('attestors survive a session change, and a change of keys, in the middle of a task', { timeout: 420_000 }, () => sessionChange(stage()));
	});
	describe('in turn', () => register(supply, stage));
});
