interface Entry {
  readonly rank: number;
  readonly position: number;
}

/** Merges that could be made, the one of lowest rank first, then the leftmost: a binary heap. */
export class MergeQueue {
  readonly #heap: Entry[] = [];

  push(rank: number, position: number): void {
    const heap = this.#heap;
    const entry = { rank, position };
    let slot = heap.length;
    for (let parent = (slot - 1) >> 1; slot > 0; parent = (slot - 1) >> 1) {
      const above = heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[slot] = above;
      slot = parent;
    }
    heap[slot] = entry;
  }

  pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let slot = 0;
    for (;;) {
      const left = heap[2 * slot + 1];
      const right = heap[2 * slot + 2];
      const child = right !== undefined && left !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, last)) break;
      heap[slot] = child;
      slot = child === left ? 2 * slot + 1 : 2 * slot + 2;
    }
    heap[slot] = last;
    return first;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.position < b.position);
}
