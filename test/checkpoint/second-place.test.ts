import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/checkpoint/file-system.ts';
import type { OpenedStage, StageStoreOptions } from '../../src/checkpoint/open-stage-store.ts';
import { SecondPlace } from '../../src/checkpoint/second-place.ts';
import { LockError } from '../../src/errors.ts';
import { folderDigest } from '../folder-digest.ts';
import { context, mainPass, open, outcomes, retryPass } from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

interface Places {
  readonly run: string;
  readonly backup: string;
  readonly notices: string[];
  readonly open: (changes?: Partial<StageStoreOptions>) => Promise<OpenedStage>;
}

function places(): Places {
  const parent = temporaryDirectory();
  const [run, backup] = [join(parent, 'run'), join(parent, 'drive', 'backup')];
  mkdirSync(run);
  const notices: string[] = [];
  const notify = (message: string): void => void notices.push(message);
  return {
    run,
    backup,
    notices,
    open: (changes = {}) =>
      open(run, { secondPlace: { place: new SecondPlace(backup, run, nodeFileSystem), notify }, ...changes }),
  };
}

/** Three segments of five pairs, and one of a retry. */
async function filled(place: Places): Promise<string[]> {
  const { store } = await place.open();
  await store.commit(mainPass(0, 4, [2]), context);
  await store.commit(mainPass(5, 9), context);
  await store.commit(mainPass(10, 14, [11]), context);
  await store.commit(retryPass(1, [2, 11]), context);
  await store.settleCopy();
  return [...(await outcomes(store))];
}

const checkpointIn = (directory: string): string => join(directory, 'midi_checkpoint.json');
const segmentIn = (directory: string, sequence: number): string =>
  join(directory, 'midi_checkpoint.d', `segment-000000${sequence}.msgpack`);
const codes = ({ recovered }: OpenedStage): string[] => recovered.map(({ code }) => code);

