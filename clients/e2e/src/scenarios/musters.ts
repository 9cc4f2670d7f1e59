/** Whose units have to be proven takes no lease before; the daemon proves them, and who does not compute cannot. */
import assert from 'node:assert/strict';
import { addMachine, evidencePort, startDaemon } from '@core-terminal/demo';
import { ascii, atBlock, capability, eventData, hash, runtimeApi, type Capability } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { BOND, openTime, RATE } from '../fake-provider.js';
import { event } from '../log.js';
import { refused, uri, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

/** Units of this name have to be proven on networks for development. */
const TEST_UNIT = 'test-unit';
/** Entries of a state in a leaf. */
const PIECE = 256;

interface Machine {
	id: bigint;
	owner: KeyringPair;
	agent: KeyringPair;
	port: number;
}

async function claim(stage: Stage, name: string): Promise<Machine> {
	const [owner, agent, port] = await Promise.all([stage.account(`${name}//provider`, 2_000n), stage.account(`${name}//agent`, 100n), evidencePort()]);
	await stage.do(owner, 'providers', 'registerProvider', BOND);
	const order = { agent: agent.address, endpoints: [`http://127.0.0.1:${port}`], pricePerSecond: RATE, bond: BOND, units: 2, accelerator: TEST_UNIT };
	return { id: await addMachine(stage.api, owner, order, stage.sure), owner, agent, port };
}

async function standing(stage: Stage, { id }: Machine): Promise<Capability> {
	const found = await capability(stage.api, id);
	assert.ok(found, `machine ${id} is not registered`);
	return found;
}

async function proven(stage: Stage): Promise<void> {
	const name = 'musters//honest';
	const [machine, consumer] = await Promise.all([claim(stage, name), stage.account(`${name}//consumer`, 100n)]);
	const { id, owner, port } = machine;
	const before = await standing(stage, machine);
	assert.deepEqual([before.grade?.calibrated, before.enlisted, before.proven, before.mayServe], [true, false, false, false]);
	startDaemon(stage.network, { machine: id, port, agentUri: uri(`${name}//agent`), name: 'musters-daemon' });
	await stage.log.until('the machine to be online', event('providers', 'StatusChanged', { machine: id }));
	await refused(openTime(stage, consumer, id), 'leases.CapabilityNotProven');

	await refused(stage.do(owner, 'muster', 'callMuster'), 'muster.NotEnlisted');
	await stage.do(owner, 'muster', 'enlist', id);
	await stage.do(owner, 'muster', 'callMuster');
	await refused(stage.do(owner, 'muster', 'callMuster'), 'muster.TooSoon');
	await stage.log.until('the muster to be passed', event('muster', 'Passed', { machine: id }));
	const after = await standing(stage, machine);
	assert.deepEqual([after.proven, after.mayServe], [true, true]);
	assert.ok(after.provenUntil! > stage.log.head);
	await openTime(stage, consumer, id);
}

interface Drawn {
	first: boolean;
	shape: { n: number; steps: number; units: number };
}

/** What has to be shown, once it is drawn. */
async function asked(stage: Stage, machine: bigint): Promise<Drawn[] | undefined> {
	const called = ((await runtimeApi(stage.api, 'musterApi', 'called')(machine)) as any).unwrapOr(undefined);
	const { n, steps, units } = called?.summons.shape ?? {};
	const shape = called && { n: n.toNumber(), steps: steps.toNumber(), units: units.toNumber() };
	return called?.drawn.isSome ? [...called.drawn.unwrap()].map((drawn: any) => ({ first: drawn.step.toNumber() === 1, shape })) : undefined;
}

/** All parts as long as they should be, and nothing in them. */
function invented({ first, shape: { n, steps, units } }: Drawn): Record<string, unknown> {
	const path = (leaves: number): string[] => Array.from({ length: Math.ceil(Math.log2(leaves)) }, () => `0x${'00'.repeat(32)}`);
	const seeded = <T>(part: T, nothing: T): T => (first ? nothing : part);
	return {
		line: seeded(`0x${'00'.repeat(n)}`, '0x'),
		linePath: seeded(path(n), []),
		beforePath: seeded(path(units * steps), []),
		piece: `0x${'00'.repeat(PIECE)}`,
		piecePath: path((n * n) / PIECE),
		stepPath: path(units * steps),
	};
}

/** Commits to what it never computed. */
async function pretended(stage: Stage): Promise<void> {
	const name = 'musters//liar';
	const [machine, consumer] = await Promise.all([claim(stage, name), stage.account(`${name}//consumer`, 100n)]);
	const { id, owner, agent } = machine;
	await stage.do(agent, 'providers', 'setStatus', id, 'Online');
	await stage.do(owner, 'muster', 'enlist', id);
	await stage.do(owner, 'muster', 'callMuster');
	await stage.do(agent, 'muster', 'commitMuster', id, u8aToHex(hash(ascii('never computed'))));
	await refused(stage.do(agent, 'muster', 'commitMuster', id, u8aToHex(hash(ascii('another one')))), 'muster.AlreadyCommitted');
	const drawn = await atBlock(stage.api, () => asked(stage, id), 120_000, 'the draw');
	await refused(stage.do(agent, 'muster', 'answerMuster', id, drawn.slice(1).map(invented)), 'muster.WrongCount');
	const failed = eventData(await stage.do(agent, 'muster', 'answerMuster', id, drawn.map(invented)), 'muster', 'Failed');
	assert.equal(failed['reason'].type, 'WrongEntry');
	assert.equal((await standing(stage, machine)).mayServe, false);
	await refused(openTime(stage, consumer, id), 'leases.CapabilityNotProven');
	const record = ((await stage.api.query['providers']!['providers']!(owner.address)) as any).unwrap();
	assert.equal(record.slashed.toBigInt(), 0n);
}

export const musters: Scenario[] = [
	{ promise: 'units that have to be proven are leased when the daemon has passed a muster, and not before', play: proven },
	{ promise: 'who commits to work that was never done takes no leases, and loses nothing else', play: pretended },
];
