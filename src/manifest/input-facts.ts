import { BitSet } from './bit-set.ts';
import { idOf, type Piece, type PlanFields, splitOf } from './pair.ts';
import type { Loss, ReadRecord } from './readers/record-reader.ts';
import { RepeatedIds } from './repeated-ids.ts';

/** Records whose fields are named to a user whose manifest has none that is known. */
const LOOKED_AT = 100;
const SHOWN_FIELDS = 40;
/** More different values than this and a field is no split. */
export const MAX_SPLITS = 32;

/** What was learnt up to a record, in numbers: of the lists, how many of their first entries. */
export interface FactCounts {
  readonly records: number;
  readonly midi: number;
  readonly text: number;
  readonly split: number;
  readonly lists: boolean;
  readonly broken: number;
  readonly splits: number;
  readonly ids: number;
  readonly losses: readonly { readonly loss: Loss; readonly count: number; readonly first: number }[];
}

/** The rest of what was learnt, in the order in which it came up. */
export interface FactLists {
  readonly fields: PlanFields;
  readonly broken: readonly number[];
  /** What is wrong with the first of them. */
  readonly fault: string | null;
  readonly splits: readonly string[];
  /** Bits of the pairs that share a record with the one before, in base 64. */
  readonly captions: string;
  /** Of ids, of all there are. */
  readonly repeated: { readonly count: number; readonly first: string | null };
}

/** What is learnt of an input while its records go by. */
export class InputFacts {
  records = 0;
  withMidi = 0;
  withText = 0;
  withSplit = 0;
  /** A bit for each pair that shares its record with the one before. */
  laterCaptions = new BitSet();
  /** Places of the records that cannot be read. */
  readonly broken = new Set<number>();
  firstBroken: string | undefined;
  hasCaptionLists = false;
  fields: PlanFields = { midi: null, text: null };
  readonly splits = new Set<string>();
  readonly #repeatedIds = new RepeatedIds();
  readonly #losses = new Map<Loss, { count: number; first: number }>();
  readonly #names = new Set<string>();

  /** What was known at pair `index`. Which ids were there is not: only where all were counted may there have been any. */
  static known(counts: FactCounts, lists: FactLists, index: number): InputFacts {
    const facts = new InputFacts();
    facts.records = counts.records;
    facts.withMidi = counts.midi;
    facts.withText = counts.text;
    facts.withSplit = counts.split;
    facts.hasCaptionLists = counts.lists;
    facts.laterCaptions = BitSet.fromBase64(lists.captions, index);
    for (const ordinal of lists.broken.slice(0, counts.broken)) facts.broken.add(ordinal);
    if (counts.broken > 0) facts.firstBroken = lists.fault ?? undefined;
    facts.fields = lists.fields;
    for (const split of lists.splits.slice(0, counts.splits)) facts.splits.add(split);
    if (counts.ids > 0) {
      facts.#repeatedIds.count = lists.repeated.count;
      facts.#repeatedIds.first = lists.repeated.first ?? undefined;
    }
    for (const { loss, count, first } of counts.losses) facts.#losses.set(loss, { count, first });
    return facts;
  }

  counts(): FactCounts {
    return {
      records: this.records,
      midi: this.withMidi,
      text: this.withText,
      split: this.withSplit,
      lists: this.hasCaptionLists,
      broken: this.broken.size,
      splits: this.splits.size,
      ids: this.#repeatedIds.size,
      losses: [...this.#losses].map(([loss, { count, first }]) => ({ loss, count, first })),
    };
  }

  lists(): FactLists {
    return {
      fields: this.fields,
      broken: [...this.broken],
      fault: this.firstBroken ?? null,
      splits: [...this.splits],
      captions: this.hasCaptionLists ? this.laterCaptions.toBase64() : '',
      repeated: { count: this.#repeatedIds.count, first: this.#repeatedIds.first ?? null },
    };
  }

  add(read: ReadRecord, piece: Piece, { index, ordinal }: { readonly index: number; readonly ordinal: number }): void {
    const { fields } = piece;
    if (read.record === undefined || fields === undefined) {
      this.broken.add(ordinal);
      this.firstBroken ??= piece.midiFault?.error;
      this.records++;
      return;
    }
    if (this.records < LOOKED_AT) this.#addNames(read.record);
    const midi = piece.embedded?.field ?? fields.midi?.name;
    if (this.withMidi === 0 && (midi !== undefined || this.records === 0)) {
      this.fields = { midi: midi ?? null, text: fields.text?.name ?? fields.textFile?.name ?? null };
    }
    this.records++;
    if (midi !== undefined) this.withMidi++;
    if (piece.textFile !== undefined || piece.captions[0]?.text !== undefined) this.withText++;
    if (piece.captions.length > 1 || piece.captions[0]?.index !== undefined) this.hasCaptionLists = true;
    for (let place = 1; place < piece.captions.length; place++) this.laterCaptions.add(index + place);
    const id = idOf(fields);
    if (id !== undefined) this.#repeatedIds.add(id);
    const split = splitOf(fields);
    if (split !== undefined) this.withSplit++;
    if (split !== undefined && this.splits.size <= MAX_SPLITS) this.splits.add(split);
    for (const loss of read.losses ?? []) {
      const known = this.#losses.get(loss);
      if (known === undefined) this.#losses.set(loss, { count: 1, first: index });
      else known.count++;
    }
  }

  /** The fields that the first records have, those inside objects by their path. */
  fieldNames(): string {
    const names = [...this.#names];
    const shown = names.slice(0, SHOWN_FIELDS).join(', ');
    return names.length > SHOWN_FIELDS ? `${shown} and ${names.length - SHOWN_FIELDS} more` : shown;
  }

  /** What a user should know though the run goes on. */
  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.broken.size > 0) {
      notes.push(`${records(this.broken.size)} cannot be read, and will fail; the first: ${this.firstBroken ?? ''}`);
    }
    const numbers = this.#losses.get('number');
    if (numbers !== undefined) {
      notes.push(
        `${records(numbers.count)} with a number that JavaScript cannot hold (too large, or too many digits): it is kept ` +
          `as text; the first is pair ${numbers.first}`,
      );
    }
    const keys = this.#losses.get('prototype key');
    if (keys !== undefined) {
      notes.push(`${records(keys.count)} with a key "__proto__", which is left out; the first is pair ${keys.first}`);
    }
    const { count, first } = this.#repeatedIds;
    if (count > 0) {
      const times = count === 1 ? '1 id is' : `${count} ids are`;
      notes.push(`${times} there more than once, such as ${JSON.stringify(first)}; rows are told apart by their index`);
    }
    return notes;
  }

  #addNames(record: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(record)) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) this.#names.add(name);
      else for (const inner of Object.keys(value).slice(0, SHOWN_FIELDS)) this.#names.add(`${name}.${inner}`);
    }
  }
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}
