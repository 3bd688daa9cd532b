import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ProcessOptions, processPairs, type RunResult } from 'midiloom';
import { SAMPLE } from '../pipeline/sample-run.ts';

/** Two good pairs, one that fails, a copy of the first, a line that is no record, two captions of one piece, and a good one. */
export function writeManifest(folder: string): string {
  const lines = readFileSync(SAMPLE, 'utf8').split('\n');
  const flawed = lines.find((line) => line.includes('bad-')) ?? '';
  const listed = (lines[3] ?? '').replace(
    /"text_description":"([^"]*)"/,
    '"text_description":["$1","Another caption."]',
  );
  const file = join(folder, 'pairs.jsonl');
  const chosen = [lines[0], lines[1], flawed, lines[0], '{"midi_file": broken', listed, lines[4]];
  writeFileSync(file, `${chosen.join('\n')}\n`);
  return file;
}

export const PAIRS = 8;

/** Without a model; splits, copies and filters look at the whole. */
export function optionsFor(inputFile: string): ProcessOptions {
  return {
    inputFile,
    midiRoot: dirname(SAMPLE),
    textEncoder: 'hashing',
    textDim: 8,
    workers: 1,
    batchSize: 1,
    checkpointInterval: 1,
    split: 'train=0.7,test=0.3',
    dedupe: 'near',
    filter: 'n_notes>=1',
    outputFormat: ['jsonl', 'parquet', 'msgpack', 'json', 'webdataset', 'npy', 'miditok', 'packed', 'jsonl.gz'],
  };
}

/** Works off all tasks, in an order that is not theirs. */
export async function runTasks(outputDir: string, tasks: number, options: ProcessOptions): Promise<void> {
  for (let task = tasks - 1; task >= 0; task--) await runTask(outputDir, tasks, task, options);
}

export function runTask(outputDir: string, tasks: number, task: number, options: ProcessOptions): Promise<RunResult> {
  return processPairs({ ...options, outputDir, tasks, task });
}

export function mergeAll(outputDir: string, more: ProcessOptions = {}): Promise<RunResult> {
  return processPairs({ outputDir, mode: 'merge', ...more });
}

export function sumsOf(outputDir: string): string {
  return readFileSync(join(outputDir, 'dataset', 'SHA256SUMS'), 'utf8');
}
