import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecoveryCode } from '../../src/checkpoint/open-stage-store.ts';
import { readStatus } from '../../src/checkpoint/read-status.ts';
import type { StageStore } from '../../src/checkpoint/stage-store.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { collect, context, mainPass, open, optionsFor, outcomes, recordText, retryPass } from './stage-fixture.ts';
import { temporaryDirectory } from './temporary-directory.ts';

interface Stage {
  readonly directory: string;
  readonly checkpoint: string;
  readonly backup: string;
  readonly segments: string;
  readonly segment: (sequence: number) => string;
}

/** Three segments of three pairs; the checkpoint names three, its backup two. */
async function savedStage(): Promise<Stage> {
  const directory = temporaryDirectory();
  const { store } = await open(directory);
  for (const first of [0, 3, 6]) await store.commit(mainPass(first, first + 2, [first]), context);
  const checkpoint = join(directory, 'midi_checkpoint.json');
  const segments = join(directory, 'midi_checkpoint.d');
  const segment = (sequence: number): string => join(segments, `segment-000000${sequence}.msgpack`);
  return { directory, checkpoint, backup: `${checkpoint}.bak`, segments, segment };
}

/** Opens, expects these notices and this progress, finishes the work and compares it with an undisturbed run's. */
async function expectRecovery(
  stage: Stage,
  codes: readonly RecoveryCode[],
  lastIndex: number,
  missing: readonly number[] = [],
): Promise<StageStore> {
  const { store, recovered } = await open(stage.directory);
  expect(recovered.map((notice) => notice.code)).toEqual(codes);
  expect(store.lastIndex).toBe(lastIndex);
  expect([...store.missing]).toEqual(missing);
  const again = await open(stage.directory);
  expect(again.recovered, 'the repaired state is saved').toEqual([]);
  expect(again.store.lastIndex).toBe(lastIndex);
  for (let first = lastIndex + 1; first < 9; first += 3) {
    await again.store.commit(mainPass(first, first + 2, [first]), context);
  }
  const pass = again.store.nextPass;
  const failing = missing.filter((index) => index % 3 === 0);
  if (missing.length > 0) await again.store.commit(retryPass(pass, missing, failing), context);
  const passOf = (index: number): number => (missing.includes(index) ? pass : 0);
  expect(await outcomes(again.store)).toEqual(
    Array.from({ length: 9 }, (_, at) =>
      at % 3 === 0 ? `failure ${at} of pass ${passOf(at)}` : recordText(at, passOf(at)),
    ),
  );
  expect(again.store.isDone(9)).toBe(true);
  expect(await again.store.verifyAll()).toBeUndefined();
  return again.store;
}

async function expectRefusal(stage: Stage, code: string, message = /./): Promise<void> {
  const before = snapshot(stage.directory);
  await expect(open(stage.directory)).rejects.toMatchObject({
    name: 'CheckpointError',
    code,
    message: expect.stringMatching(message),
  });
  expect(snapshot(stage.directory), 'nothing is changed').toEqual(before);
}

function snapshot(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'base64')]));
}

const damage: Readonly<Record<string, (file: string) => void>> = {
  absent: (file) => rmSync(file),
  empty: (file) => truncateSync(file, 0),
  truncated: (file) => truncateSync(file, readFileSync(file).length - 1),
  longer: (file) => writeFileSync(file, `${readFileSync(file, 'utf8')}x`),
  garbage: (file) => writeFileSync(file, Buffer.from([0, 255, 1])),
  'zero-filled': (file) => writeFileSync(file, Buffer.alloc(readFileSync(file).length)),
  'edited by hand': (file) =>
    writeFileSync(file, readFileSync(file, 'utf8').replace('"completed": ', '"completed": 1')),
};
const damages = Object.entries(damage);

