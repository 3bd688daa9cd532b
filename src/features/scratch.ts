/** Kept between calls at most; a larger file gets arrays of its own, which are collected. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;

/**
 * Work space for one call at a time of what describes a score, such as `extractFeatures`. Its arrays are zeroed and hold
 * until the next `reset`: nothing that leaves the call may be one. A file needs some forty small arrays; not allocating
 * and collecting them anew for each file saves a sixth of the time.
 */
class Scratch {
  private buffer = new ArrayBuffer(0);
  private used = 0;

  /** Takes all arrays back and zeroes what they took; the work space grows to what the last call needed. */
  reset(): void {
    new Uint8Array(this.buffer, 0, Math.min(this.used, this.buffer.byteLength)).fill(0);
    const wanted = Math.min(this.used * 2, MAX_KEPT_BYTES);
    if (this.used > this.buffer.byteLength && wanted > this.buffer.byteLength) this.buffer = new ArrayBuffer(wanted);
    this.used = 0;
  }

  uint8(length: number): Uint8Array {
    const offset = this.take(length);
    return offset === undefined ? new Uint8Array(length) : new Uint8Array(this.buffer, offset, length);
  }

  int16(length: number): Int16Array {
    const offset = this.take(2 * length);
    return offset === undefined ? new Int16Array(length) : new Int16Array(this.buffer, offset, length);
  }

  uint16(length: number): Uint16Array {
    const offset = this.take(2 * length);
    return offset === undefined ? new Uint16Array(length) : new Uint16Array(this.buffer, offset, length);
  }

  int32(length: number): Int32Array {
    const offset = this.take(4 * length);
    return offset === undefined ? new Int32Array(length) : new Int32Array(this.buffer, offset, length);
  }

  uint32(length: number): Uint32Array {
    const offset = this.take(4 * length);
    return offset === undefined ? new Uint32Array(length) : new Uint32Array(this.buffer, offset, length);
  }

  float64(length: number): Float64Array {
    const offset = this.take(8 * length);
    return offset === undefined ? new Float64Array(length) : new Float64Array(this.buffer, offset, length);
  }

  /** Offset of so many bytes, `undefined` where there is no room left. */
  private take(bytes: number): number | undefined {
    const offset = this.used;
    this.used += (bytes + 7) & ~7;
    return this.used <= this.buffer.byteLength ? offset : undefined;
  }
}

export const scratch = new Scratch();
