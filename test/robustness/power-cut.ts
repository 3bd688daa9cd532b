import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runCli } from '../cli/run-cli.ts';
import { sampleArguments } from '../pipeline/sample-run.ts';
import { seededRandom } from '../seeded-random.ts';
import { type DiskKind, LoopDisk } from './loop-disk.ts';
import { type Rig, shareOf, skippedRig } from './rig.ts';
import { RunningCli } from './running-cli.ts';
import { endOf, type SampleTrial, withSampleTrial } from './sample-trial.ts';

const FULL_CUTS = 300;
const CUTS_PER_RUN = 6;
/** A faulty writer must be caught within so many cuts, whatever the share. */
const PATIENCE_CUTS = 80;
const FAULTY_WRITERS = [
  'no fsync of segments',
  'no fsync of checkpoints',
  'no fsync of directories',
  'checkpoint before its segment',
  'checkpoints written in place',
] as const;
type Writer = 'sound' | (typeof FAULTY_WRITERS)[number];

const PRELOAD = fileURLToPath(new URL('faulty-writer.mjs', import.meta.url));
/** What the opening of a stage says when it had to make up for damage. A sound writer leaves none. */
const DAMAGE = /^.*(?:is not good|its backup is used instead|have no checkpoint).*$/m;

interface Storm {
  readonly disk: LoopDisk;
  readonly writer: Writer;
  readonly cuts: number;
  readonly random: () => number;
  readonly trial: SampleTrial;
  readonly stopAtProblem: boolean;
}

/**
 * Power cuts at random moments of runs on a file system of their own. After each, all that the run had said was saved
 * must be there and nothing may be damaged; a run that has ended well leaves the undisturbed data set even so.
 */
function powerCut(kind: DiskKind): Rig {
  const fault = `power cut on ${kind}`;
  return (size) =>
    withDisk(fault, kind, async (disk, trial) => {
      const wanted = shareOf(FULL_CUTS, size);
      const random = seededRandom(size.seed);
      const { cuts, runs, problems } = await storm({
        disk,
        writer: 'sound',
        cuts: wanted,
        random,
        trial,
        stopAtProblem: false,
      });
      return { fault, tried: `${cuts} cuts in ${runs} runs`, problems };
    });
}

/** The same rig must find out each of the writers that leave out or misplace one step of a save. */
function faultyWriters(kind: DiskKind): Rig {
  const fault = `power cut on ${kind}: five deliberately faulty writers`;
  return ({ seed }) =>
    withDisk(fault, kind, async (disk, trial) => {
      const caught: string[] = [];
      const problems: string[] = [];
      for (const writer of FAULTY_WRITERS) {
        const random = seededRandom(seed);
        const how = { disk, writer, cuts: PATIENCE_CUTS, random, trial, stopAtProblem: true };
        const found = await storm(how);
        if (found.problems.length === 0) problems.push(`${writer}: not caught in ${found.cuts} cuts`);
        else caught.push(`${writer}: caught at cut ${found.cuts}`);
      }
      return { fault, tried: caught.join('; '), problems };
    });
}

export const powerCutOnExt4 = powerCut('ext4');
export const powerCutOnXfs = powerCut('xfs');
export const faultyWritersOnExt4 = faultyWriters('ext4');
export const faultyWritersOnXfs = faultyWriters('xfs');

type Report = Awaited<ReturnType<Rig>>;

function withDisk(
  fault: string,
  kind: DiskKind,
  work: (disk: LoopDisk, trial: SampleTrial) => Promise<Report>,
): Promise<Report> {
  return withSampleTrial(async (trial) => {
    const disk = await LoopDisk.create(kind, trial.folder);
    if (typeof disk === 'string') return skippedRig(fault, disk);
    try {
      return await work(disk, trial);
    } finally {
      await disk.remove();
    }
  });
}

interface Weathered {
  readonly cuts: number;
  readonly runs: number;
  readonly problems: readonly string[];
}

async function storm({ disk, writer, cuts: wanted, random, trial, stopAtProblem }: Storm): Promise<Weathered> {
  const outputDir = join(disk.directory, 'run');
  const slowMs = await slowRunMs(outputDir, trial);
  const problems: string[] = [];
  let cuts = 0;
  let runs = 0;
  for (; cuts < wanted && !(stopAtProblem && problems.length > 0); runs++) {
    const saved = { midi: 0, text: 0 };
    for (let cutsOfRun = 0; ; cutsOfRun++) {
      const run = startRun(outputDir, writer);
      // Half of the cuts fall anywhere, half where there are saves.
      if (random() < 0.5) await run.saying(/ saved, /);
      await (cutsOfRun < CUTS_PER_RUN ? Promise.race([pause(random() * slowMs), run.ended]) : run.ended);
      const said = run.said;
      await disk.cutPower();
      run.child.kill('SIGKILL');
      const result = await run.ended;
      await disk.restart();
      cuts++;
      noteSaved(said, saved);
      const found = [DAMAGE.exec(said)?.[0], await lossOf(outputDir, saved)].filter((text) => text !== undefined);
      problems.push(...found.map((text) => `run ${runs}, cut ${cuts}: ${text}`));
      // A run that met the dead disk before it was killed is not at fault.
      const endedItself = result.signal === null && said === result.stderr;
      if (endedItself) {
        const problem = result.code === 0 ? trial.difference(outputDir) : endOf(result);
        if (problem !== undefined) problems.push(`run ${runs}, cut ${cuts}: ${problem}`);
      }
      if (endedItself || (stopAtProblem && problems.length > 0)) break;
    }
    rmSync(outputDir, { recursive: true, force: true });
  }
  return { cuts, runs, problems };
}

function startRun(outputDir: string, writer: Writer): RunningCli {
  return new RunningCli(sampleArguments(outputDir, '--progress_interval', '0'), {
    env: { MIDILOOM_TEST_WRITER: writer },
    nodeArguments: ['--import', PRELOAD],
  });
}

/** How long a run takes whose disk is slow. */
async function slowRunMs(outputDir: string, trial: SampleTrial): Promise<number> {
  const startedAt = performance.now();
  const result = await startRun(outputDir, 'sound').ended;
  const problem = result.code === 0 ? trial.difference(outputDir) : endOf(result);
  if (problem !== undefined) throw new Error(`the undisturbed run on the disk: ${problem}`);
  rmSync(outputDir, { recursive: true });
  return performance.now() - startedAt;
}

type Saved = Record<'midi' | 'text', number>;

/** What a run said was saved, and is not there when the power is back. */
async function lossOf(outputDir: string, saved: Readonly<Saved>): Promise<string | undefined> {
  if (saved.midi + saved.text === 0) return undefined;
  const status = await runCli(['status', '--output_dir', outputDir, '--json']);
  if (status.code !== 0) return endOf(status);
  const { midi, text }: Readonly<Record<string, { last_processed_idx: number }>> = JSON.parse(status.stdout).stages;
  const found = { midi: (midi?.last_processed_idx ?? -1) + 1, text: (text?.last_processed_idx ?? -1) + 1 };
  if (found.midi >= saved.midi && found.text >= saved.text) return undefined;
  return `MIDI ${saved.midi} and text ${saved.text} were saved, and ${found.midi} and ${found.text} are there`;
}

function noteSaved(said: string, saved: Saved): void {
  for (const [, stage, count] of said.matchAll(/^(midi|text): (\d+)\/\d+ saved/gm)) {
    if (stage === 'midi' || stage === 'text') saved[stage] = Math.max(saved[stage], Number(count));
  }
}
