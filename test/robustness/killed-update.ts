import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../cli/run-cli.ts';
import { folderDigest } from '../folder-digest.ts';
import { seededRandom } from '../seeded-random.ts';
import { EditedCollection } from './edited-collection.ts';
import { type Rig, shareOf } from './rig.ts';
import { endOf } from './sample-trial.ts';

// The built package, whose workers are JavaScript files.
const { processPairs, readRunStatus }: typeof import('midiloom') = await import(
  new URL('../../dist/index.js', import.meta.url).href
);

const FULL_KILLS = 200;
/** Kills of the same update of the same run. */
const KILLS_PER_COLLECTION = 20;
const PRELOAD = fileURLToPath(new URL('killed-at.mjs', import.meta.url));

/**
 * SIGKILL in an update, just before one of its changes to the run directory; now and then once more in the session that goes on with it.
 * Gone on with by `--mode continue` or `--mode update`, it must end with the data set of a fresh run.
 */
export const killedUpdate: Rig = async (size) => {
  const problems: string[] = [];
  const wanted = shareOf(FULL_KILLS, size);
  let kills = 0;
  for (let number = 0; kills < wanted; number++) {
    const seed = size.seed * 1000 + number;
    const folder = mkdtempSync(join(tmpdir(), 'midiloom-killed-'));
    try {
      const trial = await trialIn(folder, seededRandom(seed));
      for (let tries = Math.min(KILLS_PER_COLLECTION, wanted - kills); tries > 0; tries--) {
        kills++;
        const problem = await trial(kills);
        if (problem !== undefined) problems.push(`seed ${seed}: ${problem}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { fault: 'SIGKILL in `--mode update`', tried: `${kills} updates killed`, problems };
};

/** A run whose collection was edited since; what is given back kills an update of it once and says what went wrong. */
async function trialIn(folder: string, random: () => number): Promise<(kill: number) => Promise<string | undefined>> {
  const collection = new EditedCollection(folder, random);
  const before = join(folder, 'before');
  await processPairs({ ...collection.options(), outputDir: before });
  const edits = collection.edit();
  const fresh = join(folder, 'fresh');
  const options = collection.options();
  await processPairs({ ...options, outputDir: fresh });
  const expected = digestOf(fresh);

  const surveyed = join(folder, 'surveyed');
  cpSync(before, surveyed, { recursive: true });
  const counted = join(folder, 'count');
  const survey = await runCli(update(surveyed), preloaded(0, counted));
  if (survey.code !== 0) return async () => `${edits}: ${endOf(survey)}`;
  if (digestOf(surveyed) !== expected) return async () => `${edits}: another data set than that of a fresh run`;
  const calls = Number(readFileSync(counted, 'utf8'));

  /** Options given again as they are: `--no_NAME` for those that are the default. */
  function update(outputDir: string): string[] {
    return ['process', '--mode', 'update', '--output_dir', outputDir, ...flagsOf(options)];
  }

  return async (kill) => {
    const outputDir = join(folder, `run-${kill}`);
    cpSync(before, outputDir, { recursive: true });
    const points: number[] = [];
    let hasBegun = false;
    for (let killed = random() < 0.3 ? 2 : 1; killed > 0; killed--) {
      points.push(1 + Math.floor(random() * calls));
      const end = await runCli(
        hasBegun ? ['process', '--output_dir', outputDir] : update(outputDir),
        preloaded(points.at(-1) ?? 1),
      );
      if (end.signal !== 'SIGKILL' && end.code !== 0) return `${edits}, killed at ${points}: ${endOf(end)}`;
      hasBegun = hasBegun || (await isUnderWay(outputDir)) || end.code === 0;
    }
    // Before an update has begun, `--mode continue` would not know of it.
    const goesOn = hasBegun && random() < 0.5;
    const end = await runCli(goesOn ? ['process', '--mode', 'continue', '--output_dir', outputDir] : update(outputDir));
    const problem =
      end.code !== 0 ? endOf(end) : digestOf(outputDir) === expected ? await leftIn(outputDir) : 'another data set';
    rmSync(outputDir, { recursive: true, force: true });
    return problem === undefined
      ? undefined
      : `${edits}, killed at ${points} of ${calls}, ${goesOn ? 'continued' : 'updated'}: ${problem}`;
  };
}

async function isUnderWay(outputDir: string): Promise<boolean> {
  const { status, reason } = await readRunStatus(outputDir);
  return status === 'interrupted' && reason?.startsWith('an update was stopped') === true;
}

async function leftIn(outputDir: string): Promise<string | undefined> {
  const { status, reason } = await readRunStatus(outputDir);
  if (status !== 'completed') return `its state is ${status} (${reason})`;
  const names = Object.keys(folderDigest(outputDir)).filter((name) => /\.(before-\d+|old-\d+|tmp)/.test(name));
  return names.length === 0 ? undefined : `${names[0]} was left`;
}

function preloaded(at: number, countFile = '') {
  return {
    env: { NODE_OPTIONS: `--import=${PRELOAD}`, MIDILOOM_TEST_KILL_AT: String(at), MIDILOOM_TEST_COUNT: countFile },
  };
}

function flagsOf(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const flag = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return value === null ? [`--no_${flag}`] : [`--${flag}`, Array.isArray(value) ? value.join(',') : String(value)];
  });
}

function digestOf(outputDir: string): string {
  return JSON.stringify(folderDigest(join(outputDir, 'dataset')));
}
