/**
 * Finds what is known of a word by where it stands in a text: nothing is cut out of the text, and no string hashed, for a word that is
 * known. Open addressing; half of the slots are empty.
 */
export class WordTable<Entry extends { readonly raw: string }> {
  #slots: (Entry | undefined)[] = new Array<Entry | undefined>(FIRST_SLOTS).fill(undefined);
  #hashes = new Int32Array(FIRST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The entry of the word from `start` to `end` (not included). */
  find(text: string, start: number, end: number): Entry | undefined {
    const hash = hashOf(text, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot];
      if (entry === undefined) return undefined;
      if (this.#hashes[slot] === hash && entry.raw.length === end - start && text.startsWith(entry.raw, start))
        return entry;
    }
  }

  /** Adds an entry whose word is not there. */
  add(entry: Entry): void {
    if (2 * this.#size >= this.#slots.length) this.#grow();
    this.#put(entry, hashOf(entry.raw, 0, entry.raw.length));
    this.#size++;
  }

  clear(): void {
    this.#slots.fill(undefined);
    this.#size = 0;
  }

  #put(entry: Entry, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== undefined) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
    this.#hashes[slot] = hash;
  }

  #grow(): void {
    const [slots, hashes] = [this.#slots, this.#hashes];
    this.#slots = new Array<Entry | undefined>(2 * slots.length).fill(undefined);
    this.#hashes = new Int32Array(2 * slots.length);
    for (const [slot, entry] of slots.entries()) if (entry !== undefined) this.#put(entry, hashes[slot] ?? 0);
  }
}

const FIRST_SLOTS = 1024;

function hashOf(text: string, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  // The lowest bits choose the slot.
  return hash ^ (hash >>> 15);
}
