import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CategoryCounts } from '../../src/stats/category-counts.ts';
import { DatasetSummary } from '../../src/stats/dataset-summary.ts';
import { ExactSum } from '../../src/stats/exact-sum.ts';
import { FailureCounts } from '../../src/stats/failure-counts.ts';
import { NumberSummary } from '../../src/stats/number-summary.ts';
import { VocabularyUse } from '../../src/stats/vocabulary-use.ts';

const number = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }),
  fc.constantFrom(0, -0, 0.1, 1e-300, 1e100, -1e100),
);

describe('two summaries added equal one pass over both', () => {
  it('for numbers: count, extremes, mean to the last bit, percentiles, histogram', () => {
    const facts = (values: readonly number[]) => fill(new NumberSummary(16), values);
    fc.assert(
      fc.property(fc.array(number), fc.array(number), (left, right) => {
        const merged = facts(left);
        merged.addAll(facts(right));
        const whole = facts([...left, ...right]);
        expect(merged.facts()).toEqual(whole.facts());
      }),
      { numRuns: 500 },
    );
  });

  it('for categories, also when there are more than are kept', () => {
    const category = fc.nat(40).map((value) => `category ${value}`);
    const facts = (values: readonly string[]) => fill(new CategoryCounts(8), values);
    fc.assert(
      fc.property(fc.array(category, { maxLength: 80 }), fc.array(category, { maxLength: 80 }), (left, right) => {
        const merged = facts(left);
        merged.addAll(facts(right));
        expect(merged.facts()).toEqual(facts([...left, ...right]).facts());
      }),
      { numRuns: 500 },
    );
  });

  it('for failures with their examples', () => {
    const failure = fc.record({
      stage: fc.constantFrom('midi', 'text'),
      code: fc.constantFrom('a', 'b', 'c'),
      index: fc.nat(1000),
    });
    const facts = (failures: readonly { stage: string; code: string; index: number }[]) => {
      const counts = new FailureCounts();
      for (const { stage, code, index } of failures) counts.add(stage, code, { index, error: `error of ${index}` });
      return counts;
    };
    fc.assert(
      fc.property(fc.array(failure), fc.array(failure), (left, right) => {
        const merged = facts(left);
        merged.addAll(facts(right));
        expect(merged.facts()).toEqual(facts([...left, ...right]).facts());
      }),
    );
  });

  it('for a whole data set, cut anywhere', () => {
    const row = fc.record({
      sequenceLength: fc.nat(100_000),
      textLength: fc.nat(500),
      ids: fc.array(fc.uint16Array({ max: 12 }), { maxLength: 3 }),
      fields: fc.array(fc.tuple(fc.constantFrom('tempo', 'notes'), number), { maxLength: 4 }),
    });
    type GeneratedRow = typeof row extends fc.Arbitrary<infer Row> ? Row : never;
    const vocabulary = [['PAD', 'BOS', 'C4']];
    const summarize = (rows: readonly GeneratedRow[]) => {
      const summary = new DatasetSummary(vocabulary);
      for (const { fields, ...facts } of rows) {
        summary.addRow({
          ...facts,
          eachField: (take) => {
            for (const [field, value] of fields) take(field, value);
          },
        });
      }
      summary.addPendingPair();
      summary.addFailedPair([{ stage: 'midi', code: 'midi_empty', index: rows.length, error: 'no note' }]);
      return summary;
    };
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.nat(12), (rows, cut) => {
        const merged = summarize(rows.slice(0, cut));
        merged.addAll(summarize(rows.slice(cut)));
        const whole = summarize(rows);
        whole.addAll(summarize([]));
        expect({ ...merged.facts(), failures: [] }).toEqual({ ...whole.facts(), failures: [] });
      }),
      { numRuns: 50 },
    );
  });
});

