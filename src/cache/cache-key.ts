import { createHash } from 'node:crypto';

/** Under what a result is kept: SHA-256 over everything that decides it. */
export type CacheKey = Uint8Array;

/**
 * The key of a result.
 *
 * @param maker - what made it, as the fingerprint of a stage; holds no line break.
 * @param content - what it was made from: the bytes of a file, or a text.
 */
export function cacheKey(maker: string, content: Uint8Array | string): CacheKey {
  return createHash('sha256').update(`${maker}\n`).update(content).digest();
}
