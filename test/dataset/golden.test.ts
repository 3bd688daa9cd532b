import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { OUTPUT_FORMATS } from '../../src/dataset/writers/output-format.ts';
import { contentOf, runDirectory } from './run-directory.ts';
import { mergeInput, type Outcome } from './synthetic-run.ts';

/**
 * A small data set in every format, as it was when somebody last looked at it. After a change of the format that is meant:
 * `UPDATE_GOLDEN=1 npx vitest run test/dataset/golden`, and a look at the difference.
 */
const golden = fileURLToPath(new URL('golden', import.meta.url));
const SUFFIX = '.golden';

it('a data set has the bytes that it had before, in every format', async () => {
  const outputDir = runDirectory();
  const run = { total: 5, midi: (index: number): Outcome => (index === 2 ? 'failed' : 'ok') };
  // Compressed bytes belong to the version of zlib; what they hold is the file without `.gz`.
  const formats = OUTPUT_FORMATS.filter((format) => format !== 'jsonl.gz');
  await mergeDataset(mergeInput(run, outputDir, { formats, shardSizeBytes: 10_000 }));
  const paths = Object.keys(contentOf(outputDir));
  if (process.env.UPDATE_GOLDEN !== undefined) update(outputDir, paths);

  const known = existsSync(golden) ? readdirSync(golden, { recursive: true, encoding: 'utf8' }) : [];
  expect(known.filter((path) => path.endsWith(SUFFIX)).sort()).toEqual(paths.map((path) => `${path}${SUFFIX}`).sort());
  for (const path of paths) {
    const bytes = readFileSync(join(outputDir, 'dataset', path));
    expect(bytes.equals(readFileSync(join(golden, `${path}${SUFFIX}`))), path).toBe(true);
  }
});

function update(outputDir: string, paths: readonly string[]): void {
  rmSync(golden, { recursive: true, force: true });
  for (const path of paths) {
    const target = join(golden, `${path}${SUFFIX}`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(join(outputDir, 'dataset', path)));
  }
}
