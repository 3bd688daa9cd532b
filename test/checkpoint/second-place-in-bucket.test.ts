import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ObjectFiles } from '../../src/checkpoint/object-files.ts';
import { bucketPlace } from '../../src/checkpoint/open-place.ts';
import { type OpenedStage, openStageStore, type StageStoreOptions } from '../../src/checkpoint/open-stage-store.ts';
import { SecondPlace } from '../../src/checkpoint/second-place.ts';
import { StorageError } from '../../src/errors.ts';
import { silent } from '../../src/log.ts';
import { MemoryStore } from '../s3/memory-store.ts';
import { context, mainPass, optionsFor, outcomes, retryPass } from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const PLACE = 's3://bucket/runs/one';

interface Owner {
  readonly run: string;
  readonly place: SecondPlace;
  readonly notices: string[];
  readonly open: (changes?: Partial<StageStoreOptions>) => Promise<OpenedStage>;
}

/** A run that has its second place in the bucket. */
function owner(store: MemoryStore, run = join(temporaryDirectory(), 'run')): Owner {
  const notices: string[] = [];
  const access = bucketPlace(store, { log: silent, waitMs: 0 });
  const place = new SecondPlace({ directory: PLACE, runDirectory: run, ...access });
  const secondPlace = { place, notify: (message: string) => void notices.push(message) };
  return { run, place, notices, open: (changes) => openStageStore(optionsFor(run, { secondPlace, ...changes })) };
}

/** Three segments of five pairs, and one of a retry. */
async function fill({ open, place }: Owner): Promise<readonly string[]> {
  const { store } = await open();
  await store.commit(mainPass(0, 4, [2]), context);
  await store.commit(mainPass(5, 9), context);
  await store.commit(mainPass(10, 14, [11]), context);
  await store.commit(retryPass(1, [2, 11]), context);
  await store.settleCopy();
  await place.close();
  return outcomes(store);
}

const contentOf = (store: MemoryStore, name: string) => store.objects.get(`runs/one/${name}`)?.bytes;
/** A process on another machine, as far as the lease can tell. */
function elsewhere(store: MemoryStore): void {
  const lock = store.objects.get('runs/one/midiloom.lock');
  if (lock === undefined) throw new Error('nobody has the lease');
  const bytes = Buffer.from(
    lock.bytes
      .toString()
      .replace(/"boot_id":"[^"]*"/, '"boot_id":"another"')
      .replace(/"host":"[^"]*"/, '"host":"another"'),
  );
  store.objects.set('runs/one/midiloom.lock', { ...lock, bytes });
}

