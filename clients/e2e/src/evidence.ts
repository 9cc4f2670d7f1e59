/** An evidence server that can be told to lie, to dawdle and to flood. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Leaf } from '@core-terminal/kit';
import { encodeLeaves } from './result.js';

/** How requests for leaves are answered. */
export type Manner =
	/** As the provider daemon does. */
	| 'honest'
	/** Takes the request and never says anything. */
	| 'silent'
	/** Announces the right length and sends a byte a second. */
	| 'trickle'
	/** A gigabyte without a Content-Length. */
	| 'flood'
	/** Announces more bytes than it sends. */
	| 'short'
	/** Sends more bytes than it announces. */
	| 'long'
	/** Announces a gigabyte. */
	| 'boast'
	/** Leaves of another job: those of `foreign`. */
	| 'foreign'
	/** Points to where an honest answer could be had. */
	| 'redirect'
	/** A byte of the headers a second. */
	| 'slowHeaders'
	/** Headers without end. */
	| 'manyHeaders'
	/** What a gzip makes of many zeroes, called the leaves in `Content-Encoding: gzip`. */
	| 'gzip'
	/** Breaks the connection off in the middle of the answer. */
	| 'reset'
	/** What speaks TLS would say. */
	| 'tls';

export interface Asked {
	lease: bigint;
	what: string;
	indices: number[];
	headers: Record<string, string | string[] | undefined>;
	at: number;
	/** When the asker had its answer or gave up. */
	over?: number;
}

export interface Shown {
	leaves: Leaf[];
	weights: Uint8Array;
}

const GIGABYTE = 1024 ** 3;
/** A hundred megabytes of zeroes, in a tenth of one. */
const bomb = once(() => gzipSync(Buffer.alloc(100 * 1024 ** 2)));
/** A TLS alert: handshake failure. */
const ALERT = Buffer.from([21, 3, 3, 0, 2, 2, 40]);

export class EvidenceServer {
	manner: Manner = 'honest';
	/** Leaves that are not shown. */
	hides: (index: number) => boolean = () => false;
	/** Answers wait for this. */
	hold: Promise<unknown> = Promise.resolve();
	/** What `foreign` shows. */
	foreign: Leaf[] = [];
	readonly asked: Asked[] = [];
	/** Requests that only a client that follows redirects makes. */
	followed = 0;
	/** Bytes of floods that were taken. */
	flooded = 0;
	private readonly jobs = new Map<bigint, Shown>();

	private constructor(
		private readonly server: Server,
		readonly port: number,
	) {}

	/** Listens on the loopback, or on `address`. */
	static async start(address = '127.0.0.1'): Promise<EvidenceServer> {
		const server = createServer();
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(0, address, resolve);
		});
		const bound = server.address();
		if (typeof bound !== 'object' || !bound) throw new Error('the evidence server has no address');
		const evidence = new EvidenceServer(server, bound.port);
		server.on('request', (request, response) => void evidence.answer(request, response));
		return evidence;
	}

	get endpoint(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** The longest that anybody who asked had to do with this server, in milliseconds. */
	get longest(): number {
		return Math.max(0, ...this.asked.map(({ at, over }) => (over ?? Date.now()) - at));
	}

	show(lease: bigint, shown: Shown): void {
		this.jobs.set(lease, shown);
	}

	/** From now on nobody gets anything of this lease. */
	hide(lease: bigint): void {
		this.jobs.delete(lease);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((done) => this.server.close(() => done()));
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.on('error', () => {});
		const path = /^(\/elsewhere)?\/v1\/leases\/(\d+)\/(leaves|weights)(?:\?indices=([\d,]+))?$/.exec(request.url ?? '');
		if (!path) return void response.writeHead(404, { 'content-length': 0 }).end();
		const [, elsewhere, lease, what, list] = path;
		if (elsewhere) this.followed += 1;
		const asked: Asked = {
			lease: BigInt(lease!),
			what: what!,
			indices: list ? list.split(',').map(Number) : [],
			headers: request.headers,
			at: Date.now(),
		};
		this.asked.push(asked);
		request.socket.once('close', () => (asked.over ??= Date.now()));
		response.once('finish', () => (asked.over ??= Date.now()));
		await this.hold;
		const shown = this.jobs.get(asked.lease);
		if (!shown) return void response.writeHead(404, { 'content-length': 0 }).end();
		if (what === 'weights') return whole(response, shown.weights);
		const leaves = asked.indices.filter((index) => !this.hides(index)).flatMap((index) => shown.leaves[index] ?? []);
		this.misbehave(elsewhere ? 'honest' : this.manner, request, response, asked, encodeLeaves(leaves));
	}

	private misbehave(manner: Manner, request: IncomingMessage, response: ServerResponse, asked: Asked, body: Uint8Array): void {
		const { socket } = request;
		switch (manner) {
			case 'honest':
				return whole(response, body);
			case 'silent':
				return;
			case 'trickle':
				socket.write(head(body.length));
				return trickle(socket, body);
			case 'flood':
				return this.flood(response);
			case 'short':
				return void socket.end(Buffer.concat([head(body.length + 100), body]));
			case 'long':
				return void socket.end(Buffer.concat([head(body.length - 100), body]));
			case 'boast':
				return void socket.write(Buffer.concat([head(GIGABYTE), body]));
			case 'foreign':
				return whole(response, encodeLeaves(asked.indices.flatMap((index) => this.foreign[index] ?? [])));
			case 'redirect':
				return void response.writeHead(302, { location: `${this.endpoint}/elsewhere${request.url}`, 'content-length': 0 }).end();
			case 'slowHeaders':
				return trickle(socket, head(body.length));
			case 'manyHeaders':
				return this.pour(socket, Buffer.from('x-more: and more\r\n'.repeat(4_096)), () => socket.write('HTTP/1.1 200 OK\r\n'));
			case 'gzip':
				return void response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb().length }).end(bomb());
			case 'reset':
				socket.write(Buffer.concat([head(body.length), body.subarray(0, body.length / 2)]));
				return void setImmediate(() => socket.resetAndDestroy());
			case 'tls':
				return void socket.end(ALERT);
		}
	}

	private flood(response: ServerResponse): void {
		const headers = { 'content-type': 'application/octet-stream', 'transfer-encoding': 'chunked' };
		this.pour(response, Buffer.alloc(64 * 1024), () => response.writeHead(200, headers));
	}

	/** Send a gigabyte, or what is taken of it. */
	private pour(into: Writable, piece: Buffer, begin: () => unknown): void {
		begin();
		const pour = (): void => {
			while (this.flooded < GIGABYTE && !into.destroyed) {
				this.flooded += piece.length;
				if (!into.write(piece)) return void into.once('drain', pour);
			}
			into.end();
		};
		pour();
	}
}

function once<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}

function whole(response: ServerResponse, body: Uint8Array): void {
	response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': body.length }).end(body);
}

const head = (length: number): Buffer =>
	Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: ${length}\r\n\r\n`);

function trickle(socket: Socket, body: Uint8Array): void {
	let at = 0;
	const timer = setInterval(() => {
		if (at < body.length) socket.write(body.subarray(at, (at += 1)));
	}, 1_000);
	socket.once('close', () => clearInterval(timer));
}
