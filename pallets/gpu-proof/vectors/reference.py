#!/usr/bin/env python3
"""A second implementation of terminal-gpu-proof, in Python's standard library alone.

    reference.py           writes the test vectors beside this file
    reference.py --check   fails if they differ from what it would write

It follows the crate's documentation, not its code, and is slow on purpose: it is there to be read
and to disagree. scripts/train-digits uses it too.
"""

import json
import struct
import sys
from hashlib import blake2b
from pathlib import Path

MASK = 0xFFFFFFFF


def h(*parts):
    return blake2b(b"".join(parts), digest_size=32).digest()


def u16(value):
    return struct.pack("<H", value)


def u32(value):
    return struct.pack("<I", value)


def u64(value):
    return struct.pack("<Q", value)


def i32(value):
    return struct.pack("<i", value)


# --- ChaCha8, 64-bit block counter and 64-bit stream number ---------------------------------------


def chacha8_block(key, counter, stream):
    start = list(struct.unpack("<4I", b"expand 32-byte k"))
    start += struct.unpack("<8I", key)
    start += [counter & MASK, counter >> 32, stream & MASK, stream >> 32]
    x = list(start)

    def quarter(a, b, c, d):
        for low, high, turn in ((a, d, 16), (c, b, 12), (a, d, 8), (c, b, 7)):
            other = b if low == a else d
            x[low] = (x[low] + x[other]) & MASK
            x[high] ^= x[low]
            x[high] = (x[high] << turn | x[high] >> (32 - turn)) & MASK

    for _ in range(4):
        for i in range(4):
            quarter(i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return struct.pack("<16I", *((s + v) & MASK for s, v in zip(start, x)))


def keystream(key, stream, offset, length):
    first, last = offset // 64, (offset + length - 1) // 64
    blocks = b"".join(chacha8_block(key, n, stream) for n in range(first, last + 1))
    return blocks[offset - 64 * first :][:length]


# --- Merkle, padded in the plainest way -----------------------------------------------------------

PAD = bytes(32)


def depth(count):
    return max(count - 1, 0).bit_length()


def levels(leaves):
    level = leaves + [PAD] * ((1 << depth(len(leaves))) - len(leaves))
    out = [level]
    while len(level) > 1:
        level = [h(b"\x01", level[i], level[i + 1]) for i in range(0, len(level), 2)]
        out.append(level)
    return out


def merkle_root(leaves):
    return h(b"\x02", u32(len(leaves)), levels(leaves)[-1][0])


def merkle_path(leaves, index):
    return [level[(index >> n) ^ 1] for n, level in enumerate(levels(leaves)[:-1])]


# --- Draws ----------------------------------------------------------------------------------------


def distinct(domain, seed, bound, k):
    k = min(k, bound, 65536)
    key = h(domain, seed)
    taken = set()
    for step, j in enumerate(range(bound - k, bound)):
        word = int.from_bytes(keystream(key, 0, 8 * step, 8), "little")
        t = word * (j + 1) >> 64
        taken.add(j if t in taken else t)
    return sorted(taken)


def draw_entries(seed, n, k):
    return distinct(b"tct/entries", seed, n * n, k)


def draw_sample(seed, items, k):
    return distinct(b"tct/sample", seed, items, k)


# --- Product --------------------------------------------------------------------------------------


def entries_int8(data):
    return [max(byte - 256 if byte > 127 else byte, -127) for byte in data]


def row_of_a(seed, n, i):
    return entries_int8(keystream(seed, 0, i * n, n))


def column_of_b(seed, n, j):
    return entries_int8(keystream(seed, 1, j * n, n))


def product(seed, n):
    columns = [column_of_b(seed, n, j) for j in range(n)]
    rows = (row_of_a(seed, n, i) for i in range(n))
    return [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in rows]


def piece_leaf(challenge, index, piece):
    return h(b"\x00tct/product", challenge, u32(index), *map(i32, piece))


# --- Network --------------------------------------------------------------------------------------


def encode_network(layers):
    """`layers`: dicts of inputs, outputs, weights (rows), biases, raw, shift, multiplier."""
    out = b"TCNN" + u16(1) + u16(len(layers))
    for layer in layers:
        out += u16(layer["inputs"]) + u16(layer["outputs"])
        out += bytes([int(layer["raw"]), layer["shift"]]) + u32(layer["multiplier"])
        for row in layer["weights"]:
            out += struct.pack(f"<{len(row)}b", *row)
        out += b"".join(map(i32, layer["biases"]))
    return out


def evaluate(layers, data):
    values = struct.unpack(f"<{len(data)}b", data)
    for layer in layers:
        out = b""
        for row, bias in zip(layer["weights"], layer["biases"]):
            total = bias + sum(w * x for w, x in zip(row, values))
            total = (total + 2**31) % 2**32 - 2**31
            if layer["raw"]:
                out += i32(total)
                continue
            shift = layer["shift"]
            half = 1 << (shift - 1) if shift else 0
            out += bytes([min(max(total * layer["multiplier"] + half >> shift, 0), 127)])
        values = out
    return out


# --- Results, receipts, vouchers ------------------------------------------------------------------


def input_leaf(index, data):
    return h(b"\x00tct/input", u32(index), u32(len(data)), data)


def context(genesis, lease, provider):
    return h(b"tct/context", genesis, u64(lease), provider)


def output_leaf(ctx, index, data, output):
    fields = u32(len(data)), data, u32(len(output)), output
    return h(b"\x00tct/output", ctx, u32(index), *fields)


def weights_root(weights):
    chunks = [weights[i : i + 1024] for i in range(0, len(weights), 1024)]
    leaves = [h(b"\x00tct/weights", u32(i), chunk) for i, chunk in enumerate(chunks)]
    return h(b"\x03tct/weights", u64(len(weights)), merkle_root(leaves))


def receipt(genesis, lease, segment, milliseconds):
    fields = genesis + u64(lease) + u32(segment) + u64(milliseconds)
    return b"<Bytes>tct/receipt/v1" + fields + b"</Bytes>"


def voucher(genesis, lease, calls):
    return b"<Bytes>tct/voucher/v1" + genesis + u64(lease) + u64(calls) + b"</Bytes>"


# --- Vectors --------------------------------------------------------------------------------------


def hexes(values):
    return [value.hex() for value in values]


def merkle_vectors():
    cases = []
    for count in (0, 1, 2, 3, 5, 8, 13):
        leaves = [h(b"\x00leaf", u32(i)) for i in range(count)]
        paths = [hexes(merkle_path(leaves, i)) for i in range(count)]
        root = merkle_root(leaves).hex()
        cases.append({"leaves": hexes(leaves), "root": root, "paths": paths})
    return cases


def draw_vectors():
    cases = []
    for number, (bound, k) in enumerate([(719, 64), (719, 719), (5, 9), (0, 3), (2**32 - 1, 4)]):
        seed = h(b"draw", u32(number))
        case = {"seed": seed.hex(), "items": bound, "k": k}
        cases.append({**case, "sample": draw_sample(seed, bound, k)})
    for number, (n, k) in enumerate([(64, 8), (512, 32), (16384, 8)]):
        seed = h(b"draw entries", u32(number))
        case = {"seed": seed.hex(), "n": n, "k": k}
        cases.append({**case, "entries": draw_entries(seed, n, k)})
    return cases


def product_vectors():
    cases = []
    for n in (64, 128):
        seed, challenge = h(b"seed", u32(n)), h(b"challenge", u32(n))
        c = product(seed, n)
        flat = [entry for row in c for entry in row]
        pieces = [flat[i : i + 16] for i in range(0, n * n, 16)]
        leaves = [piece_leaf(challenge, i, piece) for i, piece in enumerate(pieces)]
        answers = []
        for entry in draw_entries(h(b"entries", u32(n)), n, 8):
            path = hexes(merkle_path(leaves, entry // 16))
            answers.append({"entry": entry, "piece": pieces[entry // 16], "path": path})
        cases.append(
            {
                "n": n,
                "seed": seed.hex(),
                "challenge": challenge.hex(),
                "last_row_of_a": row_of_a(seed, n, n - 1),
                "last_column_of_b": column_of_b(seed, n, n - 1),
                "last_row_of_c": c[-1],
                "first_leaf": leaves[0].hex(),
                "root": merkle_root(leaves).hex(),
                "draw_seed": h(b"entries", u32(n)).hex(),
                "answers": answers,
            }
        )
    # Far into the keystreams: one entry of the largest size.
    n, seed = 16384, h(b"seed", u32(16384))
    row, column = row_of_a(seed, n, n - 1), column_of_b(seed, n, n - 2)
    entry = sum(a * b for a, b in zip(row, column))
    far = {"n": n, "seed": seed.hex(), "row": n - 1, "column": n - 2, "entry": entry}
    return {"products": cases, "far": far}


def pseudo_random_layer(name, inputs, outputs, raw, shift=0, multiplier=0):
    data = keystream(h(name), 0, 0, outputs * (inputs + 2))
    weights = struct.unpack(f"<{outputs * inputs}b", data[: outputs * inputs])
    biases = struct.unpack(f"<{outputs}h", data[outputs * inputs :])
    rows = [list(weights[i * inputs : (i + 1) * inputs]) for i in range(outputs)]
    shape = {"inputs": inputs, "outputs": outputs, "raw": raw}
    return {**shape, "shift": shift, "multiplier": multiplier, "weights": rows, "biases": list(biases)}


def network_vectors():
    one = pseudo_random_layer
    networks = [
        [one(b"a", 3, 2, True)],
        [one(b"b", 70, 40, False)],
        [one(b"c", 5, 4, False, 1, 1)],
        [one(b"d", 17, 33, False, 40, 2**31 - 1)],
        [one(b"e", 64, 32, False, 38, 1_500_000_000), one(b"f", 32, 10, True)],
        [one(b"g", 9, 8, False, 10, 3), one(b"h", 8, 7, False, 9, 2), one(b"i", 7, 6, True)],
        # Sums that wrap, and the greatest shift.
        [{"inputs": 2, "outputs": 2, "raw": True, "shift": 0, "multiplier": 0,
          "weights": [[127, 127], [-128, -128]], "biases": [2**31 - 1, -(2**31)]}],
        [{"inputs": 1, "outputs": 2, "raw": False, "shift": 62, "multiplier": 2**31 - 1,
          "weights": [[0], [0]], "biases": [2**31 - 1, -(2**31)]}],
    ]  # fmt: skip
    cases = []
    for number, layers in enumerate(networks):
        runs = []
        for run in range(4):
            length = layers[0]["inputs"]
            data = keystream(h(b"input", u32(number)), run, 0, length)
            runs.append({"input": data.hex(), "output": evaluate(layers, data).hex()})
        multiplications = sum(layer["inputs"] * layer["outputs"] for layer in layers)
        weights = encode_network(layers).hex()
        cases.append({"weights": weights, "multiplications": multiplications, "runs": runs})
    return cases


def result_vectors():
    genesis, provider = h(b"genesis"), h(b"provider")
    layers = [pseudo_random_layer(b"result", 6, 3, True)]
    weights = encode_network(layers)
    ctx = context(genesis, 42, provider)
    inputs = [keystream(h(b"result input"), i, 0, 6) for i in range(11)]
    outputs = [evaluate(layers, data) for data in inputs]
    input_leaves = [input_leaf(i, data) for i, data in enumerate(inputs)]
    output_leaves = [output_leaf(ctx, i, a, b) for i, (a, b) in enumerate(zip(inputs, outputs))]
    leaves = []
    for i in (0, 7, 10):
        leaves.append(
            {
                "index": i,
                "input": inputs[i].hex(),
                "output": outputs[i].hex(),
                "input_path": hexes(merkle_path(input_leaves, i)),
                "output_path": hexes(merkle_path(output_leaves, i)),
            }
        )
    roots = []
    for length in (0, 1, 1024, 1025, 5000):
        data = keystream(h(b"weights"), 0, 0, length) if length else b""
        roots.append({"weights": data.hex(), "root": weights_root(data).hex()})
    return {
        "genesis": genesis.hex(),
        "lease": 42,
        "provider": provider.hex(),
        "context": ctx.hex(),
        "weights": weights.hex(),
        "items": len(inputs),
        "input_bytes": 6,
        "output_bytes": 12,
        "input_leaf_0": input_leaves[0].hex(),
        "output_leaf_0": output_leaves[0].hex(),
        "input_root": merkle_root(input_leaves).hex(),
        "result_root": merkle_root(output_leaves).hex(),
        "leaves": leaves,
        "weights_roots": roots,
        "receipt": {
            "segment": 3,
            "milliseconds": 123_456,
            "message": receipt(genesis, 42, 3, 123_456).hex(),
        },
        "voucher": {"calls": 5_000_000_001, "message": voucher(genesis, 42, 5_000_000_001).hex()},
    }


VECTORS = {
    "merkle.json": merkle_vectors,
    "draw.json": draw_vectors,
    "product.json": product_vectors,
    "network.json": network_vectors,
    "result.json": result_vectors,
}


def main():
    # RFC 8439's cipher has 20 rounds; this is the first block of ChaCha8 for a key and stream of
    # zeros, from draft-strombergson-chacha-test-vectors-01 (TC1, 256-bit key, 8 rounds).
    assert chacha8_block(bytes(32), 0, 0).hex().startswith("3e00ef2f895f40d67f5bb8e81f09a5a1")
    folder = Path(__file__).parent
    different = []
    for name, make in VECTORS.items():
        text = json.dumps(make(), indent=1) + "\n"
        if "--check" not in sys.argv:
            (folder / name).write_text(text)
        elif (folder / name).read_text() != text:
            different.append(name)
    if different:
        sys.exit(f"error: {', '.join(different)}: not what reference.py makes\nremedy: run it without --check")


if __name__ == "__main__":
    main()
