/**
 * Joins the modules of `src/` into few files: what a user imports or starts, and each program that a run starts. A process
 * is up in half the time, which loading some two hundred small files would take. Modules that several of them need lie in
 * `dist/shared/`; packages stay where they are. Rolldown leaves a `const` of a module a constant, which V8 then puts into
 * the machine code; esbuild makes it a variable, which inner loops look up again and again.
 */
import { rmSync } from 'node:fs';
import { build } from 'rolldown';
import manifest from '../package.json' with { type: 'json' };

const ENTRIES = [
  'index',
  'cli/main',
  'worker/midi-worker',
  'worker/encoder-process',
  'worker/probe-process',
  'cache/cache-process',
];
const packages = Object.keys(manifest.dependencies);

rmSync('dist/shared', { recursive: true, force: true });
await build({
  input: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  external: (id) => packages.some((name) => id === name || id.startsWith(`${name}/`)),
  transform: { target: 'node20' },
  output: {
    dir: 'dist',
    format: 'esm',
    comments: false,
    entryFileNames: '[name].js',
    // One folder deep, as every module is that finds another program by its own address.
    chunkFileNames: 'shared/[name]-[hash].js',
  },
  logLevel: 'warn',
});
