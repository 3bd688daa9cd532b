import { defineConfig } from 'vitest/config';
import { SLOW_TESTS } from './test/slow-tests.ts';
import usual from './vitest.config.ts';

export default defineConfig({ ...usual, test: { ...usual.test, include: [...SLOW_TESTS], exclude: [] } });
