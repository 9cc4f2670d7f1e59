/** Providers that cheat with results, and what becomes of them; and honest ones, who must not suffer. */
import assert from 'node:assert/strict';
import { call, eventData, leafArgument, MILLI, openJob, taskOf, type Included } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { BOND, FakeProvider, jobOrder, leaseOf, openDigits, PRICE } from '../fake-provider.js';
import { event, type Seen } from '../log.js';
import { isBad, ONE_IN_TWO, type Lies, type Result } from '../result.js';
import { balanced, refunded, refused, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

interface Play {
	provider: FakeProvider;
	consumer: KeyringPair;
	lease: bigint;
	/** The consumer's funds right after opening, on hold or not. */
	opened: bigint;
}

async function agreed(stage: Stage, name: string, deadlineBlocks = 60): Promise<Play> {
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, name), stage.account(`${name}//consumer`)]);
	const lease = await openDigits(stage, consumer, provider.machine, { deadlineBlocks });
	const { free, held } = await stage.funds(consumer.address);
	await provider.accept(lease);
	assert.equal((await provider.bond()).atRisk, PRICE, 'the price is not at risk');
	return { provider, consumer, lease, opened: free + held };
}

async function taskId(stage: Stage, lease: bigint): Promise<bigint> {
	const task = await taskOf(stage.api, lease);
	assert.ok(task, `lease ${lease} has no task`);
	return task.id;
}

async function challenged(stage: Stage, lease: bigint): Promise<{ task: bigint; indices: number[] }> {
	const task = await taskId(stage, lease);
	const found = await stage.log.until(`a data challenge on task ${task}`, event('attestation', 'DataChallenged', { task }));
	assert.equal(found.data.cause.type, 'Unavailable');
	const indices: number[] = [...found.data.indices].map((index: any) => index.toNumber());
	assert.ok(indices.length > 0 && indices.length <= 150);
	return { task, indices };
}

const passed = (stage: Stage, lease: bigint): Promise<Seen> =>
	stage.log.until(
		`the verdict on lease ${lease}`,
		(seen) => event('leases', 'VerdictEntered', { lease })(seen) && seen.data.verdict.type === 'Pass',
	);

const pick = (result: Result, indices: number[]) => indices.map((index) => result.leaves[index]!);

/** Free and on hold, in base units. */
export const total = async (stage: Stage, who: KeyringPair): Promise<bigint> => {
	const { free, held } = await stage.funds(who.address);
	return free + held;
};

export const feeOf = (included: Included): bigint => eventData(included, 'transactionPayment', 'TransactionFeePaid')['actualFee'].toBigInt();

/** Half of the bond is gone, a tenth of that to whoever proved it. */
export function slashed(stage: Stage, provider: FakeProvider, reporter: string | undefined): void {
	const [found] = stage.log.all((seen) => event('providers', 'ProviderSlashed')(seen) && seen.data.provider.toString() === provider.owner.address);
	assert.ok(found, 'the provider was not slashed');
	const amount = BOND / 2n;
	assert.equal(found.data.amount.toBigInt(), amount);
	assert.equal(found.data.reporter.isSome ? found.data.reporter.unwrap().toString() : undefined, reporter);
	assert.equal(found.data.reward.toBigInt(), reporter ? amount / 10n : 0n);
}

async function unslashed(provider: FakeProvider): Promise<void> {
	assert.deepEqual(await provider.bond(), { bond: BOND, atRisk: 0n, slashed: 0n });
}

async function alters(stage: Stage): Promise<void> {
	const { provider, consumer, lease, opened } = await agreed(stage, 'alters');
	await provider.commit(lease, ONE_IN_TWO);
	const end = await stage.closed(lease);
	refunded(end, 'Faulted');
	assert.equal(await total(stage, consumer), opened, 'the consumer did not get everything back');
	const fault = await stage.log.until('the proof of fault', event('attestation', 'TaskFaulted', { lease }));
	assert.ok(isBad(fault.data.index.toNumber()), 'the proof names a leaf that is right');
	const member = fault.data.reporter.unwrap().toString();
	slashed(stage, provider, member);
	assert.deepEqual(await provider.bond(), { bond: BOND / 2n, atRisk: 0n, slashed: BOND / 2n });
}

async function answersGoodOnesOnly(stage: Stage): Promise<void> {
	const { provider, lease, consumer, opened } = await agreed(stage, 'selective');
	provider.evidence.hides = isBad;
	await provider.commit(lease, ONE_IN_TWO);
	const { indices } = await challenged(stage, lease);
	assert.ok(indices.every(isBad), `the challenge names leaves that were shown: ${indices.join(', ')}`);
	refunded(await stage.closed(lease), 'Unanswered');
	assert.equal(await total(stage, consumer), opened);
	await unslashed(provider);
}

