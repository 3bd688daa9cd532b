/**
 * One table of the figures that are promised, each with its goal: `npm run bench`, or `npm run bench -- --quick` for a short form
 * whose figures say little. Every benchmark runs in a process of its own. The figures are kept in `.bench/history.jsonl` with the machine
 * and the commit; one that is a tenth worse than in each of the last runs on the same machine is named.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, ROWS_FILE, rowText } from './report-row.ts';

/** Arguments of the full and of the short form; a benchmark without a short form is left out of it. */
const BENCHES = [
  { name: 'tokens', full: ['3', 'features'], short: ['1', 'features'] },
  { name: 'start-up', full: ['9'], short: ['2'] },
  { name: 'whole-job', full: ['3'], short: ['1'] },
  { name: 'merge', full: ['5', '8'], short: ['1', '2'] },
  { name: 'commit-path', full: [], short: ['1'] },
  { name: 'midi-rate', full: [], short: ['1'] },
  { name: 'claims', full: [], short: ['4'] },
  { name: 'duplicates', full: [], short: ['400000'] },
  { name: 'resume', full: [], short: ['--pairs', '20000'] },
  { name: 'memory', full: [], short: undefined },
  { name: 'main-job', full: [], short: undefined },
] as const;

const HISTORY = '.bench/history.jsonl';
/** Runs that a figure is held against, and how much worse it must be than all of them. */
const EARLIER_RUNS = 5;
const STEP_BACK = 0.1;

interface HistoryEntry {
  readonly at: string;
  readonly commit: string;
  readonly machine: string;
  readonly isShort: boolean;
  /** Processes that wanted a core of the machine when it began: figures of a busy one are worse. */
  readonly load: number;
  readonly rows: readonly BenchRow[];
}

const isShort = process.argv.includes('--quick');
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`;
const load = loadavg()[0] ?? 0;
const rows: BenchRow[] = [];
for (const { name, full, short } of BENCHES) {
  const args = isShort ? short : full;
  if (args !== undefined) rows.push(...rowsOf(name, args));
}

console.log(`\n${machine}, load ${load.toFixed(1)}${isShort ? ', short form' : ''}`);
const earlier = earlierEntries().slice(-EARLIER_RUNS);
for (const row of rows) console.log(`${rowText(row)}${stepBack(row)}`);
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
const entry: HistoryEntry = { at: new Date().toISOString(), commit, machine, isShort, load, rows };
mkdirSync('.bench', { recursive: true });
appendFileSync(HISTORY, `${JSON.stringify(entry)}\n`);

function rowsOf(name: string, args: readonly string[]): readonly BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-rows-'));
  const file = join(folder, 'rows.jsonl');
  const start = performance.now();
  const env = { ...process.env, [ROWS_FILE]: file };
  const child = spawnSync(process.execPath, [...process.execArgv, `bench/${name}.ts`, ...args], {
    stdio: 'inherit',
    env,
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`-- ${name}: ${seconds} s${child.status === 0 ? '' : `, ended with ${child.status ?? child.signal}`}\n`);
  const found = linesOf(file).map((line): BenchRow => JSON.parse(line));
  rmSync(folder, { recursive: true });
  return found;
}

function stepBack({ name, figure, goal }: BenchRow): string {
  const before = earlier.flatMap((each) => each.rows.filter((row) => row.name === name).map((row) => row.figure));
  if (before.length === 0) return '';
  const [least, most] = [Math.min(...before), Math.max(...before)];
  if ('atLeast' in goal) return figure < least * (1 - STEP_BACK) ? `  A STEP BACK from ${least.toPrecision(3)}` : '';
  return figure > most * (1 + STEP_BACK) ? `  A STEP BACK from ${most.toPrecision(3)}` : '';
}

function earlierEntries(): readonly HistoryEntry[] {
  const entries = linesOf(HISTORY).map((line): HistoryEntry => JSON.parse(line));
  return entries.filter((entry) => entry.machine === machine && entry.isShort === isShort);
}

function linesOf(file: string): readonly string[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}
