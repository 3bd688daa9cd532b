import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binNumbers } from '../../src/report/distributions/bin-numbers.ts';
import { findings } from '../../src/report/findings.ts';
import { projectOntoPlane } from '../../src/report/principal-components.ts';
import { ReportCollector } from '../../src/report/report-collector.ts';
import { GALLERY_ROWS, MAP_ROWS } from '../../src/report/sample-rows.ts';
import { buildTimeline } from '../../src/report/timeline.ts';
import { rowAt, sampleReport } from './sample-report.ts';

function collect(indexes: readonly number[]): ReportCollector {
  const collector = new ReportCollector();
  for (const index of indexes) {
    const copyGroup = index % 3 === 0 ? `group ${index % 300}` : undefined;
    collector.add(
      rowAt(index, {
        copyGroup,
        caption: `caption ${index % 5000}`,
        repairs: index % 10 === 0 ? { tempo_zero: 2 } : {},
      }),
    );
  }
  return collector;
}

describe('the collector', () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => index);

  test('keeps the same sample whatever order the rows come in, and never more than the page has room for', () => {
    const forward = collect(rows);
    const backward = collect([...rows].reverse());
    expect(forward.sample.gallery().map(({ index }) => index)).toEqual(
      backward.sample.gallery().map(({ index }) => index),
    );
    expect(forward.sample.map().map(({ index }) => index)).toEqual(backward.sample.map().map(({ index }) => index));
    expect(forward.sample.gallery()).toHaveLength(GALLERY_ROWS);
    expect(forward.sample.map()).toHaveLength(MAP_ROWS);
    expect(forward.faults.facts()).toEqual(backward.faults.facts());
  });

  test('of two parts added equals one pass', () => {
    const whole = collect(rows);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: rows.length }), (cut) => {
        const joined = collect(rows.slice(0, cut));
        joined.addAll(collect(rows.slice(cut)));
        expect(joined.faults.facts()).toEqual(whole.faults.facts());
        expect(joined.sample.gallery()).toEqual(whole.sample.gallery());
        expect(joined.sample.map()).toEqual(whole.sample.map());
        expect(joined.sample.copies()).toEqual(whole.sample.copies());
      }),
      { numRuns: 3 },
    );
  });

  test('keeps a few groups of copies with their first members, whatever their number', () => {
    const groups = collect(rows).sample.copies();
    expect(groups).toHaveLength(12);
    for (const { count, members } of groups) {
      expect(count).toBe(40);
      const [first] = members;
      expect(members.map(({ index }) => index)).toEqual([first?.index, (first?.index ?? 0) + 300]);
    }
  });

  test('counts what it can compare, and says where that is a sample', () => {
    const few = new ReportCollector();
    for (const index of [0, 1, 2, 3])
      few.add(rowAt(index, { caption: index < 3 ? ' The  SAME caption' : 'another caption' }));
    expect(few.faults.facts().equal_captions).toMatchObject({ complete: true, compared: 2, rows: 4, repeats: 2 });
    const { equal_captions: equal, repairs } = collect(rows).faults.facts();
    expect(equal.complete).toBe(false);
    expect(Math.abs(equal.repeats / equal.rows - 7000 / 12_000)).toBeLessThan(0.02);
    expect(repairs).toMatchObject([{ name: 'tempo_zero', rows: 1200, times: 2400 }]);
  });
});

