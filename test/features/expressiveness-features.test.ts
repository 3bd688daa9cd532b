import { describe, expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { metricLevel } from '../../src/features/metric-level.ts';
import { buildScore, type NoteRow, pianoScore } from './build-score.ts';

/** The definition of Lee et al. (TISMIR 2025), step by step. */
function levelByDefinition(tick: number, ticksPerQuarter: number): number {
  for (let i = 0; i < 6; i++) if (tick % (ticksPerQuarter / 2 ** i) === 0) return 2 * i;
  for (let i = 0; i < 6; i++) if ((tick * 3 * 2 ** i) % (2 * ticksPerQuarter) === 0) return 2 * i + 1;
  return 12;
}

describe('the metric level of an onset', () => {
  test.each([480, 96, 384, 120, 24, 100, 1])('is that of the definition at %d ticks per quarter', (ticksPerQuarter) => {
    for (let tick = 0; tick < 4 * ticksPerQuarter; tick++) {
      expect(metricLevel(tick, ticksPerQuarter), `tick ${tick}`).toBe(levelByDefinition(tick, ticksPerQuarter));
    }
  });

  test('is right far from the start, at the highest resolution', () => {
    expect(metricLevel(4e9, 32767)).toBe(levelByDefinition(4e9, 32767));
    expect(metricLevel(32767 * 100_000, 32767)).toBe(0);
  });
});

describe('timing', () => {
  test('is quantized where most onsets are on the grid', () => {
    const notes = Array.from({ length: 16 }, (_, i): NoteRow => [i * 120, 100, 60]);
    expect(extractFeatures(pianoScore(...notes))).toMatchObject({
      timing: 'quantized',
      on_grid_rate: 1,
      // Four quarters (0), four eighths (2), eight sixteenths (4): the mean of the middle two.
      note_onset_median_metric_level: 3,
      note_onset_deviation_ratio: 0.008333,
    });
  });

  test('is performed where they are not', () => {
    const notes = Array.from({ length: 16 }, (_, i): NoteRow => [i * 120 + 7, 100, 60, 60 + i]);
    expect(extractFeatures(pianoScore(...notes))).toMatchObject({
      timing: 'performed',
      on_grid_rate: 0,
      note_onset_median_metric_level: 12,
      note_velocity_ratio: 0.125984,
    });
  });
});

test('pedals, pitch bends, controls and lyrics are counted over all tracks', () => {
  const score = buildScore({ tracks: [{ notes: [[0, 480, 60]] }, { notes: [] }] });
  const [first, second] = score.tracks;
  if (first === undefined || second === undefined) throw new Error('two tracks were built');
  const tracks = [
    { ...first, pedals: { onset: Float64Array.of(0, 480), duration: Float64Array.of(10, 10) } },
    {
      ...second,
      pitchBends: { tick: Float64Array.of(1, 2, 3), value: Int16Array.of(1, 2, 3) },
      controls: { tick: Float64Array.of(5), number: Uint8Array.of(7), value: Uint8Array.of(100) },
      lyrics: [{ tick: 0, text: 'la' }],
    },
  ];
  expect(extractFeatures({ ...score, tracks })).toMatchObject({
    n_pedals: 2,
    n_pitch_bends: 3,
    n_controls: 1,
    n_lyrics: 1,
    n_tracks: 1,
  });
});
