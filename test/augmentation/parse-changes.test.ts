import { describe, expect, it } from 'vitest';
import { combination, combinationNumber, combinations } from '../../src/augmentation/music-change.ts';
import { parseChanges } from '../../src/augmentation/parse-changes.ts';

describe('changes', () => {
  it('are ranges with both ends, in steps that are decimal fractions; what is not named stays', () => {
    expect(parseChanges('transpose=-2..2, tempo=0.9..1.1:0.05')).toEqual({
      ok: true,
      grid: { transpose: [-2, -1, 0, 1, 2], tempo: [0.9, 0.95, 1, 1.05, 1.1], velocity: [0] },
    });
    expect(parseChanges('tempo=0.97..1.03')).toMatchObject({
      grid: { tempo: [0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03] },
    });
    expect(parseChanges('velocity=-10..10:10,transpose=+12')).toMatchObject({
      grid: { velocity: [-10, 0, 10], transpose: [12] },
    });
  });

  it.each([
    ['', 'transpose, tempo, velocity'],
    ['pitch=1..2', '"pitch" is none'],
    ['transpose', 'transpose=FROM..TO'],
    ['transpose=3..1', 'not "3..1"'],
    ['transpose=0.5..2', 'whole numbers'],
    ['transpose=0..2:0.5', 'whole numbers'],
    ['transpose=-61..0', 'from -60 to 60'],
    ['tempo=0..1', 'from 0.25 to 4'],
    ['tempo=0.5..2:0.001', 'at most 1000'],
    ['tempo=1..2:0', 'FROM..TO:STEP'],
    ['tempo=1..2:-0.1', 'FROM..TO:STEP'],
    ['tempo=1..2=3', 'FROM..TO'],
    ['velocity=1e1', 'FROM..TO'],
    ['velocity=1,velocity=2', 'velocity once'],
  ])('%j is refused by what is allowed', (text, expected) => {
    expect(parseChanges(text)).toEqual({ ok: false, expected: expect.stringContaining(expected) });
  });

  it('are told apart by a number', () => {
    const parsed = parseChanges('transpose=-1..1,tempo=0.9..1.1:0.1,velocity=-5..5:5');
    if (!parsed.ok) throw new Error(parsed.expected);
    const { grid } = parsed;
    const numbers = Array.from({ length: combinations(grid) }, (_, number) => number);
    expect(numbers.map((number) => combinationNumber(grid, combination(grid, number)))).toEqual(numbers);
    expect(new Set(numbers.map((number) => JSON.stringify(combination(grid, number)))).size).toBe(27);
  });
});
