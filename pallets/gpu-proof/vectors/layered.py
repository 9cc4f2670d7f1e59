"""Layered networks a second time: follows the documentation of terminal-gpu-proof's module `layered`.

Part of reference.py, which writes its vectors. A layer is a dict of kind (1 convolution, 2 greatest, 3 sum,
4 attention), output (0 raw, 1 positive, 2 signed), shift, multiplier, kernel (height, width; attention: heads, 0),
stride, padding, channels, cut and, for convolutions, rows of (bias, weights).
"""

import struct
from hashlib import blake2b


def encode(shape, layers):
    height, width, channels = shape
    out = b"TCNN" + struct.pack("<HHBBH", 2, len(layers), height, width, channels)
    for layer in layers:
        out += struct.pack(
            "<BBBBBBBBHHI", layer["kind"], layer["output"], layer["shift"], *layer["kernel"], layer["stride"],
            layer["padding"], 0, layer["channels"], layer["cut"], layer["multiplier"],
        )  # fmt: skip
    for layer in layers:
        for bias, weights in layer.get("rows", []):
            out += struct.pack(f"<i{len(weights)}b", bias, *weights)
    return out


def decode(data):
    """Shape and layers of a network."""
    magic, version, count, *shape = struct.unpack_from("<4sHHBBH", data)
    assert (magic, version) == (b"TCNN", 2)
    names = ["kind", "output", "shift", "tall", "wide", "stride", "padding", "zero", "channels", "cut", "multiplier"]
    layers, at, channels = [], 12 + 16 * count, shape[2]
    for number in range(count):
        layer = dict(zip(names, struct.unpack_from("<BBBBBBBBHHI", data, 12 + 16 * number)))
        layer["kernel"] = layer.pop("tall"), layer.pop("wide")
        assert layer.pop("zero") == 0
        if layer["kind"] == 1:
            length = layer["kernel"][0] * layer["kernel"][1] * channels
            layer["rows"] = []
            for _ in range(layer["channels"]):
                bias, *weights = struct.unpack_from(f"<i{length}b", data, at)
                layer["rows"].append((bias, weights))
                at += 4 + length
            channels = layer["channels"]
        elif layer["kind"] == 4:
            channels //= 3
        layers.append(layer)
    assert at == len(data)
    return tuple(shape), layers


def after(shape, layer):
    """The shape of what a layer gives."""
    height, width, channels = shape
    if layer["kind"] == 4:
        return height, width, channels // 3
    tall, wide = layer["kernel"]
    around, stride = 2 * layer["padding"], layer["stride"]
    sides = (height + around - tall) // stride + 1, (width + around - wide) // stride + 1
    return *sides, layer["channels"] if layer["kind"] == 1 else channels


def rescaled(total, layer):
    half = 1 << layer["shift"] - 1 if layer["shift"] else 0
    return total * layer["multiplier"] + half >> layer["shift"]


def finished(total, layer):
    total = (total + 2**31) % 2**32 - 2**31
    if layer["output"] == 0:
        return total
    least = 0 if layer["output"] == 1 else -128
    return min(max(rescaled(total, layer), least), 127)


