import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export interface TempFolder {
  readonly path: string;
  /** Writes a file at a path relative to the folder, with the folders above it; returns its absolute path. */
  write(name: string, content: string | Buffer): string;
}

/** A folder that is removed after the tests of the file. */
export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'midiloom-manifest-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
  };
}
