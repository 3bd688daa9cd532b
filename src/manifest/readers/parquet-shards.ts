import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../errors.ts';
import { openParquet } from './open-parquet.ts';
import type { Part } from './parts-reader.ts';

const PARQUET = /\.parquet$/i;
/** Where the hub keeps shards that no folder is named after. */
const UNNAMED = ['', 'data'];

/**
 * The Parquet files of a folder as the Hugging Face hub lays them out: `train.parquet`, `data/train-00000-of-00002.parquet`,
 * `train/*.parquet`. Rows are of the split that the file or its folder is named after.
 */
export async function parquetShards(
  folder: string,
  splits: readonly string[],
  isKnown: (name: string) => boolean,
): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const place of [...UNNAMED, ...splits]) {
    const splitOf = (name: string): string | undefined =>
      UNNAMED.includes(place) ? splits.find((each) => isNamedAfter(name, each)) : place;
    const files = (await parquetFiles(join(folder, place))).map((name) => ({ name, split: splitOf(name) }));
    // Those of train first, as with folders.
    const order = ({ split }: { readonly split: string | undefined }): number => splits.indexOf(split ?? '');
    for (const { name, split } of files.sort((a, b) => order(a) - order(b))) {
      parts.push({ reader: await openParquet(join(folder, place, name), isKnown), split });
    }
  }
  return parts;
}

async function parquetFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => PARQUET.test(name) && !name.startsWith('.')).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

/** `train.parquet`, `train-00000-of-00002.parquet`, `train_0.parquet`. */
function isNamedAfter(file: string, split: string): boolean {
  return file.startsWith(split) && !/[A-Za-z0-9]/.test(file[split.length] ?? '');
}
