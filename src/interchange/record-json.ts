import { Unpackr } from 'msgpackr';
import { CheckpointError } from '../errors.ts';
import { floatOfHalf, halfOfFloat } from '../text/half-precision.ts';
import { bytesOf, packFields } from '../worker/record-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A record as JSON: numbers in bulk as lists. Where that would not give the same bytes again, the bytes themselves. */
export type RecordJson = { readonly record: Fields } | { readonly record_base64: string };

const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, moreTypes: false });

export function recordToJson(bytes: Uint8Array): RecordJson {
  const original = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const fields: unknown = unpackr.unpack(original);
    const record = isFields(fields) ? mapBulk(fields, listOf) : {};
    const asRead: unknown = JSON.parse(JSON.stringify(record));
    if (isFields(asRead) && original.equals(packFields(mapBulk(asRead, bytesOfList)))) return { record };
  } catch {
    // Of another version, or not a record: it travels as it is.
  }
  return { record_base64: original.toString('base64') };
}

/** The bytes that were exported. Throws `CheckpointError` `interchange_invalid` for what `recordToJson` would not write. */
export function recordFromJson(entry: { readonly record?: unknown; readonly record_base64?: unknown }): Uint8Array {
  if (typeof entry.record_base64 === 'string') return Buffer.from(entry.record_base64, 'base64');
  if (isFields(entry.record)) return packFields(mapBulk(entry.record, bytesOfList));
  throw new CheckpointError('interchange_invalid', 'a row has neither a record nor the bytes of one');
}

/** Numbers of one width, little-endian in a record and a list in JSON. Bytes that are no such numbers are `{"base64": …}`. */
interface Bulk {
  readonly toList: (bytes: ArrayBuffer) => readonly number[];
  readonly toBytes: (list: readonly number[]) => Uint8Array;
}

const LARGEST_HALF = 65_504;
const LARGEST_FLOAT = 2 ** 128 - 2 ** 104;

/** What a typed array would wrap or make infinite is refused. */
function integers(list: readonly number[], least: number, most: number): readonly number[] {
  const wrong = list.find((value) => !Number.isInteger(value) || value < least || value > most);
  if (wrong === undefined) return list;
  throw new CheckpointError('interchange_invalid', `${wrong} is no integer from ${least} to ${most}`);
}

function floats(list: readonly number[], most: number): readonly number[] {
  const wrong = list.find((value) => Math.abs(value) > most);
  if (wrong === undefined) return list;
  throw new CheckpointError('interchange_invalid', `${wrong} is larger than a number of its width can be`);
}

const U16: Bulk = {
  toList: (bytes) => [...new Uint16Array(bytes)],
  toBytes: (list) => bytesOf(Uint16Array.from(integers(list, 0, 0xffff))),
};
const I32: Bulk = {
  toList: (bytes) => [...new Int32Array(bytes)],
  toBytes: (list) => bytesOf(Int32Array.from(integers(list, -0x8000_0000, 0x7fff_ffff))),
};
const I8: Bulk = {
  toList: (bytes) => [...new Int8Array(bytes)],
  toBytes: (list) => bytesOf(Int8Array.from(integers(list, -0x80, 0x7f))),
};
const F32: Bulk = {
  // Nine significant digits tell any two 32-bit floats apart.
  toList: (bytes) => Array.from(new Float32Array(bytes), (value) => Number(value.toPrecision(9))),
  toBytes: (list) => bytesOf(Float32Array.from(floats(list, LARGEST_FLOAT))),
};
const F16: Bulk = {
  toList: (bytes) => Array.from(new Uint16Array(bytes), floatOfHalf),
  toBytes: (list) => bytesOf(Uint16Array.from(floats(list, LARGEST_HALF), halfOfFloat)),
};

/** The fields of both stages' records that are bytes, by name. */
function bulkOf(name: string, { embedding_precision: precision }: Fields): Bulk | undefined {
  if (name === 'ids') return U16;
  if (['token_ids', 'wide_ids', 'word_starts', 'word_numbers'].includes(name)) return I32;
  if (name !== 'embedding') return undefined;
  return precision === 'float16' ? F16 : precision === 'int8' ? I8 : F32;
}

/** The same fields with their numbers in bulk as `convert` gives them; only `tokens` has any inside. */
function mapBulk(fields: Fields, convert: (bulk: Bulk | undefined, value: unknown) => unknown): Fields {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    name === 'tokens' && isFields(value) ? mapBulk(value, convert) : convert(bulkOf(name, fields), value),
  ]);
  return Object.fromEntries(entries);
}

function listOf(bulk: Bulk | undefined, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  return bulk?.toList(new Uint8Array(value).buffer) ?? { base64: Buffer.from(value).toString('base64') };
}

function bytesOfList(bulk: Bulk | undefined, value: unknown): unknown {
  if (isFields(value) && typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  const isNumbers = Array.isArray(value) && value.every((entry) => typeof entry === 'number');
  return isNumbers && bulk !== undefined ? bulk.toBytes(value) : value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