def attended(values, shape, layer):
    height, width, channels = shape
    channels //= 3
    size = channels // layer["kernel"][0]
    positions = [values[at : at + 3 * channels] for at in range(0, len(values), 3 * channels)]
    table = [round(65536 * 2 ** (-i / 16)) for i in range(16)]
    out = []
    for own in positions:
        for head in range(0, channels, size):
            scores = []
            for other in positions:
                total = sum(own[head + i] * other[channels + head + i] for i in range(size))
                scores.append(min(max(rescaled(total, layer), -128), 127))
            shares = [table[(max(scores) - s) % 16] >> (max(scores) - s) // 16 for s in scores]
            for c in range(2 * channels + head, 2 * channels + head + size):
                total = sum(share * other[c] for share, other in zip(shares, positions))
                out.append((2 * total + sum(shares)) // (2 * sum(shares)))
    return out


def applied(values, shape, layer):
    """What a layer makes of the values, position after position, channels together."""
    if layer["kind"] == 4:
        return attended(values, shape, layer)
    height, width, channels = shape
    tall, wide = layer["kernel"]
    to_height, to_width, _ = after(shape, layer)

    def at(y, x, c):
        inside = 0 <= y < height and 0 <= x < width
        return values[(y * width + x) * channels + c] if inside else 0

    out = []
    for y in range(to_height):
        for x in range(to_width):
            top, left = y * layer["stride"] - layer["padding"], x * layer["stride"] - layer["padding"]
            window = [(top + i, left + j) for i in range(tall) for j in range(wide)]
            if layer["kind"] == 1:
                seen = [at(*place, c) for place in window for c in range(channels)]
                for bias, weights in layer["rows"]:
                    out.append(finished(bias + sum(w * v for w, v in zip(weights, seen)), layer))
                continue
            for c in range(channels):
                seen = [at(*place, c) for place in window]
                out.append(max(seen) if layer["kind"] == 2 else finished(sum(seen), layer))
    return out


def as_bytes(values, layer):
    wide = layer["kind"] in (1, 3) and layer["output"] == 0
    return struct.pack(f"<{len(values)}{'i' if wide else 'b'}", *values)


def evaluate(shape, layers, data):
    """The values of the last layer, then the digests of all pieces before."""
    values = list(struct.unpack(f"<{len(data)}b", data))
    digests, number = b"", 0
    for layer in layers:
        values = applied(values, shape, layer)
        shape = after(shape, layer)
        if layer is layers[-1]:
            return as_bytes(values, layer) + digests
        for first in range(0, len(values), layer["cut"]):
            piece = as_bytes(values[first : first + layer["cut"]], layer)
            fields = b"\x00tct/piece" + struct.pack("<II", number, len(piece)) + piece
            digests += blake2b(fields, digest_size=32).digest()
            number += 1


def layer(kind, cut, kernel=(1, 1), **fields):
    """A layer with what is not named at its usual value."""
    usual = {"output": 0, "shift": 0, "multiplier": 0, "stride": int(kind != 4), "padding": 0, "channels": 0}
    return {"kind": kind, "kernel": kernel, "cut": cut, **usual, **fields}


def vectors(stream):
    """Cases with weights and inputs from `stream(name, length)`."""

    def convolution(name, inputs, channels, cut, kernel, **fields):
        length = kernel[0] * kernel[1] * inputs
        data = stream(name, channels * (2 + length))
        rows = [list(struct.unpack_from(f"<h{length}b", data, i * (2 + length))) for i in range(channels)]
        rows = [(bias, weights) for bias, *weights in rows]
        return layer(1, cut, kernel, channels=channels, rows=rows, **fields)

    fine = {"output": 1, "shift": 38, "multiplier": 1_500_000_000}
    signed = {"output": 2, "shift": 36, "multiplier": 900_000_000}
    networks = [
        ((1, 1, 3), [convolution(b"a", 3, 2, 1, (1, 1))]),
        ((8, 8, 1), [
            convolution(b"b", 1, 4, 64, (3, 3), padding=1, **fine), layer(2, 32, (2, 2), stride=2),
            convolution(b"c", 4, 6, 3, (3, 3), padding=2, stride=3, **signed), convolution(b"d", 6, 10, 5, (2, 2)),
        ]),
        ((5, 7, 2), [layer(3, 14, (2, 3), output=2, shift=2, multiplier=1), layer(3, 2, (4, 5))]),
        ((6, 1, 4), [
            convolution(b"e", 4, 24, 24, (1, 1), output=2, shift=20, multiplier=40_000),
            layer(4, 16, (2, 0), shift=8, multiplier=3), convolution(b"f", 8, 5, 5, (6, 1), **signed),
        ]),
        ((2, 3, 6), [layer(4, 4, (1, 0), shift=0, multiplier=1)]),
    ]  # fmt: skip
    cases = []
    for number, (shape, layers) in enumerate(networks):
        weights = encode(shape, layers)
        assert encode(*decode(weights)) == weights
        runs = []
        for run in range(3):
            data = stream(b"input %d %d" % (number, run), shape[0] * shape[1] * shape[2])
            runs.append({"input": data.hex(), "output": evaluate(shape, layers, data).hex()})
        cases.append({"weights": weights.hex(), "runs": runs})
    return cases
