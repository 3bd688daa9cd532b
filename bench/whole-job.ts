/**
 * The whole job beside MidiTok's tokenizing alone: `npm run build && npx tsx bench/whole-job.ts [rounds]`. From the command to the
 * data set and the report, one MIDI worker and the hashing encoder, beside the real MidiTok in turns over the same files of POP909;
 * what MidiTok takes to be imported does not count against it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTokenizer, presetConfig } from 'midiloom';
import { reportRow } from './report-row.ts';
import { median } from './take-turns.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = join(root, '..', 'shared', 'data', 'pairs', 'pop909.jsonl');
const midiRoot = dirname(dirname(manifest));
const SIZES = [909, 400] as const;
const rounds = Number(process.argv[2] ?? 3);
const PYTHON = process.env.MIDILOOM_PEERS_PYTHON ?? '.venv/bin/python';

interface Job {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Share of the wall after the last pair is saved: merge, report, statistics. */
  readonly outputShare: number;
}

if (!existsSync(manifest)) {
  console.log(`skipped: ${manifest} is not there`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
  try {
    for (const size of SIZES) await compare(folder, size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(folder: string, size: number): Promise<void> {
  const turns: { readonly job: Job; readonly peer: ReturnType<typeof miditok> }[] = [];
  for (let round = 0; round < rounds; round++)
    turns.push({ job: await work(folder, size), peer: miditok(folder, size) });
  const of = (figure: (turn: (typeof turns)[number]) => number) => median(turns.map(figure));
  const share = of(({ job }) => job.outputShare);
  console.log(
    `${size} pairs: ${of(({ job }) => job.wallSeconds).toFixed(2)} s, ${of(({ job }) => job.cpuSeconds).toFixed(2)} s of CPU time`,
  );
  if (turns.some(({ peer }) => peer !== undefined)) {
    const wall = of(({ job, peer }) => (peer?.wallSeconds ?? 0) / job.wallSeconds);
    const cpu = of(({ job, peer }) => (peer?.cpuSeconds ?? 0) / job.cpuSeconds);
    const name = `whole job of ${size} pairs, 1 worker, x MidiTok's tokenizing`;
    reportRow({ name, figure: wall, unit: '', goal: { atLeast: 6 } });
    console.log(`${`${name}, by CPU time`.padEnd(64)} ${cpu.toPrecision(3).padStart(14)}`);
  }
  reportRow({
    name: `merge and report, of the wall of ${size} pairs`,
    figure: 100 * share,
    unit: '%',
    goal: { atMost: 25 },
  });
}

async function work(folder: string, size: number): Promise<Job> {
  const pairs = join(folder, `pairs-${size}.jsonl`);
  writeFileSync(pairs, `${readFileSync(manifest, 'utf8').split('\n').slice(0, size).join('\n')}\n`);
  const outputDir = join(folder, 'run');
  const args = ['process', '--input_file', pairs, '--midi_root', midiRoot, '--output_dir', outputDir, '--workers', '1'];
  args.push('--text_encoder', 'hashing', '--progress_interval', '0');
  const start = performance.now();
  // The shell says what its child has taken of the processors, all threads and processes of it.
  const command = ['-c', '"$@" && times', 'sh', process.execPath, join(root, 'dist', 'cli', 'main.js'), ...args];
  const child = spawn('/bin/sh', command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const saves: number[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (/^(midi|text): [\d,]+\/[\d,]+ saved/m.test(text)) saves.push((performance.now() - start) / 1000);
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`midiloom ended with ${String(code)}`);
  const wallSeconds = (performance.now() - start) / 1000;
  rmSync(outputDir, { recursive: true });
  const [, minutes, seconds, systemMinutes, systemSeconds] =
    /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(stdout)?.map(Number) ?? [];
  return {
    wallSeconds,
    cpuSeconds: 60 * ((minutes ?? 0) + (systemMinutes ?? 0)) + (seconds ?? 0) + (systemSeconds ?? 0),
    outputShare: 1 - (saves.at(-1) ?? 0) / wallSeconds,
  };
}

/** `undefined` where it is not installed. */
function miditok(
  folder: string,
  size: number,
): { readonly wallSeconds: number; readonly cpuSeconds: number } | undefined {
  const records = readFileSync(manifest, 'utf8').split('\n').slice(0, size);
  const files = records.map((record) => join(midiRoot, JSON.parse(record).midi_file));
  const tokenizers = { remi: createTokenizer(presetConfig('remi')).toJson() };
  const input = `${JSON.stringify({ tokenizers, files, folder, rounds: 1 })}\n`;
  const { stdout, status } = spawnSync(PYTHON, ['bench/miditok-rate.py'], { input, encoding: 'utf8' });
  if (status !== 0) return undefined;
  const { rate, wall_rate: wallRate }: { rate: number; wall_rate: number } = JSON.parse(stdout);
  return { wallSeconds: size / wallRate, cpuSeconds: size / rate };
}
