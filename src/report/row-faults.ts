import { LeastHashes } from './least-hashes.ts';
import type { ReportRow } from './report-row.ts';

/** Different captions that are compared; the figures are exact up to here, beyond it those of a sample. */
const COMPARED = 4096;
/** Rows that are kept of each group of equal ones. */
const MEMBERS = 6;
const EXAMPLES = 5;
/** A caption of fewer words says hardly anything of a piece. */
const SHORT_CAPTION_WORDS = 5;
const CAPTION_CHARACTERS = 300;

export interface RowReference {
  readonly index: number;
  readonly id: string;
  readonly midiFile: string | undefined;
  readonly caption: string;
}

/** Rows that have a caption in common. */
export interface RepeatedRows {
  readonly count: number;
  /** The first by index. */
  readonly members: readonly RowReference[];
}

export interface RepeatedFacts {
  /** Different values looked at. */
  readonly compared: number;
  /** Whether these are all that there are; else they are a random sample of them. */
  readonly complete: boolean;
  /** Rows of those values. */
  readonly rows: number;
  /** Rows that are not the first with their value. */
  readonly repeats: number;
  /** The largest groups first. */
  readonly groups: readonly RepeatedRows[];
}

export interface CountedRows {
  readonly name: string;
  readonly rows: number;
  /** How often in all; as many as rows where a row has it once at most. */
  readonly times: number;
  readonly examples: readonly RowReference[];
}

export interface FaultFacts {
  readonly equal_captions: RepeatedFacts;
  /** What the decoder mended, the most frequent first. */
  readonly repairs: readonly CountedRows[];
  /** Captions below `SHORT_CAPTION_WORDS`, captions cut at the model's limit, sequences cut at the run's. */
  readonly short_captions: CountedRows;
  readonly truncated_captions: CountedRows;
  readonly cut_sequences: CountedRows;
}

/** What deserves a second look in the rows, with examples, in bounded memory. Two parts added equal one pass. */
export class RowFaults {
  readonly #captions = new LeastHashes<RepeatedRows>(COMPARED);
  readonly #counted = new Map<string, CountedRows>();

  add(row: ReportRow): void {
    this.#captions.add(comparable(row.caption), (known) => joined(known, { count: 1, members: [referenceTo(row)] }));
    for (const [name, times] of Object.entries(row.repairs)) this.#count(`repair ${name}`, times, row);
    if (row.captionWords < SHORT_CAPTION_WORDS) this.#count('short_captions', 1, row);
    if (row.captionTruncated) this.#count('truncated_captions', 1, row);
    if (row.cutTokens > 0) this.#count('cut_sequences', row.cutTokens, row);
  }

  addAll(other: RowFaults): void {
    this.#captions.addAll(other.#captions, joined);
    for (const [name, counted] of other.#counted) this.#counted.set(name, added(this.#counted.get(name), counted));
  }

  facts(): FaultFacts {
    const repairs = [...this.#counted.values()].flatMap((counted) =>
      counted.name.startsWith('repair ') ? [{ ...counted, name: counted.name.slice(7) }] : [],
    );
    return {
      equal_captions: repeatedFacts(this.#captions),
      repairs: repairs.sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1)),
      short_captions: this.#countOf('short_captions'),
      truncated_captions: this.#countOf('truncated_captions'),
      cut_sequences: this.#countOf('cut_sequences'),
    };
  }

  #count(name: string, times: number, row: ReportRow): void {
    const known = this.#counted.get(name);
    const isExample = known === undefined || known.examples.length < EXAMPLES || row.index < lastOf(known.examples);
    const examples = isExample ? [referenceTo(row)] : [];
    this.#counted.set(name, added(known, { name, rows: 1, times, examples }));
  }

  #countOf(name: string): CountedRows {
    return this.#counted.get(name) ?? { name, rows: 0, times: 0, examples: [] };
  }
}

/** Captions that differ in white space or case alone count as equal. */
function comparable(caption: string): string {
  return caption.trim().replace(/\s+/g, ' ').toLowerCase();
}

function referenceTo({ index, id, midiFile, caption }: ReportRow): RowReference {
  return { index, id, midiFile, caption: caption.slice(0, CAPTION_CHARACTERS) };
}

function joined(own: RepeatedRows | undefined, others: RepeatedRows): RepeatedRows {
  if (own === undefined) return others;
  return { count: own.count + others.count, members: firstOf([...own.members, ...others.members], MEMBERS) };
}

function added(own: CountedRows | undefined, others: CountedRows): CountedRows {
  if (own === undefined) return others;
  return {
    name: own.name,
    rows: own.rows + others.rows,
    times: own.times + others.times,
    examples: others.examples.length === 0 ? own.examples : firstOf([...own.examples, ...others.examples], EXAMPLES),
  };
}

function firstOf(rows: readonly RowReference[], count: number): readonly RowReference[] {
  return [...rows].sort((a, b) => a.index - b.index).slice(0, count);
}

function lastOf(rows: readonly RowReference[]): number {
  return rows.at(-1)?.index ?? Number.POSITIVE_INFINITY;
}

/** Groups on the page. */
const GROUPS = 12;

function repeatedFacts(values: LeastHashes<RepeatedRows>): RepeatedFacts {
  const items = values.items();
  const rows = items.reduce((sum, { count }) => sum + count, 0);
  const groups = items
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count || lastOf(a.members.slice(0, 1)) - lastOf(b.members.slice(0, 1)));
  return {
    compared: items.length,
    complete: values.isComplete,
    rows,
    repeats: rows - items.length,
    groups: groups.slice(0, GROUPS),
  };
}
