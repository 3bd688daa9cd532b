import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../errors.ts';
import { readLines } from './read-lines.ts';

export const SUMS_FILE = 'SHA256SUMS';

export interface FileProblem {
  /** Relative to the data set's folder. */
  readonly path: string;
  readonly problem: 'missing' | 'damaged' | 'unreadable' | 'not listed';
}

/** SHA-256 in hex by the path from the data set's folder on. */
type Sums = ReadonlyMap<string, string>;

/**
 * Reads every file of a data set and compares it with `SHA256SUMS`; yields what is missing or damaged, and what nobody knows.
 * A folder of very many files has a list of its own, which is listed as a file of the data set. A list is the problem where it
 * is not there or not such a list.
 */
export async function* checkSums(directory: string, signal?: AbortSignal): AsyncGenerator<FileProblem> {
  const sums = new Map<string, string>();
  try {
    for await (const part of listedByFolder(directory, SUMS_FILE)) for (const entry of part) sums.set(...entry);
  } catch (error) {
    yield listProblem(SUMS_FILE, error);
    return;
  }
  yield* checkFiles(directory, sums, signal);
  const withOwnList = [...sums.keys()].filter((path) => path.endsWith(`/${SUMS_FILE}`)).map(dirname);
  for (const folder of withOwnList) yield* checkFolder(directory, folder, signal);
  yield* unknownFiles(
    directory,
    '.',
    (path) => path === SUMS_FILE || sums.has(path),
    (folder) => withOwnList.includes(folder),
  );
}

/** Checks a folder by its own list, which is in order of folders: holds the names in one of them. */
async function* checkFolder(directory: string, folder: string, signal?: AbortSignal): AsyncGenerator<FileProblem> {
  const list = `${folder}/${SUMS_FILE}`;
  const done = new Set<string>();
  try {
    for await (const sums of listedByFolder(directory, list)) {
      yield* checkFiles(directory, sums, signal);
      const [first = ''] = sums.keys();
      const inner = dirname(first);
      done.add(inner);
      yield* unknownFiles(directory, inner, (path) => path === list || sums.has(path));
    }
  } catch (error) {
    yield listProblem(list, error);
    return;
  }
  yield* unknownFiles(
    directory,
    folder,
    (path) => path === list,
    (inner) => done.has(inner),
  );
}

async function* checkFiles(directory: string, sums: Sums, signal?: AbortSignal): AsyncGenerator<FileProblem> {
  for (const [path, expected] of sums) {
    signal?.throwIfAborted();
    try {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(join(directory, path))) hash.update(chunk);
      if (hash.digest('hex') !== expected) yield { path, problem: 'damaged' };
    } catch (error) {
      yield { path, problem: codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable' };
    }
  }
}

class NoList extends Error {}

/** The entries of a list, those in a row that are in one folder together. @throws NoList where a line is no entry. */
async function* listedByFolder(directory: string, list: string): AsyncGenerator<Sums> {
  const base = dirname(list);
  let folder = '';
  let sums = new Map<string, string>();
  for await (const line of readLines(join(directory, list))) {
    const [, sha256, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || name === undefined || isOutside(name)) throw new NoList(line);
    const path = base === '.' ? name : `${base}/${name}`;
    if (dirname(path) !== folder && sums.size > 0) {
      yield sums;
      sums = new Map();
    }
    folder = dirname(path);
    sums.set(path, sha256);
  }
  if (sums.size > 0) yield sums;
}

function isOutside(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

function listProblem(path: string, error: unknown): FileProblem {
  if (error instanceof NoList) return { path, problem: 'damaged' };
  return { path, problem: codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable' };
}

/** Files in a folder that nobody knows, in order of their names; in the folders within, but for some, where it is told of any. */
async function* unknownFiles(
  directory: string,
  folder: string,
  isKnown: (path: string) => boolean,
  isDone?: (folder: string) => boolean,
): AsyncGenerator<FileProblem> {
  for (const entry of await entriesOf(join(directory, folder))) {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) {
      if (!isKnown(path)) yield { path, problem: 'not listed' };
    } else if (isDone?.(path) === false) yield* unknownFiles(directory, path, isKnown, isDone);
  }
}

async function entriesOf(folder: string) {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []; // what is in it is missing already
    throw error;
  }
}

/** For a person. */
export function fileProblemText(directory: string, { path, problem }: FileProblem): string {
  return `${join(directory, path)} is ${problem}`;
}
