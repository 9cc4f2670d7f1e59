/** The main job on a local network, with every step shown as it becomes final. See scripts/run. */
import { Network } from '@core-terminal/devnet';
import { atBlock, balance, call, finalizedAt, formatTct, lease, pots, runs, send, supply, TCT, totalIssuance } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import { actors, fund, type Actors } from './actors.js';
import { evidencePort, online, startDaemon } from './daemon.js';
import { digits, serveDigits, type Digits } from './digits.js';
import { accuracy, download, openDigitsJob, watch } from './job.js';
import { openLease, owed, shakeHands, Tenant } from './metered.js';
import { DEFAULT_BOND, listModel, registerMachine } from './setup.js';
import { table } from './table.js';

const once = process.argv.includes('--once');
const single = process.argv.includes('--single');
const started = Date.now();
const say = (line: string): void => console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${line}`);

const PRICE = 100n * TCT;
const ROYALTY = 5n * TCT;
const RATE = TCT / 100n;
const LEASED_SECONDS = 120;

async function main(): Promise<void> {
	say(`starting ${single ? 'one validator' : 'four validators'} on the loopback`);
	const network = await Network.start({ validators: single ? 1 : 4 });
	const stop = (): Promise<void> => network.stop();
	let leaving = false;
	const leave = (): void => {
		if (leaving) return;
		leaving = true;
		say('stopping what was started here');
		void stop().then(() => process.exit(130));
	};
	process.on('SIGINT', leave);
	process.on('SIGTERM', leave);
	try {
		await play(network);
	} catch (error) {
		if (leaving) return;
		for (const child of [...network.extra, ...network.nodes]) {
			child.onDeath = () => {};
			console.error(`--- last words of ${child.name} (${child.logFile})\n${child.tail(12)}`);
		}
		await stop();
		throw error;
	}
	if (once) {
		await stop();
		return;
	}
	say('the network stays up; Ctrl-C stops it');
	say(`RPC endpoint       ${network.endpoints[0]}`);
	say(`polkadot.js Apps   https://polkadot.js.org/apps/?rpc=${encodeURIComponent(network.endpoints[0]!)}#/explorer`);
	say(`logs               ${network.folder}`);
}

async function play(network: Network): Promise<void> {
	const api = await network.api();
	await finalizedAt(api, 1, 120_000);
	say('first block is final');
	const players = actors();
	const model = digits();
	await fund(api, players);
	say('author, provider, agent and consumer have funds');

	const version = await listModel(api, players.author, model, { perJob: ROYALTY, perSecond: RATE / 10n, perCall: 0n });
	say(`1. the author listed the digits network as model version ${version}`);

	const port = await evidencePort();
	const endpoints = [`http://127.0.0.1:${port}`];
	const machine = await registerMachine(api, players.provider, { agent: players.agent.address, endpoints, pricePerSecond: RATE, bond: DEFAULT_BOND });
	say(`2. the provider registered machine ${machine} with a bond of ${formatTct(DEFAULT_BOND, 0)} TCT`);
	const daemon = startDaemon(network, { machine, port });
	await online(api, machine);
	say('   its daemon serves, the machine is online');

	await fixedJob(api, players, model, { machine, version, endpoints });
	await meteredLease(api, players, { machine, version, endpoints }, daemon);
}

interface Where {
	machine: bigint;
	version: bigint;
	endpoints: string[];
}

async function fixedJob(api: ApiPromise, players: Actors, model: Digits, where: Where): Promise<void> {
	const { url, server } = await serveDigits();
	try {
		const before = await books(api, players);
		const id = await openDigitsJob(api, players.consumer, model, {
			machine: where.machine,
			version: where.version,
			price: PRICE,
			royalty: ROYALTY,
			inputUrl: `${url}/inputs.bin`,
			weightsUrl: `${url}/weights.tcnn`,
		});
		say(`3. the consumer opened job ${id} over ${model.inputs.length} images: ${formatTct(PRICE + ROYALTY)} TCT in escrow`);
		let leaves: Promise<Awaited<ReturnType<typeof download>>> | undefined;
		const closed = await watch(api, id, (line) => {
			say(`   ${line}`);
			// The consumer downloads in the delivery window, when it could still demand what is missing.
			if (line.includes('Delivering') && !leaves) {
				leaves = lease(api, id).then((view) => download(api, where.endpoints, view!));
				leaves.catch(() => {});
			}
		});
		if (closed.outcome !== 'Completed') throw new Error(`job ${id} ended as ${closed.outcome}, not as Completed`);
		await finalizedAt(api, (await api.rpc.chain.getHeader()).number.toNumber(), 60_000);
		say(`6. job ${id} is settled:`);
		console.log(`\n${await settlement(api, players, before)}\n`);
		const paid = closed.books;
		say(`   provider ${formatTct(paid.paid)}, royalty ${formatTct(paid.royalty)}, fees ${formatTct(paid.leaseFee + paid.modelFee)}, refunded ${formatTct(paid.refunded)} TCT`);
		if (!leaves) throw new Error('the delivery window was never seen');
		const all = await leaves;
		const share = accuracy(all, model.labels);
		say(`7. ${all.length} leaves lead to the root on chain; accuracy ${(share * 100).toFixed(2)} %`);
		if (share < 0.97) throw new Error(`the accuracy is under 97 %: ${share}`);
	} finally {
		server.close();
	}
}

