/**
 * The Merkle tree of `terminal-gpu-proof::merkle`: nodes are H(1 | left | right), the leaf row is
 * padded with zero hashes to a power of two, and the root H(2 | count | top) binds the count.
 */
import { concat, equal, hash, HASH_BYTES, u32 } from './bytes.js';

const PAD = new Uint8Array(HASH_BYTES);
const NODE = Uint8Array.of(1);
const ROOT = Uint8Array.of(2);

export const depth = (count: number): number => (count <= 1 ? 0 : Math.ceil(Math.log2(count)));

export class Tree {
	private readonly levels: Uint8Array[][];

	constructor(private readonly leaves: Uint8Array[]) {
		let level = [...leaves];
		while (level.length < 2 ** depth(leaves.length)) level.push(PAD);
		this.levels = [level];
		while (level.length > 1) {
			const next: Uint8Array[] = [];
			for (let i = 0; i < level.length; i += 2) next.push(hash(NODE, level[i]!, level[i + 1]!));
			this.levels.push(next);
			level = next;
		}
	}

	get count(): number {
		return this.leaves.length;
	}

	root(): Uint8Array {
		return hash(ROOT, u32(this.count), this.levels.at(-1)![0] ?? PAD);
	}

	path(index: number): Uint8Array[] {
		return this.levels.slice(0, -1).map((level, k) => level[(index >> k) ^ 1]!);
	}
}

export function verify(root: Uint8Array, count: number, index: number, leaf: Uint8Array, path: Uint8Array[]): boolean {
	if (index >= count || path.length !== depth(count)) return false;
	let node = leaf;
	path.forEach((sibling, k) => {
		node = (index >> k) & 1 ? hash(NODE, sibling, node) : hash(NODE, node, sibling);
	});
	return equal(root, hash(ROOT, u32(count), node));
}

export const rootOf = (leaves: Uint8Array[]): Uint8Array => new Tree(leaves).root();
export const joined = (path: Uint8Array[]): Uint8Array => concat(...path);
