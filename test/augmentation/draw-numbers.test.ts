import { describe, expect, it } from 'vitest';
import { drawNumbers } from '../../src/augmentation/draw-numbers.ts';
import { randomNumbers } from '../../src/augmentation/random-numbers.ts';

describe('drawn numbers', () => {
  it('are all there are, once each, in an order of the seed', () => {
    const drawn = [...drawNumbers(100, randomNumbers([1, 2, 3, 4]))];
    expect(drawn.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, number) => number));
    expect([...drawNumbers(100, randomNumbers([1, 2, 3, 4]))]).toEqual(drawn);
    expect([...drawNumbers(100, randomNumbers([1, 2, 3, 5]))]).not.toEqual(drawn);
    expect([...drawNumbers(0, randomNumbers([1]))]).toEqual([]);
  });

  it('of a large bound differ, too', () => {
    const numbers = drawNumbers(1e6, randomNumbers([7]));
    const drawn = Array.from({ length: 2000 }, () => numbers.next().value ?? -1);
    expect(new Set(drawn).size).toBe(2000);
    expect(drawn.every((number) => number >= 0 && number < 1e6)).toBe(true);
  });

  it('are each as likely as any other to come first', () => {
    const counts = new Uint32Array(12);
    for (let seed = 0; seed < 12_000; seed++) {
      const [first = 0] = drawNumbers(12, randomNumbers([seed, 1, 2, 3]));
      counts[first] = (counts[first] ?? 0) + 1;
    }
    // Six standard deviations of a binomial of 12,000 and a twelfth.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(182);
  });
});
