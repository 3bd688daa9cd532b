import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/tokens/create-tokenizer.ts';
import { presetConfig } from '../../src/tokens/preset-config.ts';
import { arrivalsFromZero, misplacedArrival } from '../../src/tokens/tokenizations/amt/arrivals-from-zero.ts';

const events = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 12_000 }),
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 0, max: 16_511 }),
    ),
  )
  .map((gaps) => {
    let time = 0;
    return Int32Array.from(
      gaps.flatMap(([gap, duration, note]) => {
        time += gap;
        return [time, 10_000 + duration, 11_000 + note];
      }),
    );
  });

describe('packed arrival times', () => {
  it('begin at 0 in each sequence, have an id each, and lose no event', () => {
    fc.assert(
      fc.property(events, (ids) => {
        const sequences = arrivalsFromZero(ids);
        expect(sequences.length).toBeGreaterThan(0);
        const all: number[] = [];
        let start = 0;
        for (const sequence of sequences) {
          start = ids[all.length] ?? 0;
          for (const [at, id] of sequence.entries()) {
            if (at % 3 === 0) expect(id).toBeLessThan(10_000);
            all.push(at % 3 === 0 ? id + start : id);
          }
          expect(sequence[0] ?? 0).toBe(0);
        }
        expect(all).toEqual([...ids]);
        // No sequence is shorter than it must be.
        for (const [at, sequence] of sequences.slice(1).entries()) {
          const before = sequences.slice(0, at + 1).reduce((sum, { length }) => sum + length, 0);
          const first = ids[before - (sequences[at]?.length ?? 0)] ?? 0;
          expect((ids[before] ?? 0) - first).toBeGreaterThanOrEqual(10_000);
          expect(sequence.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it('mean what their tokens say', () => {
    const { vocabulary } = createTokenizer(presetConfig('amt'));
    const [, second] = arrivalsFromZero(
      Int32Array.of(0, 10_050, 11_060, 12_345, 10_100, 11_064, 12_400, 10_001, 11_067),
    );
    const tokens = [...(second ?? [])].map((id) => vocabulary.columns[0]?.tokens[id]);
    expect(tokens).toEqual(['Time_0', 'Duration_100', 'Note_0-64', 'Time_55', 'Duration_1', 'Note_0-67']);
  });

  it('are told from ids at a wrong place', () => {
    expect(misplacedArrival([0, 10_000, 11_000, 12_345, 10_999, 27_511])).toBeUndefined();
    expect(misplacedArrival([0, 11_000, 11_000])).toBe(11_000);
    expect(misplacedArrival([0, 10_000, 27_512])).toBe(27_512);
    expect(misplacedArrival([-1])).toBe(-1);
    expect(misplacedArrival([0, 10_000.5])).toBe(10_000.5);
    expect(misplacedArrival([12n, 10_000n, 11_000n])).toBeUndefined();
  });
});
