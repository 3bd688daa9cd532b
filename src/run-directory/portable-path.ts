import { existsSync } from 'node:fs';
import { isAbsolute, parse, relative, resolve, sep } from 'node:path';

/**
 * A path as `run.json` keeps it: relative to the run directory where both have a folder in common other than the root, so
 * that they can be moved together, else absolute. It begins with `.` or is absolute: nothing else looks so.
 */
export function portablePath(path: string, directory: string): string {
  const { root } = parse(path);
  const [first] = path.slice(root.length).split(sep);
  const isNear = parse(directory).root === root && directory.slice(root.length).split(sep)[0] === first;
  if (!isNear) return path;
  const fromHere = relative(directory, path).split(sep).join('/');
  return fromHere.startsWith('.') ? fromHere : `./${fromHere}`;
}

/**
 * Where such a path leads now: from the directory as it is now, else from where it was when the path was kept. Where neither
 * is there, it is taken from where it was: what is missing is named as the user knew it.
 */
export function placeOf(kept: string, directory: string, before: string): string {
  if (isAbsolute(kept)) return kept;
  const now = resolve(directory, kept);
  return existsSync(now) ? now : resolve(before, kept);
}

/** Whether a text is a path of `portablePath`. */
export function isPortablePath(text: string): boolean {
  return isAbsolute(text) || /^\.\.?(\/|$)/.test(text);
}