describe('a second place in a bucket', () => {
  test('has every segment and the checkpoint under their names, and nothing else', async () => {
    const store = new MemoryStore();
    const one = owner(store);
    await fill(one);
    expect(contentOf(store, 'midi_checkpoint.json')).toEqual(readFileSync(join(one.run, 'midi_checkpoint.json')));
    for (const name of readdirSync(join(one.run, 'midi_checkpoint.d'))) {
      expect(contentOf(store, `midi_checkpoint.d/${name}`)).toEqual(
        readFileSync(join(one.run, 'midi_checkpoint.d', name)),
      );
    }
    const names = [...store.objects.keys()].filter((key) => !key.includes('.d/')).sort();
    expect(names).toEqual(
      ['midi_checkpoint.json', 'midi_checkpoint.json.bak', 'midiloom-backup.json', 'midiloom.lock'].map(
        (name) => `runs/one/${name}`,
      ),
    );
    expect(one.notices).toEqual([]);
  });

  test('brings back a run directory that is gone, elsewhere', async () => {
    const store = new MemoryStore();
    const one = owner(store);
    const before = await fill(one);
    rmSync(one.run, { recursive: true });
    const other = owner(store);
    const { store: stage, recovered } = await other.open();
    expect(recovered.map(({ code }) => code)).toEqual(['restored_from_copy']);
    expect(await outcomes(stage)).toEqual(before);
    await stage.commit(mainPass(15, 19), context);
    await stage.settleCopy();
    expect(contentOf(store, 'midi_checkpoint.json')).toEqual(readFileSync(join(other.run, 'midi_checkpoint.json')));
    await other.place.close();
  });

  test('refuses another run with the reason, and stays as it is', async () => {
    const store = new MemoryStore();
    await fill(owner(store));
    const before = [...store.objects].filter(([key]) => !key.endsWith('.lock'));
    const fingerprint = { id: 'sha256:g', options: { tokenizer: 'REMI' } };
    await expect(owner(store).open({ fingerprint })).rejects.toMatchObject({
      code: 'backup_of_another_run',
      // Nothing that would destroy the other's.
      message: expect.not.stringMatching(/force_restart|delete|remove/),
    });
    expect([...store.objects].filter(([key]) => !key.endsWith('.lock'))).toEqual(before);
  });

  test('has one owner at a time: of two that begin at once one wins, and the other is told who', async () => {
    const store = new MemoryStore();
    const [one, two] = [owner(store), owner(store)];
    const begun = await Promise.allSettled([one.open(), two.open()]);
    const refused = begun.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ reason: { code: 'backup_locked' } });
    await one.place.close();
    await two.place.close();
  });

  test('is not taken from a live owner on another machine, but from one that was silent', async () => {
    const store = new MemoryStore();
    const one = owner(store);
    const { store: stage } = await one.open();
    await stage.commit(mainPass(0, 4), context);
    await stage.settleCopy();
    elsewhere(store);
    store.nowMs += 60_000;
    const two = owner(store);
    await expect(two.open()).rejects.toMatchObject({ code: 'backup_locked', message: /--lock_timeout 90/ });
    expect(existsSync(join(two.run, 'midi_checkpoint.json'))).toBe(false);
    store.nowMs += 31_000;
    const { recovered } = await two.open();
    expect(recovered.map(({ code }) => code)).toEqual(['restored_from_copy']);
    await one.place.close();
    await two.place.close();
  });

  test('an owner that was taken over from writes nothing more, and its run goes on', async () => {
    const store = new MemoryStore();
    const one = owner(store);
    const { store: first } = await one.open();
    await first.commit(mainPass(0, 4), context);
    await first.settleCopy();
    // As if its machine had slept for long.
    elsewhere(store);
    store.nowMs += 100_000;
    const two = owner(store);
    const { store: second } = await two.open();
    await second.commit(mainPass(5, 9, [6]), context);
    await second.settleCopy();
    const before = [...store.objects].filter(([key]) => !key.endsWith('.lock'));
    await first.commit(mainPass(5, 9), context);
    await first.settleCopy();
    expect([...store.objects].filter(([key]) => !key.endsWith('.lock'))).toEqual(before);
    expect(one.notices.join('\n')).toMatch(/cannot be kept up/);
    expect(await outcomes(first)).toHaveLength(10);
    await one.place.close();
    await two.place.close();
  });

  test('a bucket that fails for a while costs one notice, and gets what is missing later', async () => {
    const store = new MemoryStore();
    const one = owner(store);
    const { store: stage } = await one.open();
    store.onCall = () => new StorageError('s3_unavailable', 'HTTP 503');
    await stage.commit(mainPass(0, 4), context);
    await stage.commit(mainPass(5, 9), context);
    await stage.settleCopy();
    store.onCall = () => undefined;
    await stage.commit(mainPass(10, 14), context);
    await stage.settleCopy();
    expect(contentOf(store, 'midi_checkpoint.json')).toEqual(readFileSync(join(one.run, 'midi_checkpoint.json')));
    expect([...store.objects.keys()].filter((key) => key.includes('.d/'))).toHaveLength(3);
    expect(one.notices.filter((notice) => notice.includes('cannot be kept up'))).toHaveLength(1);
    await one.place.close();
  });

  test('a stage that starts over takes its copy out of use until it has saved', async () => {
    const store = new MemoryStore();
    const before = owner(store);
    await fill(before);
    const one = owner(store, before.run);
    const fingerprint = { id: 'sha256:g', options: { tokenizer: 'REMI' } };
    const { store: stage } = await one.open({ restart: true, fingerprint });
    expect(contentOf(store, 'midi_checkpoint.json')).toBeUndefined();
    expect([...store.objects.keys()].filter((key) => key.includes('.d.old-1/'))).toHaveLength(4);
    await stage.commit(mainPass(0, 1), context);
    await stage.settleCopy();
    expect([...store.objects.keys()].filter((key) => key.includes('.old-'))).toEqual([]);
    expect([...store.objects.keys()].filter((key) => key.includes('.d/'))).toHaveLength(1);
    await one.place.close();
  });

  test('after a kill at any request the run goes on from the bucket alone', async () => {
    let requests = Number.POSITIVE_INFINITY;
    for (let at = 1; at <= requests; at++) {
      const store = new MemoryStore();
      let made = 0;
      // The process is gone: nothing of it arrives any more, and what was under way may have.
      store.onCall = (_, when) => {
        if (when === 'before') made++;
        const isLast = made === at && when === 'after' && at % 2 === 0;
        return isLast || made > at ? new StorageError('s3_unreachable', 'killed') : undefined;
      };
      const one = owner(store);
      const expected = await fill(one).catch(() => []);
      requests = Math.min(requests, made === at ? at : Number.POSITIVE_INFINITY);
      store.onCall = () => undefined;
      if (store.objects.has('runs/one/midiloom.lock')) elsewhere(store);
      store.nowMs += 100_000;
      const two = owner(store);
      const { store: stage } = await two.open();
      const found = await outcomes(stage);
      // Every prefix of what was saved is good; nothing else is.
      const pass0 = [0, 5, 10, 15];
      expect(pass0, `request ${at}`).toContain(found.length);
      if (stage.lacksRetries === false && found.length === 15 && stage.nextPass === 2) expect(found).toEqual(expected);
      await stage.commit(mainPass(found.length, found.length + 4), context);
      await stage.settleCopy();
      await two.place.close();
      const three = owner(store);
      const { store: again } = await three.open();
      expect(await outcomes(again), `request ${at}`).toHaveLength(found.length + 5);
      expect(again.missing === undefined || [...again.missing]).toEqual([]);
      await three.place.close();
      if (at > 500) throw new Error('it never ends');
    }
  }, 30_000);

  test('what is longer than a part goes up in parts, and comes back', async () => {
    const store = new MemoryStore();
    const files = new ObjectFiles(store);
    const bytes = Buffer.alloc(40 * 1024 * 1024, 'midi');
    const { writeDurably } = await import('../../src/checkpoint/durable-replace.ts');
    const { readWhole } = await import('../../src/checkpoint/read-file.ts');
    await writeDurably('s3://bucket/long', [bytes], files);
    expect(store.partUploads).toBe(1);
    expect(bytes.equals((await readWhole('s3://bucket/long', files)) ?? Buffer.alloc(0))).toBe(true);
  });
});
