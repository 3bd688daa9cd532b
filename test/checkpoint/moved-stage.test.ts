/** A stage that is brought back from its copy, or that takes the place of an exported one, on a disk that dies at any call. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { syncDirectory, writeDurably } from '../../src/checkpoint/durable-replace.ts';
import { installStage } from '../../src/checkpoint/install-stage.ts';
import { findCheckpoint } from '../../src/checkpoint/load-checkpoint.ts';
import { openStageStore, type StageStoreOptions } from '../../src/checkpoint/open-stage-store.ts';
import { SecondPlace } from '../../src/checkpoint/second-place.ts';
import { stageFiles } from '../../src/checkpoint/stage-files.ts';
import type { StageStore } from '../../src/checkpoint/stage-store.ts';
import { StorageError } from '../../src/errors.ts';
import { MemoryFileSystem, PowerOff, seededRandom } from './memory-file-system.ts';
import { context, mainPass, optionsFor, outcomes, retryPass } from './stage-fixture.ts';

const RUN = '/output/run';
const BACKUP = '/drive/backup';

async function openOn(disk: MemoryFileSystem, changes: Partial<StageStoreOptions> = {}): Promise<StageStore> {
  return (await openStageStore(optionsFor(RUN, { fileSystem: disk, ...changes }))).store;
}

function withSecondPlace(disk: MemoryFileSystem): Promise<StageStore> {
  return openOn(disk, {
    secondPlace: {
      place: new SecondPlace({ directory: BACKUP, runDirectory: RUN, files: disk, fs: disk }),
      notify: () => {},
    },
  });
}

async function fill(store: StageStore): Promise<void> {
  await store.commit(mainPass(0, 2, [1]), context);
  await store.commit(retryPass(1, [1]), context);
  await store.commit(mainPass(3, 4), context);
}

async function removeTree(disk: MemoryFileSystem, path: string): Promise<void> {
  for (const name of await disk.readdir(path)) {
    await disk.unlink(join(path, name)).catch(() => {});
    await disk.readdir(join(path, name)).then(
      () => removeTree(disk, join(path, name)),
      () => {},
    );
  }
  await disk.rmdir(path);
}

/** Whatever the disk did to it; other errors are the test's. */
async function untilDeath(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof PowerOff || error instanceof StorageError)) throw error;
  }
}

function dyingAt(disk: MemoryFileSystem, call: number): MemoryFileSystem {
  const copy = disk.copy();
  copy.onCall = (at) => (at === call ? 'die' : 'go');
  return copy;
}

/** The disk after the work was killed, or lost power, at each of its calls. */
async function* afterEveryDeath(
  original: MemoryFileSystem,
  work: (disk: MemoryFileSystem) => Promise<unknown>,
): AsyncGenerator<readonly [disk: MemoryFileSystem, what: string]> {
  const undisturbed = original.copy();
  await work(undisturbed);
  for (let call = 0; call < undisturbed.calls; call++) {
    const disk = dyingAt(original, call);
    await untilDeath(work(disk));
    yield [disk.copy().afterKill(), `killed at call ${call}`];
    for (let seed = 0; seed < 2; seed++) {
      yield [disk.copy().afterPowerCut(seededRandom(call * 100 + seed)), `power cut at call ${call}, seed ${seed}`];
    }
  }
}

test('killed or without power at any call, a stage that is brought back is brought back', async () => {
  const original = new MemoryFileSystem();
  const store = await withSecondPlace(original);
  await fill(store);
  await store.settleCopy();
  const expected = await outcomes(store);
  await removeTree(original, RUN);
  await syncDirectory('/output', original);
  const bringBack = async (disk: MemoryFileSystem): Promise<void> => (await withSecondPlace(disk)).settleCopy();
  let tried = 0;
  for await (const [disk, what] of afterEveryDeath(original, bringBack)) {
    const again = await withSecondPlace(disk);
    expect(await outcomes(again), what).toEqual(expected);
    tried++;
  }
  expect(tried).toBeGreaterThan(200);
});

test('killed or without power at any call, the second place holds nothing that was not saved, and harms nothing', async () => {
  const states: (readonly string[])[] = [[]];
  const live = async (disk: MemoryFileSystem): Promise<void> => {
    const store = await withSecondPlace(disk);
    for (const commit of [mainPass(0, 2, [1]), retryPass(1, [1]), mainPass(3, 4)]) {
      await store.commit(commit, context);
      await store.settleCopy();
      if (states.length < 4) states.push(await outcomes(store));
    }
  };
  for await (const [disk, what] of afterEveryDeath(new MemoryFileSystem(), live)) {
    expect(states, what).toContainEqual(await outcomes(await openOn(disk)));
    await removeTree(disk, RUN).catch(() => {});
    expect(states, what).toContainEqual(await outcomes(await withSecondPlace(disk)));
  }
});

test('killed or without power at any call, an exported stage is there, or the one that was made of it', async () => {
  const files = stageFiles(`${RUN}/midi_checkpoint.json`);
  const inline = Buffer.from('{"format":"midiloom-interchange","processed_data":[]}');
  const original = new MemoryFileSystem();
  await (await openOn(original)).saveStatus('not_started', context);
  await removeTree(original, `${RUN}/midi_checkpoint.d`);
  await syncDirectory(RUN, original);
  await writeDurably(files.checkpoint, [inline], original);
  let expected: readonly string[] = [];
  const install = (disk: MemoryFileSystem): Promise<void> =>
    installStage(
      files,
      async (checkpointFile) => {
        const store = await openOn(disk, { checkpointFile });
        await fill(store);
        expected = await outcomes(store);
      },
      disk,
    );
  const seen = { inline: 0, installed: 0 };
  for await (const [disk, what] of afterEveryDeath(original, install)) {
    const found = await findCheckpoint(files.checkpoint, disk);
    if (found.kind === 'foreign') {
      seen.inline++;
      await install(disk); // what the next run does
    } else seen.installed++;
    expect(await outcomes(await openOn(disk)), what).toEqual(expected);
  }
  expect(Math.min(seen.inline, seen.installed)).toBeGreaterThan(10);
});
