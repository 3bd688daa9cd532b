import { describe, expect, it } from 'vitest';
import type { Score } from '../../src/midi/score.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { makeScore, makeTrack } from './random-score.ts';

const PIANO = [{ gap: 0, duration: 480, pitch: 60, velocity: 64 }];

function tokens(tokenization: string, config: object, score: Score): readonly string[] {
  const tokenizer = createTokenizer(parseTokenizerConfig(JSON.stringify({ tokenization, config })));
  const { streams, columns } = tokenizer.encode(score);
  return [...(streams[0] ?? [])].map((id, at) => tokenizer.vocabulary.columns[at % columns]?.tokens[id] ?? 'none');
}

/** Files that MidiTok 3.1.0 raises an exception for: the table of docs/tokens.md. */
describe('where MidiTok fails, what it evidently means is said', () => {
  it('a pedal of any program is the one Pedal there is without programs', () => {
    const track = {
      ...makeTrack(0, 24, false, PIANO),
      pedals: { onset: Float64Array.of(0), duration: Float64Array.of(480) },
    };
    expect(tokens('TSD', { use_sustain_pedals: true }, makeScore({ tracks: [track] }))).toContain('Pedal_0');
  });

  it('a chord of no known quality is its number of notes, where that has a token', () => {
    const cluster = [60, 61, 62].map((pitch) => ({ gap: 0, duration: 480, pitch, velocity: 64 }));
    const score = makeScore({ tracks: [makeTrack(0, 0, false, cluster)] });
    expect(tokens('TSD', { use_chords: true, chord_unknown: [3, 6] }, score)).toContain('Chord_3');
    expect(tokens('TSD', { use_chords: true, chord_unknown: [4, 6] }, score).join()).not.toContain('Chord');
  });

  it('MuMIDI needs no tempo in the file where tempos are not said', () => {
    expect(tokens('MuMIDI', {}, makeScore({ tracks: [makeTrack(0, 0, false, PIANO)] }))).toContain('Pitch_60');
  });

  it('denominators need not be next to one another', () => {
    const timeSignatures = {
      tick: Float64Array.of(0, 1920),
      numerator: Uint16Array.of(4, 2),
      denominator: Uint16Array.of(4, 2),
    };
    const score = makeScore({ tracks: [makeTrack(0, 0, false, PIANO)], timeSignatures });
    const range = { 2: [2], 4: [4], 32: [4] };
    expect(tokens('TSD', { time_signature_range: range }, score)).toContain('TimeSig_2/2');
  });

  it.each([
    ['REMI', { additional_params: { max_bar_embedding: 1 } }, 'Bar_1'],
    [
      'PerTok',
      { additional_params: { ticks_per_quarter: 96, use_microtiming: false, max_microtiming_shift: 0 } },
      '7/8',
    ],
  ])('but what %s has no token for is refused, by its name', (tokenization, config, missing) => {
    const timeSignatures = { tick: Float64Array.of(0), numerator: Uint16Array.of(7), denominator: Uint16Array.of(8) };
    const late = [...PIANO, { gap: 4000, duration: 480, pitch: 60, velocity: 64 }];
    const score = makeScore({ tracks: [makeTrack(0, 0, false, late)], timeSignatures });
    expect(() => tokens(tokenization, config, score)).toThrow(
      expect.objectContaining({ code: 'token_missing', message: expect.stringContaining(missing) }),
    );
  });
});
