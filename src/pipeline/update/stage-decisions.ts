import { CAUSES, type Cause } from './causes.ts';
import { NO_SLOT } from './key-table.ts';

/** Not decided yet: nothing was made from the same input by the same options. */
const UNKNOWN = 255;

/** For each pair, the outcome that a stage keeps, or why it makes one. Five bytes a pair. */
export class StageDecisions {
  readonly #slots: Int32Array;
  readonly #causes: Uint8Array;

  constructor(total: number) {
    this.#slots = new Int32Array(total).fill(NO_SLOT);
    this.#causes = new Uint8Array(total).fill(UNKNOWN);
  }

  keep(index: number, slot: number): void {
    this.#slots[index] = slot;
  }

  make(index: number, cause: Cause): void {
    this.#slots[index] = NO_SLOT;
    this.#causes[index] = CAUSES.indexOf(cause);
  }

  /** Where the outcome is that is kept; `NO_SLOT` where one is made. */
  slotOf(index: number): number {
    return this.#slots[index] ?? NO_SLOT;
  }

  isKept(index: number): boolean {
    return this.slotOf(index) !== NO_SLOT;
  }

  isUndecided(index: number): boolean {
    return !this.isKept(index) && this.#causes[index] === UNKNOWN;
  }

  /** `undefined` where the outcome is kept. */
  causeOf(index: number): Cause | undefined {
    return this.isKept(index) ? undefined : CAUSES[this.#causes[index] ?? UNKNOWN];
  }

  /** The pairs below `end` for which a record is made. */
  *made(end: number): Generator<number> {
    for (let index = 0; index < Math.min(end, this.#slots.length); index++) if (!this.isKept(index)) yield index;
  }
}
