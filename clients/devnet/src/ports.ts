import { connect, createServer } from 'node:net';

/** `count` TCP ports of the loopback that were free a moment ago. All are held until all are found. */
export async function freePorts(count: number): Promise<number[]> {
	const held = await Promise.all(
		Array.from(
			{ length: count },
			() =>
				new Promise<{ port: number; release: () => Promise<void> }>((resolve, reject) => {
					const server = createServer();
					server.once('error', reject);
					server.listen(0, '127.0.0.1', () => {
						const address = server.address();
						const port = typeof address === 'object' && address ? address.port : 0;
						resolve({ port, release: () => new Promise((done) => server.close(() => done())) });
					});
				}),
		),
	);
	await Promise.all(held.map(({ release }) => release()));
	return held.map(({ port }) => port);
}

/** Resolves when something accepts connections on `port`; never, once `giveUp` is aborted. */
export async function listening(port: number, giveUp: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		const attempt = (): void => {
			if (giveUp.aborted) return;
			const socket = connect(port, '127.0.0.1');
			socket.once('connect', () => {
				socket.destroy();
				resolve();
			});
			socket.once('error', () => setTimeout(attempt, 100));
		};
		attempt();
	});
}
