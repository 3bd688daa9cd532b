import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportRun,
  importRun,
  type ProcessOptions,
  planRun,
  processPairs,
  readRunStatus,
  resetRun,
  skipPairs,
  verifyRun,
} from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderDigest } from '../../folder-digest.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { tinyMidi } from '../../tiny-midi.ts';

const folder = temporaryFolder('update');
const SMALL = {
  textEncoder: 'hashing',
  textDim: 8,
  outputFormat: ['jsonl'],
  workers: 1,
  batchSize: 2,
  checkpointInterval: 1,
} as const;

type Row = Readonly<Record<string, unknown>>;
const ROWS: readonly Row[] = [
  ...Array.from({ length: 6 }, (_, at) => ({ midi_file: `midi/${at}.mid`, text_description: `caption ${at}` })),
  { midi_file: 'midi/broken.mid', text_description: 'broken' },
  { midi_file: 'midi/absent.mid', text_description: 'absent' },
];

/** A place with the files and the manifest of `ROWS`, and a finished run of them. */
let finished: string;

beforeAll(async () => {
  finished = join(folder, 'finished');
  mkdirSync(join(finished, 'midi'), { recursive: true });
  for (let at = 0; at < 8; at++) writeFileSync(midi(finished, `${at}.mid`), tinyMidi([60 + at, 64]));
  writeFileSync(midi(finished, 'broken.mid'), 'no MIDI');
  write(finished, ROWS);
  await processPairs({ ...SMALL, inputFile: manifest(finished), outputDir: join(finished, 'run') });
}, 60_000);

