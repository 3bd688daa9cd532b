/**
 * What `--mode update` costs over a fresh run, where one pair in a thousand changed: a quarter each of captions corrected, MIDI files
 * replaced, rows inserted and rows removed. The data set must come out the same, byte for byte.
 *
 *     npm run build && npx tsx bench/update.ts                       (4,000 pairs)
 *     npm run build && npx tsx bench/update.ts --pairs 1000000 --workers 8
 */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '4000' },
    workers: { type: 'string', default: '2' },
    directory: { type: 'string', default: tmpdir() },
  },
});
const total = Number(values.pairs);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(values.directory, 'midiloom-bench-update-'));
const manifest = join(folder, 'pairs.jsonl');
/** Files that lie in one folder. */
const FILES_A_FOLDER = 1000;

interface Row {
  readonly midi_file: string;
  readonly text_description: string;
}

interface Timed {
  /** Of all its threads and processes: other work on the machine does not count. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly stages: Readonly<Record<'midi' | 'text', { readonly kept: number; readonly made: number }>> | undefined;
}

try {
  await report();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function report(): Promise<void> {
  print(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  const rows = makeCollection();
  await runCli('run', '--mode', 'start');
  const changed = edit(rows);
  const update = await runCli('run', '--mode', 'update');
  const merge = await runCli('run', '--mode', 'merge');
  const fresh = await runCli('fresh', '--mode', 'start');
  print(`${rows.length} pairs, ${changed} changed; hashing encoder, ${values.workers} workers\n`);
  const made = (update.stages?.midi.made ?? Number.NaN) + (update.stages?.text.made ?? Number.NaN);
  line(
    'records made by the update over those of a fresh run',
    ratio(made, 2 * rows.length),
    `${made} of ${2 * rows.length}`,
  );
  const work = (timed: Timed): number => timed.cpuSeconds - merge.cpuSeconds;
  const seconds = (timed: Timed): string =>
    `${work(timed).toFixed(1)} s of the processors, and ${merge.cpuSeconds.toFixed(1)} s to write the data set`;
  line('work of a fresh run', '', seconds(fresh));
  line('work of the update', '', seconds(update));
  line(
    'work of the update over that of a fresh run',
    ratio(work(update), work(fresh)),
    'without the writing of the data set',
  );
  line(
    'peak memory of the update over that of the fresh run',
    ratio(update.peakMiB, fresh.peakMiB),
    `${update.peakMiB.toFixed(0)} and ${fresh.peakMiB.toFixed(0)} MiB`,
  );
  line('the same data set', sums('run') === sums('fresh') ? 'yes' : 'NO', '');
  if (sums('run') !== sums('fresh')) process.exitCode = 1;
}

/** The sample's good files over and over, each under a name and with a caption of its own. */
function makeCollection(): Row[] {
  const files = readdirSync(join(root, 'data', 'midi')).filter((name) => name.endsWith('.mid'));
  const rows: Row[] = [];
  for (let at = 0; at < total; at++) {
    const directory = join('midi', String(Math.floor(at / FILES_A_FOLDER)));
    if (at % FILES_A_FOLDER === 0) mkdirSync(join(folder, directory), { recursive: true });
    const midi_file = join(directory, `${at}.mid`);
    copyFileSync(join(root, 'data', 'midi', files[at % files.length] ?? ''), join(folder, midi_file));
    rows.push({ midi_file, text_description: `Caption ${at} of a piece for piano, slow and in a minor key` });
  }
  write(rows);
  return rows;
}

/** Returns how many pairs it has changed. */
function edit(rows: Row[]): number {
  const quarter = Math.max(1, Math.round(total / 4000));
  const spread = (part: number, at: number): number => Math.floor(((at + part / 4) * rows.length) / quarter);
  for (let at = 0; at < quarter; at++) {
    const [corrected, replaced] = [spread(0, at), spread(1, at)];
    const row = rows[corrected];
    if (row !== undefined) rows[corrected] = { ...row, text_description: `Corrected: ${row.text_description}` };
    const [file, other] = [rows[replaced]?.midi_file, rows[replaced + 1]?.midi_file];
    if (file !== undefined && other !== undefined) copyFileSync(join(folder, other), join(folder, file));
  }
  for (let at = quarter - 1; at >= 0; at--) rows.splice(spread(2, at), 1);
  for (let at = quarter - 1; at >= 0; at--) {
    const source = rows[spread(3, at)];
    if (source === undefined) continue;
    const midi_file = join('midi', `new-${at}.mid`);
    copyFileSync(join(folder, source.midi_file), join(folder, midi_file));
    rows.splice(spread(3, at), 0, { midi_file, text_description: `New piece ${at}` });
  }
  write(rows);
  return 4 * quarter;
}

function write(rows: readonly Row[]): void {
  writeFileSync(manifest, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** Runs the command line to its end, as a user would. */
function runCli(run: string, ...more: string[]): Promise<Timed> {
  const main = join(root, 'dist', 'cli', 'main.js');
  const args = ['process', '--input_file', manifest, '--output_dir', join(folder, run), '--text_encoder', 'hashing'];
  const child = spawn(
    process.execPath,
    [main, ...args, '--workers', values.workers, '--json', '--log_level', 'error', ...more],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let peakKiB = 0;
  let cpuSeconds = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakKiB = Math.max(peakKiB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      cpuSeconds = cpuSecondsOf(child.pid);
    } catch {
      // It has ended.
    }
  }, 50);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(watch);
      if (code !== 0) return reject(new Error(`${more.join(' ')} ended with ${code}`));
      const { update } = JSON.parse(out);
      resolve({ cpuSeconds, peakMiB: peakKiB / 1024, stages: update?.stages });
    });
  });
}

/** User and system time, those of processes that it has started and that have ended among them. */
function cpuSecondsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / 100;
}

function sums(run: string): string {
  return readFileSync(join(folder, run, 'dataset', 'SHA256SUMS'), 'utf8');
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(4);
}

function line(what: string, figure: string, note: string): void {
  print(`${what.padEnd(58)} ${figure.padStart(8)}  ${note}`);
}

function print(text: string): void {
  console.log(text);
}
