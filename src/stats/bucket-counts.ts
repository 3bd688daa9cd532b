/** What no bucket is numbered. */
const NONE = -1;
const GOLDEN = 0x9e3779b1;

/** Counts of buckets by their numbers from 0 up, in arrays with open addressing: of a million values each is one look and one addition. */
export class BucketCounts {
  #keys = new Int32Array(64).fill(NONE);
  #counts = new Float64Array(64);
  #size = 0;

  add(bucket: number, by: number): void {
    let slot = this.#slotOf(bucket);
    if (this.#keys[slot] === NONE) {
      if (2 * ++this.#size > this.#keys.length) {
        this.#grow();
        slot = this.#slotOf(bucket);
      }
      this.#keys[slot] = bucket;
    }
    this.#counts[slot] = (this.#counts[slot] as number) + by;
  }

  *entries(): Generator<readonly [bucket: number, count: number]> {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const key = this.#keys[slot] as number;
      if (key !== NONE) yield [key, this.#counts[slot] as number];
    }
  }

  #slotOf(bucket: number): number {
    const last = this.#keys.length - 1;
    let slot = (Math.imul(bucket, GOLDEN) >>> 8) & last;
    while (this.#keys[slot] !== bucket && this.#keys[slot] !== NONE) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new Int32Array(2 * keys.length).fill(NONE);
    this.#counts = new Float64Array(2 * keys.length);
    for (let slot = 0; slot < keys.length; slot++) {
      const key = keys[slot] as number;
      if (key === NONE) continue;
      const moved = this.#slotOf(key);
      this.#keys[moved] = key;
      this.#counts[moved] = counts[slot] as number;
    }
  }
}
