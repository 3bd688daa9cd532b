import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FailedPairs } from '../../src/checkpoint/failed-pairs.ts';

it('failed pairs are what a map of them would be, in order', () => {
  const step = fc.tuple(fc.integer({ min: 100, max: 5000 }), fc.constantFrom('a', 'b', 'c', undefined));
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const pairs = new FailedPairs(100);
      const map = new Map<number, string>();
      for (const [index, code] of steps) {
        if (code === undefined) pairs.delete(index);
        else pairs.add({ index, code });
        if (code === undefined) map.delete(index);
        else map.set(index, code);
      }
      const expected = [...map].sort(([a], [b]) => a - b).map(([index, code]) => ({ index, code }));
      expect([...pairs]).toEqual(expected);
      expect(pairs.size).toBe(map.size);
      for (const [index] of steps) expect(pairs.has(index)).toBe(map.has(index));
      expect(pairs.has(3)).toBe(false);
    }),
  );
});
