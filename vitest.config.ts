import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Tests that start workers use the built package, as a user does; `npm test` builds it first.
    alias: { midiloom: fileURLToPath(new URL('./dist/index.js', import.meta.url)) },
  },
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, pool: 'forks', maxWorkers: 2 },
});
