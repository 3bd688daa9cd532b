import { createHash, type Hash } from 'node:crypto';

/** Large enough that the cost of a call into OpenSSL (about a microsecond) is spread over many records. */
const STAGING_BYTES = 16 * 1024;
const LENGTH_BYTES = 4;
/** Of a UTF-16 unit. */
const MAX_UTF8_BYTES = 3;

/**
 * One running SHA-256 over a sequence of texts in UTF-8, each preceded by its length (u32, little endian) so that
 * moving a character from one record to the next changes the hash. It can be read and remembered at any point.
 */
export class RollingHash {
  readonly #hash: Hash;
  readonly #staging = Buffer.allocUnsafe(STAGING_BYTES);
  #used = 0;

  constructor(state: Hash = createHash('sha256')) {
    this.#hash = state.copy();
  }

  add(text: string): void {
    const most = LENGTH_BYTES + MAX_UTF8_BYTES * text.length;
    if (this.#used + most > STAGING_BYTES) this.#flush();
    if (most <= STAGING_BYTES) {
      const length = this.#staging.write(text, this.#used + LENGTH_BYTES);
      this.#used = this.#staging.writeUInt32LE(length, this.#used) + length;
    } else this.addBytes(Buffer.from(text));
  }

  addBytes(bytes: Buffer): void {
    if (this.#used + LENGTH_BYTES > STAGING_BYTES) this.#flush();
    this.#used = this.#staging.writeUInt32LE(bytes.length, this.#used);
    this.#flush();
    this.#hash.update(bytes);
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
