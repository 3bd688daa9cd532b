import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../src/checkpoint/file-system.ts';
import { FollowedStage } from '../../src/checkpoint/followed-stage.ts';
import { readStage } from '../../src/checkpoint/read-stage.ts';
import { RecordPicker } from '../../src/checkpoint/record-picker.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { context, mainPass, open, optionsFor, retryPass } from './stage-fixture.ts';

const folder = temporaryFolder('followed');
let stages = 0;

function newStage(): { readonly directory: string; readonly checkpoint: string } {
  const directory = join(folder, String(stages++));
  return { directory, checkpoint: optionsFor(directory).checkpointFile };
}

/** What a reading of all that is there says. */
async function readAnew(checkpoint: string) {
  const reading = await readStage(checkpoint);
  return (
    reading && {
      lastIndex: reading.lastIndex,
      failed: [...reading.failedPairs],
      missing: [...reading.missing],
      segments: reading.segments,
    }
  );
}

async function lookedAt(followed: FollowedStage) {
  const view = await followed.look();
  return (
    view && {
      lastIndex: view.progress.lastIndex,
      failed: [...view.progress.failedPairs],
      missing: [...view.progress.missing],
      segments: view.progress.segments,
    }
  );
}

describe('a stage that is followed', () => {
  it('says at every moment what reading it anew says, through retries and new beginnings', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('main' as const), pairs: fc.integer({ min: 1, max: 6 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('retry' as const), pairs: fc.integer({ min: 1, max: 4 }) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const), pairs: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), pairs: fc.constant(0) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const { directory, checkpoint } = newStage();
        const followed = new FollowedStage(checkpoint);
        expect(await lookedAt(followed)).toBeUndefined();
        let { store } = await open(directory);
        let committed = 0;
        for (const { kind, pairs } of steps) {
          const first = store.lastIndex + 1;
          if (kind === 'main') {
            const last = first + pairs - 1;
            const failing = first % 3 === 0 ? [first] : [];
            await store.commit(mainPass(first, last, failing), context);
            committed++;
          } else if (kind === 'retry' && first > pairs) {
            const tried = Array.from({ length: pairs }, (_, at) => at);
            await store.commit(retryPass(store.nextPass, tried, tried.slice(1)), context);
          } else if (kind === 'reset') {
            rmSync(directory, { recursive: true, force: true });
            committed = 0;
            ({ store } = await open(directory));
          } else if (kind === 'lose' && committed > 1) {
            // What is lost shows once somebody goes on without it.
            rmSync(join(directory, 'midi_checkpoint.d', 'segment-0000000.msgpack'), { force: true });
            ({ store } = await open(directory));
            await store.commit(mainPass(store.lastIndex + 1, store.lastIndex + 2), context);
            committed++;
          }
          expect(await lookedAt(followed)).toEqual(await readAnew(checkpoint));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('reads of one that has grown only the segments that are new', async () => {
    const { directory, checkpoint } = newStage();
    const opened: string[] = [];
    const counting: FileSystem = {
      ...nodeFileSystem,
      open: (path, flags, mode) => {
        if (path.includes('segment-')) opened.push(path);
        return nodeFileSystem.open(path, flags, mode);
      },
    };
    const followed = new FollowedStage(checkpoint, counting);
    const { store } = await open(directory);
    for (let first = 0; first < 40; first += 2) await store.commit(mainPass(first, first + 1), context);
    await followed.look();
    expect(opened.splice(0)).toHaveLength(20);
    await followed.look();
    expect(opened).toEqual([]);
    await store.commit(mainPass(40, 41), context);
    await followed.look();
    expect(opened).toHaveLength(1);
  });
});

describe('a picker of records', () => {
  it('gives the latest outcome of every pair that is asked for, in any order', async () => {
    const { directory, checkpoint } = newStage();
    const { store } = await open(directory);
    for (let first = 0; first < 30; first += 3) await store.commit(mainPass(first, first + 2, [first]), context);
    await store.commit(retryPass(1, [0, 6, 12, 24], [12]), context);
    await store.commit(retryPass(2, [12, 13]), context);
    const reading = await readStage(checkpoint);
    const expected = new Map<number, string>();
    // Its bytes are good until the next one is asked for.
    for await (const record of reading?.reader.records() ?? []) {
      expected.set(record.index, record.ok ? Buffer.from(record.bytes).toString() : record.failure.error);
    }
    const picker = new RecordPicker(checkpoint);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 35 })), async (indices) => {
        const picked = await picker.pick(reading?.segments ?? [], indices);
        for (const index of indices) {
          const record = picked.get(index);
          const told = record?.ok ? Buffer.from(record.bytes).toString() : record?.failure.error;
          expect(told).toBe(expected.get(index));
        }
      }),
    );
    expect((await picker.pick(reading?.segments ?? [], [4])).get(4)?.pairHash).toBe(28);
  });
});
