import { describe, expect, it } from 'vitest';
import { createTokenizer, type Tokenizer } from '../../src/tokens/create-tokenizer.ts';
import { parseTokenizerConfig } from '../../src/tokens/parse-tokenizer-config.ts';
import { makeScore, makeTrack } from './random-score.ts';

function tokenizer(tokenization: string, config: object): Tokenizer {
  return createTokenizer(parseTokenizerConfig(JSON.stringify({ tokenization, config })));
}

function note(gap: number, pitch: number) {
  return { gap, duration: 240, pitch, velocity: 64 };
}

const NOTHING = { pitch_range: 0, drums_pitch_range: 0, programs: 0, bars: 0, meters: [], tempos: 0 };

describe('what a tokenizer leaves out is counted', () => {
  it('nothing, where all is said', () => {
    const score = makeScore({ tracks: [makeTrack(0, 0, false, [note(0, 60)])] });
    expect(tokenizer('REMI', {}).encode(score).losses).toEqual(NOTHING);
  });

  it('notes out of the range of pitches, and of that of drums', () => {
    const melody = makeTrack(0, 0, false, [note(0, 20), note(0, 60), note(0, 110)]);
    const drums = makeTrack(1, 0, true, [note(0, 26), note(0, 36)]);
    const { losses } = tokenizer('TSD', {}).encode(makeScore({ tracks: [melody, drums] }));
    expect(losses).toEqual({ ...NOTHING, pitch_range: 2, drums_pitch_range: 1 });
  });

  it('notes of programs that are not used', () => {
    const tracks = [makeTrack(0, 0, false, [note(0, 60)]), makeTrack(1, 5, false, [note(0, 60), note(0, 62)])];
    const { losses } = tokenizer('REMI', { use_programs: true, programs: [0] }).encode(makeScore({ tracks }));
    expect(losses).toEqual({ ...NOTHING, programs: 2 });
  });

  it.each(['Octuple', 'MuMIDI'])('notes after the last bar of %s', (tokenization) => {
    const bars = Array.from({ length: 5 }, (_, bar) => note(bar === 0 ? 0 : 1920, 60));
    const config = { use_tempos: true, additional_params: { max_bar_embedding: 3 } };
    const { losses } = tokenizer(tokenization, config).encode(makeScore({ tracks: [makeTrack(0, 0, false, bars)] }));
    expect(losses).toEqual({ ...NOTHING, bars: 2 });
  });

  it('meters and tempos that the tokenizer lacks, where it speaks of any', () => {
    const odd = {
      ...makeScore({ tracks: [makeTrack(0, 0, false, [note(0, 60)])] }),
      timeSignatures: {
        tick: Float64Array.of(0, 960),
        numerator: Uint16Array.of(11, 4),
        denominator: Uint16Array.of(8, 4),
      },
      tempos: { tick: Float64Array.of(0, 960), microsecondsPerQuarter: Float64Array.of(100_000, 500_000) },
    };
    const losses = (config: object) => tokenizer('REMI', config).encode(odd).losses;
    expect(losses({ use_time_signatures: true, use_tempos: true })).toMatchObject({ meters: ['11/8'], tempos: 1 });
    expect(losses({ use_time_signatures: false })).toMatchObject({ meters: [], tempos: 0 });
  });
});
