/** What must hold of the money after everything else was played. */
import assert from 'node:assert/strict';
import { runtimeApi, totalIssuance } from '@core-terminal/kit';
import type { Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

async function identity(stage: Stage): Promise<void> {
	const supply = await runtimeApi(stage.api, 'supplyApi', 'supply')();
	const [genesis, minted, burned, issuance, cap, promised] = ['genesis', 'minted', 'burned', 'issuance', 'cap', 'promised'].map((name): bigint => supply[name].toBigInt());
	assert.equal(genesis! + minted! - burned!, issuance, 'issuance has another source or drain than the ledger knows');
	assert.ok(genesis! + minted! + promised! <= cap!, 'more is promised than the cap allows');
	assert.ok(burned! > 0n, 'nothing was burned by all those fees and slashes');
	const sum = (list: any): bigint => [...list].reduce((total: bigint, entry: any) => total + entry[1].toBigInt(), 0n);
	assert.equal(sum(supply.burnedBy), burned);
	assert.equal(sum(supply.mintedBy), minted);
	// At one block, and so the same that balances say there.
	const header = await stage.api.rpc.chain.getHeader();
	const at = await stage.api.at(header.hash);
	const there = (await (at.call as any).supplyApi.supply()).issuance.toBigInt();
	assert.equal(there, ((await at.query['balances']!['totalIssuance']!()) as any).toBigInt());
	assert.ok((await totalIssuance(stage.api)) > 0n);
}

export const supply: Scenario[] = [{ promise: 'genesis + minted − burned is the issuance, to the unit', play: identity }];
