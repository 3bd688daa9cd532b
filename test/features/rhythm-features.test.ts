import { describe, expect, test } from 'vitest';
import { extractFeatures } from '../../src/features/extract-features.ts';
import { buildScore, type NoteRow, pianoScore } from './build-score.ts';

/** A bar of 4/4 from `bar * 1920` on, with a note of a sixteenth on each of the given sixteenths. */
function bar(index: number, ...sixteenths: readonly number[]): NoteRow[] {
  return sixteenths.map((sixteenth) => [index * 1920 + sixteenth * 120, 120, 60]);
}

describe('empty beats and bars', () => {
  test('are those in which no note sounds', () => {
    // Bar 0: beats 0 and 1 filled by one note; bar 1 empty; bar 2 filled; the end is in bar 3.
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 960, 60],
            [3840, 1920, 62],
          ],
        },
      ],
      endTick: 7680,
    });
    expect(extractFeatures(score)).toMatchObject({ empty_beat_rate: 10 / 16, empty_measure_rate: 0.5 });
  });

  test('are not filled by a note that ends where they begin', () => {
    const score = buildScore({ tracks: [{ notes: [[0, 1920, 60]] }], endTick: 3840 });
    expect(extractFeatures(score).empty_measure_rate).toBe(0.5);
  });

  test('are counted by the bars of each meter', () => {
    // Two bars of 3/4, the second empty, then two bars of 2/4, the first empty.
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 480, 60],
            [3840, 960, 60],
          ],
        },
      ],
      meters: [
        [0, 3, 4],
        [2880, 2, 4],
      ],
    });
    expect(extractFeatures(score)).toMatchObject({ bars: 4, empty_measure_rate: 0.5 });
  });
});

describe('groove consistency', () => {
  test('is 1 where every bar has the same onsets', () => {
    const notes = [...bar(0, 0, 4, 8, 12), ...bar(1, 0, 4, 8, 12), ...bar(2, 0, 4, 8, 12)];
    expect(extractFeatures(buildScore({ tracks: [{ notes }], endTick: 5760 })).groove_consistency).toBe(1);
  });

  test('falls by the share of the 64 positions that differ, per pair of bars', () => {
    // Bars 0 and 1 differ in one onset lost and one won, bars 1 and 2 in nothing.
    const notes = [...bar(0, 0, 4), ...bar(1, 0, 6), ...bar(2, 0, 6)];
    const { groove_consistency } = extractFeatures(buildScore({ tracks: [{ notes }], endTick: 5760 }));
    expect(groove_consistency).toBeCloseTo(1 - 2 / 64 / 2, 6);
  });

  test('counts a position once, however many notes begin there', () => {
    const notes: NoteRow[] = [...bar(0, 0), [0, 480, 64], [0, 480, 67], ...bar(1, 0)];
    expect(extractFeatures(buildScore({ tracks: [{ notes }], endTick: 3840 })).groove_consistency).toBe(1);
  });

  test('does not compare bars of different meters', () => {
    const score = buildScore({
      tracks: [
        {
          notes: [
            [0, 480, 60],
            [1920, 480, 60],
          ],
        },
      ],
      meters: [
        [0, 4, 4],
        [1920, 3, 4],
      ],
      endTick: 3360,
    });
    expect(extractFeatures(score).groove_consistency).toBeNull();
  });
});

describe('repeated bars', () => {
  test('have the pitches of an earlier bar on the same sixteenths', () => {
    const figure = (index: number, ...pitches: readonly number[]): NoteRow[] =>
      pitches.map((pitch, i) => [index * 1920 + i * 480, 240, pitch, 60 + index]);
    const notes = [
      ...figure(0, 60, 64, 67, 64),
      ...figure(1, 60, 64, 67, 64),
      ...figure(2, 60, 64, 67, 65),
      ...figure(4, 60, 64, 67, 64),
    ];
    expect(extractFeatures(pianoScore(...notes)).repeated_bar_rate).toBe(0.5);
  });

  test('forgive a player who is a little late', () => {
    const notes: NoteRow[] = [
      [0, 240, 60],
      [480, 240, 64],
      [1930, 240, 60],
      [2410, 240, 64],
    ];
    expect(extractFeatures(pianoScore(...notes)).repeated_bar_rate).toBe(0.5);
  });

  test('differ where another instrument plays', () => {
    const score = buildScore({
      tracks: [{ notes: [[0, 240, 60]] }, { program: 40, notes: [[1920, 240, 60]] }],
    });
    expect(extractFeatures(score).repeated_bar_rate).toBe(0);
  });
});

describe('inter-onset entropy', () => {
  test('is 0 for even notes and 1 bit for two intervals in turn', () => {
    const even = pianoScore([0, 100, 60], [480, 100, 60], [960, 100, 60], [1440, 100, 60]);
    expect(extractFeatures(even).inter_onset_entropy).toBe(0);
    const dotted = pianoScore([0, 100, 60], [360, 100, 60], [480, 100, 60], [840, 100, 60], [960, 100, 60]);
    expect(extractFeatures(dotted).inter_onset_entropy).toBe(1);
  });

  test('takes the notes of a chord as one onset and is null for one', () => {
    expect(extractFeatures(pianoScore([0, 480, 60], [0, 480, 64], [5, 480, 67])).inter_onset_entropy).toBeNull();
  });
});
