/**
 * Joins the modules of `src/` into few files: what a user imports or starts, and each program that a run starts. A process
 * is up in half the time, which loading some two hundred small files would take. Modules that several of them need lie in `dist/shared/`;
 * packages stay where they are.
 */
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist/shared', { recursive: true, force: true });
await build({
  entryPoints: [
    'src/index.ts',
    'src/cli/main.ts',
    'src/worker/midi-worker.ts',
    'src/worker/encoder-process.ts',
    'src/worker/probe-process.ts',
  ],
  outdir: 'dist',
  outbase: 'src',
  // One folder deep, as every module is that finds another program by its own address.
  chunkNames: 'shared/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
