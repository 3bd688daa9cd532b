import { Packr, Unpackr } from 'msgpackr';
import { CheckpointError, messageOf } from '../errors.ts';

/**
 * What both stages' records are made of: one msgpack map, without msgpackr's records, structures and extension types, so
 * that any msgpack reader understands it. Numbers in bulk are `bin`, little-endian, as every platform of the runtime is.
 */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}

const packr = new Packr({ useRecords: false, variableMapSize: true, moreTypes: false });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, moreTypes: false });

type Bulk = Uint8Array | Int8Array | Uint16Array | Int32Array | Float32Array;

export function packFields(fields: Readonly<Record<string, unknown>>): Uint8Array {
  return packr.pack(fields);
}

/** The bytes of a typed array, without a copy. */
export function bytesOf(numbers: Bulk): Uint8Array {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Typed access to a record's map; every reader throws `CheckpointError` `record_invalid` that names the field. */
export class RecordFields {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #what: string;

  private constructor(map: Readonly<Record<string, unknown>>, what: string) {
    this.#what = what;
    this.#fields = new Map(Object.entries(map));
  }

  /** Decodes a record; `what` names it in errors. */
  static unpack(bytes: Uint8Array, what: string): RecordFields {
    let value: unknown;
    try {
      value = unpackr.unpack(bytes);
    } catch (error) {
      throw invalidRecord(what, `is not msgpack: ${messageOf(error)}`);
    }
    if (!isPlainObject(value)) throw invalidRecord(what, 'is not a map');
    return new RecordFields(value, what);
  }

  /** A map inside the record. */
  map(name: string): RecordFields {
    const value = this.#fields.get(name);
    if (!isPlainObject(value)) throw this.#wrong(name, 'a map');
    return new RecordFields(value, this.#what);
  }

  text(name: string): string {
    const value = this.#fields.get(name);
    if (typeof value !== 'string') throw this.#wrong(name, 'text');
    return value;
  }

  flag(name: string): boolean {
    const value = this.#fields.get(name);
    if (typeof value !== 'boolean') throw this.#wrong(name, 'true or false');
    return value;
  }

  /** A finite number. */
  number(name: string): number {
    const value = this.#fields.get(name);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#wrong(name, 'a finite number');
    return value;
  }

  /** An integer from 0 up. */
  count(name: string): number {
    const value = this.#fields.get(name);
    if (!isCount(value)) throw this.#wrong(name, 'a count');
    return value;
  }

  counts(name: string): readonly number[] {
    const value = this.#fields.get(name);
    if (!Array.isArray(value) || !value.every(isCount)) throw this.#wrong(name, 'a list of counts');
    return value;
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.#fields.get(name);
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw this.#wrong(name, `one of ${choices.join(', ')}`);
    return found;
  }

  /** A map of strings, finite numbers, booleans, nulls, lists and maps of these. */
  json(name: string): JsonMap {
    const value = this.#fields.get(name);
    if (!isJsonMap(value)) throw this.#wrong(name, 'a map of plain values');
    return value;
  }

  isNull(name: string): boolean {
    return this.#fields.get(name) === null;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** A copy of a `bin` field of this length. */
  bytes(name: string, length: number): Uint8Array {
    const value = this.#fields.get(name);
    if (!(value instanceof Uint8Array) || value.length !== length) throw this.#wrong(name, `${length} bytes`);
    return Uint8Array.from(value);
  }

  /** A copy of a `bin` field at the start of a buffer of its own, so that a typed array of any width can lie over it. */
  aligned(name: string, width: number): ArrayBuffer {
    const value = this.#fields.get(name);
    if (!(value instanceof Uint8Array) || value.byteLength % width !== 0) {
      throw this.#wrong(name, `bytes, a multiple of ${width}`);
    }
    const copy = new ArrayBuffer(value.byteLength);
    new Uint8Array(copy).set(value);
    return copy;
  }

  #wrong(name: string, expected: string): CheckpointError {
    return invalidRecord(this.#what, `has a field ${name} that is not ${expected}`);
  }
}

export function invalidRecord(what: string, fault: string): CheckpointError {
  return new CheckpointError('record_invalid', `${what} ${fault}; it was made by another program or version`);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isJsonMap(value: unknown): value is JsonMap {
  return isPlainObject(value) && Object.values(value).every(isJson);
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return Array.isArray(value) ? value.every(isJson) : isJsonMap(value);
}

/** Not an array, not bytes, not a date or whatever else an extension type decodes to. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