type Amounts = Map<string, bigint>;

async function books(api: ApiPromise, players: Actors): Promise<Amounts> {
	const accounts: [string, string][] = [
		['consumer', players.consumer.address],
		['provider', players.provider.address],
		['provider agent', players.agent.address],
		['author', players.author.address],
		['royalties to claim', pots.models],
		['treasury', pots.treasury],
		['attestors', pots.attestation],
	];
	const amounts: Amounts = new Map();
	for (const [name, address] of accounts) amounts.set(name, await balance(api, address));
	const ledger = await supply(api);
	for (const [source, amount] of ledger.mintedBy) amounts.set(`minted: ${source}`, amount);
	for (const [source, amount] of ledger.burnedBy) amounts.set(`burned: ${source}`, amount);
	amounts.set('total issuance', await totalIssuance(api));
	if (ledger.genesis + ledger.minted - ledger.burned !== ledger.issuance) {
		throw new Error(`the supply ledger does not add up: ${ledger.genesis} + ${ledger.minted} - ${ledger.burned} is not ${ledger.issuance}`);
	}
	return amounts;
}

async function settlement(api: ApiPromise, players: Actors, before: Amounts): Promise<string> {
	const after = await books(api, players);
	const rows = [...after].filter(([name, amount]) => !name.includes(':') || amount !== before.get(name)).map(([name, amount]) => {
		const was = before.get(name)!;
		const sign = amount > was ? '+' : '';
		return [name, formatTct(was), formatTct(amount), `${sign}${formatTct(amount - was)}`];
	});
	return table(['TCT', 'before', 'after', 'change'], rows);
}

async function meteredLease(api: ApiPromise, players: Actors, where: Where, daemon: ReturnType<typeof startDaemon>): Promise<void> {
	const id = await openLease(api, players.consumer, players.tenant, {
		machine: where.machine,
		version: where.version,
		seconds: LEASED_SECONDS,
		maxRate: RATE,
		funds: 10n * TCT,
	});
	say(`8. the consumer opened metered lease ${id} for ${LEASED_SECONDS} s`);
	const tenant = new Tenant(api, players.tenant, where.endpoints, id);
	const active = await shakeHands(api, tenant, id);
	const segment = active.metered!.segments[0]!;
	say(`   the tenant shook hands; it runs since ${new Date(Number(segment.from)).toISOString()}`);
	tenant.keepUp(segment.number, segment.from);
	try {
		await interrupt(api, where.machine, daemon);
		const closed = await watch(api, id, (line) => say(`   ${line}`), 600_000);
		tenant.stop();
		const expected = await owed(api, closed);
		const drawn = closed.books.paid + closed.books.leaseFee + closed.books.royalty + closed.books.modelFee;
		const shown = closed.metered!.segments[0]!;
		console.log(
			`\n${table(
				['metered lease', 'milliseconds'],
				[
					['agreed', String(LEASED_SECONDS * 1000)],
					['lasted', String(shown.to! - shown.from)],
					['proven by the machine', String(shown.provenMs)],
					['acknowledged by the tenant', String(shown.acknowledgedMs)],
					['paid for', String(shown.creditedMs)],
				],
			)}\n`,
		);
		say(`   charged ${drawn} base units; the client's own sum from runs and receipts is ${expected}`);
		if (drawn !== expected) throw new Error(`the chain charged ${drawn}, the formula gives ${expected}`);
		say(`   equal to the unit; ${formatTct(closed.books.refunded)} TCT went back to the consumer`);
		const claimed = await send(api, call(api, 'models', 'claimRoyalties'), players.author);
		say(`   the author claimed its royalties in block ${claimed.blockNumber}`);
	} finally {
		tenant.stop();
	}
}

/** Stop the daemon until a challenge is missed, then start it again: what was not proven is not paid. */
async function interrupt(api: ApiPromise, machine: bigint, daemon: ReturnType<typeof startDaemon>): Promise<void> {
	await atBlock(api, async () => ((await runs(api, machine)).length > 0 ? true : undefined), 120_000, 'the first presence proof');
	say('   the machine proved its presence; now the daemon is stopped in the middle');
	await daemon.stop();
	await atBlock(
		api,
		async () => {
			const events = (await api.query['system']!['events']!()) as unknown as { event: { section: string; method: string } }[];
			return events.some(({ event }) => event.section === 'attestation' && event.method === 'PresenceMissed') ? true : undefined;
		},
		180_000,
		'a missed challenge',
	);
	say('   a challenge was missed; the daemon starts again');
	daemon.start();
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
