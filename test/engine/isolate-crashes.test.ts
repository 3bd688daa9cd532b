import { describe, expect, it } from 'vitest';
import { isolateCrashes, type Job } from '../../src/engine/isolate-crashes.ts';
import { StorageError } from '../../src/errors.ts';
import type { BatchResult } from '../../src/worker/batch-result.ts';

const jobs = (...indexes: number[]): Job[] => indexes.map((index) => ({ index }));

/** A result whose bytes are the indexes of its jobs. */
function resultOf(batch: readonly Job[]): BatchResult {
  return {
    frames: Uint8Array.from(batch, ({ index }) => index),
    count: batch.length,
    failures: [],
    stamps: new Uint8Array(),
  };
}

describe('isolateCrashes', () => {
  it('blames only the pair that kills its worker each time', async () => {
    const run = isolateCrashes(
      async (batch: readonly Job[]) => {
        if (batch.some(({ index }) => index === 2)) throw new Error('the worker died');
        return resultOf(batch);
      },
      () => 'midi_worker_crashed',
    );
    const result = await run(jobs(1, 2, 3));
    expect([...result.frames]).toEqual([1, 3]);
    expect(result.failures).toMatchObject([{ index: 2, code: 'midi_worker_crashed', error: 'the worker died' }]);
  });

  it('does not blame a pair for a crash that does not come again', async () => {
    let crashes = 2;
    const run = isolateCrashes(
      async (batch: readonly Job[]) => {
        if (crashes-- > 0) throw new Error('an exception of an earlier task');
        return resultOf(batch);
      },
      () => 'midi_worker_crashed',
    );
    expect(await run(jobs(1, 2))).toMatchObject({ count: 2, failures: [] });
  });

  it('ends the run where every pair kills its worker', async () => {
    const run = isolateCrashes(
      () => Promise.reject(new Error('no such module')),
      () => 'midi_worker_crashed',
    );
    const batch = jobs(...Array.from({ length: 40 }, (_, index) => index));
    await expect(run(batch)).rejects.toMatchObject({ code: 'workers_broken' });
  });

  it('passes on an error that is not about a pair', async () => {
    const run = isolateCrashes(
      () => Promise.reject(new StorageError('storage_full', 'disk full')),
      () => 'code',
    );
    await expect(run(jobs(1, 2))).rejects.toBeInstanceOf(StorageError);
  });
});
