/**
 * What a pair costs the main thread, which hands out batches and commits records for all workers:
 * `npm run build && npx tsx bench/commit-path.ts [rounds]`. Linux only: CPU time of the main thread alone, over the second half of
 * the MIDI stage. From it and from what a worker takes for a pair follows how many workers one main thread keeps busy; figures of
 * 4 and 16 are of that model, not of machines with so many cores.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processPairs } from 'midiloom';
import { reportRow } from './report-row.ts';
import { median } from './take-turns.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const REPETITIONS = 4;
const rounds = Number(process.argv[2] ?? 5);

interface Costs {
  /** Microseconds of CPU time a pair. */
  readonly main: number;
  /** Of all other threads: the worker, and what compiles and collects for it. */
  readonly others: number;
}

if (!existsSync(manifest)) {
  console.log(`skipped: ${manifest} is not there`);
} else {
  const measured: Costs[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await measure());
  const main = median(measured.map((costs) => costs.main));
  const worker = median(measured.map((costs) => costs.others));
  console.log(`main thread ${main.toFixed(0)} us of CPU time a pair, worker ${worker.toFixed(0)} us`);
  console.log(`the main thread saturates at ${(1e6 / main).toFixed(0)} pairs/s`);
  for (const count of [4, 16]) {
    console.log(`model: ${count} workers are worth ${Math.min(count, worker / main).toFixed(1)}`);
  }
  reportRow({
    name: 'workers that one main thread keeps busy',
    figure: worker / main,
    unit: '',
    goal: { atLeast: 16 },
  });
}

async function measure(): Promise<Costs> {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    const records = readFileSync(manifest, 'utf8').trim().split('\n');
    const inputFile = join(folder, 'pairs.jsonl');
    writeFileSync(inputFile, `${Array.from({ length: REPETITIONS }, () => records.join('\n')).join('\n')}\n`);
    const marks: { readonly pairs: number; readonly main: number; readonly all: number }[] = [];
    await processPairs(
      {
        inputFile,
        outputDir: join(folder, 'run'),
        midiRoot: dirname(dirname(manifest)),
        textEncoder: 'none',
        workers: 1,
        // Parquet's merge would begin beside the stage, on the same thread.
        outputFormat: ['jsonl'],
      },
      {
        onEvent: (event) => {
          if (event.type !== 'saved' || event.stage !== 'midi') return;
          marks.push({ pairs: event.progress.saved, main: mainThreadCpuUs(), all: processCpuUs() });
        },
      },
    );
    const half = marks.find(({ pairs }) => pairs >= (records.length * REPETITIONS) / 2);
    const end = marks.at(-1);
    if (half === undefined || end === undefined || end.pairs <= half.pairs) throw new Error('too few checkpoints');
    const pairs = end.pairs - half.pairs;
    const main = (end.main - half.main) / pairs;
    return { main, others: (end.all - half.all) / pairs - main };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mainThreadCpuUs(): number {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
}

function processCpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
