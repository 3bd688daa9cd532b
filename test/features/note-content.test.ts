import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteContentBytes } from '../../src/features/note-content.ts';
import type { Score } from '../../src/midi/score.ts';
import { arbitrarySketch } from './arbitrary-score.ts';
import { buildScore, pianoScore, type ScoreSketch } from './build-score.ts';

function bytesOf(score: Score): string {
  return Buffer.from(noteContentBytes(score)).toString('hex');
}

function stretched(sketch: ScoreSketch, factor: number): ScoreSketch {
  return {
    ticksPerQuarter: (sketch.ticksPerQuarter ?? 480) * factor,
    tracks: sketch.tracks.map((track) => ({
      ...track,
      notes: track.notes.map(([onset, duration, pitch, velocity = 80]) => [
        onset * factor,
        duration * factor,
        pitch,
        velocity,
      ]),
    })),
  };
}

describe('the bytes of the note content', () => {
  test('are the canonical form, written out', () => {
    // Ticks in units of a sixteenth (120 of 480): 4 to the quarter.
    const score = pianoScore([0, 480, 64, 90], [0, 240, 60, 80], [24000, 120, 60, 80]);
    expect([...noteContentBytes(score)]).toEqual([
      ...[0x6e, 0x63, 1, 3, 4],
      ...[0, 2, 60, 80, 0],
      ...[0, 4, 64, 90, 0],
      ...[200, 1, 1, 60, 80, 0],
    ]);
  });

  test('do not depend on the ticks per quarter', () => {
    fc.assert(
      fc.property(arbitrarySketch(), fc.integer({ min: 2, max: 60 }), (sketch, factor) => {
        expect(bytesOf(buildScore(stretched(sketch, factor)))).toBe(bytesOf(buildScore(sketch)));
      }),
    );
  });

  test('do not depend on the order of tracks or how notes are spread over tracks of one program', () => {
    fc.assert(
      fc.property(arbitrarySketch(), fc.integer({ min: 2, max: 4 }), (sketch, parts) => {
        const tracks = sketch.tracks
          .flatMap((track) =>
            Array.from({ length: parts }, (_, part) => ({
              ...track,
              notes: track.notes.filter((_, i) => i % parts === part),
            })),
          )
          .reverse();
        expect(bytesOf(buildScore({ ...sketch, tracks }))).toBe(bytesOf(buildScore(sketch)));
      }),
    );
  });

  test('do not depend on tempo, meter, key, names, controls, or the program that a drum track stores', () => {
    fc.assert(
      fc.property(arbitrarySketch(), (sketch) => {
        const plain = buildScore({ ticksPerQuarter: sketch.ticksPerQuarter ?? 480, tracks: sketch.tracks });
        const full = buildScore({
          ...sketch,
          tempos: [[0, 400_000]],
          meters: [[0, 3, 4]],
          keys: [[0, 1, 0]],
          endTick: 1e6,
        });
        const tracks = full.tracks.map((track) => ({
          ...track,
          name: 'other',
          program: track.isDrum ? 99 : track.program,
          pedals: { onset: Float64Array.of(0), duration: Float64Array.of(7) },
        }));
        expect(bytesOf({ ...full, tracks })).toBe(bytesOf(plain));
      }),
    );
  });

  test('differ where any note differs', () => {
    const note = { onset: 480, duration: 240, pitch: 60, velocity: 80, program: 5, isDrum: false };
    const bytes = (changed: Partial<typeof note>) => {
      const { onset, duration, pitch, velocity, program, isDrum } = { ...note, ...changed };
      const notes = [
        [0, 480, 50],
        [onset, duration, pitch, velocity],
      ] as const;
      return bytesOf(buildScore({ tracks: [{ program, isDrum, notes }] }));
    };
    const all = [
      {},
      { onset: 481 },
      { duration: 239 },
      { pitch: 61 },
      { velocity: 81 },
      { program: 6 },
      { isDrum: true },
    ];
    expect(new Set(all.map(bytes)).size).toBe(all.length);
    expect(bytesOf(pianoScore([0, 480, 60], [0, 480, 60]))).not.toBe(bytesOf(pianoScore([0, 480, 60])));
  });

  test('are the same whether a chord of many notes is sorted by insertion or by merging', () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => [0, 100 + ((i * 37) % 5), 40 + ((i * 17) % 7), 60 + (i % 3)] as const,
    );
    const backwards = [...rows].reverse();
    expect(bytesOf(pianoScore(...rows))).toBe(bytesOf(pianoScore(...backwards)));
    const records = Buffer.from(noteContentBytes(pianoScore(...rows))).subarray(6);
    const keys = Array.from({ length: 60 }, (_, i) => records.subarray(i * 5, i * 5 + 5)).map(
      ([, duration = 0, pitch = 0, velocity = 0]) => (pitch * 128 + velocity) * 1000 + duration,
    );
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });

  test('of a score without notes are the same for all', () => {
    expect(bytesOf(pianoScore())).toBe(bytesOf(buildScore({ ticksPerQuarter: 96, tracks: [{ notes: [] }] })));
  });

  test('hold ticks beyond 32 bits', () => {
    const far = noteContentBytes(buildScore({ ticksPerQuarter: 1, tracks: [{ notes: [[2 ** 40, 1, 60]] }] }));
    expect([...far].slice(5)).toEqual([128, 128, 128, 128, 128, 32, 1, 60, 80, 0]);
  });
});