async function convictsItself(stage: Stage): Promise<void> {
	const { provider, lease } = await agreed(stage, 'convicted');
	provider.evidence.hides = isBad;
	const result = await provider.commit(lease, ONE_IN_TWO);
	const { task, indices } = await challenged(stage, lease);
	await provider.answerChallenge(task, pick(result, indices.slice(0, 1)));
	refunded(await stage.closed(lease), 'Faulted');
	slashed(stage, provider, undefined);
}

async function shownOnChain(stage: Stage): Promise<void> {
	const { provider, lease } = await agreed(stage, 'shy');
	provider.evidence.manner = 'silent';
	const result = await provider.commit(lease);
	const { task, indices } = await challenged(stage, lease);
	const other = result.leaves.find(({ index }) => !indices.includes(index))!;
	await refused(provider.answerChallenge(task, [other]), 'attestation.LeafNotDisputed');
	await provider.answerChallenge(task, pick(result, indices));
	await passed(stage, lease);
	const charged = await stage.log.until('the charge for the posting', event('attestation', 'PostingCharged', { task }));
	assert.ok(charged.data.amount.toBigInt() > 0n);
	const end = await stage.closed(lease);
	assert.equal(end.outcome, 'Completed');
	assert.equal(end.books.paid, (PRICE * 98n) / 100n);
	balanced(end);
	await unslashed(provider);
}

async function swaps(stage: Stage): Promise<void> {
	const easy: Lies = { input: (_, input) => new Uint8Array(input.length) };
	const { provider, lease, consumer, opened } = await agreed(stage, 'swaps');
	const result = await provider.commit(lease, easy);
	const { task, indices } = await challenged(stage, lease);
	await refused(provider.answerChallenge(task, pick(result, indices)), 'attestation.LeafNotCommitted');
	const agreedInputs = pick(result, indices).map((leaf) => ({ ...leaf, input: stage.model.inputs[leaf.index]! }));
	await refused(provider.answerChallenge(task, agreedInputs), 'attestation.LeafNotCommitted');
	refunded(await stage.closed(lease), 'Unanswered');
	assert.equal(await total(stage, consumer), opened);
	await unslashed(provider);
}

async function commitsNothing(stage: Stage): Promise<void> {
	const { provider, lease, consumer, opened } = await agreed(stage, 'idle', 6);
	await refused(stage.do(consumer, 'leases', 'finish', lease), 'leases.LeaseNotOver');
	const end = await stage.closed(lease);
	refunded(end, 'Expired');
	const late = provider.commitRoot(lease, new Uint8Array(32));
	await refused(late, 'leases.LeaseNotRunning', 'leases.DeadlinePassed');
	const fees = stage.log
		.all((seen) => event('transactionPayment', 'TransactionFeePaid')(seen) && seen.data.who.toString() === consumer.address)
		.map((seen): bigint => seen.data.actualFee.toBigInt());
	// The first fee was paid before `opened` was read.
	assert.equal(await total(stage, consumer), opened - fees.slice(1).reduce((sum, fee) => sum + fee, 0n));
	await unslashed(provider);
}

async function deliversNothing(stage: Stage): Promise<void> {
	const [{ provider, lease, consumer }, outsider] = await Promise.all([agreed(stage, 'ransom'), stage.account('ransom//outsider', 10n)]);
	await provider.commit(lease);
	await passed(stage, lease);
	const before = await total(stage, consumer);
	const demanded = await stage.do(consumer, 'leases', 'demandLeaf', lease, 5);
	const answerBy: number = eventData(demanded, 'leases', 'LeafDemanded')['answerBy'].toNumber();
	await refused(stage.do(outsider, 'leases', 'finish', lease), 'leases.LeaseNotOver');
	await stage.log.block(answerBy);
	await stage.do(outsider, 'leases', 'finish', lease);
	refunded(await stage.closed(lease), 'Undelivered');
	// The posting came back; the outsider's reward is what the consumer's deposit paid.
	assert.equal(await total(stage, consumer), before - feeOf(demanded) - 20n * MILLI);
	await unslashed(provider);
}

