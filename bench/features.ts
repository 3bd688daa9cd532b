/**
 * What describing a file costs, on one core: `npx tsx bench/features.ts [rounds]`. Prints the CPU time per POP909 file of
 * decoding, of decoding to REMI ids, and of that with features, and with features and hashes; medians over rounds that
 * take turns. Machines differ, so only the ratios of one run say something.
 */
import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { extractFeatures } from '../src/features/extract-features.ts';
import { mergeNotes } from '../src/features/merged-notes.ts';
import { noteContentHash } from '../src/features/note-content.ts';
import { decodeMidi } from '../src/midi/decode-midi.ts';
import type { Score } from '../src/midi/score.ts';
import { createTokenizer } from '../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../src/tokens/preset-config.ts';

const folder = fileURLToPath(new URL('../../shared/data/midi/pop909/', import.meta.url));
const rounds = Number(process.argv[2] ?? 15);
const tokenizer = createTokenizer(presetConfig('remi'));

const STAGES: readonly (readonly [name: string, run: (bytes: Uint8Array) => void])[] = [
  ['decode', decode],
  ['decode, REMI ids', encode],
  ['decode, REMI ids, features', (bytes) => extractFeatures(encode(bytes))],
  ['decode, REMI ids, features, hashes', describeAndHash],
];

if (existsSync(folder)) compare(readFiles());
else console.log(`skipped: ${folder} is not there`);

function readFiles(): Uint8Array[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.mid'));
  return names.map((name) => new Uint8Array(readFileSync(`${folder}${name}`)));
}

function compare(files: readonly Uint8Array[]): void {
  const times = STAGES.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, [, run]] of STAGES.entries()) {
      const before = process.cpuUsage();
      for (const bytes of files) run(bytes);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[index]?.push((user + system) / files.length);
    }
  }
  const medians = times.map((list) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0);
  const withoutFeatures = medians[1] ?? 0;
  for (const [index, [name]] of STAGES.entries()) {
    const microseconds = medians[index] ?? 0;
    const rate = (withoutFeatures / microseconds).toFixed(2);
    console.log(
      `${name.padEnd(36)} ${microseconds.toFixed(0).padStart(5)} us a file   ${rate} x the rate without features`,
    );
  }
}

function decode(bytes: Uint8Array): Score {
  const outcome = decodeMidi(bytes);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.score;
}

function encode(bytes: Uint8Array): Score {
  const score = decode(bytes);
  tokenizer.encode(score);
  return score;
}

function describeAndHash(bytes: Uint8Array): void {
  const score = encode(bytes);
  const notes = mergeNotes(score);
  extractFeatures(score, notes);
  noteContentHash(score, notes);
  hash('sha256', bytes);
  hash('md5', bytes);
}
