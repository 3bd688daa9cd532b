import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeScore } from '../../src/augmentation/change-score.ts';
import { fittingGrid } from '../../src/augmentation/fitting-grid.ts';
import { isUnchanged, type MusicChange, NO_CHANGE } from '../../src/augmentation/music-change.ts';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { keySignatureName } from '../../src/features/pitch-names.ts';
import { decodeMidi } from '../../src/midi/decode-midi.ts';
import { encodeMidi } from '../../src/midi/encode-midi.ts';
import { DEFAULT_LIMITS } from '../../src/midi/limits.ts';
import { DEFAULT_CHOICES } from '../../src/midi/reading-choices.ts';
import type { Score } from '../../src/midi/score.ts';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { randomScore } from '../tokens/random-score.ts';

const LIMITS = { ...DEFAULT_LIMITS, durationSeconds: 1e9, bars: 1e9 };
const ANY = { pitches: [0, 128], tempos: [0, Number.POSITIVE_INFINITY] } as const;
const change: fc.Arbitrary<MusicChange> = fc.record({
  transpose: fc.integer({ min: -24, max: 24 }),
  tempo: fc.constantFrom(0.5, 0.9, 1, 1.05, 2),
  velocity: fc.integer({ min: -60, max: 60 }),
});
/** A file that says what a score does, read with its messages. */
function readBack(score: Score): Score {
  const read = decodeMidi(encodeMidi(score), LIMITS, undefined, { ...DEFAULT_CHOICES, messages: true });
  if (!read.ok) throw new Error(read.error.message);
  return read.score;
}
const fits = (score: Score, { transpose, tempo }: MusicChange): boolean => {
  const grid = fittingGrid(score, { transpose: [transpose], tempo: [tempo], velocity: [0] }, ANY);
  return grid.transpose.length + grid.tempo.length === 2;
};

