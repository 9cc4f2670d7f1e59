/** What attestors may not do. Ends with the only one of a small network ejected: plays last. */
import assert from 'node:assert/strict';
import { eventData, leafArgument, taskOf, TCT, type TaskView } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { decodeAddress } from '@polkadot/util-crypto';
import { attestor, nextSequence, offer as handIn, submission } from '../attestors.js';
import { FakeProvider, openDigits } from '../fake-provider.js';
import { event } from '../log.js';
import { isBad, ONE_IN_TWO, type Result } from '../result.js';
import { refunded, refused, type Stage } from '../stage.js';
import { encodeSignedVotes, signBatch, type Batch, type Subject, type Vote } from '../votes.js';
import type { Scenario } from './scenario.js';

/** The pool's words for a batch: `InvalidTransaction::Custom` and the numbers of `BatchError`. */
const refusals = {
	malformed: /Custom error: 1\b/,
	wrongBlock: /Custom error: 2\b/,
	notAMember: /Custom error: 3\b/,
	noLiveVote: /Custom error: 6\b/,
	stale: /outdated/i,
	badSignature: /bad signature/i,
	/** A transaction that the pool has just seen is not even checked again. */
	seen: /outdated|already imported|temporarily banned/i,
};

interface Scene {
	provider: FakeProvider;
	consumer: KeyringPair;
	lease: bigint;
	result: Result;
	task: TaskView;
	subject: Subject;
	member: Uint8Array;
	release: () => void;
}

/** A lying provider's task in the middle of its vote, with the evidence held back. */
async function voting(stage: Stage): Promise<Scene> {
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, 'fraud'), stage.account('fraud//consumer')]);
	let release = (): void => {};
	provider.evidence.hold = new Promise<void>((open) => (release = open));
	const lease = await openDigits(stage, consumer, provider.machine);
	await provider.accept(lease);
	const result = await provider.prepare(lease, ONE_IN_TWO);
	const committed = await provider.commitRoot(lease, result.root);
	const id: bigint = eventData(committed, 'attestation', 'TaskOpened')['task'].toBigInt();
	await stage.log.until('the committee', event('attestation', 'CommitteeDrawn', { task: id }));
	const task = await taskOf(stage.api, lease);
	assert.ok(task && task.seats.length === 1, 'this play needs a network with one validator');
	const subject = { task: id, attempt: 0, scheme: 1, root: result.root, committedAt: task.committedAt };
	return { provider, consumer, lease, result, task, subject, member: decodeAddress(task.seats[0]!.account), release };
}

