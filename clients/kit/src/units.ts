/** Amounts are base units: 10^12 of them are one TCT. */
export const DECIMALS = 12;
export const TCT = 10n ** 12n;
/** A thousandth of one TCT. */
export const MILLI = TCT / 1_000n;

/** `1234500000000n` → `1.2345` (at most `places` decimals, cut, not rounded). */
export function formatTct(amount: bigint, places = 6): string {
	const sign = amount < 0n ? '-' : '';
	const positive = amount < 0n ? -amount : amount;
	const fraction = (positive % TCT).toString().padStart(DECIMALS, '0').slice(0, places);
	const whole = (positive / TCT).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
	return `${sign}${whole}.${fraction}`;
}

/** `"1.5"` → base units. Throws a `RangeError` that names the text when it is not an amount. */
export function parseTct(text: string): bigint {
	const match = /^(\d+)(?:\.(\d{1,12}))?$/.exec(text.trim());
	if (!match) throw new RangeError(`"${text}" is not an amount in TCT: write it like 1.25`);
	return BigInt(match[1]!) * TCT + BigInt((match[2] ?? '').padEnd(DECIMALS, '0'));
}
