import { BarClock } from '../bar-clock.ts';
import { type TimeValue, timeValueTicks } from '../time-values.ts';
import type { TokenizerTables } from '../tokenizer-tables.ts';
import type { TokenMeaning } from './token-meanings.ts';

/** Where a stream is: what Bar, Position, TimeShift, Rest and TimeSig tokens do to the tick, as the encoders meant it. */
export class TimeCursor {
  tick = 0;
  readonly clock: BarClock;
  readonly #tables: TokenizerTables;
  /** Bars are tokens (REMI, CPWord), so that signatures begin at the bar line and rests pass bars. */
  readonly #withBars: boolean;
  #silentFrom = 0;
  #isResting = false;

  constructor(tables: TokenizerTables, ticksPerQuarter: number, meter: number) {
    this.#tables = tables;
    this.#withBars = tables.config.tokenization === 'REMI' || tables.config.tokenization === 'CPWord';
    this.clock = new BarClock(meter, tables.values, ticksPerQuarter);
    // The first bar of PerTok has no Bar token.
    if (tables.config.tokenization === 'PerTok') this.clock.nextBar();
  }

  /** Ticks of a Duration token here. */
  durationTicks(index: number): number {
    return this.#ticksOf(this.#tables.values.durations, index);
  }

  /** Something sounds until `tick`: the next rest does not begin before. */
  holdOffRest(tick: number): void {
    this.#silentFrom = Math.max(this.#silentFrom, tick);
  }

  /** Follows a token; those that say nothing about time only end a row of rests. */
  follow(token: TokenMeaning): void {
    const wasResting = this.#isResting;
    this.#isResting = token.type === 'rest';
    if (token.type === 'bar') this.#nextBar();
    else if (token.type === 'position') this.tick = this.clock.tickOf(token.index);
    else if (token.type === 'time_shift') this.tick += this.#shiftTicks(token.index);
    else if (token.type === 'rest') this.#rest(token.index, wasResting);
    else if (token.type === 'time_signature') this.#changeMeter(token.index);
  }

  #nextBar(): void {
    this.clock.nextBar();
    this.tick = this.clock.barStart;
  }

  #shiftTicks(index: number): number {
    // The first TimeShift token of Structured says zero.
    const isStructured = this.#tables.config.tokenization === 'Structured';
    return this.durationTicks(isStructured ? index - 1 : index);
  }

  #rest(index: number, continues: boolean): void {
    this.tick = (continues ? this.tick : this.#silentFrom) + this.#ticksOf(this.#tables.values.rests, index);
    if (this.#withBars) this.clock.passRest(this.tick);
  }

  #changeMeter(meter: number): void {
    if (this.#withBars) {
      this.tick = this.clock.barStart;
      if (meter === this.clock.meter) return;
    }
    this.clock.changeMeter(meter, this.tick);
  }

  #ticksOf(values: readonly TimeValue[], index: number): number {
    const value = values[index];
    return value === undefined ? 0 : timeValueTicks(value, this.clock.beatTicks);
  }
}
