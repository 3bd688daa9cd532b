import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/midi/decode-text.ts';

const decode = (bytes: readonly number[]) => decodeText(Uint8Array.from(bytes), 0, bytes.length);

const codePoint = fc
  .oneof(
    fc.integer({ min: 0, max: 0xff }),
    fc.integer({ min: 0, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  )
  .map((value) => String.fromCodePoint(value));

describe('text of MIDI files', () => {
  it.each<[string, readonly number[], string]>([
    [
      'a byte that cannot start a sequence becomes one replacement each',
      [0x41, 0x80, 0xbf, 0xff, 0x42],
      'A\uFFFD\uFFFD\uFFFDB',
    ],
    ['a lead byte takes its wrong continuations with it', [0xe9, 0x73, 0x41], '\uFFFDsA'],
    ['an overlong form is one replacement', [0xc0, 0xaf, 0x41], '\uFFFDA'],
    ['a surrogate is one replacement', [0xed, 0xa0, 0x80, 0x41], '\uFFFDA'],
    [
      'a code point above U+10FFFF is one replacement, with all continuations',
      [0xf7, 0xbf, 0xbf, 0xbf, 0xbf, 0x41],
      '\uFFFDA',
    ],
    ['a third byte that is wrong leaves the rest to be read', [0xe4, 0xbd, 0x41], '\uFFFDA'],
    ['a sequence cut by the end is one replacement', [0x41, 0xf0, 0x9f, 0x8e], 'A\uFFFD'],
    ['a wrong continuation at the end is not taken for a cut', [0xe9, 0x73], '\uFFFDs'],
    ['Latin-1 becomes replacements', [0x70, 0x72, 0x69, 0x76, 0xe9, 0x2e], 'priv\uFFFD.'],
    ['a byte order mark stays', [0xef, 0xbb, 0xbf, 0x41], '\uFEFFA'],
    ['control characters stay', [0, 10, 27], '\0\n\u001b'],
  ])('%s', (_, bytes, text) => {
    expect(decode(bytes)).toBe(text);
  });

  it('gives valid UTF-8 of any length back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, maxLength: 100 }), fc.constantFrom(1, 2, 60), (text, repeats) => {
        const repeated = text.repeat(repeats);
        const bytes = new TextEncoder().encode(repeated);
        expect(decodeText(bytes, 0, bytes.length)).toBe(repeated);
      }),
    );
  });

  it('makes well-formed text of any bytes, reading only its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = decodeText(bytes, 0, bytes.length);
        expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new TextEncoder().encode(text))).toBe(
          text,
        );
        expect(/\p{Surrogate}/u.test(text)).toBe(false);
        expect(decodeText(Uint8Array.of(0xf0, ...bytes, 0x80, 0x80), 1, bytes.length + 1)).toBe(text);
      }),
    );
  });

  it('reads a megabyte of invalid text in under a second', () => {
    const bytes = new Uint8Array(1 << 20).fill(0xc8);
    const start = process.cpuUsage();
    expect(decodeText(bytes, 0, bytes.length).length).toBe(1 << 20);
    expect(process.cpuUsage(start).user).toBeLessThan(1e6);
  });
});
