/** JSON-RPC over HTTP, for methods and bytes that polkadot.js does not know. */
export async function rpc<T>(endpoint: string, method: string, params: unknown[]): Promise<T> {
	const response = await fetch(endpoint.replace('ws:', 'http:'), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
	});
	const { result, error } = (await response.json()) as { result: T; error?: { code: number; message: string; data?: unknown } };
	if (error) throw new Error(`${method}: ${error.code}: ${error.message}${error.data === undefined ? '' : `: ${String(error.data)}`}`);
	return result;
}
