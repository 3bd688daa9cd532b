import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessOptions, processPairs, type RunResult } from 'midiloom';
import { SAMPLE } from '../pipeline/sample-run.ts';

/** The sample in small batches, without a model; splits, copies and filters look at the whole. */
export const OPTIONS: ProcessOptions = {
  inputFile: SAMPLE,
  textEncoder: 'hashing',
  textDim: 8,
  workers: 1,
  batchSize: 4,
  checkpointInterval: 1,
  split: 'train=0.8,test=0.2',
  dedupe: 'near',
  filter: 'n_notes>=10',
  outputFormat: ['jsonl', 'parquet', 'msgpack', 'json', 'webdataset', 'npy', 'miditok', 'packed'],
};

/** Works off all tasks, in an order that is not theirs. */
export async function runTasks(outputDir: string, tasks: number, options: ProcessOptions = OPTIONS): Promise<void> {
  for (let at = 0; at < tasks; at++) await runTask(outputDir, tasks, (at * 7 + 3) % tasks, options);
}

export function runTask(
  outputDir: string,
  tasks: number,
  task: number,
  options: ProcessOptions = OPTIONS,
): Promise<RunResult> {
  return processPairs({ ...options, outputDir, tasks, task });
}

export function mergeAll(outputDir: string, more: ProcessOptions = {}): Promise<RunResult> {
  return processPairs({ outputDir, mode: 'merge', ...more });
}

export function sumsOf(outputDir: string): string {
  return readFileSync(join(outputDir, 'dataset', 'SHA256SUMS'), 'utf8');
}
