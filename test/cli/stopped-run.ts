import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessOptions, processPairs } from 'midiloom';

/** Options of a small run with several segments; what the tests that go on with it must give too. */
export function smallRun(inputFile: string, outputDir: string) {
  return {
    inputFile,
    outputDir,
    workers: 1,
    batchSize: 4,
    checkpointInterval: 2,
    textEncoder: 'hashing',
    outputFormat: ['jsonl', 'parquet'],
  } as const;
}

/** A run that is asked to stop when the MIDI stage has saved 16 pairs; neither it nor all pairs are done then. */
export async function stopEarly(inputFile: string, outputDir: string, more: ProcessOptions = {}): Promise<void> {
  const stop = new AbortController();
  await processPairs(
    { ...smallRun(inputFile, outputDir), ...more },
    {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'saved' && event.stage === 'midi' && event.progress.saved >= 16) stop.abort();
      },
    },
  );
}

/** The same options on the command line. */
export function processArguments(inputFile: string, outputDir: string, ...more: string[]): string[] {
  const options = ['--workers', '1', '--batch_size', '4', '--checkpoint_interval', '2', '--text_encoder', 'hashing'];
  const formats = ['--output_format', 'jsonl,parquet'];
  return ['process', '--input_file', inputFile, '--output_dir', outputDir, ...options, ...formats, ...more];
}

/** A copy of a folder that a test may change. */
export function copyOf(folder: string, parent: string, name: string): string {
  const copy = join(parent, name);
  cpSync(folder, copy, { recursive: true });
  return copy;
}