describe('bins', () => {
  test('hold every value once, also the outliers that are not drawn', () => {
    const values = fc.array(
      fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 50 })),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(values, fc.boolean(), (pairs, integer) => {
        const counts = [...new Map(pairs.map(([value, count]) => [integer ? Math.round(value) : value, count]))].sort(
          ([a], [b]) => a - b,
        );
        const { bins, below, above } = binNumbers(counts, { integer, scale: 'auto' });
        const binned = bins.reduce((sum, { count }) => sum + count, 0);
        expect(binned + below + above).toBe(counts.reduce((sum, [, count]) => sum + count, 0));
        for (const { from, to } of bins) expect(to).toBeGreaterThan(from);
        expect(bins.length).toBeLessThanOrEqual(80);
      }),
    );
  });

  test('are logarithmic where values span orders of magnitude, and leave a far outlier out of a linear chart', () => {
    const spread = Array.from({ length: 60 }, (_, at): [number, number] => [2 ** (at / 4), 1]);
    expect(binNumbers(spread, { integer: false, scale: 'auto' }).scale).toBe('log');
    const lone: [number, number][] = [
      ...Array.from({ length: 200 }, (_, at): [number, number] => [100 + at, 1]),
      [90_000, 1],
    ];
    expect(binNumbers(lone, { integer: true, scale: 'linear' })).toMatchObject({ above: 1 });
  });
});

test('the plane is that of the two directions with the largest variance', () => {
  const vectors = Array.from({ length: 300 }, (_, at) => {
    const [a, b, c] = [Math.sin(at) * 10, Math.cos(at * 1.7) * 4, Math.sin(at * 0.3) * 0.1];
    return Float32Array.of(a, b, c, a + 5, 3);
  });
  const { points, explained } = projectOntoPlane(vectors);
  expect(explained[0]).toBeGreaterThan(0.9);
  expect(explained[0] + explained[1]).toBeGreaterThan(0.999);
  const along = points.map(([x]) => x / Math.SQRT2);
  const mean = vectors.reduce((sum, vector) => sum + (vector[0] ?? 0), 0) / vectors.length;
  for (const [at, vector] of vectors.entries()) expect(along[at]).toBeCloseTo((vector[0] ?? 0) - mean, 1);
});

test('the timeline leaves pauses out and gives each checkpoint the rate since the one before', async () => {
  const { facts } = await sampleReport(Array.from({ length: 100 }, (_, index) => rowAt(index)));
  expect(facts.timeline.seconds).toBe(30);
  expect(facts.timeline.sessions).toMatchObject([
    { from: 0, to: 10, status: 'killed', pause: null },
    { from: 10, to: 30, status: 'complete', pause: 3590 },
  ]);
  expect(facts.timeline.stages.midi).toEqual([
    { from: 0, at: 10, done: 50, rate: 5 },
    { from: 10, at: 20, done: 80, rate: 3 },
    { from: 20, at: 30, done: 100, rate: 2 },
  ]);
});

test('a long run has no more points than a chart shows, and they keep its pairs and its mean rate', () => {
  const start = Date.parse('2026-11-21T10:00:00.000Z');
  const commits = Array.from({ length: 3001 }, (_, at) => ({ session_id: 'a', at: start + (at + 1) * 1000, pairs: 7 }));
  const session = { session_id: 'a', started_at: '2026-11-21T10:00:00.000Z', seconds: 3001, status: 'complete' };
  const points = buildTimeline([session], { midi: commits }).stages.midi ?? [];
  expect(points.length).toBeLessThanOrEqual(81);
  expect(points.at(-1)?.done).toBe(21_007);
  for (const { rate } of points.slice(0, -1)) expect(rate).toBeCloseTo(7, 6);
});

test('the findings name what is wrong, the gravest first', async () => {
  const rows = Array.from({ length: 100 }, (_, index) =>
    rowAt(index, { caption: 'all the same', captionWords: index === 0 ? 2 : 9, cutTokens: index === 1 ? 7 : 0 }),
  );
  const { facts } = await sampleReport(rows);
  const found = findings(facts);
  expect(found.slice(0, 3).map(({ weight, href }) => [weight, href])).toEqual([
    ['warning', '#shifts'],
    ['warning', '#contradictions'],
    ['warning', '#equal-captions'],
  ]);
  expect(found.map(({ text }) => text).join('\n')).toMatch(
    /22 captions seem to belong to other rows, in 1 stretch[\s\S]*2 captions state what[\s\S]*99 captions repeat[\s\S]*3 pieces are copies[\s\S]*1 caption has fewer than five words[\s\S]*7 tokens are not/,
  );
});
