/** Steps 1 and 2: the author lists the model, the provider registers a machine and bonds. */
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';
import { stringToU8a, u8aToHex } from '@polkadot/util';
import { ascii, atBlock, call, eventData, hash, send, TCT, type Until } from '@core-terminal/kit';
import type { Digits } from './digits.js';

const text = (value: string): string => u8aToHex(stringToU8a(value));

export interface Listing {
	perJob: bigint;
	perSecond: bigint;
	perCall: bigint;
}

/** Commit, wait, reveal: a copier who sees the reveal is too late. */
export async function listModel(api: ApiPromise, author: KeyringPair, model: Digits, prices: Listing): Promise<bigint> {
	const salt = hash(ascii('demo salt'), model.manifestDigest);
	const details = {
		manifest: u8aToHex(model.manifestDigest),
		weightsRoot: u8aToHex(model.weightsRoot),
		format: 'IntegerNetwork',
		bytes: model.weights.length,
		licence: text('Apache-2.0'),
		cardHash: u8aToHex(model.cardDigest),
		name: text('digits-mlp-64-32-10-int8'),
	};
	const reveal = call(api, 'models', 'listVersion', u8aToHex(salt), details, prices);
	const encoded = (reveal.args[1] as { toU8a(): Uint8Array }).toU8a();
	const commitment = hash(ascii('tct/listing/v1'), author.addressRaw, salt, encoded);
	const committed = await send(api, call(api, 'models', 'commitListing', u8aToHex(commitment)), author);
	const revealableAt = eventData(committed, 'models', 'ListingCommitted')['revealableAt'].toNumber();
	await atBlock(api, async (block) => (block >= revealableAt ? block : undefined), 180_000, 'the reveal to be allowed');
	const listed = await send(api, reveal, author);
	return eventData(listed, 'models', 'VersionListed')['version'].toBigInt();
}

export interface MachineOrder {
	agent: string;
	endpoints: string[];
	pricePerSecond: bigint;
	bond: bigint;
	units?: number;
}

export async function registerMachine(api: ApiPromise, provider: KeyringPair, order: MachineOrder): Promise<bigint> {
	await send(api, call(api, 'providers', 'registerProvider', order.bond), provider);
	return addMachine(api, provider, order);
}

export async function addMachine(api: ApiPromise, provider: KeyringPair, order: MachineOrder, until: Until = 'finalized'): Promise<bigint> {
	const hardware = {
		class: 'Cpu',
		accelerator: text('x86-64-v3'),
		count: order.units ?? 1,
		memoryMib: 2_048,
		vcpus: 2,
		ramMib: 8_192,
		diskGib: 20,
		region: text('local'),
		interconnect: '0x',
		driver: '0x',
	};
	const registration = call(api, 'providers', 'registerMachine', hardware, order.agent, order.endpoints.map(text), order.pricePerSecond, `0x${'00'.repeat(32)}`);
	const registered = await send(api, registration, provider, until);
	return eventData(registered, 'providers', 'MachineRegistered')['machine'].toBigInt();
}

export const DEFAULT_BOND = 20_000n * TCT;
