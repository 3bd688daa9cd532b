import type { Hash } from 'node:crypto';
import { InputFacts } from './input-facts.ts';
import { identityOf, type Piece, pieceOf, type Understanding } from './pair.ts';
import { type Position, type ReadRecord, type RecordReader, START } from './readers/record-reader.ts';
import { RollingHash } from './rolling-hash.ts';
import { isSelected, type Selection } from './select-records.ts';

/** A mark: the hash there, and the state of reading at the start of the record that its pair is of. */
export interface Bookmark {
  /** Of the pair that is marked. */
  readonly index: number;
  readonly digest: string;
  /** Index of the record's first pair, and the record's place among all. */
  readonly first: number;
  readonly ordinal: number;
  readonly position: Position;
  readonly hash: Hash;
}

export interface Summary {
  readonly total: number;
  readonly hash: string;
  readonly facts: InputFacts;
  readonly bookmarks: ReadonlyMap<number, Bookmark>;
  /** Marks beyond the end. */
  readonly unreached: ReadonlySet<number>;
}

/** A record that is taken, understood, with its place. */
export interface TakenRecord {
  readonly read: ReadRecord;
  readonly piece: Piece;
  readonly ordinal: number;
  readonly position: Position;
}

/** The records that are selected, in order, from one on. */
export async function* takeRecords(
  reader: RecordReader,
  from: { readonly ordinal: number; readonly position: Position },
  { selection, understanding }: { readonly selection: Selection; readonly understanding: Understanding },
): AsyncGenerator<readonly TakenRecord[]> {
  let { ordinal } = from;
  for await (const { part, folder, records } of reader.blocks(from.position)) {
    const taken: TakenRecord[] = [];
    for (const read of records) {
      if (isSelected(selection, ordinal)) {
        taken.push({
          read,
          piece: pieceOf(read, understanding, folder),
          ordinal,
          position: { part, offset: read.offset },
        });
      }
      ordinal++;
    }
    yield taken;
    if (ordinal >= selection.end) return;
  }
}

/** Reads all records once. */
export async function scanRecords(
  reader: RecordReader,
  marks: readonly number[],
  how: { readonly selection: Selection; readonly understanding: Understanding },
  signal: AbortSignal | undefined,
): Promise<Summary> {
  const wanted = new Set([0, ...marks]);
  const bookmarks = new Map<number, Bookmark>();
  const facts = new InputFacts();
  const hash = new RollingHash();
  let index = 0;
  for await (const taken of takeRecords(reader, { ordinal: 0, position: START }, how)) {
    signal?.throwIfAborted();
    for (const record of taken) {
      const { captions } = record.piece;
      const marked = wanted.size > 0 ? captions.map((_, place) => index + place).filter((at) => wanted.delete(at)) : [];
      const begin = marked.length > 0 ? { first: index, ...record, hash: hash.state() } : undefined;
      facts.add(record.read, record.piece, { index, ordinal: record.ordinal });
      for (const caption of captions) {
        if (begin !== undefined && marked.includes(index))
          bookmarks.set(index, { index, digest: hash.digest(), ...begin });
        hash.add(identityOf(record.read, record.piece, caption));
        index++;
      }
    }
  }
  wanted.delete(index);
  const digest = hash.digest();
  // Nothing is read from the end on.
  bookmarks.set(index, { index, digest, first: index, ordinal: Number.NaN, position: START, hash: hash.state() });
  return { total: index, hash: digest, facts, bookmarks, unreached: wanted };
}
