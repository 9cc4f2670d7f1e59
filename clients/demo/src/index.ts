export * from './actors.js';
export * from './daemon.js';
export * from './digits.js';
export * from './job.js';
export * from './metered.js';
export * from './setup.js';
export * from './table.js';
