import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../src/manifest/input-options.ts';
import { openPlan } from '../../src/manifest/open-plan.ts';
import { readPairs } from './read-plan.ts';
import { tempFolder } from './temp-folder.ts';

const folder = tempFolder();
const seed = Number(process.env.MIDILOOM_TEST_SEED ?? Date.now() % 1_000_000);
console.log(`manifest formats: MIDILOOM_TEST_SEED=${seed}`);

const rows = Array.from({ length: 7 }, (_, at) => ({
  path: `é/${at}.mid`,
  text: `piece "${at}"; slow,\nin C`,
  year: `${at}`,
}));
type Row = (typeof rows)[number];

const names = ['path', 'text', 'year'] as const;
const jsonl = rows.map((row) => JSON.stringify(row)).join('\n');
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const table = (delimiter: string, all: readonly Row[] = rows) =>
  [names.join(delimiter), ...all.map((row) => names.map((name) => quoted(row[name])).join(delimiter))].join('\r\n');
const column = (name: (typeof names)[number]) => rows.map((row) => row[name]);
const byRow = (name: (typeof names)[number]) => Object.fromEntries(column(name).map((value, at) => [at, value]));
const utf16 = (text: string, isLittle: boolean) => {
  const bytes = Buffer.from(text, 'utf16le');
  return isLittle ? bytes : bytes.swap16();
};
const parquet = (data: Parameters<typeof parquetWriteBuffer>[0]['columnData'], rowGroupSize?: number) =>
  Buffer.from(parquetWriteBuffer({ columnData: data, ...(rowGroupSize === undefined ? {} : { rowGroupSize }) }));

async function plan(name: string, content: string | Buffer, options: Omit<InputOptions, 'inputFile'> = {}) {
  return openPlan({ ...options, inputFile: folder.write(name, content), marks: [3] });
}

/** What is told of inputs that do not show what they are written in. */
const ENCODED: Readonly<Record<string, Pick<InputOptions, 'encoding'>>> = {
  'latin1.csv': { encoding: 'latin1' },
  'windows.csv.gz': { encoding: 'windows-1252' },
};

describe('the same rows are the same pairs, by one hash, in every format', async () => {
  const reference = await plan('reference.jsonl', jsonl);
  it.each<readonly [string, string | Buffer]>([
    [
      'keys-in-other-order.jsonl',
      rows.map(({ path, text, year }) => JSON.stringify({ year, text, path })).join('\n\n'),
    ],
    [
      'other-names.jsonl',
      rows.map(({ path, text, year }) => JSON.stringify({ file_name: path, caption: text, year })).join('\n'),
    ],
    ['spaced.json', JSON.stringify(rows, null, 4)],
    ['packed.jsonl.gz', gzipSync(jsonl)],
    ['packed-without-a-name', gzipSync(jsonl)],
    ['two-members.jsonl.gz', Buffer.concat([gzipSync(jsonl.slice(0, 100)), gzipSync(jsonl.slice(100))])],
    ['comma.csv', table(',')],
    ['semicolon.csv', table(';')],
    ['pipe.csv', table('|')],
    ['tab.csv', table('\t')],
    ['packed.csv.gz', gzipSync(table(','))],
    ['excel.csv', utf16(`\uFEFF${table('\t')}`, true)],
    ['big-endian.csv', utf16(`\uFEFF${table(';')}`, false)],
    ['unmarked.csv', utf16(table(','), true)],
    ['utf16.jsonl', utf16(`\uFEFF${jsonl}`, true)],
    ['latin1.csv', Buffer.from(table(';'), 'latin1')],
    ['windows.csv.gz', gzipSync(Buffer.from(table(';'), 'latin1'))],
    ['data.json', JSON.stringify({ about: { rows: [1] }, data: rows, after: 'x' })],
    ['splits.json', JSON.stringify({ train: rows.slice(0, 4), validation: [], test: rows.slice(4) })],
    ['by-id.json', JSON.stringify(Object.fromEntries(rows.map((row, at) => [`id ${at}`, row])))],
    ['columns.json', JSON.stringify(Object.fromEntries(names.map((name) => [name, byRow(name)])))],
    ['lists.json', JSON.stringify(Object.fromEntries(names.map((name) => [name, column(name)])), null, 1)],
    [
      'split.json',
      JSON.stringify({ columns: names, index: [0], data: rows.map((row) => names.map((name) => row[name])) }),
    ],
    ['rows.parquet', parquet(names.map((name) => ({ name, data: column(name) })))],
    [
      'groups.parquet',
      parquet(
        names.map((name) => ({ name, data: column(name) })),
        2,
      ),
    ],
  ])('%s', async (name, content) => {
    const other = await plan(name, content, ENCODED[name]);
    expect(other).toMatchObject({ total: rows.length, hash: reference.hash });
    expect(other.hashAt(3)).toBe(reference.hashAt(3));
    const pairs = await readPairs(other);
    expect(pairs.map(({ midiFile, text }) => [midiFile, text])).toEqual(rows.map(({ path, text }) => [path, text]));
    expect(pairs.map(({ metadata }) => metadata.year)).toEqual(column('year'));
    expect(await readPairs(other, 3)).toEqual(pairs.slice(3));
    expect(await readPairs(other, 5, 2)).toEqual(pairs.slice(5));
  });

  it('has the splits that a document or folder gives', async () => {
    const document = await plan('named.json', JSON.stringify({ train: rows.slice(0, 4), test: rows.slice(4) }));
    expect(document.splits).toEqual(['train', 'test']);
    expect((await readPairs(document)).map(({ split }) => split)).toEqual([
      ...Array(4).fill('train'),
      ...Array(3).fill('test'),
    ]);
    folder.write(
      'hub/train/metadata.jsonl',
      rows
        .slice(0, 4)
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    writeFileSync(join(folder.path, 'hub/train/other.txt'), '');
    folder.write('hub/test/metadata.csv', table(',', rows.slice(4)));
    const hub = await openPlan({ inputFile: join(folder.path, 'hub'), marks: [5] });
    const pairs = await readPairs(hub);
    expect(pairs.map(({ midiFile, split }) => [split, midiFile])).toEqual(
      rows.map(({ path }, at) => [at < 4 ? 'train' : 'test', `${at < 4 ? 'train' : 'test'}/${path}`]),
    );
    expect(await readPairs(hub, 5)).toEqual(pairs.slice(5));
  });
});

describe('what is written by another library is read equal', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
  const list = fc.array(cell, { maxLength: 3 });
  it('as Parquet, with lists, structs, numbers and nulls, in row groups of any size', async () => {
    const record = fc.record({
      path: cell.filter((text) => text !== ''),
      text: cell,
      tags: list,
      big: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { nil: undefined }),
      ratio: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 4 }),
        async (records, size) => {
          const data = parquet(
            [
              { name: 'path', data: records.map(({ path }) => path), type: 'STRING' },
              { name: 'text', data: records.map(({ text }) => text), type: 'STRING' },
              { name: 'tags', data: records.map(({ tags }) => tags), type: 'JSON' },
              { name: 'big', data: records.map(({ big }) => big), type: 'INT64', nullable: true },
              { name: 'ratio', data: records.map(({ ratio }) => ratio), type: 'DOUBLE', nullable: true },
            ],
            size,
          );
          const pairs = await readPairs(await plan('property.parquet', data));
          expect(pairs.map(({ midiFile, text }) => [midiFile, text])).toEqual(
            records.map(({ path, text }) => [path, text]),
          );
          const held = (big: bigint | undefined) =>
            big === undefined ? null : Number.isSafeInteger(Number(big)) ? Number(big) : String(big);
          expect(pairs.map(({ metadata }) => [metadata.big, metadata.ratio, metadata.tags])).toEqual(
            records.map(({ big, ratio, tags }) => [held(big), ratio ?? null, tags]),
          );
        },
      ),
      { seed, numRuns: 40 },
    );
  });
});

