/**
 * All memory of a run, by its number of pairs: `npm run build && npx tsx bench/memory.ts`; `--pairs 1000000` for the long one, which
 * takes some minutes and 5 GB of disk. Peaks of the main process with its threads, over stages, search for copies, merge and report.
 *
 * The pairs are cheap ones: small made MIDI files, 2,000 different ones over and over, each time under another caption.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reportRow } from './report-row.ts';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const FILES = 2_000;
const NOTES = 24;
const FEW = 1_000;
const MANY = 100_000;
const LINES_AT_ONCE = 10_000;

const { values } = parseArgs({
  options: { pairs: { type: 'string' }, folder: { type: 'string', default: tmpdir() } },
});
const folder = mkdtempSync(join(values.folder, 'midiloom-memory-'));
try {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  writeFiles();
  if (values.pairs === undefined) await compare();
  else await measureOne(Number(values.pairs));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(): Promise<void> {
  const [few, many] = [await peakOf(FEW), await peakOf(MANY)];
  console.log(`${few.toFixed(0)} MiB at ${FEW} pairs, ${many.toFixed(0)} MiB at ${MANY}`);
  const name = `memory of a run of ${MANY} small pairs over one of ${FEW}`;
  reportRow({ name, figure: many / few, unit: '', goal: { atMost: 1.15 } });
}

async function measureOne(pairs: number): Promise<void> {
  const name = `memory of a run of ${pairs} small pairs, all in all`;
  reportRow({ name, figure: ((await peakOf(pairs)) * 1024 ** 2) / 1e6, unit: 'MB', goal: { atMost: 600 } });
}

/** MiB. */
async function peakOf(pairs: number): Promise<number> {
  const manifest = join(folder, `${pairs}.jsonl`);
  const outputDir = join(folder, String(pairs));
  for (let first = 0; first < pairs; first += LINES_AT_ONCE) {
    const lines = Array.from({ length: Math.min(LINES_AT_ONCE, pairs - first) }, (_, at) => lineOf(first + at));
    writeFileSync(manifest, lines.join(''), { flag: 'a' });
  }
  const args = ['process', '--input_file', manifest, '--midi_root', folder, '--output_dir', outputDir];
  const child = spawn(
    process.execPath,
    [command, ...args, '--workers', '2', '--text_encoder', 'hashing', '--progress_interval', '0', '--json'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let [told, peak] = ['', 0];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told = text;
  });
  const timer = setInterval(() => {
    peak = Math.max(peak, highWater(child.pid));
  }, 50);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`midiloom ended with ${String(code)}: ${told}`);
  rmSync(outputDir, { recursive: true });
  return peak;
}

function lineOf(index: number): string {
  const caption = `A small piece of ${NOTES} notes for the piano, calm and slow. Take ${index}.`;
  return `${JSON.stringify({ midi_file: `midi/${index % FILES}.mid`, caption })}\n`;
}

/** MiB: the most that Linux has seen of a process. */
function highWater(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // the process has just ended
  }
}

function writeFiles(): void {
  mkdirSync(join(folder, 'midi'));
  let state = 1;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let file = 0; file < FILES; file++) {
    const events = Array.from({ length: NOTES }, () => {
      const pitch = 40 + random(48);
      return [0, 0x90, pitch, 40 + random(60), 96, 0x80, pitch, 0];
    });
    const track = [...events.flat(), 0, 0xff, 0x2f, 0];
    const header = Buffer.from('MThd\0\0\0\x06\0\0\0\x01\0\x60MTrk', 'latin1');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(track.length);
    writeFileSync(join(folder, 'midi', `${file}.mid`), Buffer.concat([header, length, Buffer.from(track)]));
  }
}
