import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ProcessOptions, processPairs, type RunEvent } from '../../src/index.ts';
import { folderDigest } from '../folder-digest.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { SAMPLE } from './sample-run.ts';

const folder = temporaryFolder('head-start');
const hasIdleCore = availableParallelism() > 1;

/** Runs over the sample; whether the merge that began beside the stages was of use. */
async function run(name: string, options: Partial<ProcessOptions>, signal?: AbortSignal) {
  const outputDir = join(folder, name);
  const debug: string[] = [];
  const log = (_level: string, message: string) => void debug.push(message);
  const told = { inputFile: SAMPLE, outputDir, textEncoder: 'hashing', batchSize: 4, checkpointInterval: 2 } as const;
  const merging: number[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.type === 'merging') merging.push(event.pairs);
  };
  const context = { log, onEvent, ...(signal === undefined ? {} : { signal }) };
  const result = await processPairs({ ...told, ...options }, context);
  const wasOfUse = debug.includes('the merge was made beside the stages');
  return {
    outputDir,
    result,
    wasOfUse,
    merging,
    wasGivenUp: debug.includes('the merge beside the stages is given up'),
  };
}

let ordinary: Awaited<ReturnType<typeof run>>;
const dataset = (directory: string) => folderDigest(join(directory, 'dataset'));

beforeAll(async () => {
  ordinary = await run('ordinary', { workers: availableParallelism() });
  expect(ordinary.wasOfUse).toBe(false);
});

describe.runIf(hasIdleCore)('a merge beside the stages', () => {
  it('ends with the bytes, the figures and the examples of the ordinary one', async () => {
    const { outputDir, wasOfUse, result, merging } = await run('beside', { workers: 1 });
    expect(wasOfUse).toBe(true);
    expect(result.status).toBe('complete');
    expect(merging.at(-1)).toBe(result.total);
    expect(dataset(outputDir)).toEqual(dataset(ordinary.outputDir));
    const facts = (directory: string) => JSON.parse(readFileSync(join(directory, 'processing_stats.json'), 'utf8'));
    expect(facts(outputDir).dataset).toEqual(facts(ordinary.outputDir).dataset);
    expect(facts(outputDir).curation).toEqual(facts(ordinary.outputDir).curation);
  });

  it('does not begin where the order of bytes does not allow it', async () => {
    const { wasOfUse, wasGivenUp } = await run('lines', { workers: 1, outputFormat: ['jsonl'] });
    expect([wasOfUse, wasGivenUp]).toEqual([false, false]);
  });

  it('leaves nothing behind when the run is stopped, and the next run goes on', async () => {
    const stop = new AbortController();
    const stopped = run('stopped', { workers: 1, batchSize: 2, checkpointInterval: 1 }, stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 300);
    const { outputDir, result } = await stopped;
    if (result.status !== 'complete') expect(existsSync(join(outputDir, 'dataset.tmp'))).toBe(false);
    await run('stopped', { workers: 1 });
    expect(dataset(outputDir)).toEqual(dataset(ordinary.outputDir));
  });
});
