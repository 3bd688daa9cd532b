import type { WorkSpace } from '../../midi/work-space.ts';
import { NO_TOKEN } from '../vocabulary.ts';
import { TokenBuffer } from './token-buffer.ts';

const SMALLEST_CAPACITY = 16_384;
/** Larger ones are let go after use, so that one monstrous file does not stay in memory. */
const KEPT_CAPACITY = 2 ** 20;

/** Ids with the tick of each, which trained models need to tell the bars or beats of a stream apart. */
export class TimedTokenBuffer extends TokenBuffer {
  #times = new Int32Array(SMALLEST_CAPACITY);
  #count = 0;

  override push(id: number): void {
    super.push(id);
    if (this.#count === this.#times.length) this.#growTimes();
    this.#times[this.#count] = this.now;
    this.#count += 1;
  }

  override pushFour(first: number, second: number, third: number, fourth: number): void {
    for (const id of [first, second, third, fourth]) if (id !== NO_TOKEN) this.push(id);
  }

  /** Tick of each id that `take` will return; a view that the next id overwrites. */
  get times(): Int32Array {
    return this.#times.subarray(0, this.#count);
  }

  override take(): Uint16Array {
    this.#count = 0;
    return super.take();
  }

  override reset(memory?: WorkSpace): void {
    super.reset(memory);
    this.#count = 0;
    if (this.#times.length > KEPT_CAPACITY) this.#times = new Int32Array(SMALLEST_CAPACITY);
  }

  #growTimes(): void {
    const times = new Int32Array(this.#times.length * 2);
    times.set(this.#times);
    this.#times = times;
  }
}
