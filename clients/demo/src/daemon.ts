/** The provider daemon beside a test network. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary, freePorts, Process, type Network } from '@core-terminal/devnet';
import { atBlock, machine as readMachine } from '@core-terminal/kit';
import type { ApiPromise } from '@polkadot/api';
import { AGENT_URI } from './actors.js';

export interface DaemonOptions {
	machine: bigint;
	port: number;
	agentUri?: string;
	name?: string;
}

export async function evidencePort(): Promise<number> {
	const [port] = await freePorts(1);
	if (port === undefined) throw new Error('no free port');
	return port;
}

export function startDaemon(network: Network, options: DaemonOptions): Process {
	const name = options.name ?? 'provider';
	const folder = join(network.folder, name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'agent.key'), `${options.agentUri ?? AGENT_URI}\n`, { mode: 0o600 });
	writeFileSync(
		join(folder, 'provider.toml'),
		[
			`nodes = [${network.endpoints.map((endpoint) => JSON.stringify(endpoint)).join(', ')}]`,
			`machine = ${options.machine}`,
			'agent_key_file = "agent.key"',
			'data = "data"',
			'[evidence]',
			`listen = "127.0.0.1:${options.port}"`,
			'per_second = 1000',
			'[limits]',
			// Test networks serve jobs from the loopback.
			'allow_private_fetch = true',
			'',
		].join('\n'),
	);
	const args = ['run', '--config', join(folder, 'provider.toml')];
	return network.run(new Process(name, binary('terminal-provider'), args, join(network.folder, `${name}.log`)));
}

/** A machine begins offline; its daemon takes it online when it serves. */
export async function online(api: ApiPromise, machine: bigint): Promise<void> {
	await atBlock(api, async () => ((await readMachine(api, machine))?.status === 'Online' ? true : undefined), 60_000, `machine ${machine} to be online`);
}
