/** Messages by tick, as they are listed. */
export class MessageList {
  readonly track: number;
  length = 0;
  tick = new Float64Array(1024);
  /** Status, first and second byte, one above the other, and the number of the track above them. */
  message = new Float64Array(1024);

  constructor(track: number) {
    this.track = track;
  }

  add(tick: number, status: number, first: number, second: number): void {
    if (this.length === this.tick.length) this.grow();
    this.tick[this.length] = tick;
    this.message[this.length] = (status | (first << 8) | (second << 16)) + this.track * ABOVE_MESSAGE;
    this.length += 1;
  }

  private grow(): void {
    const [ticks, messages] = [this.tick, this.message];
    this.tick = new Float64Array(2 * this.length);
    this.message = new Float64Array(2 * this.length);
    this.tick.set(ticks);
    this.message.set(messages);
  }
}

/** A message has 24 bits. */
export const ABOVE_MESSAGE = 2 ** 24;
