const REPLACEMENT = '\uFFFD';

/**
 * Text of a MIDI file as valid UTF-8, by symusic's rule (../shared/MIDITOK.md 1.6), which is not the WHATWG rule of
 * `TextDecoder`: a byte that cannot start a sequence becomes one U+FFFD; a lead byte with a wrong continuation, an
 * overlong form or an invalid code point becomes one U+FFFD together with all directly following continuation bytes;
 * a sequence cut by the end of the text becomes one U+FFFD and ends it.
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let position = start;
  while (position < end) {
    const lead = bytes[position] ?? 0;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      position += 1;
      continue;
    }
    const length = sequenceLength(lead);
    if (length === 0) {
      text += REPLACEMENT;
      position += 1;
      continue;
    }
    const codePoint = codePointAt(bytes, position, Math.min(end, position + length), length);
    if (codePoint === CUT_OFF) return text + REPLACEMENT;
    if (codePoint !== INVALID) {
      text += String.fromCodePoint(codePoint);
      position += length;
      continue;
    }
    text += REPLACEMENT;
    position += 1;
    while (position < end && isContinuation(bytes[position] ?? 0)) position += 1;
  }
  return text;
}

/** Bytes of the sequence that `lead` (>= 0x80) starts, 0 where it cannot start one. */
function sequenceLength(lead: number): number {
  if (lead >= 0xc0 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf8 ? 4 : 0;
}

const INVALID = -1;
const CUT_OFF = -2;
/** Smallest code point that needs a sequence of that many bytes. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

/**
 * Code point of the sequence of `length` bytes at `start`, of which those before `end` are there. `CUT_OFF` where those
 * are well formed but too few, `INVALID` for a wrong continuation, an overlong form, a surrogate or one above U+10FFFF.
 */
function codePointAt(bytes: Uint8Array, start: number, end: number, length: number): number {
  let codePoint = (bytes[start] ?? 0) & (0x7f >> length);
  for (let i = start + 1; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (!isContinuation(byte)) return INVALID;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  if (end < start + length) return CUT_OFF;
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint < (SMALLEST[length] ?? 0) || isSurrogate || codePoint > 0x10ffff ? INVALID : codePoint;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
