import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { isStale, type LockTiming } from './claim-lock.ts';
import { nodeFileSystem } from './file-system.ts';
import { beat, type Candidate, LOCK_FILE, type LockHolder, readLock, removeLock, writeCandidate } from './lock-file.ts';
import { ownIdentity } from './process-identity.ts';
import { listDirectory } from './stage-files.ts';

/**
 * Does something that may wait for a lock. `wait` is called before each pause, and shows in the run directory that this process waits
 * until the work is done; nothing depends on that.
 *
 * @param directory - the run directory; `undefined`: it is shown nowhere.
 * @param timing - of the lock that is waited for.
 */
export async function withWaitingMark<Result>(
  directory: string | undefined,
  log: Log,
  { heartbeatMs }: Pick<LockTiming, 'heartbeatMs'>,
  work: (wait: (ms: number) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  let mark: Candidate | undefined;
  let dueMs = 0;
  const show = async (root: string): Promise<void> => {
    dueMs = performance.now() + heartbeatMs;
    try {
      if (mark !== undefined) await beat(mark);
      else mark = await writeCandidate(root, await ownIdentity(), 'waiting');
    } catch (error) {
      log('debug', 'cannot show that a lock is waited for', () => ({ error: messageOf(error) }));
    }
  };
  try {
    return await work(async (ms) => {
      if (directory !== undefined && performance.now() >= dueMs) await show(join(directory, LOCK_FILE));
      await pause(ms);
    });
  } finally {
    // One that stays is seen to be of a dead process, and the next holder removes it.
    await mark?.handle.close().catch(() => {});
    if (mark !== undefined) await removeLock(mark.file).catch(() => {});
  }
}

/** The processes that wait for a lock to work on a run directory, in the order in which they came. */
export async function readWaitingMarks(directory: string, timing: LockTiming): Promise<readonly LockHolder[]> {
  const root = join(directory, LOCK_FILE);
  const names = ((await listDirectory(directory, nodeFileSystem)) ?? []).filter((name) =>
    name.startsWith(`${basename(root)}.waiting-`),
  );
  if (names.length === 0) return [];
  const self = await ownIdentity();
  const waiting: LockHolder[] = [];
  for (const name of names) {
    const seen = await readLock(join(directory, name)).catch(() => undefined); // whatever lies there is no mark of ours
    if (seen?.holder === undefined || (await isStale(seen, { self, timing }, async () => Date.now()))) continue;
    waiting.push(seen.holder);
  }
  return waiting.sort((a, b) => (a.since < b.since ? -1 : 1));
}
