import { type Cell, type CellAppender, CompoundIds, isList } from './cell.ts';
import {
  type ColumnSchema,
  type ColumnType,
  finiteNumber,
  type ListType,
  type StructType,
  safeInteger,
  typeMismatch,
} from './column-type.ts';
import type { GrowingBytes } from './growing-bytes.ts';
import { structOf } from './struct-of.ts';

const NULL = 0xc0;
const BOOLEAN = { false: 0xc2, true: 0xc3 } as const;

/**
 * What appends the cells of a column as MessagePack (the specification of msgpack.org) with nothing but its plain types: numbers in
 * bulk are arrays of integers and of 32-bit floats, so that every reader gets lists; a double is one whatever its value.
 */
export function msgpackAppender({ name, type }: ColumnSchema): CellAppender {
  return appenderOf(type, [name]);
}

/** Begins a map; each of its entries is a name and a value. */
export function appendMapStart(out: GrowingBytes, entries: number): void {
  appendSize(out, entries, MAP);
}

export function appendText(out: GrowingBytes, text: string): void {
  const length = Buffer.byteLength(text);
  if (length < 32) out.uint8(0xa0 | length);
  else if (length < 2 ** 8) appendTagged(out, 0xd9, length, 1);
  else if (length < 2 ** 16) appendTagged(out, 0xda, length, 2);
  else appendTagged(out, 0xdb, length, 4);
  out.text(text);
}

function appenderOf(type: ColumnType, path: readonly string[]): CellAppender {
  switch (type.kind) {
    case 'struct':
      return structAppender(type, path);
    case 'list':
      return listAppender(type, path);
    case 'float':
      return orNull((out, cell) => appendFloat(out, finiteNumber(type.kind, cell)));
    case 'double':
      return orNull((out, cell) => appendDouble(out, finiteNumber(type.kind, cell)));
    case 'boolean':
      return orNull((out, cell) => {
        if (typeof cell !== 'boolean') throw typeMismatch(type.kind, cell);
        out.uint8(cell ? BOOLEAN.true : BOOLEAN.false);
      });
    case 'string':
      return orNull((out, cell) => {
        if (typeof cell !== 'string') throw typeMismatch(type.kind, cell);
        appendText(out, cell);
      });
    default:
      return orNull((out, cell) => appendInteger(out, safeInteger(type.kind, cell)));
  }
}

function orNull(append: (out: GrowingBytes, cell: Exclude<Cell, null>) => void): CellAppender {
  return (out, cell) => {
    if (cell === null || cell === undefined) out.uint8(NULL);
    else append(out, cell);
  };
}

function structAppender({ fields }: StructType, path: readonly string[]): CellAppender {
  const names = new Set(fields.map(({ name }) => name));
  const parts = fields.map(({ name, type }) => ({ name, append: appenderOf(type, [...path, name]) }));
  return orNull((out, cell) => {
    const struct = structOf(cell, names, path);
    appendMapStart(out, parts.length);
    for (const { name, append } of parts) {
      appendText(out, name);
      append(out, struct[name]);
    }
  });
}

function listAppender({ element }: ListType, path: readonly string[]): CellAppender {
  const append = appenderOf(element, path);
  return orNull((out, cell) => {
    if (cell instanceof Uint16Array || cell instanceof Int32Array) appendIntegers(out, cell);
    else if (cell instanceof Float32Array) appendFloats(out, cell);
    else if (cell instanceof CompoundIds) appendCompound(out, cell);
    else if (!isList(cell)) throw typeMismatch('list', cell);
    else {
      appendSize(out, cell.length, LIST);
      for (const item of cell) append(out, item);
    }
  });
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

const wide = new DataView(new ArrayBuffer(8));
const wideBytes = new Uint8Array(wide.buffer);

function appendDouble(out: GrowingBytes, value: number): void {
  wide.setFloat64(0, value);
  out.uint8(0xcb);
  out.bytes(wideBytes);
}

function appendFloat(out: GrowingBytes, value: number): void {
  wide.setFloat32(0, value);
  out.uint8(0xca);
  out.bytes(wideBytes.subarray(0, 4));
}

/** A safe integer in the fewest bytes. */
function appendInteger(out: GrowingBytes, value: number): void {
  if (value >= 2 ** 32 || value < -(2 ** 31)) {
    wide.setBigInt64(0, BigInt(value));
    out.uint8(0xd3);
    out.bytes(wideBytes);
  } else if (value >= 0) {
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
  for (const float of floats) appendFloat(out, finiteNumber('float', float));
}

function appendCompound(out: GrowingBytes, { ids, columns }: CompoundIds): void {
  appendSize(out, ids.length / columns, LIST);
  for (let at = 0; at < ids.length; at += columns) appendIntegers(out, ids.subarray(at, at + columns));
}
