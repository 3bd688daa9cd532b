import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SLOW_TESTS } from './test/slow-tests.ts';

const SOURCE = fileURLToPath(new URL('./src/', import.meta.url));
const BUILT = new URL('./dist/', import.meta.url).href;

/** Lets the source start the built workers: Node runs no TypeScript in them. */
const builtWorkers = {
  name: 'built-workers',
  enforce: 'pre' as const,
  transform: (code: string, id: string): string | undefined =>
    id.startsWith(SOURCE)
      ? code.replace(/new URL\('\.\.\/([a-z/-]+\.js)', import\.meta\.url\)/g, (_, file) => `new URL('${BUILT}${file}')`)
      : undefined,
};

export default defineConfig({
  plugins: [builtWorkers],
  resolve: {
    // Tests that start workers use the built package, as a user does; `npm test` builds it first.
    alias: { midiloom: fileURLToPath(new URL('./dist/index.js', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Those of peers need Python or servers: `npm run test:peers`.
    exclude: ['test/peers/**', ...SLOW_TESTS],
    // Some tests give a process a time in which a healthy one answers; a machine that others use can be slower for once.
    retry: process.env.CI ? 2 : 0,
    // For what hangs; a machine that others use may be ten times slower.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    globalSetup: 'test/leave-nothing.ts',
    pool: 'forks',
    // No test leaves anything behind in its process; a new one for each file would take a quarter of the time.
    isolate: false,
    maxWorkers: 2,
  },
});
