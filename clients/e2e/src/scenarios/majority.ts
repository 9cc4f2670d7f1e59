/** Most attestors pass a wrong result. Their nodes' own workers must be off: only these votes are cast. */
import assert from 'node:assert/strict';
import { finalizedAt, leafArgument, taskOf, TCT } from '@core-terminal/kit';
import { u8aToHex } from '@polkadot/util';
import { attestors, nextSequence, offer } from '../attestors.js';
import { BOND, FakeProvider, openDigits } from '../fake-provider.js';
import { event } from '../log.js';
import { isBad, ONE_IN_TWO } from '../result.js';
import { refunded, type Stage } from '../stage.js';
import type { Batch } from '../votes.js';
import { slashed, total } from './results.js';

/** Three of four are the quorum. */
const LIARS = ['//Alice', '//Bob', '//Charlie'];
const SILENT = '//Dave//stash';
/** What attestors bond at genesis. */
const ATTESTOR_BOND = 10_000n * TCT;
/** A hundredth for a lone offender, a tenth for all at once: 7.75 % for three of four. */
const EACH = 775n * TCT;

/** `slashDelayBlocks` is what the network's genesis says. */
export async function majorityLies(stage: Stage, slashDelayBlocks: number): Promise<void> {
	const [provider, consumer, third] = await Promise.all([FakeProvider.start(stage, 'majority'), stage.account('majority//consumer'), stage.account('majority//third', 10n)]);
	const lease = await openDigits(stage, consumer, provider.machine);
	const opened = await total(stage, consumer);
	await provider.accept(lease);
	const result = await provider.commit(lease, ONE_IN_TWO);
	const drawn = await stage.log.until('the committee', event('attestation', 'CommitteeDrawn'));
	await finalizedAt(stage.api, drawn.block, 120_000);
	const task = await taskOf(stage.api, lease);
	assert.ok(task && task.seats.length === 4 && task.quorum === 3, 'this play needs a committee of four');

	// Without having looked.
	const subject = { task: task.id, attempt: 0, scheme: 1, root: result.root, committedAt: task.committedAt };
	const members = LIARS.map((name) => ({ key: stage.key(name), stash: stage.key(`${name}//stash`) }));
	for (const { key, stash } of members) {
		const sequence = await nextSequence(stage, stash.addressRaw);
		const batch: Batch = { member: stash.addressRaw, key: key.publicKey, sequence, block: drawn.block, statements: [{ subject, vote: 'Pass' }], proofs: [] };
		await offer(stage, batch, key);
	}
	await stage.log.until('the false verdict', event('attestation', 'TaskPassed', { task: task.id }));
	assert.equal((await stage.lease(lease)).status, 'Delivering');
	assert.equal(provider.evidence.asked.length, 0, 'a worker looked: votes are cast that are not of this play');

	const wrong = task.sample.find(isBad);
	assert.ok(wrong !== undefined, 'no wrong leaf in a sample of 64');
	await stage.do(third, 'attestation', 'proveFault', task.id, leafArgument(result.leaves[wrong]!), u8aToHex(stage.model.weights));
	refunded(await stage.closed(lease), 'Faulted');
	assert.equal(await total(stage, consumer), opened, 'the consumer did not get everything back');
	slashed(stage, provider, third.address);
	assert.deepEqual(await provider.bond(), { bond: BOND / 2n, atRisk: 0n, slashed: BOND / 2n });

	// Who passed the leaf is out at once and pays later: twice as late, since so many votes at once are suspicious.
	const liars = members.map(({ stash }) => stash.address).sort();
	const deferred = stage.log.all(event('attestation', 'SlashDeferred'));
	assert.deepEqual(deferred.map(({ data }) => data.who.toString()).sort(), liars);
	for (const { block, data } of deferred) {
		assert.deepEqual([data.offence.type, data.amount.toBigInt(), data.applyAt.toNumber() - block], ['RefutedPass', EACH, 2 * slashDelayBlocks]);
	}
	const silent = stage.key(SILENT).address;
	assert.deepEqual((await attestors(stage)).filter(({ active }) => active).map(({ account }) => account), [silent]);
	for (const { data } of deferred) {
		const slash = await stage.log.until('the slash', event('attestation', 'AttestorSlashed', { slash: data.slash.toNumber() }));
		assert.deepEqual([slash.data.amount.toBigInt(), slash.data.rewarded.toBigInt()], [EACH, EACH / 10n]);
	}
	for (const { account, bond } of await attestors(stage)) {
		assert.equal(bond, account === silent ? ATTESTOR_BOND : ATTESTOR_BOND - EACH, account);
	}
}
