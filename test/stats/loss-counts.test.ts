import { expect, it } from 'vitest';
import { lossLines } from '../../src/cli/loss-lines.ts';
import { LossCounts } from '../../src/stats/loss-counts.ts';

function counted(): LossCounts {
  const counts = new LossCounts();
  for (let index = 0; index < 100; index++) {
    counts.add(index, `${index}.mid`, {
      n_notes: 100,
      n_dropped_notes: index,
      dropped_share: index / 100,
      dropped_notes: { pitch_range: 0, bars: index },
      replaced_meters: index < 3 ? ['7/8'] : [],
      replaced_tempos: index === 0 ? 2 : 0,
      repairs: index % 50 === 1 ? { junk_bytes: 2 } : {},
    });
  }
  return counts;
}

it('losses are summed, with the rows that lack most, worst first', () => {
  const facts = counted().facts();
  expect(facts).toMatchObject({
    notes: 10_000,
    dropped_notes: 4950,
    dropped_share: 0.495,
    dropped_by: { bars: 4950 },
    rows_with_drops: 99,
    rows_with_many: 89,
    replaced_meters: { '7/8': 3 },
    rows_with_replaced_tempos: 1,
    rows_with_repairs: 2,
    repairs: { junk_bytes: 4 },
  });
  expect(facts.worst.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, at) => 99 - at));
});

it('the summary of a run says what is lost, and nothing where nothing is', () => {
  expect(lossLines(counted().facts())).toEqual([
    '  notes    4,950 of 10,000 (49.5 %) are not in the tokens: 4,950 after the last bar that the tokenizer can count',
    '           most of all those of pair 99, 99.mid: 99.0 %',
    '  meters   said otherwise by the tokens: 7/8 3',
    '  tempos   beyond those of the tokenizer in 1 row',
    '  repairs  in 2 rows: junk_bytes 4',
  ]);
  expect(lossLines(new LossCounts().facts())).toEqual([]);
});

it('a record of an earlier version, which does not say, counts as one without losses', () => {
  const counts = new LossCounts();
  counts.add(0, undefined, { n_notes: 10 });
  expect(counts.facts()).toMatchObject({ notes: 10, dropped_notes: 0, worst: [] });
});
