/** The command line of scripts/keys. */
import { readFileSync } from 'node:fs';
import { Keyring } from '@polkadot/keyring';
import { DEV_PHRASE } from '@polkadot/keyring/defaults';
import type { KeyringPair } from '@polkadot/keyring/types';
import { isHex } from '@polkadot/util';
import { cryptoWaitReady, decodeAddress, keyExtractSuri, mnemonicValidate } from '@polkadot/util-crypto';
import { KeysError, makeKeys, open, registerKeys } from './rotate.js';

const USAGE = `scripts/keys rotate [--node ws://127.0.0.1:9944] (--stash SURI | --stash ADDRESS | --stash-file FILE)

  --node        RPC of the validator's own node, over the loopback
  --stash       the stash: its secret (mnemonic, 0x seed or //Dev path), which signs session.setKeys at once;
                or its address, and then the call is printed to be signed elsewhere
  --stash-file  a file with the secret, which does not show in the process list`;

interface Order {
	node: string;
	stash: string;
}

function parse(args: string[]): Order {
	const [command, ...rest] = args;
	if (command !== 'rotate') throw new KeysError(command ? `there is no command '${command}'` : 'a command is missing', USAGE);
	const order: Partial<Order> = {};
	for (let i = 0; i < rest.length; i += 2) {
		const [name, value] = [rest[i]!, rest[i + 1]];
		if (value === undefined) throw new KeysError(`${name} needs a value`, USAGE);
		if (name === '--node') order.node = value;
		else if (name === '--stash') order.stash = value;
		else if (name === '--stash-file') order.stash = secretIn(value);
		else throw new KeysError(`there is no option ${name}`, USAGE);
	}
	if (!order.stash) throw new KeysError('the stash is missing', USAGE);
	return { node: order.node ?? 'ws://127.0.0.1:9944', stash: order.stash };
}

function secretIn(file: string): string {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch (error) {
		throw new KeysError(`${file} cannot be read: ${(error as Error).message}`, 'name a file that holds the mnemonic, seed or path');
	}
}

/** The stash as a key pair if its secret was given, as a public key if its address was. */
function stashOf(text: string): { owner: Uint8Array; pair: KeyringPair | undefined } {
	try {
		// Hex is a seed here, never a public key: the two look alike.
		if (!isHex(text)) return { owner: decodeAddress(text), pair: undefined };
	} catch {
		// Not an address: a secret then.
	}
	try {
		// The keyring takes any short text for a seed: a typing error would make another account.
		const { phrase } = text.startsWith('//') ? { phrase: DEV_PHRASE } : keyExtractSuri(text);
		if (!mnemonicValidate(phrase) && !isHex(phrase, 256)) throw new Error('not a secret');
		const pair = new Keyring({ type: 'sr25519' }).addFromUri(text);
		return { owner: pair.publicKey, pair };
	} catch {
		// The text may be a mistyped secret: it is not repeated.
		throw new KeysError('the stash is neither an address nor a secret', 'give an SS58 address, a mnemonic of 12 to 24 words, a 0x seed or a //Dev path');
	}
}

async function main(): Promise<void> {
	const order = parse(process.argv.slice(2));
	await cryptoWaitReady();
	const stash = stashOf(order.stash);
	const node = await open(order.node);
	try {
		const made = await makeKeys(node, stash.owner);
		console.log(`node   made new session keys for ${made.owner}`);
		console.log(`keys   ${made.keys}\nproof  ${made.proof}`);
		if (!stash.pair) {
			console.log(`call   ${made.call}\nSign this call (session.setKeys) with the stash; the node keeps its present keys until then.`);
			return;
		}
		const included = await registerKeys(node, made, stash.pair);
		console.log(`chain  has them since block ${included.blockNumber}; they sign from the session after the next. Keep the old keys in the keystore until then.`);
	} finally {
		await node.close();
	}
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
		if (error instanceof KeysError) console.error(`remedy: ${error.remedy}`);
		process.exit(1);
	},
);
