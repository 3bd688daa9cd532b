import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isS3Address } from '../s3/s3-address.ts';

/** How the same name may be written: composed or decomposed Unicode, slashes of Windows. */
export function otherSpellings(path: string): readonly string[] {
  const slashed = path.replaceAll('\\', '/');
  const spellings = [slashed, ...['NFC', 'NFD'].flatMap((form) => [path.normalize(form), slashed.normalize(form)])];
  return [...new Set(spellings)].filter((spelling) => spelling !== path);
}

interface Listing {
  readonly modifiedMs: number;
  /** Names as they are, by their lower case. */
  readonly names: ReadonlyMap<string, string>;
}

/** Folders that were looked into for a hint; few, since many missing files are of few folders. */
const LISTINGS = new Map<string, Listing>();
const MAX_LISTINGS = 16;
const MAX_NAMES = 200_000;
const NOTHING: ReadonlyMap<string, string> = new Map();

/** The hint where nothing better is known. */
export const WHERE_PATHS_START = "paths start at the manifest's folder unless --midi_root names another";

/** What may be wrong with a path that leads nowhere. Says nothing of where the root is. */
export function hintFor(root: string, path: string): string {
  if (isS3Address(path)) return 'it is an address in a bucket; --midi_root s3://BUCKET reads from there';
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return 'it is an address; files must be on this machine';
  if (/^[A-Za-z]:[\\/]/.test(path)) return 'it is a path of another computer; give one relative to --midi_root';
  const decoded = decodedPath(path);
  if (decoded !== undefined && existsSync(resolve(root, decoded))) {
    return `it is there as ${JSON.stringify(decoded)}; write it without % codes`;
  }
  const spelled = otherCase(root, path);
  if (spelled !== undefined) return `it is there as ${JSON.stringify(spelled)}; upper and lower case differ`;
  return WHERE_PATHS_START;
}

function decodedPath(path: string): string | undefined {
  if (!/%[0-9A-Fa-f]{2}/.test(path)) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // No URL after all.
  }
}

/** The last part of the path as the folder has it, where only its case differs. */
function otherCase(root: string, path: string): string | undefined {
  const folder = dirname(resolve(root, path));
  const found = namesIn(folder).get(basename(path).toLowerCase());
  return found === undefined || found === basename(path) ? undefined : found;
}

function namesIn(folder: string): ReadonlyMap<string, string> {
  try {
    const { mtimeMs: modifiedMs } = statSync(folder);
    const known = LISTINGS.get(folder);
    if (known?.modifiedMs === modifiedMs) return known.names;
    const entries = readdirSync(folder).slice(0, MAX_NAMES);
    const names = new Map(entries.map((name) => [name.toLowerCase(), name]));
    if (LISTINGS.size >= MAX_LISTINGS) LISTINGS.clear();
    LISTINGS.set(folder, { modifiedMs, names });
    return names;
  } catch {
    return NOTHING; // The folder is not there either, and the path itself says so.
  }
}
