import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/engine/isolate-crashes.ts';
import { noticeLostInput } from '../../src/engine/notice-lost-input.ts';
import { type BatchResult, pairFailure } from '../../src/worker/batch-result.ts';

const jobs = (...indexes: number[]): Job[] => indexes.map((index) => ({ index }));

/** A drive from which files are read until it is gone; some files were never there, and some are no MIDI. */
function drive({ absent = [], broken = [] }: { readonly absent?: number[]; readonly broken?: number[] }) {
  let isThere = true;
  const tried: number[][] = [];
  const run = async (batch: readonly Job[]): Promise<BatchResult> => {
    tried.push(batch.map(({ index }) => index));
    const failures = batch.flatMap(({ index }) => {
      if (!isThere || absent.includes(index)) return [pairFailure(index, 'midi_file_not_found', 'it is not there')];
      return broken.includes(index) ? [pairFailure(index, 'midi_not_smf', 'it is no MIDI')] : [];
    });
    return { frames: new Uint8Array(), count: batch.length - failures.length, failures, stamps: new Uint8Array() };
  };
  const remove = (): void => {
    isThere = false;
  };
  return { run, tried, remove };
}

const options = { readsFile: () => true, earlier: async () => [], root: '/drive' };

describe('noticeLostInput', () => {
  it('fails a batch as a whole when what was read before is gone', async () => {
    const { run, remove } = drive({});
    const watched = noticeLostInput(run, options);
    await watched(jobs(0, 1, 2));
    remove();
    await expect(watched(jobs(3, 4, 5))).rejects.toMatchObject({ code: 'input_gone', message: /under \/drive/ });
  });

  it('lets files fail that were never there, also at the end of a batch and all of a batch', async () => {
    const { run } = drive({ absent: [2, 3, 4, 5] });
    const watched = noticeLostInput(run, options);
    expect((await watched(jobs(0, 1, 2))).failures).toHaveLength(1);
    expect((await watched(jobs(3, 4, 5))).failures).toHaveLength(3);
  });

  it('tries nothing again where a batch ends with a file that was read', async () => {
    const { run, tried } = drive({ absent: [0], broken: [2] });
    const watched = noticeLostInput(run, options);
    await watched(jobs(0, 1, 2));
    expect(tried).toEqual([[0, 1, 2]]);
  });

  it('takes no file for a witness that could not be read, and one for it that is no MIDI', async () => {
    const { run, remove } = drive({ broken: [0, 1] });
    const watched = noticeLostInput(run, options);
    await watched(jobs(0, 1));
    remove();
    await expect(watched(jobs(2, 3))).rejects.toMatchObject({ code: 'input_gone' });
    const never = drive({ absent: [0, 1, 2, 3] });
    const nothingRead = noticeLostInput(never.run, options);
    await nothingRead(jobs(0, 1));
    expect((await nothingRead(jobs(2, 3))).failures).toHaveLength(2);
  });

  it('asks pairs of an earlier session where this one has read nothing', async () => {
    const { run, remove } = drive({});
    remove();
    const watched = noticeLostInput(run, { ...options, earlier: async () => jobs(0, 1) });
    await expect(watched(jobs(2, 3))).rejects.toMatchObject({ code: 'input_gone' });
  });

  it('looks only at jobs that read a file', async () => {
    const { run, remove } = drive({});
    const watched = noticeLostInput(run, { ...options, readsFile: ({ index }: Job) => index % 2 === 0 });
    await watched(jobs(0, 1));
    remove();
    await expect(watched(jobs(2, 3))).rejects.toMatchObject({ code: 'input_gone' });
  });
});
