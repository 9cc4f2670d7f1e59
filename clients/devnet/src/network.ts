/** A network of validators on the loopback, each in its own folder. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Until } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import { freePorts, listening } from './ports.js';
import { Process } from './process.js';

export type { Until };

const NAMES = ['alice', 'bob', 'charlie', 'dave'] as const;

export interface NetworkOptions {
	/** 1 to 4. One validator runs the `development` preset, more run `local`. */
	validators?: number;
	/** Changes the genesis (the JSON patch of the preset) before the start. */
	genesis?: (patch: Record<string, any>) => void;
	/** Instead of the preset's: a `Live` chain's nodes fetch nothing from private addresses. */
	chainType?: 'Development' | 'Local' | 'Live';
	/** Where to keep data and logs. A folder of its own under the system's temporary one by default. */
	folder?: string;
	/** More arguments for every node. */
	args?: string[];
}

/** Where what can be made again is kept, as `scripts/lib/env.sh` sets it. */
function cacheFolder(): string {
	return process.env['TERMINAL_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'core-terminal');
}

/** The folder into which cargo builds. */
export function targetFolder(): string {
	return process.env['CARGO_TARGET_DIR'] ?? join(cacheFolder(), 'target');
}

export function binary(name: 'terminal-node' | 'terminal-provider'): string {
	const file = join(targetFolder(), 'release', name);
	if (!existsSync(file)) throw new Error(`${name} is not built: run scripts/build first (looked for ${file})`);
	return file;
}

export class Network {
	readonly nodes: Process[] = [];
	readonly endpoints: string[] = [];
	readonly prometheus: number[] = [];
	readonly extra: Process[] = [];
	private readonly apis: ApiPromise[] = [];

	private constructor(
		readonly folder: string,
		private readonly temporary: boolean,
	) {}

	static async start(options: NetworkOptions = {}): Promise<Network> {
		const count = options.validators ?? 4;
		if (count < 1 || count > NAMES.length) throw new RangeError(`a network here has 1 to ${NAMES.length} validators, not ${count}`);
		const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'core-terminal-'));
		mkdirSync(folder, { recursive: true });
		const network = new Network(folder, options.folder === undefined);
		try {
			await network.launch(count, options);
		} catch (error) {
			await network.stop();
			throw error;
		}
		return network;
	}

	private async launch(count: number, options: NetworkOptions): Promise<void> {
		const node = binary('terminal-node');
		const chain = writeChainSpec(node, this.folder, count === 1 ? 'dev' : 'local', options);
		const ports = await freePorts(count * 3);
		// Network keys are fixed: an authority does not make its own, and the others must know the first one's address.
		const nodeKey = (i: number): string => (0xa1 + i).toString(16).padStart(64, '0');
		const keyFile = join(this.folder, 'node-key');
		writeFileSync(keyFile, nodeKey(0));
		const peer = execFileSync(node, ['key', 'inspect-node-key', '--file', keyFile], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

		for (let i = 0; i < count; i += 1) {
			const name = NAMES[i]!;
			const [p2p, rpc, metrics] = ports.slice(i * 3, i * 3 + 3) as [number, number, number];
			const args = [
				'--chain', chain,
				'--base-path', join(this.folder, name),
				'--wasm-cache', join(cacheFolder(), 'wasm'),
				`--${name}`,
				'--validator',
				'--listen-addr', `/ip4/127.0.0.1/tcp/${p2p}`,
				'--rpc-port', String(rpc),
				'--rpc-methods', 'unsafe',
				'--rpc-cors', 'all',
				'--prometheus-port', String(metrics),
				'--no-telemetry',
				'--no-mdns',
				'--allow-private-ip',
				'--node-key', nodeKey(i),
				...(i === 0 ? [] : ['--bootnodes', `/ip4/127.0.0.1/tcp/${ports[0]}/p2p/${peer}`]),
				...(count === 1 ? ['--force-authoring'] : []),
				...(options.args ?? []),
			];
			this.nodes.push(new Process(name, node, args, join(this.folder, `${name}.log`)));
			this.endpoints.push(`ws://127.0.0.1:${rpc}`);
			this.prometheus.push(metrics);
		}
		for (const process of this.nodes) process.start();
	}

	/** A connection to node `index`, closed with the network. */
	async api(index = 0): Promise<ApiPromise> {
		if (!this.nodes[index]) throw new RangeError(`there is no node ${index}`);
		const giveUp = new AbortController();
		const died = new Promise<never>((_, reject) => {
			// Any of them: without the others this one would wait for ever.
			for (const each of this.nodes) {
				each.onDeath = (why) => {
					giveUp.abort();
					reject(new Error(why));
				};
			}
		});
		died.catch(() => {});
		const open = listening(Number(new URL(this.endpoints[index]!).port), giveUp.signal);
		const api = await Promise.race([open.then(() => connect(this.endpoints[index]!, giveUp.signal)), died]);
		this.apis.push(api);
		return api;
	}

	/** Start one more process that ends with the network. */
	run(process: Process): Process {
		this.extra.push(process);
		process.start();
		return process;
	}

	async stop(): Promise<void> {
		await Promise.all(this.apis.map((api) => api.disconnect().catch(() => {})));
		await Promise.all([...this.extra, ...this.nodes].map((process) => process.stop()));
		if (this.temporary && !process.env['KEEP_NETWORK']) rmSync(this.folder, { recursive: true, force: true });
	}
}

/** The raw specification of a preset, changed as the options say: so no node needs to compute the genesis by itself. */
function writeChainSpec(node: string, folder: string, preset: 'dev' | 'local', options: NetworkOptions): string {
	const spec = JSON.parse(exported(node, [preset]));
	if (options.chainType) spec.chainType = options.chainType;
	if (options.genesis) {
		const patch = spec.genesis?.runtimeGenesis?.patch;
		if (!patch) throw new Error('the chain spec has no genesis patch to change');
		options.genesis(patch);
	}
	const plain = join(folder, 'plain.json');
	writeFileSync(plain, JSON.stringify(spec));
	const raw = join(folder, 'chain.json');
	writeFileSync(raw, exported(node, [plain, '--raw']));
	return raw;
}

function exported(node: string, [chain, ...flags]: string[]): string {
	return execFileSync(node, ['export-chain-spec', '--chain', chain!, ...flags], {
		encoding: 'utf8',
		maxBuffer: 256 * 1024 * 1024,
		// What the node says goes into the error.
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}
