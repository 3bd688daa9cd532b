import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LOCK_FILE } from '../../src/checkpoint/lock-file.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { type Rig, shareOf } from './rig.ts';
import { RunningCli } from './running-cli.ts';
import { endOf, type SampleTrial, withSampleTrial } from './sample-trial.ts';

const FULL_ROUNDS = 40;
const CONTENDERS = 6;
/** What a run says once it has the lock and has opened its stages. */
const HAS_BEGUN = /^\d+ pairs in /m;

/** Puts the run directory in a state in which the lock is free or its holder is dead; may return what ends that state. */
type Situation = (outputDir: string) => Promise<(() => void) | undefined>;

const SITUATIONS: readonly (readonly [name: string, situation: Situation])[] = [
  ['a free directory', async () => undefined],
  ['the lock of a killed run', leaveLockOfKilledRun],
  ['the lock of a reused pid', leaveLockOfReusedPid],
  ['the lock of a zombie', leaveLockOfZombie],
];

/**
 * Several runs start at once in one directory. The one that begins is stopped where it is, until all others have been
 * refused; then it goes on and must finish with the undisturbed data set.
 */
export const lockRaces: Rig = (size) =>
  withSampleTrial(async (trial) => {
    const rounds = shareOf(FULL_ROUNDS, size);
    const problems: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const [name, situation] = SITUATIONS[(round + size.seed) % SITUATIONS.length] ?? ['', async () => undefined];
      const outputDir = mkdtempSync(join(trial.folder, 'race-'));
      const end = await situation(outputDir);
      const found = await race(outputDir, trial);
      end?.();
      problems.push(...found.map((problem) => `round ${round}, ${name}: ${problem}`));
      rmSync(outputDir, { recursive: true, force: true });
    }
    const tried = `${rounds} rounds of ${CONTENDERS} runs: a free lock, that of a killed run, of a reused pid, of a zombie`;
    return { fault: 'runs that race for one directory', tried, problems };
  });

async function race(outputDir: string, trial: SampleTrial): Promise<readonly string[]> {
  const runs = Array.from({ length: CONTENDERS }, () => new RunningCli(sampleArguments(outputDir)));
  const began = await Promise.all(
    runs.map(async (run) => {
      const hasBegun = await run.saying(HAS_BEGUN);
      if (hasBegun) run.child.kill('SIGSTOP');
      return hasBegun;
    }),
  );
  const winners = runs.filter((_, at) => began[at]);
  for (const winner of winners) winner.child.kill('SIGCONT');
  const problems: string[] = [];
  if (winners.length !== 1) problems.push(`${winners.length} of ${CONTENDERS} runs began`);
  for (const run of runs) {
    const result = await run.ended;
    const isRight = winners.includes(run)
      ? result.code === 0
      : result.code === 4 && result.stderr.includes('[run_locked]');
    if (!isRight) problems.push(endOf(result));
  }
  const difference = winners.length === 1 ? trial.difference(outputDir) : undefined;
  return difference === undefined ? problems : [...problems, difference];
}

/** A run that is killed as soon as it has begun; returns its lock. */
async function leaveLock(outputDir: string): Promise<Record<string, unknown>> {
  const run = new RunningCli(sampleArguments(outputDir));
  await run.saying(HAS_BEGUN);
  run.child.kill('SIGKILL');
  await run.ended;
  const lock: Record<string, unknown> = JSON.parse(readFileSync(join(outputDir, LOCK_FILE), 'utf8'));
  return lock;
}

async function leaveLockOfKilledRun(outputDir: string): Promise<undefined> {
  await leaveLock(outputDir);
}

async function leaveLockOfReusedPid(outputDir: string): Promise<undefined> {
  writeLock(outputDir, { ...(await leaveLock(outputDir)), pid: process.pid, start_time: '1' });
}

/** A process that has ended and whose parent does not ask for it holds the lock by pid and start time. */
async function leaveLockOfZombie(outputDir: string): Promise<() => void> {
  const lock = await leaveLock(outputDir);
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 600']);
  const [output] = await once(parent.stdout, 'data');
  const pid = Number(output);
  const stat = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8');
  while (!stat().includes(') Z ')) await pause(5);
  const startTime = stat().split(') ')[1]?.split(' ')[19];
  writeLock(outputDir, { ...lock, pid, start_time: startTime });
  return () => void parent.kill('SIGKILL');
}

function writeLock(outputDir: string, lock: Record<string, unknown>): void {
  writeFileSync(join(outputDir, LOCK_FILE), `${JSON.stringify(lock)}\n`);
}
