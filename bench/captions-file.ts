/**
 * What captions in a file of their own (`--captions_file`) take in memory, beside a list of as many MIDI files.
 *
 *     node --expose-gc --import tsx bench/captions-file.ts [CAPTIONS]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  const lines = (line: (at: number) => object): string =>
    `${Array.from({ length: CAPTIONS }, (_, at) => JSON.stringify(line(at))).join('\n')}\n`;
  const inputFile = join(folder, 'files.jsonl');
  const captionsFile = join(folder, 'captions.jsonl');
  writeFileSync(
    inputFile,
    lines((at) => ({ midi_file: pathOf(at) })),
  );
  writeFileSync(
    captionsFile,
    lines((at) => ({ file_name: pathOf(at), caption: `${at}: ${captions[at % DIFFERENT]}` })),
  );
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
