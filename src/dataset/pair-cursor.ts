import type { Pair } from '../manifest/pair.ts';

export interface PairBatch {
  readonly pairs: readonly Pair[];
}

/** Gives pairs of the plan by their index, ascending; reads as it goes, and holds a batch. */
export class PairCursor {
  readonly #batches: AsyncIterator<PairBatch>;
  #pairs: readonly Pair[] = [];

  constructor(batches: AsyncIterable<PairBatch>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** The pair with an index, which is larger than in the call before; `undefined` where the plan does not have it. */
  async take(index: number): Promise<Pair | undefined> {
    while ((this.#pairs.at(-1)?.index ?? -1) < index) {
      const { done, value } = await this.#batches.next();
      if (done === true) return undefined;
      this.#pairs = value.pairs;
    }
    return this.#pairs[index - (this.#pairs[0]?.index ?? 0)];
  }

  async close(): Promise<void> {
    await this.#batches.return?.();
  }
}
