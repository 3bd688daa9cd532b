import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/engine/isolate-crashes.ts';
import { type FinishedBatches, runStage, type StageBatch, type WaitCause } from '../../src/engine/run-stage.ts';
import { StorageError } from '../../src/errors.ts';
import type { BatchResult } from '../../src/worker/batch-result.ts';

async function* batchesOf(count: number): AsyncGenerator<StageBatch<Job>> {
  for (let index = 0; index < count; index++) {
    yield {
      jobs: [{ index }],
      first: index,
      last: index,
      planHash: `hash ${index}`,
      pairHashes: Uint32Array.of(index),
      keys: new Uint8Array(),
    };
  }
}

const resultOf = (jobs: readonly Job[]): BatchResult => ({
  frames: Uint8Array.from(jobs, ({ index }) => index),
  count: jobs.length,
  failures: [],
  stamps: new Uint8Array(),
});

interface Told {
  readonly commits: FinishedBatches[];
  readonly work?: (jobs: readonly Job[]) => Promise<BatchResult>;
  readonly commit?: (finished: FinishedBatches) => Promise<void>;
  readonly onWaited?: (cause: WaitCause, seconds: number) => void;
}

function run(count: number, batchesPerCommit: number, told: Told): Promise<void> {
  return runStage({
    batches: batchesOf(count),
    window: 4,
    batchesPerCommit,
    work: told.work ?? (async (jobs) => resultOf(jobs)),
    commit:
      told.commit ??
      (async (finished) => {
        told.commits.push(finished);
      }),
    onBatch: () => {},
    onWaited: told.onWaited ?? (() => {}),
  });
}

describe('runStage', () => {
  it('commits every interval, and what is left at the end', async () => {
    const commits: FinishedBatches[] = [];
    await run(7, 3, { commits });
    expect(commits.map(({ first, last, planHash }) => [first, last, planHash])).toEqual([
      [0, 2, 'hash 2'],
      [3, 5, 'hash 5'],
      [6, 6, 'hash 6'],
    ]);
  });

  it('commits what was finished before a batch that fails as a whole', async () => {
    const commits: FinishedBatches[] = [];
    const work = async (jobs: readonly Job[]) => {
      if (jobs[0]?.index === 5) throw new Error('no worker left');
      return resultOf(jobs);
    };
    await expect(run(9, 100, { commits, work })).rejects.toThrow('no worker left');
    expect(commits.map(({ first, last }) => [first, last])).toEqual([[0, 4]]);
  });

  it('never runs two commits at a time, and stops when one fails', async () => {
    let running = 0;
    let done = 0;
    const commit = async () => {
      expect(++running).toBe(1);
      await sleep(2);
      running--;
      if (++done === 3) throw new StorageError('storage_full', 'disk full');
    };
    await expect(run(40, 1, { commits: [], commit })).rejects.toMatchObject({ code: 'storage_full' });
    expect(done).toBe(3);
  });

  it('tells how long it stood still for commits: all of the last one, and what of the others outlasts the work', async () => {
    let waited = 0;
    const commit = () => sleep(600);
    const onWaited = (cause: WaitCause, seconds: number) => {
      if (cause === 'saves') waited += seconds;
    };
    await run(4, 2, { commits: [], commit, onWaited });
    expect(waited).toBeGreaterThan(1.15);
    waited = 0;
    await run(4, 2, {
      commits: [],
      commit,
      onWaited,
      work: async (jobs) => {
        await sleep(400 * ((jobs[0]?.index ?? 0) + 1));
        return resultOf(jobs);
      },
    });
    expect(waited).toBeLessThan(1.15);
  });
});
