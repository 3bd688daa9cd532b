import { type Cell, CompoundIds, isList } from './cell.ts';
import type { GrowingBytes } from './growing-bytes.ts';

/**
 * Appends a cell as MessagePack (the specification of msgpack.org) with nothing but its plain types: numbers in bulk are arrays
 * of integers and of 32-bit floats, so that every reader gets lists.
 */
export function appendMsgpack(out: GrowingBytes, cell: Cell): void {
  if (cell === null) out.uint8(0xc0);
  else if (typeof cell === 'boolean') out.uint8(cell ? 0xc3 : 0xc2);
  else if (typeof cell === 'number') appendNumber(out, cell);
  else if (typeof cell === 'string') appendText(out, cell);
  else if (cell instanceof CompoundIds) appendCompound(out, cell);
  else if (cell instanceof Float32Array) appendFloats(out, cell);
  else if (cell instanceof Uint16Array || cell instanceof Int32Array) appendIntegers(out, cell);
  else if (isList(cell)) {
    appendSize(out, cell.length, LIST);
    for (const element of cell) appendMsgpack(out, element);
  } else {
    const entries = Object.entries(cell);
    appendSize(out, entries.length, MAP);
    for (const [name, value] of entries) {
      appendText(out, name);
      appendMsgpack(out, value);
    }
  }
}

interface SizeTags {
  readonly fixed: number;
  readonly wide: number;
  readonly widest: number;
}
const LIST: SizeTags = { fixed: 0x90, wide: 0xdc, widest: 0xdd };
const MAP: SizeTags = { fixed: 0x80, wide: 0xde, widest: 0xdf };

function appendSize(out: GrowingBytes, size: number, tags: SizeTags): void {
  if (size < 16) out.uint8(tags.fixed | size);
  else if (size < 2 ** 16) appendTagged(out, tags.wide, size, 2);
  else appendTagged(out, tags.widest, size, 4);
}

/** A tag and an unsigned number of some bytes, the highest first. */
function appendTagged(out: GrowingBytes, tag: number, value: number, bytes: number): void {
  out.uint8(tag);
  for (let shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.uint8((value >>> shift) & 0xff);
}

function appendText(out: GrowingBytes, text: string): void {
  const length = Buffer.byteLength(text);
  if (length < 32) out.uint8(0xa0 | length);
  else if (length < 2 ** 8) appendTagged(out, 0xd9, length, 1);
  else if (length < 2 ** 16) appendTagged(out, 0xda, length, 2);
  else appendTagged(out, 0xdb, length, 4);
  out.text(text);
}

const wide = new DataView(new ArrayBuffer(8));
const wideBytes = new Uint8Array(wide.buffer);

function appendNumber(out: GrowingBytes, value: number): void {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0)) {
    appendInteger(out, value);
    return;
  }
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    wide.setBigInt64(0, BigInt(value));
    out.uint8(0xd3);
  } else {
    wide.setFloat64(0, value);
    out.uint8(0xcb);
  }
  out.bytes(wideBytes);
}

function appendInteger(out: GrowingBytes, value: number): void {
  if (value >= 0) {
    if (value < 2 ** 7) out.uint8(value);
    else if (value < 2 ** 8) appendTagged(out, 0xcc, value, 1);
    else if (value < 2 ** 16) appendTagged(out, 0xcd, value, 2);
    else appendTagged(out, 0xce, value, 4);
  } else if (value >= -32) out.uint8(value & 0xff);
  else appendTagged(out, 0xd2, value, 4);
}

function appendIntegers(out: GrowingBytes, integers: Uint16Array | Int32Array): void {
  appendSize(out, integers.length, LIST);
  for (let at = 0; at < integers.length; at++) appendInteger(out, integers[at] ?? 0);
}

function appendFloats(out: GrowingBytes, floats: Float32Array): void {
  appendSize(out, floats.length, LIST);
  for (const float of floats) {
    wide.setFloat32(0, float);
    out.uint8(0xca);
    out.bytes(wideBytes.subarray(0, 4));
  }
}

function appendCompound(out: GrowingBytes, { ids, columns }: CompoundIds): void {
  appendSize(out, ids.length / columns, LIST);
  for (let at = 0; at < ids.length; at += columns) appendIntegers(out, ids.subarray(at, at + columns));
}
