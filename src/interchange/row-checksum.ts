import { createHash } from 'node:crypto';
import type { StageRecord } from '../checkpoint/stage-reader.ts';

/** Over the outcomes of a stage, whatever the JSON around them looks like: shows that the rows are those that were exported. */
export class RowChecksum {
  readonly #hash = createHash('sha256');

  /** @param pairHash - CRC-32 of the manifest's entry. */
  add(outcome: StageRecord, pairHash: number): void {
    const head = Buffer.alloc(9);
    head.writeUInt32LE(outcome.index, 0);
    head.writeUInt32LE(pairHash, 4);
    head.writeUInt8(outcome.ok ? 1 : 0, 8);
    this.#hash.update(head);
    if (outcome.ok) this.#hash.update(outcome.bytes);
    else {
      const { code, error, timestamp } = outcome.failure;
      this.#hash.update(JSON.stringify([code, error, timestamp]));
    }
  }

  /** Ends it. */
  digest(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }
}

/** Over what pairs are known by: a wrong key would give a pair the record of another. */
export class KeyChecksum {
  readonly #hash = createHash('sha256');

  /** @param key - in hex. */
  add(index: number, key: string): void {
    this.#hash.update(`${index} ${key}\n`);
  }

  /** Ends it. */
  digest(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }
}
