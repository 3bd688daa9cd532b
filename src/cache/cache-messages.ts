import type { CacheKey } from './cache-key.ts';

export interface CacheEntry {
  readonly key: CacheKey;
  readonly bytes: Uint8Array;
}

/** What is in a cache. */
export interface CacheInfo {
  readonly directory: string;
  readonly entries: number;
  /** Taken by the entries. */
  readonly bytes: number;
  /** Of the file on disk, which is reused and does not shrink. */
  readonly file_bytes: number;
}

/** What the cache's process is asked, one thing after the other. */
export type CacheRequest =
  | { readonly do: 'store'; readonly entries: readonly CacheEntry[] }
  | { readonly do: 'prune' }
  | { readonly do: 'info' };

export type CacheAnswer =
  /** Still looking whether the file can be trusted. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'ready' }
  /** The file is damaged. */
  | { readonly kind: 'broken'; readonly reason: string }
  /** The file cannot be used, and nothing says that it is damaged. */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** Of a request, in their order. */
  | { readonly kind: 'done'; readonly info: CacheInfo }
  | { readonly kind: 'failed'; readonly reason: string };
