import { codeOf, LockError, messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { encodeHolder, type LockHolder, parseHolder } from './lock-file.ts';
import { livenessOf } from './process-identity.ts';
import type { LockWait, RunLock } from './run-lock.ts';
import { withWaitingMark } from './waiting-mark.ts';

export interface LeaseTiming {
  /** Between heartbeats, each of which is a write. */
  readonly heartbeatMs: number;
  /** A holder that cannot be seen from here counts as dead after this long without one, by the clock of the server. */
  readonly silentAfterMs: number;
  /** How long to wait for a live holder. */
  readonly waitMs: number;
}

const DEFAULT_TIMING: LeaseTiming = { heartbeatMs: 15_000, silentAfterMs: 90_000, waitMs: 0 };
const POLL_MS = 1000;
/** Tried anew where several want the lease in the same moment. */
const RACES = 10;

/** The lock of a place in a bucket: held only for as long as its heartbeats arrive. */
export interface ObjectLease extends RunLock {
  /** Throws where the last heartbeat is so old that somebody else may hold the lease by now. */
  assertFresh(): void;
}

interface Seen {
  readonly etag: string;
  /** `undefined`: released, or no lock of ours. */
  readonly holder: LockHolder | undefined;
  readonly isFree: boolean;
  readonly beatMs: number;
  readonly nowMs: number;
}

/**
 * Takes the lease of a place: an object that is only ever replaced by whoever knows what is in it, so that of all who want it one has it.
 * Whose process is dead, as seen from the same machine, or who was silent for `silentAfterMs`, is taken over from. A live holder is
 * `LockError` `run_locked`, after `waitMs` or when `signal` is aborted.
 *
 * @param holder - by whom it is taken: the same for each try of one owner.
 */
export async function acquireObjectLease(
  store: ObjectStore,
  key: string,
  address: string,
  log: Log,
  holder: LockHolder,
  { signal, shownIn, ...given }: Partial<LeaseTiming> & LockWait = {},
): Promise<ObjectLease> {
  const timing = { ...DEFAULT_TIMING, ...given };
  const deadline = performance.now() + timing.waitMs;
  return withWaitingMark(shownIn, log, timing, async (wait) => {
    for (let race = 0; ; ) {
      const begun = performance.now();
      const seen = await look(store, key);
      if (seen === undefined || (await isLeft(seen, holder, timing))) {
        try {
          const known = seen === undefined ? 'absent' : { etag: seen.etag };
          const etag = await store.write(key, encodeBeat(holder, 0), known);
          if (seen?.holder !== undefined)
            log('debug', 'took over the lease of a run that is dead', () => ({ address }));
          return hold({ store, key, address, log, timing, holder, etag, begun });
        } catch (error) {
          // Somebody else was faster.
          if (codeOf(error) !== 's3_conflict' || ++race > RACES) throw error;
          continue;
        }
      }
      if (performance.now() >= deadline || signal?.aborted) throw refusal(address, seen, timing);
      await wait(POLL_MS);
    }
  });
}

interface Held {
  readonly store: ObjectStore;
  readonly key: string;
  readonly address: string;
  readonly log: Log;
  readonly timing: LeaseTiming;
  readonly holder: LockHolder;
  readonly etag: string;
  /** When the write that took the lease was begun, by the clock of this process. */
  readonly begun: number;
}

function hold({ store, key, address, log, timing, holder, etag: first, begun }: Held): ObjectLease {
  const lost = new AbortController();
  let etag = first;
  let beats = 0;
  let beatenAt = begun;
  const lose = (): void => {
    lost.abort(new LockError('lock_lost', `the lease of ${address} was taken over by another run`));
  };
  /** A heartbeat of which nothing was heard may have arrived all the same. */
  const lookAgain = async (): Promise<void> => {
    const seen = await look(store, key).catch(() => undefined); // the next heartbeat looks again
    if (seen?.holder?.nonce === holder.nonce) etag = seen.etag;
    else if (seen !== undefined) lose();
  };
  const beat = async (): Promise<void> => {
    const at = performance.now();
    try {
      etag = await store.write(key, encodeBeat(holder, ++beats), { etag });
      beatenAt = at;
    } catch (error) {
      if (codeOf(error) === 's3_conflict') await lookAgain();
      else log('debug', 'the heartbeat of a lease failed', () => ({ address, error: messageOf(error) }));
    }
  };
  let beating = Promise.resolve();
  let isBeating = false;
  const timer = setInterval(() => {
    if (isBeating || lost.signal.aborted) return;
    isBeating = true;
    beating = beat().finally(() => {
      isBeating = false;
    });
  }, timing.heartbeatMs).unref();
  lost.signal.addEventListener('abort', () => clearInterval(timer));
  return {
    holder,
    lost: lost.signal,
    assertFresh: () => {
      lost.signal.throwIfAborted();
      // A request that is under way now must be through before anybody else can count the lease as left.
      const silentMs = performance.now() - beatenAt;
      if (silentMs < timing.silentAfterMs / 2) return;
      const seconds = Math.round(silentMs / 1000);
      throw new LockError('lock_lost', `the lease of ${address} could not be renewed for ${seconds} s`);
    },
    release: async () => {
      clearInterval(timer);
      await beating;
      if (lost.signal.aborted) return;
      try {
        await store.write(key, RELEASED, { etag });
      } catch (error) {
        log('debug', 'a lease cannot be released', () => ({ address, error: messageOf(error) }));
      }
    },
  };
}

async function look(store: ObjectStore, key: string): Promise<Seen | undefined> {
  const object = await store.read(key);
  if (object === undefined) return undefined;
  const { bytes, etag, modifiedMs, askedMs } = object;
  return { etag, holder: parseHolder(bytes), isFree: RELEASED.equals(bytes), beatMs: modifiedMs, nowMs: askedMs };
}

async function isLeft(
  { isFree, holder, beatMs, nowMs }: Seen,
  self: LockHolder,
  { silentAfterMs }: LeaseTiming,
): Promise<boolean> {
  // Its own: the answer to the request that took it was lost.
  if (isFree || holder?.nonce === self.nonce) return true;
  const liveness = holder === undefined ? 'unknown' : await livenessOf(holder, self);
  if (liveness === 'alive' || liveness === 'dead') return liveness === 'dead';
  return nowMs - beatMs > silentAfterMs;
}

/** Instead of a removal, which could not be held to what is there. */
const RELEASED = Buffer.from('{"released":true}\n');

/** Each with another content, and so another version. */
function encodeBeat(holder: LockHolder, beats: number): Buffer {
  return encodeHolder(holder, { beats });
}

function refusal(address: string, { holder, beatMs }: Seen, { silentAfterMs }: LeaseTiming): LockError {
  const heard = `last heartbeat ${new Date(beatMs).toISOString()}`;
  const seconds = Math.ceil(silentAfterMs / 1000);
  const who = holder === undefined ? 'somebody' : `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return new LockError(
    'run_locked',
    `another run uses ${address}: ${who}, ${heard}; wait for it, or stop it: ${seconds} s after its last heartbeat it counts ` +
      `as dead, and --lock_timeout ${seconds} waits for that`,
  );
}
