/** A delta time has four bytes of seven bits. */
const LONGEST_DELTA = 2 ** 28 - 1;
const TEXT_EVENT = 0x01;

/** Bytes of a track as its events are written, one after the other in time. */
export class ByteWriter {
  readonly #bytes: number[] = [];
  #tick = 0;

  /** Writes an event at `tick`, which is not before the last one. */
  event(tick: number, ...message: readonly number[]): void {
    let delta = tick - this.#tick;
    // Longer waits than a delta time can say are held up by texts without text.
    for (; delta > LONGEST_DELTA; delta -= LONGEST_DELTA) {
      this.#quantity(LONGEST_DELTA);
      this.#bytes.push(0xff, TEXT_EVENT, 0);
    }
    this.#quantity(delta);
    for (const byte of message) this.#bytes.push(byte);
    this.#tick = tick;
  }

  meta(tick: number, type: number, ...content: readonly number[]): void {
    const length = new ByteWriter();
    length.#quantity(content.length);
    this.event(tick, 0xff, type, ...length.#bytes, ...content);
  }

  text(tick: number, type: number, text: string): void {
    this.meta(tick, type, ...new TextEncoder().encode(text));
  }

  /** The track as a chunk of a file, with its end. */
  toChunk(): Uint8Array {
    const body = [...this.#bytes, 0, 0xff, 0x2f, 0];
    return Uint8Array.from([0x4d, 0x54, 0x72, 0x6b, ...bigEndian(body.length, 4), ...body]);
  }

  #quantity(value: number): void {
    for (let shift = 21; shift > 0; shift -= 7) {
      if (value >> shift > 0) this.#bytes.push(((value >> shift) & 0x7f) | 0x80);
    }
    this.#bytes.push(value & 0x7f);
  }
}

export function bigEndian(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (value >> (8 * (count - 1 - index))) & 0xff);
}
