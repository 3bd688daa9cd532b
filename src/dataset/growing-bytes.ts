/** A byte buffer that grows as it is written; numbers are little-endian. */
export class GrowingBytes {
  #buffer: Buffer;
  #view: DataView;
  #length = 0;

  constructor(initialBytes = 256) {
    this.#buffer = Buffer.allocUnsafeSlow(initialBytes);
    this.#view = viewOf(this.#buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written so far: a view that the next write may invalidate. */
  get written(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.#length = 0;
  }

  /** Room for `bytes` more at the end, to be filled by the caller before `advance`. */
  reserve(bytes: number): Uint8Array {
    this.#makeRoom(bytes);
    return this.#buffer.subarray(this.#length, this.#length + bytes);
  }

  advance(bytes: number): void {
    this.#length += bytes;
  }

  bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  uint8(value: number): void {
    this.#makeRoom(1);
    this.#view.setUint8(this.#length++, value);
  }

  int32(value: number): void {
    this.#makeRoom(4);
    this.#view.setInt32(this.#length, value, true);
    this.#length += 4;
  }

  /** Overwrites four bytes that were written before. */
  patchInt32(at: number, value: number): void {
    this.#view.setInt32(at, value, true);
  }

  /** A safe integer as 64 bits in two's complement. */
  int64(value: number): void {
    this.#makeRoom(8);
    this.#view.setUint32(this.#length, value % 2 ** 32, true);
    this.#view.setInt32(this.#length + 4, Math.floor(value / 2 ** 32), true);
    this.#length += 8;
  }

  float32(value: number): void {
    this.#makeRoom(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  float64(value: number): void {
    this.#makeRoom(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** LEB128: seven bits a byte, the lowest first. `value` is a safe integer from 0 up. */
  varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.uint8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.uint8(rest);
  }

  /** UTF-8; returns how many bytes that took. */
  text(text: string): number {
    // Three bytes a code unit at most; measuring first would cost as much as writing.
    this.#makeRoom(text.length * 3);
    const taken = this.#buffer.write(text, this.#length);
    this.#length += taken;
    return taken;
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    grown.set(this.written);
    this.#buffer = grown;
    this.#view = viewOf(grown);
  }
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
