/** What is refused, each by its own documented error. */
import assert from 'node:assert/strict';
import { listModel } from '@core-terminal/demo';
import { call, openJob, openMetered, send, TCT, type JobOrder } from '@core-terminal/kit';
import type { KeyringPair } from '@polkadot/keyring/types';
import { stringToU8a, u8aToHex } from '@polkadot/util';
import { FakeProvider, jobOrder, meteredOrder, openDigits, PRICE, RATE } from '../fake-provider.js';
import { refunded, refused, uri, type Stage } from '../stage.js';
import type { Scenario } from './scenario.js';

const NOBODYS = 999_999n;

interface Cast {
	provider: FakeProvider;
	consumer: KeyringPair;
	stranger: KeyringPair;
}

async function cast(stage: Stage, name: string): Promise<Cast> {
	const [provider, consumer, stranger] = await Promise.all([
		FakeProvider.start(stage, name),
		stage.account(`${name}//consumer`),
		stage.account(`${name}//stranger`, 10n),
	]);
	return { provider, consumer, stranger };
}

const opening = async (stage: Stage, { provider }: Cast, change: Partial<JobOrder>) => openJob(stage.api, await jobOrder(stage, provider.machine, change));

async function tooLittle(stage: Stage): Promise<void> {
	const play = await cast(stage, 'poor');
	const job = await opening(stage, play, {});
	await refused(stage.send(job, play.stranger), 'leases.InsufficientBalance');
	const time = await meteredOrder(stage, play.provider.machine, { funds: RATE });
	await refused(stage.send(openMetered(stage.api, time), play.consumer), 'leases.FundsTooLow');
	// Who cannot even pay the fee is stopped before a block.
	const empty = stage.key(uri('poor//empty'));
	await assert.rejects(send(stage.api, job, empty, 'inBlock'), /1010.*(pay|fees)/i);
}

async function strangers(stage: Stage): Promise<void> {
	const play = await cast(stage, 'strange');
	const { provider, consumer, stranger } = play;
	const lease = await openDigits(stage, consumer, provider.machine);
	await refused(stage.do(stranger, 'leases', 'accept', lease), 'leases.NotProvider');
	await refused(stage.do(stranger, 'leases', 'cancel', lease), 'leases.NotParty');
	await refused(stage.do(stranger, 'providers', 'setStatus', provider.machine, 'Offline'), 'providers.NotMachineSigner');
	// The hot key can neither move the machine nor touch the bond.
	await refused(stage.do(provider.agent, 'providers', 'setEndpoints', provider.machine, hosts('http://elsewhere')), 'providers.NotMachineOwner');
	await refused(stage.do(provider.agent, 'providers', 'unbond', TCT), 'providers.NotProvider');
	await provider.accept(lease);
	await refused(stage.do(stranger, 'leases', 'commitResult', lease, u8aToHex(new Uint8Array(32))), 'leases.NotProvider');
	await refused(stage.do(consumer, 'leases', 'cancel', lease), 'leases.WorkInProgress');
	await refused(stage.do(consumer, 'leases', 'demandLeaf', lease, 0), 'leases.LeaseNotDelivering');
	await assert.rejects(stage.do(stranger, 'leases', 'setParams', await params(stage)), /BadOrigin/);
	await stage.do(provider.agent, 'leases', 'cancel', lease);
	refunded(await stage.closed(lease), 'CancelledByProvider');
}

const hosts = (...endpoints: string[]): string[] => endpoints.map((endpoint) => u8aToHex(stringToU8a(endpoint)));

const params = async (stage: Stage): Promise<unknown> => ((await stage.api.query['leases']!['params']!()) as any).toHex();

async function unknownIds(stage: Stage): Promise<void> {
	const play = await cast(stage, 'unknown');
	const { provider, consumer } = play;
	await refused(provider.accept(NOBODYS), 'leases.UnknownLease');
	await refused(stage.do(consumer, 'leases', 'settle', NOBODYS, null), 'leases.UnknownLease');
	await refused(stage.send(await opening(stage, play, { machine: NOBODYS }), consumer), 'leases.UnknownMachine');
	await refused(stage.send(await opening(stage, play, { version: NOBODYS }), consumer), 'leases.UnknownVersion');
	await refused(stage.do(consumer, 'providers', 'setStatus', NOBODYS, 'Online'), 'providers.MachineNotFound');
	await refused(stage.do(consumer, 'models', 'yank', NOBODYS), 'models.VersionNotFound');
	await refused(provider.answerChallenge(NOBODYS, []), 'attestation.UnknownTask');
	await refused(stage.do(provider.agent, 'attestation', 'commitPresence', NOBODYS, NOBODYS, u8aToHex(new Uint8Array(32))), 'attestation.UnknownChallenge');
}

