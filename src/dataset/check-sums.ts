import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { codeOf } from '../errors.ts';

export const SUMS_FILE = 'SHA256SUMS';

export interface FileProblem {
  /** Relative to the data set's folder. */
  readonly path: string;
  readonly problem: 'missing' | 'damaged' | 'unreadable' | 'not listed';
}

/**
 * Reads every file of a data set and compares it with `SHA256SUMS`; yields what is missing or damaged, and what nobody knows.
 * `SHA256SUMS` itself is the problem where it is not there or not such a list.
 */
export async function* checkSums(directory: string, signal?: AbortSignal): AsyncGenerator<FileProblem> {
  const sums = await readSums(join(directory, SUMS_FILE));
  if (typeof sums === 'string') {
    yield { path: SUMS_FILE, problem: sums };
    return;
  }
  for (const [path, expected] of sums) {
    signal?.throwIfAborted();
    const found = await sha256Of(join(directory, path));
    if (found.problem !== undefined) yield { path, problem: found.problem };
    else if (found.sha256 !== expected) yield { path, problem: 'damaged' };
  }
  for (const path of await filesIn(directory)) {
    if (path !== SUMS_FILE && !sums.has(path)) yield { path, problem: 'not listed' };
  }
}

async function readSums(file: string): Promise<ReadonlyMap<string, string> | 'missing' | 'damaged'> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'missing';
    throw error;
  }
  const sums = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || path === undefined || isOutside(path)) return 'damaged';
    sums.set(path, sha256);
  }
  return text.endsWith('\n') ? sums : 'damaged';
}

function isOutside(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

async function sha256Of(
  file: string,
): Promise<{ readonly sha256?: string; readonly problem?: 'missing' | 'unreadable' }> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  } catch (error) {
    return { problem: codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable' };
  }
  return { sha256: hash.digest('hex') };
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();
}

/** For a person. */
export function fileProblemText(directory: string, { path, problem }: FileProblem): string {
  return `${join(directory, path)} is ${problem}`;
}
