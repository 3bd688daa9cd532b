import type { PairFailure } from '../errors.ts';
import type { IndexRange } from './index-set.ts';
import { isJsonObject, type JsonObject } from './json.ts';

/** The reason a value that came from a file is not what it should be; turned into a coded error by whoever read the file. */
export class Malformed extends Error {}

/** Typed access to an object from outside; every reader throws `Malformed` that names the field. */
export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #where: string;

  constructor(value: unknown, where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Malformed(`${where} is not an object`);
    this.#values = new Map(Object.entries(value));
    this.#where = where;
  }

  /** Whether the field is there and not null. */
  has(key: string): boolean {
    return (this.#values.get(key) ?? null) !== null;
  }

  /** Whatever it is. */
  value(key: string): unknown {
    return this.#values.get(key);
  }

  /** An integer from `least` to `most`. */
  integer(key: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.#values.get(key);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
      throw this.#malformed(key, `an integer from ${least} to ${most}`);
    }
    return value;
  }

  /** A finite number that is not negative. */
  amount(key: string): number {
    const value = this.#values.get(key);
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      throw this.#malformed(key, 'a finite number');
    return value;
  }

  text(key: string): string {
    const value = this.#values.get(key);
    if (typeof value !== 'string') throw this.#malformed(key, 'text');
    return value;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T {
    const value = this.#values.get(key);
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw this.#malformed(key, `one of ${allowed.join(', ')}`);
    return found;
  }

  list(key: string): readonly unknown[] {
    const value = this.#values.get(key);
    if (!Array.isArray(value)) throw this.#malformed(key, 'a list');
    return value;
  }

  integers(key: string): readonly number[] {
    return this.list(key).map((value) => {
      if (!Number.isSafeInteger(value)) throw this.#malformed(key, 'a list of integers');
      return Number(value);
    });
  }

  /** Ascending ranges of integers, both ends inclusive. */
  ranges(key: string): readonly IndexRange[] {
    let least = 0;
    return this.list(key).map((range) => {
      const [first, last, ...more] = Array.isArray(range) ? range : [];
      if (
        !Number.isSafeInteger(first) ||
        !Number.isSafeInteger(last) ||
        first < least ||
        last < first ||
        more.length > 0
      )
        throw this.#malformed(key, 'a list of ascending ranges');
      least = Number(last) + 1;
      return [Number(first), Number(last)];
    });
  }

  texts(key: string): readonly string[] {
    return this.list(key).map((value) => {
      if (typeof value !== 'string') throw this.#malformed(key, 'a list of texts');
      return value;
    });
  }

  json(key: string): JsonObject {
    const value = this.#values.get(key);
    if (!isJsonObject(value)) throw this.#malformed(key, 'a JSON object');
    return value;
  }

  bytes(key: string): Uint8Array {
    const value = this.#values.get(key);
    if (!(value instanceof Uint8Array)) throw this.#malformed(key, 'bytes');
    return value;
  }

  /** Bytes that are unsigned 32-bit integers, little-endian. */
  uint32s(key: string): Uint32Array {
    const bytes = this.bytes(key);
    if (bytes.length % 4 !== 0) throw this.#malformed(key, 'a whole number of 32-bit integers');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // A loop: `Uint32Array.from` calls back for each, and a long run has millions of them to read before its first batch.
    const values = new Uint32Array(bytes.length / 4);
    for (let at = 0; at < values.length; at++) values[at] = view.getUint32(at * 4, true);
    return values;
  }

  object(key: string): Fields {
    return new Fields(this.#values.get(key), `${this.#where}.${key}`);
  }

  objects(key: string): readonly Fields[] {
    return this.list(key).map((value, at) => new Fields(value, `${this.#where}.${key}[${at}]`));
  }

  failures(key: string): readonly PairFailure[] {
    return this.list(key).map((entry, at) => {
      const failure = new Fields(entry, `${this.#where}.${key}[${at}]`);
      return {
        index: failure.integer('index', 0, 0xffff_ffff),
        code: failure.text('code'),
        error: failure.text('error'),
        timestamp: failure.text('timestamp'),
      };
    });
  }

  #malformed(key: string, expected: string): Malformed {
    return new Malformed(`${this.#where}.${key} is not ${expected}`);
  }
}

/** Unsigned 32-bit integers as little-endian bytes, whatever the machine. */
export function uint32Bytes(values: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => {
    view.setUint32(at * 4, value, true);
  });
  return bytes;
}
