"""A small convolution network in numpy: training, quantisation, exact evaluation. Used by scripts/train-digits.

Two times convolution 3 × 3, ReLU and the greatest of 2 × 2, then ten sums. Images are (number, height, width,
channels), weights (output, height, width, channels), as the layered format has them.
"""

import numpy

FIRST, SECOND = 12, 24
# Chosen so that no piece is above 2¹⁸ of work.
CUTS = 768, 192, 384, 96, 10
EPOCHS, BATCH, RATE, DECAY = 20, 64, 2e-3, 1e-4


def columns(images, side, padding):
    """What each window sees, as rows."""
    around = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    windows = numpy.lib.stride_tricks.sliding_window_view(numpy.pad(images, around), (side, side), axis=(1, 2))
    windows = windows.transpose(0, 1, 2, 4, 5, 3)
    return windows.reshape(*windows.shape[:3], -1)


def greatest(images):
    number, height, width, channels = images.shape
    return images.reshape(number, height // 2, 2, width // 2, 2, channels).max(axis=(2, 4))


def begun(random):
    def layer(outputs, side, inputs):
        wide = side * side * inputs
        return [random.normal(0, numpy.sqrt(2 / wide), (outputs, wide)), numpy.zeros(outputs)]

    return layer(FIRST, 3, 1) + layer(SECOND, 3, FIRST) + layer(10, 2, SECOND)


def forward(weights, images):
    w1, b1, w2, b2, w3, b3 = weights
    seen_1 = columns(images, 3, 1)
    hidden_1 = numpy.maximum(seen_1 @ w1.T + b1, 0)
    pooled_1 = greatest(hidden_1)
    seen_2 = columns(pooled_1, 3, 1)
    hidden_2 = numpy.maximum(seen_2 @ w2.T + b2, 0)
    pooled_2 = greatest(hidden_2)
    flat = pooled_2.reshape(len(images), -1)
    return flat @ w3.T + b3, (seen_1, hidden_1, pooled_1, seen_2, hidden_2, pooled_2, flat)


def spread(gradient, hidden, pooled):
    """A gradient of the greatest goes to where the greatest was, and through ReLU."""
    gradient = gradient.repeat(2, axis=1).repeat(2, axis=2)
    return gradient * ((hidden == pooled.repeat(2, axis=1).repeat(2, axis=2)) & (hidden > 0))


def gradients(weights, images, labels):
    w1, _, w2, _, w3, _ = weights
    logits, (seen_1, hidden_1, pooled_1, seen_2, hidden_2, pooled_2, flat) = forward(weights, images)
    shares = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    shares[numpy.arange(len(labels)), labels] -= 1
    last = shares / len(labels)
    second = spread((last @ w3).reshape(pooled_2.shape), hidden_2, pooled_2)
    back = (second @ w2).reshape(*second.shape[:3], 3, 3, FIRST)
    before = numpy.zeros((len(images), 6, 6, FIRST))
    for i in range(3):
        for j in range(3):
            before[:, i : i + 4, j : j + 4] += back[:, :, :, i, j]
    first = spread(before[:, 1:5, 1:5], hidden_1, pooled_1)

    def of(gradient, seen):
        gradient = gradient.reshape(-1, gradient.shape[-1])
        return [gradient.T @ seen.reshape(len(gradient), -1), gradient.sum(axis=0)]

    return of(first, seen_1) + of(second, seen_2) + of(last, flat)


def train(images, labels, seed):
    """Adam on 8 × 8 images of 0..16."""
    random = numpy.random.default_rng(seed)
    images = images.reshape(-1, 8, 8, 1) / 16
    weights = begun(random)
    means, squares = [[numpy.zeros_like(w) for w in weights] for _ in range(2)]
    step = 0
    for epoch in range(EPOCHS):
        order = random.permutation(len(images))
        rate = RATE * (1 - epoch / EPOCHS)
        for first in range(0, len(images), BATCH):
            some = order[first : first + BATCH]
            step += 1
            for w, g, m, s in zip(weights, gradients(weights, images[some], labels[some]), means, squares):
                g += DECAY * w
                m += 0.1 * (g - m)
                s += 0.001 * (g * g - s)
                w -= rate * (m / (1 - 0.9**step)) / (numpy.sqrt(s / (1 - 0.999**step)) + 1e-8)
    return weights


def quantise(weights, images, layer):
    """Layers as vectors/layered.py has them, made by its `layer`: symmetric int8, one scale per layer; the
    largest activation on the training images is at 127."""
    w1, b1, w2, b2, w3, b3 = weights
    _, (_, hidden_1, _, _, hidden_2, _, _) = forward(weights, images.reshape(-1, 8, 8, 1) / 16)
    scale_in, scale_1, scale_2 = 1 / 16, hidden_1.max() / 127, hidden_2.max() / 127

    def convolution(weights, biases, cut, side, scale_in, scale_out, padding):
        scale = abs(weights).max() / 127
        rows = zip(numpy.rint(biases / (scale * scale_in)), numpy.rint(weights / scale))
        rows = [(int(bias), [int(weight) for weight in row]) for bias, row in rows]
        fields = {"padding": padding, "channels": len(rows), "rows": rows}
        if scale_out is None:
            return layer(1, cut, (side, side), **fields)
        factor, shift = scale * scale_in / scale_out, 0
        while round(factor * 2 ** (shift + 1)) < 2**31:
            shift += 1
        return layer(1, cut, (side, side), output=1, shift=shift, multiplier=round(factor * 2**shift), **fields)

    return [
        convolution(w1, b1, CUTS[0], 3, scale_in, scale_1, 1),
        layer(2, CUTS[1], (2, 2), stride=2),
        convolution(w2, b2, CUTS[2], 3, scale_1, scale_2, 1),
        layer(2, CUTS[3], (2, 2), stride=2),
        convolution(w3, b3, CUTS[4], 2, scale_2, None, 0),
    ]


def evaluate(layers, images):
    """The sums of the last layer for all images at once, exact in int64."""
    values = images.reshape(-1, 8, 8, 1).astype(numpy.int64)
    for layer in layers:
        if layer["kind"] == 2:
            values = greatest(values)
            continue
        weights = numpy.array([row for _, row in layer["rows"]], numpy.int64)
        biases = numpy.array([bias for bias, _ in layer["rows"]], numpy.int64)
        sums = columns(values, layer["kernel"][0], layer["padding"]) @ weights.T + biases
        assert abs(sums).max() < 2**31, "a sum would wrap"
        if layer["output"] == 0:
            return sums.reshape(len(images), -1)
        half = (1 << layer["shift"]) >> 1
        values = numpy.clip((sums * layer["multiplier"] + half) >> layer["shift"], 0, 127)
    return values
