import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../cli/run-cli.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Rig, shareOf, skippedRig } from './rig.ts';
import { RunningCli } from './running-cli.ts';
import { endOf, withSampleTrial } from './sample-trial.ts';

const FAULT = 'clock jumps';
const FULL_TRIES = 40;
const KILLS = 2;
/** Where Debian and Ubuntu put the library of the package `faketime`. */
const LIBRARY = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketimeMT.so.1`;
/** In libfaketime's words: so far off the true time, or standing still at a time. */
const CLOCKS = ['+0', '-1s', '-3d', '-20y', '+2d', '+30y', '2021-03-28 02:30:00', '1970-01-01 00:00:01'] as const;
const JUMP_EVERY_MS = 60;

/**
 * Runs that are killed twice and whose wall clock jumps by up to decades all the time. The data set is the undisturbed
 * one, no duration or rate that a file or `status` tells is negative, and every session has an id of its own.
 */
export const clockJumps: Rig = async (size) => {
  if (!existsSync(LIBRARY)) return skippedRig(FAULT, 'libfaketime is not installed (apt-get install faketime)');
  return withSampleTrial(async ({ folder, runMs, difference }) => {
    const random = seededRandom(size.seed);
    const tries = shareOf(FULL_TRIES, size);
    const clock = join(folder, 'clock');
    const env = {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    const jump = (): void => writeFileSync(clock, `${CLOCKS[Math.floor(random() * CLOCKS.length)]}\n`);
    const problems: string[] = [];
    for (let count = 0; count < tries; count++) {
      const outputDir = join(folder, `run-${count}`);
      mkdirSync(outputDir);
      let sessions = 0;
      for (let session = 0; session <= KILLS; session++) {
        jump();
        const run = new RunningCli(sampleArguments(outputDir), { env });
        const jumping = setInterval(jump, JUMP_EVERY_MS);
        const killing = session < KILLS ? setTimeout(() => run.child.kill('SIGKILL'), random() * runMs) : undefined;
        const result = await run.ended;
        clearInterval(jumping);
        clearTimeout(killing);
        if (/ pairs in /.test(result.stderr)) sessions++;
        if (result.code !== 0 && result.signal !== 'SIGKILL') problems.push(`try ${count}: ${endOf(result)}`);
      }
      const found = [difference(outputDir), ...(await oddFigures(outputDir)), sessionFault(outputDir, sessions)];
      problems.push(...found.filter((text) => text !== undefined).map((text) => `try ${count}: ${text}`));
      rmSync(outputDir, { recursive: true });
    }
    return {
      fault: FAULT,
      tried: `${tries} runs with ${KILLS} kills each, a jump every ${JUMP_EVERY_MS} ms`,
      problems,
    };
  });
};

/** Durations and rates that are below zero, in every JSON file of the run directory and in `status`. */
async function oddFigures(outputDir: string): Promise<readonly string[]> {
  const status = await runCli(['status', '--output_dir', outputDir, '--json']);
  const texts = readdirSync(outputDir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, readFileSync(join(outputDir, name), 'utf8')] as const);
  return [['status', status.stdout] as const, ...texts].flatMap(([name, text]) =>
    negativeTimes(JSON.parse(text)).map((figure) => `${name} says ${figure}`),
  );
}

function negativeTimes(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'number') return value < 0 && /second|time|age/.test(key) ? [`${key} ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => negativeTimes(inner, `${key}.${name}`));
}

function sessionFault(outputDir: string, sessions: number): string | undefined {
  const log = readFileSync(join(outputDir, 'sessions.jsonl'), 'utf8');
  const started = log.split('\n').filter((line) => line.includes('"started"'));
  const ids = new Set(started.map((line) => /"session_id":"([^"]*)"/.exec(line)?.[1]));
  const isRight = ids.size === started.length && started.length >= sessions;
  return isRight ? undefined : `${started.length} sessions have ${ids.size} ids`;
}
