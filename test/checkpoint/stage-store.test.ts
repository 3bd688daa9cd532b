import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/checkpoint/file-system.ts';
import { readStatus } from '../../src/checkpoint/read-status.ts';
import {
  collect,
  context,
  failureOf,
  mainPass,
  open,
  optionsFor,
  outcomes,
  recordText,
  retryPass,
} from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('a stage that has not begun has no file, and says so', async () => {
  const directory = temporaryDirectory();
  const { store, recovered } = await open(directory);
  expect(store.saved).toMatchObject({ status: 'not_started', last_processed_idx: -1, completed: 0, failed_count: 0 });
  expect([store.lastIndex, store.planHash, recovered]).toEqual([-1, '', []]);
  expect(await outcomes(store)).toEqual([]);
  expect(await readStatus(optionsFor(directory).checkpointFile)).toEqual({ kind: 'absent' });
  expect(readdirSync(directory)).toEqual([]);
});

test('what was committed is there when the stage is opened again', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  await store.commit(mainPass(0, 4, [1, 3]), { ...context, inProgress: [5, 9] });
  await store.commit(mainPass(5, 6), context);
  const expected = {
    stage: 'midi',
    status: 'in_progress',
    last_processed_idx: 6,
    total_files: 100,
    completed: 5,
    failed_count: 2,
    failed: [failureOf(1), failureOf(3)],
    processed_data: { directory: 'midi_checkpoint.d', segments: 2, records: 7 },
  };
  expect(store.saved).toMatchObject(expected);

  const again = (await open(directory)).store;
  expect(again.saved).toEqual(store.saved);
  expect(again.planHash).toBe('plan up to 6');
  expect([again.isFailed(1), again.isFailed(2)]).toEqual([true, false]);
  expect(await outcomes(again)).toEqual([
    recordText(0),
    'failure 1 of pass 0',
    recordText(2),
    'failure 3 of pass 0',
    recordText(4),
    recordText(5),
    recordText(6),
  ]);
});

test('a retry that succeeds replaces the failure, also while the main pass goes on', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  await store.commit(mainPass(0, 4, [1, 2, 3]), context);
  expect(store.nextPass).toBe(1);
  await store.commit(retryPass(1, [1, 2], [2]), context);
  await store.commit(retryPass(1, [3]), context);
  await store.commit(mainPass(5, 6, [6]), context);
  expect(store.nextPass).toBe(2);
  await store.commit(retryPass(2, [2, 6], [6]), context);

  for (const each of [store, (await open(directory)).store]) {
    expect(each.saved).toMatchObject({ completed: 6, failed_count: 1, failed: [failureOf(6, 2)] });
    expect(await outcomes(each)).toEqual([
      recordText(0),
      recordText(1, 1),
      recordText(2, 2),
      recordText(3, 1),
      recordText(4),
      recordText(5),
      'failure 6 of pass 2',
    ]);
    expect(await collect(each.failures())).toEqual([failureOf(6, 2)]);
    expect([each.planHash, each.lastIndex]).toEqual(['plan up to 6', 6]);
  }
});

test('a pair that failed again is listed once, with its latest failure', async () => {
  const { store } = await open(temporaryDirectory());
  await store.commit(mainPass(0, 2, [0, 1, 2]), context);
  await store.commit(retryPass(1, [0], [0]), context);
  expect(store.saved.failed).toEqual([failureOf(1), failureOf(2), failureOf(0, 1)]);
  expect(await collect(store.failures())).toEqual([failureOf(0, 1), failureOf(1), failureOf(2)]);
});

test('a shard starts at its own index', async () => {
  const directory = temporaryDirectory();
  const shard = { plan: { inputFile: 'pairs.jsonl', fields: {}, firstIndex: 1000 } };
  const { store } = await open(directory, shard);
  expect(store.lastIndex).toBe(999);
  await store.commit(mainPass(1000, 1002, [1001]), context);
  await store.commit(retryPass(1, [1001]), context);
  const again = (await open(directory, shard)).store;
  expect(again.saved).toMatchObject({
    last_processed_idx: 1002,
    completed: 3,
    failed_count: 0,
    plan: { first_index: 1000 },
  });
  expect((await collect(again.records())).map((record) => record.index)).toEqual([1000, 1001, 1002]);
});

test('commits that are not awaited are saved one after the other', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  await Promise.all([0, 1, 2, 3].map((at) => store.commit(mainPass(at * 3, at * 3 + 2), context)));
  expect((await open(directory)).store.lastIndex).toBe(11);
  expect(store.statistics).toMatchObject({ commits: 4 });
  expect(store.statistics.seconds).toBeGreaterThan(0);
});

test('the bytes written are those of the segments and checkpoints', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  await store.commit(mainPass(0, 9), context);
  const segment = statSync(join(directory, 'midi_checkpoint.d', 'segment-0000000.msgpack')).size;
  expect(store.saved.processed_data.bytes).toBe(segment);
  expect(store.statistics.bytesWritten).toBe(segment + statSync(join(directory, 'midi_checkpoint.json')).size);
});

