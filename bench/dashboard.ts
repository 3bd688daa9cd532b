/**
 * What the dashboard costs and how soon it shows: a run of a million pairs and a thousand runs (checkpoints made for it), and a live run
 * with one page open beside the same run alone. The page is a client that asks for what the page asks for.
 *
 *     npm run build && npx tsx bench/dashboard.ts [--pairs 1000000] [--runs 1000] [--repeats 3]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serveDashboard } from '../src/dashboard/serve-dashboard.ts';
import type { PairPage, RunRow, RunView } from '../src/dashboard/wire.ts';
import { makeRun } from '../test/dashboard/made-run.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const MAIN = join(root, 'dist', 'cli', 'main.js');
const SAMPLE = join(root, 'data', 'pairs.jsonl');
const GOAL = { openSeconds: 2, pageMs: 100, share: 0.02 };
const LIVE_PAIRS = 12_000;
const TICKS_PER_SECOND = 100;
/** As the page has it. */
const PAUSE_MS = 2000;

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '1000' },
    repeats: { type: 'string', default: '3' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'midiloom-dashboard-'));
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}\n`);
try {
  await largeRun(Number(values.pairs));
  await manyRuns(Number(values.runs));
  await liveRun(Number(values.repeats));
} finally {
  rmSync(folder, { recursive: true });
}

async function largeRun(pairs: number): Promise<void> {
  await makeRun(join(folder, 'large', 'run'), { pairs });
  const dashboard = await serveDashboard({ paths: [join(folder, 'large')] });
  const ask = asker(dashboard.port);
  const opening = performance.now();
  const [run] = await ask<readonly RunRow[]>('runs');
  const view = await ask<RunView>(`runs/${run?.id}`);
  const first = await ask<PairPage>(`runs/${run?.id}/pairs?limit=100`);
  row(`opens a run of ${pairs} pairs`, (performance.now() - opening) / 1000, GOAL.openSeconds, 's');
  if (view.pairs?.total !== pairs || first.total !== pairs) throw new Error('the run is not whole');
  const times: number[] = [];
  for (let at = 0; at < 50; at++) {
    const from = Math.floor((pairs * ((at * 37) % 50)) / 50);
    times.push(await timed(() => ask(`runs/${run?.id}/pairs?from=${from}&limit=100`)));
  }
  row('a page of 100 pairs anywhere, median', median(times), GOAL.pageMs, 'ms');
  row('the failed ones of all', await timed(() => ask(`runs/${run?.id}/pairs?state=failed&limit=100`)), 1000, 'ms');
  await dashboard.close();
}

async function manyRuns(runs: number): Promise<void> {
  await makeRun(join(folder, 'many', 'run-0'), { pairs: 640 });
  for (let at = 1; at < runs; at++)
    cpSync(join(folder, 'many', 'run-0'), join(folder, 'many', `run-${at}`), { recursive: true });
  const opening = performance.now();
  const dashboard = await serveDashboard({ paths: [join(folder, 'many')] });
  const ask = asker(dashboard.port);
  const rows = await ask<readonly RunRow[]>('runs');
  row(`starts and lists ${rows.length} runs`, (performance.now() - opening) / 1000, GOAL.openSeconds, 's');
  const page = await openPage(dashboard.port, undefined);
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const { user, system } = process.cpuUsage(before);
  row('share of a core while their list is open', (user + system) / 1e6 / 10, GOAL.share, '');
  page.close();
  // The look that is under way is finished.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const idle = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const rest = process.cpuUsage(idle);
  row('the same while no page is open', (rest.user + rest.system) / 1e6 / 3, 0.005, '');
  await dashboard.close();
}

/** The same run alone and watched, in turns: the CPU time of the server beside that of the run, and how long the run took. */
async function liveRun(repeats: number): Promise<void> {
  const records = readFileSync(SAMPLE, 'utf8').trim().split('\n');
  const manifest = join(folder, 'pairs.jsonl');
  const lines = Array.from({ length: LIVE_PAIRS }, (_, at) => {
    const record: Record<string, unknown> = JSON.parse(records[at % records.length] ?? '{}');
    return JSON.stringify({ ...record, text_description: `${at} ${record.text_description}` });
  });
  writeFileSync(manifest, `${lines.join('\n')}\n`);
  const [alone, watched, shares]: [number[], number[], number[]] = [[], [], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    alone.push((await runAlone(manifest, `alone-${repeat}`)).seconds);
    const server = spawn(process.execPath, [MAIN, 'dashboard', folder, '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = await once(server.stdout, 'data');
    const { port }: { port: number } = JSON.parse(String(printed));
    const name = `watched-${repeat}`;
    const running = runAlone(manifest, name);
    const page = await pageOf(port, name);
    const before = cpuSeconds(server.pid ?? 0);
    const { seconds, cpu } = await running;
    watched.push(seconds);
    shares.push((cpuSeconds(server.pid ?? 0) - before) / cpu);
    page.close();
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  row('CPU time of the server over that of a watched run', median(shares), GOAL.share, '');
  console.log(
    `  a run of ${LIVE_PAIRS} pairs: ${median(alone).toFixed(2)} s alone, ${median(watched).toFixed(2)} s with a page open`,
  );
}

async function runAlone(manifest: string, name: string): Promise<{ readonly seconds: number; readonly cpu: number }> {
  const begin = performance.now();
  const options = ['--midi_root', join(root, 'data'), '--text_encoder', 'hashing', '--output_format', 'parquet', '-q'];
  const child = spawn(
    process.execPath,
    [MAIN, 'process', '--input_file', manifest, '--output_dir', join(folder, name), ...options],
    {
      stdio: 'ignore',
    },
  );
  let cpu = 0;
  const timer = setInterval(() => {
    cpu = Math.max(cpu, cpuSeconds(child.pid ?? 0));
  }, 50);
  await once(child, 'exit');
  clearInterval(timer);
  return { seconds: (performance.now() - begin) / 1000, cpu };
}

/** Of a process with its threads. */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0; // it has ended
  }
}

async function pageOf(port: number, name: string): Promise<{ close(): void }> {
  const ask = asker(port);
  for (;;) {
    const run = (await ask<readonly RunRow[]>('runs')).find((each) => each.name === name);
    if (run !== undefined) return openPage(port, run.id);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Listens as the page does, and asks again for the run when it has changed. */
async function openPage(port: number, run: string | undefined): Promise<{ close(): void }> {
  const controller = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/events${run === undefined ? '' : `?run=${run}`}`, {
    signal: controller.signal,
  });
  const ask = asker(port);
  let askedAt = Number.NEGATIVE_INFINITY;
  void (async () => {
    try {
      for await (const chunk of response.body ?? []) {
        if (run === undefined || !Buffer.from(chunk).includes('event: run')) continue;
        if (performance.now() - askedAt < PAUSE_MS) continue;
        askedAt = performance.now();
        await ask(`runs/${run}`);
      }
    } catch {
      // The page was closed.
    }
  })();
  return { close: () => controller.abort() };
}

function asker(port: number) {
  return async <Answer>(path: string): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/${path}`);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json() as Promise<Answer>;
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function row(what: string, value: number, goal: number, unit: string): void {
  const written = unit === '' ? `${(100 * value).toFixed(2)} %` : `${value.toFixed(unit === 's' ? 2 : 1)} ${unit}`;
  const limit = unit === '' ? `${100 * goal} %` : `${goal} ${unit}`;
  console.log(`${what}: ${written}, ${value < goal ? 'under' : 'OVER'} ${limit}`);
}
