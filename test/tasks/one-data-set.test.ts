import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processPairs, type RunEvent } from 'midiloom';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { mergeAll, optionsFor, PAIRS, runTask, runTasks, sumsOf, writeManifest } from './sample-tasks.ts';

const folder = temporaryFolder('tasks');
const options = optionsFor(writeManifest(folder));
const whole = join(folder, 'whole');

beforeAll(async () => {
  expect(await processPairs({ ...options, outputDir: whole })).toMatchObject({ status: 'complete', total: PAIRS });
});

describe('a run in tasks', () => {
  it.each([1, 3])('has the data set of one run, byte for byte, of %i tasks', async (tasks) => {
    const outputDir = join(folder, `tasks-${tasks}`);
    await runTasks(outputDir, tasks, options);
    const merged = await mergeAll(outputDir);
    expect(merged).toMatchObject({ status: 'complete', completed: 6, failed: 2 });
    expect(sumsOf(outputDir)).toBe(sumsOf(whole));
    expect(merged.stages.midi.done).toBe(PAIRS);
    expect(existsSync(join(outputDir, 'report.html'))).toBe(true);
  });

  it('has the same failures, with the lines of the manifest, and the same statistics', async () => {
    const read = (run: string, file: string): string => readFileSync(join(folder, run, file), 'utf8');
    expect(read('tasks-3', 'dataset/failures.jsonl')).toContain('line 5');
    const statistics = (run: string) => {
      const { sessions: _, stages, ...rest } = JSON.parse(read(run, 'processing_stats.json'));
      return { ...rest, done: stages.midi.done, failed: stages.text.failed };
    };
    expect(statistics('tasks-3')).toEqual(statistics('whole'));
  });

  it('is told of by its sessions, each called by its task', () => {
    const { sessions } = JSON.parse(readFileSync(join(folder, 'tasks-3', 'processing_stats.json'), 'utf8'));
    const ids: string[] = sessions.map(({ session_id }: { session_id: string }) => session_id);
    expect(ids.filter((id) => id.includes('/'))).toHaveLength(3);
    expect(ids[0]).toMatch(/^00000-of-00003\/\d{8}_\d{6}/);
  });

  it('is divided once, also where all tasks begin at the same time', async () => {
    const outputDir = join(folder, 'at-once');
    const few = { ...options, outputFormat: ['jsonl'] as const };
    await Promise.all([0, 1, 2].map((task) => runTask(outputDir, 3, task, few)));
    expect(await mergeAll(outputDir)).toMatchObject({ status: 'complete' });
    const rows = (run: string): string => readFileSync(join(run, 'dataset', 'processed_data.jsonl'), 'utf8');
    expect(rows(outputDir)).toBe(rows(whole));
  });

  it('learns a vocabulary from the training split of all tasks', async () => {
    const learning = { ...options, vocabSize: 600, outputFormat: ['jsonl'] as const, filter: null };
    const [one, parts] = [join(folder, 'learned'), join(folder, 'learned-in-tasks')];
    await processPairs({ ...learning, outputDir: one });
    await runTasks(parts, 2, learning);
    expect(await mergeAll(parts)).toMatchObject({ status: 'complete' });
    expect(sumsOf(parts)).toBe(sumsOf(one));
  });

  it('takes a part of the input, drawn by lot, also in more tasks than it has pairs', async () => {
    const few = { ...options, offset: 1, sample: 2, seed: 7, outputFormat: ['jsonl'] as const };
    const [one, parts] = [join(folder, 'sampled'), join(folder, 'sampled-in-tasks')];
    await processPairs({ ...few, outputDir: one });
    await runTasks(parts, 5, few);
    expect(await mergeAll(parts)).toMatchObject({ status: 'complete' });
    expect(sumsOf(parts)).toBe(sumsOf(one));
  });

  it('is written in other splits and formats by another merge, as one run is', async () => {
    const other = { outputFormat: ['jsonl'] as const, split: 'train=0.5,test=0.5', dedupe: 'none' as const };
    await mergeAll(join(folder, 'tasks-3'), other);
    await mergeAll(whole, other);
    expect(sumsOf(join(folder, 'tasks-3'))).toBe(sumsOf(whole));
  });
});

describe('a task', () => {
  const outputDir = join(folder, 'stopped');
  const own = join(outputDir, 'tasks', '00001-of-00002');

  it('that is stopped goes on where it was, called by its own directory or by its number', async () => {
    await runTask(outputDir, 2, 0, options);
    const stop = new AbortController();
    const onEvent = (event: RunEvent): void => {
      if (event.type === 'saved' && event.stage === 'midi' && event.progress.saved >= 1)
        stop.abort(new Error('enough'));
    };
    const stopped = await processPairs({ ...options, outputDir, tasks: 2, task: 1 }, { signal: stop.signal, onEvent });
    expect(stopped).toMatchObject({ status: 'interrupted', task: { number: 1, of: 2, run: outputDir } });
    expect(await processPairs({ outputDir: own })).toMatchObject({ status: 'complete', dataset: undefined, total: 4 });
    expect(await processPairs({ outputDir, task: 1 })).toMatchObject({
      status: 'complete',
      stages: { midi: { doneNow: 0 } },
    });
    const merged = await mergeAll(outputDir, { outputFormat: ['jsonl'], split: 'train=0.5,test=0.5', dedupe: 'none' });
    expect(merged).toMatchObject({ status: 'complete' });
    expect(sumsOf(outputDir)).toBe(sumsOf(whole));
  });

  it('counts its own pairs, by the indexes of the whole', () => {
    const { total_files, last_processed_idx, plan, batch_info } = JSON.parse(
      readFileSync(join(own, 'midi_checkpoint.json'), 'utf8'),
    );
    expect({ total_files, last_processed_idx, first: plan.first_index, batches: batch_info.total_batches }).toEqual({
      total_files: 4,
      last_processed_idx: 7,
      first: 4,
      batches: 4,
    });
  });

  it('whose run.json cannot be read is refused', async () => {
    writeFileSync(join(own, 'run.json'), '{}');
    await expect(processPairs({ outputDir: own })).rejects.toMatchObject({ code: 'run_unreadable' });
  });
});
