import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects, readColumnIndex, readOffsetIndex } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/dataset/cell.ts';
import type { ColumnSchema } from '../../../src/dataset/column-type.ts';
import { ParquetWriter } from '../../../src/dataset/parquet/parquet-writer.ts';
import { isBefore, unionOf, ValueRange } from '../../../src/dataset/parquet/value-range.ts';
import { readWithDuckdb } from './parquet-readers.ts';

const columns: readonly ColumnSchema[] = [
  { name: 'count', type: { kind: 'int64' } },
  { name: 'real', type: { kind: 'double' } },
  { name: 'text', type: { kind: 'string' } },
  { name: 'facts', type: { kind: 'struct', fields: [{ name: 'flag', type: { kind: 'boolean' } }] } },
  { name: 'words', type: { kind: 'list', element: { kind: 'string' } } },
];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'midiloom-statistics-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function write(name: string, rows: readonly (readonly Cell[])[], rowsPerGroup: number): Promise<string> {
  const file = join(directory, name);
  const parts: Buffer[] = [];
  const writer = new ParquetWriter(columns, async (bytes) => void parts.push(Buffer.from(bytes)), 'test');
  await writer.start();
  for (const row of rows) {
    writer.addRow(row);
    if (writer.pendingRows >= rowsPerGroup) await writer.endRowGroup();
  }
  await writer.finish();
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

