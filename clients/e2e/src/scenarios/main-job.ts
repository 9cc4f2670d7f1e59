/** The main job while a validator and the daemon are killed with -9. */
import assert from 'node:assert/strict';
import { accuracy, addMachine, download, evidencePort, listModel, openDigitsJob, startDaemon } from '@core-terminal/demo';
import { finalizedAt, TCT } from '@core-terminal/kit';
import { RATE } from '../fake-provider.js';
import { event } from '../log.js';
import { balanced, uri, type Stage } from '../stage.js';

const CHARLIE = 2;

export async function mainJob(stage: Stage): Promise<void> {
	const { api, network, log, model, files } = stage;
	const [author, owner, agent, consumer, port] = await Promise.all([
		stage.account('main//author', 2_000n),
		stage.account('main//provider', 3_000n),
		stage.account('main//agent', 100n),
		stage.account('main//consumer'),
		evidencePort(),
	]);
	const version = await listModel(api, author, model, { perJob: 5n * TCT, perSecond: 0n, perCall: 0n });
	await stage.do(owner, 'providers', 'registerProvider', 2_000n * TCT);
	const endpoints = [`http://127.0.0.1:${port}`];
	const machine = await addMachine(api, owner, { agent: agent.address, endpoints, pricePerSecond: RATE, bond: 0n });
	const daemon = startDaemon(network, { machine, port, agentUri: uri('main//agent') });
	await log.until('the machine to be online', event('providers', 'StatusChanged', { machine }));
	const lease = await openDigitsJob(api, consumer, model, {
		machine, version, price: 100n * TCT, royalty: 5n * TCT, inputUrl: `${files}/inputs.bin`, weightsUrl: `${files}/weights.tcnn`,
	});

	const accepted = await log.until('the acceptance', event('leases', 'LeaseAccepted', { lease }));
	const charlie = network.nodes[CHARLIE]!;
	await Promise.all([daemon.stop('SIGKILL'), charlie.stop('SIGKILL')]);
	await log.block(accepted.block + 2);
	daemon.start();
	await log.until('the commitment', event('leases', 'ResultCommitted', { lease }));
	charlie.start();

	await log.until('the verdict', event('leases', 'VerdictEntered', { lease }));
	const leaves = await download(api, endpoints, await stage.lease(lease));
	const end = await stage.closed(lease);
	assert.equal(end.outcome, 'Completed');
	const { paid, royalty, leaseFee, modelFee } = end.books;
	assert.deepEqual([paid, leaseFee], [98n * TCT, 2n * TCT]);
	assert.deepEqual([royalty * 50n, modelFee * 50n], [49n * 5n * TCT, 5n * TCT]);
	balanced(end);
	assert.ok(accuracy(leaves, model.labels) >= 0.97);
	assert.equal(log.all(event('leases', 'ResultCommitted', { lease })).length, 1);

	// The killed validator is back, with everything.
	const back = await network.api(CHARLIE);
	await finalizedAt(back, log.head, 120_000);
	const [there, here] = await Promise.all([back, api].map(async (one) => (await one.rpc.chain.getBlockHash(accepted.block)).toHex()));
	assert.equal(there, here);
}