describe('neither checkpoint nor backup', () => {
  test('is a fresh start, and a leftover temporary file is deleted', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'midi_checkpoint.json');
    for (const suffix of ['.tmp', '.bak.new', '.bak.tmp']) writeFileSync(`${file}${suffix}`, 'leftover');
    const { store, recovered } = await open(directory);
    expect([store.saved.status, recovered]).toEqual(['not_started', []]);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('with the one segment that a crash before the first checkpoint leaves is a fresh start without it', async () => {
    const stage = await savedStage();
    for (const file of [stage.checkpoint, stage.backup, stage.segment(1), stage.segment(2)]) rmSync(file);
    writeFileSync(`${stage.segment(1)}.tmp`, 'leftover');
    await expectRecovery(stage, ['removed_leftovers'], -1);
  });

  test('with segments of a whole run keeps those aside: they are nobody to throw away', async () => {
    const stage = await savedStage();
    rmSync(stage.checkpoint);
    rmSync(stage.backup);
    await expectRecovery(stage, ['orphaned_segments'], -1);
    expect(readdirSync(`${stage.segments}.orphaned-1`)).toHaveLength(3);
  });
});

describe('a valid checkpoint', () => {
  test.each([...damages, ['valid', () => {}] as const])('is loaded, its backup being %s', async (_, damageFile) => {
    const stage = await savedStage();
    damageFile(stage.backup);
    await expectRecovery(stage, [], 8);
  });

  test('removes what a save that was cut short left, and segments past the chain', async () => {
    const stage = await savedStage();
    cpSync(stage.segment(2), stage.segment(3));
    const unfinished = [`${stage.checkpoint}.tmp`, `${stage.backup}.new`, `${stage.segment(3)}.tmp`];
    for (const file of unfinished) writeFileSync(file, 'leftover');
    await expectRecovery(stage, ['removed_leftovers'], 8);
    for (const file of [...unfinished, stage.segment(3)]) expect(existsSync(file), file).toBe(false);
  });

  test('keeps segments that only its backup names', async () => {
    const stage = await savedStage();
    rmSync(stage.segment(1));
    await open(stage.directory);
    await open(stage.directory);
    expect(existsSync(stage.segment(2)), 'the backup still names three segments').toBe(true);
  });

  test('keeps files it does not know', async () => {
    const stage = await savedStage();
    const other = join(stage.segments, 'notes.txt');
    writeFileSync(other, 'mine');
    await expectRecovery(stage, [], 8);
    expect(readFileSync(other, 'utf8')).toBe('mine');
  });
});

describe('a checkpoint that is absent or invalid, with a valid backup', () => {
  test.each(damages)(
    '(%s): the backup is loaded, the bad file kept as evidence, the state saved again',
    async (kind, damageFile) => {
      const stage = await savedStage();
      damageFile(stage.checkpoint);
      const bad = kind === 'absent' ? undefined : readFileSync(stage.checkpoint);
      await expectRecovery(stage, ['recovered_from_backup', 'removed_leftovers'], 5);
      const evidence = `${stage.checkpoint}.corrupt-1`;
      if (bad === undefined) expect(existsSync(evidence)).toBe(false);
      else expect(readFileSync(evidence)).toEqual(bad);
    },
  );

  test('every piece of evidence is kept', async () => {
    const stage = await savedStage();
    for (const n of [1, 2, 3]) {
      writeFileSync(stage.checkpoint, `bad ${n}`);
      await open(stage.directory);
      expect(readFileSync(`${stage.checkpoint}.corrupt-${n}`, 'utf8')).toBe(`bad ${n}`);
    }
  });

  test('its status can be read without repairing anything', async () => {
    const stage = await savedStage();
    truncateSync(stage.checkpoint, 10);
    const before = snapshot(stage.directory);
    const status = await readStatus(stage.checkpoint);
    expect(status).toMatchObject({ kind: 'valid', from: 'backup', checkpoint: { last_processed_idx: 5 } });
    expect(snapshot(stage.directory)).toEqual(before);
  });
});

