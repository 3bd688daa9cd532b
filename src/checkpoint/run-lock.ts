import { basename, dirname, join } from 'node:path';
import { LockError, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Claimant, type ClaimedLock, claimLock, isStale, type LockTiming } from './claim-lock.ts';
import { createDirectory } from './durable-replace.ts';
import { nodeFileSystem } from './file-system.ts';
import { beat, LOCK_FILE, type LockHolder, readLock, removeLock, type SeenLock } from './lock-file.ts';
import { ownIdentity } from './process-identity.ts';
import { listDirectory } from './stage-files.ts';
import { readWaitingMarks, withWaitingMark } from './waiting-mark.ts';

export interface LockWait {
  readonly signal?: AbortSignal;
  readonly shownIn?: string;
}

const DEFAULT_TIMING: LockTiming = { heartbeatMs: 5000, silentAfterMs: 60_000, waitMs: 0 };
const POLL_MS = 200;

export interface RunLock {
  readonly holder: LockHolder;
  /** Aborted, with a `LockError` `lock_lost`, when the lock was removed or taken over: the run must stop writing. */
  readonly lost: AbortSignal;
  /** Never fails: a lock that stays is stale once its process has ended, and an error on the way out must not hide the first. */
  release(): Promise<void>;
}

/**
 * Takes the lock of a run directory, which is created where it is absent. A lock whose process is dead is taken over with
 * a notice. A live holder is `LockError` `run_locked`, after `waitMs` or when `signal` is aborted; a lock file that cannot be judged is
 * `lock_unreadable` or `lock_unusable`.
 *
 * @param options.shownIn - the run directory in which others see that this process waits.
 */
export async function acquireRunLock(
  directory: string,
  log: Log,
  { signal, shownIn = directory, ...timing }: Partial<LockTiming> & LockWait = {},
): Promise<RunLock> {
  await createDirectory(directory);
  const root = join(directory, LOCK_FILE);
  const claimant: Claimant = { root, self: await ownIdentity(), timing: { ...DEFAULT_TIMING, ...timing } };
  const deadline = performance.now() + claimant.timing.waitMs;
  return withWaitingMark(shownIn, log, claimant.timing, async (wait) => {
    for (let isFirst = true; ; isFirst = false) {
      const claim = await claimLock(root, claimant);
      if (claim.kind === 'claimed') return holdLock(claim, claimant, log);
      if (performance.now() >= deadline || signal?.aborted) throw refusal(root, claim.by);
      if (isFirst) {
        const seconds = Math.ceil(claimant.timing.waitMs / 1000);
        log('warning', `waiting up to ${seconds} s for the run that holds the directory`, () => holderFacts(claim.by));
      }
      await wait(POLL_MS);
    }
  });
}

/** Who holds a run directory at the moment, without touching it; `undefined` where nobody does. */
export async function findRunHolder(directory: string): Promise<LockHolder | undefined> {
  const seen = await lookAtRunLock(directory);
  return seen?.isHeld === true ? seen.holder : undefined;
}

/** The processes that wait for a lock to work on a run directory, in the order in which they came. */
export async function findWaiting(directory: string): Promise<readonly LockHolder[]> {
  return readWaitingMarks(directory, DEFAULT_TIMING);
}

/** The lock of a run directory as it lies there, and whether anybody is behind it still; `undefined` where there is none. */
export async function lookAtRunLock(directory: string): Promise<(SeenLock & { readonly isHeld: boolean }) | undefined> {
  const seen = await readLock(join(directory, LOCK_FILE));
  if (seen === undefined) return undefined;
  const claimant = { self: await ownIdentity(), timing: DEFAULT_TIMING };
  return { ...seen, isHeld: !(await isStale(seen, claimant, async () => Date.now())) };
}

async function holdLock(claim: ClaimedLock, claimant: Claimant, log: Log): Promise<RunLock> {
  const { candidate, handle, replaced } = claim;
  const { root, timing } = claimant;
  if (replaced !== undefined) log('warning', 'took over the lock of a run that is dead', () => holderFacts(replaced));
  try {
    await removeLitter(claimant, log, () => beat({ handle, sizeBytes: candidate.sizeBytes }));
  } catch (error) {
    await leave(root, claim).catch(() => {}); // the error that led here is the one worth reporting
    throw error;
  }
  log('debug', 'lock taken', () => ({ file: root }));
  const lost = new AbortController();
  const beatOrNotice = async (): Promise<void> => {
    try {
      if ((await handle.stat()).nlink > 0) await beat({ handle, sizeBytes: candidate.sizeBytes });
      else lost.abort(new LockError('lock_lost', `the lock ${root} was removed or taken over while the run was going`));
    } catch (error) {
      log('warning', 'the heartbeat of the lock failed', () => ({ file: root, error: messageOf(error) }));
    }
  };
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(beatOrNotice);
  }, timing.heartbeatMs).unref();
  lost.signal.addEventListener('abort', () => clearInterval(timer));

  return {
    holder: candidate.holder,
    lost: lost.signal,
    release: async () => {
      clearInterval(timer);
      await beating;
      try {
        await leave(root, claim);
        log('debug', 'lock released', () => ({ file: root }));
      } catch (error) {
        log('warning', 'the lock cannot be removed', () => ({ file: root, error: messageOf(error) }));
      }
    },
  };
}

/** Removes the lock, if it is ours still, and lets go of it whatever the disk says. */
async function leave(root: string, { candidate, handle }: ClaimedLock): Promise<void> {
  try {
    const isOurs = (await readLock(root))?.id === candidate.id;
    if (isOurs) await removeLock(root);
  } finally {
    await handle.close();
  }
}

/** Removes what contenders that were killed left behind. */
async function removeLitter(claimant: Claimant, log: Log, clock: () => Promise<number>): Promise<void> {
  const directory = dirname(claimant.root);
  const prefixes = ['candidate', 'takeover', 'waiting'].map((kind) => `${basename(claimant.root)}.${kind}-`);
  for (const name of (await listDirectory(directory, nodeFileSystem)) ?? []) {
    if (!prefixes.some((prefix) => name.startsWith(prefix))) continue;
    try {
      const seen = await readLock(join(directory, name));
      if (seen !== undefined && (await isStale(seen, claimant, clock))) await removeLock(join(directory, name));
    } catch (error) {
      log('warning', 'a leftover of a lock cannot be removed', () => ({ name, error: messageOf(error) }));
    }
  }
}

function holderFacts({ holder }: SeenLock) {
  return holder === undefined ? {} : { process: holder.pid, host: holder.host, since: holder.since };
}

function refusal(path: string, { holder, beatMs }: SeenLock): LockError {
  const heard = `last heartbeat ${new Date(beatMs).toISOString()}`;
  if (holder === undefined) {
    return new LockError(
      'lock_unreadable',
      `${path} is no lock that can be read (${heard}); remove it if no run is going`,
    );
  }
  const { pid, host, since } = holder;
  return new LockError(
    'run_locked',
    `another run holds ${dirname(path)}: process ${pid} on ${host} since ${since}, ${heard}; wait for it, or stop it`,
  );
}
