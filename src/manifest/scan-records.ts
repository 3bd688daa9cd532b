import type { Hash } from 'node:crypto';
import type { ManifestLimits } from './limits.ts';
import { ManifestFault } from './manifest-fault.ts';
import { fieldsOf, type PlanFields, pairOf } from './pair.ts';
import type { RecordBlock, RecordReader, Span } from './record-reader.ts';
import { RollingHash } from './rolling-hash.ts';

/** The state of reading just before the record `index`. */
export interface Bookmark {
  readonly index: number;
  readonly position: number;
  readonly hash: Hash;
  readonly digest: string;
}

export interface Summary {
  readonly total: number;
  readonly hash: string;
  readonly fields: PlanFields;
  readonly bookmarks: ReadonlyMap<number, Bookmark>;
  /** Marks beyond the end. */
  readonly unreached: ReadonlySet<number>;
}

/** Reads all records once. Those before the largest mark are not decoded, only hashed. */
export async function scanRecords(
  reader: RecordReader,
  marks: readonly number[],
  limits: ManifestLimits,
  signal: AbortSignal | undefined,
): Promise<Summary> {
  const checkFrom = marks.reduce((largest, mark) => Math.max(largest, mark), 0);
  const wanted = new Set([0, ...marks]);
  const bookmarks = new Map<number, Bookmark>();
  const hash = new RollingHash();
  hash.add(reader.preamble);
  let fields: PlanFields = { midi: null, text: null };
  let index = 0;
  const bookmark = (position: number) =>
    bookmarks.set(index, { index, position, hash: hash.state(), digest: hash.digest() });
  for await (const block of reader.blocks(0)) {
    signal?.throwIfAborted();
    for (const span of block.spans) {
      if (wanted.delete(index)) bookmark(block.base + span.start);
      hash.add(block.bytes, span.start, span.end);
      if (index === 0) fields = fieldsOf(reader.decode(block, span));
      if (index >= checkFrom) check(reader, block, span, limits);
      index++;
    }
  }
  wanted.delete(index);
  bookmark(Number.NaN); // Nothing is read from the end on.
  return { total: index, hash: hash.digest(), fields, bookmarks, unreached: wanted };
}

function check(reader: RecordReader, block: RecordBlock, span: Span, limits: ManifestLimits): void {
  const record = reader.decode(block, span);
  if (span.end - span.start <= limits.maxMetadataBytes) return; // Nothing in it can be larger than all of it.
  const sizeBytes = Buffer.byteLength(JSON.stringify(pairOf(record, 0, 0).metadata));
  if (sizeBytes > limits.maxMetadataBytes) {
    const seen = `the record has ${sizeBytes} bytes of metadata`;
    throw new ManifestFault(block.base + span.start, `${seen}; at most ${limits.maxMetadataBytes} are allowed`);
  }
}
