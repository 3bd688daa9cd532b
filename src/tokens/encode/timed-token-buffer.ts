import { NO_TOKEN } from '../token-ids.ts';
import { TokenBuffer } from './token-buffer.ts';

/** Ids with the tick of each, which trained models need to tell the bars or beats of a stream apart. */
export class TimedTokenBuffer extends TokenBuffer {
  /** Tick of each id of the stream at hand. */
  times: number[] = [];

  override push(id: number): void {
    super.push(id);
    this.times.push(this.now);
  }

  override pushFour(first: number, second: number, third: number, fourth: number): void {
    for (const id of [first, second, third, fourth]) if (id !== NO_TOKEN) this.push(id);
  }

  override take(): Uint16Array {
    const stream = super.take();
    this.times = [];
    return stream;
  }
}
