import { describe, expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { buildScore, type ScoreSketch } from './build-score.ts';

/** Two bars of 4/4 of one long note. */
const TWO_BARS = { tracks: [{ notes: [[0, 3840, 60]] }] } as const satisfies ScoreSketch;

describe('tempo', () => {
  test('is 120 by the MIDI standard, and not stated, where the file has no tempo', () => {
    expect(extractFeatures(buildScore(TWO_BARS))).toMatchObject({
      tempo_bpm: 120,
      tempo_bpm_initial: 120,
      tempo_changes: 0,
      tempo_is_stated: false,
      duration_seconds: 4,
    });
  });

  test('is the median weighted by seconds, not by events or ticks', () => {
    // One bar at 60 (4 s), then half a bar at 120 and half a bar at 240 (1 s and 0.5 s).
    const tempos = [
      [0, 1_000_000],
      [1920, 500_000],
      [2880, 250_000],
    ] as const;
    expect(extractFeatures(buildScore({ ...TWO_BARS, tempos }))).toMatchObject({
      tempo_bpm: 60,
      tempo_bpm_initial: 60,
      tempo_bpm_min: 60,
      tempo_bpm_max: 240,
      tempo_changes: 2,
      duration_seconds: 5.5,
      tempo_is_stated: true,
    });
  });

  test('counts no change where a tempo is restated, overridden at once or set after the end', () => {
    const tempos = [
      [0, 100_000],
      [0, 500_000],
      [960, 500_000],
      [5000, 250_000],
    ] as const;
    expect(extractFeatures(buildScore({ ...TWO_BARS, tempos }))).toMatchObject({
      tempo_bpm: 120,
      tempo_bpm_initial: 120,
      tempo_bpm_max: 120,
      tempo_changes: 0,
    });
  });

  test.each([
    [40, 'Grave', 'Slow'],
    [60, 'Largo', 'Slow'],
    [66, 'Adagio', 'Slow'],
    [80, 'Andante', 'Slow'],
    [108, 'Moderato', 'Moderate tempo'],
    [125, 'Allegro', 'Fast'],
    [150, 'Vivace', 'Fast'],
    [200, 'Presto', 'Very fast'],
    [240, 'Prestissimo', 'Very fast'],
  ])('of %d has the words of MidiCaps: %s, %s', (bpm, term, word) => {
    const score = buildScore({ ...TWO_BARS, tempos: [[0, Math.round(60e6 / bpm)]] });
    expect(extractFeatures(score)).toMatchObject({ tempo_term: term, tempo_word: word });
  });
});

describe('duration', () => {
  test.each([
    [30, 'Short fragment'],
    [31, 'Short song'],
    [120, 'Short song'],
    [121, 'Song'],
    [300, 'Song'],
    [301, 'Long piece'],
  ])('of %d s is called %s', (seconds, word) => {
    const score = buildScore({ tracks: [{ notes: [[0, seconds * 960, 60]] }] });
    expect(extractFeatures(score)).toMatchObject({ duration_seconds: seconds, duration_word: word });
  });
});

describe('meter', () => {
  test('is 4/4, and not stated, where the file has none', () => {
    expect(extractFeatures(buildScore(TWO_BARS))).toMatchObject({
      time_signature: '4/4',
      time_signatures: ['4/4'],
      time_signature_is_stated: false,
      bars: 2,
      beats: 8,
    });
  });

  test('of the file is the one that holds longest; bars and beats follow every change', () => {
    const meters = [
      [0, 3, 4],
      [1440, 6, 8],
    ] as const;
    const score = buildScore({ tracks: [{ notes: [[0, 1440 + 3 * 1440, 60]] }], meters });
    expect(extractFeatures(score)).toMatchObject({
      time_signature: '6/8',
      time_signatures: ['3/4', '6/8'],
      time_signature_changes: 1,
      time_signature_is_stated: true,
      bars: 4,
      beats: 3 + 18,
    });
  });

  test('counts the bar that the last note only begins', () => {
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 480, 60],
            [1920, 10, 60],
          ],
        },
      ],
    });
    expect(extractFeatures(score)).toMatchObject({ bars: 2, beats: 5 });
  });

  test('lists at most 32 of the distinct signatures of a hostile file', () => {
    const meters = Array.from({ length: 200 }, (_, i) => [i * 480, i + 1, 4] as const);
    const score = buildScore({ tracks: [{ notes: [[0, 480 * 300, 60]] }], meters });
    expect(extractFeatures(score).time_signatures).toHaveLength(32);
  });
});