describe('an invalid checkpoint without a valid backup', () => {
  const kinds = damages.map(([kind]) => kind);
  const backups = ['absent', 'truncated', 'garbage'] as const;
  const pairs = kinds.flatMap((checkpoint) => backups.map((backup) => [checkpoint, backup] as const));
  test.each(pairs.filter(([checkpoint, backup]) => checkpoint !== 'absent' || backup !== 'absent'))(
    '(%s, backup %s) is refused with what was found and what to do, never a silent restart',
    async (checkpoint, backup) => {
      const stage = await savedStage();
      damage[checkpoint]?.(stage.checkpoint);
      damage[backup]?.(stage.backup);
      await expectRefusal(stage, 'checkpoint_corrupt', /midi_checkpoint\.json.*backup.*--force_restart/);
      expect(await readStatus(stage.checkpoint)).toMatchObject({ kind: 'unreadable' });
    },
  );
});

describe('a segment that is missing or corrupt', () => {
  const cases = [0, 1].flatMap((sequence) => damages.slice(0, 6).map(([kind]) => [kind, sequence] as const));
  test.each(cases)('(%s, number %i of 3) costs its own pairs', async (kind, sequence) => {
    const stage = await savedStage();
    damage[kind]?.(stage.segment(sequence));
    const missing = [0, 1, 2].map((at) => sequence * 3 + at);
    await expectRecovery(stage, ['lost_segments'], 8, missing);
    expect(existsSync(`${stage.segment(sequence)}.corrupt-1`)).toBe(kind !== 'absent');
  });

  test.each(damages.slice(0, 6))('(%s, the last one) takes the stage back to the one before', async (kind) => {
    const stage = await savedStage();
    damage[kind]?.(stage.segment(2));
    await expectRecovery(stage, ['lost_segments'], 5);
    expect(existsSync(`${stage.segment(2)}.corrupt-1`)).toBe(kind !== 'absent');
  });

  test('beside others costs the pairs of all of them', async () => {
    const stage = await savedStage();
    truncateSync(stage.segment(0), 50);
    rmSync(stage.segment(1));
    await expectRecovery(stage, ['lost_segments'], 8, [0, 1, 2, 3, 4, 5]);
  });

  test('where all are is a stage at its beginning, with a notice', async () => {
    const stage = await savedStage();
    for (const sequence of [0, 1, 2]) truncateSync(stage.segment(sequence), 50);
    await expectRecovery(stage, ['lost_segments'], -1);
  });

  test('and any others leave what is left, whatever the segments are of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 7 }), async (bad) => {
        const disk = new MemoryFileSystem();
        const openAgain = () => open('/output/run', { fileSystem: disk });
        const { store } = await openAgain();
        for (let at = 0; at < 6; at++) await store.commit(mainPass(at * 2, at * 2 + 1, [at * 2]), context);
        await store.commit(retryPass(1, [0, 4]), context);
        await store.commit(retryPass(1, [6, 8], [8]), context);
        for (const sequence of bad) {
          const file = `/output/run/midi_checkpoint.d/segment-000000${sequence}.msgpack`;
          disk.poke(file, disk.peek(file).subarray(0, 90));
        }
        const opened = (await openAgain()).store;
        const kept = await collect(opened.records());
        const missing = [...opened.missing];
        for (let index = 0; index <= opened.lastIndex; index++) {
          const inMain = !bad.includes(index >> 1);
          const retriedIn = [0, 4].includes(index) ? 6 : [6, 8].includes(index) ? 7 : -1;
          const isThere = inMain || (retriedIn > 0 && !bad.includes(retriedIn));
          expect([kept.some((record) => record.index === index), missing.includes(index)]).toEqual([isThere, !isThere]);
        }
        expect(opened.saved.completed + opened.saved.failed_count + missing.length).toBe(opened.lastIndex + 1);
        if (missing.length > 0) await opened.commit(retryPass(opened.nextPass, missing), context);
        const again = await openAgain();
        expect([again.recovered, [...again.store.missing]]).toEqual([[], []]);
        expect(again.store.lastIndex).toBe(opened.lastIndex);
      }),
      { numRuns: 100 },
    );
  });

  test('is noticed where the segments of another run lie in its place', async () => {
    const [stage, other] = [await savedStage(), temporaryDirectory()];
    const { store } = await open(other, { sessionId: 'another' });
    for (const first of [0, 3, 6]) await store.commit(mainPass(first, first + 2), context);
    const foreign = (sequence: number): string => join(other, 'midi_checkpoint.d', `segment-000000${sequence}.msgpack`);
    cpSync(foreign(1), stage.segment(1));
    const store1 = await expectRecovery(stage, ['lost_segments'], 8, [3, 4, 5]);
    expect(store1.saved.processed_data).toMatchObject({ segments: 4, lost_segments: [[1, 1]] });
    cpSync(foreign(2), stage.segment(2));
    const { store: again, recovered } = await open(stage.directory);
    expect([recovered[0]?.code, again.lastIndex, [...again.missing]]).toEqual(['lost_segments', 8, [6, 7, 8]]);
  });

  test('is noticed where the whole chain is another one', async () => {
    const [stage, other] = [await savedStage(), temporaryDirectory()];
    const { store } = await open(other, { sessionId: 'another' });
    for (const first of [0, 3, 6]) await store.commit(mainPass(first, first + 2), context);
    cpSync(join(other, 'midi_checkpoint.d'), stage.segments, { recursive: true });
    const { recovered } = await open(stage.directory);
    expect(recovered[0]).toMatchObject({ code: 'lost_segments', message: expect.stringContaining('not the one') });
  });

  test('together with an invalid checkpoint drops back from what the backup names', async () => {
    const stage = await savedStage();
    truncateSync(stage.checkpoint, 5);
    rmSync(stage.segment(1));
    await expectRecovery(stage, ['recovered_from_backup', 'lost_segments', 'removed_leftovers'], 2);
  });

  test('of a retry takes back what that retry had done, and nothing else', async () => {
    const stage = await savedStage();
    const { store } = await open(stage.directory);
    await store.commit(retryPass(1, [0, 3]), context);
    await store.commit(mainPass(9, 9), context);
    expect(store.saved).toMatchObject({ completed: 9, failed_count: 1 });
    truncateSync(stage.segment(3), 10);
    const dropped = (await open(stage.directory)).store;
    expect(dropped.saved).toMatchObject({ last_processed_idx: 9, completed: 7, failed_count: 3 });
    expect([dropped.nextPass, [...dropped.missing]]).toEqual([1, []]);
  });

  test('is a refusal where the whole directory is gone: a disk that is not mounted is no reason to start over', async () => {
    const stage = await savedStage();
    renameSync(stage.segments, `${stage.segments}.elsewhere`);
    await expectRefusal(stage, 'segments_missing');
    mkdirSync(stage.segments);
    await expectRefusal(stage, 'segments_missing');
  });
});

