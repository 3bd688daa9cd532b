import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Database, RootDatabase } from 'lmdb';

/** Raised when the layout below changes; another version is another file. */
const VERSION = 1;

/**
 * An LMDB file with the results in two generations. New results go to the one that is current; when it holds half of what
 * the cache may hold, the other one is emptied, which takes milliseconds, and becomes current. A result of the elder
 * generation that is used is stored again, so that what is used stays.
 */
export interface CacheFile {
  readonly environment: RootDatabase;
  readonly generations: readonly [Database<Buffer, Uint8Array>, Database<Buffer, Uint8Array>];
  /** `generation`: counts up; its parity says which of the two is current. */
  readonly about: Database<number, string>;
}

export function cachePath(directory: string): string {
  return join(directory, `results-${VERSION}.mdb`);
}

/** Opens the file; the native library is loaded only here. Worker threads and processes that only look things up open it `readOnly`. */
export async function openCacheFile(
  directory: string,
  { readOnly }: { readonly readOnly: boolean },
): Promise<CacheFile> {
  const { open } = await import('lmdb');
  const environment = open({ path: cachePath(directory), noSubdir: true, maxDbs: 4, readOnly });
  const generation = (name: string): Database<Buffer, Uint8Array> =>
    environment.openDB({ name, encoding: 'binary', keyEncoding: 'binary' });
  return {
    environment,
    generations: [generation('even'), generation('odd')],
    about: environment.openDB({ name: 'about', encoding: 'json' }),
  };
}

/** The generation that is current. */
export function currentGeneration({ about }: CacheFile): number {
  return about.get('generation') ?? 0;
}

const CHECKSUM_BYTES = 4;

/** A value as it is stored: its CRC-32, little-endian, and itself. A disk may flip a bit, and LMDB would not see it. */
export function sealed(key: Uint8Array, bytes: Uint8Array): Buffer {
  const value = Buffer.allocUnsafe(CHECKSUM_BYTES + bytes.byteLength);
  value.writeUInt32LE(checksumOf(key, bytes));
  value.set(bytes, CHECKSUM_BYTES);
  return value;
}

/** `undefined` for what is damaged. */
export function unsealed(key: Uint8Array, value: Buffer): Uint8Array | undefined {
  if (value.byteLength < CHECKSUM_BYTES) return undefined;
  const bytes = value.subarray(CHECKSUM_BYTES);
  return value.readUInt32LE() === checksumOf(key, bytes) ? bytes : undefined;
}

function checksumOf(key: Uint8Array, bytes: Uint8Array): number {
  return crc32(bytes, crc32(key));
}
