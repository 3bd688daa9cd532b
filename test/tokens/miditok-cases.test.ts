import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { NO_TOKEN } from '../../src/tokens/vocabulary.ts';
import { scoreDifference } from '../peers/miditok/compare-scores.ts';
import { type MidiEvents, writeMidi } from '../peers/miditok/midi-events.ts';
import type { ScoreRows } from '../peers/miditok/miditok.ts';

/** A file under a configuration as MidiTok 3.1.0 has it; `config` is text, as the order of its keys counts. */
interface Case {
  readonly name?: string;
  readonly tokenization: string;
  readonly config: string;
  readonly midi: MidiEvents;
  readonly streams: readonly (readonly (number | readonly number[])[])[];
  readonly decoded: ScoreRows;
}

/** Made by `test/peers/miditok/keep-cases.ts`. */
const cases: readonly Case[] = readFileSync(fileURLToPath(new URL('miditok-cases.jsonl', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const WIDE_LIMITS = { ...DEFAULT_LIMITS, durationSeconds: 1e12, bars: 1e12 };

describe('MidiTok 3.1.0', () => {
  it.each(cases.map((one, index) => [one.name ?? `${one.tokenization} ${index}`, one] as const))(
    'has the ids and the score that we have: %s',
    (_, { tokenization, config, midi, streams, decoded }) => {
      const tokenizer = createTokenizer(
        parseTokenizerConfig(`{"tokenization": "${tokenization}", "config": ${config}}`),
      );
      const read = decodeMidi(writeMidi(midi), WIDE_LIMITS);
      if (!read.ok) throw new Error(read.error.message);
      const encoded = tokenizer.encode(read.score);
      // Rows of MuMIDI are not equally long.
      const ids = encoded.streams.map((stream) => [...stream].filter((id) => id !== NO_TOKEN));
      expect(ids).toEqual(streams.map((stream) => stream.flat()));
      expect(scoreDifference(tokenizer.decode(encoded), decoded)).toBeUndefined();
    },
  );
});
