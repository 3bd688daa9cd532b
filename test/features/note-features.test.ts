import { describe, expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { buildScore, pianoScore } from './build-score.ts';

describe('notes', () => {
  test('are counted per second and per quarter of the whole length', () => {
    // Two bars of 4/4 at 120: 4 seconds, 8 quarters.
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 240, 60, 100],
            [960, 480, 62, 50],
          ],
        },
      ],
      endTick: 3840,
    });
    expect(extractFeatures(score)).toMatchObject({
      n_notes: 2,
      notes_per_second: 0.5,
      notes_per_beat: 0.25,
      note_duration_mean: 0.75,
      velocity_mean: 75,
      velocity_std: 25,
      velocity_min: 50,
      velocity_max: 100,
      n_velocities_used: 2,
    });
  });

  test('have a pitch range, mean and entropy without drums', () => {
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 480, 60],
            [480, 480, 60],
            [960, 480, 64],
            [1440, 480, 72],
          ],
        },
        { isDrum: true, notes: [[0, 480, 35]] },
      ],
    });
    expect(extractFeatures(score)).toMatchObject({
      n_notes: 5,
      pitch_min: 60,
      pitch_max: 72,
      pitch_range: 12,
      pitch_mean: 64,
      n_pitches_used: 3,
      pitch_entropy: 1.5,
    });
  });
});

describe('polyphony, as muspy counts it', () => {
  test('is the mean over the steps where anything sounds', () => {
    // One pitch for a quarter, two for a quarter, three for a quarter, silence for a quarter.
    const features = extractFeatures(
      buildScore({
        tracks: [
          {
            notes: [
              [0, 1440, 60],
              [480, 960, 64],
              [960, 480, 67],
            ],
          },
        ],
        endTick: 1920,
      }),
    );
    expect(features).toMatchObject({ polyphony: 2, polyphony_max: 3, polyphony_rate: 0.25, silence_ratio: 0.25 });
  });

  test('counts a pitch once, however many notes hold it', () => {
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 480, 60],
            [240, 1680, 60],
          ],
        },
        { program: 40, notes: [[0, 1920, 60]] },
      ],
    });
    expect(extractFeatures(score)).toMatchObject({ polyphony: 1, polyphony_max: 1, polyphony_rate: 0 });
  });

  test('leaves out drums, but drums are no silence', () => {
    const score = buildScore({
      tracks: [
        { notes: [[0, 960, 60]] },
        {
          isDrum: true,
          notes: [
            [0, 480, 36],
            [960, 480, 38],
          ],
        },
      ],
      endTick: 1920,
    });
    expect(extractFeatures(score)).toMatchObject({ polyphony: 1, polyphony_max: 1, silence_ratio: 0.25 });
  });
});

test('a score without notes has zeros and nulls', () => {
  expect(extractFeatures(pianoScore())).toMatchObject({
    n_notes: 0,
    n_tracks: 0,
    bars: 0,
    beats: 0,
    duration_seconds: 0,
    notes_per_second: null,
    notes_per_beat: null,
    note_duration_mean: null,
    velocity_mean: null,
    polyphony: null,
    polyphony_max: 0,
    silence_ratio: null,
    empty_measure_rate: null,
    timing: null,
    key: null,
    programs: [],
    chords: [],
    chord_summary: [],
    chord_summary_count: 0,
  });
});

test('a single note without duration has a beat and a bar to be in', () => {
  expect(extractFeatures(pianoScore([1920, 0, 60]))).toMatchObject({
    n_notes: 1,
    bars: 2,
    beats: 5,
    empty_measure_rate: 0.5,
    empty_beat_rate: 0.8,
  });
});
