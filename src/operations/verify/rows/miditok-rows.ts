import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SUMS_FILE } from '../../../dataset/check-sums.ts';
import { readLines } from '../../../dataset/read-lines.ts';
import { type ReadRow, rowOf } from './row-source.ts';

/** Characters of a SHA-256 and the two spaces behind it. */
const BEFORE_NAME = 66;

/** The files of token ids in the order of their list; a file's name is the index of its pair. */
export async function* miditokRows(directory: string): AsyncGenerator<ReadRow> {
  for await (const line of readLines(join(directory, SUMS_FILE))) {
    const name = line.slice(BEFORE_NAME);
    const { ids } = rowOf(JSON.parse(await readFile(join(directory, name), 'utf8')));
    yield { index: Number(basename(name, '.json')), midi_tokens: ids };
  }
}
