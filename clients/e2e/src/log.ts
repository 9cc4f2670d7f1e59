/** A log of the chain's events, block by block, to wait on. Nothing in these tests sleeps. */
import type { ApiPromise } from '@polkadot/api';

export interface Seen {
	block: number;
	section: string;
	method: string;
	/** The event's fields by name, as polkadot.js decodes them. */
	data: any;
	/** The place of its extrinsic in the block; undefined for the block's own work. */
	extrinsic: number | undefined;
}

export type Match = (event: Seen) => boolean;

export class ChainLog {
	readonly seen: Seen[] = [];
	/** The last block whose events are here. */
	head = 0;
	private readonly waiting = new Set<() => void>();
	private work: Promise<void> = Promise.resolve();
	private failure: Error | undefined;

	private constructor(private readonly api: ApiPromise) {}

	static async follow(api: ApiPromise): Promise<ChainLog> {
		const log = new ChainLog(api);
		log.head = (await api.rpc.chain.getHeader()).number.toNumber();
		await api.rpc.chain.subscribeNewHeads((header) => {
			const [number, hash] = [header.number.toNumber(), header.hash.toHex()];
			log.work = log.work
				.then(() => log.take(number, hash))
				.catch((error: unknown) => {
					log.failure = error instanceof Error ? error : new Error(String(error));
					for (const wake of [...log.waiting]) wake();
				});
		});
		return log;
	}

	private async take(number: number, hash: string): Promise<void> {
		for (let missed = this.head + 1; missed < number; missed += 1) {
			await this.read(missed, (await this.api.rpc.chain.getBlockHash(missed)).toHex());
		}
		await this.read(number, hash);
		for (const wake of [...this.waiting]) wake();
	}

	private async read(block: number, hash: string): Promise<void> {
		const at = await this.api.at(hash);
		const records = (await at.query['system']!['events']!()) as unknown as { event: any; phase: any }[];
		// Another block of the same height came before: its events never happened.
		for (let i = this.seen.length - 1; i >= 0 && this.seen[i]!.block >= block; i -= 1) this.seen.pop();
		for (const { event, phase } of records) {
			const { section, method, data } = event;
			const extrinsic = phase.isApplyExtrinsic ? phase.asApplyExtrinsic.toNumber() : undefined;
			this.seen.push({ block, section, method, data, extrinsic });
		}
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

	private when<T>(what: string, look: () => T | undefined, timeoutMs: number): Promise<T> {
		return new Promise((resolve, reject) => {
			const done = (act: () => void): void => {
				clearTimeout(timer);
				this.waiting.delete(wake);
				act();
			};
			const wake = (): void => {
				const { failure } = this;
				if (failure) return done(() => reject(failure));
				const found = look();
				if (found !== undefined) done(() => resolve(found));
			};
			const timer = setTimeout(() => done(() => reject(new Error(`${what}: not seen within ${timeoutMs} ms, up to block ${this.head}`))), timeoutMs);
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
