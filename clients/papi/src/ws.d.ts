/** All that is used of `ws`, which carries no types: the browser's WebSocket for a Node that has none. */
declare module 'ws' {
	export const WebSocket: typeof globalThis.WebSocket;
}
