/** What the tokens of a data set leave out of its MIDI files, and what the reader mended. */
export interface LossFacts {
  /** Of all rows. */
  readonly notes: number;
  readonly dropped_notes: number;
  readonly dropped_share: number;
  /** By reason; reasons without a note are left out. */
  readonly dropped_by: Readonly<Record<string, number>>;
  /** Rows that lack a note, and that lack more than a tenth of them. */
  readonly rows_with_drops: number;
  readonly rows_with_many: number;
  /** Rows with each time signature that the tokens say otherwise, the most frequent first. */
  readonly replaced_meters: Readonly<Record<string, number>>;
  readonly rows_with_replaced_tempos: number;
  /** Rows that were mended, and how often each repair was made, the most frequent first. */
  readonly rows_with_repairs: number;
  readonly repairs: Readonly<Record<string, number>>;
  /** Rows that lack most of their notes, worst first. */
  readonly worst: readonly WorstRow[];
}

export interface WorstRow {
  readonly index: number;
  readonly midi_file: string | null;
  readonly dropped_notes: number;
  readonly dropped_share: number;
}

/** A share of notes that nobody leaves out on purpose. */
const MANY = 0.1;
const MAX_WORST = 20;
/** Music has a few meters; a hostile collection may have any number. */
const MAX_METERS = 256;

type Counts = Map<string, number>;

/** Counts what rows say of their losses. */
export class LossCounts {
  #notes = 0;
  #dropped = 0;
  #withDrops = 0;
  #withMany = 0;
  #withTempos = 0;
  #withRepairs = 0;
  readonly #by: Counts = new Map();
  readonly #meters: Counts = new Map();
  readonly #repairs: Counts = new Map();
  #worst: WorstRow[] = [];

  /** @param metadata - of the MIDI record; one of an earlier version does not say what is lost. */
  add(index: number, midiFile: string | undefined, metadata: Readonly<Record<string, unknown>>): void {
    const dropped = numberOf(metadata.n_dropped_notes);
    const share = numberOf(metadata.dropped_share);
    this.#notes += numberOf(metadata.n_notes);
    this.#dropped += dropped;
    for (const [reason, count] of numbersIn(metadata.dropped_notes)) if (count > 0) increase(this.#by, reason, count);
    const repairs = numbersIn(metadata.repairs);
    for (const [key, count] of repairs) increase(this.#repairs, key, count);
    if (repairs.length > 0) this.#withRepairs++;
    if (numberOf(metadata.replaced_tempos) > 0) this.#withTempos++;
    if (Array.isArray(metadata.replaced_meters)) {
      for (const meter of metadata.replaced_meters) {
        if (this.#meters.size < MAX_METERS || this.#meters.has(String(meter))) increase(this.#meters, String(meter), 1);
      }
    }
    if (dropped === 0) return;
    this.#withDrops++;
    if (share > MANY) this.#withMany++;
    this.#keepIfWorse({ index, midi_file: midiFile ?? null, dropped_notes: dropped, dropped_share: share });
  }

  facts(): LossFacts {
    return {
      notes: this.#notes,
      dropped_notes: this.#dropped,
      dropped_share: this.#notes === 0 ? 0 : Math.round((this.#dropped / this.#notes) * 1e6) / 1e6,
      dropped_by: mostFirst(this.#by),
      rows_with_drops: this.#withDrops,
      rows_with_many: this.#withMany,
      replaced_meters: mostFirst(this.#meters),
      rows_with_replaced_tempos: this.#withTempos,
      rows_with_repairs: this.#withRepairs,
      repairs: mostFirst(this.#repairs),
      worst: this.#worst,
    };
  }

  #keepIfWorse(row: WorstRow): void {
    const last = this.#worst.at(-1);
    if (this.#worst.length === MAX_WORST && last !== undefined && row.dropped_share <= last.dropped_share) return;
    const place = this.#worst.findIndex(({ dropped_share: share }) => share < row.dropped_share);
    this.#worst.splice(place < 0 ? this.#worst.length : place, 0, row);
    if (this.#worst.length > MAX_WORST) this.#worst.pop();
  }
}

function increase(counts: Counts, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function mostFirst(counts: Counts): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function numbersIn(map: unknown): readonly (readonly [string, number])[] {
  if (typeof map !== 'object' || map === null) return [];
  return Object.entries(map).map(([name, value]) => [name, numberOf(value)] as const);
}
