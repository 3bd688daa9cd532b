import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rig } from './rig.ts';

const FULL_MINUTES = 30;
/** Pools, compiled code and the heap's free space settle before this share of the runs. */
const SETTLED_AFTER = 0.5;
/** Of resident memory over the runs that are measured; the allocator's own noise is some MiB. */
const MOST_GROWTH_MIB = 16;
const PROCESS = fileURLToPath(new URL('soaking-process.ts', import.meta.url));

interface Sample {
  readonly rssMiB: number;
  readonly descriptors: number;
}

/** One process that runs the sample for half an hour: its memory and its open files must not grow. */
export const soak: Rig = async ({ share }) => {
  const folder = mkdtempSync(join(tmpdir(), 'midiloom-soak-'));
  try {
    const minutes = FULL_MINUTES * share;
    const { stdout, stderr, status, signal } = spawnSync(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', PROCESS, folder, String(minutes)],
      { encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    const samples = stdout.split('\n').flatMap((line): Sample[] => (line === '' ? [] : [JSON.parse(line)]));
    const settled = samples.slice(Math.floor(samples.length * SETTLED_AFTER));
    const rss = slope(settled.map(({ rssMiB }) => rssMiB));
    const descriptors = slope(settled.map((sample) => sample.descriptors));
    const growthMiB = rss * settled.length;
    const problems: string[] = [];
    if (status !== 0) problems.push(`${signal ?? `exit ${status}`}: ${stderr.trim().split('\n').at(-1)}`);
    if (growthMiB > MOST_GROWTH_MIB) problems.push(`memory grew by ${growthMiB.toFixed(1)} MiB`);
    if (descriptors * settled.length >= 1)
      problems.push(`${(descriptors * settled.length).toFixed(1)} more files are open`);
    const last = samples.at(-1);
    const slopes = `${rss.toFixed(3)} MiB and ${descriptors.toFixed(3)} descriptors a run`;
    const tried = `${samples.length} runs in ${minutes.toFixed(1)} minutes; slopes of the last ${settled.length}: ${slopes}, at ${last?.rssMiB.toFixed(0)} MiB and ${last?.descriptors}`;
    return { fault: 'one process for a long time', tried, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Least squares over equal steps. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let products = 0;
  let squares = 0;
  for (const [at, value] of values.entries()) {
    products += (at - middle) * (value - mean);
    squares += (at - middle) ** 2;
  }
  return squares === 0 ? 0 : products / squares;
}
