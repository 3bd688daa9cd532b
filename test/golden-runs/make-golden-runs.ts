/**
 * Makes the run directories of one version of the checkpoint format, which every later version must continue:
 *
 *     npx tsx test/golden-runs/make-golden-runs.ts DIST v1
 *
 * with DIST the `dist` folder of the midiloom that writes that version. A version that is here is never made anew.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const SAMPLES = join(HERE, '../../data/midi');
/** Small, of several kinds, and two that fail. */
const NAMES = [
  'piano-at-night',
  'minuet-for-strings',
  'bad-truncated-header',
  'slow-weather',
  'music-box-lullaby',
  'waltz-for-an-evening',
  'cradle-song',
  'evening-hymn',
  'two-marimbas',
  'bad-text-file',
  'choral-for-voices',
  'little-sonatina',
];

const [dist, version] = process.argv.slice(2);
if (dist === undefined || version === undefined) throw new Error('usage: make-golden-runs.ts DIST VERSION');
const home = join(HERE, version);
if (existsSync(home)) throw new Error(`${home} is there already`);
const { processPairs } = await import(pathToFileURL(resolve(dist, 'index.js')).href);
const cli = resolve(dist, 'cli/main.js');

mkdirSync(join(home, 'input'), { recursive: true });
process.chdir(home);
const lines = NAMES.map((name, index) => {
  if (name !== 'slow-weather') copyFileSync(join(SAMPLES, `${name}.mid`), `input/${name}.mid`);
  // Every third caption is in a file of its own.
  if (index % 3 > 0)
    return { midi_file: `${name}.mid`, caption: `The piece ${name}, number ${index}.`, style: 'sample' };
  writeFileSync(`input/${name}.txt`, `The piece ${name} in a file of its own.\n`);
  return { midi_file: `${name}.mid`, text_file: `${name}.txt` };
});
writeFileSync('input/pairs.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

await make('interrupted', 'midi');
await make('interrupted-text', 'text');
await make('complete', undefined);
await make('retried', undefined);
// Only now is the third file there: its pair succeeds in a pass of its own.
copyFileSync(join(SAMPLES, 'slow-weather.mid'), 'input/slow-weather.mid');
await make('retried', undefined, { mode: 'retry' });
checkpoint('skip', '9');
checkpoint('retry', '--index', '2');
rmSync('retried/dataset', { recursive: true });
for (const run of ['interrupted', 'interrupted-text', 'complete', 'retried']) {
  for (const name of ['report.html', 'processing_stats.json']) rmSync(join(run, name), { force: true });
}

async function make(outputDir: string, stopIn: string | undefined, more: object = {}): Promise<void> {
  const stop = new AbortController();
  await processPairs(
    {
      inputFile: 'input/pairs.jsonl',
      outputDir,
      workers: 1,
      batchSize: 2,
      checkpointInterval: 2,
      textEncoder: 'hashing',
      textDim: 16,
      outputFormat: ['jsonl'],
      ...more,
    },
    {
      signal: stop.signal,
      onEvent: ({ type, stage }: { readonly type: string; readonly stage?: string }) => {
        if (type === 'saved' && stage === stopIn) stop.abort();
      },
    },
  );
}

function checkpoint(...command: readonly string[]): void {
  execFileSync(process.execPath, [cli, 'checkpoint', ...command, '--output_dir', 'retried'], { stdio: 'inherit' });
}
