import { describe, expect, it } from 'vitest';
import { sublinear } from '../../../src/text/encoders/sublinear.ts';

describe('sublinear', () => {
  it('is 1 + ln of the count, to the last digits', () => {
    for (let count = 1; count <= 4096; count++) {
      expect(Math.abs(sublinear(count) - (1 + Math.log(count)))).toBeLessThan(1e-12);
    }
  });

  it('weighs counts past its table as the last of it', () => {
    expect(sublinear(1_000_000)).toBe(sublinear(4096));
  });
});