describe('the second place', () => {
  test('gets every segment and the checkpoint', async () => {
    const place = places();
    await filled(place);
    expect(readFileSync(checkpointIn(place.backup))).toEqual(readFileSync(checkpointIn(place.run)));
    const segments = (directory: string) => folderDigest(join(directory, 'midi_checkpoint.d'));
    expect(segments(place.backup)).toEqual(segments(place.run));
    expect(place.notices).toEqual([]);
  });

  test('brings back a run directory that is gone, on another machine too', async () => {
    const place = places();
    const before = await filled(place);
    rmSync(place.run, { recursive: true });
    const opened = await place.open();
    expect(codes(opened)).toEqual(['restored_from_copy']);
    expect(await outcomes(opened.store)).toEqual(before);
    await opened.store.commit(mainPass(15, 16), context);
    await opened.store.settleCopy();
    expect(readFileSync(checkpointIn(place.backup))).toEqual(readFileSync(checkpointIn(place.run)));
  });

  test('brings back a checkpoint that is damaged with its backup, and the evidence stays', async () => {
    const place = places();
    const before = await filled(place);
    for (const name of ['midi_checkpoint.json', 'midi_checkpoint.json.bak']) writeFileSync(join(place.run, name), 'x');
    const opened = await place.open();
    expect(codes(opened)).toEqual(['restored_from_copy']);
    expect(await outcomes(opened.store)).toEqual(before);
    expect(readFileSync(join(place.run, 'midi_checkpoint.json.corrupt-1'), 'utf8')).toBe('x');
  });

  test.each([
    ['one that is missing', (run: string) => unlinkSync(segmentIn(run, 1))],
    ['one that is damaged', (run: string) => writeFileSync(segmentIn(run, 2), 'x')],
    ['all of them', (run: string) => rmSync(join(run, 'midi_checkpoint.d'), { recursive: true })],
  ])('brings back segments: %s', async (_, harm) => {
    const place = places();
    const before = await filled(place);
    harm(place.run);
    const opened = await place.open();
    expect(codes(opened)).toEqual(['restored_from_copy']);
    expect(await outcomes(opened.store)).toEqual(before);
  });

  test('brings back a segment whose damage shows only when it is read', async () => {
    const place = places();
    const before = await filled(place);
    const bytes = readFileSync(segmentIn(place.run, 1));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(segmentIn(place.run, 1), bytes);
    const { store } = await place.open();
    const bad = await store.verifyAll();
    expect(bad?.sequence).toBe(1);
    if (bad !== undefined) expect(await store.restore(bad)).toBe(true);
    expect(await store.verifyAll()).toBeUndefined();
    expect(await outcomes(store)).toEqual(before);
  });

  test('is of no use where its own copy is damaged: its pairs are missing as without it', async () => {
    const place = places();
    await filled(place);
    for (const directory of [place.run, place.backup]) writeFileSync(segmentIn(directory, 1), 'x');
    const opened = await place.open();
    expect(codes(opened)).toContain('lost_segments');
    expect([...opened.store.missing]).toEqual([5, 6, 7, 8, 9]);
    await opened.store.commit(retryPass(opened.store.nextPass, [5, 6, 7, 8, 9]), context);
    await opened.store.settleCopy();
    for (const sequence of [0, 2, 3, 4]) {
      expect(readFileSync(segmentIn(place.backup, sequence))).toEqual(readFileSync(segmentIn(place.run, sequence)));
    }
  });

  test('may vanish, be an empty folder, and come back: the run goes on, and it catches up', async () => {
    const place = places();
    const { store } = await place.open();
    await store.commit(mainPass(0, 4), context);
    await store.settleCopy();
    const unmounted = `${place.backup}.elsewhere`;
    renameSync(place.backup, unmounted);
    mkdirSync(place.backup);
    await store.commit(mainPass(5, 9), context);
    await store.settleCopy();
    await store.commit(mainPass(10, 14), context);
    await store.settleCopy();
    expect(readdirSync(place.backup)).toEqual([]);
    expect(place.notices).toEqual([
      expect.stringContaining('is not the place it was'),
      expect.stringContaining('lacks what was saved last'),
      expect.stringContaining('lacks what was saved last'),
    ]);

    rmSync(place.backup, { recursive: true });
    renameSync(unmounted, place.backup);
    await store.commit(mainPass(15, 19), context);
    await store.settleCopy();
    expect(place.notices.at(-1)).toContain('can be written again; 3 segments were copied');
    expect(folderDigest(join(place.backup, 'midi_checkpoint.d'))).toEqual(
      folderDigest(join(place.run, 'midi_checkpoint.d')),
    );
  });

  test('that was never there does not keep a run from going on', async () => {
    const place = places();
    writeFileSync(join(place.run, '..', 'drive'), 'a file where the folder should be');
    const { store } = await place.open();
    await store.commit(mainPass(0, 4), context);
    await store.settleCopy();
    expect(place.notices).toHaveLength(2);
    expect(store.lastIndex).toBe(4);
  });

  test('that was not there in one session gets everything in the next', async () => {
    const place = places();
    await filled({ ...place, open: (changes) => open(place.run, changes) });
    await (await place.open()).store.settleCopy();
    expect(folderDigest(join(place.backup, 'midi_checkpoint.d'))).toEqual(
      folderDigest(join(place.run, 'midi_checkpoint.d')),
    );
  });

  test('that holds another run is refused, unless the run starts over', async () => {
    const place = places();
    await filled(place);
    const other = join(place.run, '..', 'other');
    const { store } = await open(other);
    const pass = mainPass(0, 4);
    await store.commit({ ...pass, pairHashes: pass.pairHashes.map((hash) => hash + 1) }, context);
    const secondPlace = { place: new SecondPlace(place.backup, other, nodeFileSystem), notify: () => {} };
    await expect(open(other, { secondPlace })).rejects.toMatchObject({ code: 'backup_of_another_run' });

    const again = await open(other, { secondPlace, restart: true });
    expect(existsSync(`${checkpointIn(place.backup)}.old-1`)).toBe(true);
    await again.store.commit(mainPass(0, 1), context);
    await again.store.settleCopy();
    expect(existsSync(`${checkpointIn(place.backup)}.old-1`)).toBe(false);
    expect(readFileSync(checkpointIn(place.backup))).toEqual(readFileSync(checkpointIn(other)));
  });

  test('that holds a run with other options does not bring it back', async () => {
    const place = places();
    await filled(place);
    rmSync(place.run, { recursive: true });
    mkdirSync(place.run);
    const fingerprint = { id: 'sha256:g', options: { tokenizer: 'REMI' } };
    await expect(place.open({ fingerprint })).rejects.toMatchObject({ code: 'fingerprint_mismatch' });
    expect(existsSync(checkpointIn(place.run))).toBe(false);
  });
});

test('a run that lost its lock writes nothing more', async () => {
  const lost = new AbortController();
  const directory = temporaryDirectory();
  const { store } = await open(directory, { lost: lost.signal });
  await store.commit(mainPass(0, 4), context);
  const before = folderDigest(directory);
  lost.abort(new LockError('lock_lost', 'the lock was taken over'));
  await expect(store.commit(mainPass(5, 9), context)).rejects.toMatchObject({ code: 'lock_lost' });
  expect(folderDigest(directory)).toEqual(before);
});
