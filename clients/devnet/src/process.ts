/** One child process with its log file: started, watched, ended by its own pid and nothing else. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';

export class Process {
	private child: ChildProcess | undefined;
	private log: WriteStream | undefined;
	private stopping = false;

	constructor(
		readonly name: string,
		private readonly command: string,
		private readonly args: string[],
		readonly logFile: string,
		private readonly env: NodeJS.ProcessEnv = {},
	) {}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	get running(): boolean {
		return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	/** Called when the process ends without having been told to. */
	onDeath: (why: string) => void = () => {};

	start(): void {
		if (this.running) throw new Error(`${this.name} runs already`);
		this.stopping = false;
		this.log = createWriteStream(this.logFile, { flags: 'a' });
		// Not detached: it shares our process group, so a Ctrl-C reaches it even if we die first.
		const child = spawn(this.command, this.args, {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, ...this.env },
		});
		this.child = child;
		child.stdout.pipe(this.log, { end: false });
		child.stderr.pipe(this.log, { end: false });
		child.once('error', (error) => this.onDeath(`${this.name} could not be started: ${error.message}`));
		child.once('exit', (code, signal) => {
			if (!this.stopping) this.onDeath(`${this.name} ended with ${signal ?? `code ${code}`}; its last words:\n${this.tail()}`);
		});
	}

	tail(lines = 15): string {
		try {
			return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
		} catch {
			return '(no log)';
		}
	}

	/** Resolves when the process is gone. Asks by `signal`, insists by SIGKILL after `patienceMs`. */
	async stop(signal: NodeJS.Signals = 'SIGTERM', patienceMs = 10_000): Promise<void> {
		const child = this.child;
		this.stopping = true;
		if (child && this.running) {
			const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
			child.kill(signal);
			const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
			await gone;
			clearTimeout(timer);
		}
		this.log?.end();
	}
}
