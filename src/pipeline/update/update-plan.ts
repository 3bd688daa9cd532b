import type { SourcedRecord } from '../../checkpoint/record-source.ts';
import type { StageName } from '../../run-directory/run-files.ts';
import type { Cause } from './causes.ts';
import type { EarlierOutcomes } from './earlier-outcomes.ts';
import { NO_SLOT } from './key-table.ts';
import type { StageDecisions } from './stage-decisions.ts';

/** How many pairs an update keeps and makes, and why; in the order in which causes come up. */
export interface UpdateCounts {
  readonly pairs: number;
  /** Rows with another index than before. */
  readonly moved: number;
  /** Rows that the manifest does not have any more. */
  readonly removed: number;
  readonly stages: Readonly<Record<StageName, StageUpdateCounts>>;
}

export interface StageUpdateCounts {
  readonly kept: number;
  readonly made: number;
  readonly causes: Readonly<Partial<Record<Cause, number>>>;
}

/** What an update does with every pair. */
export class UpdatePlan {
  /** For each pair its index in the manifest before; `NO_SLOT` for a new one. */
  readonly was: Int32Array;
  /** For each stage, where the pairs that it had before are now. */
  readonly places: Readonly<Record<StageName, Int32Array>>;
  /** Pairs of the manifest before, as far as the run had come. */
  readonly before: number;
  readonly decisions: Readonly<Record<StageName, StageDecisions>>;
  readonly outcomes: Readonly<Record<StageName, EarlierOutcomes>>;
  /** Stages that know their pairs by other keys than they have now: by other ids. */
  readonly renamed: ReadonlySet<StageName>;

  constructor(
    was: Int32Array,
    places: UpdatePlan['places'],
    before: number,
    decisions: UpdatePlan['decisions'],
    outcomes: UpdatePlan['outcomes'],
    renamed: UpdatePlan['renamed'],
  ) {
    this.was = was;
    this.places = places;
    this.before = before;
    this.decisions = decisions;
    this.outcomes = outcomes;
    this.renamed = renamed;
  }

  /** The outcomes that a stage keeps of some pairs, in their order. One whose segment turns out damaged is made after all. */
  async keep(stage: StageName, indexes: readonly number[]): Promise<readonly (SourcedRecord | undefined)[]> {
    const decisions = this.decisions[stage];
    const kept = indexes.filter((index) => decisions.isKept(index));
    const slots = kept.map((index) => decisions.slotOf(index));
    const records = await this.outcomes[stage].outcomesOf(slots);
    const found = new Map<number, SourcedRecord>();
    for (const [at, index] of kept.entries()) {
      const record = records[at];
      if (record === undefined) decisions.make(index, 'not_made');
      else found.set(index, record);
    }
    return indexes.map((index) => found.get(index));
  }

  isMoved(index: number): boolean {
    const was = this.was[index] ?? NO_SLOT;
    return was !== NO_SLOT && was !== index;
  }

  counts(): UpdateCounts {
    const stages = { midi: this.#countsOf('midi'), text: this.#countsOf('text') };
    let moved = 0;
    let matched = 0;
    for (let index = 0; index < this.was.length; index++) {
      if (this.was[index] !== NO_SLOT) matched++;
      if (this.isMoved(index)) moved++;
    }
    return { pairs: this.was.length, moved, removed: this.before - matched, stages };
  }

  #countsOf(stage: StageName): StageUpdateCounts {
    const total = this.was.length;
    const causes = new Map<Cause, number>();
    let made = 0;
    for (const index of this.decisions[stage].made(total)) {
      made++;
      const cause = this.decisions[stage].causeOf(index) ?? 'not_made';
      causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
    return { kept: total - made, made, causes: Object.fromEntries(causes) };
  }
}
