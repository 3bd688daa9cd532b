import type { Verdict } from './judge-row.ts';

export interface FilterFacts {
  readonly filter: string;
  /** Rows that failed it. */
  readonly rejected: number;
  /** Rows of them that failed no other filter: what would come back without it. */
  readonly alone: number;
  /** Rows of them that have no such value. */
  readonly absent: number;
}

export interface FiltersFacts {
  readonly rows: number;
  readonly rejected: number;
  /** In the order of the filters. */
  readonly filters: readonly FilterFacts[];
}

/** Counts verdicts of one list of filters. Two parts added equal one pass. */
export class FilterCounts {
  #rows = 0;
  #rejected = 0;
  readonly #byFilter = new Map<string, { rejected: number; alone: number; absent: number }>();

  add({ passed, checks }: Verdict): void {
    this.#rows += 1;
    if (!passed) this.#rejected += 1;
    const isAlone = checks.filter((check) => !check.passed).length === 1;
    for (const { filter, value, text, passed: hasPassed } of checks) {
      const isAbsent = !hasPassed && value === null && text === null;
      this.#increase(filter, Number(!hasPassed), Number(!hasPassed && isAlone), Number(isAbsent));
    }
  }

  /** @param other - of the same filters. */
  addAll(other: FilterCounts): void {
    this.#rows += other.#rows;
    this.#rejected += other.#rejected;
    for (const [filter, { rejected, alone, absent }] of other.#byFilter)
      this.#increase(filter, rejected, alone, absent);
  }

  facts(): FiltersFacts {
    const filters = [...this.#byFilter].map(([filter, counts]) => ({ filter, ...counts }));
    return { rows: this.#rows, rejected: this.#rejected, filters };
  }

  #increase(filter: string, rejected: number, alone: number, absent: number): void {
    const counts = this.#byFilter.get(filter) ?? { rejected: 0, alone: 0, absent: 0 };
    this.#byFilter.set(filter, counts);
    counts.rejected += rejected;
    counts.alone += alone;
    counts.absent += absent;
  }
}
