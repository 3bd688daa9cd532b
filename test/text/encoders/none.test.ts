import { expect, it } from 'vitest';
import { createNoEncoder } from '../../../src/text/encoders/none.ts';

it('no encoder answers for every text and makes no vector', async () => {
  const encoder = createNoEncoder();
  expect(encoder.dimensions).toBe(0);
  expect(await encoder.encode(['a', 'b'])).toEqual(
    Array.from({ length: 2 }, () => ({ embedding: undefined, tokenIds: undefined, truncated: false })),
  );
});
