/**
 * What the text stage costs the rest of a run: how long the parent's event loop is blocked while captions are embedded by
 * all-MiniLM-L6-v2 (its published weights where `.ci/run` has made the virtual environment, else random ones).
 * Run after `npm run build`: npx tsx bench/text-stage.ts
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeAllMiniLm } from '../scripts/test-models/all-minilm-l6-v2.ts';
import { MINILM, writeTestModel } from '../scripts/test-models/write-test-model.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const model = makeAllMiniLm(resolve('.bench/models/all-minilm-l6-v2')) ?? resolve('.bench/models/minilm');
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

function where(inputFile: string, outputDir: string) {
  return { inputFile, outputDir, midiRoot: dirname(dirname(manifest)) };
}
