import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** What `verify` reads of a row. */
export interface VerifiedRow {
  readonly index: number;
  readonly text: string;
}

/** The rows of one format (of one split of it), in the order in which they are stored. */
export interface RowSource {
  /** The file, or the files by the pattern of their names. */
  readonly name: string;
  rows(): AsyncGenerator<VerifiedRow>;
}

/** The sources of each format that can be read back row by row; the other formats are covered by their checksums. */
export async function rowSources(directory: string): Promise<ReadonlyMap<string, readonly RowSource[]>> {
  const names = await readdir(directory);
  const sources = new Map<string, readonly RowSource[]>();
  for (const { file, format, open } of LINE_FORMATS) {
    if (names.includes(file)) sources.set(format, [{ name: file, rows: () => lineRows(open(join(directory, file))) }]);
  }
  const parquet = names.includes('data') ? await parquetSources(join(directory, 'data')) : [];
  if (parquet.length > 0) sources.set('parquet', parquet);
  return sources;
}

async function parquetSources(directory: string): Promise<readonly RowSource[]> {
  const shards = new Map<string, string[]>();
  for (const name of (await readdir(directory)).sort()) {
    if (!name.endsWith('.parquet')) continue;
    const split = name.replace(/-\d+-of-\d+\.parquet$/, '');
    shards.set(split, [...(shards.get(split) ?? []), join(directory, name)]);
  }
  return [...shards].map(([split, files]) => ({ name: `data/${split}-*.parquet`, rows: () => parquetRows(files) }));
}

const LINE_FORMATS: readonly {
  readonly file: string;
  readonly format: string;
  readonly open: (path: string) => NodeJS.ReadableStream;
}[] = [
  { file: 'processed_data.jsonl', format: 'jsonl', open: (path) => createReadStream(path) },
  { file: 'processed_data.jsonl.gz', format: 'jsonl.gz', open: (path) => createReadStream(path).pipe(createGunzip()) },
  { file: 'processed_data.json', format: 'json', open: (path) => createReadStream(path) },
];

/** A row a line; a JSON list as `process` writes it has a row a line too, and brackets and commas around them. */
async function* lineRows(stream: NodeJS.ReadableStream): AsyncGenerator<VerifiedRow> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    const text = line.endsWith(',') ? line.slice(0, -1) : line;
    if (text === '' || text === '[' || text === ']' || text === '[]') continue;
    yield rowOf(JSON.parse(text));
  }
}

async function* parquetRows(files: readonly string[]): AsyncGenerator<VerifiedRow> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet'); // nothing else reads Parquet
  for (const path of files) {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await parquetReadObjects({
        file,
        metadata,
        columns: ['index', 'text_description'],
        rowStart,
        rowEnd,
      });
      for (const row of rows) yield rowOf(row);
      rowStart = rowEnd;
    }
  }
}

function rowOf(value: unknown): VerifiedRow {
  if (typeof value !== 'object' || value === null || !('index' in value) || !('text_description' in value)) {
    throw new Error('a row has no index or no text_description');
  }
  return { index: Number(value.index), text: String(value.text_description) };
}
