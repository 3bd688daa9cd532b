import type { PairFailure } from '../errors.ts';

/** What a stage made of a batch: records in index order, as framed bytes ready for a segment, and failures. */
export interface BatchResult {
  readonly frames: Uint8Array;
  /** Records in `frames`. */
  readonly count: number;
  readonly failures: readonly PairFailure[];
  /** What the pairs were made from, as `stamp-rows.ts` lays it out. */
  readonly stamps: Uint8Array;
  /** Where a cache was asked. */
  readonly cache?: CacheUse;
}

/** What a batch found in the cache, and what is to be stored there. */
export interface CacheUse {
  readonly hits: number;
  readonly misses: number;
  /** Keys of records that were not found, or are to be kept longer; also of pairs that then failed. */
  readonly toStore: readonly (readonly [index: number, key: Uint8Array])[];
}

/** What a stage made of one pair. Plain data: an exception would lose its class between threads. */
export type PairOutcome = (
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: string; readonly error: string }
) & {
  /** Of the file that was read; `undefined` where none was. */
  readonly stamp?: Uint8Array | undefined;
};

export function pairFailure(index: number, code: string, error: string): PairFailure {
  return { index, code, error, timestamp: new Date().toISOString() };
}
