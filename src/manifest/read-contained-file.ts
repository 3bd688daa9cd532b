import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { codeOf } from '../errors.ts';
import {
  type Containment,
  locateContained,
  type PathCode,
  type PathRefusal,
  resolveContained,
  shown,
  unresolved,
} from './contained-path.ts';
import { NO_FILE, stampOf } from './file-stamp.ts';

/** A FIFO without a writer must not block the open, a link must not be followed, a terminal must not be acquired. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY;

export interface FileAccess extends Containment {
  readonly maxBytes: number;
}

export type FileCode = PathCode | 'file_not_regular' | 'file_too_large';

/** With what tells later whether the file has changed, where it was seen. */
export type FileOutcome = (FileContent | PathRefusal<FileCode>) & { readonly stamp?: Uint8Array };

interface FileContent {
  readonly ok: true;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file that the manifest names, at most `maxBytes` of it, and nothing but a regular file. Synchronous, for
 * worker threads; four system calls where the folder is known. Never throws for what a path leads to.
 */
export function readContainedFile(root: string, path: string, access: FileAccess): FileOutcome {
  const located = locateContained(root, path, access);
  if (!located.ok) return withoutFile(located);
  const read = readRegular(located.path, path, access.maxBytes);
  if (read !== 'link') return read;
  const target = resolveContained(root, path, access);
  if (!target.ok) return withoutFile(target);
  const followed = readRegular(target.path, path, access.maxBytes);
  return followed === 'link' ? unreadable(path, 'ELOOP') : followed;
}

function readRegular(realPath: string, path: string, maxBytes: number): FileOutcome | 'link' {
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
    const stamp = stampOf(stats);
    if (stats.size > maxBytes) {
      const message = `${shown(path)} has ${stats.size} bytes; at most ${maxBytes} are read`;
      return { ok: false, code: 'file_too_large', message, stamp };
    }
    return { ok: true, bytes: readBytes(descriptor, stats.size), stamp };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return unreadable(path, code);
  } finally {
    closeSync(descriptor);
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

function withoutFile(refusal: PathRefusal<PathCode>): FileOutcome {
  return refusal.code === 'file_not_found' ? { ...refusal, stamp: NO_FILE } : refusal;
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
