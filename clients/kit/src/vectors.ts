/** The checked-in vectors of `terminal-gpu-proof`, for tests: made by a second implementation. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hexToU8a } from '@polkadot/util';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'pallets', 'gpu-proof', 'vectors');

/** One vector file. Its shape is stated by who reads it. */
export const vectors = <T>(name: string): T => JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as T;

/** Bytes of the vectors' hexadecimal, which has no prefix. */
export const hex = (text: string): Uint8Array => hexToU8a(`0x${text}`);
