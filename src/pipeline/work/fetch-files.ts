import type { Job } from '../../engine/isolate-crashes.ts';
import { limitConcurrency } from '../../engine/limit-concurrency.ts';
import type { FetchedFile } from '../../manifest/fetched-file.ts';
import type { BatchResult } from '../../worker/batch-result.ts';

/** Files of a batch that are fetched at the same time: a bucket answers after a while, but many at a time. */
const TOGETHER = 32;
/** Batches that are fetched at the same time. */
const BATCHES = 2;
/** What is fetched and not worked off yet, before no more is fetched. */
const AHEAD_BYTES = 256 * 1024 * 1024;

export interface FetchOptions<J extends Job> {
  /** The path of the file that a job reads, if any. */
  readonly fileOf: (job: J) => string | undefined;
  /** @throws StorageError where it cannot be had. */
  readonly fetch: (job: J) => Promise<FetchedFile | undefined>;
}

/**
 * Has the files of each batch fetched before it is worked off, while others are: once where several of its pairs have one file, and no more
 * than `AHEAD_BYTES`, and what two batches hold, ahead of the work.
 */
export function fetchFiles<J extends Job & { readonly fetched?: FetchedFile | undefined }>(
  work: (jobs: readonly J[]) => Promise<BatchResult>,
  { fileOf, fetch }: FetchOptions<J>,
): (jobs: readonly J[]) => Promise<BatchResult> {
  const inTurn = limitConcurrency(BATCHES);
  const together = limitConcurrency(TOGETHER);
  let aheadBytes = 0;
  let onRoom = new Set<() => void>();

  async function fetched(jobs: readonly J[]): Promise<{ readonly jobs: readonly J[]; readonly sizeBytes: number }> {
    while (aheadBytes >= AHEAD_BYTES) await new Promise<void>((resolve) => onRoom.add(resolve));
    const files = new Map<string, Promise<FetchedFile | undefined>>();
    const found = jobs.map((job) => {
      const path = fileOf(job);
      if (path === undefined) return undefined;
      const known = files.get(path) ?? together(() => fetch(job));
      files.set(path, known);
      return known;
    });
    const all = await Promise.all(found);
    let sizeBytes = 0;
    for (const file of new Set(all)) if (file?.ok) sizeBytes += file.bytes.length;
    aheadBytes += sizeBytes;
    return { jobs: jobs.map((job, at) => (all[at] === undefined ? job : { ...job, fetched: all[at] })), sizeBytes };
  }

  return async (jobs) => {
    const ready = await inTurn(() => fetched(jobs));
    try {
      return await work(ready.jobs);
    } finally {
      aheadBytes -= ready.sizeBytes;
      const waiting = onRoom;
      onRoom = new Set();
      for (const go of waiting) go();
    }
  };
}
