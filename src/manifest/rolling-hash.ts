import { createHash, type Hash } from 'node:crypto';

/** Large enough that the cost of a call into OpenSSL (about a microsecond) is spread over many records. */
const STAGING_BYTES = 16 * 1024;
const LENGTH_BYTES = 4;

/**
 * One running SHA-256 over a sequence of byte strings, each preceded by its length (u32, little endian) so that
 * moving a byte from one record to the next changes the hash. It can be read and remembered at any point.
 */
export class RollingHash {
  readonly #hash: Hash;
  readonly #staging = Buffer.allocUnsafe(STAGING_BYTES);
  #used = 0;

  constructor(state: Hash = createHash('sha256')) {
    this.#hash = state.copy();
  }

  add(bytes: Buffer, start = 0, end = bytes.length): void {
    const length = end - start;
    if (this.#used + LENGTH_BYTES + length > STAGING_BYTES) this.#flush();
    this.#used = this.#staging.writeUInt32LE(length, this.#used);
    if (this.#used + length <= STAGING_BYTES) {
      this.#used += bytes.copy(this.#staging, this.#used, start, end);
    } else {
      this.#flush();
      this.#hash.update(bytes.subarray(start, end));
    }
  }

  /** `sha256:<hex>` of what was added so far; adding may go on. */
  digest(): string {
    return `sha256:${this.state().digest('hex')}`;
  }

  /** A copy to begin another `RollingHash` from. */
  state(): Hash {
    this.#flush();
    return this.#hash.copy();
  }

  #flush(): void {
    if (this.#used > 0) this.#hash.update(this.#staging.subarray(0, this.#used));
    this.#used = 0;
  }
}
