/** A provider that does only what a scenario tells it to: honest, lazy or lying. */
import assert from 'node:assert/strict';
import { addMachine } from '@core-terminal/demo';
import { call, eventData, leafArgument, openJob, openMetered, machine as readMachine, TCT, type Included, type JobOrder, type Leaf, type MeteredOrder } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { u8aToHex } from '@polkadot/util';
import { EvidenceServer } from './evidence.js';
import { isInNamespaces } from './namespaces.js';
import { compute, contextOf, type Lies, type Result } from './result.js';
import type { Stage } from './stage.js';

export const PRICE = 100n * TCT;
export const BOND = 1_000n * TCT;
export const RATE = TCT / 100n;
/** The most leaves in one answer to a data challenge. */
const MAX_ANSWERED = 16;

export interface Establishment {
	units?: number;
	/** Instead of 127.0.0.1. */
	host?: string;
	/** Instead of a server of its own. */
	evidence?: EvidenceServer;
	/** Endpoints of the machine besides that of its server. */
	others?: string[];
}

export class FakeProvider {
	private constructor(
		readonly stage: Stage,
		readonly owner: KeyringPair,
		readonly agent: KeyringPair,
		readonly machine: bigint,
		readonly evidence: EvidenceServer,
	) {}

	/** Bonded, with one machine online. */
	static async start(stage: Stage, name: string, { units = 1, host = '127.0.0.1', evidence: given, others = [] }: Establishment = {}): Promise<FakeProvider> {
		// In there, under every address.
		const evidence = given ?? (await EvidenceServer.start(isInNamespaces() ? '0.0.0.0' : undefined));
		if (!given) stage.onClose(() => evidence.stop());
		const [owner, agent] = await Promise.all([stage.account(`${name}//provider`, 2_000n), stage.account(`${name}//agent`, 100n)]);
		await stage.do(owner, 'providers', 'registerProvider', BOND);
		const machine = await addMachine(stage.api, owner, {
			agent: agent.address,
			endpoints: [...others, `http://${host}:${evidence.port}`],
			pricePerSecond: RATE,
			bond: BOND,
			units,
		}, stage.sure);
		await stage.do(agent, 'providers', 'setStatus', machine, 'Online');
		return new FakeProvider(stage, owner, agent, machine, evidence);
	}

	accept(lease: bigint): Promise<Included> {
		return this.stage.do(this.agent, 'leases', 'accept', lease);
	}

	/** Compute the digits job, show it and commit its root. */
	async commit(lease: bigint, lies?: Lies): Promise<Result> {
		const result = await this.prepare(lease, lies);
		await this.commitRoot(lease, result.root);
		return result;
	}

	/** Compute and show, but do not commit yet. */
	async prepare(lease: bigint, lies?: Lies): Promise<Result> {
		const { model } = this.stage;
		const result = compute(model, contextOf(await this.stage.lease(lease)), lies);
		this.evidence.show(lease, { leaves: result.leaves, weights: model.weights });
		return result;
	}

	commitRoot(lease: bigint, root: Uint8Array): Promise<Included> {
		return this.stage.do(this.agent, 'leases', 'commitResult', lease, u8aToHex(root));
	}

	answerDemand(lease: bigint, leaf: Leaf): Promise<Included> {
		return this.stage.do(this.agent, 'leases', 'answerDemand', lease, leafArgument(leaf));
	}

	/** In as many calls as it takes, all in one transaction. */
	answerChallenge(task: bigint, leaves: Leaf[]): Promise<Included> {
		const { api, model } = this.stage;
		const weights = u8aToHex(model.weights);
		const parts = [leaves.slice(0, MAX_ANSWERED)];
		for (let from = MAX_ANSWERED; from < leaves.length; from += MAX_ANSWERED) parts.push(leaves.slice(from, from + MAX_ANSWERED));
		const calls = parts.map((part) => call(api, 'attestation', 'answerDataChallenge', task, part.map(leafArgument), weights));
		return this.stage.send(calls.length > 1 ? call(api, 'utility', 'batchAll', calls) : calls[0]!, this.agent);
	}

	/** What is bonded, and what was ever slashed. */
	async bond(): Promise<{ bond: bigint; atRisk: bigint; slashed: bigint }> {
		const record = ((await this.stage.api.query['providers']!['providers']!(this.owner.address)) as any).unwrap();
		return { bond: record.bond.toBigInt(), atRisk: record.atRisk.toBigInt(), slashed: record.slashed.toBigInt() };
	}
}

/** An order for the digits job, changed where a scenario wants it. */
export async function jobOrder(stage: Stage, machine: bigint, change: Partial<JobOrder> = {}): Promise<JobOrder> {
	const { model, files, api } = stage;
	const seen = await readMachine(api, machine);
	assert.ok(seen, `machine ${machine} is not registered`);
	return {
		machine,
		inputRoot: model.inputRoot,
		weightsRoot: model.weightsRoot,
		items: model.inputs.length,
		weightsBytes: model.weights.length,
		inputBytes: model.inputs[0]!.length,
		outputBytes: model.outputBytes,
		multiplications: model.multiplications,
		price: PRICE,
		maxTotal: change.price ?? PRICE,
		deadlineBlocks: 60,
		version: undefined,
		manifest: model.manifestDigest,
		inputUrl: `${files}/inputs.bin`,
		weightsUrl: `${files}/weights.tcnn`,
		termsHash: seen.termsHash,
		...change,
	};
}

/** The lease that an opening call opened. */
export const leaseOf = (opened: Included): bigint => eventData(opened, 'leases', 'LeaseOffered')['lease'].toBigInt();

export async function openDigits(stage: Stage, consumer: KeyringPair, machine: bigint, change?: Partial<JobOrder>): Promise<bigint> {
	return leaseOf(await stage.send(openJob(stage.api, await jobOrder(stage, machine, change)), consumer));
}

export async function meteredOrder(stage: Stage, machine: bigint, change: Partial<MeteredOrder> = {}): Promise<MeteredOrder> {
	const seen = await readMachine(stage.api, machine);
	assert.ok(seen, `machine ${machine} is not registered`);
	return { machine, units: 1, durationSeconds: 600, maxRate: RATE, termsHash: seen.termsHash, version: undefined, tenant: undefined, funds: 10n * TCT, ...change };
}

export async function openTime(stage: Stage, consumer: KeyringPair, machine: bigint, change?: Partial<MeteredOrder>): Promise<bigint> {
	return leaseOf(await stage.send(openMetered(stage.api, await meteredOrder(stage, machine, change)), consumer));
}

