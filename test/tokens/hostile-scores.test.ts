import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Score } from '../../src/midi/score.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { PRESET_NAMES, presetConfig } from '../../src/tokens/preset-config.ts';
import { makeScore, makeTrack, randomScore } from './random-score.ts';

const farNote = [{ gap: 2 ** 31 - 100, duration: 1, pitch: 60, velocity: 64 }];

describe('a score that no music has', () => {
  it('with bars without end, on every track, is refused before they fill the memory', () => {
    const tokenizer = createTokenizer(
      parseTokenizerConfig('{"tokenization": "REMI", "config": {"use_time_signatures": false}}'),
    );
    const tracks = Array.from({ length: 100 }, (_, index) => makeTrack(index, 0, false, farNote));
    const score = makeScore({ ticksPerQuarter: 960, tracks });
    expect(() => tokenizer.encode(score)).toThrow(expect.objectContaining({ code: 'too_many_tokens' }));
    expect(tokenizer.encode(makeScore({})).streams).toEqual([new Uint16Array(0)]);
  });

  it('whose ticks do not fit 31 bits on the grid of the tokenizer is refused', () => {
    const tokenizer = createTokenizer(presetConfig('tsd'));
    const score = makeScore({ ticksPerQuarter: 1, tracks: [makeTrack(0, 0, false, farNote)] });
    expect(() => tokenizer.encode(score)).toThrow(expect.objectContaining({ code: 'ticks_too_large' }));
  });

  it('whose time signature changes its denominator all the time does not cost time', () => {
    const config = presetConfig('remi');
    const count = 20_000;
    const notes = Array.from({ length: count }, () => ({ gap: 480, duration: 240, pitch: 60, velocity: 64 }));
    const score = makeScore({
      tracks: [makeTrack(0, 0, false, notes)],
      timeSignatures: {
        tick: Float64Array.from({ length: count }, (_, index) => index * 1440),
        numerator: new Uint16Array(count).fill(3),
        denominator: Uint16Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 4 : 8)),
      },
    });
    expect(createTokenizer(config).encode(score).streams[0]?.length).toBeGreaterThan(count);
    // Before 3.1 MidiTok looked for each change among all notes.
    const old = createTokenizer({ ...config, miditok: '3.0.6' });
    expect(() => old.encode(score)).toThrow(expect.objectContaining({ code: 'too_many_time_signatures' }));
  });

  it.each(PRESET_NAMES)('with 200,000 notes at one tick is tokenized: %s', (name) => {
    const notes = Array.from({ length: 200_000 }, (_, index) => ({
      gap: 0,
      duration: 1 + (index % 5000),
      pitch: index % 128,
      velocity: 1 + (index % 127),
    }));
    const score = makeScore({ tracks: [makeTrack(0, 0, false, notes), makeTrack(1, 0, false, notes)] });
    const [ids] = createTokenizer(presetConfig(name)).encode(score).streams;
    expect(ids?.length).toBeGreaterThan(400_000);
  });
});

describe('encoding', () => {
  it('does not change the score, and gives the same ids again whatever came between', () => {
    const tokenizers = PRESET_NAMES.map((name) => createTokenizer(presetConfig(name)));
    fc.assert(
      fc.property(randomScore, randomScore, (score, other) => {
        const before = contentOf(score);
        for (const tokenizer of tokenizers) {
          const first = tokenizer.encode(score);
          tokenizer.encode(other);
          expect(tokenizer.encode(score)).toEqual(first);
        }
        expect(contentOf(score)).toBe(before);
      }),
      { numRuns: 50 },
    );
  });
});

function contentOf(score: Score): string {
  return JSON.stringify(score, (_, value: unknown) => (ArrayBuffer.isView(value) ? String(value) : value));
}
