import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchLimits, takeBatch } from '../../../src/text/encoders/transformers/take-batch.ts';

const lengths = fc
  .array(fc.integer({ min: 1, max: 512 }), { minLength: 1, maxLength: 200 })
  .map((values) => values.sort((a, b) => b - a));
const company = fc.constantFrom<BatchLimits['company']>('any', 'same_length', 'none');

describe('takeBatch', () => {
  it('takes every row once, within the budget where more than one is taken', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 4096 }), company, (rows, maxTokens, kind) => {
        for (let start = 0; start < rows.length; ) {
          const count = takeBatch(rows, start, { maxTokens, company: kind });
          const batch = rows.slice(start, start + count);
          expect(batch).toHaveLength(count);
          expect(count).toBeGreaterThan(0);
          if (count > 1) expect(count * (batch[0] ?? 0)).toBeLessThanOrEqual(maxTokens);
          if (kind === 'same_length') expect(new Set(batch).size).toBe(1);
          if (kind === 'none') expect(count).toBe(1);
          start += count;
        }
      }),
    );
  });

  it('fills the budget', () => {
    expect(takeBatch([100, 90, 90, 80, 10, 10], 0, { maxTokens: 512, company: 'any' })).toBe(5);
    expect(takeBatch([100, 90, 90, 80], 1, { maxTokens: 512, company: 'same_length' })).toBe(2);
    expect(takeBatch([600, 600], 0, { maxTokens: 512, company: 'any' })).toBe(1);
  });
});
