/** Gives funds: gifts asked for at the same time travel in one transaction. */
import { call, send } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import type { KeyringPair } from '@polkadot/keyring/types';

interface Gift {
	address: string;
	amount: bigint;
	given: () => void;
	failed: (error: unknown) => void;
}

export class Purse {
	private asked: Gift[] = [];
	private giving: Promise<void> | undefined;

	constructor(
		private readonly api: ApiPromise,
		private readonly payer: KeyringPair,
	) {}

	give(address: string, amount: bigint): Promise<void> {
		return new Promise((given, failed) => {
			this.asked.push({ address, amount, given, failed });
			this.giving ??= this.giveAll();
		});
	}

	private async giveAll(): Promise<void> {
		// Whoever asks in this turn of the event loop travels along.
		await new Promise((turn) => setImmediate(turn));
		while (this.asked.length > 0) {
			const gifts = this.asked.splice(0, 100);
			const transfers = gifts.map(({ address, amount }) => call(this.api, 'balances', 'transferKeepAlive', address, amount));
			try {
				await send(this.api, call(this.api, 'utility', 'batchAll', transfers), this.payer, 'inBlock');
				for (const { given } of gifts) given();
			} catch (error) {
				for (const { failed } of gifts) failed(error);
			}
		}
		this.giving = undefined;
	}
}
