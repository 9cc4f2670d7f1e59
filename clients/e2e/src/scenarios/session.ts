/** A session change in the middle of a task, in which an attestor's key changes, too. */
import assert from 'node:assert/strict';
import { atBlock, call, runtimeApi, send } from '@core-terminal/kit';
import { u8aToHex } from '@polkadot/util';
import { FakeProvider, openDigits } from '../fake-provider.js';
import { event } from '../log.js';
import { rpc } from '../rpc.js';
import type { Stage } from '../stage.js';

/** The committee must be drawn so many slots before the session ends: the second look comes after. */
const SLOTS_BEFORE = 7;
const DAVE = 3;

interface Clock {
	session: number;
	slotsLeft: number;
}

async function clock({ api }: Stage): Promise<Clock> {
	const read = async (pallet: string, item: string): Promise<number> => ((await api.query[pallet]![item]!()) as any).toNumber();
	const [session, slot, genesis, epoch] = await Promise.all([read('session', 'currentIndex'), read('babe', 'currentSlot'), read('babe', 'genesisSlot'), read('babe', 'epochIndex')]);
	const length = (api.consts['babe']!['epochDuration'] as any).toNumber();
	return { session, slotsLeft: genesis + (epoch + 1) * length - slot };
}

const reach = (stage: Stage, what: string, fits: (clock: Clock) => boolean): Promise<Clock> =>
	atBlock(stage.api, async () => {
		const now = await clock(stage);
		return fits(now) ? now : undefined;
	}, 240_000, what);

/** The attestation key of an account, as the runtime knows it now. */
async function keyOf(stage: Stage, account: string): Promise<string> {
	const views = [...(await runtimeApi(stage.api, 'attestationApi', 'attestors')())];
	return (views.find((view: any) => view.account.toString() === account) as any).key.toHex();
}

/** New keys for Dave's node, from the node itself. They count from the session after the next. */
async function rotate(stage: Stage): Promise<void> {
	const stash = stage.key('//Dave//stash');
	const { keys, proof } = await rpc<{ keys: string; proof: string }>(stage.network.endpoints[DAVE]!, 'author_rotateKeysWithOwner', [u8aToHex(stash.publicKey)]);
	await send(stage.api, call(stage.api, 'session', 'setKeys', keys, proof), stash, 'inBlock');
}

export async function sessionChange(stage: Stage): Promise<void> {
	const dave = stage.key('//Dave//stash').address;
	const old = await keyOf(stage, dave);
	const [provider, consumer] = await Promise.all([FakeProvider.start(stage, 'session'), stage.account('session//consumer')]);
	// Not so late that the rotation would fall into another session than is computed here.
	const { session } = await reach(stage, 'the middle of a session', ({ slotsLeft }) => slotsLeft > 5);
	await rotate(stage);
	const last = session + 1;
	const lease = await openDigits(stage, consumer, provider.machine, { deadlineBlocks: 120 });
	await provider.accept(lease);
	const { root } = await provider.prepare(lease);
	let release = (): void => {};
	provider.evidence.hold = new Promise<void>((open) => (release = open));

	await reach(stage, 'the end of the session', (now) => now.session === last && now.slotsLeft <= SLOTS_BEFORE);
	await provider.commitRoot(lease, root);
	const { task } = (await stage.log.until('the task', event('attestation', 'TaskOpened', { lease }))).data;
	const drawn = await stage.log.until('the committee', event('attestation', 'CommitteeDrawn', { task: task.toBigInt() }));
	assert.equal([...drawn.data.members].length, 4);
	await reach(stage, 'the next session', (now) => now.session > last);
	release();
	assert.notEqual(await keyOf(stage, dave), old, 'the key did not change');
	const committee = (await runtimeApi(stage.api, 'attestationApi', 'task')(task)).unwrap();
	const seat = [...committee.seats].find((view: any) => view.account.toString() === dave) as any;
	assert.equal(seat.key.toHex(), old, 'the committee was drawn after the session change');

	await stage.log.until('the verdict', event('attestation', 'TaskPassed', { lease }));
	await stage.log.until('the vote by the old key', (seen) => event('attestation', 'VotesSubmitted', { votes: 1 })(seen) && seen.data.member.toString() === dave && seen.block > drawn.block);
	assert.equal((await stage.closed(lease)).outcome, 'Completed');
}