describe('a checkpoint of another run', () => {
  test('made with other options is refused with a table of what differs', async () => {
    const { directory } = await savedStage();
    const fingerprint = { id: 'sha256:g', options: { tokenizer: 'REMI', max_sequence_length: 512 } };
    await expect(open(directory, { fingerprint })).rejects.toMatchObject({
      name: 'CheckpointError',
      code: 'fingerprint_mismatch',
      message: expect.stringMatching(/max_sequence_length +\(absent\) +512\n +tokenizer +"TSD" +"REMI"$/),
    });
  });

  test('of another stage, another shard or under another name is refused', async () => {
    const stage = await savedStage();
    const shard = { inputFile: 'pairs.jsonl', fields: {}, firstIndex: 3 };
    await expect(open(stage.directory, { stage: 'text' })).rejects.toMatchObject({ code: 'stage_mismatch' });
    await expect(open(stage.directory, { plan: shard })).rejects.toMatchObject({ code: 'plan_mismatch' });
    const checkpointFile = join(stage.directory, 'renamed.json');
    renameSync(stage.checkpoint, checkpointFile);
    await expect(open(stage.directory, { checkpointFile })).rejects.toMatchObject({ code: 'stage_mismatch' });
  });

  test.each([
    ['a bare list', 'checkpoint_legacy', '[{"index": 0}]'],
    ['records inline', 'checkpoint_inline', '{"last_processed_idx": 0, "processed_data": [{"index": 0}]}'],
    [
      'a list of finished indices',
      'checkpoint_legacy',
      '{"completed": [0], "in_progress": [], "failed": [], "last_updated": ""}',
    ],
  ])('in an older form (%s) is refused and left alone, though there is a backup', async (_, code, text) => {
    const stage = await savedStage();
    writeFileSync(stage.checkpoint, text);
    await expectRefusal(stage, code, /checkpoint import/);
  });
});

