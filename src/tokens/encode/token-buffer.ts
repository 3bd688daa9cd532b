import { MidiloomError } from '../../errors.ts';
import { WorkSpace } from '../../midi/work-space.ts';
import { NO_TOKEN } from '../vocabulary.ts';

/** Ids of one score; every track repeats the bars, so that a hostile file could ask for far more than it has bytes. */
const MOST_IDS = 2 ** 25;

/** Ids as they are written. Reused from score to score. */
export class TokenBuffer {
  /** Tick of what is written next, kept by the encoders whose tokens can be told apart by bars (`TimedTokenBuffer`). */
  now = 0;
  #ids = new Uint16Array(16_384);
  #length = 0;
  /** Of all streams of the score at hand. */
  #taken = 0;
  #memory = new WorkSpace();

  /** @throws MidiloomError `too_many_tokens` */
  push(id: number): void {
    if (this.#length === this.#ids.length) this.#grow();
    this.#ids[this.#length] = id;
    this.#length += 1;
  }

  /** Writes up to four ids: all but those that are `NO_TOKEN`. @throws MidiloomError `too_many_tokens` */
  pushFour(first: number, second: number, third: number, fourth: number): void {
    if (this.#length + 4 > this.#ids.length) this.#grow();
    const ids = this.#ids;
    let length = this.#length;
    if (first !== NO_TOKEN) ids[length++] = first;
    if (second !== NO_TOKEN) ids[length++] = second;
    if (third !== NO_TOKEN) ids[length++] = third;
    if (fourth !== NO_TOKEN) ids[length++] = fourth;
    this.#length = length;
  }

  /** The ids written so far, as one stream; writing starts anew. @throws MidiloomError `too_many_tokens` */
  take(): Uint16Array {
    this.#limit();
    const stream = this.#memory.uint16(this.#length);
    stream.set(this.#ids.subarray(0, this.#length));
    this.#taken += this.#length;
    this.#length = 0;
    this.now = 0;
    return stream;
  }

  /** Forgets everything: the next score begins. `memory` is for its streams. */
  reset(memory = new WorkSpace()): void {
    this.#memory = memory;
    this.now = 0;
    this.#length = 0;
    this.#taken = 0;
  }

  #grow(): void {
    this.#limit();
    const ids = new Uint16Array(this.#ids.length * 2);
    ids.set(this.#ids);
    this.#ids = ids;
  }

  #limit(): void {
    if (this.#taken + this.#length >= MOST_IDS) {
      throw new MidiloomError('too_many_tokens', `the score needs more than ${MOST_IDS} token ids`);
    }
  }
}
