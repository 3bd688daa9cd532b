import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { processPairs } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
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
    await json('checkpoint', 'import', write('x.json', []), '--output_dir', run);
    renameSync(write('legacy.json', rows), join(run, 'midi_checkpoint.json'));
    await expect(processPairs(smallRun(SAMPLE, run))).rejects.toMatchObject({ code: 'checkpoint_legacy' });
  });
});
