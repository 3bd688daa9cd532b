import { expect, test } from 'vitest';
import type { FetchedFile } from '../../../src/manifest/fetched-file.ts';
import { fetchFiles } from '../../../src/pipeline/work/fetch-files.ts';
import type { BatchResult } from '../../../src/worker/batch-result.ts';

interface TestJob {
  readonly index: number;
  readonly path?: string;
  readonly fetched?: FetchedFile | undefined;
}

const NOTHING: BatchResult = { frames: new Uint8Array(), count: 0, failures: [], stamps: new Uint8Array() };
const bytesOf = (size: number): FetchedFile => ({ ok: true, bytes: new Uint8Array(size) });

test('each file of a batch is fetched once and handed to all of its pairs; what names none is left as it is', async () => {
  const fetched: string[] = [];
  const worked: (readonly TestJob[])[] = [];
  const run = fetchFiles<TestJob>(
    async (jobs) => {
      worked.push(jobs);
      return NOTHING;
    },
    {
      fileOf: ({ path }) => path,
      fetch: async ({ path = '' }) => {
        fetched.push(path);
        return bytesOf(3);
      },
    },
  );
  await run([{ index: 0, path: 'a' }, { index: 1, path: 'a' }, { index: 2 }, { index: 3, path: 'b' }]);
  expect(fetched).toEqual(['a', 'b']);
  expect(worked[0]?.map(({ fetched: file }) => file?.ok)).toEqual([true, true, undefined, true]);
});

test('no more is fetched ahead than there is room for, however slow the work', async () => {
  const release: (() => void)[] = [];
  let fetches = 0;
  const run = fetchFiles<TestJob>(() => new Promise((resolve) => release.push(() => resolve(NOTHING))), {
    fileOf: ({ path }) => path,
    fetch: async () => {
      fetches++;
      return bytesOf(64 * 1024 * 1024);
    },
  });
  const batches = Array.from({ length: 20 }, (_, index) => run([{ index, path: `file ${index}` }]));
  await expect.poll(() => release.length).toBeGreaterThanOrEqual(4);
  expect(fetches).toBeLessThanOrEqual(6);
  for (let done = 0; done < 20; done++) {
    await expect.poll(() => release.length).toBeGreaterThan(0);
    release.shift()?.();
  }
  await Promise.all(batches);
  expect(fetches).toBe(20);
});

test('a bucket that cannot be asked fails the batch, not its pairs', async () => {
  const run = fetchFiles<TestJob>(async () => NOTHING, {
    fileOf: ({ path }) => path,
    fetch: () => Promise.reject(new Error('503')),
  });
  await expect(run([{ index: 0, path: 'a' }])).rejects.toThrow('503');
});
