/**
 * How soon work begins: `npm run build && npx tsx bench/start-up.ts [rounds]`. A run of 32 pairs by one worker and the hashing encoder, a
 * batch and a save for each pair; of all rounds the quickest counts, what comes between is of other processes. That the first MIDI file is
 * read shows in its time of access, which a file system that is mounted by `noatime` does not keep.
 */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { reportRow } from './report-row.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const PAIRS = 32;
const rounds = Number(process.argv[2] ?? 9);
/** A time of access moves where it is before the last change. */
const ACCESSED = new Date('2020-01-01');
const CHANGED = new Date('2021-01-01');

interface Start {
  /** Milliseconds from the command on. */
  readonly read: number;
  readonly saved: number;
  /** Of a command that only says its help, in milliseconds of processor time. */
  readonly help: number;
}

if (!existsSync(manifest)) {
  console.log(`skipped: ${manifest} is not there`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<void> {
  const first = copyPairs(folder);
  const starts: Start[] = [];
  for (let round = 0; round < rounds; round++) starts.push(await start(folder, first));
  const least = (figure: (start: Start) => number): number => Math.min(...starts.map(figure));
  const read = least((start) => start.read);
  if (Number.isNaN(read)) console.log(`skipped: ${folder} is on a file system without times of access`);
  else {
    const name = `the first of ${PAIRS} MIDI files is read, from the command on`;
    reportRow({ name, figure: read, unit: 'ms', goal: { atMost: 250 } });
  }
  console.log(`the first of ${PAIRS} pairs is saved after ${least(({ saved }) => saved).toFixed(0)} ms`);
  console.log(`midiloom process --help: ${least(({ help }) => help).toFixed(0)} ms of processor time`);
}

/** Copies the pairs into a folder. Returns the MIDI file of the first. */
function copyPairs(folder: string): string {
  const records = readFileSync(manifest, 'utf8')
    .split('\n')
    .slice(0, PAIRS)
    .map((line) => JSON.parse(line));
  const midiRoot = dirname(dirname(manifest));
  for (const record of records) {
    const copy = join(folder, 'midi', record.midi_file);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(midiRoot, record.midi_file), copy);
  }
  writeFileSync(join(folder, basename(manifest)), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return join(folder, 'midi', records[0].midi_file);
}

async function start(folder: string, firstFile: string): Promise<Start> {
  const outputDir = join(folder, 'run');
  const program = join(root, 'dist', 'cli', 'main.js');
  const args = ['process', '--input_file', join(folder, basename(manifest)), '--midi_root', join(folder, 'midi')];
  args.push('--output_dir', outputDir, '--workers', '1', '--text_encoder', 'hashing', '--progress_interval', '0');
  args.push('--batch_size', '1', '--checkpoint_interval', '1');
  utimesSync(firstFile, ACCESSED, CHANGED);
  const startedAt = performance.now();
  const since = (): number => performance.now() - startedAt;
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let saved = Number.NaN;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (Number.isNaN(saved) && /^(midi|text): [\d,]+\/[\d,]+ saved/m.test(text)) saved = since();
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let read = Number.NaN;
  while (child.exitCode === null && Number.isNaN(read)) {
    if (statSync(firstFile).atimeMs !== ACCESSED.getTime()) read = since();
    else await pause(1);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`midiloom ended with ${String(code)}`);
  rmSync(outputDir, { recursive: true });
  return { read, saved, help: await processorTime([program, 'process', '--help']) };
}

async function processorTime(args: readonly string[]): Promise<number> {
  const child = spawn('/bin/sh', ['-c', '"$@" >/dev/null && times', 'sh', process.execPath, ...args]);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const [, minutes, seconds, systemMinutes, systemSeconds] =
    /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(text)?.map(Number) ?? [];
  return 60_000 * ((minutes ?? 0) + (systemMinutes ?? 0)) + 1000 * ((seconds ?? 0) + (systemSeconds ?? 0));
}
