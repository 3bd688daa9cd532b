import { expect, it } from 'vitest';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { encodeMidi } from '../../src/midi/encode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import type { Score } from '../../src/midi/score.ts';
import { createTokenizer, type Tokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';

/** What the real MidiTok 3.1.0 gives for these, found by `npm run test:peers -- miditok/decode --configs 5000 --seed 792`. */
function tokenizerOf(tokenization: string, config: object): Tokenizer {
  return createTokenizer(parseTokenizerConfig(JSON.stringify({ tokenization, config })));
}

function decoded(tokenizer: Tokenizer, ...streams: readonly (readonly string[])[]): Score {
  const ids = streams.map((tokens) =>
    Uint16Array.from(tokens.map((token) => tokenizer.vocabulary.columns[0]?.tokens.indexOf(token) ?? -1)),
  );
  return tokenizer.decode({ layout: 'tracks', columns: 1, streams: ids });
}

const NOTE = ['Pitch_60', 'Velocity_127', 'Duration_1.0.8'];

it('a stream of Structured that says no program goes on with that of the stream before it, one of TSD does not', () => {
  const config = { use_programs: true, one_token_stream_for_programs: false };
  const programs = (tokenization: string): readonly number[] =>
    decoded(tokenizerOf(tokenization, config), ['Program_24', ...NOTE], NOTE).tracks.map(({ program }) => program);
  expect(programs('Structured')).toEqual([24, 24]);
  expect(programs('TSD')).toEqual([24, 0]);
});

it("a tempo of 0 is symusic's least number, and the slowest there is in a file", () => {
  const tokenizer = tokenizerOf('TSD', { use_tempos: true, tempo_range: [0, 170], num_tempos: 4 });
  const score = decoded(tokenizer, ['Tempo_0.0', ...NOTE]);
  expect([...score.tempos.microsecondsPerQuarter]).toEqual([-(2 ** 31)]);
  const read = decodeMidi(encodeMidi(score), DEFAULT_LIMITS);
  expect(read.ok && [...read.score.tempos.microsecondsPerQuarter]).toEqual([2 ** 24 - 1]);
});
