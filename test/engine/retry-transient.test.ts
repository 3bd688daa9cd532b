import { describe, expect, it } from 'vitest';
import { frameRecord, readFrames } from '../../src/checkpoint/record-frame.ts';
import type { Job } from '../../src/engine/isolate-crashes.ts';
import { retryTransient } from '../../src/engine/retry-transient.ts';
import { type BatchResult, pairFailure } from '../../src/worker/batch-result.ts';

const jobs = [0, 1, 2].map((index) => ({ index }));
const options = { maxRetries: 3, firstPauseMs: 1, signal: new AbortController().signal };

/** Pair 1 fails with `code` the first `times` times; every other pair succeeds at once. */
function failing(code: string, times: number) {
  const batches: number[][] = [];
  const run = async (batch: readonly Job[]): Promise<BatchResult> => {
    batches.push(batch.map(({ index }) => index));
    const fails = batches.length <= times;
    const good = batch.filter(({ index }) => index !== 1 || !fails);
    return {
      frames: Buffer.concat(good.map(({ index }) => frameRecord(index, Uint8Array.of(index)))),
      count: good.length,
      failures: fails ? [pairFailure(1, code, 'stale file handle')] : [],
      stamps: new Uint8Array(),
    };
  };
  return { batches, run };
}

describe('retryTransient', () => {
  it('tries only the pair again whose failure may go away, and puts it back in its place', async () => {
    const { batches, run } = failing('midi_file_unreadable', 2);
    const result = await retryTransient(run, options)(jobs);
    expect(batches).toEqual([[0, 1, 2], [1], [1]]);
    expect(Array.from(readFrames(result.frames), ({ index }) => index)).toEqual([0, 1, 2]);
    expect(result).toMatchObject({ count: 3, failures: [] });
  });

  it('gives up after the retries and keeps one failure', async () => {
    const { batches, run } = failing('midi_file_unreadable', 99);
    const result = await retryTransient(run, options)(jobs);
    expect(batches).toHaveLength(4);
    expect(result.failures).toHaveLength(1);
  });

  it('does not try again what will fail again', async () => {
    const { batches, run } = failing('midi_not_smf', 99);
    await retryTransient(run, options)(jobs);
    expect(batches).toHaveLength(1);
  });
});
