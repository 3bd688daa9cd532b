import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTempoMap, secondsAtSlowest } from '../../src/midi/tempo-map.ts';

describe('the tempo map', () => {
  it('goes at 120 quarters a minute until the first tempo', () => {
    const map = createTempoMap(scoreOf(480, [[960, 1_000_000]]));
    expect([0, 480, 960, 1440].map(map.secondsAt)).toEqual([0, 0.5, 1, 2]);
  });

  it('takes the last of several tempos at one tick', () => {
    const map = createTempoMap(scoreOf(100, [[0, 1], [0, 250_000], [100, 3], [100, 750_000]])); // biome-ignore format: pairs
    expect([100, 200].map(map.secondsAt)).toEqual([0.25, 1]);
  });

  it('is exact over ten thousand changes: the sum of integers, divided once', () => {
    const tempos = Array.from({ length: 10_000 }, (_, i): [number, number] => [i * 7, 333_333 + (i % 977)]);
    const map = createTempoMap(scoreOf(960, tempos));
    let sum = 0n;
    for (const [, microseconds] of tempos) sum += 7n * BigInt(microseconds);
    expect(map.secondsAt(70_000)).toBe(Number(sum) / (960 * 1e6));
  });

  it('answers in any order as in ascending order, in bulk as one by one, and inverts', () => {
    const tempos = fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 0xffffff })), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32_767 }), tempos, fc.array(fc.nat(6000)), (tpq, pairs, ticks) => {
        const score = scoreOf(
          tpq,
          pairs.toSorted((a, b) => a[0] - b[0]),
        );
        const map = createTempoMap(score);
        const inOrder = new Map(
          ticks.toSorted((a, b) => a - b).map((tick) => [tick, createTempoMap(score).secondsAt(tick)]),
        );
        const bulk = map.secondsAtAll(Float64Array.from(ticks));
        for (const [i, tick] of ticks.entries()) {
          expect(map.secondsAt(tick)).toBe(inOrder.get(tick));
          expect(bulk[i]).toBe(inOrder.get(tick));
          expect(map.tickAt(map.secondsAt(tick))).toBeCloseTo(tick, 3);
          expect(map.secondsAt(tick)).toBeLessThanOrEqual(secondsAtSlowest(score.tempos, tpq, tick));
        }
      }),
    );
  });
});

function scoreOf(ticksPerQuarter: number, tempos: readonly (readonly [number, number])[]) {
  return {
    ticksPerQuarter,
    tempos: {
      tick: Float64Array.from(tempos, ([tick]) => tick),
      microsecondsPerQuarter: Float64Array.from(tempos, ([, microseconds]) => microseconds),
    },
  };
}
