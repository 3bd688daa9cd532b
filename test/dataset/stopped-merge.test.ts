import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../src/checkpoint/file-system.ts';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { contentOf, runDirectory } from './run-directory.ts';
import { mergeInput } from './synthetic-run.ts';

const SHARD_BYTES = 200_000;

describe('a merge that is stopped', () => {
  it('by SIGKILL at any moment leaves the data set before or the new one, whole, and can be run again', async () => {
    const total = 900;
    const [reference, outputDir] = [runDirectory(), runDirectory()];
    await mergeDataset(mergeInput({ total: 30 }, reference, { shardSizeBytes: SHARD_BYTES }));
    const before = contentOf(reference);
    await mergeDataset(mergeInput({ total }, reference, { shardSizeBytes: SHARD_BYTES }));
    const after = contentOf(reference);

    await mergeDataset(mergeInput({ total: 30 }, outputDir, { shardSizeBytes: SHARD_BYTES }));
    let killed = 0;
    for (const delayMs of [0, 80, 250]) {
      if (await killedAfter(delayMs, outputDir, total)) killed++;
      if (existsSync(join(outputDir, 'dataset'))) expect([before, after]).toContainEqual(contentOf(outputDir));
    }
    expect(killed).toBeGreaterThan(0);
    await mergeDataset(mergeInput({ total }, outputDir, { shardSizeBytes: SHARD_BYTES }));
    expect(contentOf(outputDir)).toEqual(after);
    expect(readdirSync(outputDir)).toEqual(['dataset']);
  });

  it('between the two renames gets its old data set back', async () => {
    const outputDir = runDirectory();
    await mergeDataset(mergeInput({ total: 5 }, outputDir));
    const before = contentOf(outputDir);
    renameSync(join(outputDir, 'dataset'), join(outputDir, 'dataset.old'));
    mkdirSync(join(outputDir, 'dataset.tmp'));
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(mergeDataset(mergeInput({ total: 5 }, outputDir, { signal }))).rejects.toThrow('stopped');
    expect(contentOf(outputDir)).toEqual(before);
    expect(readdirSync(outputDir)).toEqual(['dataset']);
  });

  it('by a failing system call reports it, keeps the data set before, and works once the fault is gone', async () => {
    const outputDir = runDirectory();
    await mergeDataset(mergeInput({ total: 5 }, outputDir));
    const before = contentOf(outputDir);
    const calls = await countCalls(runDirectory());
    for (let failing = 1; failing <= calls; failing++) {
      const fileSystem = failingAt(failing);
      const outcome = mergeDataset(mergeInput({ total: 9 }, outputDir, { fileSystem }));
      await expect(outcome, `call ${failing} of ${calls}`).rejects.toMatchObject({ code: 'storage_full' });
      // The last two calls sync the run directory, when the new data set is in place.
      if (failing <= calls - 2) expect(contentOf(outputDir)).toEqual(before);
    }
    const { rows } = await mergeDataset(mergeInput({ total: 9 }, outputDir));
    expect(rows).toBe(9);
    expect(readdirSync(outputDir)).toEqual(['dataset']);
  });

  it('never takes a short write for a whole one', async () => {
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      open: async (path, flags, mode) => {
        const file = await nodeFileSystem.open(path, flags, mode);
        return {
          write: (bytes, offset, length) => file.write(bytes, offset, Math.min(length, 1000)),
          read: (bytes, offset, length, position) => file.read(bytes, offset, length, position),
          sync: () => file.sync(),
          stat: () => file.stat(),
          close: () => file.close(),
        };
      },
    };
    const [whole, inPieces] = [runDirectory(), runDirectory()];
    await mergeDataset(mergeInput({ total: 50 }, whole));
    await mergeDataset(mergeInput({ total: 50 }, inPieces, { fileSystem }));
    expect(contentOf(inPieces)).toEqual(contentOf(whole));
  });
});

/** Whether the child was still at work. */
function killedAfter(delayMs: number, outputDir: string, total: number): Promise<boolean> {
  const child = fork(fileURLToPath(new URL('merge-child.ts', import.meta.url)), [outputDir, String(total)], {
    execArgv: ['--import', 'tsx'],
  });
  child.once('message', () => setTimeout(() => child.kill('SIGKILL'), delayMs));
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal === 'SIGKILL')));
}

/** Calls that a merge makes, the last one being the sync of the run directory after the renames. */
async function countCalls(outputDir: string): Promise<number> {
  let calls = 0;
  await mergeDataset(mergeInput({ total: 5 }, outputDir));
  await mergeDataset(mergeInput({ total: 9 }, outputDir, { fileSystem: watched(() => void calls++) }));
  return calls;
}

function failingAt(call: number): FileSystem {
  let calls = 0;
  return watched(() => {
    if (++calls === call) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  });
}

/** Calls `before` before every call that writes, renames or syncs. */
function watched(before: () => void): FileSystem {
  return {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      before();
      const file = await nodeFileSystem.open(path, flags, mode);
      return {
        write: async (bytes, offset, length) => {
          before();
          return file.write(bytes, offset, length);
        },
        read: (bytes, offset, length, position) => file.read(bytes, offset, length, position),
        sync: async () => {
          before();
          return file.sync();
        },
        stat: () => file.stat(),
        close: () => file.close(),
      };
    },
    rename: async (from, to) => {
      before();
      return nodeFileSystem.rename(from, to);
    },
  };
}
