import { expect, test } from 'vitest';
import type { StageStore } from '../../src/checkpoint/stage-store.ts';
import { context, mainPass, open, outcomes, retryPass } from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** What a follower has been given so far, as text; `error` when it is told that the stage does not go on as it thought. */
function follow(store: StageStore, end: Promise<void>) {
  const seen: string[] = [];
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  const ended = (async () => {
    for await (const record of store.follow(end)) seen.push(record.ok ? text(record.bytes) : record.failure.error);
  })();
  return { seen, ended };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
const announced = (first: number, last: number, failing: readonly number[] = []) => {
  const { frames, failures } = mainPass(first, last, failing);
  return { first, last, frames: Buffer.concat(frames), failures };
};

test('who follows a stage has what is saved, what is made, and each pair once, whenever it is committed', async () => {
  const directory = temporaryDirectory();
  await (await open(directory)).store.commit(mainPass(0, 4, [1]), context);
  const { store } = await open(directory);
  let end = () => {};
  const { seen, ended } = follow(store, new Promise((resolve) => (end = resolve)));
  store.announce(announced(5, 6));
  await soon();
  expect(seen).toHaveLength(7);
  store.announce(announced(7, 8, [8]));
  await store.commit(mainPass(5, 8, [8]), context);
  store.announce(announced(9, 9));
  await store.commit(mainPass(9, 9), context);
  await store.commit(mainPass(10, 11), context);
  end();
  await ended;
  expect(seen).toEqual(await outcomes(store));
});

test('who follows a stage is told when it goes back to earlier pairs, or when nobody wants it any more', async () => {
  const { store } = await open(temporaryDirectory());
  await store.commit(mainPass(0, 4, [1]), context);
  const going = follow(store, new Promise(() => {}));
  await soon();
  await store.commit(retryPass(1, [1]), context);
  await expect(going.ended).rejects.toMatchObject({ code: 'records_out_of_order' });

  const other = (await open(temporaryDirectory())).store;
  await expect(follow(other, Promise.reject(new Error('given up'))).ended).rejects.toThrow('given up');
});

test('who waits for a pair that is saved has no part in how the stage ends', async () => {
  const { store } = await open(temporaryDirectory());
  await store.commit(mainPass(0, 4), context);
  let fail = (_: Error) => {};
  const end = new Promise<void>((_, reject) => (fail = reject));
  end.catch(() => {});
  await store.untilSaved(4, end);
  const waiting = store.untilSaved(5, end);
  // A rejection that nobody handles would fail the whole process.
  fail(new Error('given up'));
  await expect(waiting).rejects.toThrow('given up');
  await soon();
});
