import type { ManifestRecord } from './manifest-record.ts';
import { type RecordReader, START } from './readers/record-reader.ts';
import { RollingHash } from './rolling-hash.ts';

/** Between the two paths of a folder's record. */
const NUL = '\0';

/** Rolling hash over the bytes of the first `count` records; `undefined` where there are fewer, or records have no bytes. */
export async function byteHash(reader: RecordReader, count: number): Promise<string | undefined> {
  const hash = new RollingHash();
  hash.addBytes(reader.preamble ?? Buffer.alloc(0));
  let taken = 0;
  for await (const { records, bytesOf } of reader.blocks(START)) {
    for (let place = 0; place < records.length && taken < count; place++, taken++) {
      const bytes = bytesOf?.(place) ?? folderBytes(records[place]?.record);
      if (bytes === undefined) return undefined;
      hash.addBytes(bytes);
    }
    if (taken === count) return hash.digest();
  }
  return undefined;
}

/** A folder's record is its relative path, and after a NUL that of its text. */
function folderBytes(record: ManifestRecord | undefined): Buffer | undefined {
  if (typeof record?.midi_file !== 'string') return undefined;
  const { midi_file: midi, text_file: text } = record;
  return Buffer.from(typeof text === 'string' ? midi + NUL + text : midi);
}
