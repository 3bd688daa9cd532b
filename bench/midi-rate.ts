/**
 * What a second worker adds to the MIDI stage, and what the hashing text stage beside it takes: `npm run build && npx tsx bench/midi-rate.ts
 * [rounds]`. By the clock, so on a machine that does nothing else; the CPU time of a pair, without the encoder's process, says what to expect
 * on a busy one. In each round every kind of run has its turn, over POP909 eight
 * times with captions of their own; a run is stopped when the stage is done, before the merge.
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
const REPETITIONS = 8;
const WORKERS = [1, 2] as const;
const rounds = Number(process.argv[2] ?? 3);

interface Rates {
  /** Pairs a second from the beginning of the run. */
  readonly whole: number;
  /** The same of the second half, when code is compiled. */
  readonly warm: number;
  /** CPU time of a pair of the second half, in microseconds. */
  readonly cpuUs: number;
}

interface Turn {
  readonly beside: Rates;
  /** The text was done before. */
  readonly alone: Rates;
}

if (!existsSync(manifest)) {
  console.log(`skipped: ${manifest} is not there`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    const pairs = repeated(folder);
    const turns: (readonly Turn[])[] = [];
    for (let round = 0; round < rounds; round++) {
      const turn: Turn[] = [];
      for (const workers of WORKERS) turn.push(await takeTurn(folder, pairs, workers));
      turns.push(turn);
    }
    report(turns);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(turns: readonly (readonly Turn[])[]): void {
  const scaling = median(turns.map(([one, two]) => (two?.alone.warm ?? 0) / (one?.alone.warm ?? 1)));
  reportRow({ name: 'MIDI stage, 2 workers over 1', figure: scaling, unit: '', goal: { atLeast: 1.75 } });
  for (const [at, workers] of WORKERS.entries()) {
    const ofKind = turns.flatMap((turn) => turn[at] ?? []);
    const alone = (figure: (rates: Rates) => number): string =>
      median(ofKind.map((turn) => figure(turn.alone))).toFixed(0);
    console.log(
      `${workers} worker(s) alone: ${alone(({ warm }) => warm)} pairs/s, ${alone(({ cpuUs }) => cpuUs)} us of CPU time`,
    );
    const loss = median(ofKind.map(({ beside, alone }) => 100 * (1 - beside.whole / alone.whole)));
    const name = `MIDI rate that the hashing encoder takes from ${workers} worker${workers === 1 ? '' : 's'}`;
    reportRow({ name, figure: loss, unit: '%', goal: { atMost: 5 } });
  }
}

async function takeTurn(folder: string, pairs: string, workers: number): Promise<Turn> {
  const outputDir = join(folder, 'run');
  rmSync(outputDir, { recursive: true, force: true });
  const beside = await ratesOf(pairs, outputDir, workers);
  rmSync(join(outputDir, 'midi_checkpoint.json'));
  rmSync(join(outputDir, 'midi_checkpoint.json.bak'), { force: true });
  rmSync(join(outputDir, 'midi_checkpoint.d'), { recursive: true });
  return { beside, alone: await ratesOf(pairs, outputDir, workers) };
}

async function ratesOf(inputFile: string, outputDir: string, workers: number): Promise<Rates> {
  const start = performance.now();
  const saves: { readonly pairs: number; readonly total: number; readonly at: number; readonly cpuUs: number }[] = [];
  const stop = new AbortController();
  const result = await processPairs(
    {
      inputFile,
      outputDir,
      midiRoot: dirname(dirname(manifest)),
      textEncoder: 'hashing',
      workers,
      // Parquet's merge would begin beside the stage where a core is idle.
      outputFormat: ['jsonl'],
    },
    {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type !== 'saved' || event.stage !== 'midi') return;
        const { saved, total } = event.progress;
        const { user, system } = process.cpuUsage();
        saves.push({ pairs: saved, total, at: (performance.now() - start) / 1000, cpuUs: user + system });
        if (saved === total) stop.abort();
      },
    },
  );
  const [half, end] = [saves.find(({ pairs, total }) => pairs >= total / 2), saves.at(-1)];
  if (half === undefined || end === undefined || end.pairs < end.total) throw new Error(`the run is ${result.status}`);
  const pairs = end.pairs - half.pairs;
  return {
    whole: end.pairs / end.at,
    warm: pairs / (end.at - half.at),
    cpuUs: (end.cpuUs - half.cpuUs) / pairs,
  };
}

function repeated(folder: string): string {
  const records = readFileSync(manifest, 'utf8').trim().split('\n');
  const lines = Array.from({ length: REPETITIONS }, (_, take) =>
    records.map((line) => {
      const record: { readonly text_description: string } = JSON.parse(line);
      return JSON.stringify({ ...record, text_description: `${record.text_description} Take ${take}.` });
    }),
  );
  const file = join(folder, 'pairs.jsonl');
  writeFileSync(file, `${lines.flat().join('\n')}\n`);
  return file;
}
