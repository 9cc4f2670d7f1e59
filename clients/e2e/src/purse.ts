/** What Alice does for the scenarios, who has the funds, issues assets and holds the key of root: asked for at the same time, it travels in one transaction. */
import { call, send, type Call } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';

interface Errand {
	calls: Call[];
	done: () => void;
	failed: (error: unknown) => void;
}

export class Purse {
	private asked: Errand[] = [];
	private running: Promise<void> | undefined;

	constructor(
		private readonly api: ApiPromise,
		private readonly payer: KeyringPair,
	) {}

	give(address: string, amount: bigint): Promise<void> {
		return this.run([call(this.api, 'balances', 'transferKeepAlive', address, amount)]);
	}

	/** These calls, in order. None of them may fail: those that travel along would with it. */
	run(calls: Call[]): Promise<void> {
		return new Promise((done, failed) => {
			this.asked.push({ calls, done, failed });
			this.running ??= this.runAll();
		});
	}

	private async runAll(): Promise<void> {
		// Whoever asks in this turn of the event loop travels along.
		await new Promise((turn) => setImmediate(turn));
		while (this.asked.length > 0) {
			const errands = this.asked.splice(0, 100);
			const calls = errands.flatMap((errand) => errand.calls);
			try {
				await send(this.api, call(this.api, 'utility', 'batchAll', calls), this.payer, 'inBlock');
				for (const { done } of errands) done();
			} catch (error) {
				for (const { failed } of errands) failed(error);
			}
		}
		this.running = undefined;
	}
}
