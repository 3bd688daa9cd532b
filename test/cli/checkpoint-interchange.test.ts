import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStageStore } from '../../src/checkpoint/open-stage-store.ts';
import { frameRecord } from '../../src/checkpoint/record-frame.ts';
import { silent } from '../../src/log.ts';
import { folderDigest } from '../folder-digest.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { json, runHere } from './run-here.ts';
import { copyOf, smallRun, stopEarly } from './stopped-run.ts';

const folder = temporaryFolder('interchange');
const finished = join(folder, 'finished');
const stopped = join(folder, 'stopped');

beforeAll(async () => {
  await stopEarly(SAMPLE, stopped);
  await processPairs(smallRun(SAMPLE, finished));
});

const write = (name: string, value: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
};

describe('an exported run', () => {
  it('has every record inline as plain JSON', async () => {
    const file = join(folder, 'midi.json');
    await json('checkpoint', 'export', file, '--output_dir', finished, '--stage', 'midi');
    const { format, stage, last_processed_idx, processed_data } = JSON.parse(readFileSync(file, 'utf8'));
    expect({ format, stage, last_processed_idx }).toEqual({
      format: 'midiloom-interchange',
      stage: 'midi',
      last_processed_idx: 52,
    });
    expect(processed_data).toHaveLength(53);
    expect(processed_data[0]).toMatchObject({
      index: 0,
      ok: true,
      record: { tokens: { layout: 'single', ids: expect.arrayContaining([expect.any(Number)]) } },
    });
    expect(processed_data[9]).toMatchObject({ index: 9, ok: false, code: 'midi_truncated_header' });
    expect(readFileSync(file, 'utf8')).not.toContain('record_base64');
  });

  it('is gzipped where its name ends so, and taken back', async () => {
    const [plain, packed] = [join(folder, 'midi.plain.json'), join(folder, 'midi.json.gz')];
    const { bytes } = (await json('checkpoint', 'export', finished, packed, '--stage', 'midi')) as { bytes: number };
    await json('checkpoint', 'export', finished, plain, '--stage', 'midi');
    expect(gunzipSync(readFileSync(packed)).equals(readFileSync(plain))).toBe(true);
    expect(bytes).toBe(statSync(packed).size);
    const imported = join(folder, 'unpacked');
    expect(await json('checkpoint', 'import', imported, packed)).toMatchObject([{ kind: 'continued', rows: 53 }]);
    expect(await json('checkpoint', 'validate', imported)).toMatchObject({ valid: true });
    writeFileSync(packed, readFileSync(packed).subarray(0, bytes / 2));
    const cut = await runHere(['checkpoint', 'import', join(folder, 'cut'), packed]);
    expect([cut.code, cut.stderr]).toEqual([5, expect.stringContaining('cut or damaged')]);
  });

  it('goes on elsewhere once it is imported, and ends with the same data set', async () => {
    const file = join(folder, 'run.json');
    await json('checkpoint', 'export', file, '--output_dir', stopped);
    const run = join(folder, 'imported');
    const done = JSON.parse(readFileSync(join(stopped, 'midi_checkpoint.json'), 'utf8')).last_processed_idx + 1;
    expect(await json('checkpoint', 'import', file, '--output_dir', run)).toMatchObject([
      { stage: 'midi', kind: 'continued', rows: done },
      ...(existsSync(join(stopped, 'text_checkpoint.json')) ? [{ stage: 'text', kind: 'continued' }] : []),
    ]);
    expect(await json('checkpoint', 'validate', '--output_dir', run)).toMatchObject({ valid: true });
    expect(readdirSync(run).filter((name) => name.includes('import'))).toEqual([]);
    const resumed: number[] = [];
    await processPairs(smallRun(SAMPLE, run), {
      onEvent: (event) => void (event.type === 'planned' && resumed.push(event.resumed.midi)),
    });
    expect(resumed).toEqual([done]);
    expect(folderDigest(join(run, 'dataset'))).toEqual(folderDigest(join(finished, 'dataset')));
  });

  it('is taken by continue in the place of a checkpoint, with the file kept', async () => {
    const run = join(folder, 'inline');
    for (const stage of ['midi', 'text']) {
      const file = join(folder, `${stage}_checkpoint.json`);
      await json('checkpoint', 'export', file, '--output_dir', finished, '--stage', stage);
      copyOf(file, run, `${stage}_checkpoint.json`);
    }
    const notices: string[] = [];
    const result = await processPairs(smallRun(SAMPLE, run), {
      onEvent: (event) => void (event.type === 'notice' && notices.push(event.message)),
    });
    expect(notices).toEqual([expect.stringContaining('inline'), expect.stringContaining('inline')]);
    expect(result).toMatchObject({ status: 'complete', stages: { midi: { doneNow: 0 }, text: { doneNow: 0 } } });
    expect(readdirSync(run)).toContain('midi_checkpoint.json.inline-1');
    expect(folderDigest(join(run, 'dataset'))).toEqual(folderDigest(join(finished, 'dataset')));
  });

  it('is refused where a row was changed, left out or cut off', async () => {
    const file = join(folder, 'whole.json');
    await json('checkpoint', 'export', file, '--output_dir', finished, '--stage', 'text');
    const text = readFileSync(file, 'utf8');
    const value = JSON.parse(text);
    const changed = structuredClone(value);
    changed.processed_data[3].record.text += '!';
    const shorter = structuredClone(value);
    shorter.processed_data.splice(3, 1);
    writeFileSync(join(folder, 'cut.json'), text.slice(0, text.length / 2));
    for (const source of [write('changed.json', changed), write('shorter.json', shorter), join(folder, 'cut.json')]) {
      const run = join(folder, 'refused');
      const result = await runHere(['checkpoint', 'import', source, '--output_dir', run]);
      expect([result.code, result.stderr]).toEqual([5, expect.stringContaining('interchange_invalid')]);
      expect(readdirSync(run)).toEqual([]);
    }
  });

  it('does not take the place of a checkpoint that is there', async () => {
    const file = join(folder, 'again.json');
    await json('checkpoint', 'export', file, '--output_dir', finished);
    const result = await runHere(['checkpoint', 'import', file, '--output_dir', finished]);
    expect([result.code, result.stderr]).toEqual([5, expect.stringContaining('checkpoint_exists')]);
  });
});

