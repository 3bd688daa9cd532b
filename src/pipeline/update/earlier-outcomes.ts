import type { JsonObject } from '../../checkpoint/json.ts';
import type { StageReading } from '../../checkpoint/read-stage.ts';
import { RecordSource, type SourcedRecord } from '../../checkpoint/record-source.ts';
import { STAMP_BYTES } from '../../checkpoint/segment-header.ts';
import type { StageFiles } from '../../checkpoint/stage-files.ts';
import type { BadSegment } from '../../checkpoint/walk-segments.ts';
import { NOT_RETRIED } from '../../run-directory/exemptions.ts';
import { KeyTable, NO_SLOT } from './key-table.ts';

/** A stage as an earlier run or update left it. */
export interface EarlierStage {
  readonly reading: StageReading;
  /** Where it lies when records are taken from it: an update moves it aside first. */
  readonly files: StageFiles;
}

/** Told once of each segment of an earlier stage that cannot be read. */
export type OnBadSegment = (bad: BadSegment) => Promise<void>;

const NOTHING = 0;
const MADE = 1;
const FAILED = 2;
/** Without a result because of where it stood in the manifest, or because the user said so. */
const PASSED_OVER = 3;
/** Of many pairs with the same input, how many are looked at for one with a result. */
const LOOKED_AT = 16;

/**
 * What is known of the pairs of earlier stages without reading a record: what each was made from, and whether it has a result. A slot
 * is a pair of one of them, those of the first stage first. Takes some 35 bytes a slot, until the keys are forgotten.
 */
export class EarlierOutcomes {
  #stages: readonly EarlierStage[];
  /** Slot of the first pair of each stage. */
  readonly #bases: readonly number[];
  #columns: Columns;
  readonly #usable: readonly boolean[];
  #table: KeyTable;
  #sources: RecordSource[] = [];
  readonly #onBad: OnBadSegment;

  private constructor(
    stages: readonly EarlierStage[],
    columns: Columns,
    isUsable: (stage: EarlierStage) => boolean,
    onBad: OnBadSegment,
  ) {
    this.#onBad = onBad;
    this.#stages = stages;
    this.#bases = columns.bases;
    this.#columns = columns;
    this.#usable = stages.map(isUsable);
    this.#table = new KeyTable(columns.inputs, (slot) => this.isUsable(slot) && columns.inputs[slot] !== 0n);
  }

  /** @param fingerprintId - of what decides the records now: of stages with other options no record is taken. */
  static async read(
    stages: readonly EarlierStage[],
    fingerprintId: string,
    onBad: OnBadSegment,
  ): Promise<EarlierOutcomes> {
    const columns = emptyColumns(stages);
    for (const [at, { reading }] of stages.entries()) await fill(columns, columns.bases[at] ?? 0, reading);
    const isUsable = ({ reading }: EarlierStage): boolean => reading.checkpoint.fingerprint.id === fingerprintId;
    return new EarlierOutcomes(stages, columns, isUsable, onBad);
  }

  /** Keys of the rows by slot. */
  get rows(): BigUint64Array {
    return this.#columns.rows;
  }

  /** Keys of what the stage takes of the pairs. */
  get inputs(): BigUint64Array {
    return this.#columns.inputs;
  }

  /** Everything is decided: only the outcomes themselves are asked for from now on. */
  forgetKeys(): void {
    this.#columns = emptyColumns([]);
    this.#table = new KeyTable(this.#columns.inputs, () => false);
  }

  /** Options of the latest of the stages; `undefined` where there is none. */
  get options(): JsonObject | undefined {
    return this.#stages.at(-1)?.reading.checkpoint.fingerprint.options;
  }

