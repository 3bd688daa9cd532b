import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barTicks, countBars, countBeats, meterSpans } from '../../src/midi/bars.ts';

type Signature = readonly [tick: number, numerator: number, denominator: number];

describe('bars', () => {
  it('are 4/4 without a signature, up to the last event; an empty score has one', () => {
    expect(ticksOf(scoreOf(0, []))).toEqual([0, 1920]);
    expect(ticksOf(scoreOf(1919, []))).toEqual([0, 1920]);
    expect(ticksOf(scoreOf(1920, []))).toEqual([0, 1920, 3840]);
  });

  it('start anew at every change of meter, in the middle of a bar too', () => {
    expect(ticksOf(scoreOf(4000, [[0, 3, 4], [2000, 6, 8]]))).toEqual([0, 1440, 2000, 3440, 4880]); // biome-ignore format: pairs
  });

  it('are 4/4 before a late first signature', () => {
    expect(ticksOf(scoreOf(3000, [[1920, 2, 4]]))).toEqual([0, 1920, 2880, 3840]);
  });

  it('do not start anew where the meter in force is repeated', () => {
    expect(ticksOf(scoreOf(3000, [[0, 4, 4], [1000, 4, 4]]))).toEqual([0, 1920, 3840]); // biome-ignore format: pairs
  });

  it('follow the last of several signatures at one tick, and none with a 0', () => {
    const signatures: Signature[] = [[0, 3, 4], [0, 2, 4], [960, 0, 4], [960, 4, 0]]; // biome-ignore format: pairs
    expect(ticksOf(scoreOf(1000, signatures))).toEqual([0, 960, 1920]);
  });

  it('may be shorter than a tick', () => {
    expect(ticksOf(scoreOf(0, [[0, 1, 128]], 4))).toEqual([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]);
  });

  it('reach from 0 past the last event, ascend, and are as many as they are counted, whatever the signatures', () => {
    const signature = fc.tuple(
      fc.nat(20_000),
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0, 1, 2, 4, 8, 16, 128),
    );
    const property = fc.property(
      fc.array(signature),
      fc.nat(20_000),
      fc.integer({ min: 1, max: 960 }),
      (list, end, tpq) => {
        const score = scoreOf(
          end,
          list.toSorted((a, b) => a[0] - b[0]),
          tpq,
        );
        const spans = meterSpans(score);
        const ticks = barTicks(spans);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThan(end);
        expect(ticks.every((tick, i) => i === 0 || tick > (ticks[i - 1] ?? 0))).toBe(true);
        expect(ticks.length).toBe(countBars(spans) + 1);
        expect(countBeats(spans)).toBeGreaterThanOrEqual(countBars(spans));
      },
    );
    fc.assert(property);
  });
});

function ticksOf(score: ReturnType<typeof scoreOf>): number[] {
  return [...barTicks(meterSpans(score))];
}

function scoreOf(endTick: number, signatures: readonly Signature[], ticksPerQuarter = 480) {
  return {
    endTick,
    ticksPerQuarter,
    timeSignatures: {
      tick: Float64Array.from(signatures, ([tick]) => tick),
      numerator: Uint16Array.from(signatures, ([, numerator]) => numerator),
      denominator: Uint16Array.from(signatures, ([, , denominator]) => denominator),
    },
  };
}
