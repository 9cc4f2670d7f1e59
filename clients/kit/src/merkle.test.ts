import assert from 'node:assert/strict';
import { test } from 'node:test';
import { depth, rootOf, Tree, verify } from './merkle.js';
import { hex, vectors } from './vectors.js';

interface Case {
	leaves: string[];
	root: string;
	paths: string[][];
}

const cases = vectors<Case[]>('merkle').map(({ leaves, root, paths }) => ({
	leaves: leaves.map(hex),
	root: hex(root),
	paths: paths.map((path) => path.map(hex)),
}));

test('roots and paths are those of the vectors', () => {
	assert.ok(cases.length > 3);
	for (const { leaves, root, paths } of cases) {
		const tree = new Tree(leaves);
		assert.deepEqual(tree.root(), root);
		assert.deepEqual(rootOf(leaves), root);
		assert.deepEqual(leaves.map((_, index) => tree.path(index)), paths);
	}
});

test('every path of the vectors verifies', () => {
	for (const { leaves, root, paths } of cases) {
		leaves.forEach((leaf, index) => assert.equal(verify(root, leaves.length, index, leaf, paths[index]!), true));
	}
});

test('no changed leaf, place, count, path or root verifies', () => {
	const changed = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 7 ? byte ^ 1 : byte));
	for (const { leaves, root, paths } of cases) {
		leaves.forEach((leaf, index) => {
			const path = paths[index]!;
			const count = leaves.length;
			assert.equal(verify(root, count, index, changed(leaf), path), false);
			assert.equal(verify(changed(root), count, index, leaf, path), false);
			assert.equal(verify(root, count + 1, index, leaf, path), false);
			assert.equal(verify(root, count, index, leaf, [...path, leaf]), false);
			if (count > 1) assert.equal(verify(root, count, (index + 1) % count, leaf, path), false);
			if (path.length > 0) assert.equal(verify(root, count, index, leaf, [changed(path[0]!), ...path.slice(1)]), false);
			assert.equal(verify(root, count, count, leaf, path), false);
		});
	}
});

test('depth is the logarithm rounded up', () => {
	assert.deepEqual([0, 1, 2, 3, 4, 5, 719, 1024, 1025].map(depth), [0, 0, 1, 2, 2, 3, 10, 10, 11]);
});
