import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { folderDigest } from '../folder-digest.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { sampleArguments } from './sample-run.ts';

const folder = temporaryFolder('resume');
const RUNS = 3;
/** After so many a run is left alone; `npm run test:crash` has more. */
const KILLS_PER_RUN = 3;
let undisturbed: Record<string, string>;
let undisturbedMs: number;

beforeAll(async () => {
  const startedAt = performance.now();
  const result = await runCli(sampleArguments(join(folder, 'undisturbed')));
  undisturbedMs = performance.now() - startedAt;
  expect(result, result.stderr).toMatchObject({ code: 0 });
  undisturbed = folderDigest(join(folder, 'undisturbed', 'dataset'));
  expect(Object.keys(undisturbed)).toContain('SHA256SUMS');
});

describe('a run that is killed at random moments and continued', () => {
  it.each(Array.from({ length: RUNS }, (_, seed) => seed))(
    'ends with the same data set byte for byte (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const outputDir = join(folder, `killed-${seed}`);
      for (let attempt = 0; ; attempt++) {
        const ms = attempt < KILLS_PER_RUN ? random() * undisturbedMs * 1.1 : 60_000;
        const result = await runCli(sampleArguments(outputDir), { signalAfterMs: { signal: 'SIGKILL', ms } });
        if (result.signal === 'SIGKILL') continue;
        expect(result, `${attempt} kills; ${result.stderr}`).toMatchObject({ code: 0 });
        break;
      }
      expect(folderDigest(join(outputDir, 'dataset'))).toEqual(undisturbed);
    },
  );

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'drains at %s, says so by its exit code, and goes on from there',
    async (signal) => {
      const outputDir = join(folder, signal);
      const stopped = await runCli(sampleArguments(outputDir), { signalAfterMs: { signal, ms: undisturbedMs * 0.6 } });
      if (stopped.code !== 0) expect(stopped).toMatchObject({ code: signal === 'SIGINT' ? 130 : 143 });
      expect(await runCli(sampleArguments(outputDir))).toMatchObject({ code: 0 });
      expect(folderDigest(join(outputDir, 'dataset'))).toEqual(undisturbed);
    },
  );
});

describe('the data set', () => {
  it.each([
    ['1 worker and one checkpoint', ['--workers', '1', '--checkpoint_interval', '1000']],
    ['4 workers and large batches', ['--workers', '4', '--batch_size', '50']],
  ])('is byte-identical with %s', async (_, options) => {
    const outputDir = join(folder, options.join(''));
    const result = await runCli(sampleArguments(outputDir, ...options));
    expect(result, result.stderr).toMatchObject({ code: 0 });
    expect(folderDigest(join(outputDir, 'dataset'))).toEqual(undisturbed);
  });
});