  /** Pairs of the first stage: what a manifest was before. */
  get firstLength(): number {
    return (this.#stages[0]?.reading.lastIndex ?? -1) + 1;
  }

  /** The keys of the latest of the stages alone. */
  latestKeys(): { readonly rows: BigUint64Array; readonly inputs: BigUint64Array } {
    const from = this.#bases.at(-1) ?? 0;
    return { rows: this.rows.subarray(from), inputs: this.inputs.subarray(from) };
  }

  get isOne(): boolean {
    return this.#stages.length <= 1;
  }

  /** The outcome that was made from the same input by the same options, if any: a result rather than a failure. */
  find(input: bigint): number {
    let found = NO_SLOT;
    let looked = 0;
    for (const slot of this.#table.find(input)) {
      if (this.#columns.states[slot] === MADE) return slot;
      if (found === NO_SLOT || this.#columns.states[found] === PASSED_OVER) found = slot;
      if (++looked === LOOKED_AT) break;
    }
    return found;
  }

  /** Whether there is an outcome, by the options of now. */
  isUsable(slot: number): boolean {
    return this.#usable[this.#stageOf(slot)] === true && this.hasOutcome(slot);
  }

  hasOutcome(slot: number): boolean {
    return this.#columns.states[slot] !== undefined && this.#columns.states[slot] !== NOTHING;
  }

  isMade(slot: number): boolean {
    return this.#columns.states[slot] === MADE;
  }

  isPassedOver(slot: number): boolean {
    return this.#columns.states[slot] === PASSED_OVER;
  }

  /** All zeros where none was noted. */
  stampOf(slot: number): Uint8Array {
    return this.#columns.stamps.subarray(slot * STAMP_BYTES, (slot + 1) * STAMP_BYTES);
  }

  /** The outcomes themselves; nothing for one whose segment is damaged. */
  async outcomesOf(slots: readonly number[]): Promise<readonly (SourcedRecord | undefined)[]> {
    const found = new Map<number, SourcedRecord | undefined>();
    for (const [at, stage] of this.#stages.entries()) {
      const here = slots.filter((slot) => this.#stageOf(slot) === at);
      if (here.length === 0) continue;
      const base = this.#bases[at] ?? 0;
      const records = await this.#sourceOf(at, stage).read(here.map((slot) => slot - base));
      for (const [place, slot] of here.entries()) found.set(slot, records[place]);
    }
    return slots.map((slot) => found.get(slot));
  }

  /** The latest of the stages was moved. */
  moveLatest(files: StageFiles): void {
    this.#stages = this.#stages.map((stage, at) => (at === this.#stages.length - 1 ? { ...stage, files } : stage));
    this.#sources = [];
  }

  #sourceOf(at: number, { files, reading }: EarlierStage): RecordSource {
    const known = this.#sources[at];
    if (known !== undefined) return known;
    const source = new RecordSource(files, reading.segments, this.#onBad);
    this.#sources[at] = source;
    return source;
  }

  #stageOf(slot: number): number {
    let at = this.#bases.length - 1;
    while (at > 0 && slot < (this.#bases[at] ?? 0)) at--;
    return at;
  }
}

interface Columns {
  readonly bases: readonly number[];
  readonly states: Uint8Array;
  readonly stamps: Uint8Array;
  readonly rows: BigUint64Array;
  readonly inputs: BigUint64Array;
}

function emptyColumns(stages: readonly EarlierStage[]): Columns {
  const bases: number[] = [];
  let slots = 0;
  for (const { reading } of stages) {
    bases.push(slots);
    slots += reading.lastIndex + 1;
  }
  return {
    bases,
    states: new Uint8Array(slots),
    stamps: new Uint8Array(slots * STAMP_BYTES),
    rows: new BigUint64Array(slots),
    inputs: new BigUint64Array(slots),
  };
}

async function fill({ states, stamps, rows, inputs }: Columns, base: number, reading: StageReading): Promise<void> {
  const { reader, lastIndex } = reading;
  for await (const { index, stamp, ok, code = '' } of reader.madeFrom()) {
    if (index > lastIndex) break;
    states[base + index] = ok ? MADE : NOT_RETRIED.has(code) ? PASSED_OVER : FAILED;
    if (stamp !== undefined) stamps.set(stamp, (base + index) * STAMP_BYTES);
  }
  for await (const { index, key } of reader.keys()) {
    if (index > lastIndex) break;
    const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
    rows[base + index] = view.getBigUint64(0);
    inputs[base + index] = view.getBigUint64(8);
  }
}
