const BLOCK_BYTES = 1 << 16;

/**
 * Bytes that wait in blocks of one size, which are used again: it never holds more than a block too much, and leaves
 * nothing to the collector. A buffer that doubles would do both.
 */
export class BlockBytes {
  readonly #blocks: Buffer[] = [];
  #length = 0;

  add(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const from = this.#length % BLOCK_BYTES;
      const part = bytes.subarray(done, done + BLOCK_BYTES - from);
      this.#blockAt(this.#length).set(part, from);
      this.#length += part.length;
      done += part.length;
    }
  }

  /** What was added, in order: views that the next `add` after `clear` overwrites. */
  *parts(): Generator<Uint8Array> {
    for (let at = 0; at < this.#length; at += BLOCK_BYTES) {
      yield this.#blockAt(at).subarray(0, Math.min(BLOCK_BYTES, this.#length - at));
    }
  }

  /** Forgets what was added and keeps the memory. */
  clear(): void {
    this.#length = 0;
  }

  #blockAt(position: number): Buffer {
    const at = Math.floor(position / BLOCK_BYTES);
    const block = this.#blocks[at] ?? Buffer.allocUnsafeSlow(BLOCK_BYTES);
    this.#blocks[at] = block;
    return block;
  }
}
