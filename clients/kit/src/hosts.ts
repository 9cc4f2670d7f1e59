/** The hosts of a machine. All serve the same, so that whoever blocks one of them blocks nothing. */
export class Hosts {
	private readonly order: string[];

	/** `endpoints` as the chain names them: `http(s)://host[:port]`. */
	constructor(endpoints: readonly string[]) {
		this.order = [...endpoints];
	}

	/**
	 * What `ask` makes of the first host at which it does not fail. The one that answered last comes first
	 * the next time. `ask` sets its own deadline, and fails where an answer does not check.
	 */
	async ask<T>(ask: (endpoint: string) => Promise<T>): Promise<T> {
		const failures: string[] = [];
		for (const endpoint of [...this.order]) {
			try {
				const answer = await ask(endpoint);
				this.order.splice(this.order.indexOf(endpoint), 1);
				this.order.unshift(endpoint);
				return answer;
			} catch (error) {
				failures.push(`${endpoint}: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
		throw new Error(failures.length > 0 ? `no host of the machine answered: ${failures.join('; ')}` : 'the machine has no host');
	}
}
