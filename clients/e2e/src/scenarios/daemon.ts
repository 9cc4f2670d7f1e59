/** The real daemon, killed where it hurts most. */
import assert from 'node:assert/strict';
import { addMachine, evidencePort, startDaemon } from '@core-terminal/demo';
import { BOND, openDigits, PRICE, RATE } from '../fake-provider.js';
import { event } from '../log.js';
import { balanced, uri, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

async function killed(stage: Stage): Promise<void> {
	const [owner, agent, consumer, port] = await Promise.all([
		stage.account('killed//provider', 3_000n),
		stage.account('killed//agent', 100n),
		stage.account('killed//consumer'),
		evidencePort(),
	]);
	await stage.do(owner, 'providers', 'registerProvider', BOND);
	const order = { agent: agent.address, endpoints: [`http://127.0.0.1:${port}`], pricePerSecond: RATE, bond: BOND };
	const machine = await addMachine(stage.api, owner, order);
	const daemon = startDaemon(stage.network, { machine, port, agentUri: uri('killed//agent'), name: 'killed-daemon' });
	await stage.log.until('the machine to be online', event('providers', 'StatusChanged', { machine }));
	const lease = await openDigits(stage, consumer, machine);

	await stage.log.until('the acceptance', event('leases', 'LeaseAccepted', { lease }));
	await daemon.stop('SIGKILL');
	daemon.start();
	await stage.log.until('the commitment', event('leases', 'ResultCommitted', { lease }));
	await daemon.stop('SIGKILL');
	daemon.start();
	await stage.log.until('the verdict', event('leases', 'VerdictEntered', { lease }));
	await daemon.stop('SIGKILL');
	await stage.do(consumer, 'leases', 'demandLeaf', lease, 7);
	daemon.start();
	await stage.log.until('the answer', event('leases', 'LeafAnswered', { lease, index: 7 }));
	const end = await stage.closed(lease);
	assert.equal(end.outcome, 'Completed');
	assert.equal(end.books.paid, (PRICE * 98n) / 100n);
	balanced(end);

	assert.equal(stage.log.all(event('leases', 'ResultCommitted', { lease })).length, 1, 'the result was committed twice');
	const agents = stage.log.all((seen) => event('transactionPayment', 'TransactionFeePaid')(seen) && seen.data.who.toString() === agent.address);
	const failed = stage.log.all((seen) => event('system', 'ExtrinsicFailed')(seen) && agents.some(({ block, extrinsic }) => block === seen.block && extrinsic === seen.extrinsic));
	const names = failed.map(({ data }) => (data.dispatchError.isModule ? stage.api.registry.findMetaError(data.dispatchError.asModule).name : data.dispatchError.type));
	assert.ok(!names.includes('AlreadyCommitted') && names.length <= 1, `the daemon repeated itself: ${names.join(', ')}`);
}

export const daemons: Scenario[] = [
	{ promise: 'killing the daemon with -9 at every stage of a job loses nothing and commits once', play: killed },
];
