/** Runs over the sample again and again in one process, for so many minutes; a line of JSON about the process after each. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE } from '../pipeline/sample-run.ts';

// The built package, whose workers are JavaScript files.
const { processPairs }: typeof import('midiloom') = await import(new URL('../../dist/index.js', import.meta.url).href);

const [folder = '', minutes = '0'] = process.argv.slice(2);
const endAtMs = performance.now() + Number(minutes) * 60_000;
while (performance.now() < endAtMs) {
  const outputDir = join(folder, 'run');
  const result = await processPairs({
    inputFile: SAMPLE,
    outputDir,
    textEncoder: 'hashing',
    workers: 2,
    batchSize: 4,
    checkpointInterval: 2,
  });
  if (result.status !== 'complete') throw new Error(`a run ended with ${result.status}`);
  rmSync(outputDir, { recursive: true });
  global.gc?.();
  const rssMiB = process.memoryUsage().rss / 2 ** 20;
  console.log(JSON.stringify({ rssMiB, descriptors: readdirSync('/proc/self/fd').length }));
}
