import { readLines } from '../../../dataset/read-lines.ts';
import { type ReadRow, rowOf } from './row-source.ts';

/** A row a line; a JSON list as `process` writes it has a row a line too, and brackets and commas around them. */
export async function* jsonRows(path: string, isGzip = false): AsyncGenerator<ReadRow> {
  for await (const line of readLines(path, isGzip)) {
    const text = line.endsWith(',') ? line.slice(0, -1) : line;
    if (text === '' || text === '[' || text === ']' || text === '[]') continue;
    yield rowOf(JSON.parse(text));
  }
}