async function honestDemands(stage: Stage): Promise<void> {
	const { provider, lease, consumer } = await agreed(stage, 'demands');
	const result = await provider.commit(lease);
	await passed(stage, lease);
	const wanted = [0, 1, 99, 500, 600, 700, 717, 718];
	const demands = wanted.map((index) => call(stage.api, 'leases', 'demandLeaf', lease, index));
	await stage.send(call(stage.api, 'utility', 'batchAll', demands), consumer);
	const wrong = { ...result.leaves[99]!, output: result.leaves[98]!.output };
	await Promise.all([
		refused(stage.do(consumer, 'leases', 'demandLeaf', lease, 2), 'leases.TooManyDemands'),
		refused(provider.answerDemand(lease, wrong), 'leases.LeafNotCommitted'),
	]);
	const before = await total(stage, provider.agent);
	const answers = wanted.map((index) => call(stage.api, 'leases', 'answerDemand', lease, leafArgument(result.leaves[index]!)));
	const [answered] = await Promise.all([
		stage.send(call(stage.api, 'utility', 'batchAll', answers), provider.agent),
		refused(stage.do(consumer, 'leases', 'demandLeaf', lease, stage.model.inputs.length), 'leases.IndexOutOfRange'),
	]);
	assert.equal(await total(stage, provider.agent), before - feeOf(answered) + 8n * 100n * MILLI, 'the postings were not paid');
	await refused(provider.answerDemand(lease, result.leaves[0]!), 'leases.UnknownDemand');
	await stage.log.block((await stage.lease(lease)).untilBlock! - 4);
	// A demand must leave the provider its whole window, or it would be a way to get a job for nothing.
	await refused(stage.do(consumer, 'leases', 'demandLeaf', lease, 3), 'leases.DemandTooLate');
	const end = await stage.closed(lease);
	assert.equal(end.outcome, 'Completed');
	assert.deepEqual([end.books.paid, end.books.leaseFee], [(PRICE * 98n) / 100n, (PRICE * 2n) / 100n]);
	balanced(end);
	await unslashed(provider);
}

async function falseAccusations(stage: Stage): Promise<void> {
	const [{ provider, lease }, accuser] = await Promise.all([agreed(stage, 'accused'), stage.account('accused//accuser', 10n)]);
	const result = await provider.commit(lease);
	await passed(stage, lease);
	const task = await taskId(stage, lease);
	const { weights } = stage.model;
	const accuse = (leaf: Result['leaves'][number], by: Uint8Array): Promise<Included> => stage.do(accuser, 'attestation', 'proveFault', task, leafArgument(leaf), u8aToHex(by));
	const leaf = result.leaves[7]!;
	await refused(accuse(leaf, weights), 'attestation.LeafIsCorrect');
	await refused(accuse({ ...leaf, output: result.leaves[8]!.output }, weights), 'attestation.LeafNotCommitted');
	await refused(accuse(leaf, weights.map((byte, i) => (i === 100 ? byte ^ 1 : byte))), 'attestation.WrongWeights');
	assert.equal((await stage.closed(lease)).outcome, 'Completed');
	await refused(accuse(leaf, weights), 'attestation.UnknownTask', 'attestation.WrongPhase');
}

async function riskIsBounded(stage: Stage): Promise<void> {
	const name = 'bounded';
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, name), stage.account(`${name}//consumer`, 2_000n)]);
	const order = await jobOrder(stage, provider.machine, { price: BOND / 2n + 1n });
	const lease = leaseOf(await stage.send(openJob(stage.api, order), consumer));
	await refused(provider.accept(lease), 'providers.ValueAtRiskTooHigh');
	await stage.do(consumer, 'leases', 'cancel', lease);
	refunded(await stage.closed(lease), 'CancelledByConsumer');
}

export const results: Scenario[] = [
	{ promise: 'a provider that alters every second output is proven wrong on chain, unpaid and slashed; the consumer is refunded', play: alters },
	{ promise: 'one that answers only for its good leaves meets the data challenge, stays silent and fails: refunded, not slashed', play: answersGoodOnesOnly },
	{ promise: 'one that answers the data challenge with its wrong leaves convicts itself', play: convictsItself },
	{ promise: 'one that was not heard but shows its leaves on chain passes, and who missed them pays for the posting', play: shownOnChain },
	{ promise: 'one that swaps the inputs has no leaf that fits and fails', play: swaps },
	{ promise: 'a job that is never committed is refunded at its deadline', play: commitsNothing },
	{ promise: 'one that delivers nothing after the verdict loses the job when a leaf is demanded', play: deliversNothing },
	{ promise: 'demanded leaves that are answered earn their postings, and the job is paid', play: honestDemands },
	{ promise: 'an honest result cannot be accused', play: falseAccusations },
	{ promise: 'no job is accepted whose price the bond does not answer for', play: riskIsBounded },
];
