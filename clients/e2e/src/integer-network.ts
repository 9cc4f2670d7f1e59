/**
 * Integer networks as `terminal-gpu-proof::network` defines them: a third implementation, beside
 * the runtime's and the vectors' one, so that a test does not ask the code under test for the truth.
 */

interface Layer {
	inputs: number;
	outputs: number;
	raw: boolean;
	shift: bigint;
	multiplier: bigint;
	weights: Int8Array;
	biases: Int32Array;
}

const MAGIC = 'TCNN';
const MAX_SHIFT = 62;
const MAX_MULTIPLIER = 2 ** 31 - 1;

/** The layers, or `undefined` where the bytes are no network. */
function parse(bytes: Uint8Array): Layer[] | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 0;
	const take = (count: number): number => {
		const from = at;
		at += count;
		if (at > bytes.length) throw new RangeError('too short');
		return from;
	};
	const u16 = (): number => view.getUint16(take(2), true);
	try {
		const magic = take(4);
		if (new TextDecoder().decode(bytes.subarray(magic, magic + 4)) !== MAGIC || u16() !== 1) return undefined;
		const count = u16();
		if (count === 0) return undefined;
		const layers: Layer[] = [];
		for (let number = 1; number <= count; number += 1) {
			const [inputs, outputs] = [u16(), u16()];
			const [flags, shift] = [view.getUint8(take(1)), view.getUint8(take(1))];
			const multiplier = view.getUint32(take(4), true);
			const raw = flags === 1;
			if (inputs === 0 || outputs === 0 || flags > 1) return undefined;
			if (raw ? number !== count || multiplier !== 0 || shift !== 0 : multiplier > MAX_MULTIPLIER || shift > MAX_SHIFT) return undefined;
			const before = layers.at(-1);
			if (before && before.outputs !== inputs) return undefined;
			const weightsAt = take(inputs * outputs);
			const weights = new Int8Array(bytes.subarray(weightsAt, weightsAt + inputs * outputs));
			const biases = Int32Array.from({ length: outputs }, () => view.getInt32(take(4), true));
			layers.push({ inputs, outputs, raw, shift: BigInt(shift), multiplier: BigInt(multiplier), weights, biases });
		}
		return at === bytes.length ? layers : undefined;
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

function rescale(sum: number, { multiplier, shift }: Layer): number {
	const half = shift === 0n ? 0n : 1n << (shift - 1n);
	const scaled = (BigInt(sum) * multiplier + half) >> shift;
	return scaled < 0n ? 0 : scaled > 127n ? 127 : Number(scaled);
}

function forward(layer: Layer, values: Uint8Array): Uint8Array {
	const signed = new Int8Array(values);
	const out = new Uint8Array(layer.raw ? layer.outputs * 4 : layer.outputs);
	const view = new DataView(out.buffer);
	for (let o = 0; o < layer.outputs; o += 1) {
		let sum = layer.biases[o]!;
		for (let i = 0; i < layer.inputs; i += 1) sum = (sum + layer.weights[o * layer.inputs + i]! * signed[i]!) | 0;
		if (layer.raw) view.setInt32(o * 4, sum, true);
		else out[o] = rescale(sum, layer);
	}
	return out;
}

/** Every byte string has a result: the empty one where there is nothing to evaluate. */
export function evaluate(weights: Uint8Array, input: Uint8Array, outputLimit: number): Uint8Array {
	const layers = parse(weights);
	const [first, last] = [layers?.[0], layers?.at(-1)];
	if (!layers || !first || !last) return new Uint8Array();
	const length = last.raw ? last.outputs * 4 : last.outputs;
	if (input.length !== first.inputs || length > outputLimit) return new Uint8Array();
	return layers.reduce<Uint8Array>((values, layer) => forward(layer, values), input.slice());
}
