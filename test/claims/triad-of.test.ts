import { expect, it } from 'vitest';
import { triadOf } from '../../src/claims/triad-of.ts';

it.each([
  ['C', 0],
  ['Cmaj7', 0],
  ['Cm', 12],
  ['C#m7b5', 13],
  ['Bbdim', 22],
  ['Ebaug', 3],
  ['G/B', 7],
  ['A#', 10],
  ['N', undefined],
  ['Cb', undefined],
  ['E#', undefined],
  ['', undefined],
])('the triad of %j is %j', (symbol, triad) => {
  expect(triadOf(symbol)).toBe(triad);
});
