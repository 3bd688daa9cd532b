const REPLACEMENT = 0xfffd;
const INVALID = -1;
const CUT_OFF = -2;
const SHORT_BYTES = 64;
const PIECE_LENGTH = 4096;

/**
 * Text of a MIDI file as valid UTF-8, by symusic's rule (../shared/MIDITOK.md 1.6), which is not the WHATWG rule of
 * `TextDecoder`: a byte that cannot start a sequence becomes one U+FFFD; a lead byte with a wrong continuation, an
 * overlong form or an invalid code point becomes one U+FFFD together with all directly following continuation bytes;
 * a sequence cut by the end of the text becomes one U+FFFD and ends it.
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let position = start;
  const shortEnd = Math.min(end, start + SHORT_BYTES);
  for (; position < shortEnd; position++) {
    const byte = bytes[position] ?? 0;
    if (byte >= 0x80) break;
    text += String.fromCharCode(byte);
  }
  return position === end ? text : text + decodeLong(bytes, position, end);
}

/** The same for text of any length and kind; a megabyte byte by byte would leave a string of a million pieces. */
function decodeLong(bytes: Uint8Array, start: number, end: number): string {
  const pieces: string[] = [];
  const codePoints: number[] = [];
  let position = start;
  while (position < end) {
    const lead = bytes[position] ?? 0;
    const length = sequenceLength(lead);
    const codePoint = length === 0 ? INVALID : codePointAt(bytes, position, Math.min(end, position + length), length);
    codePoints.push(codePoint < 0 ? REPLACEMENT : codePoint);
    position += codePoint < 0 ? 1 : length;
    if (codePoint === CUT_OFF) break;
    if (codePoint === INVALID && length > 0) while (isContinuation(bytes[position]) && position < end) position += 1;
    if (codePoints.length === PIECE_LENGTH) pieces.push(String.fromCodePoint(...codePoints.splice(0)));
  }
  pieces.push(String.fromCodePoint(...codePoints));
  return pieces.join('');
}

/** Bytes of the sequence that `lead` starts, 0 where it cannot start one. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc0 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf8 ? 4 : 0;
}

/** Smallest code point that needs a sequence of that many bytes. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

/**
 * Code point of the sequence of `length` bytes at `start`, of which those before `end` are there. `CUT_OFF` where those
 * are well formed but too few, `INVALID` for a wrong continuation, an overlong form, a surrogate or one above U+10FFFF.
 */
function codePointAt(bytes: Uint8Array, start: number, end: number, length: number): number {
  let codePoint = (bytes[start] ?? 0) & (length === 1 ? 0x7f : 0x7f >> length);
  for (let i = start + 1; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (!isContinuation(byte)) return INVALID;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  if (end < start + length) return CUT_OFF;
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint < (SMALLEST[length] ?? 0) || isSurrogate || codePoint > 0x10ffff ? INVALID : codePoint;
}

function isContinuation(byte = 0): boolean {
  return (byte & 0xc0) === 0x80;
}
