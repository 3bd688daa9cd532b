import fc from 'fast-check';
import type { NoteRow, ScoreSketch, TrackSketch } from './build-score.ts';

const note: fc.Arbitrary<NoteRow> = fc.tuple(
  fc.oneof(
    fc.integer({ min: 0, max: 4000 }),
    fc.integer({ min: 0, max: 16 }).map((beat) => beat * 480),
  ),
  fc.integer({ min: 0, max: 2000 }),
  fc.integer({ min: 0, max: 127 }),
  fc.integer({ min: 1, max: 127 }),
);

const track: fc.Arbitrary<TrackSketch> = fc.record({
  program: fc.integer({ min: 0, max: 127 }),
  isDrum: fc.boolean(),
  notes: fc.array(note, { maxLength: 30 }),
});

const ticks = fc.integer({ min: 0, max: 8000 });

function ascending<T extends readonly [number, ...unknown[]]>(events: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(events, { maxLength: 6 }).map((list) => list.sort((a, b) => a[0] - b[0]));
}

/** Small scores of any kind: empty ones, overlapping notes, tempos and meters anywhere. */
export function arbitrarySketch(): fc.Arbitrary<ScoreSketch> {
  return fc.record({
    ticksPerQuarter: fc.constantFrom(1, 24, 96, 100, 480, 960),
    tracks: fc.array(track, { maxLength: 5 }),
    tempos: ascending(fc.tuple(ticks, fc.integer({ min: 1, max: 2 ** 24 - 1 }))),
    meters: ascending(fc.tuple(ticks, fc.integer({ min: 1, max: 255 }), fc.constantFrom(1, 2, 4, 8, 16, 32, 64, 128))),
    keys: ascending(fc.tuple(ticks, fc.integer({ min: -7, max: 7 }), fc.constantFrom(0, 1))),
    endTick: fc.integer({ min: 0, max: 20_000 }),
  });
}
