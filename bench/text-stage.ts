/**
 * What the text stage costs the rest of a run: how long the parent's event loop is blocked while captions are embedded by
 * all-MiniLM-L6-v2 (its published weights where `.ci/run` has made the virtual environment, else random ones), and what the MIDI
 * workers lose to the hashing encoder.
 * Run after `npm run build`: npx tsx bench/text-stage.ts [rounds]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeAllMiniLm } from '../scripts/test-models/all-minilm-l6-v2.ts';
import { MINILM, writeTestModel } from '../scripts/test-models/write-test-model.ts';
import { reportRow } from './report-row.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const model = makeAllMiniLm(resolve('.bench/models/all-minilm-l6-v2')) ?? resolve('.bench/models/minilm');
const rounds = Number(process.argv[2] ?? 5);
/** MIDI files of a measurement of the rate: POP909 so many times over, with captions of their own. */
const REPETITIONS = 4;
// The built package, as its workers are built too.
const built: typeof import('midiloom') = await import(pathToFileURL(join(root, 'dist', 'index.js')).href);

if (!existsSync(manifest)) {
  console.log(`skipped: ${manifest} is not here`);
} else {
  if (!existsSync(join(model, 'onnx/model.onnx'))) writeTestModel(model, MINILM, ['fp32']);
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    console.log(`POP909, ${availableParallelism()} cores, Node.js ${process.version}`);
    await blockedLoop(folder);
    for (const workers of [1, availableParallelism()]) await midiRate(folder, workers);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Until the merge begins: that has the loop to itself. */
async function blockedLoop(folder: string): Promise<void> {
  let watched = watchLoop();
  let blocked: ReturnType<LoopWatch['end']> = { wallMs: 0, cpuMs: 0 };
  const result = await built.processPairs(
    { ...where(manifest, join(folder, 'transformers')), textEncoder: 'transformers', textModel: model, workers: 1 },
    {
      onEvent: ({ type }) => {
        // What comes before is loading and reading the manifest.
        if (type === 'planned') watched = watchLoop(watched);
        else if (type === 'merging') blocked = watched.end();
      },
    },
  );
  const { seconds, doneNow } = result.stages.text;
  console.log(`text stage, fp32, beside 1 MIDI worker  ${(doneNow / seconds).toFixed(1)} captions/s`);
  console.log(
    `longest task of the parent's event loop ${blocked.cpuMs.toFixed(0)} ms of CPU time (goal: 50), ` +
      `${blocked.wallMs.toFixed(0)} ms with what other processes of the machine took`,
  );
}

interface LoopWatch {
  /** The longest pause between two ticks since the beginning; the numbers do not grow after that. */
  end(): { readonly wallMs: number; readonly cpuMs: number };
}

/** Ticks as often as the loop lets it. CPU time of the main thread is from Linux: it does not count being preempted. */
function watchLoop(before?: LoopWatch): LoopWatch {
  before?.end();
  let wallMs = 0;
  let cpuMs = 0;
  let last = { wall: performance.now(), cpu: mainThreadCpuMs() };
  const timer = setInterval(() => {
    const now = { wall: performance.now(), cpu: mainThreadCpuMs() };
    wallMs = Math.max(wallMs, now.wall - last.wall);
    cpuMs = Math.max(cpuMs, now.cpu - last.cpu);
    last = now;
  }, 2);
  return {
    end: () => {
      clearInterval(timer);
      return { wallMs, cpuMs };
    },
  };
}

function mainThreadCpuMs(): number {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

/** Each round measures the MIDI stage beside the text stage, and once more where the text is done already. */
async function midiRate(folder: string, workers: number): Promise<void> {
  const pairs = repeated(folder);
  const rates: { readonly beside: number; readonly alone: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const outputDir = join(folder, 'hashing');
    rmSync(outputDir, { recursive: true, force: true });
    const run = async (): Promise<number> => {
      const { stages } = await built.processPairs({ ...where(pairs, outputDir), textEncoder: 'hashing', workers });
      return stages.midi.doneNow / stages.midi.seconds;
    };
    const beside = await run();
    rmSync(join(outputDir, 'midi_checkpoint.json'));
    rmSync(join(outputDir, 'midi_checkpoint.json.bak'), { force: true });
    rmSync(join(outputDir, 'midi_checkpoint.d'), { recursive: true });
    rates.push({ beside, alone: await run() });
  }
  const loss = median(rates.map(({ beside, alone }) => 100 * (1 - beside / alone)));
  console.log(`MIDI rate, ${workers} worker(s)  ${median(rates.map(({ alone }) => alone)).toFixed(0)} files/s alone`);
  const name = `MIDI rate that the hashing encoder takes from ${workers} worker${workers === 1 ? '' : 's'}`;
  reportRow({ name, figure: loss, unit: '%', goal: { atMost: 5 } });
}

function where(inputFile: string, outputDir: string) {
  return { inputFile, outputDir, midiRoot: dirname(dirname(manifest)) };
}

function repeated(folder: string): string {
  const records = readFileSync(manifest, 'utf8').trim().split('\n');
  const lines = Array.from({ length: REPETITIONS }, (_, take) =>
    records.map((line) => {
      const record: { text_description?: string } = JSON.parse(line);
      return JSON.stringify({ ...record, text_description: `${record.text_description} Take ${take}.` });
    }),
  );
  const file = join(folder, 'pairs.jsonl');
  writeFileSync(file, `${lines.flat().join('\n')}\n`);
  return file;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
