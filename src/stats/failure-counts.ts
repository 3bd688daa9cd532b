/** Failures kept as examples of a code. */
const EXAMPLES = 3;

export interface FailureExample {
  readonly index: number;
  readonly error: string;
}

export interface FailureFacts {
  readonly stage: string;
  readonly code: string;
  readonly count: number;
  /** The first ones by index. */
  readonly examples: readonly FailureExample[];
}

interface Entry {
  readonly stage: string;
  readonly code: string;
  count: number;
  examples: readonly FailureExample[];
}

/** Failures by stage and code. Codes are the program's own, so that there are few. */
export class FailureCounts {
  readonly #entries = new Map<string, Entry>();

  add(stage: string, code: string, example: FailureExample): void {
    this.#add({ stage, code, count: 1, examples: [example] });
  }

  addAll(other: FailureCounts): void {
    for (const entry of other.#entries.values()) this.#add(entry);
  }

  /** The most frequent first, equal ones by stage and code. */
  facts(): readonly FailureFacts[] {
    const byName = [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return byName.map(([, entry]) => ({ ...entry })).sort((a, b) => b.count - a.count);
  }

  #add({ stage, code, count, examples }: Entry): void {
    const key = `${stage}/${code}`;
    const entry = this.#entries.get(key) ?? { stage, code, count: 0, examples: [] };
    entry.count += count;
    if (entry.examples.length < EXAMPLES || examples.some(({ index }) => index < (entry.examples.at(-1)?.index ?? 0))) {
      entry.examples = [...entry.examples, ...examples].sort((a, b) => a.index - b.index).slice(0, EXAMPLES);
    }
    this.#entries.set(key, entry);
  }
}
