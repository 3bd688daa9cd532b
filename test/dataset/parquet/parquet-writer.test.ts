import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, CompoundIds } from '../../../src/dataset/cell.ts';
import type { ColumnSchema, ColumnType } from '../../../src/dataset/column-type.ts';
import { ParquetWriter } from '../../../src/dataset/parquet/parquet-writer.ts';
import { type ReadRow, readWithDuckdb, readWithHyparquet } from './parquet-readers.ts';

const listOf = (element: ColumnType): ColumnType => ({ kind: 'list', element });
const columns: readonly ColumnSchema[] = [
  { name: 'big', type: { kind: 'int64' } },
  { name: 'flag', type: { kind: 'boolean' } },
  { name: 'text', type: { kind: 'string' } },
  { name: 'real', type: { kind: 'double' } },
  { name: 'ids', type: listOf({ kind: 'id' }) },
  { name: 'tracks', type: listOf(listOf({ kind: 'id' })) },
  {
    name: 'facts',
    type: {
      kind: 'struct',
      fields: [
        { name: 'count', type: { kind: 'int32' } },
        { name: 'names', type: listOf({ kind: 'string' }) },
        { name: 'deep', type: listOf({ kind: 'struct', fields: [{ name: 'x', type: listOf({ kind: 'int32' }) }] }) },
      ],
    },
  },
];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'midiloom-parquet-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the Parquet writer', () => {
  it('writes what DuckDB and hyparquet read back: nulls, empty lists, nested lists and structs', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        async (rows, perGroup) => {
          const file = join(directory, `property-${run++}.parquet`);
          await writeFile(file, columns, rows, perGroup);
          const expected = rows.map((row) => asRead(row));
          expect((await readWithDuckdb(file)).map(numbersOfInt64)).toEqual(expected);
          expect((await readWithHyparquet(file)).map(numbersOfInt64)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes compound tokens and typed arrays as plain lists', async () => {
    const file = join(directory, 'compound.parquet');
    const schema: readonly ColumnSchema[] = [
      { name: 'rows', type: listOf(listOf({ kind: 'id' })) },
      { name: 'tracks', type: listOf(listOf(listOf({ kind: 'id' }))) },
      { name: 'vector', type: listOf({ kind: 'float' }) },
      { name: 'words', type: listOf({ kind: 'int32' }) },
    ];
    const compound = new CompoundIds(Uint16Array.of(1, 2, 3, 4, 5, 65_535), 3);
    const none = new CompoundIds(new Uint16Array(0), 3);
    await writeFile(
      file,
      schema,
      [
        [compound, [compound, none, compound], Float32Array.of(0.5, -0, 1e-30), Int32Array.of(-1, 2 ** 31 - 1)],
        [none, [], new Float32Array(0), null],
      ],
      10,
    );
    const rows = [
      [1, 2, 3],
      [4, 5, 65_535],
    ];
    const expected = [
      { rows, tracks: [rows, [], rows], vector: [0.5, -0, Math.fround(1e-30)], words: [-1, 2 ** 31 - 1] },
      { rows: [], tracks: [], vector: [], words: null },
    ];
    expect(await readWithHyparquet(file)).toEqual(expected);
    const [first] = await readWithDuckdb(file, 'SELECT rows, tracks, words, vector[3] = 1e-30::FLOAT AS exact');
    expect(first).toEqual({ rows, tracks: [rows, [], rows], words: [-1, 2 ** 31 - 1], exact: true });
  });

  it('keeps ids over many pages and every dictionary size: one id, 256, 257, all 65,536', async () => {
    for (const distinct of [1, 256, 257, 65_536]) {
      const file = join(directory, `ids-${distinct}.parquet`);
      const lists = Array.from({ length: 12 }, (_, row) =>
        Uint16Array.from({ length: row * 9_001 }, (_, at) => (at * 31 + row) % distinct),
      );
      await writeFile(
        file,
        [{ name: 'ids', type: listOf({ kind: 'id' }) }],
        lists.map((ids) => [ids]),
        5,
      );
      const expected = lists.map((ids) => [...ids]);
      expect((await readWithHyparquet(file)).map(({ ids }) => ids)).toEqual(expected);
      expect((await readWithDuckdb(file)).map(({ ids }) => ids)).toEqual(expected);
    }
  });

  it('writes a file that readers open where there is no row', async () => {
    const file = join(directory, 'empty.parquet');
    await writeFile(file, columns, [], 10);
    expect(await readWithDuckdb(file)).toEqual([]);
    expect(await readWithHyparquet(file)).toEqual([]);
    expect(await readWithDuckdb(file, 'SELECT count(*)::INT AS n')).toEqual([{ n: 0 }]);
  });

  it('refuses a field that the schema does not know instead of dropping it', async () => {
    const schema: readonly ColumnSchema[] = [
      { name: 'facts', type: { kind: 'struct', fields: [{ name: 'known', type: { kind: 'int32' } }] } },
    ];
    await expect(writeFile(join(directory, 'unknown.parquet'), schema, [[{ known: 1, new: 2 }]], 1)).rejects.toThrow(
      /facts\.new that is not in the schema/,
    );
  });

  it('refuses a number that does not fit its column instead of wrapping it', async () => {
    for (const [kind, value] of [
      ['int32', 2 ** 31],
      ['int32', 0.5],
      ['int64', 2 ** 53],
      ['id', 65_536],
    ] as const) {
      const schema: readonly ColumnSchema[] = [{ name: 'n', type: { kind } }];
      await expect(writeFile(join(directory, 'wrap.parquet'), schema, [[value]], 1)).rejects.toThrow(/cannot hold/);
    }
  });
});

