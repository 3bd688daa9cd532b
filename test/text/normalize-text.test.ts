import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TEXT_LIMITS } from '../../src/text/limits.ts';
import { type NormalizedText, normalizeText } from '../../src/text/normalize-text.ts';

const NO_REPAIRS = { loneSurrogates: 0, controlCharacters: 0, combiningMarks: 0, cutBytes: 0 };
const ANY_TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Any code units, so lone surrogates too.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('a', ' ', '\n', '\u0301', '\u0344', '\u200b', '\u200d', '\ufdfa', '\ud83c', '\udfb9', '¨'))
    .map((parts) => parts.join('')),
);

function normalized(raw: string): NormalizedText {
  const result = normalizeText(raw);
  if (!result.ok) throw new Error(`refused: ${result.code}`);
  return result;
}

describe('normalizeText', () => {
  it('leaves a clean caption as it is', () => {
    const caption = 'A slow waltz in G major, for piano.';
    expect(normalizeText(caption)).toEqual({ ok: true, text: caption, normalized: caption, repairs: NO_REPAIRS });
  });

  it('keeps the caption as given beside its normal form', () => {
    const { text, normalized: normal, repairs } = normalized('  Ｓｌｏｗ\t\r\nwaltz ﬁnale… ½ ');
    expect(text).toBe('  Ｓｌｏｗ\t\r\nwaltz ﬁnale… ½ ');
    expect(normal).toBe('Slow waltz finale... 1⁄2');
    expect(repairs).toEqual(NO_REPAIRS);
  });

  it.each([
    ['Chinese', '一首舒缓的钢琴曲，Ｃ大调。', '一首舒缓的钢琴曲,C大调。'],
    ['Arabic', 'مقطوعة\u00a0بيانو هادئة', 'مقطوعة بيانو هادئة'],
    ['emoji with joiners', '🎹 👨‍👩‍👧 ❤️', '🎹 👨‍👩‍👧 ❤️'],
    ['Persian with a zero-width non-joiner', 'می\u200cنوازد', 'می\u200cنوازد'],
    ['composed and decomposed accents', 'cafe\u0301', 'caf\u00e9'],
  ])('normalizes %s', (_, raw, expected) => {
    expect(normalized(raw).normalized).toBe(expected);
  });

  it('removes terminal escapes, direction overrides and zero-width spaces, and counts them', () => {
    const { normalized: normal, repairs } = normalized('a\u001b[31m red\u0000 \u202enote\u200b\ufeff');
    expect(normal).toBe('a[31m red note');
    expect(repairs.controlCharacters).toBe(5);
  });

  it('replaces lone surrogates in both forms, and counts them', () => {
    const { text, normalized: normal, repairs } = normalized('piano \ud83c and \udfb9, but 🎹');
    expect(text).toBe('piano \ufffd and \ufffd, but 🎹');
    expect(normal).toBe(text);
    expect(repairs.loneSurrogates).toBe(2);
  });

  it.each(['', ' ', '\n\t\u00a0', '\u200b\u200d', '\u0000\u001b', '\ud800', '\u0301', '\u202e \u2066'])(
    'calls a caption that shows nothing (%j) missing',
    (raw) => {
      expect(normalizeText(raw)).toMatchObject({ ok: false, code: 'missing_text' });
    },
  );

  it('cuts a long caption at a code point and says how much is gone', () => {
    const limits = { ...DEFAULT_TEXT_LIMITS, normalizedBytes: 10 };
    expect(normalizeText('🎹🎹🎹', limits)).toMatchObject({
      ok: true,
      text: '🎹🎹🎹',
      normalized: '🎹🎹',
      repairs: { cutBytes: 4 },
    });
    expect(normalizeText('a waltz in C', limits)).toMatchObject({ normalized: 'a waltz in', repairs: { cutBytes: 2 } });
  });

  it('refuses what is too long to be a caption', () => {
    const result = normalizeText('a'.repeat(DEFAULT_TEXT_LIMITS.rawBytes + 1));
    expect(result).toMatchObject({ ok: false, code: 'text_limit_size' });
  });

  it('takes 1 MB of one character, cut', () => {
    const { normalized: normal, repairs } = normalized('a'.repeat(1_000_000));
    expect(normal).toBe('a'.repeat(65_536));
    expect(repairs.cutBytes).toBe(1_000_000 - 65_536);
  });

  it('bounds text that NFKC grows 18 times', () => {
    const { normalized: normal } = normalized('\ufdfa'.repeat(340_000));
    expect(Buffer.byteLength(normal)).toBeLessThanOrEqual(65_536);
  });

  it('takes half a million combining marks in linear time (sorting them took NFKC a minute)', () => {
    const started = performance.now();
    const { normalized: normal, repairs } = normalized(`a${'\u0301\u0316'.repeat(250_000)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect([...normal].length).toBeLessThanOrEqual(31);
    expect(repairs.combiningMarks).toBe(500_000 - 30);
  });

  it('changes nothing the second time, and never leaves what it removes', () => {
    fc.assert(
      fc.property(ANY_TEXT, (raw) => {
        const result = normalizeText(raw);
        if (!result.ok) return;
        expect(normalizeText(result.normalized)).toEqual({
          ok: true,
          text: result.normalized,
          normalized: result.normalized,
          repairs: NO_REPAIRS,
        });
        expect(result.normalized).toBe(result.normalized.normalize('NFKC'));
        expect(result.normalized).not.toMatch(/\p{Cc}|\p{Surrogate}|^\s|\s$|\s\s/u);
        expect(result.text).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('is never longer than its limit, wherever the cut falls', () => {
    fc.assert(
      fc.property(ANY_TEXT, fc.integer({ min: 4, max: 40 }), (raw, normalizedBytes) => {
        const result = normalizeText(raw, { ...DEFAULT_TEXT_LIMITS, normalizedBytes });
        if (!result.ok) return;
        expect(Buffer.byteLength(result.normalized)).toBeLessThanOrEqual(normalizedBytes);
        expect(result.normalized).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 1000 },
    );
  });
});