describe('numbers that JavaScript cannot hold', () => {
  it.each([
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['1e999', '1e999'],
    ['-1e400', '-1e400'],
    ['1e-999', '1e-999'],
    ['9007199254740992', 9007199254740992],
    ['1.5e300', 1.5e300],
    ['-0', -0],
    ['0.1', 0.1],
    ['0e-5', 0],
    ['12345678901234567000', 12345678901234567000],
  ])('%s is kept', async (written, expected) => {
    const line = `{"path": "a.mid", "text": "say 1e999 \\" 9007199254740993", "x": [{"y": ${written}}], "id": ${written}}`;
    const opened = await plan('numbers.jsonl', line);
    const [pair] = await readPairs(opened);
    expect(pair?.metadata.x).toEqual([{ y: expected }]);
    expect(pair?.text).toBe('say 1e999 " 9007199254740993');
    if (typeof expected === 'string') expect(pair?.id).toBe(expected);
    expect(opened.notes.join().includes('kept as text')).toBe(typeof expected === 'string');
  });
});

describe('a packed input', () => {
  it('by zstd is unpacked', async () => {
    // Three lines, written by pyarrow's CompressedOutputStream.
    const packed = 'KLUv/QBIpQEAdAJ7InBhdGgiOiAiMC5taWQiLCAidGV4dCI6ICJ0MCJ9CjExMjIifQoEAGAWcByYDANWZA==';
    const opened = await plan('packed.jsonl.zst', Buffer.from(packed, 'base64'));
    expect((await readPairs(opened)).map(({ midiFile, text }) => [midiFile, text])).toEqual([
      ['0.mid', 't0'],
      ['1.mid', 't1'],
      ['2.mid', 't2'],
    ]);
  });

  it.each([
    ['cut.jsonl.gz', gzipSync(jsonl).subarray(0, -20)],
    [
      'flipped.jsonl.gz',
      Buffer.from(gzipSync(jsonl).map((byte, at, all) => (at === all.length - 6 ? byte ^ 1 : byte))),
    ],
    ['cut.jsonl.zst', Buffer.from('KLUv/QBIpQEAdAJ7InBhdGgiOiAiMC5taWQi', 'base64')],
    ['cut.parquet', parquet([{ name: 'path', data: ['a.mid'] }]).subarray(0, -9)],
  ])('that is damaged is refused: %s', async (name, content) => {
    await expect(plan(name, content)).rejects.toMatchObject({ code: 'manifest_invalid' });
  });
});