/** The same once more, to be edited. */
function place(name: string): string {
  const copy = join(folder, name);
  cpSync(finished, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

const manifest = (at: string): string => join(at, 'pairs.jsonl');
const midi = (at: string, name: string): string => join(at, 'midi', name);
const write = (at: string, rows: readonly unknown[]): void =>
  writeFileSync(manifest(at), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
const changes = (run: string): unknown[] =>
  readFileSync(join(run, 'changes.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Updates the run of a place and compares its data set with that of a fresh run. */
async function updated(at: string, options: ProcessOptions = {}) {
  const run = join(at, 'run');
  const result = await processPairs({ outputDir: run, mode: 'update', ...options });
  await expectFresh(at, options);
  return result.update;
}

async function expectFresh(at: string, options: ProcessOptions = {}): Promise<void> {
  const fresh = join(at, 'fresh');
  await processPairs({ ...SMALL, inputFile: manifest(at), ...options, outputDir: fresh, forceRestart: true });
  expect(folderDigest(join(at, 'run', 'dataset'))).toEqual(folderDigest(join(fresh, 'dataset')));
  expect(await readRunStatus(join(at, 'run'))).toMatchObject({ status: 'completed' });
}

describe('an update', () => {
  it('keeps what is as it was wherever it stands now, makes the rest, and says why of every pair', async () => {
    const at = place('edited');
    const [zero, one, two, three, four, five, broken, absent] = ROWS;
    writeFileSync(midi(at, '4.mid'), tinyMidi([70, 71]));
    write(at, [
      { midi_file: 'midi/7.mid', text_description: 'a new one' },
      zero,
      { ...two, text_description: 'corrected' },
      one,
      four,
      broken,
      absent,
      { ...zero, style: 'only metadata, and once more' },
      five,
    ]);
    const run = join(at, 'run');
    const counts = {
      pairs: 9,
      moved: 5,
      removed: 1,
      stages: {
        // One of them is a copy of a file on which a failure was: nothing says that its content is the same.
        midi: { kept: 5, made: 4, causes: { file_changed: 2, new: 1, tried_again: 1 } },
        text: { kept: 7, made: 2, causes: { new: 1, caption_changed: 1 } },
      },
    };
    const before = folderDigest(run);
    expect((await planRun({ outputDir: run, mode: 'update' })).update).toEqual(counts);
    expect(folderDigest(run)).toEqual(before);

    expect(await updated(at)).toEqual(counts);
    expect(changes(run)).toMatchObject([
      { index: 0, midi_file: 'midi/7.mid', was: null, midi: 'made', text: 'made', why: ['new'] },
      { index: 1, was: 0, midi: 'kept', text: 'kept', why: ['moved'] },
      { index: 2, was: 2, midi: 'kept', text: 'made', why: ['caption_changed'] },
      { index: 3, was: 1, midi: 'kept', text: 'kept', why: ['moved'] },
      { index: 4, was: 4, midi: 'made', text: 'kept', why: ['file_changed'] },
      { index: 5, was: 6, midi: 'made', text: 'kept', why: ['moved', 'file_changed'] },
      { index: 6, was: 7, midi: 'made', text: 'kept', why: ['moved', 'tried_again'] },
      { index: 7, was: null, midi: 'kept', text: 'kept', why: ['new'] },
      { index: 8, was: 5, midi: 'kept', text: 'kept', why: ['moved'] },
      { index: null, was: 3, midi: 'removed', text: 'removed', why: ['removed'] },
    ]);
    expect(three).toBeDefined();
    expect(await verifyRun(run)).toMatchObject({ verified: true });
    expect(await processPairs({ outputDir: run })).toMatchObject({
      status: 'complete',
      stages: { midi: { doneNow: 0 } },
    });
    expect(readdirSync(run).filter((name) => /before|old/.test(name))).toEqual([]);
  });

  it('that is asked for by other options makes one stage and keeps the other', async () => {
    const at = place('options');
    await expect(processPairs({ outputDir: join(at, 'run'), tokenizer: 'remi' })).rejects.toMatchObject({
      code: 'fingerprint_mismatch',
      message: expect.stringContaining('--mode update'),
    });
    expect(await updated(at, { tokenizer: 'remi' })).toMatchObject({
      stages: { midi: { kept: 0, causes: { tokenizer_changed: 8 } }, text: { kept: 8 } },
    });
    expect(await updated(at, { tokenizer: 'remi', textDim: 16 })).toMatchObject({
      moved: 0,
      stages: { text: { causes: { encoder_changed: 8 } } },
    });
  });

  it('finds rows by their id, a caption list by its captions, and files under their name', async () => {
    const at = place('ids');
    const rows = ROWS.map((row, id) => ({ ...row, key: `k${id}` }));
    await updated(at, { idField: 'key' }).catch(() => {}); // there is no such field yet
    write(at, rows);
    await updated(at, { idField: 'key' });
    write(at, [
      { ...rows[1], midi_file: 'midi/2.mid', text_description: ['caption 1', 'and another'] },
      { ...rows[0], text_description: 'another' },
    ]);
    expect(await updated(at, { idField: 'key' })).toMatchObject({ pairs: 3, stages: { midi: { made: 0 } } });
    expect(changes(join(at, 'run')).slice(0, 3)).toMatchObject(
      [
        { was: null, why: ['new'] },
        { was: null, text: 'made', why: ['new'] },
        { was: 0, text: 'made', why: ['moved', 'caption_changed'] },
      ].map((change, index) => ({ index, ...change })),
    );
  });

  it('carries along what was never to be tried, and what is to be tried again', async () => {
    const at = place('skipped');
    const run = join(at, 'run');
    await skipPairs(run, [6]);
    write(at, [...ROWS].reverse());
    expect(await processPairs({ outputDir: run, mode: 'update' })).toMatchObject({ skipped: 1, failed: 1 });
    const failures = readFileSync(join(run, 'dataset', 'failures.jsonl'), 'utf8');
    expect(failures).toMatch(/"index":1,.*"code":"skipped"/);
    expect(JSON.parse(readFileSync(join(run, 'midi_checkpoint.requests.json'), 'utf8'))).toMatchObject({ skip: [1] });
  });

  it('that was stopped goes on by itself, also after the manifest was edited once more', async () => {
    const at = place('stopped');
    const run = join(at, 'run');
    const stop = new AbortController();
    write(at, [{ midi_file: 'midi/6.mid', text_description: 'first' }, ...ROWS]);
    const interrupted = await processPairs(
      { outputDir: run, mode: 'update' },
      { signal: stop.signal, onEvent: ({ type }) => type === 'saved' && stop.abort() },
    );
    expect(interrupted).toMatchObject({ status: 'interrupted' });
    const stopped = await processPairs({ outputDir: run, mode: 'update' }, { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ status: 'interrupted' });
    expect(await readRunStatus(run)).toMatchObject({
      status: 'interrupted',
      reason: expect.stringContaining('an update was stopped'),
    });
    const again = join(folder, 'stopped-again');
    cpSync(at, again, { recursive: true, preserveTimestamps: true });
    expect(await processPairs({ outputDir: run })).toMatchObject({ status: 'complete' });
    await expectFresh(at);

    write(again, [...ROWS].reverse());
    expect(await updated(again)).toMatchObject({ pairs: 8, stages: { midi: { kept: 6 } } });
    expect(readdirSync(join(again, 'run')).filter((name) => name.includes('before'))).toEqual([]);
  });

  it('makes anew what a damaged segment held, and what a lost file has made', async () => {
    const at = place('damaged');
    const run = join(at, 'run');
    const segment = join(run, 'midi_checkpoint.d', 'segment-0000001.msgpack');
    const bytes = readFileSync(segment);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(segment, bytes);
    renameSync(midi(at, '0.mid'), midi(at, 'zero.mid'));
    write(at, ROWS.slice(0, 6).reverse());
    expect(await updated(at)).toMatchObject({
      stages: { midi: { made: 3, causes: { file_gone: 1, not_made: 2 } }, text: { kept: 6 } },
    });
  });

  it('keeps the results of files that have another name now', async () => {
    const at = place('renamed');
    renameSync(join(at, 'midi'), join(at, 'scores'));
    write(
      at,
      ROWS.map((row) => ({ ...row, midi_file: String(row.midi_file).replace('midi/', 'scores/') })),
    );
    expect(await updated(at)).toMatchObject({ moved: 0, stages: { midi: { kept: 6, made: 2 }, text: { kept: 8 } } });
    expect(changes(join(at, 'run'))[3]).toMatchObject({ was: 3, midi: 'kept', text: 'kept', why: [] });
  });

  it('keeps what was exported and imported elsewhere, by the contents of the files', async () => {
    const at = place('imported');
    const [run, file] = [join(at, 'run'), join(at, 'export.json')];
    await exportRun(run, file);
    renameSync(run, join(at, 'exported'));
    await importRun(run, file);
    write(at, [...ROWS].reverse());
    const options = { ...SMALL, inputFile: manifest(at) };
    expect(await updated(at, options)).toMatchObject({ stages: { midi: { kept: 6 }, text: { kept: 8 } } });
  });

  it('is refused, with nothing changed, where no file is there any more', async () => {
    const at = place('unmounted');
    renameSync(join(at, 'midi'), join(at, 'elsewhere'));
    const before = folderDigest(join(at, 'run'));
    await expect(processPairs({ outputDir: join(at, 'run'), mode: 'update' })).rejects.toMatchObject({
      code: 'input_gone',
    });
    const { 'midiloom.lock': _, ...after } = folderDigest(join(at, 'run'));
    expect(after).toEqual(before);
  });

  it('keeps the second place in step, and is forgotten by a reset', async () => {
    const at = place('second');
    const [run, backupDir] = [join(at, 'run'), join(at, 'backup')];
    await processPairs({ outputDir: run, backupDir });
    write(at, [...ROWS].reverse());
    await updated(at);
    const copied = (name: string) =>
      readdirSync(join(name, 'midi_checkpoint.d')).map((file) => readFileSync(join(name, 'midi_checkpoint.d', file)));
    expect(copied(backupDir)).toEqual(copied(run));
    const stop = new AbortController();
    write(at, ROWS.slice(1));
    await processPairs(
      { outputDir: run, mode: 'update' },
      { signal: stop.signal, onEvent: ({ type }) => type === 'saved' && stop.abort() },
    );
    await resetRun(run);
    expect(existsSync(join(run, 'midi_checkpoint.before-1.json'))).toBe(false);
    expect(await processPairs({ outputDir: run })).toMatchObject({ status: 'complete', update: undefined });
    await expectFresh(at);
  });
});