test('outcomes that do not fit the range or the stage are refused, and the stage goes on', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  await store.commit(mainPass(0, 4, [1]), context);
  const good = mainPass(5, 9, [6]);
  const bad = [
    { ...good, first: 4 },
    { ...good, last: 8 },
    { ...good, failures: [] },
    { ...good, failures: [failureOf(6), failureOf(6)] },
    { ...good, failures: [failureOf(7)] },
    { ...good, frames: good.frames.toReversed() },
    { ...good, frames: good.frames.slice(1) },
    { ...good, frames: [...good.frames, Uint8Array.of(1)] },
    { ...good, pairHashes: new Uint32Array(3) },
    mainPass(4, 6),
    mainPass(6, 7),
    retryPass(1, [5]),
    retryPass(1, []),
  ];
  for (const [at, commit] of bad.entries()) {
    await expect(store.commit(commit, context), `case ${at}`).rejects.toMatchObject({
      name: 'CheckpointError',
      code: 'segment_refused',
    });
  }
  await store.commit(retryPass(2, [1]), context);
  await expect(store.commit(retryPass(2, [0]), context)).rejects.toMatchObject({ code: 'segment_refused' });
  await expect(store.commit(retryPass(1, [3]), context)).rejects.toMatchObject({ code: 'segment_refused' });
  await store.commit(good, context);
  expect((await open(directory)).store.lastIndex).toBe(9);
});

test('after a storage error nothing more is written, and the last checkpoint is good', async () => {
  const directory = temporaryDirectory();
  let full = false;
  const fileSystem = {
    ...nodeFileSystem,
    rename: async (from: string, to: string) => {
      if (full) throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
      return nodeFileSystem.rename(from, to);
    },
  };
  const { store } = await open(directory, { fileSystem });
  await store.commit(mainPass(0, 4), context);
  full = true;
  const queued = [store.commit(mainPass(5, 6), context), store.commit(mainPass(7, 8), context)];
  for (const commit of queued)
    await expect(commit).rejects.toMatchObject({ name: 'StorageError', code: 'storage_full' });
  full = false;
  await expect(store.saveStatus('failed', context)).rejects.toMatchObject({ code: 'storage_full' });
  expect(store.lastIndex).toBe(4);
  const again = (await open(directory)).store;
  expect(again.lastIndex).toBe(4);
  await again.commit(mainPass(5, 8), context);
  expect(await outcomes(again)).toHaveLength(9);
});

test('a status is saved without new records, and a commit takes it back to in progress', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  await store.commit(mainPass(0, 4, [2]), context);
  await store.saveStatus('completed', context);
  expect(await readStatus(optionsFor(directory).checkpointFile)).toMatchObject({
    kind: 'valid',
    from: 'checkpoint',
    checkpoint: { status: 'completed', last_processed_idx: 4 },
  });
  await store.commit(retryPass(1, [2]), context);
  expect((await open(directory)).store.saved).toMatchObject({ status: 'in_progress', failed_count: 0 });
});

test('the hashes of the manifest come back in index order', async () => {
  const { store } = await open(temporaryDirectory());
  await store.commit(mainPass(0, 2, [0]), context);
  await store.commit(retryPass(1, [0]), context);
  await store.commit(mainPass(3, 4), context);
  expect(await collect(store.manifest())).toEqual([
    { first: 0, hashes: Uint32Array.of(0, 7, 14), planHash: 'plan up to 2' },
    { first: 3, hashes: Uint32Array.of(21, 28), planHash: 'plan up to 4' },
  ]);
});

test('a record damaged on the disk is found when it is read, and costs the pairs of its segment', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  for (const first of [0, 3, 6]) await store.commit(mainPass(first, first + 2), context);
  await store.saveStatus('completed', context);
  expect(await store.verifyAll()).toBeUndefined();
  flipLastByte(join(directory, 'midi_checkpoint.d', 'segment-0000001.msgpack'));

  const again = (await open(directory)).store;
  await expect(outcomes(again)).rejects.toMatchObject({ code: 'segment_corrupt' });
  const bad = await again.verifyAll();
  expect(bad).toMatchObject({ sequence: 1, present: true, reason: expect.stringContaining('checksum') });
  if (bad !== undefined) await again.lose(bad);
  expect(again.saved).toMatchObject({ status: 'in_progress', last_processed_idx: 8, completed: 6 });
  expect([...again.missing]).toEqual([3, 4, 5]);
  expect(existsSync(join(directory, 'midi_checkpoint.d', 'segment-0000001.msgpack.corrupt-1'))).toBe(true);
  await again.commit(retryPass(again.nextPass, [3, 4, 5]), context);
  expect([...again.missing]).toEqual([]);
  expect(await again.verifyAll()).toBeUndefined();
  expect(await outcomes((await open(directory)).store)).toHaveLength(9);
});

test('a status is read while checkpoints are being replaced', async () => {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  await store.commit(mainPass(0, 0), context);
  let running = true;
  const saving = (async () => {
    for (let at = 1; at < 40; at++) await store.commit(mainPass(at, at), context);
    running = false;
  })();
  let reads = 0;
  for (let last = 0; running; reads++) {
    const status = await readStatus(optionsFor(directory).checkpointFile);
    expect(status).toMatchObject({ kind: 'valid', from: 'checkpoint' });
    if (status.kind !== 'valid') continue;
    expect(status.checkpoint.last_processed_idx).toBeGreaterThanOrEqual(last);
    last = status.checkpoint.last_processed_idx;
  }
  await saving;
  expect(reads).toBeGreaterThan(10);
});

test('of 300 failures the latest hundred are shown, and all are found', async () => {
  const { store } = await open(temporaryDirectory());
  const failing = Array.from({ length: 300 }, (_, index) => index);
  await store.commit(mainPass(0, 299, failing), context);
  expect(store.saved.failed.map((failure) => failure.index)).toEqual(failing.slice(200));
  expect(store.saved.failed_count).toBe(300);
  expect(await collect(store.failures())).toHaveLength(300);
});

function flipLastByte(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
