export * from './bytes.js';
export * from './chain.js';
export * from './merkle.js';
export * from './meter.js';
export * from './receipt.js';
export * from './result.js';
export * from './units.js';
