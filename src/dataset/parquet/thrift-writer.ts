import { GrowingBytes } from '../growing-bytes.ts';

const TYPE = { true: 1, false: 2, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;
/** Sizes and field steps above this have a form of their own. */
const SHORT = 15;

/**
 * Writes one struct in Thrift's compact protocol, the little of it that Parquet needs. Fields are written in the order of
 * their ids.
 */
export class ThriftWriter {
  readonly #bytes: GrowingBytes;
  #lastField = 0;

  constructor(bytes = new GrowingBytes()) {
    this.#bytes = bytes;
  }

  /** Ends the struct and returns its bytes. */
  end(): Uint8Array {
    this.#bytes.uint8(0);
    return this.#bytes.written;
  }

  flag(field: number, value: boolean): void {
    this.#field(field, value ? TYPE.true : TYPE.false);
  }

  i32(field: number, value: number): void {
    this.#field(field, TYPE.i32);
    this.#zigzag(value);
  }

  /** A safe integer. */
  i64(field: number, value: number): void {
    this.#field(field, TYPE.i64);
    this.#zigzag(value);
  }

  text(field: number, value: string): void {
    this.#field(field, TYPE.binary);
    this.#text(value);
  }

  struct(field: number, write: (struct: ThriftWriter) => void): void {
    this.#field(field, TYPE.struct);
    this.#struct(write);
  }

  i32s(field: number, values: readonly number[]): void {
    this.#list(field, TYPE.i32, values.length);
    for (const value of values) this.#zigzag(value);
  }

  i64s(field: number, values: readonly number[]): void {
    this.#list(field, TYPE.i64, values.length);
    for (const value of values) this.#zigzag(value);
  }

  flags(field: number, values: readonly boolean[]): void {
    this.#list(field, TYPE.true, values.length);
    for (const value of values) this.#bytes.uint8(value ? TYPE.true : TYPE.false);
  }

  binary(field: number, value: Uint8Array): void {
    this.#field(field, TYPE.binary);
    this.#binary(value);
  }

  binaries(field: number, values: readonly Uint8Array[]): void {
    this.#list(field, TYPE.binary, values.length);
    for (const value of values) this.#binary(value);
  }

  texts(field: number, values: readonly string[]): void {
    this.#list(field, TYPE.binary, values.length);
    for (const value of values) this.#text(value);
  }

  structs<Item>(field: number, items: readonly Item[], write: (struct: ThriftWriter, item: Item) => void): void {
    this.#list(field, TYPE.struct, items.length);
    for (const item of items) this.#struct((struct) => write(struct, item));
  }

  #struct(write: (struct: ThriftWriter) => void): void {
    const struct = new ThriftWriter(this.#bytes);
    write(struct);
    struct.end();
  }

  #field(field: number, type: number): void {
    const step = field - this.#lastField;
    if (step < 1 || step > SHORT) throw new RangeError(`field ${field} cannot follow field ${this.#lastField}`);
    this.#bytes.uint8((step << 4) | type);
    this.#lastField = field;
  }

  #list(field: number, type: number, size: number): void {
    this.#field(field, TYPE.list);
    if (size < SHORT) {
      this.#bytes.uint8((size << 4) | type);
      return;
    }
    this.#bytes.uint8((SHORT << 4) | type);
    this.#bytes.varint(size);
  }

  #text(value: string): void {
    this.#bytes.varint(Buffer.byteLength(value));
    this.#bytes.text(value);
  }

  #binary(value: Uint8Array): void {
    this.#bytes.varint(value.length);
    this.#bytes.bytes(value);
  }

  #zigzag(value: number): void {
    this.#bytes.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }
}
