/** A shorter flow than the main job, on PAPI: connect, sign, decode, lease. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Network } from '@core-terminal/devnet';
import { Keyring } from '@polkadot/keyring';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { Enum, getTypedCodecs } from 'polkadot-api';
import { MultiAddress, terminal } from '../.papi/descriptors/dist/index.js';
import { DispatchFailure, open, submit, type Connection } from './client.js';

const TCT = 10n ** 12n;
const OURS = ['Models', 'Providers', 'Leases', 'Attestation', 'Market', 'Supply'];
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const nothing = `0x${'00'.repeat(32)}` as const;

const keyring = new Keyring({ type: 'sr25519' });
const alice = keyring.addFromUri('//Alice');
const provider = keyring.addFromUri('//Alice//papi-provider');
const agent = keyring.addFromUri('//Alice//papi-agent');
const consumer = keyring.addFromUri('//Bob');

const fails = (pallet: string, error: string) => (thrown: unknown) =>
	thrown instanceof DispatchFailure && thrown.pallet === pallet && thrown.error === error;

describe('papi', { timeout: 300_000 }, () => {
	let network: Network;
	let chain: Connection;
	let machine: bigint;

	before(async () => {
		network = await Network.start({ validators: 1 });
		// Waits until the node answers; PAPI then connects at once.
		await network.api();
		chain = open(network.endpoints[0]!);
	});
	after(async () => {
		chain?.close();
		await network?.stop();
	});

	/** Every event of a block: PAPI throws where one does not decode. */
	const eventsOf = (block: string) => chain.api.query.System.Events.getValue({ at: block });

	async function until<T>(condition: () => Promise<T | undefined | false>, what: string, patienceMs = 120_000): Promise<T> {
		for (const end = Date.now() + patienceMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
			const answer = await condition();
			if (answer) return answer;
		}
		throw new Error(`timed out after ${patienceMs} ms waiting for ${what}`);
	}

	test('connects without custom types to the chain that the descriptors describe', async () => {
		const [spec, version] = await Promise.all([chain.client.getChainSpecData(), chain.api.constants.System.Version()]);
		assert.equal(version.spec_name, 'core-terminal');
		assert.deepEqual([spec.properties.tokenSymbol, spec.properties.tokenDecimals].flat(), ['TCT', 12]);
		assert.equal(await chain.api.constants.System.SS58Prefix(), spec.properties.ss58Format);
	});

	test('signs a transfer and decodes its events', async () => {
		const gifts = [
			{ who: provider, amount: 30_000n * TCT },
			{ who: agent, amount: 10n * TCT },
		].map(({ who, amount }) => chain.api.tx.Balances.transfer_keep_alive({ dest: MultiAddress.Id(who.address), value: amount }).decodedCall);
		const sent = await submit(chain.api.tx.Utility.batch_all({ calls: gifts }), alice);
		const transfers = chain.api.event.Balances.Transfer.filter((await eventsOf(sent.block.hash)) as never);
		assert.deepEqual(
			transfers.map(({ payload }) => [payload.to, payload.amount]),
			[
				[provider.address, 30_000n * TCT],
				[agent.address, 10n * TCT],
			],
		);
		const account = await chain.api.query.System.Account.getValue(provider.address, { at: sent.block.hash });
		assert.equal(account.data.free, 30_000n * TCT);
	});

	test('registers a provider and its machine', async () => {
		await submit(chain.api.tx.Providers.register_provider({ bond: 20_000n * TCT }), provider);
		const hardware = {
			class: { type: 'Cpu', value: undefined },
			accelerator: text('x86-64'),
			count: 1,
			memory_mib: 1_024,
			vcpus: 1,
			ram_mib: 2_048,
			disk_gib: 10,
			region: text('local'),
			interconnect: text(''),
			driver: text(''),
		} as const;
		const registered = await submit(
			chain.api.tx.Providers.register_machine({
				hardware,
				agent: agent.address,
				endpoints: [text('http://127.0.0.1:8711')],
				price_per_second: TCT / 100n,
				document: nothing,
			}),
			provider,
		);
		const [event] = chain.api.event.Providers.MachineRegistered.filter((await eventsOf(registered.block.hash)) as never);
		assert.ok(event, 'the event decodes');
		machine = event.payload.machine;
		await submit(chain.api.tx.Providers.set_status({ machine, status: { type: 'Online', value: undefined } }), agent);
		const view = await chain.api.apis.ProvidersApi.machine(machine, { at: 'best' });
		assert.equal(view?.provider, provider.address);
		assert.equal(view?.status.type, 'Online');
		assert.deepEqual(view?.endpoints, ['http://127.0.0.1:8711']);
	});

	test('decodes the errors of failed calls by name', async () => {
		const tx = chain.api.tx;
		await assert.rejects(submit(tx.Providers.register_provider({ bond: TCT }), provider), fails('Providers', 'AlreadyProvider'));
		const stale = tx.Attestation.commit_presence({ machine: 9_999n, challenge: 9_999n, root: nothing });
		const failing = [tx.Leases.accept({ lease: 9_999n }), tx.Models.claim_royalties(), stale];
		const sent = await submit(tx.Utility.force_batch({ calls: failing.map((call) => call.decodedCall) }), provider);
		const failed = chain.api.event.Utility.ItemFailed.filter((await eventsOf(sent.block.hash)) as never);
		assert.deepEqual(
			failed.map(({ payload: { error } }) => error.type === 'Module' && `${error.value.type}.${error.value.value?.type}`),
			['Leases.UnknownLease', 'Models.NothingToClaim', 'Attestation.UnknownChallenge'],
		);
	});

	test('decodes every error and knows every event of our pallets', async () => {
		const codecs = await getTypedCodecs(terminal);
		const metadata = unifyMetadata(decAnyMetadata(await terminal.getMetadata()));
		const variants = (type: number | undefined) => {
			const found = type === undefined ? undefined : metadata.lookup[type];
			return found?.def.tag === 'variant' ? found.def.value : [];
		};
		let [errors, events] = [0, 0];
		for (const pallet of metadata.pallets.filter(({ name }) => OURS.includes(name))) {
			for (const variant of variants(pallet.errors?.type)) {
				// DispatchError::Module(pallet, error) and a DispatchInfo of zeros.
				const encoded = Uint8Array.from([3, pallet.index, variant.index, 0, 0, 0, 0, 0, 0, 0]);
				const { dispatch_error } = codecs.event.System.ExtrinsicFailed.dec(encoded);
				assert.ok(dispatch_error.type === 'Module' && dispatch_error.value.type === pallet.name, `${pallet.name}.${variant.name}`);
				const { type, value } = dispatch_error.value.value!;
				// Some name a rule besides, itself without a value.
				assert.deepEqual([type, value === undefined], [variant.name, variant.fields.length === 0]);
				assert.ok(variant.docs.length > 0, `${pallet.name}.${variant.name} says what to do`);
				errors += 1;
			}
			for (const variant of variants(pallet.events?.type)) {
				const codec = (codecs.event as unknown as Record<string, Record<string, { dec: unknown }>>)[pallet.name]?.[variant.name];
				assert.equal(typeof codec?.dec, 'function', `${pallet.name}.${variant.name}`);
				events += 1;
			}
		}
		assert.ok(errors > 100 && events > 40, `${errors} errors and ${events} events`);
	});

	test('publishes an offer, which is found, quoted and taken', async () => {
		const { Leases, Market } = chain.api.tx;
		const { MarketApi, LeasesApi } = chain.api.apis;
		const terms = { spot_notice_ms: 20_000n, max_duration_ms: 600_000n, early_close_ms: 0n, sla: { target: 900_000_000, credit: 100_000_000 }, arbiter: undefined };
		const rate = TCT / 200n;
		const draft = { machine, rate, units: 1, min_duration_seconds: 60, max_duration_seconds: 600, terms, windows: [], reservation_deposit: undefined, document: nothing, asset: undefined };
		await submit(Market.publish_offer(draft), provider);
		const filter = { wanted: undefined, max_rate: rate, spot: true, free_units: 1, reservable: false, paid_in: Enum('Tct') };
		const page = await MarketApi.offers(filter, 0n, 10, { at: 'best' });
		const [offer] = page.offers.filter((found) => found.machine === machine);
		assert.deepEqual([offer?.rate, offer?.online, offer?.terms], [rate, true, terms]);
		const { id, hash } = offer!;
		const quote = await MarketApi.quote(id, 1, 60, undefined, { at: 'best' });
		assert.ok(quote.success);
		assert.deepEqual([quote.value.offer_hash, quote.value.total, quote.value.fee], [hash, 60n * rate, (60n * rate) / 50n]);

		const taking = { offer: id, offer_hash: hash, units: 1, duration_seconds: 60, max_rate: rate, version: undefined, tenant: undefined, funds: TCT };
		await assert.rejects(submit(Market.take_offer({ ...taking, offer_hash: nothing }), consumer), fails('Market', 'OfferChanged'));
		const taken = await submit(Market.take_offer(taking), consumer);
		const [event] = chain.api.event.Market.OfferTaken.filter((await eventsOf(taken.block.hash)) as never);
		assert.ok(event, 'the event decodes');
		const { lease } = event.payload;
		const view = await LeasesApi.lease(lease, { at: 'best' });
		assert.deepEqual([view?.status.type, view?.agreement?.spot_notice_ms, view?.books.held], ['Accepted', 20_000n, 60n * rate]);
		await submit(Leases.cancel({ lease }), agent);
		await submit(Market.withdraw_offer({ offer: id }), provider);
	});

	test('opens a metered lease, which pays nothing for a machine that proves nothing', async () => {
		const tx = chain.api.tx.Leases;
		const seen = await chain.api.apis.ProvidersApi.machine(machine, { at: 'best' });
		assert.ok(seen);
		const order = { machine, units: 1, duration_seconds: 60, max_rate: TCT / 100n, version: undefined, tenant: undefined, funds: TCT, asset: undefined };
		await assert.rejects(submit(tx.open_metered({ ...order, terms_hash: nothing }), consumer), fails('Leases', 'TermsChanged'));

		const opened = await submit(tx.open_metered({ ...order, terms_hash: seen.terms_hash }), consumer);
		const [offered] = chain.api.event.Leases.LeaseOffered.filter((await eventsOf(opened.block.hash)) as never);
		assert.ok(offered, 'the event decodes');
		const { lease } = offered.payload;
		const view = () => chain.api.apis.LeasesApi.lease(lease, { at: 'best' });
		const books = (await view())!.books;
		// 60 s at a hundredth of a TCT: less than what was offered.
		assert.deepEqual([books.deposited, books.held], [(60n * TCT) / 100n, (60n * TCT) / 100n]);

		await submit(tx.accept({ lease }), agent);
		await submit(tx.start({ lease, handshake: undefined }), agent);
		assert.equal((await view())!.status.type, 'Active');
		await submit(tx.close({ lease }), consumer);

		// The anchoring challenge is missed, so uptime at the end is final: anybody finishes.
		const missed = await until(async () => {
			const block = (await chain.client.getFinalizedBlock()).hash;
			const events = chain.api.event.Attestation.PresenceMissed.filter((await eventsOf(block)) as never);
			return events.find(({ payload }) => payload.machine === machine);
		}, 'the missed challenge');
		assert.ok(missed);
		await until(async () => {
			if ((await view())!.status.type === 'Closed') return true;
			return submit(tx.finish({ lease }), alice).then(
				() => true,
				(error: unknown) => {
					if (error instanceof DispatchFailure && error.pallet === 'Leases') return false;
					throw error;
				},
			);
		}, 'the lease to be closed');
		const closed = (await view())!;
		assert.equal(closed.status.type, 'Closed');
		assert.deepEqual([closed.books.paid, closed.books.held, closed.books.refunded], [0n, 0n, books.deposited]);
	});
});
