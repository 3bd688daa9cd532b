import { describe, expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { findKey } from '../../src/features/find-key.ts';
import { buildScore, type NoteRow, pianoScore } from './build-score.ts';

const C_MAJOR_SCALE = [60, 62, 64, 65, 67, 69, 71];

/** Quarter notes one after the other. */
function melody(pitches: readonly number[]): NoteRow[] {
  return pitches.map((pitch, i) => [i * 480, 480, pitch]);
}

describe('the key', () => {
  test('of a profile itself is its key, with a correlation of 1', () => {
    const major = Float64Array.of(6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88);
    const found = findKey(major);
    expect(found?.best).toMatchObject({ tonic: 0, minor: false });
    expect(found?.best.correlation).toBeCloseTo(1, 12);
    expect(found?.runnerUp.correlation).toBeLessThan(1);
  });

  test('goes by how long each pitch class sounds', () => {
    const rows: NoteRow[] = [
      [0, 1920, 60],
      [1920, 960, 67],
      [2880, 960, 64],
      ...melody(C_MAJOR_SCALE).map(([onset, ...rest]): NoteRow => [3840 + onset, ...rest]),
    ];
    expect(extractFeatures(pianoScore(...rows))).toMatchObject({ key: 'C major' });
    const durations: Readonly<Record<number, number>> = { 9: 5000, 4: 2500, 0: 2500 };
    const inA = rows.map(([onset, , pitch]): NoteRow => [onset, durations[pitch % 12] ?? 300, pitch]);
    expect(extractFeatures(pianoScore(...inA))).toMatchObject({ key: 'A minor' });
  });

  test('is spelled with the fewest accidentals', () => {
    const triads = [
      ['Db major', [61, 65, 68]],
      ['Eb major', [63, 67, 70]],
      ['C# minor', [61, 64, 68]],
      ['G# minor', [68, 71, 75]],
      ['Bb minor', [58, 61, 65]],
    ] as const;
    for (const [name, pitches] of triads) {
      const score = pianoScore(...pitches.map((pitch): NoteRow => [0, 480, pitch]), [0, 960, pitches[0]]);
      expect(extractFeatures(score).key, name).toBe(name);
    }
  });

  test('is null, with everything that depends on pitch, where only drums play', () => {
    const score = buildScore({
      tracks: [
        {
          isDrum: true,
          notes: [
            [0, 240, 36],
            [480, 240, 38],
          ],
        },
      ],
    });
    expect(extractFeatures(score)).toMatchObject({
      key: null,
      key_confidence: null,
      key_runner_up: null,
      pitch_class_histogram: null,
      pitch_class_entropy: null,
      scale_consistency: null,
      pitch_range: null,
      polyphony: null,
      n_pitches_used: 0,
      chords: [],
    });
  });

  test('is null where all twelve pitch classes sound equally long', () => {
    const chromatic = melody(Array.from({ length: 12 }, (_, i) => 60 + i));
    expect(extractFeatures(pianoScore(...chromatic)).key).toBeNull();
  });

  test('is found by the number of notes where none has a duration', () => {
    const rows = [60, 60, 60, 64, 67, 67, 62, 65, 69, 71].map((pitch, i): NoteRow => [i * 480, 0, pitch]);
    expect(extractFeatures(pianoScore(...rows))).toMatchObject({ key: 'C major', pitch_class_durations: null });
  });
});

describe('pitch classes', () => {
  test('are shares from C upward, by notes and by time', () => {
    const features = extractFeatures(pianoScore([0, 480, 60], [0, 480, 72], [480, 960, 67], [1440, 1920, 71]));
    expect(features.pitch_class_histogram).toEqual([0.5, 0, 0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0.25]);
    expect(features.pitch_class_durations).toEqual([0.25, 0, 0, 0, 0, 0, 0, 0.25, 0, 0, 0, 0.5]);
    expect(features).toMatchObject({ n_pitch_classes_used: 3, pitch_class_entropy: 1.5 });
  });

  test('of a major scale are consistent with a scale, one foreign note in eight is not', () => {
    expect(extractFeatures(pianoScore(...melody(C_MAJOR_SCALE))).scale_consistency).toBe(1);
    expect(extractFeatures(pianoScore(...melody([...C_MAJOR_SCALE, 61]))).scale_consistency).toBe(0.875);
  });
});

describe('key signatures', () => {
  test('are named in order of appearance, restatements left out', () => {
    const keys = [
      [0, -3, 1],
      [480, -3, 1],
      [960, 6, 0],
      [1440, -3, 1],
      [1920, -7, 0],
    ] as const;
    const score = buildScore({ tracks: [{ notes: [[0, 4800, 60]] }], keys });
    expect(extractFeatures(score)).toMatchObject({
      key_signature: 'C minor',
      key_signatures: ['C minor', 'F# major', 'Cb major'],
      key_signature_changes: 3,
    });
  });

  test('are absent where the file states none', () => {
    expect(extractFeatures(pianoScore([0, 480, 60]))).toMatchObject({ key_signature: null, key_signatures: [] });
  });
});
