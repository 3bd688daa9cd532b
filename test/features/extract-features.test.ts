import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { FEATURES, type FeatureField, type MidiFeatures } from '../../src/features/feature-schema.ts';
import { mergeNotes } from '../../src/features/merged-notes.ts';
import { arbitrarySketch } from './arbitrary-score.ts';
import { buildScore, type ScoreSketch } from './build-score.ts';
import { problemsOf } from './check-features.ts';

describe('every score', () => {
  test('gives exactly the fields of the table, in their order, with their types and in their ranges', () => {
    fc.assert(
      fc.property(arbitrarySketch(), (sketch) => {
        expect(problemsOf(extractFeatures(buildScore(sketch)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('gives the same features whatever the order of its tracks', () => {
    fc.assert(
      fc.property(arbitrarySketch(), (sketch) => {
        const reversed = { ...sketch, tracks: [...sketch.tracks].reverse() };
        expect(withoutOrder(extractFeatures(buildScore(reversed)))).toEqual(
          withoutOrder(extractFeatures(buildScore(sketch))),
        );
      }),
    );
  });

  test('gives the same features a tone higher, but for the names of pitches, keys and chords', () => {
    fc.assert(
      fc.property(arbitrarySketch(), fc.integer({ min: 1, max: 12 }), (sketch, semitones) => {
        const low = { ...sketch, tracks: sketch.tracks.map((track) => moved(track, (pitch) => pitch % 100)) };
        const high = { ...low, tracks: low.tracks.map((track) => moved(track, (pitch) => pitch + semitones)) };
        const before = extractFeatures(buildScore(low));
        const after = extractFeatures(buildScore(high));
        expect(shapeOf(after)).toEqual(shapeOf(before));
        expect(rotated(after.pitch_class_histogram, semitones)).toEqual(before.pitch_class_histogram);
        expect(rotated(after.pitch_class_durations, semitones)).toEqual(before.pitch_class_durations);
        if (before.pitch_min !== null) expect(after.pitch_min).toBe(before.pitch_min + semitones);
      }),
    );
  });

  test('gives the same features at twice the ticks per quarter, but for what counts ticks', () => {
    fc.assert(
      fc.property(arbitrarySketch(), (sketch) => {
        // A note at the very end without duration is given one tick, which is another share of a finer quarter.
        const tracks = sketch.tracks.map((track) => ({
          ...track,
          notes: track.notes.filter(([, duration]) => duration > 0),
        }));
        const once = { ...sketch, tracks };
        const twice = doubled(once);
        expect(withoutTicks(extractFeatures(buildScore(twice)))).toEqual(
          withoutTicks(extractFeatures(buildScore(once))),
        );
      }),
    );
  });
});

test('the features of a score do not depend on the scores described before it', () => {
  fc.assert(
    fc.property(arbitrarySketch(), arbitrarySketch(), (first, second) => {
      const alone = structuredClone(extractFeatures(buildScore(first)));
      const kept = extractFeatures(buildScore(first));
      extractFeatures(buildScore(second));
      expect(kept).toEqual(alone);
      expect(extractFeatures(buildScore(first))).toEqual(alone);
    }),
  );
});

test('notes that were merged before are taken as they are', () => {
  const [sketch] = fc.sample(arbitrarySketch(), { numRuns: 1, seed: 7 });
  if (sketch === undefined) throw new Error('one sketch was asked for');
  const score = buildScore(sketch);
  expect(extractFeatures(score, mergeNotes(score))).toEqual(extractFeatures(score));
});

test('every field says what it means and where its definition is from', () => {
  for (const [name, field] of Object.entries<FeatureField>(FEATURES)) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(field.meaning, name).toMatch(/^\S.*\.$/);
    expect(field.source, name).not.toBe('');
  }
});

function moved(track: ScoreSketch['tracks'][number], move: (pitch: number) => number) {
  if (track.isDrum) return track;
  return {
    ...track,
    notes: track.notes.map(([on, length, pitch, velocity = 80]) => [on, length, move(pitch), velocity] as const),
  };
}

function doubled(sketch: ScoreSketch): ScoreSketch {
  return {
    ticksPerQuarter: 2 * (sketch.ticksPerQuarter ?? 480),
    tracks: sketch.tracks.map((track) => ({
      ...track,
      notes: track.notes.map(
        ([onset, duration, pitch, velocity = 80]) => [2 * onset, 2 * duration, pitch, velocity] as const,
      ),
    })),
    tempos: sketch.tempos?.map(([tick, tempo]) => [2 * tick, tempo] as const) ?? [],
    meters: sketch.meters?.map(([tick, numerator, denominator]) => [2 * tick, numerator, denominator] as const) ?? [],
    keys: sketch.keys?.map(([tick, sharps, minor]) => [2 * tick, sharps, minor] as const) ?? [],
    endTick: 2 * (sketch.endTick ?? 0),
  };
}

function rotated(histogram: readonly number[] | null, semitones: number): readonly number[] | null {
  return histogram === null ? null : histogram.map((_, i) => histogram[(i + semitones) % 12] ?? 0);
}

/** What transposition must leave as it is. */
function shapeOf(features: MidiFeatures) {
  const {
    key,
    key_confidence,
    key_runner_up,
    key_runner_up_confidence,
    pitch_class_histogram,
    pitch_class_durations,
    pitch_min,
    pitch_max,
    pitch_mean,
    pitch_entropy,
    pitch_class_entropy,
    chords,
    chord_seconds,
    chord_summary,
    chord_summary_count,
    n_chords_used,
    ...rest
  } = features;
  return {
    ...rest,
    hasKey: key !== null,
    confidence: key_confidence === null ? null : Math.round(key_confidence * 1e5),
    chord_seconds,
    chordQualities: chords.map((chord) => chord.replace(/^[A-G][#b]?/, '')),
    summaryLength: chord_summary.length,
    chord_summary_count,
    n_chords_used,
  };
}

function withoutOrder({ instrument_families, ...features }: MidiFeatures) {
  return { ...features, families: [...instrument_families].sort() };
}

function withoutTicks({ ticks_per_quarter, note_onset_deviation_ratio, ...features }: MidiFeatures) {
  return features;
}
