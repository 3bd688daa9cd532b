import type { ManifestFormat } from '../plan.ts';
import type { ReadRecord, RecordReader } from './record-reader.ts';

export interface Part {
  readonly reader: RecordReader;
  /** The split of records that name none. */
  readonly split?: string | undefined;
  /** Where its paths start, relative to the root. */
  readonly folder?: string | undefined;
}

/** Several readers, one after the other, as if they were one. */
export function partsReader(format: ManifestFormat, parts: readonly Part[], root?: string): RecordReader {
  return {
    format,
    root,
    notes: parts.flatMap(({ reader }) => reader.notes ?? []),
    async *blocks(from, carriesMidi) {
      for (const [part, { reader, split, folder }] of parts.entries()) {
        if (part < from.part) continue;
        const offset = part === from.part ? from.offset : 0;
        for await (const { records } of reader.blocks({ part: 0, offset }, carriesMidi)) {
          yield {
            part,
            folder,
            records: split === undefined ? records : records.map((read) => withSplit(read, split)),
          };
        }
      }
    },
  };
}

function withSplit(read: ReadRecord, split: string): ReadRecord {
  if (read.record === undefined || Object.hasOwn(read.record, 'split')) return read;
  return { ...read, record: { ...read.record, split } };
}
