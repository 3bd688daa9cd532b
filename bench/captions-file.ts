/**
 * What captions in a file of their own (`--captions_file`) take in memory, beside a list of as many MIDI files.
 *
 *     node --expose-gc --import tsx bench/captions-file.ts [CAPTIONS]
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPlan } from '../src/manifest/open-plan.ts';
import { makeCaptions } from './captions.ts';

const CAPTIONS = Number(process.argv[2] ?? 200_000);
const DIFFERENT = 1000;
const folder = mkdtempSync(join(tmpdir(), 'midiloom-captions-file-'));
try {
  const captions = makeCaptions(DIFFERENT, 1);
  const pathOf = (at: number): string => `lmd_full/${at % 16}/${String(at).padStart(32, '0')}.mid`;
  const write = (file: string, line: (at: number) => object): void => {
    const descriptor = openSync(file, 'w');
    for (let at = 0; at < CAPTIONS; at++) writeSync(descriptor, `${JSON.stringify(line(at))}\n`);
    closeSync(descriptor);
  };
  const inputFile = join(folder, 'files.jsonl');
  const captionsFile = join(folder, 'captions.jsonl');
  write(inputFile, (at) => ({ midi_file: pathOf(at) }));
  write(captionsFile, (at) => ({ file_name: pathOf(at), caption: `${at}: ${captions[at % DIFFERENT]}` }));
  const bytes = (): number => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = bytes();
  const begin = process.cpuUsage();
  const plan = await openPlan({ inputFile, captionsFile });
  const { user, system } = process.cpuUsage(begin);
  const each = Math.round((bytes() - before) / CAPTIONS);
  console.log(
    `${plan.counts.withText} captions joined in ${((user + system) / 1e6).toFixed(1)} s of CPU: ${each} bytes each`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
