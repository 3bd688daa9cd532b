import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/config/fingerprint.ts';

describe('fingerprintOf', () => {
  it('does not depend on the order of the options', () => {
    expect(fingerprintOf({ a: 1, b: [2, 3] }).id).toBe(fingerprintOf({ b: [2, 3], a: 1 }).id);
  });

  it('changes with any value, also inside a list', () => {
    expect(fingerprintOf({ a: [1, 2] }).id).not.toBe(fingerprintOf({ a: [2, 1] }).id);
  });

  it('shows lists on one line', () => {
    expect(fingerprintOf({ programs: [0, 1], limit: undefined }).options).toEqual({ limit: null, programs: '[0,1]' });
  });
});
