import { type ScalarKind, typeMismatch } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';

export type NumberArray = Uint16Array | Int32Array | Float32Array | Float64Array;

/** Numbers of parquet.thrift's `Encoding`. */
export const ENCODING = { plain: 0, rle: 3, rleDictionary: 8 } as const;

/** The values of one leaf column, nulls left out, in the encoding of a page. */
export interface LeafValues {
  readonly encoding: number;
  /** Bytes that wait for a page. */
  readonly pendingBytes: number;
  push(value: unknown): void;
  pushAll(values: NumberArray): void;
  /** The values since the last call as the body of a page: a view that the next push may invalidate. */
  takePage(): Uint8Array;
  /** Ends a column chunk: its dictionary, where it has one. */
  takeDictionary(): Dictionary | undefined;
}

export interface Dictionary {
  readonly count: number;
  readonly bytes: Uint8Array;
}

export function leafValues(kind: ScalarKind): LeafValues {
  switch (kind) {
    case 'id':
      return new IdValues();
    case 'boolean':
      return new BooleanValues();
    case 'string':
      return new StringValues();
    default:
      return new NumberValues(kind);
  }
}

abstract class PlainValues {
  readonly encoding = ENCODING.plain;
  protected readonly bytes = new GrowingBytes();

  get pendingBytes(): number {
    return this.bytes.length;
  }

  takePage(): Uint8Array {
    const page = this.bytes.written;
    this.bytes.clear();
    return page;
  }

  takeDictionary(): undefined {
    return undefined;
  }
}

type NumberKind = 'int32' | 'int64' | 'float' | 'double';

const FITS: Readonly<Record<NumberKind, (value: number) => boolean>> = {
  int32: (value) => (value | 0) === value,
  int64: Number.isSafeInteger,
  float: () => true,
  double: () => true,
};

const APPEND: Readonly<Record<NumberKind, (bytes: GrowingBytes, value: number) => void>> = {
  int32: (bytes, value) => bytes.int32(value),
  int64: (bytes, value) => bytes.int64(value),
  float: (bytes, value) => bytes.float32(value),
  double: (bytes, value) => bytes.float64(value),
};

/** Fixed-width numbers, one after the other. */
class NumberValues extends PlainValues implements LeafValues {
  readonly #kind: NumberKind;

  constructor(kind: NumberKind) {
    super();
    this.#kind = kind;
  }

  push(value: unknown): void {
    if (typeof value !== 'number') throw typeMismatch(this.#kind, value);
    if (!FITS[this.#kind](value)) throw typeMismatch(this.#kind, value);
    APPEND[this.#kind](this.bytes, value);
  }

  pushAll(values: NumberArray): void {
    const asStored =
      (this.#kind === 'int32' && values instanceof Int32Array) ||
      (this.#kind === 'float' && values instanceof Float32Array) ||
      (this.#kind === 'double' && values instanceof Float64Array);
    if (asStored) this.bytes.bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    else for (const value of values) this.push(value);
  }
}

class StringValues extends PlainValues implements LeafValues {
  push(value: unknown): void {
    if (typeof value !== 'string') throw typeMismatch('string', value);
    const at = this.bytes.length;
    this.bytes.int32(0);
    const length = this.bytes.text(value);
    this.bytes.patchInt32(at, length);
  }

  pushAll(values: NumberArray): void {
    throw typeMismatch('string', values);
  }
}

/** One bit a value, the lowest first. */
class BooleanValues extends PlainValues implements LeafValues {
  #byte = 0;
  #bits = 0;

  push(value: unknown): void {
    if (typeof value !== 'boolean') throw typeMismatch('boolean', value);
    if (value) this.#byte |= 1 << this.#bits;
    if (++this.#bits === 8) this.#endByte();
  }

  pushAll(values: NumberArray): void {
    throw typeMismatch('boolean', values);
  }

  override takePage(): Uint8Array {
    if (this.#bits > 0) this.#endByte();
    return super.takePage();
  }

  #endByte(): void {
    this.bytes.uint8(this.#byte);
    this.#byte = 0;
    this.#bits = 0;
  }
}

/** Dictionary entries that a one-byte index can name. */
const ONE_BYTE = 256;
const UNSEEN = -1;

/**
 * Token ids behind a dictionary of the ids in use, in the order of their first use. The indices are kept in whole bytes
 * (one or two) instead of the fewest bits: on POP909 the page is then smaller after compression (0.78 instead of 0.85 bytes an id),
 * because repeated music stays repeated bytes, and writing it is a table lookup an id.
 */
class IdValues implements LeafValues {
  readonly encoding = ENCODING.rleDictionary;
  readonly #indexById = new Int32Array(1 << 16).fill(UNSEEN);
  readonly #idByIndex = new GrowingBytes();
  readonly #page = new GrowingBytes();
  #entries = 0;
  #indices = new Uint16Array(1 << 12);
  #count = 0;

  get pendingBytes(): number {
    return this.#count * 2;
  }

  push(value: unknown): void {
    if (typeof value !== 'number' || (value & 0xffff) !== value) throw typeMismatch('id', value);
    this.#makeRoom(1);
    this.#indices[this.#count++] = this.#indexOf(value);
  }

  pushAll(values: NumberArray): void {
    if (!(values instanceof Uint16Array)) throw typeMismatch('id', values);
    this.#makeRoom(values.length);
    const indices = this.#indices;
    const table = this.#indexById;
    const start = this.#count;
    for (let at = 0; at < values.length; at++) {
      const id = values[at] ?? 0;
      const index = table[id] ?? UNSEEN;
      indices[start + at] = index === UNSEEN ? this.#indexOf(id) : index;
    }
    this.#count += values.length;
  }

  /** Bit width, then one bit-packed run; a run holds whole groups of eight values, the last filled up with zeros. */
  takePage(): Uint8Array {
    const groups = Math.ceil(this.#count / 8);
    const indices = this.#indices.subarray(0, this.#count);
    const width = this.#entries <= ONE_BYTE ? 1 : 2;
    this.#page.clear();
    this.#page.uint8(8 * width);
    if (groups > 0) {
      this.#page.varint(groups * 2 + 1);
      const body = this.#page.reserve(groups * 8 * width);
      const used = this.#count * width;
      if (width === 1) body.set(indices);
      else body.set(new Uint8Array(indices.buffer, indices.byteOffset, indices.byteLength));
      body.fill(0, used);
      this.#page.advance(body.length);
    }
    this.#count = 0;
    return this.#page.written;
  }

  takeDictionary(): Dictionary {
    const dictionary = { count: this.#entries, bytes: this.#idByIndex.written };
    this.#idByIndex.clear();
    this.#entries = 0;
    this.#indexById.fill(UNSEEN);
    return dictionary;
  }

  #indexOf(id: number): number {
    const known = this.#indexById[id] ?? UNSEEN;
    if (known !== UNSEEN) return known;
    this.#indexById[id] = this.#entries;
    this.#idByIndex.int32(id);
    return this.#entries++;
  }

  #makeRoom(count: number): void {
    const needed = this.#count + count;
    if (needed <= this.#indices.length) return;
    const grown = new Uint16Array(Math.max(needed, this.#indices.length * 2));
    grown.set(this.#indices.subarray(0, this.#count));
    this.#indices = grown;
  }
}
