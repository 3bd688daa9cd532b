/**
 * Snappy compression (format_description.txt of google/snappy; the search is the one of its reference compressor).
 * Written for whole pages: the input is cut into blocks of 64 KiB, so that every copy fits a two-byte offset.
 * Equal input gives equal output on every machine.
 */
const BLOCK_BYTES = 1 << 16;
const HASH_BITS = 14;
const HASH_SHIFT = 32 - HASH_BITS;
/** A match is not looked for this close to the end of a block, so that four bytes can always be read. */
const MARGIN = 15;
const MIN_MATCH = 4;

/** Bytes that `compressSnappy` may need for `length` bytes of input. */
export function snappyBound(length: number): number {
  return 32 + length + Math.ceil(length / 6);
}

/**
 * Compresses `input` into `output` from byte `at` on, and returns the end.
 *
 * @param output - at least `snappyBound(input.length)` bytes from `at` on.
 */
export function compressSnappy(input: Uint8Array, output: Uint8Array, at = 0): number {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let end = putVarint(output, at, input.length);
  for (let start = 0; start < input.length; start += BLOCK_BYTES) {
    end = compressBlock(input, view, start, Math.min(start + BLOCK_BYTES, input.length), output, end);
  }
  return end;
}

const table = new Uint16Array(1 << HASH_BITS);

function compressBlock(
  input: Uint8Array,
  view: DataView,
  start: number,
  stop: number,
  output: Uint8Array,
  outputAt: number,
): number {
  let at = outputAt;
  let literalStart = start;
  const limit = stop - MARGIN;
  let position = start + 1;
  if (position < limit) table.fill(0);
  while (position < limit) {
    // Steps grow while nothing matches, so that incompressible bytes cost little.
    let candidate = start;
    let found = false;
    for (let skip = 32; position < limit; position += skip++ >>> 5) {
      const word = view.getUint32(position, true);
      const hash = Math.imul(word, 0x1e35a7bd) >>> HASH_SHIFT;
      candidate = start + (table[hash] ?? 0);
      table[hash] = position - start;
      if (view.getUint32(candidate, true) === word) {
        found = true;
        break;
      }
    }
    if (!found) break;
    at = putLiteral(input, literalStart, position, output, at);
    // A match is often followed by another at once.
    for (;;) {
      const matched = matchLength(input, view, candidate, position, stop);
      at = putCopy(output, at, position - candidate, matched);
      position += matched;
      literalStart = position;
      if (position >= limit) break;
      const before = Math.imul(view.getUint32(position - 1, true), 0x1e35a7bd) >>> HASH_SHIFT;
      table[before] = position - 1 - start;
      const word = view.getUint32(position, true);
      const hash = Math.imul(word, 0x1e35a7bd) >>> HASH_SHIFT;
      candidate = start + (table[hash] ?? 0);
      table[hash] = position - start;
      if (view.getUint32(candidate, true) !== word) break;
    }
    position++;
  }
  return literalStart < stop ? putLiteral(input, literalStart, stop, output, at) : at;
}

function matchLength(input: Uint8Array, view: DataView, candidate: number, position: number, stop: number): number {
  let length = MIN_MATCH;
  while (
    position + length + 4 <= stop &&
    view.getUint32(candidate + length, true) === view.getUint32(position + length, true)
  ) {
    length += 4;
  }
  while (position + length < stop && input[candidate + length] === input[position + length]) length++;
  return length;
}

function putLiteral(input: Uint8Array, start: number, stop: number, output: Uint8Array, outputAt: number): number {
  let at = outputAt;
  const last = stop - start - 1;
  if (last < 60) output[at++] = last << 2;
  else if (last < 0x100) {
    output[at++] = 60 << 2;
    output[at++] = last;
  } else {
    output[at++] = 61 << 2;
    output[at++] = last;
    output[at++] = last >>> 8;
  }
  if (last < 32) for (let from = start; from < stop; from++) output[at++] = input[from] ?? 0;
  else {
    output.set(input.subarray(start, stop), at);
    at += stop - start;
  }
  return at;
}

function putCopy(output: Uint8Array, outputAt: number, offset: number, length: number): number {
  let at = outputAt;
  let left = length;
  while (left >= 68) {
    at = putLongCopy(output, at, offset, 64);
    left -= 64;
  }
  if (left > 64) {
    at = putLongCopy(output, at, offset, 60);
    left -= 60;
  }
  if (left >= 12 || offset >= 2048) return putLongCopy(output, at, offset, left);
  output[at++] = 1 | ((left - 4) << 2) | ((offset >>> 8) << 5);
  output[at++] = offset;
  return at;
}

function putLongCopy(output: Uint8Array, at: number, offset: number, length: number): number {
  output[at] = 2 | ((length - 1) << 2);
  output[at + 1] = offset;
  output[at + 2] = offset >>> 8;
  return at + 3;
}

function putVarint(output: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  while (rest > 0x7f) {
    output[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  output[at++] = rest;
  return at;
}