describe('a link', () => {
  test.each(['checkpoint', 'segment'] as const)('in place of a %s is refused', async (what) => {
    const stage = await savedStage();
    const file = what === 'checkpoint' ? stage.checkpoint : stage.segment(1);
    renameSync(file, `${file}.real`);
    symlinkSync(`${file}.real`, file);
    await expect(open(stage.directory)).rejects.toMatchObject({ name: 'StorageError', code: 'storage_io' });
  });
});

test('a link in place of the folder of segments is refused, and nothing is written through it', async () => {
  const stage = await savedStage();
  renameSync(stage.segments, `${stage.segments}.real`);
  symlinkSync(`${stage.segments}.real`, stage.segments);
  await expect(open(stage.directory)).rejects.toMatchObject({
    name: 'StorageError',
    message: expect.stringContaining('links are not followed'),
  });
});

describe('starting over', () => {
  test('keeps what was there until the new run has saved', async () => {
    const stage = await savedStage();
    const before = Object.values(snapshot(stage.directory));
    const { store, recovered } = await open(stage.directory, {
      restart: true,
      fingerprint: { id: 'other', options: {} },
    });
    expect(recovered.map((notice) => notice.code)).toEqual(['restarted']);
    expect(store.saved.status).toBe('not_started');
    expect(Object.values(snapshot(stage.directory)).sort()).toEqual(before.sort());
    expect(readdirSync(stage.directory)).toContain('midi_checkpoint.json.old-1');
    await store.commit(mainPass(0, 1), context);
    expect(readdirSync(stage.directory).sort()).toEqual(['midi_checkpoint.d', 'midi_checkpoint.json']);
    expect(await outcomes(store)).toHaveLength(2);
  });

  test('leaves in force what the user skipped, where only the results are outdated', async () => {
    const stage = await savedStage();
    const { store } = await open(stage.directory);
    await store.saveRequests({ retry: undefined, skip: [4] });
    const again = await open(stage.directory, { restart: true, keepsRequests: true });
    expect([again.store.lastIndex, (await again.store.requests()).skip]).toEqual([-1, [4]]);
    await again.store.commit(mainPass(0, 1), context);
    expect((await again.store.requests()).skip).toEqual([4]);
    const over = await open(stage.directory, { restart: true });
    expect((await over.store.requests()).skip).toEqual([]);
  });

  test('works where the checkpoint is beyond recovery, and twice in a row', async () => {
    const stage = await savedStage();
    truncateSync(stage.checkpoint, 3);
    truncateSync(stage.backup, 3);
    await open(stage.directory, { restart: true });
    writeFileSync(stage.checkpoint, 'bad again');
    const { store } = await open(stage.directory, { restart: true });
    await store.commit(mainPass(0, 1), context);
    expect(readdirSync(stage.directory).sort()).toEqual(['midi_checkpoint.d', 'midi_checkpoint.json']);
  });

  test('where nothing is there is a fresh start without a notice', async () => {
    const directory = temporaryDirectory();
    const { recovered } = await open(directory, { restart: true });
    expect(recovered).toEqual([]);
    expect(optionsFor(directory).restart).toBe(false);
  });
});
