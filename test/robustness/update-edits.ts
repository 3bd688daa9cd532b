import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderDigest } from '../folder-digest.ts';
import { seededRandom } from '../seeded-random.ts';
import { EditedCollection } from './edited-collection.ts';
import { type Rig, shareOf } from './rig.ts';

// The built package, whose workers are JavaScript files.
const { planRun, processPairs, readRunStatus }: typeof import('midiloom') = await import(
  new URL('../../dist/index.js', import.meta.url).href
);

const FULL_SCRIPTS = 100;

/** Random edits of a manifest, its files and the options: an update must end with the data set of a fresh run, byte for byte. */
export const updateAfterEdits: Rig = async (size) => {
  const problems: string[] = [];
  const scripts = shareOf(FULL_SCRIPTS, size);
  let rounds = 0;
  for (let script = 0; script < scripts; script++) {
    const seed = size.seed * 1000 + script;
    const random = seededRandom(seed);
    const folder = mkdtempSync(join(tmpdir(), 'midiloom-edits-'));
    try {
      const collection = new EditedCollection(folder, random);
      const outputDir = join(folder, 'run');
      await firstRun(collection, outputDir, random);
      for (let round = 1 + Math.floor(random() * 3); round > 0; round--) {
        rounds++;
        const edits = collection.edit();
        const problem = await tryUpdate(collection, outputDir, join(folder, `fresh-${round}`));
        if (problem !== undefined) {
          problems.push(`seed ${seed}, ${edits}: ${problem}`);
          break;
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return {
    fault: 'a manifest, its files and the options edited at random, then `--mode update`',
    tried: `${rounds} updates in ${scripts} scripts`,
    problems,
  };
};

/** Now and then a run that was stopped half-way is what is updated. */
async function firstRun(collection: EditedCollection, outputDir: string, random: () => number): Promise<void> {
  const stop = new AbortController();
  const isStopped = random() < 0.3;
  await processPairs(
    { ...collection.options(), outputDir },
    { signal: stop.signal, onEvent: ({ type }) => isStopped && type === 'saved' && stop.abort() },
  );
}

async function tryUpdate(collection: EditedCollection, outputDir: string, fresh: string): Promise<string | undefined> {
  try {
    const options = collection.options();
    const foreseen = (await planRun({ ...options, outputDir, mode: 'update' })).update;
    const { status, update } = await processPairs({ ...options, outputDir, mode: 'update' });
    if (status !== 'complete') return `it ended ${status}`;
    if (JSON.stringify(foreseen) !== JSON.stringify(update))
      return `${JSON.stringify(foreseen)} was foreseen, not ${JSON.stringify(update)}`;
    await processPairs({ ...options, outputDir: fresh });
    const expected = digestOf(fresh);
    if (digestOf(outputDir) !== expected) return 'another data set than that of a fresh run';
    const state = (await readRunStatus(outputDir)).status;
    if (state !== 'completed') return `its state is ${state}`;
    const idle = (await planRun({ outputDir, mode: 'update' })).update;
    if (idle?.moved !== 0 || idle.removed !== 0) return `another update would move ${idle?.moved} rows`;
    await processPairs({ outputDir });
    return digestOf(outputDir) === expected ? undefined : 'another data set after it was continued';
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function digestOf(outputDir: string): string {
  return JSON.stringify(folderDigest(join(outputDir, 'dataset')));
}
