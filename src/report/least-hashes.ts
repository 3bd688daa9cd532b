/**
 * The `size` items whose keys have the smallest hashes: a random sample that depends on the keys alone, in bounded memory
 * (bottom-k sampling; Cohen and Kaplan, "Summarizing Data using Bottom-k Sketches", PODC 2007). Two parts added equal one
 * pass. An item in the sample at the end was never dropped on the way, so that what it gathered is complete.
 */
export class LeastHashes<Item> {
  readonly #size: number;
  #kept = new Map<string, { readonly hash: number; item: Item }>();
  /** Keys from this one on are not kept. */
  #bound: { readonly hash: number; readonly key: string } | undefined;

  constructor(size: number) {
    this.#size = size;
  }

  /** Whether nothing was ever dropped. */
  get isComplete(): boolean {
    return this.#bound === undefined && this.#kept.size <= this.#size;
  }

  /** Adds to the item of `key`, or begins it; `item` is only called for keys that may stay. */
  add(key: string, item: (known: Item | undefined) => Item): void {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      known.item = item(known.item);
      return;
    }
    const hash = hashOf(key);
    if (this.#bound !== undefined && !precedes(hash, key, this.#bound)) return;
    this.#kept.set(key, { hash, item: item(undefined) });
    if (this.#kept.size >= 2 * this.#size + 16) this.#shrink();
  }

  addAll(other: LeastHashes<Item>, join: (own: Item | undefined, others: Item) => Item): void {
    if (other.#bound !== undefined && (this.#bound === undefined || isBefore(other.#bound, this.#bound))) {
      this.#bound = other.#bound;
    }
    for (const [key, { item }] of other.#kept) this.add(key, (own) => join(own, item));
    const bound = this.#bound;
    if (bound === undefined) return;
    for (const [key, { hash }] of this.#kept) if (!precedes(hash, key, bound)) this.#kept.delete(key);
  }

  /** The item of a key, where it is kept so far. */
  get(key: string): Item | undefined {
    return this.#kept.get(key)?.item;
  }

  /** Whether a key will be in the sample of so many, as likely as not: whoever prepares its items looks at few in vain. */
  isLikely(key: string, of: number): boolean {
    return hashOf(key) * of < this.#size * 2 ** 32;
  }

  /** Puts something else in the place of each item. */
  change(changed: (item: Item) => Item): void {
    for (const kept of this.#kept.values()) kept.item = changed(kept.item);
  }

  /** At most `size` items, by hash. */
  items(): readonly Item[] {
    this.#shrink();
    return Array.from(this.#kept.values(), ({ item }) => item);
  }

  #shrink(): void {
    const sorted = [...this.#kept].sort(([a, { hash: x }], [b, { hash: y }]) => x - y || (a < b ? -1 : 1));
    const first = sorted[this.#size];
    if (first !== undefined) this.#bound = { key: first[0], hash: first[1].hash };
    this.#kept = new Map(sorted.slice(0, this.#size));
  }
}

function precedes(hash: number, key: string, bound: { readonly hash: number; readonly key: string }): boolean {
  return hash === bound.hash ? key < bound.key : hash < bound.hash;
}

function isBefore(a: { readonly hash: number; readonly key: string }, b: typeof a): boolean {
  return precedes(a.hash, a.key, b);
}

/** FNV-1a over the code units, mixed so that every bit counts (the finalizer of MurmurHash3). */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
