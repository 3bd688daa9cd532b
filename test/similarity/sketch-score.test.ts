import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BINS } from '../../src/similarity/figure-bins.ts';
import { type ScoreSketch, sketchScore } from '../../src/similarity/sketch-score.ts';
import { seededRandom } from '../seeded-random.ts';
import { mapNotes, melody, type Part, score, song } from './songs.ts';

const seed = fc.integer({ min: 0, max: 1_000_000 });
const beat: Part = {
  isDrum: true,
  notes: Array.from({ length: 64 }, (_, i) => ({ onset: i * 240, pitch: [36, 42, 38, 46][i % 4] ?? 36 })),
};

describe('a sketch does not change', () => {
  const sameSketch = (change: (parts: readonly Part[], by: number) => readonly Part[], ticksPerQuarter = 480) =>
    fc.assert(
      fc.property(seed, fc.integer({ min: -12, max: 12 }), (songSeed, by) => {
        const parts = song(songSeed);
        expect(sketchScore(score(change(parts, by), ticksPerQuarter))).toEqual(sketchScore(score(parts)));
      }),
      { numRuns: 50 },
    );

  it('with the key', () => {
    sameSketch((parts, by) => mapNotes(parts, (note) => ({ ...note, pitch: note.pitch + by })));
  });

  it('with the resolution, where all ticks can be written in it', () => {
    sameSketch((parts) => mapNotes(parts, (note) => ({ ...note, onset: note.onset / 5 })), 96);
    sameSketch((parts) => mapNotes(parts, (note) => ({ ...note, onset: note.onset * 2 })), 960);
  });

  it('with where the piece begins', () => {
    sameSketch((parts, by) => mapNotes(parts, (note) => ({ ...note, onset: note.onset + 5000 + by })));
  });

  it('with the order of tracks, instruments and drums', () => {
    sameSketch((parts) => parts.toReversed());
    sameSketch((parts, by) => parts.map((part) => ({ ...part, program: 40 + by })));
    const parts = song(1);
    expect(sketchScore(score([...parts, beat])).figures).toEqual(sketchScore(score(parts)).figures);
  });

  it('with the tempo', () => {
    const plain = score(song(3));
    const tempos = { tick: Float64Array.of(0, 9600), microsecondsPerQuarter: Float64Array.of(300_000, 900_000) };
    expect(sketchScore({ ...plain, tempos })).toEqual(sketchScore(plain));
  });
});

describe('a sketch of a copy that was rounded to a coarse resolution', () => {
  it('has the same outline and nearly the same figures', () => {
    for (let songSeed = 0; songSeed < 30; songSeed++) {
      const random = seededRandom(songSeed);
      const played = mapNotes(song(songSeed), (note) => ({ ...note, onset: note.onset + Math.round(random() * 20) }));
      const rounded = mapNotes(played, (note) => ({ ...note, onset: Math.round((note.onset * 96) / 480) }));
      const [copy, original] = [sketchScore(score(rounded, 96)), sketchScore(score(played))];
      expect(copy.outline, `seed ${songSeed}`).toBe(original.outline);
      expect(shareOfEqualBins(copy, original), `seed ${songSeed}`).toBeGreaterThan(0.7);
    }
  });
});

describe('the share of equal bins', () => {
  it('is high for another arrangement of a tune, and almost nothing for another tune', () => {
    for (let songSeed = 0; songSeed < 30; songSeed++) {
      const tune = melody(seededRandom(songSeed), 200);
      const one = sketchScore(score([{ notes: tune }, ...song(songSeed + 1000).slice(1)]));
      const other = sketchScore(score([{ notes: tune }, ...song(songSeed + 2000).slice(1)]));
      expect(shareOfEqualBins(one, other), `seed ${songSeed}`).toBeGreaterThan(0.6);
      expect(shareOfEqualBins(one, sketchScore(score(song(songSeed + 3000)))), `seed ${songSeed}`).toBeLessThan(0.1);
    }
  });

  it('estimates how many figures two tunes share', () => {
    const shares = Array.from({ length: 40 }, (_, songSeed) => {
      const [first, second] = [melody(seededRandom(songSeed), 300), melody(seededRandom(songSeed + 100), 300)];
      // The second half of one tune is that of the other: a third of all figures is in both.
      const mixed = [
        ...second.slice(0, 150),
        ...first.slice(150).map((note) => ({ ...note, onset: note.onset + 100_000 })),
      ];
      return shareOfEqualBins(sketchScore(score([{ notes: first }])), sketchScore(score([{ notes: mixed }])));
    });
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeCloseTo(1 / 3, 1);
  });
});