describe('a checkpoint of another program', () => {
  const rows = [0, 1, 2].map((index) => ({ index, tokens: [1, 2, 3], note: `row ${index}` }));

  it.each([
    ['a bare list', rows],
    ['rows in processed_data', { stage: 'midi', last_processed_idx: 2, processed_data: rows }],
    ['completed, in_progress, failed', { completed: rows, in_progress: [3], failed: [4], last_updated: '2025-01-01' }],
    ['a list of indexes', [0, 1, 2]],
  ])('is taken by import: %s', async (name, value) => {
    const run = join(folder, `foreign ${name}`);
    const imported = await json(
      'checkpoint',
      'import',
      write('foreign.json', value),
      '--output_dir',
      run,
      '--stage',
      'midi',
    );
    expect(imported).toEqual([{ stage: 'midi', kind: 'foreign', rows: 3, unplaced: 0 }]);
    const lines = readFileSync(join(run, 'midi_checkpoint.foreign.jsonl'), 'utf8').trim().split('\n');
    const list = Array.isArray(value) ? value : rows;
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      list.map((row, index) => ({ index, foreign: true, source: 'foreign.json', row })),
    );
  });

  it('has its pairs passed over, each with a record that says so, until a retry names them', async () => {
    const run = join(folder, 'foreign-run');
    await json('checkpoint', 'import', write('old.json', rows), '--output_dir', run);
    expect(await processPairs(smallRun(SAMPLE, run))).toMatchObject({
      status: 'complete',
      completed: 46,
      failed: 4,
      foreign: 3,
    });
    expect(await json('status', '--output_dir', run)).toMatchObject({
      stages: {
        midi: { failures: [{ index: 0, code: 'foreign_row' }, { index: 1 }, { index: 2 }, { index: 9 }, {}, {}] },
      },
    });
    await json('checkpoint', 'retry', '--output_dir', run, '--code', 'foreign_row');
    await processPairs(smallRun(SAMPLE, run));
    expect(folderDigest(join(run, 'dataset'))).toEqual(folderDigest(join(finished, 'dataset')));
  });

  it('finds its pairs by the path of the MIDI file, never by a position that may be filtered', async () => {
    const manifest = readFileSync(SAMPLE, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const named = [manifest[7], manifest[4], { midi_file: 'elsewhere.mid' }].map(({ midi_file }) => ({ midi_file }));
    const file = write('named.json', named);
    const run = join(folder, 'named');
    const refused = await runHere(['checkpoint', 'import', file, '--output_dir', run]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--input_file')]);
    const flags = ['--output_dir', run, '--stage', 'midi', '--input_file', SAMPLE];
    expect(await json('checkpoint', 'import', file, ...flags)).toMatchObject([{ rows: 2, unplaced: 1 }]);
    const kept = readFileSync(join(run, 'midi_checkpoint.foreign.jsonl'), 'utf8');
    expect([...kept.matchAll(/"index":(\d+)/g)].map(([, index]) => Number(index))).toEqual([7, 4]);

    const anonymous = write('anonymous.json', [{ tokens: [1] }, { tokens: [2] }]);
    const unsure = await runHere(['checkpoint', 'import', anonymous, '--output_dir', join(folder, 'anonymous')]);
    expect([unsure.code, unsure.stderr]).toEqual([2, expect.stringContaining('--by_position')]);
  });

  it('is not continued: exit 5 says to import it', async () => {
    const run = join(folder, 'legacy');
    mkdirSync(run);
    renameSync(write('legacy.json', rows), join(run, 'midi_checkpoint.json'));
    await expect(processPairs(smallRun(SAMPLE, run))).rejects.toMatchObject({ code: 'checkpoint_legacy' });
  });
});

describe('what no run could have made', () => {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the file says is changed here
  type Json = Record<string, any>;
  const exported = async (stage: string): Promise<Json> => {
    const file = join(folder, `${stage}-good.json`);
    if (!existsSync(file)) await json('checkpoint', 'export', finished, file, '--stage', stage);
    return JSON.parse(readFileSync(file, 'utf8'));
  };
  let count = 0;
  async function imported(document: Json): Promise<{ code: number; stderr: string; run: string }> {
    const run = join(folder, `bad-${count++}`);
    const { code, stderr } = await runHere([
      'checkpoint',
      'import',
      write(`bad-${count}.json`, document),
      '--output_dir',
      run,
    ]);
    return { code, stderr, run };
  }
  const cases: readonly (readonly [string, string, (row: Json, all: Json) => void, RegExp])[] = [
    [
      'midi',
      'a token id over the vocabulary',
      (row) => (row.record.tokens.ids[3] = 60_000),
      /pair 0: .*token id 60000/,
    ],
    ['midi', 'a token id that would wrap', (row) => (row.record.tokens.ids[3] = -5), /pair 0: -5 is no integer from 0/],
    [
      'midi',
      'a token id of more than 16 bits',
      (row) => (row.record.tokens.ids[3] = 70_000),
      /pair 0: 70000 is no integer/,
    ],
    [
      'midi',
      'a length that is not that of the tokens',
      (row) => (row.record.sequence_length += 1),
      /pair 0: .*sequence_length/,
    ],
    [
      'midi',
      'a fact of another type',
      (row) => (row.record.metadata.n_notes = 'many'),
      /pair 0: its n_notes is not of type int/,
    ],
    ['midi', 'repairs that are no counts', (row) => (row.record.metadata.repairs = { a: {} }), /pair 0: its repairs/],
    ['midi', 'no checksum', (row) => delete row.record.metadata.sha256, /pair 0: its sha256 is no checksum/],
    ['midi', 'a record of other fields', (row) => (row.record = { any: 'thing' }), /pair 0: a MIDI record/],
    [
      'midi',
      'a code with an escape sequence',
      (_, all) => (all.processed_data[9].code = 'x\u001b[31m'),
      /pair 9: the code/,
    ],
    ['midi', 'more pairs than there can be', (_, all) => (all.total_files = 1e15), /total_files/],
    ['midi', 'fewer pairs than are done', (_, all) => (all.total_files = 10), /total_files/],
    [
      'text',
      'an embedding of another length',
      (row) => row.record.embedding.pop(),
      /pair 0: its embedding has 383 numbers/,
    ],
    [
      'text',
      'a number that is infinite in 32 bits',
      (row) => (row.record.embedding[0] = 1e300),
      /pair 0: 1e\+300 is larger/,
    ],
    ['text', 'statistics of another type', (row) => (row.record.statistics.words = 'two'), /pair 0: its words/],
  ];
  it.each(cases)('(%s: %s) is refused with its pair, and leaves nothing', async (stage, _, spoil, message) => {
    const document = await exported(stage);
    spoil(document.processed_data[0], document);
    const { code, stderr, run } = await imported(document);
    expect([code, stderr]).toEqual([5, expect.stringMatching(message)]);
    expect(existsSync(join(run, `${stage}_checkpoint.json`))).toBe(false);
  });

  it.each([['{}'], ['[]'], ['{"stages": []}'], ['{"name": "x", "version": "1.0.0", "dependencies": {}}']])(
    '%s is no checkpoint',
    async (text) => {
      const { code, stderr, run } = await imported(JSON.parse(text));
      expect([code, stderr]).toEqual([5, expect.stringContaining('is no checkpoint with rows')]);
      expect(existsSync(join(run, 'midi_checkpoint.foreign.jsonl'))).toBe(false);
    },
  );

  it('is seen by validate, whoever wrote the segments', async () => {
    const run = join(folder, 'forged');
    const opened = await openStageStore({
      checkpointFile: join(run, 'text_checkpoint.json'),
      stage: 'text',
      sessionId: 'forger',
      plan: { inputFile: 'pairs.jsonl', fields: {}, firstIndex: 0 },
      fingerprint: { id: 'sha256:x', options: { 'encoder.dimensions': 3 } },
      restart: false,
      log: silent,
    });
    const context = {
      totalPairs: 1,
      batch: { currentBatch: 1, totalBatches: 1, batchSize: 1, processingTimeS: 1, filesPerSecond: 1 },
      inProgress: undefined,
    };
    const frames = [frameRecord(0, Buffer.from('\x81\xa4text\xa1x', 'latin1'))];
    const rest = { failures: [], planHash: 'x', pairHashes: Uint32Array.of(1), keys: new Uint8Array(), stamps: [] };
    await opened.store.commit({ pass: 0, first: 0, last: 0, frames, ...rest }, context);
    const { code, stdout } = await runHere(['checkpoint', 'validate', run]);
    expect([code, stdout]).toEqual([5, expect.stringContaining('pair 0: a text record')]);
  });
});

describe('a checkpoint of another program in the place of ours', () => {
  it('is imported from there, and kept', async () => {
    const run = join(folder, 'in-place');
    mkdirSync(run);
    const rows = [0, 1, 2].map((index) => ({ index, midi_tokens: [1, 2, 3] }));
    const file = join(run, 'midi_checkpoint.json');
    writeFileSync(file, JSON.stringify({ last_processed_idx: 2, processed_data: rows }));
    const before = readFileSync(file, 'utf8');
    expect(await json('checkpoint', 'import', file, '--output_dir', run)).toMatchObject([
      { stage: 'text', kind: 'foreign', rows: 3 },
      { stage: 'midi', kind: 'foreign', rows: 3 },
    ]);
    expect(readFileSync(`${file}.foreign-1`, 'utf8')).toBe(before);
    expect(await processPairs(smallRun(SAMPLE, run))).toMatchObject({ status: 'complete' });
    expect(readFileSync(`${file}.foreign-1`, 'utf8')).toBe(before);
  });

  it('is not deleted by --force_restart', async () => {
    const run = join(folder, 'forced');
    mkdirSync(run);
    const file = join(run, 'midi_checkpoint.json');
    writeFileSync(file, '[{"index": 0}]');
    await processPairs({ ...smallRun(SAMPLE, run), forceRestart: true });
    expect(readFileSync(`${file}.foreign-1`, 'utf8')).toBe('[{"index": 0}]');
  });
});
