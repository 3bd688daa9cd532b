import { createReadStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { createDirectory, writeDurably } from '../checkpoint/durable-replace.ts';
import { IndexSet } from '../checkpoint/index-set.ts';
import { storageError } from '../checkpoint/storage-error.ts';
import { CheckpointError, codeOf, messageOf } from '../errors.ts';
import type { Exemption } from '../run-directory/exemptions.ts';
import { FOREIGN_ROW } from '../run-directory/exemptions.ts';
import type { RowList } from './interchange-document.ts';
import type { PlaceRow } from './place-rows.ts';

export interface ForeignCount {
  /** Rows that are kept. */
  readonly rows: number;
  /** Rows that belong to no pair, or to one that has a row already; left out. */
  readonly unplaced: number;
}

/** Every line starts so, which is enough to know which pairs have a row. */
const LINE_START = /^\{"index":(\d+),"foreign":true,/;

/** Keeps the rows of another program as they are, each marked as foreign under the index of its pair; a row a line. */
export async function saveForeignRows(
  file: string,
  rows: RowList,
  place: PlaceRow,
  source: string,
): Promise<ForeignCount> {
  const known = new IndexSet(0);
  let unplaced = 0;
  const lines = async function* (): AsyncGenerator<Uint8Array> {
    let position = 0;
    for await (const row of rows.rows()) {
      const index = place(row, position++);
      if (index === undefined || known.has(index)) {
        unplaced++;
        continue;
      }
      known.set(index, true);
      yield Buffer.from(`${JSON.stringify({ index, foreign: true, source: basename(source), row })}\n`);
    }
  };
  await createDirectory(dirname(file));
  await writeDurably(file, lines());
  return { rows: known.size, unplaced };
}

/** The pairs that have a foreign row; none where there is no such file. */
export async function readForeignIndexes(file: string): Promise<IndexSet> {
  const indexes = new IndexSet(0);
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      const index = LINE_START.exec(line)?.[1];
      if (index === undefined) throw new Error('a line is not as `checkpoint import` writes it');
      indexes.set(Number(index), true);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return indexes;
    if (codeOf(error) !== undefined) throw storageError('read', file, error);
    throw new CheckpointError('foreign_unreadable', `Cannot read ${file}: ${messageOf(error)}`);
  }
  return indexes;
}

/** Pairs with a foreign row are not worked on: what another program made of them is not taken for ours. */
export async function foreignRows(file: string): Promise<Exemption> {
  const indexes = await readForeignIndexes(file);
  const reason = { code: FOREIGN_ROW, error: `imported from another program; its row is kept in ${basename(file)}` };
  return (index) => (indexes.has(index) ? reason : undefined);
}
