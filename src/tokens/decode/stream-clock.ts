import type { TokenMeaning } from './token-meanings.ts';

/** Where a stream is in time: what tokens of time do to the tick depends on the tokenization. */
export interface StreamClock {
  readonly tick: number;
  /** Ticks of a beat under the meter that is in force. */
  readonly beatTicks: number;
  /** Ticks of a value such as `1.2.8`. */
  spanOf(token: TokenMeaning): number;
  /** Follows every token of the stream, one after the other; those that do not speak of time, too. */
  follow(token: TokenMeaning): void;
  /** How much later than now something is, as the token after it says (PerTok). */
  deviationIn(next: TokenMeaning | undefined): number;
  /** A note sounds until `tick`: a rest does not begin before. */
  noteEnds(tick: number): void;
}
