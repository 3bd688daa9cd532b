const LARGEST_HASH = 2 ** 32;

export interface CategoryFacts {
  readonly count: number;
  /** Different categories; an estimate where not all are listed. */
  readonly distinct: number;
  /** Whether every category is listed; else the listed ones are a random sample, each with its exact count. */
  readonly complete: boolean;
  /** The most frequent first, equal ones by name. */
  readonly counts: readonly (readonly [category: string, count: number])[];
}

/**
 * Counts of categories in bounded memory. When there are more than `cap`, those with the smallest hashes stay (the
 * "k minimum values" of Bar-Yossef et al., 2002): a category that stays at the end was never dropped, so that its count is exact, and two parts
 * added equal one pass.
 */
export class CategoryCounts {
  readonly #cap: number;
  readonly #counts = new Map<string, { count: number }>();
  #count = 0;
  /** Categories from this one on, by hash and then name, are not kept. */
  #bound: Ranked | undefined;

  constructor(cap = 256) {
    this.#cap = cap;
  }

  add(category: string): void {
    this.#count++;
    this.#increase(category, 1);
  }

  addAll(other: CategoryCounts): void {
    this.#count += other.#count;
    if (other.#bound !== undefined) this.#lower(other.#bound);
    for (const [category, { count }] of other.#counts) this.#increase(category, count);
  }

  facts(): CategoryFacts {
    const complete = this.#bound === undefined;
    const counted = Array.from(this.#counts, ([category, { count }]) => [category, count] as const);
    const counts = counted.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return { count: this.#count, distinct: this.#distinct(), complete, counts };
  }

  #distinct(): number {
    if (this.#bound === undefined) return this.#counts.size;
    return Math.round((this.#counts.size * LARGEST_HASH) / Math.max(1, this.#bound.hash));
  }

  #increase(category: string, by: number): void {
    const known = this.#counts.get(category);
    if (known !== undefined) {
      known.count += by;
      return;
    }
    if (this.#bound !== undefined && !precedes(ranked(category), this.#bound)) return;
    this.#counts.set(category, { count: by });
    if (this.#counts.size > this.#cap) this.#lower(this.#last());
  }

  #last(): Ranked {
    let last: Ranked | undefined;
    for (const category of this.#counts.keys()) {
      const candidate = ranked(category);
      if (last === undefined || precedes(last, candidate)) last = candidate;
    }
    if (last === undefined) throw new RangeError('no category to drop');
    return last;
  }

  #lower(bound: Ranked): void {
    if (this.#bound !== undefined && !precedes(bound, this.#bound)) return;
    this.#bound = bound;
    for (const category of this.#counts.keys()) {
      if (!precedes(ranked(category), bound)) this.#counts.delete(category);
    }
  }
}

interface Ranked {
  readonly category: string;
  readonly hash: number;
}

function precedes(a: Ranked, b: Ranked): boolean {
  return a.hash === b.hash ? a.category < b.category : a.hash < b.hash;
}

/** FNV-1a over the code units, mixed so that every bit counts (the finalizer of MurmurHash3). */
function ranked(category: string): Ranked {
  let hash = 0x811c9dc5;
  for (let at = 0; at < category.length; at++) hash = Math.imul(hash ^ category.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return { category, hash: (hash ^ (hash >>> 16)) >>> 0 };
}