async function fraud(stage: Stage): Promise<void> {
	const third = await stage.account('fraud//third', 10n);
	const scene = await voting(stage);
	const { provider, lease, result, subject, member, release } = scene;
	const key = stage.key('//Alice');
	const vote = (outcome: Vote, about = subject) => [{ subject: about, vote: outcome }];
	const batch: Batch = { member, key: key.publicKey, sequence: await nextSequence(stage, member), block: stage.log.head, statements: vote('Pass'), proofs: [] };
	const sign = (what: Batch): Uint8Array => signBatch(stage.genesis, what, key);
	const offer = (what: Batch, signature = sign(what)) => handIn(stage, what, key, signature);

	// Forged in every way: the pool refuses each without a block.
	const outsider = stage.key('//Bob');
	await assert.rejects(offer(batch, signBatch(stage.genesis, batch, outsider)), refusals.badSignature);
	await assert.rejects(offer({ ...batch, statements: vote({ unavailable: [1] }) }, sign(batch)), refusals.badSignature);
	await assert.rejects(offer(batch, signBatch(new Uint8Array(32), batch, key)), refusals.badSignature);
	const intruder: Batch = { ...batch, key: outsider.publicKey };
	await assert.rejects(offer(intruder, signBatch(stage.genesis, intruder, outsider)), refusals.notAMember);
	await assert.rejects(offer({ ...batch, member: outsider.publicKey }), refusals.notAMember);
	await assert.rejects(offer({ ...batch, statements: [] }), refusals.malformed);
	await assert.rejects(offer({ ...batch, block: stage.log.head + 50 }), refusals.wrongBlock);
	await assert.rejects(offer({ ...batch, statements: vote('Pass', { ...subject, task: 999_999n }) }), refusals.noLiveVote);
	await assert.rejects(offer({ ...batch, statements: vote('Fail') }), refusals.noLiveVote, 'a Fail without its proof counted');
	await assert.rejects(offer({ ...batch, statements: vote({ unavailable: [2, 1] }) }), refusals.noLiveVote);

	// The member's key says Pass without having looked: one vote of one is the quorum.
	await offer(batch);
	await stage.log.until('the false verdict', event('attestation', 'TaskPassed', { task: subject.task }));
	const counted = stage.log.all(event('attestation', 'VotesSubmitted', { sequence: batch.sequence }));
	assert.equal(counted.length, 1);

	await assert.rejects(offer(batch), refusals.seen);
	const later: Batch = { ...batch, block: stage.log.head };
	await assert.rejects(offer(later), refusals.stale);
	const again: Batch = { ...later, sequence: batch.sequence + 1n };
	await assert.rejects(offer(again), refusals.noLiveVote, 'a seat voted twice');
	const signed = (what: Batch, signature = sign(what)) => stage.send(submission(stage, what, signature, 'submitVotesSigned'), third);
	await refused(signed(later), 'attestation.BatchOldSequence');
	await refused(signed(again, sign(later)), 'attestation.BadSignature');

	// Anyone's proof of one wrong leaf of the sample beats the verdict and convicts who passed it.
	const wrong = scene.task.sample.find(isBad);
	assert.ok(wrong !== undefined, `no wrong leaf in the sample ${scene.task.sample.join(', ')}`);
	const weights = u8aToHex(stage.model.weights);
	const tenth = ((await attestor(stage, scene.task.seats[0]!.account)).bond + 9n) / 10n;
	await stage.do(third, 'attestation', 'proveFault', subject.task, leafArgument(result.leaves[wrong]!), weights);
	refunded(await stage.closed(lease), 'Faulted');
	assert.ok((await provider.bond()).slashed > 0n);
	release();

	// The same key now says the contrary.
	const contrary: Batch = { ...again, sequence: batch.sequence + 2n, statements: vote('Fail') };
	const first = encodeSignedVotes(batch, sign(batch));
	const second = encodeSignedVotes(contrary, sign(contrary));
	const report = (a: Uint8Array, b: Uint8Array) => stage.do(third, 'attestation', 'reportDoubleVote', a, b, subject.task, 0);
	await refused(report(first, first), 'attestation.NoDoubleVote');
	await refused(report(first, encodeSignedVotes(contrary, sign(batch))), 'attestation.BadSignature');
	await report(first, second);
	await refused(report(second, first), 'attestation.AlreadyReported');

	const who = scene.task.seats[0]!.account;
	const deferred = stage.log.all((seen) => event('attestation', 'SlashDeferred')(seen) && seen.data.who.toString() === who);
	assert.deepEqual(deferred.map(({ data }) => data.offence.type), ['RefutedPass', 'DoubleVote']);
	await Promise.all(
		deferred.map(async ({ data }) => {
			const slash = await stage.log.until('the slash', event('attestation', 'AttestorSlashed', { slash: data.slash.toNumber() }));
			// A tenth of the bond, for a lone attestor that offends and for a double vote alike; a tenth
			// of that for who showed it. Other scenarios may have charged the bond for postings before.
			assert.equal(slash.data.amount.toBigInt(), tenth);
			assert.ok(slash.data.rewarded.toBigInt() * 10n - tenth < 10n && slash.data.rewarded.toBigInt() * 10n >= tenth - 10n);
		}),
	);
	assert.ok((await stage.funds(third.address)).free > 199n * TCT, 'the reporter was not rewarded');
	await assert.rejects(offer({ ...again, block: stage.log.head, sequence: batch.sequence + 3n }), refusals.notAMember, 'an ejected member was heard');
}

export const frauds: Scenario[] = [
	{
		promise: 'forged, stale and repeated batches are refused; a Pass for a wrong result is refuted by anyone, whoever voted it pays; so does who signs Pass and Fail',
		play: fraud,
	},
];