describe('what says nothing leaves no trace', () => {
  const isEmpty = ({ figures }: ScoreSketch) => figures.every((bin) => bin === 0);
  const repeated = (pitches: readonly number[]) =>
    score([
      { notes: Array.from({ length: 300 }, (_, i) => ({ onset: i * 240, pitch: pitches[i % pitches.length] ?? 60 })) },
    ]);

  it('a piece without notes, of one note or of two alternating ones', () => {
    for (const trivial of [score([]), score([{ notes: [] }]), repeated([60]), repeated([60, 67])]) {
      const sketch = sketchScore(trivial);
      expect(isEmpty(sketch)).toBe(true);
      expect(sketch.outline).toBe(0n);
    }
  });

  it('broken chords count only where there is little else, drums where there is nothing else', () => {
    const brokenChords = {
      notes: Array.from({ length: 400 }, (_, i) => ({ onset: i * 120, pitch: [40, 52, 59, 47, 64][i % 5] ?? 40 })),
    };
    const [tune] = song(5);
    if (tune === undefined) throw new Error('a song has a tune');
    expect(sketchScore(score([tune, brokenChords])).figures).toEqual(sketchScore(score([tune])).figures);
    expect(isEmpty(sketchScore(score([brokenChords])))).toBe(false);
    expect(isEmpty(sketchScore(score([beat])))).toBe(false);
  });
});

describe('the outline', () => {
  it('tells a scale up from a scale down, and pieces of too few notes from nothing', () => {
    const scale = Array.from({ length: 40 }, (_, i) => ({ onset: i * 480, pitch: 40 + i }));
    const up = sketchScore(score([{ notes: scale }])).outline;
    const down = sketchScore(score([{ notes: scale.map(({ onset }, i) => ({ onset, pitch: 79 - i })) }])).outline;
    expect(up).not.toBe(0n);
    expect(down).not.toBe(up);
    expect(sketchScore(score([{ notes: scale.slice(0, 15) }])).outline).toBe(0n);
  });

  it('does not depend on how notes are spread over tracks', () => {
    const parts = song(9);
    const merged = [{ notes: parts.flatMap(({ notes }) => notes) }];
    expect(sketchScore(score(merged)).outline).toBe(sketchScore(score(parts)).outline);
  });
});

describe('a hostile score', () => {
  it('of a million notes on one tick, or of absurd ticks, is sketched in bounded time', () => {
    const onOneTick = score([{ notes: Array.from({ length: 1_000_000 }, (_, i) => ({ onset: 7, pitch: i % 128 })) }]);
    const absurd = score([
      {
        notes: Array.from({ length: 1000 }, (_, i) => ({
          onset: i % 2 === 0 ? i * 1e12 : i * 1e12 + 1e-3,
          pitch: (i * 7) % 128,
        })),
      },
    ]);
    const start = performance.now();
    for (const hostile of [onOneTick, absurd]) expect(sketchScore(hostile).figures).toHaveLength(BINS);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

function shareOfEqualBins(left: ScoreSketch, right: ScoreSketch): number {
  let equal = 0;
  for (let bin = 0; bin < BINS; bin++)
    if (left.figures[bin] !== 0 && left.figures[bin] === right.figures[bin]) equal += 1;
  return equal / BINS;
}
