/** Ids are 16 bits wide. */
const IDS = 1 << 16;
/** Tokens listed by name. */
const LISTED = 50;

export interface VocabularyFacts {
  /** Tokens that there are. */
  readonly size: number;
  /** Tokens that occur. */
  readonly used: number;
  /** Ids that occur and have no token, counted with repetition; 0 unless something is wrong. */
  readonly out_of_range: number;
  /** The first by id; the others are `size - used - never_used.length`. */
  readonly never_used: readonly string[];
  readonly most_frequent: readonly (readonly [token: string, count: number])[];
}

/** The tokens of one kind, which is what their names begin with: `Pitch`, `Velocity`, `TimeShift`. */
export interface TokenTypeFacts {
  readonly type: string;
  readonly size: number;
  readonly used: number;
  /** Occurrences of all of them. */
  readonly count: number;
}

/** How often each token of a vocabulary occurs; a compound tokenization has a vocabulary for each column. */
export class VocabularyUse {
  readonly #columns: readonly (readonly string[])[];
  /** By column, then id. Doubles: 2^32 occurrences are within reach. */
  readonly #counts: readonly Float64Array[];

  /** @param columns - the tokens of each column by id. */
  constructor(columns: readonly (readonly string[])[]) {
    this.#columns = columns;
    this.#counts = columns.map(() => new Float64Array(IDS));
  }

  /** @param ids - row after row, one id a column. */
  add(ids: Uint16Array | Int32Array): void {
    const width = this.#counts.length;
    for (const [column, counts] of this.#counts.entries()) {
      for (let at = column; at < ids.length; at += width) {
        const id = ids[at] ?? 0;
        counts[id] = (counts[id] ?? 0) + 1;
      }
    }
  }

  /** @param other - over the same vocabularies. */
  addAll(other: VocabularyUse): void {
    for (const [column, counts] of this.#counts.entries()) {
      other.#counts[column]?.forEach((count, id) => {
        counts[id] = (counts[id] ?? 0) + count;
      });
    }
  }

  /** One entry a column. */
  facts(): readonly VocabularyFacts[] {
    return this.#columns.map((tokens, column) => factsOf(tokens, this.#counts[column] ?? new Float64Array(IDS)));
  }

  /** One list a column, in the order of the vocabulary. */
  types(): readonly (readonly TokenTypeFacts[])[] {
    return this.#columns.map((tokens, column) => {
      const types = new Map<string, TokenTypeFacts>();
      for (const [id, token] of tokens.entries()) {
        const type = token.slice(0, token.includes('_') ? token.indexOf('_') : undefined);
        const count = this.#counts[column]?.[id] ?? 0;
        const before = types.get(type) ?? { type, size: 0, used: 0, count: 0 };
        const used = before.used + (count > 0 ? 1 : 0);
        types.set(type, { type, size: before.size + 1, used, count: before.count + count });
      }
      return [...types.values()];
    });
  }
}

function factsOf(tokens: readonly string[], counts: Float64Array): VocabularyFacts {
  const withCounts = tokens.map((token, id): readonly [string, number] => [token, counts[id] ?? 0]);
  const unused = withCounts.filter(([, count]) => count === 0);
  const byFrequency = withCounts.filter(([, count]) => count > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    size: tokens.length,
    used: byFrequency.length,
    out_of_range: counts.subarray(tokens.length).reduce((sum, count) => sum + count, 0),
    never_used: unused.slice(0, LISTED).map(([token]) => token),
    most_frequent: byFrequency.slice(0, LISTED),
  };
}
