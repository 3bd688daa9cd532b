/** Kept between files at most; a larger file gets arrays of its own, which are collected. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;
const NO_BUFFER = new ArrayBuffer(0);

/**
 * Arrays for one file after the other. They are zeroed and hold until the next `reset`: nothing that is kept longer may
 * be one. V8 collects garbage for every few hundred files whose arrays are not made this way, as they lie outside its
 * heap (bench/tokens.ts prints decoding with and without). A work space that was never reset gives arrays of their own.
 */
export class WorkSpace {
  private buffer = NO_BUFFER;
  private used = 0;

  /** Takes all arrays back and zeroes what they took; the work space grows to what the last file needed. */
  reset(): void {
    const { buffer, used } = this;
    new Uint8Array(buffer, 0, Math.min(used, buffer.byteLength)).fill(0);
    const wanted = Math.min(used * 2, MAX_KEPT_BYTES);
    if (used > buffer.byteLength && wanted > buffer.byteLength) this.buffer = new ArrayBuffer(wanted);
    this.used = 0;
  }

  /** So many bytes of a buffer, from an offset that every kind of array can begin at. */
  bytes(length: number): { readonly buffer: ArrayBuffer; readonly offset: number } {
    const offset = this.used;
    this.used += (length + 7) & ~7;
    if (this.used <= this.buffer.byteLength) return { buffer: this.buffer, offset };
    return { buffer: new ArrayBuffer(length), offset: 0 };
  }

  uint8(length: number): Uint8Array {
    const { buffer, offset } = this.bytes(length);
    return new Uint8Array(buffer, offset, length);
  }

  int16(length: number): Int16Array {
    const { buffer, offset } = this.bytes(2 * length);
    return new Int16Array(buffer, offset, length);
  }

  uint16(length: number): Uint16Array {
    const { buffer, offset } = this.bytes(2 * length);
    return new Uint16Array(buffer, offset, length);
  }

  int32(length: number): Int32Array {
    const { buffer, offset } = this.bytes(4 * length);
    return new Int32Array(buffer, offset, length);
  }

  uint32(length: number): Uint32Array {
    const { buffer, offset } = this.bytes(4 * length);
    return new Uint32Array(buffer, offset, length);
  }

  float64(length: number): Float64Array {
    const { buffer, offset } = this.bytes(8 * length);
    return new Float64Array(buffer, offset, length);
  }
}
