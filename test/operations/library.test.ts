import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConfigError,
  cleanUpRuns,
  defaultRunFiles,
  exportRun,
  importRun,
  listRuns,
  mergeRun,
  planRun,
  processPairs,
  readRunDetails,
  readRunStatus,
  reportRun,
  requestRetry,
  resetRun,
  skipPairs,
  unskipPairs,
  validateRun,
  verifyRun,
} from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallRun } from '../cli/stopped-run.ts';
import { SAMPLE } from '../pipeline/sample-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('library');
const finished = join(folder, 'finished');

beforeAll(async () => {
  await processPairs(smallRun(SAMPLE, finished));
}, 60_000);

function fresh(name: string): string {
  const copy = join(folder, name);
  cpSync(finished, copy, { recursive: true });
  return copy;
}

describe('the operations on runs as functions', () => {
  it('take a run by its directory, or by where its files are', async () => {
    expect(await readRunStatus(finished)).toEqual(await readRunStatus(defaultRunFiles(finished)));
    expect(await readRunStatus(finished)).toMatchObject({ status: 'completed', pairs: { completed: 49, failed: 4 } });
    expect(await readRunDetails(finished)).toMatchObject({ sessions: [{ status: 'complete' }] });
    expect(await validateRun(finished)).toMatchObject({ valid: true });
    expect(await verifyRun(finished)).toMatchObject({ verified: true, rows: 49 });
    expect(await planRun({ outputDir: finished })).toMatchObject({ stages: { midi: { kept: 53 } } });
  });

  it('do what the commands do', async () => {
    const run = fresh('changed');
    expect(await requestRetry(run, { codes: ['missing_text'] })).toEqual({ midi: 0, text: 1 });
    await skipPairs(run, (await failedPairs(run)).slice(0, 1));
    expect((await readRunStatus(run)).pairs.skipped).toBe(1);
    expect(await mergeRun(run, { outputFormat: ['json'], split: 'train=0.5,test=0.5' })).toMatchObject({
      status: 'complete',
      dataset: { splits: { train: expect.any(Number), test: expect.any(Number) } },
    });
    expect(existsSync((await reportRun(run)).file)).toBe(true);
    const file = join(folder, 'exported.json');
    expect(await exportRun(run, file)).toMatchObject({ stages: [{ records: 53 }, { records: 53 }] });
    expect(await importRun(join(folder, 'imported'), file)).toMatchObject([{ rows: 53 }, { rows: 53 }]);
    expect(await resetRun(run, { stages: ['text'] })).toMatchObject({ moved: expect.any(Array) });
    const below: string[] = [];
    for await (const { directory } of listRuns(folder)) below.push(directory);
    expect(below).toEqual([join(folder, 'changed'), finished, join(folder, 'imported')]);
    const old: unknown[] = [];
    for await (const each of cleanUpRuns(folder, { olderThanHours: 0, dryRun: true })) old.push(each.outcome);
    expect(old).toEqual(['would_delete', 'would_delete', 'would_delete']);
  });

  it('end with coded errors', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    for (const operation of [
      () => validateRun(empty),
      () => readRunDetails(empty),
      () => requestRetry(empty),
      () => skipPairs(empty, [0]),
      () => resetRun(empty),
      () => exportRun(empty, join(folder, 'never.json')),
    ]) {
      const error: unknown = await operation().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ code: 'no_checkpoint' });
    }
    await expect(requestRetry(fresh('coded'), { indexes: [0] })).rejects.toMatchObject({ code: 'pair_not_failed' });
    expect(existsSync(join(empty, 'midiloom.lock'))).toBe(false);
  });

  it('can be given up, and leave everything as it was', async () => {
    const run = fresh('given-up');
    const reason = new Error('enough');
    const context = { signal: AbortSignal.abort(reason) };
    const file = join(folder, 'given-up.json');
    for (const operation of [
      () => validateRun(run, context),
      () => verifyRun(run, {}, context),
      () => reportRun(run, context),
      () => requestRetry(run, {}, context),
      () => skipPairs(run, [0], context),
      () => unskipPairs(run, [0], context),
      () => resetRun(run, {}, context),
      () => exportRun(run, file, {}, context),
      () => planRun({ outputDir: run }, context),
    ]) {
      await expect(operation()).rejects.toBe(reason);
    }
    expect(existsSync(file)).toBe(false);
    expect(await readRunStatus(run)).toMatchObject({ status: 'completed' });
  });

  it('find the checkpoints of a run where it remembers them', async () => {
    const run = join(folder, 'elsewhere');
    const midiCheckpoint = join(folder, 'other-place', 'notes.json');
    mkdirSync(join(folder, 'other-place'));
    await processPairs({ ...smallRun(SAMPLE, run), midiCheckpoint });
    writeFileSync(join(folder, 'unrelated.txt'), '');
    expect((await readRunStatus(run)).stages.midi).toMatchObject({ checkpoint: midiCheckpoint, total: 53 });
  });
});

async function failedPairs(run: string): Promise<number[]> {
  const { stages } = await readRunStatus(run);
  return stages.midi.failures.map(({ index }) => index);
}
