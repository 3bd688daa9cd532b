import { describe, expect, it } from 'vitest';
import { DEFAULT_TEXT_LIMITS } from '../../src/text/limits.ts';
import { modelText } from '../../src/text/model-text.ts';

describe('what a text model is given', () => {
  it.each(['slow… waltz', 'C♯m⁷ chord', 'ﬁne ﬂute', 'ﾋﾟｱﾉ', ' two  spaces\n', 'a\u200bb\u0000', '👩‍🎤 🎹'])(
    '%j is given as it was written',
    (text) => {
      expect(modelText(text)).toBe(text);
    },
  );

  it('has no more bytes and combining marks than a caption may have', () => {
    const limits = { ...DEFAULT_TEXT_LIMITS, normalizedBytes: 10, marksInARow: 2 };
    expect(modelText('a waltz in C', limits)).toBe('a waltz in');
    expect(modelText('a\u0301\u0301\u0301\u0301b', limits)).toBe('a\u0301\u0301b');
    expect(modelText('🎹🎹🎹', limits)).toBe('🎹🎹');
  });
});
