import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeNotes } from '../../src/features/merged-notes.ts';
import { createTempoMap } from '../../src/midi/tempo-map.ts';
import { PEAK_DENSITY_FIELDS, PEAK_WINDOWS_SECONDS, peakDensity } from '../../src/quality/peak-density.ts';
import { type Note, score } from '../similarity/songs.ts';

/** 480 ticks are half a second at 120 quarters a minute. */
const TICKS_PER_SECOND = 960;

describe('the densest windows', () => {
  it('count both ends, slide by a second and leave out drums', () => {
    const notes = Array.from({ length: 50 }, (_, i) => ({
      onset: 20 * TICKS_PER_SECOND + i * 10,
      pitch: 60 + (i % 5),
    }));
    const drums = { isDrum: true, notes: notes.map(({ onset }) => ({ onset, pitch: 36 })) };
    expect(measure(score([{ notes: [{ onset: 0, pitch: 40 }, ...notes] }, drums]))).toEqual({
      peak_notes_per_second_3s: 16.666667,
      peak_pitch_rate_3s: 3.333333,
      peak_notes_per_second_5s: 10,
      peak_pitch_rate_5s: 2,
      peak_notes_per_second_10s: 5,
      peak_pitch_rate_10s: 1,
      peak_notes_per_second_45s: 1.133333,
      peak_pitch_rate_45s: 0.222222,
    });
  });

  it('of nothing are 0', () => {
    expect(measure(score([]))).toEqual(Object.fromEntries(PEAK_DENSITY_FIELDS.map((field) => [field, 0])));
  });

  it('equal those counted one window at a time', () => {
    const note = fc.record({ onset: fc.nat(100 * TICKS_PER_SECOND), pitch: fc.integer({ min: 60, max: 64 }) });
    fc.assert(
      fc.property(fc.array(note, { maxLength: 200 }), (notes) => {
        const measured = measure(score([{ notes }]));
        for (const length of PEAK_WINDOWS_SECONDS) {
          const { most, ofOnePitch } = countWindows(notes, length);
          expect(measured[`peak_notes_per_second_${length}s`]).toBeCloseTo(most / length, 5);
          expect(measured[`peak_pitch_rate_${length}s`]).toBeCloseTo(ofOnePitch / length, 5);
        }
      }),
    );
  });
});

function measure(piece: ReturnType<typeof score>) {
  return peakDensity(mergeNotes(piece), createTempoMap(piece));
}

/** Every window from the first note to the first that reaches the last note. */
function countWindows(notes: readonly Note[], length: number) {
  const seconds = notes.map(({ onset, pitch }) => ({ at: onset / TICKS_PER_SECOND, pitch }));
  const last = Math.max(...seconds.map(({ at }) => at));
  let most = 0;
  let ofOnePitch = 0;
  for (let start = Math.min(...seconds.map(({ at }) => at)); seconds.length > 0; start += 1) {
    const inside = seconds.filter(({ at }) => at >= start && at <= start + length);
    most = Math.max(most, inside.length);
    for (let pitch = 60; pitch <= 64; pitch++) {
      ofOnePitch = Math.max(ofOnePitch, inside.filter((note) => note.pitch === pitch).length);
    }
    if (start + length >= last) break;
  }
  return { most, ofOnePitch };
}