async function writeFile(
  file: string,
  schema: readonly ColumnSchema[],
  rows: readonly (readonly Cell[])[],
  rowsPerGroup: number,
): Promise<void> {
  const parts: Buffer[] = [];
  const writer = new ParquetWriter(schema, async (bytes) => void parts.push(Buffer.from(bytes)), 'test');
  await writer.start();
  for (const row of rows) {
    writer.addRow(row);
    if (writer.pendingRows >= rowsPerGroup) await writer.endRowGroup();
  }
  await writer.finish();
  writeFileSync(file, Buffer.concat(parts));
}

function anyRow(): fc.Arbitrary<readonly Cell[]> {
  const orNull = (value: fc.Arbitrary<Cell>): fc.Arbitrary<Cell> => fc.option(value, { freq: 4 });
  const lists = (element: fc.Arbitrary<Cell>): fc.Arbitrary<Cell> => orNull(fc.array(element, { maxLength: 20 }));
  const id = fc.nat(65_535);
  const int32 = orNull(fc.integer());
  const ids = fc.option(fc.uint16Array({ maxLength: 40 }), { freq: 4 });
  const facts = fc.record({
    count: int32,
    names: lists(orNull(fc.string({ unit: 'grapheme' }))),
    deep: lists(orNull(fc.record({ x: lists(int32) }))),
  });
  return fc.tuple(
    orNull(fc.maxSafeInteger()),
    orNull(fc.boolean()),
    orNull(fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text))),
    orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
    ids,
    lists(orNull(fc.array(id, { maxLength: 12 }))),
    orNull(facts),
  );
}

function asRead(row: readonly Cell[]): ReadRow {
  const plain = (cell: Cell | undefined): unknown => (cell instanceof Uint16Array ? [...cell] : structuredClone(cell));
  return Object.fromEntries(columns.map(({ name }, at) => [name, plain(row[at])]));
}

/** DuckDB gives 64-bit integers as text, hyparquet as bigint. */
function numbersOfInt64({ big, ...others }: ReadRow): ReadRow {
  return { ...others, big: big === null ? null : Number(big) };
}
