/** Counts how often each hash occurs, in the order of first occurrence. Open addressing in arrays that are reused. */
export class HashCounts {
  /** The distinct hashes, first `size` of the array, and how often each occurred. */
  hashes = new Int32Array(1024);
  counts = new Int32Array(1024);
  size = 0;
  /** Position in `hashes` plus 1; 0 where free. The first `mask + 1` are in use, a power of two. */
  private slots = new Int32Array(2048);
  private mask = 2047;

  /** Forgets all counts; `most` is how many hashes can follow. */
  begin(most: number): void {
    let room = 64;
    while (room < most) room *= 2;
    if (room > this.hashes.length) {
      this.hashes = new Int32Array(room);
      this.counts = new Int32Array(room);
      this.slots = new Int32Array(2 * room);
    }
    this.mask = 2 * room - 1;
    this.slots.fill(0, 0, 2 * room);
    this.size = 0;
  }

  /** Counts a hash, a signed 32-bit integer whose bits are well mixed. */
  add(hash: number): void {
    const { slots, hashes, counts, mask } = this;
    let slot = hash & mask;
    let position = (slots[slot] ?? 0) - 1;
    while (position >= 0 && hashes[position] !== hash) {
      slot = (slot + 1) & mask;
      position = (slots[slot] ?? 0) - 1;
    }
    if (position >= 0) {
      counts[position] = (counts[position] ?? 0) + 1;
      return;
    }
    hashes[this.size] = hash;
    counts[this.size] = 1;
    this.size++;
    slots[slot] = this.size;
  }
}
