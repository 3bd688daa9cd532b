import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatOfHalf, halfOfFloat } from '../../src/text/half-precision.ts';
import type { EmbeddingPrecision } from '../../src/worker/stored-embedding.ts';
import { packTextRecord, type TextRecord, unpackTextRecord } from '../../src/worker/text-record.ts';

function throughRecord(values: readonly number[], precision: EmbeddingPrecision): TextRecord {
  const embedding = Float32Array.from(values);
  const plain = { text: 'a', normalized: 'a', truncated: false, statistics: {}, encoder: 'transformers' };
  return unpackTextRecord(packTextRecord({ ...plain, embedding, token_ids: undefined, precision, device: 'cuda' }));
}

const vectors = fc.array(fc.float({ noNaN: true, min: -4, max: 4 }), { minLength: 1, maxLength: 40 });

describe('an embedding in a record', () => {
  it('is exact in float32, and says what computed it', () => {
    expect(throughRecord([0.1, -0.5, 1], 'float32')).toMatchObject({
      embedding: Float32Array.of(0.1, -0.5, 1),
      device: 'cuda',
    });
  });

  it('is rounded to the nearest half in float16', () => {
    fc.assert(
      fc.property(vectors, (values) => {
        const { embedding = [] } = throughRecord(values, 'float16');
        for (const [at, value] of values.entries()) {
          expect(Math.abs((embedding[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(
            Math.max(Math.abs(value) * 2 ** -11, 2 ** -25),
          );
        }
      }),
    );
  });

  it('is off by half a step of its scale at most in int8, and has its codes', () => {
    fc.assert(
      fc.property(vectors, (values) => {
        const { embedding = [], embedding_int8: stored } = throughRecord(values, 'int8');
        expect(stored?.codes).toHaveLength(values.length);
        for (const [at, value] of values.entries()) {
          const step = stored?.scale ?? Number.NaN;
          expect(Math.abs((embedding[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(step * 0.5001 + 1e-30);
          expect(embedding[at]).toBe(Math.fround((stored?.codes[at] ?? Number.NaN) * step));
        }
      }),
    );
  });

  it('may be nothing but zeros', () => {
    expect(throughRecord([0, 0], 'int8').embedding).toEqual(Float32Array.of(0, 0));
  });
});

describe('half precision', () => {
  it('gives back every number it has', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = floatOfHalf(bits);
      expect(Number.isNaN(value) ? 'NaN' : halfOfFloat(value)).toBe(Number.isNaN(value) ? 'NaN' : bits);
    }
  });

  it('rounds to the nearest, ties to even', () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const middle = (floatOfHalf(bits) + floatOfHalf(bits + 1)) / 2;
      expect(halfOfFloat(middle)).toBe(bits % 2 === 0 ? bits : bits + 1);
      expect(halfOfFloat(middle * (1 + 2 ** -40))).toBe(bits + 1);
    }
    expect([65_519, 65_520, -1e9, 2 ** -26].map(halfOfFloat)).toEqual([0x7bff, 0x7c00, 0xfc00, 0]);
  });
});
