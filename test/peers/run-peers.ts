/**
 * Runs the tests beside the living programs of the field: `npm run test:peers [-- FILTER … --configs N --seed N --captions N]`.
 * The numbers reach the tests as `PEERS_CONFIGS`, `PEERS_SEED` and `PEERS_CAPTIONS`.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { configs: { type: 'string' }, seed: { type: 'string' }, captions: { type: 'string' } },
  allowPositionals: true,
});
const given = Object.entries(values).map(([name, value]) => [`PEERS_${name.toUpperCase()}`, value]);
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.peers.config.ts', ...positionals], {
  stdio: 'inherit',
  env: { ...process.env, ...Object.fromEntries(given) },
});
process.exitCode = status ?? 1;
