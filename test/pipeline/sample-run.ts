import { fileURLToPath } from 'node:url';

/** The project's own sample: about 48 good pairs and a few bad ones. */
export const SAMPLE = fileURLToPath(new URL('../../data/pairs.jsonl', import.meta.url));

/** Arguments of a run over the sample with many small batches and checkpoints, so that there is much to interrupt. */
export function sampleArguments(outputDir: string, ...more: string[]): string[] {
  return [
    'process',
    '--input_file',
    SAMPLE,
    '--output_dir',
    outputDir,
    '--text_encoder',
    'hashing',
    '--workers',
    '2',
    '--batch_size',
    '2',
    '--checkpoint_interval',
    '2',
    '--output_format',
    'parquet,jsonl',
    ...more,
  ];
}
