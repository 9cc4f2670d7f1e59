/** One network that a file's scenarios share: accounts with funds, the log of events, the digits. */
import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { digits, serveDigits, type Digits } from '@core-terminal/demo';
import { Network, type NetworkOptions } from '@core-terminal/devnet';
import { atBlock, call, DispatchFailure, lease, send, TCT, type Call, type Included, type LeaseView, type Until } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { ChainLog, event } from './log.js';
import { Purse } from './purse.js';

export class Stage {
	private readonly keyring = new Keyring({ type: 'sr25519' });
	private readonly closers: (() => Promise<void> | void)[] = [];
	/** By account, what it is sending. Two transactions sent at once would take the same nonce. */
	private readonly turns = new Map<string, Promise<unknown>>();

	private constructor(
		readonly network: Network,
		readonly api: ApiPromise,
		readonly log: ChainLog,
		readonly model: Digits,
		/** Where the consumers' files are. */
		readonly files: string,
		private readonly purse: Purse,
	) {}

	static async open(options: NetworkOptions): Promise<Stage> {
		const network = await Network.start(options);
		try {
			const api = await network.api();
			const { url, server } = await serveDigits();
			// Only until a stage keeps it: a server that is left over would keep the process alive.
			server.unref();
			const alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice');
			const stage = new Stage(network, api, await ChainLog.follow(api), digits(), url, new Purse(api, alice));
			stage.onClose(() => closed(server));
			await stage.log.block(1);
			return stage;
		} catch (error) {
			await network.stop();
			throw error;
		}
	}

	/** Several validators fork now and then: there only what is final is a fact. */
	get sure(): Until {
		return this.network.nodes.length > 1 ? 'finalized' : 'inBlock';
	}

	/** Do this, too, when the curtain falls. */
	onClose(act: () => Promise<void> | void): void {
		this.closers.push(act);
	}

	async close(): Promise<void> {
		await Promise.allSettled(this.closers.map((act) => act()));
		await this.network.stop();
	}

	get genesis(): Uint8Array {
		return this.api.genesisHash.toU8a();
	}

	/** The key of a development path like `//Alice`. */
	key(path: string): KeyringPair {
		return this.keyring.addFromUri(path);
	}

	/** A fresh account with funds. Scenarios have accounts of their own, so that they can run side by side. */
	async account(name: string, tct = 1_000n): Promise<KeyringPair> {
		const pair = this.key(uri(name));
		await this.purse.give(pair.address, tct * TCT);
		return pair;
	}

	/** Alice, who issues assets, does this, and what `asRoot` is. None of it may fail. */
	asAlice(...calls: Call[]): Promise<void> {
		return this.purse.run(calls);
	}

	/** A call by root, for {@link asAlice}. */
	asRoot(pallet: string, name: string, ...args: unknown[]): Call {
		return call(this.api, 'sudo', 'sudo', call(this.api, pallet, name, ...args));
	}

	/** Send a call, after those that the account is sending already. */
	send(call: Call, who: KeyringPair): Promise<Included> {
		const sent = (this.turns.get(who.address) ?? Promise.resolve()).then(() => send(this.api, call, who, this.sure));
		this.turns.set(who.address, sent.catch(() => {}));
		return sent;
	}

	/** Send `pallet.call`. */
	do(who: KeyringPair, pallet: string, name: string, ...args: unknown[]): Promise<Included> {
		return this.send(call(this.api, pallet, name, ...args), who);
	}

	async lease(id: bigint): Promise<LeaseView> {
		const view = await lease(this.api, id);
		assert.ok(view, `lease ${id} is not known`);
		return view;
	}

	/** Wait until a lease is closed for good. */
	async closed(id: bigint, timeoutMs = 240_000): Promise<LeaseView> {
		await this.log.until(`the end of lease ${id}`, event('leases', 'LeaseClosed', { lease: id }), timeoutMs);
		return this.lease(id);
	}

	/** What an account has and what of it is on hold, in base units. */
	async funds(address: string): Promise<{ free: bigint; held: bigint }> {
		const found = (await this.api.query['system']!['account']!(address)) as any;
		return { free: found.data.free.toBigInt(), held: found.data.reserved.toBigInt() };
	}

	/** What an account would have, on hold or not, if transactions were free. It must be sending none. */
	async worth(who: KeyringPair): Promise<bigint> {
		await this.log.block((await this.api.rpc.chain.getHeader()).number.toNumber());
		const { free, held } = await this.funds(who.address);
		const fees = this.log.all((seen) => event('transactionPayment', 'TransactionFeePaid')(seen) && seen.data.who.toString() === who.address);
		return fees.reduce((sum, { data }) => sum + data.actualFee.toBigInt(), free + held);
	}

	/** Call this at every new block, until what it returns is called. */
	onBlock(act: () => void): () => void {
		return this.log.onBlock(act);
	}

	/** The time of the best block, milliseconds. */
	async now(): Promise<bigint> {
		return ((await this.api.query['timestamp']!['now']!()) as any).toBigInt();
	}

	/** Wait for the first block at `moment` or later. */
	async until(moment: bigint, what: string, timeoutMs = 180_000): Promise<void> {
		await atBlock(this.api, async () => ((await this.now()) >= moment ? true : undefined), timeoutMs, what);
	}
}

/** The derivation path of a scenario's account. */
export const uri = (name: string): string => `//e2e//${name}`;

/** The call is refused with this error, whose documentation says what to do. */
export async function refused(sent: Promise<unknown>, ...expected: string[]): Promise<DispatchFailure> {
	try {
		await sent;
	} catch (error) {
		if (!(error instanceof DispatchFailure)) throw error;
		const found = `${error.pallet}.${error.error}`;
		assert.ok(expected.includes(found), `refused with ${found}, not with ${expected.join(' or ')}`);
		assert.match(error.message, /: .{10,}/, `${found} has no documentation`);
		return error;
	}
	assert.fail(`accepted, though ${expected.join(' or ')} was to be expected`);
}

/** Every unit that went into the escrow is accounted for, and none is left in it. */
export function balanced(view: LeaseView): void {
	const { deposited, movedIn, ...books } = view.books;
	const gone = Object.values(books).reduce((sum, part) => sum + part);
	assert.equal(gone, deposited + movedIn, 'the books do not add up');
	const { held } = books;
	if (view.status === 'Closed') assert.deepEqual([held, view.deposit], [0n, 0n], 'something is still held');
}

/** Closed like that, with nothing paid to anybody and all of it given back. */
export function refunded(view: LeaseView, outcome: string): void {
	assert.equal(view.outcome, outcome);
	balanced(view);
	const { deposited, ...books } = view.books;
	const { refunded: returned, ...others } = books;
	assert.equal(returned, deposited);
	assert.ok(Object.values(others).every((part) => part === 0n), 'somebody was paid');
}

function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	return new Promise((done) => server.close(() => done()));
}