describe('a changed score', () => {
  it('has the pitches of all but drums moved, velocities within MIDI, and times as they were', () => {
    fc.assert(
      fc.property(randomScore, change, (score, wanted) => {
        fc.pre(fits(score, wanted));
        const changed = changeScore(score, wanted);
        for (const [at, track] of score.tracks.entries()) {
          const { notes } = changed.tracks[at] ?? track;
          const up = track.isDrum ? 0 : wanted.transpose;
          expect([...notes.pitch]).toEqual([...track.notes.pitch].map((pitch) => pitch + up));
          const louder = [...track.notes.velocity].map((each) => Math.max(1, Math.min(127, each + wanted.velocity)));
          expect([...notes.velocity]).toEqual(louder);
          expect([notes.onset, notes.duration]).toEqual([track.notes.onset, track.notes.duration]);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('is the same as the score of its file, and has the ids of AMT of that file', () => {
    const amt = createTokenizer(presetConfig('amt'));
    fc.assert(
      fc.property(randomScore, change, (score, wanted) => {
        // AMT takes the programs of a channel for those of all tracks.
        const tracks = score.tracks.map((track, at) => ({ ...track, channel: track.isDrum ? 9 : at }));
        const read = readBack({ ...score, tracks });
        fc.pre(fits(read, wanted) && !isUnchanged(wanted));
        const changed = changeScore(read, wanted);
        const again = readBack(changed);
        expect(again.tracks.map(({ notes }) => notes)).toEqual(changed.tracks.map(({ notes }) => notes));
        expect([...again.tempos.microsecondsPerQuarter]).toEqual([...changed.tempos.microsecondsPerQuarter]);
        expect(amt.encode(changed).streams).toEqual(amt.encode(again).streams);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('goes at another tempo from its beginning, also where the file states none there', () => {
    const score = {
      ...empty,
      tempos: { tick: Float64Array.of(480), microsecondsPerQuarter: Float64Array.of(400_000) },
    };
    const { tempos } = changeScore(score, { ...NO_CHANGE, tempo: 0.8 });
    expect([[...tempos.tick], [...tempos.microsecondsPerQuarter]]).toEqual([
      [0, 480],
      [625_000, 500_000],
    ]);
    expect([...changeScore(empty, { ...NO_CHANGE, tempo: 1.25 }).tempos.microsecondsPerQuarter]).toEqual([400_000]);
  });

  it.each([
    [0, 0, 2, 'D major'],
    [0, 0, 6, 'F# major'],
    [0, 1, 6, 'Eb minor'],
    [-3, 0, -1, 'D major'],
    [4, 1, 3, 'E minor'],
    [7, 0, 1, 'D major'],
    [-7, 0, 12, 'Cb major'],
  ])('of %i sharps (minor: %i) has %i semitones up the key signature of its key', (sharps, minor, transpose, name) => {
    const keySignatures = { tick: Float64Array.of(0), sharps: Int8Array.of(sharps), minor: Uint8Array.of(minor) };
    const { keySignatures: moved } = changeScore({ ...empty, keySignatures }, { ...NO_CHANGE, transpose });
    expect(keySignatureName(moved.sharps[0] ?? 99, minor === 1)).toBe(name);
  });

  it('has the features of its piece, moved', () => {
    fc.assert(
      fc.property(randomScore, fc.integer({ min: -6, max: 6 }), (score, transpose) => {
        fc.pre(fits(score, { ...NO_CHANGE, transpose }));
        const [before, after] = [score, changeScore(score, { ...NO_CHANGE, transpose })].map((each) =>
          extractFeatures(each),
        );
        expect(after?.n_notes).toBe(before?.n_notes);
        expect(after?.duration_seconds).toBe(before?.duration_seconds);
        const turned = before?.pitch_class_histogram?.map((_, at, all) => all[(((at - transpose) % 12) + 12) % 12]);
        if (turned !== undefined && score.tracks.every(({ isDrum }) => !isDrum))
          expect(after?.pitch_class_histogram).toEqual(turned);
      }),
      { numRuns: 60, seed: 9 },
    );
  });
});

describe('the values that fit', () => {
  const scoreOf = (pitches: readonly number[], tempo = 500_000): Score => {
    const count = pitches.length;
    const notes = {
      onset: Float64Array.from(pitches, (_, at) => at * 480),
      duration: new Float64Array(count).fill(480),
      pitch: Uint8Array.from(pitches),
      velocity: new Uint8Array(count).fill(64),
    };
    const track = { ...emptyTrack, notes };
    const drums = {
      ...emptyTrack,
      isDrum: true,
      channel: 9,
      notes: { ...notes, pitch: new Uint8Array(count).fill(127) },
    };
    const tempos = { tick: Float64Array.of(0), microsecondsPerQuarter: Float64Array.of(tempo) };
    return { ...empty, tracks: [track, drums], tempos };
  };
  const grid = { transpose: [-30, -12, 0, 12, 30], tempo: [0.5, 1, 2], velocity: [0] };
  const transpositions = (pitches: readonly number[], range: readonly [number, number]) =>
    fittingGrid(scoreOf(pitches), grid, { ...ANY, pitches: range }).transpose;

  it('take no note out of MIDI, nor out of the pitches of the tokenizer; drums are not asked', () => {
    expect(transpositions([60, 72], [0, 128])).toEqual([-30, -12, 0, 12, 30]);
    expect(transpositions([60, 72], [21, 109])).toEqual([-30, -12, 0, 12, 30]);
    expect(transpositions([60, 100], [21, 109])).toEqual([-30, -12, 0]);
    expect(transpositions([30, 60], [21, 109])).toEqual([0, 12, 30]);
    expect(transpositions([1, 126], [0, 128])).toEqual([0]);
  });

  it('may leave outside what the tokenizer leaves out already, but not MIDI', () => {
    expect(transpositions([15, 60], [21, 109])).toEqual([-12, 0, 12, 30]);
  });

  it('have no more tempos beyond those of the tokenizer than there are', () => {
    const tempos = (tempo: number) => fittingGrid(scoreOf([60], tempo), grid, { ...ANY, tempos: [40, 250] }).tempo;
    expect(tempos(500_000)).toEqual([0.5, 1, 2]);
    expect(tempos(300_000)).toEqual([0.5, 1]);
    expect(tempos(1_000_000)).toEqual([1, 2]);
    expect(tempos(2_000_000)).toEqual([0.5, 1, 2]);
    expect(fittingGrid(scoreOf([60], 0xffffff), grid, ANY).tempo).toEqual([1, 2]);
  });
});

const none = new Float64Array(0);
const emptyTrack = {
  program: 0,
  channel: 0,
  midiTrack: 0,
  isDrum: false,
  name: '',
  controls: { tick: none, number: new Uint8Array(0), value: new Uint8Array(0) },
  pitchBends: { tick: none, value: new Int16Array(0) },
  pedals: { onset: none, duration: none },
  lyrics: [],
};
const empty: Score = {
  format: 1,
  ticksPerQuarter: 480,
  tracks: [],
  tempos: { tick: none, microsecondsPerQuarter: none },
  timeSignatures: { tick: none, numerator: new Uint16Array(0), denominator: new Uint16Array(0) },
  keySignatures: { tick: none, sharps: new Int8Array(0), minor: new Uint8Array(0) },
  markers: [],
  texts: [],
  endTick: 0,
  repairs: {},
};
