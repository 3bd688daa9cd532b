import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty run directory, removed at the end of the test. */
export function runDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'midiloom-dataset-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** SHA-256 of every file of a data set by its path. */
export function contentOf(outputDir: string): Readonly<Record<string, string>> {
  const dataset = join(outputDir, 'dataset');
  const paths = readdirSync(dataset, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dataset.length + 1))
    .sort();
  return Object.fromEntries(
    paths.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(dataset, path)))
        .digest('hex'),
    ]),
  );
}

export function readDatasetFile(outputDir: string, path: string): string {
  return readFileSync(join(outputDir, 'dataset', path), 'utf8');
}

export type JsonRow = Readonly<Record<string, unknown>>;

export function readJsonLines(outputDir: string, path: string): readonly JsonRow[] {
  const lines = readDatasetFile(outputDir, path).split('\n');
  return lines.filter((line) => line !== '').map((line): JsonRow => JSON.parse(line));
}