describe('an exact sum', () => {
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 2 }), fc.nat(), (values, turn) => {
        const at = turn % values.length;
        const turned = [...values.slice(at), ...values.slice(0, at)].reverse();
        expect(fill(new ExactSum(), turned).value).toBe(fill(new ExactSum(), values).value);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what plain addition loses', () => {
    expect(fill(new ExactSum(), [1e100, 1, -1e100]).value).toBe(1);
    expect(fill(new ExactSum(), Array(10).fill(0.1)).value).toBe(1);
    // Half-way cases: the smallest partial decides.
    expect(fill(new ExactSum(), [1, 2 ** -53, 2 ** -106]).value).toBe(1 + 2 ** -52);
    expect(fill(new ExactSum(), [1, 2 ** -53, -(2 ** -106)]).value).toBe(1);
  });
});

describe('a number summary', () => {
  it('has exact percentiles of small integers and others within 0.4 %', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const sorted = values.map((value) => (value === 0 ? 0 : value)).sort((a, b) => a - b);
        const facts = fill(new NumberSummary(64), values).facts();
        expect(facts).toMatchObject({ count: values.length, min: sorted[0], max: sorted.at(-1) });
        for (const [name, share] of [
          ['p5', 0.05],
          ['p50', 0.5],
          ['p95', 0.95],
        ] as const) {
          const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
          expect(Math.abs((facts?.[name] ?? Number.NaN) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.004 + 1e-300);
        }
      }),
    );
    const exact = fill(
      new NumberSummary(),
      Array.from({ length: 100 }, (_, at) => at + 1),
    ).facts();
    expect(exact).toMatchObject({ p1: 1, p5: 5, p25: 25, p50: 50, p75: 75, p95: 95, p99: 99, mean: 50.5 });
  });

  it('says nothing about nothing, and refuses what is not finite', () => {
    expect(new NumberSummary().facts()).toBeUndefined();
    expect(() => new NumberSummary().add(Number.NaN)).toThrow(RangeError);
  });

  it('has a histogram whose counts add up', () => {
    expect(fill(new NumberSummary(), [0, 0.5, 1, 1, 20]).facts()?.histogram).toEqual({
      start: 0,
      width: 1,
      counts: [2, 2, ...Array(17).fill(0), 1],
    });
    expect(fill(new NumberSummary(), [3, 3]).facts()?.histogram).toMatchObject({ start: 3, width: 0 });
  });
});

describe('category counts', () => {
  it('list every category where they fit, the most frequent first', () => {
    expect(fill(new CategoryCounts(), ['b', 'a', 'c', 'c']).facts()).toEqual({
      count: 4,
      distinct: 3,
      complete: true,
      counts: [
        ['c', 2],
        ['a', 1],
        ['b', 1],
      ],
    });
  });

  it('keep exact counts of a sample and estimate the rest where they do not fit', () => {
    const values = Array.from({ length: 30_000 }, (_, at) => `id ${at % 10_000}`);
    const facts = fill(new CategoryCounts(512), values).facts();
    expect(facts.complete).toBe(false);
    expect(facts.count).toBe(30_000);
    expect(facts.counts).toHaveLength(512);
    expect(facts.counts.every(([, count]) => count === 3)).toBe(true);
    expect(facts.distinct).toBeGreaterThan(8_500);
    expect(facts.distinct).toBeLessThan(11_500);
  });
});

describe('vocabulary use', () => {
  it('tells used, never used and unknown ids apart, column by column', () => {
    const use = new VocabularyUse([
      ['A', 'B', 'C'],
      ['x', 'y'],
    ]);
    use.add(Uint16Array.of(0, 1, 0, 0, 7, 1));
    const [first, second] = use.facts();
    expect(first).toEqual({ size: 3, used: 1, out_of_range: 1, never_used: ['B', 'C'], most_frequent: [['A', 2]] });
    expect(second).toEqual({
      size: 2,
      used: 2,
      out_of_range: 0,
      never_used: [],
      most_frequent: [
        ['y', 2],
        ['x', 1],
      ],
    });
  });
});

function fill<Value, Summary extends { add(value: Value): void }>(
  summary: Summary & { add(value: Value): void },
  values: readonly Value[],
): Summary {
  for (const value of values) summary.add(value);
  return summary;
}