function bufferOf(file: string): ArrayBuffer {
  const bytes = readFileSync(file);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.constantFrom(
    '',
    '\ufeff',
    '\uffff'.repeat(70),
    '\u{10ffff}'.repeat(70),
    '\ud7ff'.repeat(66),
    `${'a'.repeat(63)}\u{1f3b5}b`,
  ),
  fc.string({ unit: fc.constantFrom('a', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'), maxLength: 80 }),
);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });
const anyRow = fc.tuple(
  orNull(fc.maxSafeInteger()),
  orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
  orNull(hostileText),
  orNull(fc.record({ flag: orNull(fc.boolean()) })),
  orNull(fc.array(orNull(hostileText), { maxLength: 3 })),
);

/** The reader's own decoder eats a byte order mark. */
const PARSERS = {
  stringFromBytes: (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
};
const bytesOf = (text: unknown): Buffer => Buffer.from(String(text));

describe('the statistics of a column chunk', () => {
  it('bound every value and count the nulls, in the order of each type', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        async (rows, perGroup) => {
          const file = await write(`property-${run++}.parquet`, rows, perGroup);
          const metadata = parquetMetadata(bufferOf(file), { parsers: PARSERS });
          for (const [group, { columns: chunks }] of metadata.row_groups.entries()) {
            const inGroup = rows.slice(group * perGroup, (group + 1) * perGroup);
            const of = (name: string) =>
              chunks.find(({ meta_data: meta }) => meta?.path_in_schema.join('.') === name)?.meta_data?.statistics;
            const plain = [
              ['count', inGroup.map(([value]) => value)],
              ['real', inGroup.map(([, value]) => value)],
              ['facts.flag', inGroup.map(([, , , facts]) => facts?.flag ?? null)],
            ] as const;
            for (const [name, values] of plain) {
              const present = values.filter((value) => value !== null).map(Number);
              const found = of(name);
              expect(Number(found?.null_count)).toBe(values.length - present.length);
              if (present.length === 0) expect(found?.min_value).toBeUndefined();
              else
                expect([Number(found?.min_value), Number(found?.max_value)].map((value) => value + 0)).toEqual(
                  [Math.min(...present), Math.max(...present)].map((value) => value + 0),
                );
            }
            const texts = inGroup.flatMap(([, , text]) => (text === null ? [] : [bytesOf(text)]));
            const found = of('text');
            expect(Number(found?.null_count)).toBe(inGroup.length - texts.length);
            if (found?.min_value === undefined) continue;
            for (const text of texts) {
              expect(Buffer.compare(bytesOf(found.min_value), text)).toBeLessThanOrEqual(0);
              expect(Buffer.compare(bytesOf(found.max_value), text)).toBeGreaterThanOrEqual(0);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never make DuckDB pass over a row that a filter wants', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          hostileText.filter((text) => !text.includes('\0')),
          { minLength: 1, maxLength: 12 },
        ),
        async (texts) => {
          const rows = texts.map((text, at) => [at, at / 3, text, null, null]);
          const file = await write(`filter-${run++}.parquet`, rows, 3);
          for (const wanted of new Set(texts)) {
            const literal = `'${wanted.replaceAll("'", "''")}'`;
            const where = `WHERE text = ${literal} AND text <= ${literal}`;
            const [found] = await readWithDuckdb(file, 'SELECT count(*)::INT AS n', where);
            expect(found?.n).toBe(texts.filter((text) => text === wanted).length);
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it('have no bounds where every value is null, and none inside lists', async () => {
    const file = await write('nulls.parquet', [[null, null, null, null, ['a', null]]], 1);
    const [group] = parquetMetadata(bufferOf(file)).row_groups;
    for (const { meta_data: meta } of group?.columns ?? []) {
      expect([meta?.path_in_schema.join('.'), meta?.statistics?.min_value]).toEqual([
        meta?.path_in_schema.join('.'),
        undefined,
      ]);
      expect(Number(meta?.statistics?.null_count)).toBe(1);
    }
  });
});

describe('the page index', () => {
  it('leads to the rows of each page', async () => {
    const rows = Array.from({ length: 900 }, (_, at) => [
      at,
      at / 4,
      `${String(at).padStart(6, '0')} ${'x'.repeat(4_000)}`,
      { flag: at % 2 === 0 },
      ['a', 'b'],
    ]);
    const file = await write('pages.parquet', rows, 600);
    const buffer = bufferOf(file);
    const metadata = parquetMetadata(buffer);
    expect(metadata.row_groups).toHaveLength(2);
    const schema = metadata.schema.find(({ name }) => name === 'text');
    let pages = 0;
    for (const [group, { columns: chunks }] of metadata.row_groups.entries()) {
      const chunk = chunks[2];
      if (chunk === undefined || schema === undefined) throw new Error('no column of text');
      const view = (at: unknown, length: unknown) => ({
        view: new DataView(buffer, Number(at), Number(length)),
        offset: 0,
      });
      const offsets = readOffsetIndex(view(chunk.offset_index_offset, chunk.offset_index_length));
      const bounds = readColumnIndex(view(chunk.column_index_offset, chunk.column_index_length), schema);
      for (const [at, { first_row_index: first }] of offsets.page_locations.entries()) {
        expect(bounds.min_values[at]).toBe(String(rows[group * 600 + Number(first)]?.[2]).slice(0, 64));
        pages++;
      }
      expect(bounds.boundary_order).toBe('ASCENDING');
    }
    expect(pages).toBeGreaterThan(2);
    const read = await parquetReadObjects({ file: buffer, rowStart: 550, rowEnd: 620, useOffsetIndex: true });
    expect(read.map(({ count, text }) => [Number(count), text])).toEqual(
      rows.slice(550, 620).map(([count, , text]) => [count, text]),
    );
  });
});

describe('strings', () => {
  it.each([
    ['of which each is there twice', 2_000, (at: number) => `value ${at % 1_000}`],
    ['that are all equal', 2_000, () => 'equal'],
    ['that are all different', 2_000, (at: number) => `value ${at}`],
    ['that become too many for a dictionary', 30_000, (at: number) => `${at < 5_000 ? at % 7 : at} ${'y'.repeat(40)}`],
    ['that are empty', 20, () => ''],
  ])('%s are read back', async (name, total, textOf) => {
    const rows = Array.from({ length: total }, (_, at) => [at, null, textOf(at), null, [textOf(at), textOf(at + 1)]]);
    const file = await write(`${name}.parquet`, rows, 9_000);
    const read = await readWithDuckdb(file, 'SELECT text, words');
    expect(read).toEqual(rows.map(([, , text, , words]) => ({ text, words })));
  });

  it('that repeat are behind a dictionary, others are not', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => [at, null, `${at % 3}`, null, [`word ${at}`]]);
    const [group] = parquetMetadata(bufferOf(await write('dictionary.parquet', rows, 100))).row_groups;
    const encodings = group?.columns.map(({ meta_data: meta }) => meta?.encodings.includes('RLE_DICTIONARY'));
    expect(encodings).toEqual([false, false, true, false, false]);
  });
});

describe('the bounds of texts', () => {
  it('are in the order of their bytes', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (a, b) => {
        expect(isBefore(a, b)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are cut where they are long, without leaving anything out', () => {
    const boundsOf = (text: string) => {
      const range = new ValueRange();
      range.add(text);
      return range.take();
    };
    expect(boundsOf('a'.repeat(64))).toMatchObject({ max: 'a'.repeat(64), isMaxExact: true });
    expect(boundsOf('a'.repeat(65))).toEqual({
      min: 'a'.repeat(64),
      max: `${'a'.repeat(63)}b`,
      isMinExact: false,
      isMaxExact: false,
    });
    expect(boundsOf('\u{10ffff}'.repeat(65))).toBeUndefined();
    expect(boundsOf(`a${'\u{10ffff}'.repeat(65)}`)?.max).toBe('b');
    const [a, b] = [boundsOf('b'), boundsOf('a')];
    if (a === undefined || b === undefined) throw new Error('no bounds');
    expect(unionOf(a, b)).toMatchObject({ min: 'a', max: 'b' });
  });
});
