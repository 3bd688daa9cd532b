import { InputFacts } from './input-facts.ts';
import type { KnownStart } from './known-start.ts';
import { type Milestone, MilestoneLog } from './milestone.ts';
import { identityOf, type Piece, pieceOf, type Understanding } from './pair.ts';
import { type Position, type ReadRecord, type RecordBlock, type RecordReader, START } from './readers/record-reader.ts';
import { LINK_TEXTS, RollingHash } from './rolling-hash.ts';
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
  readonly hash: RollingHash;
}

export interface Summary {
  readonly total: number;
  readonly hash: string;
  readonly facts: InputFacts;
  readonly bookmarks: ReadonlyMap<number, Bookmark>;
  /** Marks beyond the end. */
  readonly unreached: ReadonlySet<number>;
  readonly milestones: readonly Milestone[];
  /** `undefined` where bytes and records have no order in common, or where it is known already. */
  readonly end: Milestone | undefined;
}

/** A record that is taken, understood, with its place. */
export interface TakenRecord {
  readonly read: ReadRecord;
  readonly piece: Piece;
  readonly ordinal: number;
  readonly position: Position;
}

export interface TakenBlock {
  readonly raw: RecordBlock['raw'];
  readonly records: readonly TakenRecord[];
}

/** Which records are taken, and how they are understood. */
export interface Taking {
  readonly selection: Selection;
  readonly understanding: Understanding;
  /** Whether MIDI files that lie in the manifest come with their bytes. */
  readonly carriesMidi?: boolean;
}

/** The records that are selected, in order, from one on. */
export async function* takeRecords(
  reader: RecordReader,
  from: { readonly ordinal: number; readonly position: Position },
  { selection, understanding, carriesMidi }: Taking,
): AsyncGenerator<TakenBlock> {
  let { ordinal } = from;
  for await (const { part, folder, records, raw } of reader.blocks(from.position, carriesMidi)) {
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
    yield { raw, records: taken };
    if (ordinal >= selection.end) return;
  }
}

/** Reads all records once that are behind what is known already. */
export async function scanRecords(
  reader: RecordReader,
  marks: readonly number[],
  how: Taking,
  known: KnownStart | undefined,
  signal: AbortSignal | undefined,
): Promise<Summary> {
  const start = known?.milestones.at(-1);
  const { hash, facts, from } = known === undefined || start === undefined ? fromStart() : behind(start, known);
  let index = start?.index ?? 0;
  const wanted = new Set([0, ...marks]);
  const bookmarks = new Map<number, Bookmark>();
  for (const mark of [...wanted].filter((each) => each < index).sort((a, b) => a - b)) {
    const bookmark = await bookmarkAt(reader, mark, how, known?.milestones ?? [], signal);
    if (bookmark !== undefined && wanted.delete(mark)) bookmarks.set(mark, bookmark);
  }
  const log = new MilestoneLog(start?.offset ?? reader.raw?.begin ?? 0, known?.milestones ?? []);
  for await (const { raw, records } of known?.isWhole ? [] : takeRecords(reader, from, how)) {
    signal?.throwIfAborted();
    log.enter(raw);
    for (const record of records) {
      const { captions } = record.piece;
      if (index % LINK_TEXTS === 0 && index > (start?.index ?? 0)) {
        log.set({ index, pairs: hash.digest(), facts: facts.counts() }, record.position.offset);
      }
      const marked = wanted.size > 0 ? captions.map((_, place) => index + place).filter((at) => wanted.delete(at)) : [];
      const begin = marked.length > 0 ? { first: index, ...record, hash: hash.copy() } : undefined;
      facts.add(record.read, record.piece, { index, ordinal: record.ordinal });
      for (const caption of captions) {
        if (begin !== undefined && marked.includes(index))
          bookmarks.set(index, { index, digest: hash.digest(), ...begin });
        hash.add(identityOf(record.read, record.piece, caption));
        index++;
      }
    }
    log.leave();
  }
  wanted.delete(index);
  const digest = hash.digest();
  // Nothing is read from the end on.
  bookmarks.set(index, { index, digest, first: index, ordinal: Number.NaN, position: START, hash: hash.copy() });
  const end = known?.isWhole ? undefined : log.end({ index, pairs: digest, facts: facts.counts() });
  return { total: index, hash: digest, facts, bookmarks, unreached: wanted, milestones: log.milestones, end };
}

const fromStart = () => ({
  hash: new RollingHash(),
  facts: new InputFacts(),
  from: { ordinal: 0, position: START },
});

/** All records are taken where milestones are: a record's place is the number of those before. */
function behind(
  { index, offset, pairs, facts: counts }: Milestone,
  { lists }: KnownStart,
): ReturnType<typeof fromStart> {
  return {
    hash: RollingHash.after(pairs),
    facts: InputFacts.known(counts, lists, index),
    from: { ordinal: counts.records, position: { part: 0, offset } },
  };
}

/** Reads from the last milestone before the mark; `undefined` where the manifest ends before it by now. */
async function bookmarkAt(
  reader: RecordReader,
  mark: number,
  how: Taking,
  milestones: readonly Milestone[],
  signal: AbortSignal | undefined,
): Promise<Bookmark | undefined> {
  const milestone = milestones.findLast(({ index }) => index <= mark);
  const hash = milestone === undefined ? new RollingHash() : RollingHash.after(milestone.pairs);
  const from = {
    ordinal: milestone?.facts.records ?? 0,
    position: milestone === undefined ? START : { part: 0, offset: milestone.offset },
  };
  let index = milestone?.index ?? 0;
  for await (const { records } of takeRecords(reader, from, how)) {
    signal?.throwIfAborted();
    for (const { read, piece, ordinal, position } of records) {
      const begin =
        mark < index + piece.captions.length ? { first: index, ordinal, position, hash: hash.copy() } : undefined;
      for (const caption of piece.captions) {
        if (begin !== undefined && index === mark) return { index, digest: hash.digest(), ...begin };
        hash.add(identityOf(read, piece, caption));
        index++;
      }
    }
  }
  return undefined;
}
