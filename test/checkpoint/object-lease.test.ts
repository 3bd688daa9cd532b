import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { freshHolder } from '../../src/checkpoint/lock-file.ts';
import { acquireObjectLease, type LeaseTiming } from '../../src/checkpoint/object-lease.ts';
import { ownIdentity } from '../../src/checkpoint/process-identity.ts';
import { StorageError } from '../../src/errors.ts';
import { silent } from '../../src/log.ts';
import { MemoryStore } from '../s3/memory-store.ts';

const KEY = 'run/midiloom.lock';
const self = await ownIdentity();
const take = (store: MemoryStore, timing: Partial<LeaseTiming> = {}, holder = freshHolder(self)) =>
  acquireObjectLease(store, KEY, 's3://bucket/run', silent, holder, timing);

/** The same lease as the process of another machine would hold it: its life cannot be seen from here. */
function elsewhere(store: MemoryStore): void {
  const lock = store.objects.get(KEY);
  if (lock === undefined) throw new Error('nobody has the lease');
  const fields: Record<string, unknown> = { ...JSON.parse(lock.bytes.toString()), boot_id: 'other', host: 'other' };
  store.objects.set(KEY, { ...lock, bytes: Buffer.from(JSON.stringify(fields)) });
}

test('of many that want a lease at once exactly one has it', async () => {
  const store = new MemoryStore();
  const claims = await Promise.allSettled(Array.from({ length: 20 }, () => take(store)));
  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('of many that find one left exactly one takes it over, and who had it learns that with the next heartbeat', async () => {
  const store = new MemoryStore();
  const first = await take(store, { heartbeatMs: 20 });
  elsewhere(store);
  store.nowMs += 91_000;
  const claims = await Promise.allSettled(Array.from({ length: 20 }, () => take(store)));
  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect.poll(() => first.lost.aborted).toBe(true);
  expect(() => first.assertFresh()).toThrow(/taken over/);
});

test('a lease that was released is free at once, and a fresh heartbeat of another machine is never taken', async () => {
  const store = new MemoryStore();
  const first = await take(store);
  elsewhere(store);
  store.nowMs += 89_000;
  await expect(take(store)).rejects.toMatchObject({ code: 'run_locked' });
  await first.release();
  await (await take(store)).release();
});

test('a heartbeat whose answer was lost costs nothing', async () => {
  const store = new MemoryStore();
  const lease = await take(store, { heartbeatMs: 5 });
  let isFirst = true;
  store.onCall = (call, when) => {
    if (!call.startsWith('write') || when === 'before' || !isFirst) return undefined;
    isFirst = false;
    return new StorageError('s3_unreachable', 'the connection was lost');
  };
  await expect.poll(() => isFirst).toBe(false);
  await pause(30);
  expect(lease.lost.aborted).toBe(false);
  await lease.release();
});

test('a lease that was taken, but whose answer was lost, is taken once more by the same owner', async () => {
  const store = new MemoryStore();
  const holder = freshHolder(self);
  store.onCall = (call, when) =>
    call.startsWith('write') && when === 'after' ? new StorageError('s3_unreachable', 'lost') : undefined;
  await expect(take(store, {}, holder)).rejects.toMatchObject({ code: 's3_unreachable' });
  store.onCall = () => undefined;
  await (await take(store, {}, holder)).release();
});

test('who cannot renew a lease does not write long before anybody else may take it', async () => {
  const store = new MemoryStore();
  const lease = await take(store, { heartbeatMs: 5, silentAfterMs: 100 });
  store.onCall = () => new StorageError('s3_unreachable', 'no network');
  lease.assertFresh();
  await pause(60);
  expect(() => lease.assertFresh()).toThrow(/could not be renewed/);
  store.onCall = () => undefined;
  await expect
    .poll(() => {
      try {
        lease.assertFresh();
        return 'fresh';
      } catch {
        return 'old';
      }
    })
    .toBe('fresh');
  await lease.release();
});
