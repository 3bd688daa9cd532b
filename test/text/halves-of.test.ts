import fc from 'fast-check';
import { expect, it } from 'vitest';
import { halfOfFloat } from '../../src/text/half-precision.ts';
import { halvesOf } from '../../src/text/halves-of.ts';

it('many floats at once have the halves of each', () => {
  const edges = [
    0,
    -0,
    2 ** -14,
    2 ** -24,
    2 ** -25,
    65_504,
    65_519.996,
    65_520,
    2 ** -14 - 2 ** -26,
    1 + 2 ** -11,
    1 + 3 * 2 ** -11,
  ];
  const values = Float32Array.from([...edges, ...edges.map((value) => -value), Infinity, -Infinity, NaN]);
  expect(halvesOf(values)).toEqual(Uint16Array.from(values, halfOfFloat));
  fc.assert(
    fc.property(fc.uint32Array({ minLength: 1, maxLength: 200 }), (bits) => {
      const any = new Float32Array(bits.buffer.slice(0));
      expect(halvesOf(any)).toEqual(Uint16Array.from(any, halfOfFloat));
    }),
  );
});
