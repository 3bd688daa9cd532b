import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Rig, shareOf, skippedRig } from './rig.ts';
import { type SampleTrial, withSampleTrial } from './sample-trial.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** What durable I/O is made of; reading is not disturbed. */
const CALLS = ['openat', 'write', 'fsync', 'close', 'rename', 'link', 'unlink', 'mkdir', 'rmdir'] as const;
/** Three saves of each stage: the first, one that keeps a backup, and that of the final status. */
const OPTIONS = ['--batch_size', '14', '--checkpoint_interval', '2', '--workers', '1'];
/** So that the merge begins beside the stages, where the machine has a second core. */
const FORMAT = ['--output_format', 'parquet'];

interface Point {
  readonly call: string;
  /** Which of the I/O thread's calls of this kind, from 1. */
  readonly when: number;
}

/**
 * A run over the whole sample that dies, or is told of an error, at one system call on a file of its run directory. It
 * has one I/O thread, whose calls strace counts. After an error it ends with a typed error, or well where the call did
 * not matter; in every case it is then finished, and the data set is the undisturbed one.
 */
function systemCallFaults(fault: string, injection: string, allowedEnd: RegExp): Rig {
  return async (size) => {
    if (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0) {
      return skippedRig(fault, 'strace is not installed, or may not trace here');
    }
    return withSampleTrial(async (trial) => {
      const outputDir = join(trial.folder, 'run');
      const { points, paths } = survey(outputDir, trial.folder);
      const chosen = someOf(points, shareOf(points.length, size), seededRandom(size.seed));
      const problems: string[] = [];
      for (const point of chosen) {
        const problem = await disturb(point, { outputDir, paths, injection, allowedEnd, trial });
        if (problem !== undefined) problems.push(`${point.call} ${point.when}: ${problem}`);
      }
      const kinds = new Set(chosen.map(({ call }) => call)).size;
      return { fault, tried: `${chosen.length} of ${points.length} calls of ${kinds} kinds`, problems };
    }, FORMAT);
  };
}

export const killedAtCalls = systemCallFaults('killed at a system call of a run', 'signal=KILL', /^killed$/);
export const inputOutputErrors = systemCallFaults(
  'EIO from a system call of a run',
  'error=EIO',
  /^0$|^6 .*\[storage_io\]$/,
);
export const noSpaceErrors = systemCallFaults(
  'ENOSPC from a system call of a run',
  'error=ENOSPC',
  /^0$|^6 .*\[storage_full\]$/,
);

/** An undisturbed run under strace: every file of the run directory that it touches, and how often it makes each call. */
function survey(outputDir: string, folder: string): { readonly points: readonly Point[]; readonly paths: string[] } {
  const log = join(folder, 'trace');
  trace(outputDir, ['-y', '-o', log, '-e', `trace=${CALLS.join(',')}`]);
  const text = readFileSync(log, 'utf8');
  const found = text.match(new RegExp(`${outputDir}[^">]*`, 'g')) ?? [];
  // The names of a lock's candidates are drawn anew in every run.
  const paths = [...new Set(found)].filter((path) => !path.includes('.candidate-'));
  rmSync(outputDir, { recursive: true });
  trace(outputDir, ['-o', log, ...paths.flatMap((path) => ['-P', path]), '-e', `trace=${CALLS.join(',')}`]);
  const counted = readFileSync(log, 'utf8');
  rmSync(outputDir, { recursive: true });
  const points = CALLS.flatMap((call) =>
    Array.from({ length: mostOfOneThread(counted, call) }, (_, at) => ({ call, when: at + 1 })),
  );
  return { points, paths };
}

/** strace counts for each thread; almost all calls are the I/O thread's. */
function mostOfOneThread(log: string, call: string): number {
  const counts = new Map<string, number>();
  for (const [, thread = ''] of log.matchAll(new RegExp(`^(\\d+) +${call}\\(`, 'gm'))) {
    counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

interface Disturbance {
  readonly outputDir: string;
  readonly paths: readonly string[];
  readonly injection: string;
  readonly allowedEnd: RegExp;
  readonly trial: SampleTrial;
}

async function disturb(point: Point, how: Disturbance): Promise<string | undefined> {
  const { outputDir, paths, injection, allowedEnd, trial } = how;
  const only = paths.flatMap((path) => ['-P', path]);
  const inject = `inject=${point.call}:${injection}:when=${point.when}`;
  const end = trace(outputDir, ['-o', '/dev/null', ...only, '-e', `trace=${point.call}`, '-e', inject]);
  const problem = await trial.finish(outputDir, ...OPTIONS);
  rmSync(outputDir, { recursive: true, force: true });
  // A run may be over before it comes to the last calls that the survey counted.
  if (end !== '0' && !allowedEnd.test(end)) return `ended with ${end}`;
  return problem === undefined ? undefined : `after ${end}, continued: ${problem}`;
}

/** Runs the sample under strace and says how that ended: `killed`, or the exit status and the last line of stderr. */
function trace(outputDir: string, options: readonly string[]): string {
  const command = [process.execPath, MAIN, ...sampleArguments(outputDir, ...OPTIONS, ...FORMAT)];
  const { status, signal, stderr } = spawnSync('strace', ['-f', '-qq', ...options, ...command], {
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    encoding: 'utf8',
  });
  if (signal === 'SIGKILL' || status === 137) return 'killed';
  return status === 0 ? '0' : `${status} ${stderr.trim().split('\n').at(-1)}`;
}

/** So many of the items, spread over all of them. */
function someOf<T>(items: readonly T[], count: number, random: () => number): readonly T[] {
  const every = items.length / count;
  const chosen = Array.from({ length: count }, (_, at) => items[Math.floor((at + random()) * every)]);
  return chosen.filter((item) => item !== undefined);
}