async function oversize(stage: Stage): Promise<void> {
	const play = await cast(stage, 'oversize');
	const { provider, consumer } = play;
	const url = (length: number): string => `http://a/${'x'.repeat(length - 9)}`;
	await refused(stage.send(await opening(stage, play, { inputUrl: url(257) }), consumer), 'leases.LocationTooLong');
	await refused(stage.send(await opening(stage, play, { weightsUrl: url(5_000) }), consumer), 'leases.LocationTooLong');
	await refused(stage.send(await opening(stage, play, { inputUrl: 'http://a/ b' }), consumer), 'leases.LocationInvalid');
	await refused(stage.send(await opening(stage, play, { inputUrl: '' }), consumer), 'leases.LocationInvalid');
	const move = (...endpoints: string[]): Promise<unknown> => stage.do(provider.owner, 'providers', 'setEndpoints', provider.machine, hosts(...endpoints));
	for (const endpoint of ['ftp://a', 'http://user@a', 'http://a/path', 'http://a:0', 'http://']) {
		await refused(move('http://a', endpoint), 'providers.InvalidEndpoint');
	}
	await refused(move(), 'providers.NoEndpoint');
	await refused(move('http://a', 'http://A'), 'providers.EndpointTwice');
	// Longer than its type allows: no transaction at all.
	for (const endpoints of [hosts(url(129)), hosts('http://a', 'http://b', 'http://c', 'http://d')]) {
		const long = call(stage.api, 'providers', 'setEndpoints', provider.machine, endpoints);
		await assert.rejects(stage.send(long, provider.owner), /1002|Verification Error|decode/i);
	}
	await refused(stage.send(await opening(stage, play, { items: 65_537 }), consumer), 'leases.ItemsOutOfRange');
	await refused(stage.send(await opening(stage, play, { weightsBytes: 65_536 }), consumer), 'leases.ProofTooLarge');
	await refused(stage.send(await opening(stage, play, { multiplications: 262_145 }), consumer), 'leases.TooManyMultiplications');
	// And the longest that is allowed is taken.
	const longest = await openDigits(stage, consumer, provider.machine, { inputUrl: url(256) });
	await stage.do(consumer, 'leases', 'cancel', longest);
}

async function wrongDigests(stage: Stage): Promise<void> {
	const play = await cast(stage, 'digests');
	const { provider, consumer } = play;
	const author = await stage.account('digests//author', 2_000n);
	const version = await listModel(stage.api, author, stage.model, { perJob: TCT, perSecond: 0n, perCall: 0n });
	const other = u8aToHex(new Uint8Array(32).fill(7));
	await refused(stage.send(await opening(stage, play, { version, weightsRoot: new Uint8Array(32), maxTotal: PRICE + TCT }), consumer), 'leases.WeightsRootMismatch');
	await refused(stage.send(await opening(stage, play, { version, maxTotal: PRICE }), consumer), 'leases.PriceAboveMaximum');
	await refused(stage.send(await opening(stage, play, { termsHash: other }), consumer), 'leases.TermsChanged');
	await refused(stage.do(author, 'models', 'listVersion', other, await details(stage), { perJob: TCT, perSecond: 0n, perCall: 0n }), 'models.NotCommitted');
	// A second listing of the digest, committed and revealed by the book, is refused.
	const copier = await stage.account('digests//copier', 2_000n);
	await refused(listModel(stage.api, copier, stage.model, { perJob: TCT, perSecond: 0n, perCall: 0n }), 'models.AlreadyListed');
	await refused(stage.do(copier, 'models', 'yank', version), 'models.NotVersionOwner');
	await stage.do(author, 'models', 'yank', version);
	await refused(stage.send(await opening(stage, play, { version, maxTotal: PRICE + TCT }), consumer), 'leases.VersionYanked');
	assert.equal((await provider.bond()).atRisk, 0n);
}

async function details(stage: Stage): Promise<unknown> {
	const { manifestDigest, weightsRoot, weights, cardDigest } = stage.model;
	const text = (value: string): string => u8aToHex(stringToU8a(value));
	return {
		manifest: u8aToHex(manifestDigest),
		weightsRoot: u8aToHex(weightsRoot),
		format: 'IntegerNetwork',
		bytes: weights.length,
		licence: text('MIT'),
		cardHash: u8aToHex(cardDigest),
		name: text('another'),
	};
}

/** The stage's genesis lets offers expire early. */
async function expired(stage: Stage): Promise<void> {
	const { provider, consumer } = await cast(stage, 'expired');
	const lease = await openDigits(stage, consumer, provider.machine);
	const { untilBlock } = await stage.lease(lease);
	assert.ok(untilBlock);
	await stage.log.block(untilBlock);
	// Too late by one block; or by more, and then the chain has closed it by itself.
	await refused(provider.accept(lease), 'leases.OfferExpired', 'leases.LeaseNotOffered');
	refunded(await stage.closed(lease), 'Expired');
	await refused(provider.accept(lease), 'leases.LeaseNotOffered');
	await refused(stage.do(consumer, 'leases', 'cancel', lease), 'leases.TooLateToCancel');
	await refused(stage.do(consumer, 'leases', 'finish', lease), 'leases.LeaseAlreadyClosed');
}

export const errors: Scenario[] = [
	{ promise: 'too little balance is refused, and costs at most a fee', play: tooLittle },
	{ promise: 'a foreign caller is refused', play: strangers },
	{ promise: 'an unknown id is refused', play: unknownIds },
	{ promise: 'an oversize or malformed string is refused', play: oversize },
	{ promise: 'a wrong digest is refused', play: wrongDigests },
	{ promise: 'an expired offer is refused and refunded', play: expired },
];
