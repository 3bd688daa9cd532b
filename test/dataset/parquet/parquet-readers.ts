/** Independent readers of Parquet files. */
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';

export type ReadRow = Readonly<Record<string, unknown>>;

/** Rows as DuckDB reads them, in file order; 64-bit integers as text. */
export async function readWithDuckdb(files: string, query = 'SELECT *', rest = ''): Promise<readonly ReadRow[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(`${query} FROM read_parquet('${files}') ${rest}`);
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Rows as hyparquet reads them; nulls are null, also those that it leaves undefined, and 64-bit integers are bigint. */
export async function readWithHyparquet(file: string): Promise<readonly ReadRow[]> {
  const bytes = readFileSync(file);
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  });
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
}

function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(Object.values(value), plain);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]));
}
