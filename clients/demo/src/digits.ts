/** The demo's real input: held-out handwritten digits and the network trained on the others. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hexToU8a } from '@polkadot/util';

const HERE = join(dirname(fileURLToPath(import.meta.url)), '..');
const FOLDER = join(HERE, 'digits');
const LAYERED = join(HERE, 'digits-layered');

export interface Digits {
	weights: Uint8Array;
	inputs: Uint8Array[];
	labels: Uint8Array;
	manifestDigest: Uint8Array;
	cardDigest: Uint8Array;
	weightsRoot: Uint8Array;
	inputRoot: Uint8Array;
	outputBytes: number;
	multiplications: number;
}

const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();

/** Reads the files and checks every digest of the manifest. */
export function digits(): Digits {
	const read = (name: string): Buffer => readFileSync(join(FOLDER, name));
	const manifestBytes = read('manifest.json');
	const manifest = JSON.parse(manifestBytes.toString());
	for (const file of manifest.files) {
		const found = Buffer.from(sha256(read(file.path))).toString('hex');
		if (found !== file.sha256) throw new Error(`${file.path} does not have the digest that manifest.json states: run scripts/train-digits`);
	}
	const all = read('inputs.bin');
	const inputs = Array.from({ length: manifest.items }, (_, i) => new Uint8Array(all.subarray(i * manifest.input_bytes, (i + 1) * manifest.input_bytes)));
	return {
		weights: read('weights.tcnn'),
		inputs,
		labels: read('labels.bin'),
		manifestDigest: sha256(manifestBytes),
		cardDigest: sha256(read('MODEL_CARD.md')),
		weightsRoot: hexToU8a(`0x${manifest.weights_root}`),
		inputRoot: hexToU8a(`0x${manifest.input_root}`),
		outputBytes: manifest.output_bytes,
		multiplications: manifest.multiplications,
	};
}

/** The same digits read by convolution: a layered network (runner 2). */
export interface LayeredDigits {
	weights: Uint8Array;
	weightsRoot: Uint8Array;
	manifestDigest: Uint8Array;
	/** Logits, and the digests of all pieces before them. */
	outputBytes: number;
	/** Of these, logits. */
	logitBytes: number;
	/** The output of the first image, in hex. */
	firstResult: string;
	/** How many images it reads right. */
	correct: number;
}

export function layeredDigits(): LayeredDigits {
	const manifestBytes = readFileSync(join(LAYERED, 'manifest.json'));
	const manifest = JSON.parse(manifestBytes.toString());
	return {
		weights: readFileSync(join(LAYERED, 'weights.tcnn')),
		weightsRoot: hexToU8a(`0x${manifest.weights_root}`),
		manifestDigest: sha256(manifestBytes),
		outputBytes: manifest.output_bytes,
		logitBytes: 40,
		firstResult: manifest.first_result,
		correct: manifest.correct,
	};
}

/** Serves the files over HTTP on the loopback, as a consumer's storage would. */
export async function serveDigits(): Promise<{ url: string; server: Server }> {
	const files = new Map(['inputs.bin', 'weights.tcnn'].map((name) => [`/${name}`, readFileSync(join(FOLDER, name))]));
	files.set('/layered.tcnn', readFileSync(join(LAYERED, 'weights.tcnn')));
	const server = createServer((request, response) => {
		const body = files.get(request.url ?? '');
		response.writeHead(body ? 200 : 404, { 'content-length': body?.length ?? 0 }).end(body);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('the file server has no address');
	return { url: `http://127.0.0.1:${address.port}`, server };
}

/** The digit an output names: the place of its greatest logit. */
export function classify(output: Uint8Array): number {
	const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
	let best = 0;
	for (let i = 1; i * 4 < output.length; i += 1) {
		if (view.getInt32(i * 4, true) > view.getInt32(best * 4, true)) best = i;
	}
	return best;
}
