/** One child process with its log file: started, watched, ended by its own pid and nothing else. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readdirSync, readFileSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

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

	/** Start, with `env` on top of the environment for this run alone. */
	start(env: NodeJS.ProcessEnv = {}): void {
		if (this.running) throw new Error(`${this.name} runs already`);
		this.stopping = false;
		this.log = createWriteStream(this.logFile, { flags: 'a' });
		// Not detached: it shares our process group, so a Ctrl-C reaches it even if we die first.
		const child = spawn(this.command, this.args, {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, ...this.env, ...env },
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
		return this.lines().slice(-lines).join('\n') || '(no log)';
	}

	/**
	 * Stop it in its tracks: it keeps its state and its connections, and does nothing until `resume`.
	 * Resolves when every thread stands still, which takes a while on a busy machine.
	 */
	async pause(): Promise<void> {
		this.signal('SIGSTOP');
		while (this.running && !this.standsStill()) await new Promise((done) => setTimeout(done, 10));
	}

	/** Whether all threads are stopped: the letter after the name in brackets is a thread's state. */
	private standsStill(): boolean {
		const threads = `/proc/${this.pid}/task`;
		try {
			return readdirSync(threads).every((thread) => /\) T [^)]*$/.test(readFileSync(join(threads, thread, 'stat'), 'utf8')));
		} catch {
			// A thread has just ended: look again.
			return false;
		}
	}

	/** Let a paused process go on. */
	resume(): void {
		this.signal('SIGCONT');
	}

	private signal(signal: NodeJS.Signals): void {
		if (!this.running || !this.child?.kill(signal)) throw new Error(`${this.name} does not run and takes no ${signal}`);
	}

	/** Resolves with the first line of the log that matches, written already or later. */
	logged(what: string, pattern: RegExp, timeoutMs = 60_000): Promise<string> {
		const { child } = this;
		return new Promise((resolve, reject) => {
			const done = (act: () => void): void => {
				clearTimeout(timer);
				child?.stdout?.off('data', look);
				child?.stderr?.off('data', look);
				act();
			};
			const look = (): void => {
				const found = this.lines().find((line) => pattern.test(line));
				if (found !== undefined) done(() => resolve(found));
			};
			const timer = setTimeout(() => done(() => reject(new Error(`${this.name} did not log ${what} within ${timeoutMs} ms`))), timeoutMs);
			// What is said now is in the file by the next time that something is said, and a node always goes on talking.
			child?.stdout?.on('data', look);
			child?.stderr?.on('data', look);
			look();
		});
	}

	/** Everything that was logged so far. */
	lines(): string[] {
		try {
			return readFileSync(this.logFile, 'utf8').trimEnd().split('\n');
		} catch {
			return [];
		}
	}

	/** Resolves when the process is gone. Asks by `signal`, insists by SIGKILL after `patienceMs`. */
	async stop(signal: NodeJS.Signals = 'SIGTERM', patienceMs = 10_000): Promise<void> {
		const child = this.child;
		this.stopping = true;
		if (child && this.running) {
			const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
			child.kill(signal);
			// A paused process hears nothing but this.
			child.kill('SIGCONT');
			const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
			await gone;
			clearTimeout(timer);
		}
		this.log?.end();
	}
}
