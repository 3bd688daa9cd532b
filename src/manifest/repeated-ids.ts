import { hash } from 'node:crypto';

/** At most this many ids are told apart, in 16 bytes each at most; what comes later is not looked at. */
const MAX_IDS = 4_000_000;
const FIRST_SLOTS = 1024;

/** Counts the ids of a manifest that were there before, by 52 bits of their hash. */
export class RepeatedIds {
  #slots = new Float64Array(FIRST_SLOTS);
  #size = 0;
  count = 0;
  first: string | undefined;

  /** Ids that are told apart. */
  get size(): number {
    return this.#size;
  }

  add(id: string): void {
    if (this.#size >= MAX_IDS) return;
    if (insert(this.#slots, keyOf(id))) {
      this.#size++;
      if (2 * this.#size > this.#slots.length) this.#grow();
    } else {
      this.count++;
      this.first ??= id;
    }
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#slots.length);
    for (const key of this.#slots) if (key !== 0) insert(larger, key);
    this.#slots = larger;
  }
}

/** Never 0, which marks a free slot. */
function keyOf(id: string): number {
  return Number.parseInt(hash('md5', id, 'hex').slice(0, 13), 16) + 1;
}

function insert(slots: Float64Array, key: number): boolean {
  let at = key % slots.length;
  for (let found = slots[at]; found !== 0; found = slots[at]) {
    if (found === key) return false;
    at = (at + 1) % slots.length;
  }
  slots[at] = key;
  return true;
}
