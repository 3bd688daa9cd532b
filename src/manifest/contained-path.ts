import { fstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve, sep } from 'node:path';
import { codeOf } from '../errors.ts';

/** More folders than a collection has; a bound all the same. */
const MAX_KNOWN_FOLDERS = 10_000;
const MAX_SHOWN_CHARACTERS = 200;

export interface Containment {
  /** Whether absolute paths, `..` and links may lead out of the root. */
  readonly allowOutside: boolean;
  /**
   * Real paths of folders seen before, which saves a system call per folder and file. What is opened is looked at
   * again: a folder may have been exchanged for a link since.
   */
  readonly knownFolders?: Map<string, string>;
}

export type PathCode = 'path_invalid' | 'path_outside' | 'file_not_found' | 'file_unreadable';

export type PathOutcome = { readonly ok: true; readonly path: string } | PathRefusal<PathCode>;

/** The message names the path as the manifest has it, never where the root is: it ends up in the data set. */
export interface PathRefusal<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly message: string;
}

/**
 * Where a path of the manifest leads: absolute, without links. It is taken relative to `root` and may not leave it,
 * neither by itself nor through a link, unless `allowOutside`.
 */
export function resolveContained(root: string, path: string, containment: Containment): PathOutcome {
  const located = locateContained(root, path, containment);
  if (!located.ok) return located;
  try {
    const target = realpathSync.native(located.path);
    const realRoot = realFolder(resolve(root), containment);
    if (!containment.allowOutside && !isWithin(realRoot, target)) return outside(path, 'leads out through a link');
    return { ok: true, path: target };
  } catch (error) {
    return unresolved(path, error);
  }
}

/** As `resolveContained`, but only the folder is free of links: the last name may be one, or not be there at all. */
export function locateContained(root: string, path: string, containment: Containment): PathOutcome {
  if (path === '') return { ok: false, code: 'path_invalid', message: 'the path is empty' };
  if (path.includes('\0')) return { ok: false, code: 'path_invalid', message: `${shown(path)} holds a NUL character` };
  if (!containment.allowOutside && isAbsolute(path)) return outside(path, 'is an absolute path');

  const absoluteRoot = resolve(root);
  const target = resolve(absoluteRoot, path);
  if (!containment.allowOutside && !isWithin(absoluteRoot, target)) return outside(path, 'leads out by ".."');
  try {
    const realRoot = realFolder(absoluteRoot, containment);
    if (target === absoluteRoot) return { ok: true, path: realRoot };
    const folder = realFolder(dirname(target), containment);
    if (!containment.allowOutside && !isWithin(realRoot, folder)) return outside(path, 'leads out through a link');
    return { ok: true, path: folder + (folder.endsWith(sep) ? '' : sep) + basename(target) };
  } catch (error) {
    return unresolved(path, error);
  }
}

/** A path as a message shows it: quoted, escaped, and not of any length. */
export function shown(path: string): string {
  return JSON.stringify(path.length > MAX_SHOWN_CHARACTERS ? `${path.slice(0, MAX_SHOWN_CHARACTERS)}…` : path);
}

function realFolder(folder: string, { knownFolders }: Containment): string {
  const known = knownFolders?.get(folder);
  if (known !== undefined) return known;
  const real = realpathSync.native(folder);
  if (knownFolders !== undefined && knownFolders.size >= MAX_KNOWN_FOLDERS) knownFolders.clear();
  knownFolders?.set(folder, real);
  return real;
}

/**
 * Whether an opened file lies in the root, by where it is and not by the path that it was opened by: a folder may have been
 * exchanged for a link meanwhile.
 */
export function isOpenedWithin(root: string, descriptor: number, openedAs: string, containment: Containment): boolean {
  const place = placeOf(descriptor, openedAs);
  if (place === undefined) return false;
  const absoluteRoot = resolve(root);
  // The root itself may be another folder by now, which is the user's right.
  return isWithin(realFolder(absoluteRoot, containment), place) || isWithin(realpathSync.native(absoluteRoot), place);
}

/** Where the file of a descriptor is; `undefined` where nobody can say any more. */
function placeOf(descriptor: number, openedAs: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // No such file system here: the path must still lead to the file that is open.
  }
  try {
    const real = realpathSync.native(openedAs);
    const [there, open] = [statSync(real), fstatSync(descriptor)];
    return there.dev === open.dev && there.ino === open.ino ? real : undefined;
  } catch {
    return undefined; // It was moved or removed since.
  }
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Why a path is not followed that leaves the root. */
export function outside(path: string, how: string): PathRefusal<'path_outside'> {
  const advice = 'paths are relative to the MIDI root; --allow_outside lifts this';
  return { ok: false, code: 'path_outside', message: `${shown(path)} ${how}; ${advice}` };
}

export function unresolved(path: string, error: unknown): PathRefusal<PathCode> {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { ok: false, code: 'file_not_found', message: `${shown(path)} is not there` };
  }
  if (code === 'ENAMETOOLONG') {
    return { ok: false, code: 'path_invalid', message: `${shown(path)} is longer than a path may be` };
  }
  if (code === undefined) throw error;
  return { ok: false, code: 'file_unreadable', message: `${shown(path)} cannot be reached (${code})` };
}
