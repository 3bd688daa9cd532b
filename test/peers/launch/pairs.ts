import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataDirectory } from '../../midi/shared-data.ts';

export const MIDILOOM = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../../data/', import.meta.url));
const TIMES = 6;

/** What a run is told that makes a data set of the 909 pairs of POP909, or of the sample data several times where those are not there. */
export function inputWords(folder: string): readonly string[] {
  const pop909 = join(dataDirectory, 'pairs', 'pop909.json');
  if (existsSync(pop909)) return ['--input_file', pop909, '--midi_root', dataDirectory, ...SLOWLY];
  const lines = readFileSync(join(SAMPLE, 'pairs.jsonl'), 'utf8').trim().split('\n');
  const file = join(folder, 'pairs.jsonl');
  writeFileSync(file, Array(TIMES).fill(lines.join('\n')).join('\n'));
  return ['--input_file', file, '--midi_root', SAMPLE, ...SLOWLY];
}

/** A save after every pair: time to be disturbed in, and many places to go on at. */
const SLOWLY = ['--text_encoder', 'hashing', '--workers', '1', '--batch_size', '1', '--checkpoint_interval', '1'];
