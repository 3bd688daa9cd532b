import { describe, expect, it } from 'vitest';
import { nearestIndex, pitchBendBins, roundHalfEven, tempoBins, velocityBins } from '../../src/tokens/bins.ts';
import { hashSetOrder } from '../../src/tokens/hash-set-order.ts';
import { alignMeters } from '../../src/tokens/preprocess/meters.ts';
import { resampleDuration, resampleTick } from '../../src/tokens/preprocess/resample.ts';
import { timeTable } from '../../src/tokens/time-table.ts';
import { timeValues, timeValueText } from '../../src/tokens/time-values.ts';

describe('bins', () => {
  it('of velocities are truncated', () => {
    expect(velocityBins(4)).toEqual([31, 63, 95, 127]);
  });

  it('of tempos are evenly spaced and have two decimals', () => {
    expect(tempoBins([40, 250], 32).slice(0, 5)).toEqual([40, 46.77, 53.55, 60.32, 67.1]);
    expect(tempoBins([40, 250], 32).at(-1)).toBe(250);
    expect(tempoBins([40, 250], 1)).toEqual([40]);
  });

  it('of pitch bends are rounded down', () => {
    expect(pitchBendBins([-8192, 8191, 32]).slice(0, 4)).toEqual([-8192, -7664, -7136, -6607]);
  });

  it('take the nearest entry, the larger of two as near, and the ends for what is beyond', () => {
    const table = [32, 34, 40];
    expect([33, 32.9, 37, 36.9, 0, 99].map((value) => table[nearestIndex(table, value)])).toEqual([
      34, 32, 40, 34, 32, 40,
    ]);
  });

  it('round a half to the even integer', () => {
    expect([0.5, 1.5, 2.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 2, 3]);
  });
});

describe('spans of time', () => {
  const values = timeValues([
    { from: 0, to: 1, resolution: 4 },
    { from: 1, to: 3, resolution: 2 },
  ]);

  it('are all positions of all beats but the first, and the end of the last range', () => {
    expect(values.map(timeValueText)).toEqual(['0.1.4', '0.2.4', '0.3.4', '1.0.2', '1.1.2', '2.0.2', '2.1.2', '3.0.2']);
  });

  it('are looked up by ticks: the nearest, a tie to the longer, and the longest within', () => {
    const table = timeTable(values, 8);
    expect([...table.ticks]).toEqual([2, 4, 6, 8, 12, 16, 20, 24]);
    expect([1, 3, 9, 10, 14, 24].map((ticks) => table.ticks[table.nearest[ticks] ?? 0])).toEqual([2, 4, 8, 12, 16, 24]);
    expect([2, 3, 11, 23].map((ticks) => table.ticks[table.within[ticks] ?? 0])).toEqual([2, 2, 8, 20]);
  });
});

describe('resampling', () => {
  it('rounds a half up, as C does', () => {
    expect([1, 2, 3, 5].map((tick) => resampleTick(tick, 0.5))).toEqual([1, 1, 2, 3]);
  });

  it('does not take the largest number below a half for a half: tick 49 at 784 a quarter', () => {
    expect(49 * (8 / 784)).toBe(0.49999999999999994);
    expect(resampleTick(49, 8 / 784)).toBe(0);
  });

  it('keeps a duration of at least a tick, but a duration of zero where nothing is resampled', () => {
    expect([resampleDuration(1, 0.1), resampleDuration(0, 0.5), resampleDuration(0, 1)]).toEqual([1, 1, 0]);
  });
});

describe('time signatures', () => {
  const align = (...signatures: readonly (readonly [number, number, number])[]) => {
    const meters = alignMeters(
      {
        tick: signatures.map(([tick]) => tick),
        numerator: signatures.map(([, numerator]) => numerator),
        denominator: signatures.map(([, , denominator]) => denominator),
      },
      8,
    );
    return meters.tick.map((tick, index) => [tick, meters.numerator[index], meters.denominator[index]]);
  };

  it('move up to the next bar line of the one before', () => {
    expect(align([0, 4, 4], [33, 3, 4], [70, 4, 4])).toEqual([
      [0, 4, 4],
      [64, 3, 4],
      [88, 4, 4],
    ]);
  });

  it('that repeat the one before are left out', () => {
    expect(align([0, 4, 4], [32, 4, 4], [64, 3, 4])).toEqual([
      [0, 4, 4],
      [64, 3, 4],
    ]);
  });

  it('at one tick: the later wins, and none is left where it is what was there before', () => {
    expect(align([0, 4, 4], [32, 3, 4], [32, 2, 4])).toEqual([
      [0, 4, 4],
      [32, 2, 4],
    ]);
    expect(align([0, 4, 4], [32, 3, 4], [32, 4, 4], [70, 2, 4])).toEqual([
      [0, 4, 4],
      [96, 2, 4],
    ]);
  });
});

describe('the order of programs', () => {
  it.each([
    [[], []],
    [
      [-1, 0, 1],
      [0, 1, -1],
    ],
    [
      [0, 33, -1],
      [0, 33, -1],
    ],
    [
      [38, 0, -1],
      [0, 38, -1],
    ],
    [
      [40, 32, 24, 16, 8, 0],
      [32, 0, 40, 8, 16, 24],
    ],
    [[5, 5, 5], [5]],
  ])('of the Python set made from %j is %j', (programs, expected) => {
    expect(hashSetOrder(programs)).toEqual(expected);
  });

  it('of all of them is 0 to 127, then drums', () => {
    const ascending = Array.from({ length: 128 }, (_, program) => program);
    expect(hashSetOrder([-1, ...ascending])).toEqual([...ascending, -1]);
  });
});
