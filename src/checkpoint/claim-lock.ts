/**
 * How exactly one of many processes gets a lock, also when the holder before it died. A free name is taken by link(2),
 * which fails where the name exists. A stale lock is replaced only by whoever holds `<lock>.takeover-<hash>`, itself such
 * a lock, named after the exact content that is to be replaced; it looks once more whether that is still there before it
 * renames its own over it. So of all who saw the same stale lock one replaces it, and the rest see the new one.
 */

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { rename } from 'node:fs/promises';
import { uptime } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beat, type Candidate, publishLock, readLock, removeLock, type SeenLock, writeCandidate } from './lock-file.ts';
import { livenessOf, type ProcessIdentity } from './process-identity.ts';
import { storageError } from './storage-error.ts';

export interface LockTiming {
  /** Between heartbeats. */
  readonly heartbeatMs: number;
  /** A holder that cannot be seen from here counts as dead after this long without a heartbeat. */
  readonly silentAfterMs: number;
  /** How long to wait for a live holder to finish. */
  readonly waitMs: number;
}

export interface Claimant {
  /** The lock's path, which the names of takeovers and candidates start with. */
  readonly root: string;
  readonly self: ProcessIdentity;
  readonly timing: LockTiming;
}

export interface ClaimedLock {
  readonly kind: 'claimed';
  readonly candidate: Candidate;
  /** Of the lock as it lies under its name; to be closed by whoever claimed it. */
  readonly handle: FileHandle;
  /** The stale lock that was replaced, if any. */
  readonly replaced: SeenLock | undefined;
}

export type Claim = ClaimedLock | { readonly kind: 'held'; readonly by: SeenLock };

const RETRY_MS = 20;
/** In which a live holder sets the time of its lock anew for certain. */
const BEATS_WAITED = 2;
/** A takeover lasts milliseconds; one that takes longer belongs to a process that is stopped. */
const TAKEOVER_PATIENCE_MS = 10_000;

/** Tries to get the lock at `path`; does not wait for a live holder. */
export async function claimLock(path: string, claimant: Claimant): Promise<Claim> {
  const candidate = await writeCandidate(claimant.root, claimant.self);
  let handle: FileHandle | undefined;
  try {
    const deadline = performance.now() + TAKEOVER_PATIENCE_MS;
    for (;;) {
      handle = await publishLock(candidate, path);
      if (handle !== undefined) return { kind: 'claimed', candidate, handle, replaced: undefined };
      const seen = await readLock(path);
      if (seen === undefined) continue;
      const look = (): Promise<SeenLock | undefined> => readLock(path);
      if (!(await isStale(seen, claimant, () => beat(candidate), look))) return { kind: 'held', by: seen };
      const outcome = await takeOver(path, seen, candidate, claimant);
      if (outcome === 'done') {
        handle = candidate.handle;
        return { kind: 'claimed', candidate, handle, replaced: seen };
      }
      if (outcome !== 'changed' && performance.now() > deadline) return { kind: 'held', by: outcome };
      await pause(RETRY_MS);
    }
  } finally {
    // What is left is removed by a later holder; an error here must not hide another, nor leave a lock that was claimed.
    if (handle === undefined) await candidate.handle.close().catch(() => {});
    await removeLock(candidate.file).catch(() => {});
  }
}

/**
 * Whether nobody is behind a lock any more. `clock` tells the present time as the file system has it; by `look` the lock is read
 * once more, where a heartbeat lies in the future: then a clock was set back, and who is alive beats anew.
 */
export async function isStale(
  seen: SeenLock,
  { self, timing }: Pick<Claimant, 'self' | 'timing'>,
  clock: () => Promise<number>,
  look?: () => Promise<SeenLock | undefined>,
): Promise<boolean> {
  const liveness = seen.holder === undefined ? 'unknown' : await livenessOf(seen.holder, self);
  if (liveness === 'alive' || liveness === 'dead') return liveness === 'dead';
  const now = await clock();
  if (liveness === 'other_boot' && seen.beatMs < now - uptime() * 1000) return true;
  const silentMs = now - seen.beatMs;
  if (silentMs >= -timing.heartbeatMs) return silentMs > timing.silentAfterMs;
  if (look === undefined) return -silentMs > timing.silentAfterMs;
  await pause(BEATS_WAITED * timing.heartbeatMs);
  const again = await look();
  return again?.id === seen.id && again.beatMs === seen.beatMs;
}

/** Whoever holds this lock may replace what lies at `path` with content `id`; every pair of the two has its own. */
export function takeoverName(root: string, path: string, id: string): string {
  return `${root}.takeover-${createHash('sha256')
    .update(`${basename(path)} ${id}`)
    .digest('hex')
    .slice(0, 32)}`;
}

/** Replaces the stale lock `seen`; `changed` where it is another one by now, or the lock of whoever is replacing it. */
async function takeOver(
  path: string,
  seen: SeenLock,
  candidate: Candidate,
  claimant: Claimant,
): Promise<'done' | 'changed' | SeenLock> {
  const guardPath = takeoverName(claimant.root, path, seen.id);
  const guard = await claimLock(guardPath, claimant);
  if (guard.kind === 'held') return guard.by;
  try {
    if ((await readLock(path))?.id !== seen.id) return 'changed';
    await rename(candidate.file, path);
    return 'done';
  } catch (error) {
    throw storageError('replace lock', path, error);
  } finally {
    await guard.handle.close();
    await removeLock(guardPath);
  }
}
