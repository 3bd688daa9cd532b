import { type ScalarKind, typeMismatch } from '../column-type.ts';
import { GrowingBytes } from '../growing-bytes.ts';
import { IdValues } from './id-values.ts';
import { StringValues } from './string-values.ts';

export type NumberArray = Uint16Array | Int32Array | Float32Array | Float64Array;

/** Numbers of parquet.thrift's `Encoding`. */
export const ENCODING = { plain: 0, rle: 3, rleDictionary: 8 } as const;

/** The values of one leaf column, nulls left out, in the encoding of a page. */
export interface LeafValues {
  /** Bytes that wait for a page. */
  readonly pendingBytes: number;
  push(value: unknown): void;
  pushAll(values: NumberArray): void;
  /** The values since the last call as the body of a page. */
  takePage(): PageBody;
  /** Ends a column chunk: its dictionary, where it has one. */
  takeDictionary(): Dictionary | undefined;
}

export interface PageBody {
  readonly encoding: number;
  /** A view that the next push may invalidate. */
  readonly bytes: Uint8Array;
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
  protected readonly bytes = new GrowingBytes();

  get pendingBytes(): number {
    return this.bytes.length;
  }

  takePage(): PageBody {
    const bytes = this.bytes.written;
    this.bytes.clear();
    return { encoding: ENCODING.plain, bytes };
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

  override takePage(): PageBody {
    if (this.#bits > 0) this.#endByte();
    return super.takePage();
  }

  #endByte(): void {
    this.bytes.uint8(this.#byte);
    this.#byte = 0;
    this.#bits = 0;
  }
}
