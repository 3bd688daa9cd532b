import { lstat, type Stats } from 'node:fs';
import { codeOf } from '../errors.ts';
import { type Containment, locateContained, resolveContained } from './contained-path.ts';

/** Of the size and the times of a file: another one means that it may have changed, and costs no reading. */
export const FILE_STAMP_BYTES = 8;

/** Where no file was. */
export const NO_FILE: Uint8Array = new Uint8Array(FILE_STAMP_BYTES).fill(0xff);

/** The time of the last change of the inode counts too: contents may be replaced and their time put back, but not that one. */
export function stampOf({ size, mtimeMs, ctimeMs }: Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs'>): Uint8Array {
  const words = new Uint32Array(Float64Array.of(size, mtimeMs, ctimeMs).buffer);
  return new Uint8Array(Uint32Array.of(mixed(words, 0x9e3779b9), mixed(words, 0x85ebca6b)).buffer);
}

/** The stamp of a file that the manifest names as it is now; `undefined` where that cannot be told. Does not block. */
export async function currentStamp(
  root: string,
  path: string,
  containment: Containment,
): Promise<Uint8Array | undefined> {
  const located = locateContained(root, path, containment);
  if (!located.ok) return located.code === 'file_not_found' ? NO_FILE : undefined;
  const seen = await lookAt(located.path);
  if (seen !== 'link') return seen;
  const target = resolveContained(root, path, containment);
  if (!target.ok) return target.code === 'file_not_found' ? NO_FILE : undefined;
  const followed = await lookAt(target.path);
  return followed === 'link' ? undefined : followed;
}

export function isSameStamp(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, at) => byte === b[at]);
}

/** MurmurHash3's mixing of one word after the other; only chance is to be kept from making two stamps alike. */
function mixed(words: Uint32Array, seed: number): number {
  let hash = seed;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash;
}

/** By a callback: a promise for each of a million files takes longer than the call. */
function lookAt(file: string): Promise<Uint8Array | 'link' | undefined> {
  return new Promise((resolve) => {
    lstat(file, (error, stats) => {
      if (error === null) resolve(stats.isSymbolicLink() ? 'link' : stampOf(stats));
      else resolve(['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '') ? NO_FILE : undefined);
    });
  });
}
