/**
 * What `--use_cache` saves: runs over POP909 with a model in the shape of all-MiniLM-L6-v2 (random weights), each cold run
 * followed by a warm one; medians of the ratios, and whether the data sets are byte-identical.
 * Run after `npm run build`: npx tsx bench/cache.ts [rounds]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from 'midiloom';
import { MINILM, writeTestModel } from '../scripts/test-models/write-test-model.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const model = resolve('.bench/models/minilm');
const rounds = Number(process.argv[2] ?? 3);

if (!existsSync(manifest)) {
  console.log(`skipped: ${manifest} is not here`);
} else {
  if (!existsSync(join(model, 'onnx/model.onnx'))) writeTestModel(model, MINILM, ['fp32']);
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    compare(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly wallSeconds: number;
  /** Of all threads and processes. */
  readonly cpuSeconds: number;
  readonly checksums: string;
  readonly result: RunResult;
}

function compare(folder: string): void {
  const cold: Measured[] = [];
  const warm: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    rmSync(join(folder, 'cache'), { recursive: true, force: true });
    cold.push(run(folder));
    warm.push(run(folder));
  }
  const ratio = (of: (measured: Measured) => number): string =>
    median(cold.map((measured, round) => of(measured) / of(warm[round] ?? measured))).toFixed(1);
  const [first] = warm;
  const all = [...cold, ...warm];
  console.log(
    `909 pairs of POP909, MiniLM shape, ${availableParallelism()} cores, ${rounds} rounds, Node.js ${process.version}`,
  );
  console.log(`cold run         ${median(cold.map(({ wallSeconds }) => wallSeconds)).toFixed(2)} s`);
  console.log(`warm run         ${median(warm.map(({ wallSeconds }) => wallSeconds)).toFixed(2)} s`);
  console.log(
    `cold / warm      ${ratio(({ wallSeconds }) => wallSeconds)} in wall time (goal: 5), ${ratio(({ cpuSeconds }) => cpuSeconds)} in CPU time`,
  );
  console.log(
    `warm hits        MIDI ${first?.result.stages.midi.cache?.hits}, text ${first?.result.stages.text.cache?.hits}`,
  );
  console.log(
    `data sets        ${all.every(({ checksums }) => checksums === all[0]?.checksums) ? 'byte-identical' : 'DIFFERENT'}`,
  );
}

function run(folder: string): Measured {
  const outputDir = join(folder, 'run');
  rmSync(outputDir, { recursive: true, force: true });
  const input = ['--input_file', manifest, '--midi_root', dirname(dirname(manifest)), '--output_dir', outputDir];
  const how = ['--text_model', model, '--use_cache', '--cache_dir', join(folder, 'cache'), '--json'];
  const cpuBefore = cpuOfChildren();
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist', 'cli', 'main.js'), 'process', ...input, ...how],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return {
    wallSeconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: cpuOfChildren() - cpuBefore,
    checksums: readFileSync(join(outputDir, 'dataset', 'SHA256SUMS'), 'utf8'),
    result: JSON.parse(stdout),
  };
}

/** CPU seconds of the children that have ended, from Linux: fields 16 and 17 of /proc/self/stat, in hundredths. */
function cpuOfChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
