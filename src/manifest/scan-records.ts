import { InputFacts } from './input-facts.ts';
import type { KnownStart } from './known-start.ts';
import { type Milestone, MilestoneLog } from './milestone.ts';
import { identityOf, type Piece, pieceOf, type Understanding } from './pair.ts';
import { FIRST_LINK, type HashLink, hashAtLink, type PlanPart } from './plan-part.ts';
import { type Position, type ReadRecord, type RecordBlock, type RecordReader, START } from './readers/record-reader.ts';
import { LINK_TEXTS, type RollingHash } from './rolling-hash.ts';
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
  /** The hash over pairs [0, hashFrom): where reading began amid the captions of a record, not up to its first pair. */
  readonly hash: RollingHash;
  readonly hashFrom: number;
  readonly link: HashLink;
}

export interface Summary {
  /** Index behind the last pair. */
  readonly end: number;
  readonly hash: string;
  readonly facts: InputFacts;
  readonly bookmarks: ReadonlyMap<number, Bookmark>;
  /** Marks beyond the end. */
  readonly unreached: ReadonlySet<number>;
  readonly milestones: readonly Milestone[];
  /** Of the end; `undefined` where bytes and records have no order in common, or where it is known already. */
  readonly lastMilestone: Milestone | undefined;
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

/** Reads all records once that are behind what is known already, or those of a part. */
export async function scanRecords(
  reader: RecordReader,
  marks: readonly number[],
  how: Taking,
  { known, part }: { readonly known: KnownStart | undefined; readonly part: PlanPart | undefined },
  signal: AbortSignal | undefined,
): Promise<Summary> {
  const start = known?.milestones.at(-1);
  const begun = start === undefined ? undefined : linkOf(start);
  const facts = start === undefined || known === undefined ? new InputFacts() : behind(start, known);
  const wanted = new Set([part?.first ?? 0, ...marks]);
  const bookmarks = new Map<number, Bookmark>();
  const before = [...wanted].filter((each) => each < (begun?.index ?? 0)).sort((a, b) => a - b);
  for await (const bookmark of bookmarksAt(reader, before, how, known?.milestones ?? [], signal)) {
    bookmarks.set(bookmark.index, bookmark);
    wanted.delete(bookmark.index);
  }
  const walk = new HashWalk(begun ?? part?.link ?? FIRST_LINK);
  const log = new MilestoneLog(start?.offset ?? reader.raw?.begin ?? 0, known?.milestones ?? []);
  const end = part?.end ?? Number.POSITIVE_INFINITY;
  scan: for await (const { raw, records } of known?.isWhole ? [] : takeRecords(reader, walk.link, how)) {
    signal?.throwIfAborted();
    log.enter(raw);
    for (const record of records) {
      if (walk.index % LINK_TEXTS === 0 && walk.index > (start?.index ?? 0)) {
        log.set({ index: walk.index, pairs: walk.digest(), facts: facts.counts() }, record.position.offset);
      }
      facts.add(record.read, record.piece, { index: walk.index, ordinal: record.ordinal });
      for (const bookmark of walk.pass(record, end, wanted)) bookmarks.set(bookmark.index, bookmark);
      if (walk.index === end) break scan;
    }
    log.leave();
  }
  wanted.delete(walk.index);
  const last = walk.atEnd();
  bookmarks.set(walk.index, last);
  const lastMilestone =
    known?.isWhole || part !== undefined
      ? undefined
      : log.end({ index: walk.index, pairs: last.digest, facts: facts.counts() });
  const { index } = walk;
  return {
    end: index,
    hash: last.digest,
    facts,
    bookmarks,
    unreached: wanted,
    milestones: log.milestones,
    lastMilestone,
  };
}

/** All records are taken where milestones are: a record's place is the number of those before. */
function linkOf({ index, offset, pairs, facts }: Milestone): HashLink {
  return { index, digest: pairs, first: index, ordinal: facts.records, position: { part: 0, offset } };
}

function behind({ index, facts }: Milestone, { lists }: KnownStart): InputFacts {
  return InputFacts.known(facts, lists, index);
}

/** Reads from the last milestone before each mark, once for all that have the same; those at which the manifest has ended by now are left out. */
async function* bookmarksAt(
  reader: RecordReader,
  marks: readonly number[],
  how: Taking,
  milestones: readonly Milestone[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Bookmark> {
  for (let at = 0; at < marks.length; ) {
    const mark = marks[at] ?? 0;
    const place = milestones.findLastIndex(({ index }) => index <= mark);
    const [milestone, next] = [milestones[place], milestones[place + 1]];
    const behind = marks.findIndex((each) => next !== undefined && each >= next.index);
    const end = behind === -1 ? marks.length : behind;
    const link = milestone === undefined ? FIRST_LINK : linkOf(milestone);
    yield* bookmarksFrom(reader, link, new Set(marks.slice(at, end)), how, signal);
    at = end;
  }
}

async function* bookmarksFrom(
  reader: RecordReader,
  link: HashLink,
  wanted: Set<number>,
  how: Taking,
  signal: AbortSignal | undefined,
): AsyncGenerator<Bookmark> {
  const walk = new HashWalk(link);
  for await (const { records } of takeRecords(reader, link, how)) {
    signal?.throwIfAborted();
    for (const record of records) {
      yield* walk.pass(record, Number.POSITIVE_INFINITY, wanted);
      if (wanted.size === 0) return;
    }
  }
}

const NONE: Bookmark[] = [];

/** The rolling hash while records go by, from a link on. */
class HashWalk {
  readonly #hash: RollingHash;
  #hashedTo: number;
  #link: HashLink;
  /** Of the next pair. */
  index: number;

  constructor(link: HashLink) {
    this.#hash = hashAtLink(link);
    this.#hashedTo = link.index;
    this.#link = link;
    this.index = link.first;
  }

  get link(): HashLink {
    return this.#link;
  }

  digest(): string {
    return this.#hash.digest();
  }

  /** Takes the pairs of a record below `end`; returns bookmarks at those that are wanted, and strikes them off. */
  pass({ read, piece, ordinal, position }: TakenRecord, end: number, wanted: Set<number>): readonly Bookmark[] {
    const { captions } = piece;
    const first = this.index;
    const isMarked = wanted.size > 0 && captions.some((_, place) => wanted.has(first + place));
    const begin = isMarked
      ? { first, ordinal, position, hash: this.#hash.copy(), hashFrom: this.#hashedTo }
      : undefined;
    const found: Bookmark[] = begin === undefined ? NONE : [];
    for (const caption of captions) {
      const { index } = this;
      if (index === end) break;
      if (index >= this.#hashedTo) {
        if (index % LINK_TEXTS === 0) this.#link = { index, digest: this.digest(), first, ordinal, position };
        if (begin !== undefined && wanted.delete(index)) {
          found.push({ index, digest: this.digest(), ...begin, link: this.#link });
        }
        this.#hash.add(identityOf(read, piece, caption));
        this.#hashedTo++;
      }
      this.index++;
    }
    return found;
  }

  /** Nothing is read from the end on. */
  atEnd(): Bookmark {
    const { index } = this;
    const place = { first: index, ordinal: Number.NaN, position: START };
    return { index, digest: this.digest(), ...place, hash: this.#hash.copy(), hashFrom: index, link: this.#link };
  }
}
