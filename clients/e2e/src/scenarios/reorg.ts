/** A reorganisation in the middle of a task: two halves of the validators build forks that neither can make final. */
import assert from 'node:assert/strict';
import { atBlock, call, eventData, finalizedAt, send, taskOf } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import { u8aToHex } from '@polkadot/util';
import { attestors } from '../attestors.js';
import { FakeProvider, openDigits } from '../fake-provider.js';
import { event } from '../log.js';
import { balanced, type Stage } from '../stage.js';

/** So many blocks more than the first fork has the second, before it is heard of there. */
const LEAD = 4;
const SLOW_MS = 240_000;

const hashAt = async (api: ApiPromise, height: number): Promise<string> => (await api.rpc.chain.getBlockHash(height)).toHex();

/** Every node with every other: two that are left alone must have each other. */
const meshed = (api: ApiPromise): Promise<true> =>
	atBlock(api, async () => ((await api.rpc.system.health()).peers.toNumber() === 3 ? true : undefined), SLOW_MS, 'three peers');

/** The network's genesis must make primary slots rare: then the longer fork is the better one, and soon. */
export async function reorg(stage: Stage): Promise<void> {
	const { api, log, network } = stage;
	const apis = [api, ...(await Promise.all([1, 2, 3].map((node) => network.api(node))))];
	const [alice, bob, charlie, dave] = network.nodes;
	await Promise.all(apis.map(meshed));
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, 'reorg'), stage.account('reorg//consumer')]);
	const lease = await openDigits(stage, consumer, provider.machine, { deadlineBlocks: 300 });
	await provider.accept(lease);
	const { root } = await provider.prepare(lease);
	const before = await attestors(stage);

	// One half goes on alone: the result is committed there, and a committee drawn.
	await Promise.all([charlie!.pause(), dave!.pause()]);
	const commit = await send(api, call(api, 'leases', 'commitResult', lease, u8aToHex(root)), provider.agent, 'inBlock', SLOW_MS);
	const task: bigint = eventData(commit, 'attestation', 'TaskOpened')['task'].toBigInt();
	await log.until('a committee on the first fork', event('attestation', 'CommitteeDrawn', { task }));
	const lost = await taskOf(api, lease);
	assert.ok(lost && lost.seats.length === 4);
	const lostHash = await hashAt(api, lost.committedAt);
	await Promise.all([alice!.pause(), bob!.pause()]);

	// The other half goes on from where they parted.
	charlie!.resume();
	dave!.resume();
	await atBlock(apis[2]!, async (height) => (height >= log.head + LEAD ? true : undefined), SLOW_MS, 'a longer fork');
	assert.notEqual(await hashAt(apis[2]!, lost.committedAt), lostHash, 'there is no fork');
	assert.equal(provider.evidence.asked.length, 0, 'an attestor acted on a commitment that was not final');
	alice!.resume();
	await log.retraction('the reorganisation', lostHash, SLOW_MS);
	bob!.resume();

	const verdict = await log.until('the verdict', event('attestation', 'TaskPassed', { lease }), SLOW_MS);
	const kept = await taskOf(api, lease);
	assert.ok(kept && kept.sample.length === lost.sample.length);
	// The draws depend on the fork: whoever had voted on the first one had voted about other leaves.
	assert.notDeepEqual(kept.sample, lost.sample);
	const ballots = kept.seats.flatMap(({ ballot }) => ballot ?? []);
	assert.ok(ballots.length >= kept.quorum && ballots.every((ballot) => ballot === 'Pass'), `the ballots are ${ballots.join(', ')}`);
	assert.equal(log.all(event('leases', 'ResultCommitted', { lease })).length, 1);
	const end = await stage.closed(lease, SLOW_MS);
	assert.equal(end.outcome, 'Completed');
	balanced(end);

	// All four nodes have made the same chain final, and nobody paid for it.
	await Promise.all(apis.map((one) => finalizedAt(one, verdict.block, SLOW_MS)));
	const hashes = await Promise.all(apis.map((one) => hashAt(one, lost.committedAt)));
	assert.equal(new Set(hashes).size, 1, 'the nodes disagree');
	assert.notEqual(hashes[0], lostHash);
	const blame = ['DoubleVoteReported', 'SlashDeferred', 'AttestorSlashed', 'PostingCharged'];
	assert.deepEqual(log.all(({ section, method }) => (section === 'attestation' && blame.includes(method)) || section === 'offences'), []);
	const standing = (list: typeof before) => list.map(({ account, bond, active }) => ({ account, bond, active }));
	const after = standing(await attestors(stage));
	assert.deepEqual(after, standing(before));
	assert.ok(after.length === 4 && after.every(({ active }) => active), 'an attestor was ejected');
}
