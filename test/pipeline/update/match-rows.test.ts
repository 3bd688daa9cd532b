import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTable, NO_SLOT } from '../../../src/pipeline/update/key-table.ts';
import { matchRows, type RowKeys } from '../../../src/pipeline/update/match-rows.ts';

const keys = fc.array(fc.bigInt({ min: 1n, max: 12n }), { maxLength: 40 });

describe('a table of keys', () => {
  it('finds what a map of lists finds, and gives every slot away once', () => {
    fc.assert(
      fc.property(keys, fc.bigInt({ min: 1n, max: 14n }), (all, key) => {
        const table = new KeyTable(BigUint64Array.from(all), (slot) => slot % 3 !== 0);
        const expected = [...all.keys()].filter((slot) => slot % 3 !== 0 && all[slot] === key);
        expect([...table.find(key)]).toEqual(expected);
        for (const slot of expected) expect(table.take(key)).toBe(slot);
        expect(table.take(key)).toBe(NO_SLOT);
      }),
    );
  });
});

/** Even keys are those of rows without an id. */
function keysOf(rows: readonly (readonly [row: number, midi: number, text: number])[]): RowKeys {
  const column = (at: 0 | 1 | 2) => BigUint64Array.from(rows, (row) => BigInt(row[at]));
  return { rows: column(0), midi: column(1), text: column(2) };
}

const ID = { a: 1, b: 3 } as const;

describe('rows of two manifests', () => {
  it('are matched one to one, and a manifest with itself wholly', () => {
    fc.assert(
      fc.property(keys, keys, (before, now) => {
        const [earlier, later] = [before, now].map((each) =>
          keysOf(each.map((key) => [Number(key), Number(key >> 1n) + 1, 1])),
        );
        if (earlier === undefined || later === undefined) return;
        const was = [...matchRows(earlier, later)].filter((slot) => slot !== NO_SLOT);
        expect(new Set(was).size).toBe(was.length);
        expect([...matchRows(later, later)]).not.toContain(NO_SLOT);
      }),
    );
  });

  it.each([
    ['the same id, whatever else changed', [[ID.a, 7, 8]], [[ID.a, 9, 9]], [0]],
    [
      'no id, and the same file and text',
      [
        [2, 7, 8],
        [4, 9, 8],
      ],
      [
        [4, 9, 8],
        [2, 7, 8],
      ],
      [1, 0],
    ],
    ['no id, and a corrected text', [[2, 7, 8]], [[4, 7, 9]], [0]],
    ['another id, and the same file and text: the ids are new', [[ID.a, 7, 8]], [[ID.b, 7, 8]], [0]],
    ['another id and another text: another row', [[ID.a, 7, 8]], [[ID.b, 7, 9]], [NO_SLOT]],
    ['an id where there was none, and a corrected text', [[2, 7, 8]], [[ID.b, 7, 9]], [0]],
    [
      'a row that is there twice now',
      [[2, 7, 8]],
      [
        [2, 7, 8],
        [2, 7, 8],
      ],
      [0, NO_SLOT],
    ],
    [
      'the same first, and only then what was corrected',
      [
        [2, 7, 8],
        [4, 7, 9],
      ],
      [
        [6, 7, 1],
        [2, 7, 8],
      ],
      [1, 0],
    ],
  ] as const)('%s', (_, before, now, was) => {
    expect([...matchRows(keysOf(before), keysOf(now))]).toEqual(was);
  });
});
