/**
 * The order of tracks that streams imply: at each tick, events come in the order of their tracks. Keeping that order makes
 * decoding the inverse of encoding. Tracks that never meet stay in the order in which they appear.
 */
export class TrackOrder {
  /** By track: the tracks that were seen after it at the same tick. */
  readonly #after = new Map<number, Set<number>>();
  #track = -1;
  #tick = -1;

  /** The next event of a stream is at `tick` and belongs to `track`. */
  see(track: number, tick: number): void {
    if (!this.#after.has(track)) this.#after.set(track, new Set());
    if (tick === this.#tick && track !== this.#track) this.#after.get(this.#track)?.add(track);
    this.#track = track;
    this.#tick = tick;
  }

  /** All tracks seen. Where streams contradict themselves, which encoded ones never do, the order of appearance decides. */
  tracks(): readonly number[] {
    const waiting = new Map<number, number>();
    for (const followers of this.#after.values()) {
      for (const track of followers) waiting.set(track, (waiting.get(track) ?? 0) + 1);
    }
    const left = new Set(this.#after.keys());
    const ordered: number[] = [];
    while (left.size > 0) {
      const [first = -1] = left;
      const next = [...left].find((track) => (waiting.get(track) ?? 0) === 0) ?? first;
      left.delete(next);
      ordered.push(next);
      for (const track of this.#after.get(next) ?? []) waiting.set(track, (waiting.get(track) ?? 0) - 1);
    }
    return ordered;
  }
}
