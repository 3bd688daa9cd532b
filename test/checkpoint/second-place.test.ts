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
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeFileSystem } from '../../src/checkpoint/file-system.ts';
import type { OpenedStage, StageStoreOptions } from '../../src/checkpoint/open-stage-store.ts';
import { acquireRunLock } from '../../src/checkpoint/run-lock.ts';
import { SecondPlace } from '../../src/checkpoint/second-place.ts';
import { LockError } from '../../src/errors.ts';
import { silent } from '../../src/log.ts';
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
    open: async (changes = {}) => {
      const secondPlace = {
        place: new SecondPlace({ directory: backup, runDirectory: run, files: nodeFileSystem }),
        notify,
      };
      const opened = await open(run, { secondPlace, ...changes });
      // Before the folder is removed, which a copy that is under way would make again.
      onTestFinished(() => opened.store.settleCopy());
      return opened;
    },
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

  test('that holds another run is refused and left as it is, also where the run starts over', async () => {
    const place = places();
    await filled(place);
    const other = join(place.run, '..', 'other');
    const { store } = await open(other);
    const pass = mainPass(0, 4);
    await store.commit({ ...pass, pairHashes: pass.pairHashes.map((hash) => hash + 1) }, context);
    const [before, ours] = [folderDigest(place.backup), folderDigest(other)];
    for (const restart of [false, true]) {
      const secondPlace = {
        place: new SecondPlace({ directory: place.backup, runDirectory: other, files: nodeFileSystem }),
        notify: () => {},
      };
      await expect(open(other, { secondPlace, restart })).rejects.toMatchObject({
        code: 'backup_of_another_run',
        message: expect.not.stringContaining('force_restart'),
      });
      expect([folderDigest(place.backup), folderDigest(other)]).toEqual([before, ours]);
    }
  });

  test('that another run with the very same options has taken over in the meantime is refused', async () => {
    const place = places();
    await filled(place);
    const other = join(place.run, '..', 'other');
    const secondPlace = {
      place: new SecondPlace({ directory: place.backup, runDirectory: other, files: nodeFileSystem }),
      notify: () => {},
    };
    // As after a loss of the run directory: nothing tells this run from the one that is copied there.
    const opened = await open(other, { secondPlace });
    onTestFinished(() => opened.store.settleCopy());
    expect(codes(opened)).toEqual(['restored_from_copy']);
    await opened.store.commit(mainPass(15, 16), context);
    await opened.store.settleCopy();
    const before = folderDigest(place.backup);
    await expect(place.open()).rejects.toMatchObject({
      code: 'backup_of_another_run',
      message: expect.stringContaining(`the run in ${other} on `),
    });
    expect(folderDigest(place.backup)).toEqual(before);
  });

  test('is known again where its run directory and itself were moved', async () => {
    const place = places();
    const before = await filled(place);
    const [run, backup] = [`${place.run}-moved`, `${place.backup}-moved`];
    renameSync(place.run, run);
    renameSync(place.backup, backup);
    const secondPlace = {
      place: new SecondPlace({ directory: backup, runDirectory: run, files: nodeFileSystem }),
      notify: () => {},
    };
    const { store } = await open(run, { secondPlace });
    expect(await outcomes(store)).toEqual(before);
    await store.commit(mainPass(15, 16), context);
    await store.settleCopy();
    expect(readFileSync(checkpointIn(backup))).toEqual(readFileSync(checkpointIn(run)));
  });

  test('is used by one run at a time', async () => {
    const place = places();
    await filled(place);
    const taking = (directory: string) => acquireRunLock(directory, silent);
    const first = new SecondPlace({
      directory: place.backup,
      runDirectory: place.run,
      files: nodeFileSystem,
      takeLock: taking,
    });
    const { store } = await open(place.run, { secondPlace: { place: first, notify: () => {} } });
    const other = join(place.run, '..', 'other');
    const second = new SecondPlace({
      directory: place.backup,
      runDirectory: other,
      files: nodeFileSystem,
      takeLock: taking,
    });
    await expect(open(other, { secondPlace: { place: second, notify: () => {} } })).rejects.toMatchObject({
      name: 'LockError',
      code: 'backup_locked',
    });
    expect(existsSync(checkpointIn(other))).toBe(false);
    await store.settleCopy();
    await first.close();
    const restored = await open(other, { secondPlace: { place: second, notify: () => {} } });
    expect(codes(restored)).toEqual(['restored_from_copy']);
    await restored.store.settleCopy();
    await second.close();
    expect(readdirSync(place.backup).filter((name) => name.includes('lock'))).toEqual([]);
  });

  test('does not bring back what the run started over from, though it was away then', async () => {
    const place = places();
    await filled(place);
    renameSync(place.backup, `${place.backup}.unmounted`);
    const fingerprint = { id: 'sha256:g', options: { tokenizer: 'REMI' } };
    await place.open({ restart: true, fingerprint });
    expect(place.notices).toHaveLength(1);
    renameSync(`${place.backup}.unmounted`, place.backup);
    const { store } = await place.open({ fingerprint });
    expect(store.saved.status).toBe('not_started');
    await store.commit(mainPass(0, 1), context);
    await store.settleCopy();
    expect(readFileSync(checkpointIn(place.backup))).toEqual(readFileSync(checkpointIn(place.run)));
    expect(readdirSync(place.backup).filter((name) => name.includes('.old-'))).toEqual([]);
  });

  test('that holds a run with other options, or of another manifest, does not bring it back', async () => {
    const place = places();
    await filled(place);
    rmSync(place.run, { recursive: true });
    mkdirSync(place.run);
    const before = folderDigest(place.backup);
    const fingerprint = { id: 'sha256:g', options: { tokenizer: 'REMI' } };
    await expect(place.open({ fingerprint })).rejects.toMatchObject({ code: 'backup_of_another_run' });
    const secondPlace = {
      place: new SecondPlace({ directory: place.backup, runDirectory: place.run, files: nodeFileSystem }),
      notify: () => {},
      findObjection: async () => 'it was made from another manifest',
    };
    await expect(place.open({ secondPlace })).rejects.toMatchObject({ code: 'backup_of_another_run' });
    expect(existsSync(checkpointIn(place.run))).toBe(false);
    expect(folderDigest(place.backup)).toEqual(before);
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
