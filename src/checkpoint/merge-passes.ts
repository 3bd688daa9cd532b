interface Indexed {
  readonly index: number;
}

/**
 * Merges the passes of a stage by index: where several have a pair, the latest wins. `passes` are in pass order; each
 * yields chunks (one segment's outcomes), ascending over all of its chunks. Holds one chunk per pass.
 */
export async function* mergePasses<T extends Indexed>(
  passes: readonly AsyncGenerator<readonly T[]>[],
): AsyncGenerator<T> {
  const cursors = passes.map((chunks) => new Cursor(chunks));
  for (;;) {
    let winner: T | undefined;
    for (const cursor of cursors) {
      if (cursor.exhausted) await cursor.refill();
      const { current } = cursor;
      if (current !== undefined && (winner === undefined || current.index <= winner.index)) winner = current;
    }
    if (winner === undefined) return;
    for (const cursor of cursors) cursor.skip(winner.index);
    yield winner;
  }
}

class Cursor<T extends Indexed> {
  readonly #chunks: AsyncGenerator<readonly T[]>;
  #chunk: readonly T[] = [];
  #at = 0;
  #ended = false;

  constructor(chunks: AsyncGenerator<readonly T[]>) {
    this.#chunks = chunks;
  }

  get exhausted(): boolean {
    return this.#at >= this.#chunk.length && !this.#ended;
  }

  get current(): T | undefined {
    return this.#chunk[this.#at];
  }

  async refill(): Promise<void> {
    while (this.exhausted) {
      const next = await this.#chunks.next();
      this.#ended = next.done === true;
      this.#chunk = next.done === true ? [] : next.value;
      this.#at = 0;
    }
  }

  skip(index: number): void {
    if (this.current?.index === index) this.#at++;
  }
}
