import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests beside living programs: `npm run test:peers`. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/peers/**/*.test.ts'], exclude: [], testTimeout: 1_800_000 },
});
