import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import type { Score } from '../../src/midi/score.ts';
import { goldenDirectory, readMidi, skipReason } from '../midi/shared-data.ts';

/** One file as MidiTok tokenized it under one configuration. */
export interface GoldenTokens {
  readonly path: string;
  readonly stream: 'single' | 'tracks';
  /** Ids of each stream, rows one after the other. */
  readonly streams: readonly (readonly number[])[];
  /** Whether signatures of several denominators are left after preprocessing. */
  readonly mixesDenominators: boolean;
}

/** One gap of 77 hours: MidiTok tokenizes it, the reader's default limits refuse it. */
const WIDE_LIMITS = { ...DEFAULT_LIMITS, durationSeconds: 1e9, bars: 1e9 };

/** Names of the golden configurations; none where the files are not there. */
export const goldenConfigs: readonly string[] =
  skipReason === undefined
    ? readdirSync(goldenDirectory)
        .filter((name) => name.endsWith('.tokenizer.json'))
        .map((name) => name.slice(0, -'.tokenizer.json'.length))
    : [];

export function readGoldenText(name: string): string {
  return readFileSync(join(goldenDirectory, name), 'utf8');
}

/** The files that MidiTok tokenizes under a configuration; those that it refuses are left out. */
export function readGoldenTokens(config: string): readonly GoldenTokens[] {
  const lines = gunzipSync(readFileSync(join(goldenDirectory, `${config}.jsonl.gz`)))
    .toString()
    .trimEnd()
    .split('\n');
  return lines.flatMap((line) => {
    const file = JSON.parse(line);
    if (file.error !== undefined) return [];
    const denominators = new Set(file.pre.ts.map(([, , denominator]: readonly number[]) => denominator));
    return {
      path: file.path,
      stream: file.stream,
      streams: file.seqs.map((sequence: { readonly ids: readonly number[] }) => sequence.ids.flat()),
      mixesDenominators: denominators.size > 1,
    };
  });
}

const scores = new Map<string, Score>();

/** The score of a shared file, decoded once. */
export function readScore(path: string): Score {
  let score = scores.get(path);
  if (score === undefined) {
    const outcome = decodeMidi(readMidi(path), WIDE_LIMITS);
    if (!outcome.ok) throw new Error(`${path}: ${outcome.error.message}`);
    score = outcome.score;
    scores.set(path, score);
  }
  return score;
}
