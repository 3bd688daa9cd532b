import { createHash } from 'node:crypto';

/** Large enough that the cost of a call into OpenSSL (about a microsecond) is spread over many records. */
const STAGING_BYTES = 16 * 1024;
const LENGTH_BYTES = 4;
/** Of a UTF-16 unit. */
const MAX_UTF8_BYTES = 3;
/** Node cannot write down the state of a hash: after so many texts it begins anew, with its digest in front. */
export const LINK_TEXTS = 4096;

/**
 * One running SHA-256 over a sequence of texts in UTF-8, each preceded by its length (u32, little endian) so that
 * moving a character from one record to the next changes the hash. It can be read and copied at any point, and gone on
 * with from its digest behind every `LINK_TEXTS` texts.
 */
export class RollingHash {
  #hash = createHash('sha256');
  #texts = 0;
  /** The digest that it goes on from. */
  #link: string | undefined;
  readonly #staging = Buffer.allocUnsafe(STAGING_BYTES);
  #used = 0;

  /** The hash whose digest is known, behind a multiple of `LINK_TEXTS` texts. */
  static after(digest: string): RollingHash {
    const hash = new RollingHash();
    hash.#goOnFrom(digest);
    return hash;
  }

  add(text: string): void {
    if (this.#texts === LINK_TEXTS) this.#goOnFrom(this.digest());
    this.#texts++;
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
    if (this.#texts === 0 && this.#link !== undefined) return this.#link;
    this.#flush();
    return `sha256:${this.#hash.copy().digest('hex')}`;
  }

  copy(): RollingHash {
    this.#flush();
    const copy = new RollingHash();
    copy.#hash = this.#hash.copy();
    copy.#texts = this.#texts;
    copy.#link = this.#link;
    return copy;
  }

  #goOnFrom(digest: string): void {
    this.#flush();
    this.#hash = createHash('sha256').update(digest);
    this.#texts = 0;
    this.#link = digest;
  }

  #flush(): void {
    if (this.#used > 0) this.#hash.update(this.#staging.subarray(0, this.#used));
    this.#used = 0;
  }
}
