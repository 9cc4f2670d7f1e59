import { test } from 'node:test';
import type { Stage } from '../stage.js';

/** A promise of the chain, and the play that tries to break it. */
export interface Scenario {
	promise: string;
	play: (stage: Stage) => Promise<void>;
}

const PATIENCE_MS = 360_000;

/** Register scenarios as tests of the suite that is being described. */
export function register(scenarios: Scenario[], stage: () => Stage): void {
	for (const { promise, play } of scenarios) test(promise, { timeout: PATIENCE_MS }, () => play(stage()));
}
