import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { UnpackrStream } from 'msgpackr';
import { type ReadRow, rowOf } from './row-source.ts';

/** A stream of maps. */
export async function* msgpackRows(path: string): AsyncGenerator<ReadRow> {
  const unpack = new UnpackrStream({ int64AsType: 'number', useRecords: false });
  // The error of either stream is thrown where the rows are read.
  for await (const row of pipeline(createReadStream(path), unpack, () => {})) yield rowOf(row);
}
