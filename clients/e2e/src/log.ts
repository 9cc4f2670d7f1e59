/** A log of the chain's events, block by block, to wait on. Nothing in these tests sleeps. */
import type { ApiPromise } from '@polkadot/api';
import type { Header } from '@polkadot/types/interfaces';

export interface Seen {
	block: number;
	section: string;
	method: string;
	/** The event's fields by name, as polkadot.js decodes them. */
	data: any;
	/** The place of its extrinsic in the block; undefined for the block's own work. */
	extrinsic: number | undefined;
}

/** A block that was on the best chain once and is not any more. */
export interface Retracted {
	block: number;
	hash: string;
}

export type Match = (event: Seen) => boolean;

export class ChainLog {
	/** The events of the best chain. What a fork took back is not among them. */
	readonly seen: Seen[] = [];
	readonly retracted: Retracted[] = [];
	/** The last block whose events are here. */
	head: number;
	/** The best chain's hashes by height. */
	private readonly hashes = new Map<number, string>();
	private readonly waiting = new Set<() => void>();
	private work: Promise<void> = Promise.resolve();
	/** Why a block could not be read, for who waits in vain. */
	private trouble = '';

	private constructor(
		private readonly api: ApiPromise,
		/** The height after which this log begins. */
		private readonly start: number,
	) {
		this.head = start;
	}

	static async follow(api: ApiPromise): Promise<ChainLog> {
		const log = new ChainLog(api, (await api.rpc.chain.getHeader()).number.toNumber());
		await api.rpc.chain.subscribeNewHeads((header) => {
			log.work = log.work
				.then(() => log.take(header))
				// A node that is stopped or paused does not answer: the next head brings what was missed.
				.catch((error: unknown) => {
					log.trouble = `; the last error: ${String(error)}`;
				});
		});
		return log;
	}

	/** A new best block: read it and those of its ancestors that are not here, be it for a gap or for a fork. */
	private async take(head: Header): Promise<void> {
		const news: Header[] = [];
		let header = head;
		while (header.number.toNumber() > this.start && this.hashes.get(header.number.toNumber()) !== header.hash.toHex()) {
			news.unshift(header);
			header = await this.api.rpc.chain.getHeader(header.parentHash);
		}
		this.forget(header.number.toNumber());
		for (const each of news) await this.read(each.number.toNumber(), each.hash.toHex());
		for (const wake of [...this.waiting]) wake();
	}

	/** Blocks above `height` are not on the best chain any more: their events never happened. */
	private forget(height: number): void {
		for (; this.head > height; this.head -= 1) {
			this.retracted.push({ block: this.head, hash: this.hashes.get(this.head)! });
			this.hashes.delete(this.head);
		}
		while ((this.seen.at(-1)?.block ?? 0) > height) this.seen.pop();
	}

	private async read(block: number, hash: string): Promise<void> {
		const at = await this.api.at(hash);
		const records = (await at.query['system']!['events']!()) as unknown as { event: any; phase: any }[];
		for (const { event, phase } of records) {
			const { section, method, data } = event;
			const extrinsic = phase.isApplyExtrinsic ? phase.asApplyExtrinsic.toNumber() : undefined;
			this.seen.push({ block, section, method, data, extrinsic });
		}
		this.hashes.set(block, hash);
		this.head = block;
	}

	all(match: Match): Seen[] {
		return this.seen.filter(match);
	}

	/** The first event that matches, from the past or the future. */
	async until(what: string, match: Match, timeoutMs = 180_000): Promise<Seen> {
		return this.when(what, () => this.seen.find(match), timeoutMs);
	}

	/** Wait until block `height` was seen. */
	async block(height: number, timeoutMs = 180_000): Promise<number> {
		return this.when(`block ${height}`, () => (this.head >= height ? this.head : undefined), timeoutMs);
	}

	/** Wait until a block that was the best one, or under it, is on the best chain no more. */
	async retraction(what: string, hash: string, timeoutMs = 180_000): Promise<Retracted> {
		return this.when(what, () => this.retracted.find((block) => block.hash === hash), timeoutMs);
	}

	/** Call this at every new block, until what it returns is called. */
	onBlock(act: () => void): () => void {
		this.waiting.add(act);
		return () => this.waiting.delete(act);
	}

	private when<T>(what: string, look: () => T | undefined, timeoutMs: number): Promise<T> {
		return new Promise((resolve, reject) => {
			const done = (act: () => void): void => {
				clearTimeout(timer);
				this.waiting.delete(wake);
				act();
			};
			const wake = (): void => {
				const found = look();
				if (found !== undefined) done(() => resolve(found));
			};
			const timer = setTimeout(() => done(() => reject(new Error(`${what}: not seen within ${timeoutMs} ms, up to block ${this.head}${this.trouble}`))), timeoutMs);
			this.waiting.add(wake);
			wake();
		});
	}
}

/** An event of a pallet whose fields are these numbers. */
export const event =
	(section: string, method: string, fields: Record<string, bigint | number> = {}): Match =>
	(seen) =>
		seen.section === section &&
		seen.method === method &&
		Object.entries(fields).every(([name, value]) => seen.data[name] !== undefined && BigInt(seen.data[name].toString()) === BigInt(value));
