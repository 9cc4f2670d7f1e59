/** Everything that one validator is enough for, on one network: first side by side, then in turn. */
import { after, before, describe } from 'node:test';
import { assets } from './scenarios/assets.js';
import { calls } from './scenarios/calls.js';
import { daemons } from './scenarios/daemon.js';
import { errors } from './scenarios/errors.js';
import { frauds } from './scenarios/fraud.js';
import { registerHosts } from './scenarios/hosts.js';
import { layers } from './scenarios/layered.js';
import { leasing } from './scenarios/leasing.js';
import { metered } from './scenarios/metered.js';
import { musters } from './scenarios/musters.js';
import { orders } from './scenarios/orders.js';
import { reservations } from './scenarios/reservations.js';
import { results } from './scenarios/results.js';
import { register } from './scenarios/scenario.js';
import { supply } from './scenarios/supply.js';
import { Stage } from './stage.js';

describe('on a network with one validator', () => {
	let open: Stage | undefined;
	const stage = (): Stage => {
		if (!open) throw new Error('the network did not start');
		return open;
	};
	before(async () => {
		open = await Stage.open({
			validators: 1,
			genesis: (patch) => {
				patch['leases'].params.offerBlocks = 25;
				const short = { minLeadMs: 20_000, cancelNoticeMs: 12_000, earlyMs: 8_000, showMs: 16_000, honourMs: 16_000, stallMs: 16_000 };
				Object.assign(patch['market'].params, short);
				// The least that the chain allows.
				patch['models'].params.priceRiseBlocks = 64;
			},
		});
	});
	after(() => open?.close());

	describe('side by side', { concurrency: 64 }, () => {
		register([...results, ...metered, ...errors, ...daemons, ...orders, ...reservations, ...leasing, ...assets, ...calls, ...musters, ...layers], stage);
		registerHosts(stage);
	});
	describe('in turn', () => register([...frauds, ...supply], stage));
});
