import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SUMS_FILE } from '../../../dataset/check-sums.ts';
import { readLines } from '../../../dataset/read-lines.ts';
import { type ReadRow, rowOf } from './row-source.ts';

/** Characters of a SHA-256 and the two spaces behind it. */
const BEFORE_NAME = 66;

/** The files of token ids in the order of their list; a file's name is the index of its pair, and the number of its window. */
export async function* miditokRows(directory: string): AsyncGenerator<ReadRow> {
  let index = Number.NaN;
  let windows: unknown[] = [];
  for await (const line of readLines(join(directory, SUMS_FILE))) {
    const name = line.slice(BEFORE_NAME);
    const { ids } = rowOf(JSON.parse(await readFile(join(directory, name), 'utf8')));
    const [pair, window] = basename(name, '.json').split('-');
    if (Number(pair) !== index && windows.length > 0) {
      yield { index, midi_tokens: windows };
      windows = [];
    }
    index = Number(pair);
    if (window === undefined) yield { index, midi_tokens: ids };
    else windows.push(ids);
  }
  if (windows.length > 0) yield { index, midi_tokens: windows };
}
