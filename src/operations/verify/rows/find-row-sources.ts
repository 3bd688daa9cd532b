import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonRows } from './json-rows.ts';
import { miditokRows } from './miditok-rows.ts';
import { msgpackRows } from './msgpack-rows.ts';
import { parquetRows } from './parquet-rows.ts';
import type { ReadRow, RowSource } from './row-source.ts';
import { webdatasetRows } from './webdataset-rows.ts';

/** The sources of each format that is in a data set and holds rows. */
export async function findRowSources(dataset: string): Promise<ReadonlyMap<string, readonly RowSource[]>> {
  const names = new Set(await readdir(dataset));
  const sources = new Map<string, readonly RowSource[]>();
  for (const { format, folder, extension, read } of SHARDED) {
    const found = names.has(folder) ? await shardedSources(dataset, folder, extension, read) : [];
    if (found.length > 0) sources.set(format, found);
  }
  for (const { format, name, read } of WHOLE) {
    const path = join(dataset, name);
    if (names.has(name)) sources.set(format, [{ name, split: undefined, rows: () => read(path) }]);
  }
  return sources;
}

const SHARDED: readonly {
  readonly format: string;
  readonly folder: string;
  readonly extension: string;
  readonly read: (files: readonly string[]) => AsyncGenerator<ReadRow>;
}[] = [
  { format: 'parquet', folder: 'data', extension: 'parquet', read: parquetRows },
  { format: 'webdataset', folder: 'webdataset', extension: 'tar', read: webdatasetRows },
];

const WHOLE: readonly {
  readonly format: string;
  readonly name: string;
  readonly read: (path: string) => AsyncGenerator<ReadRow>;
}[] = [
  { format: 'jsonl', name: 'processed_data.jsonl', read: jsonRows },
  { format: 'jsonl.gz', name: 'processed_data.jsonl.gz', read: (path) => jsonRows(path, true) },
  { format: 'json', name: 'processed_data.json', read: jsonRows },
  { format: 'msgpack', name: 'processed_data.msgpack', read: msgpackRows },
  { format: 'miditok', name: 'tokens', read: miditokRows },
];

/** A source for each split, by the names of the files: `train-00000-of-00004.parquet`. */
async function shardedSources(
  dataset: string,
  folder: string,
  extension: string,
  read: (files: readonly string[]) => AsyncGenerator<ReadRow>,
): Promise<readonly RowSource[]> {
  const shards = new Map<string, string[]>();
  for (const name of (await readdir(join(dataset, folder))).sort()) {
    const [, split] = /^(.+)-\d+-of-\d+\.(\w+)$/.exec(name) ?? [];
    if (split === undefined || !name.endsWith(`.${extension}`)) continue;
    shards.set(split, [...(shards.get(split) ?? []), join(dataset, folder, name)]);
  }
  return [...shards].map(([split, files]) => ({
    name: `${folder}/${split}-*.${extension}`,
    split,
    rows: () => read(files),
  }));
}
