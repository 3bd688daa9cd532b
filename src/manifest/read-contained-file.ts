import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { codeOf, messageOf } from '../errors.ts';
import { isS3Address } from '../s3/s3-address.ts';
import {
  type Containment,
  isOpenedWithin,
  locateContained,
  type PathCode,
  type PathRefusal,
  resolveContained,
  shown,
  unresolved,
} from './contained-path.ts';
import type { EmbeddedMidi } from './embedded-midi.ts';
import type { FetchedFile } from './fetched-file.ts';
import { NO_FILE, stampOf } from './file-stamp.ts';
import { hintFor, otherSpellings } from './other-spellings.ts';

/** A FIFO without a writer must not block the open, a link must not be followed, a terminal must not be acquired. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY;

export interface FileAccess extends Containment {
  readonly maxBytes: number;
}

export type FileCode = PathCode | 'file_not_regular' | 'file_too_large' | 'file_damaged';

/** With what tells later whether the file has changed, where it was seen. */
export type FileOutcome = (FileContent | PathRefusal<FileCode>) & { readonly stamp?: Uint8Array };

interface FileContent {
  readonly ok: true;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file that the manifest names, at most `maxBytes` of it, and nothing but a regular file. Synchronous, for
 * worker threads; four system calls where the folder is known. Never throws for what a path leads to.
 *
 * @param fetched - what came of it, where the root is in a bucket.
 */
export function readContainedFile(root: string, path: string, access: FileAccess, fetched?: FetchedFile): FileOutcome {
  if (fetched !== undefined) return openFetched(fetched, path, access);
  if (isS3Address(root)) {
    return {
      ok: false,
      code: 'file_unreadable',
      message: `${shown(path)} is in a bucket, from which nothing is read here`,
    };
  }
  const outcome = readSpelled(root, path, access);
  if (outcome.ok || outcome.code !== 'file_not_found') return outcome;
  for (const spelling of otherSpellings(path)) {
    const other = readSpelled(root, spelling, access);
    if (other.ok || other.code !== 'file_not_found') return other;
  }
  return { ...outcome, message: `${outcome.message}; ${hintFor(root, path)}` };
}

/** The MIDI file of a pair, from the disk or, where it lies in the manifest, from what came with the pair. */
export function readMidi(
  path: string,
  embedded: EmbeddedMidi | undefined,
  root: string,
  access: FileAccess,
  fetched?: FetchedFile,
): FileOutcome {
  return embedded === undefined ? readContainedFile(root, path, access, fetched) : readEmbedded(embedded, path, access);
}

function readEmbedded({ bytes }: EmbeddedMidi, path: string, { maxBytes }: FileAccess): FileOutcome {
  if (bytes === undefined) return { ok: false, code: 'file_unreadable', message: `${shown(path)} was not read` };
  if (bytes.length <= maxBytes) return unpacked(bytes, path, maxBytes, true);
  return tooLarge(path, bytes.length, maxBytes);
}

function openFetched(fetched: FetchedFile, path: string, { maxBytes }: FileAccess): FileOutcome {
  if (!fetched.ok) return fetched;
  return { ...fetched, ...unpacked(fetched.bytes, path, maxBytes) };
}

/** The file under a name that differs at most in its spelling; `undefined` where none is there. */
export function spelledOtherwise(root: string, path: string): string | undefined {
  return otherSpellings(path).find((spelling) => existsSync(resolve(root, spelling)));
}

function readSpelled(root: string, path: string, access: FileAccess): FileOutcome {
  const located = locateContained(root, path, access);
  if (!located.ok) return withoutFile(located);
  const read = readRegular(located.path, path, root, access);
  if (read !== 'link') return read;
  const target = resolveContained(root, path, access);
  if (!target.ok) return withoutFile(target);
  const followed = readRegular(target.path, path, root, access);
  return followed === 'link' ? unreadable(path, 'ELOOP') : followed;
}

function readRegular(realPath: string, path: string, root: string, access: FileAccess): FileOutcome | 'link' {
  const { maxBytes, allowOutside } = access;
  let descriptor: number;
  try {
    descriptor = openSync(realPath, OPEN_FLAGS);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ELOOP') return 'link';
    return code === 'ENXIO' ? notRegular(path) : withoutFile(unresolved(path, error)); // ENXIO: a socket, or a device without a driver
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return notRegular(path);
    if (!allowOutside && !isOpenedWithin(root, descriptor, realPath, access)) return leftRoot(path);
    const stamp = stampOf(stats);
    if (stats.size > maxBytes) {
      return { ...tooLarge(path, stats.size, maxBytes), stamp };
    }
    return { ...unpacked(readBytes(descriptor, stats.size), path, maxBytes), stamp };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return unreadable(path, code);
  } finally {
    closeSync(descriptor);
  }
}

/** What a `.gz` holds, at most `maxBytes` of it. */
function unpacked(
  bytes: Uint8Array,
  path: string,
  maxBytes: number,
  mayBePacked = /\.gz$/i.test(path),
): FileContent | PathRefusal<FileCode> {
  if (!mayBePacked || bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { ok: true, bytes };
  try {
    return { ok: true, bytes: gunzipSync(bytes, { maxOutputLength: maxBytes }) };
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') {
      return { ok: false, code: 'file_too_large', message: `${shown(path)} unpacks to more than ${maxBytes} bytes` };
    }
    return { ok: false, code: 'file_damaged', message: `${shown(path)} cannot be unpacked (${messageOf(error)})` };
  }
}

/** As many bytes as the file had when it was measured; fewer if it shrank since. */
function readBytes(descriptor: number, sizeBytes: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(sizeBytes);
  let length = 0;
  while (length < sizeBytes) {
    const count = readSync(descriptor, bytes, length, sizeBytes - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function tooLarge(path: string, sizeBytes: number, maxBytes: number): PathRefusal<FileCode> {
  const message = `${shown(path)} has ${sizeBytes} bytes; at most ${maxBytes} are read`;
  return { ok: false, code: 'file_too_large', message };
}

function withoutFile(refusal: PathRefusal<PathCode>): FileOutcome {
  return refusal.code === 'file_not_found' ? { ...refusal, stamp: NO_FILE } : refusal;
}

function leftRoot(path: string): PathRefusal<'path_outside'> {
  const message = `${shown(path)} lies outside of the MIDI root by now: a folder was exchanged while it was opened`;
  return { ok: false, code: 'path_outside', message };
}

function notRegular(path: string): PathRefusal<'file_not_regular'> {
  return {
    ok: false,
    code: 'file_not_regular',
    message: `${shown(path)} is a folder, pipe, socket or device, not a file`,
  };
}

function unreadable(path: string, code: string): PathRefusal<'file_unreadable'> {
  return { ok: false, code: 'file_unreadable', message: `${shown(path)} cannot be read (${code})` };
}
