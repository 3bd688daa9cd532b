import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportDataset,
  exportRun,
  importRun,
  listRuns,
  pairStates,
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
import { runHere } from '../cli/run-here.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { mergeAll, optionsFor, PAIRS, runTask, runTasks, sumsOf, writeManifest } from './sample-tasks.ts';

const folder = temporaryFolder('task-operations');
const options = { ...optionsFor(writeManifest(folder)), outputFormat: ['jsonl'] as const };
const whole = join(folder, 'whole');
const run = join(folder, 'run');

beforeAll(async () => {
  await processPairs({ ...options, outputDir: whole });
  await runTasks(run, 3, options);
});

async function statesOf(directory: string): Promise<readonly unknown[]> {
  const states = [];
  for await (const { index, state, midi, text } of pairStates(directory)) {
    states.push({ index, state, midi: midi.code ?? midi.state, text: text.code ?? text.state });
  }
  return states;
}

describe('of a run in tasks', () => {
  it('the status adds the tasks up, and has a line for each', async () => {
    const one = await readRunStatus(whole);
    const status = await readRunStatus(run);
    expect(status).toMatchObject({
      status: 'interrupted',
      reason: expect.stringContaining('--mode merge'),
      pairs: one.pairs,
      failure_codes: one.failure_codes,
    });
    for (const stage of ['midi', 'text'] as const) {
      const { completed, failed, total, last_processed_idx } = one.stages[stage];
      expect(status.stages[stage]).toMatchObject({ status: 'completed', completed, failed, total, last_processed_idx });
    }
    expect(status.tasks?.totals).toMatchObject({
      states: { completed: 3 },
      pairs: PAIRS,
      done: { midi: PAIRS, text: PAIRS },
    });
    expect(status.tasks?.tasks[1]).toMatchObject({
      name: '00001-of-00003',
      first_index: 2,
      pairs: 3,
      state: 'completed',
    });
    const { stdout } = await runHere(['status', run]);
    expect(stdout).toContain('00002-of-00003');
    expect(stdout).toContain('3 tasks: 3 completed');
  });

  it('the pairs have the states that they have in one run', async () => {
    expect(await statesOf(run)).toEqual(await statesOf(whole));
    expect((await runHere(['status', run, '--pairs', 'failed'])).stdout.trim().split('\n')).toHaveLength(2);
  });

  it('the checkpoints are shown, listed and read as those of one', async () => {
    expect(await validateRun(run)).toMatchObject({ valid: true, stages: { midi: { state: 'valid', records: PAIRS } } });
    expect(await readRunDetails(run)).toMatchObject({ stages: { midi: { checkpoint: { total_files: PAIRS } } } });
    const listed = [];
    for await (const { directory, stages } of listRuns(folder)) listed.push([directory, stages.midi.done]);
    expect(listed).toEqual([
      [run, PAIRS],
      [whole, PAIRS],
    ]);
    expect((await runHere(['checkpoint', 'show', run])).stdout).toContain(`of ${PAIRS}`);
  });

  it('the report is drawn from all tasks, merged or not', async () => {
    const { file, facts } = await reportRun(run);
    expect(existsSync(file)).toBe(true);
    expect(facts).toMatchObject({ state: 'complete' });
  });

  it('the data set is verified, and written in another form', async () => {
    await mergeAll(run);
    expect(await readRunStatus(run)).toMatchObject({ status: 'completed', reason: null });
    expect(await verifyRun(run)).toMatchObject({ verified: true });
    expect(await runHere(['status', run, '--watch', '60'])).toMatchObject({ code: 0 });
    const [a, b] = [join(folder, 'csv-a'), join(folder, 'csv-b')];
    await exportDataset(run, { to: 'msgpack', out: a });
    await exportDataset(whole, { to: 'msgpack', out: b });
    const bytesOf = (out: string): Buffer => readFileSync(join(out, 'processed_data.msgpack'));
    expect(bytesOf(a).equals(bytesOf(b))).toBe(true);
  });

  it('one task has no report, no data set and no dry run of its own, nor has the whole the last', async () => {
    const own = join(run, 'tasks', '00001-of-00003');
    for (const what of ['report', 'verify', 'export']) {
      const more = what === 'export' ? ['--to', 'jsonl', '--out', join(folder, 'never')] : [];
      const { code, stderr } = await runHere([what, own, ...more]);
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(`name ${run}`) });
    }
    expect(await runHere(['process', run, '--dry_run'])).toMatchObject({ code: 2 });
  });

  it('a task that is moved away is gone on with alone', async () => {
    const alone = join(folder, 'alone');
    cpSync(join(run, 'tasks', '00001-of-00003'), alone, { recursive: true });
    expect(await readRunStatus(alone)).toMatchObject({ status: 'completed', pairs: { total: 3 } });
    expect(await processPairs({ outputDir: alone })).toMatchObject({
      status: 'complete',
      total: 3,
      task: { number: 1 },
    });
    rmSync(alone, { recursive: true });
  });

  it('the checkpoints are exported as those of one run, which another one goes on from', async () => {
    const file = join(folder, 'export.json');
    await exportRun(run, file);
    const other = join(folder, 'imported');
    await importRun(other, file);
    expect(await processPairs({ ...options, outputDir: other })).toMatchObject({
      status: 'complete',
      stages: { midi: { doneNow: 0 } },
    });
    expect(sumsOf(other)).toBe(sumsOf(whole));
    await expect(importRun(run, file)).rejects.toMatchObject({ code: 'checkpoint_exists' });
  });

  it('pairs are skipped, taken back and tried again in the task that has them', async () => {
    await skipPairs(run, [2, 4]);
    expect((await readRunStatus(run)).pairs).toMatchObject({ skipped: 2, failed: 0 });
    await unskipPairs(run, [4]);
    expect((await readRunStatus(run)).pairs).toMatchObject({ skipped: 1, pending: 1 });
    await expect(skipPairs(run, [PAIRS])).rejects.toMatchObject({ code: 'pair_unknown' });
    await expect(skipPairs(run, [0])).rejects.toMatchObject({ code: 'pair_completed' });
    await unskipPairs(run, [2]);
    await runTask(run, 3, 1, options);
    await expect(requestRetry(run, { indexes: [7] })).rejects.toMatchObject({ code: 'pair_not_failed' });
    await expect(requestRetry(run, { codes: ['nothing'] })).rejects.toMatchObject({ code: 'code_not_found' });
    expect(await requestRetry(run, { codes: ['record_invalid'] })).toEqual({ midi: 1, text: 1 });
    expect((await readRunStatus(run)).pairs).toMatchObject({ pending: 1, failed: 1 });
    await runTask(run, 3, 1, options);
    expect(await mergeAll(run)).toMatchObject({ status: 'complete', failed: 2 });
    expect(sumsOf(run)).toBe(sumsOf(whole));
  });

  it('a reset takes all tasks back to nothing', async () => {
    await resetRun(run, { stages: ['text'] });
    expect((await readRunStatus(run)).stages).toMatchObject({
      text: { status: 'not_started' },
      midi: { status: 'completed' },
    });
    await runTasks(run, 3, options);
    expect(await mergeAll(run)).toMatchObject({ status: 'complete' });
    expect(sumsOf(run)).toBe(sumsOf(whole));
  });
});
