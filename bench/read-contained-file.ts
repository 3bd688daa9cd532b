/**
 * What containment costs per file, beside the `readFileSync` of Node that checks nothing.
 *
 *     npx tsx bench/read-contained-file.ts [files, default 2000]
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContainedFile } from '../src/manifest/read-contained-file.ts';

const FILE_BYTES = 8 * 1024;
const FILES_PER_FOLDER = 100;
const ROUNDS = 5;

const count = Number(process.argv[2] ?? 2000);
const root = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));
try {
  const paths = Array.from({ length: count }, (_, index) => `${Math.floor(index / FILES_PER_FOLDER)}/${index}.mid`);
  const content = Buffer.alloc(FILE_BYTES, 1);
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const access = { allowOutside: false, maxBytes: FILE_BYTES };
  const known = { ...access, knownFolders: new Map<string, string>() };
  report('readFileSync', (path) => readFileSync(join(root, path)).length);
  report('readContainedFile', (path) => lengthOf(readContainedFile(root, path, access)));
  report('readContainedFile, knownFolders', (path) => lengthOf(readContainedFile(root, path, known)));

  function report(title: string, read: (path: string) => number): void {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const begin = process.hrtime.bigint();
      for (const path of paths) if (read(path) !== FILE_BYTES) throw new Error(`${path} was not read whole`);
      best = Math.min(best, Number(process.hrtime.bigint() - begin));
    }
    console.log(`${title.padEnd(32)} ${(best / 1000 / count).toFixed(1).padStart(6)} us a file`);
  }
} finally {
  rmSync(root, { recursive: true });
}

function lengthOf(outcome: ReturnType<typeof readContainedFile>): number {
  return outcome.ok ? outcome.bytes.length : -1;
}
