import { ticksPerBeat } from './preprocess/meters.ts';
import { MeterNotOnGrid } from './token-missing.ts';
import type { TokenValues } from './token-values.ts';

/** Counts bars and positions along a stream under changing time signatures, as REMI and CPWord do. */
export class BarClock {
  /** Index of the time signature in force. */
  meter = 0;
  beatTicks = 0;
  /** Number of the bar at hand; -1 before the first Bar token. */
  bar = -1;
  #barTicks = 0;
  #positionTicks = 1;
  #barStart = 0;
  /** Number and first tick of the bar in which the time signature began. */
  #meterBar = 0;
  #meterStart = 0;
  readonly #values: TokenValues;
  readonly #ticksPerQuarter: number;

  constructor(meter: number, values: TokenValues, ticksPerQuarter: number) {
    this.#values = values;
    this.#ticksPerQuarter = ticksPerQuarter;
    this.#setMeter(meter);
  }

  /** Number of the bar that `tick` is in. */
  barAt(tick: number): number {
    return this.#meterBar + Math.floor((tick - this.#meterStart) / this.#barTicks);
  }

  /** First tick of the bar at hand; 0 before the first. */
  get barStart(): number {
    return this.#barStart;
  }

  /** First tick of a bar by its number, as far as the time signature in force goes. */
  startOf(bar: number): number {
    return this.#meterStart + (bar - this.#meterBar) * this.#barTicks;
  }

  /** Tick of a position in a bar that begins at `barStart`. */
  tickOf(position: number, barStart: number = this.#barStart): number {
    return barStart + position * this.#positionTicks;
  }

  /** Position of `tick` in the bar at hand. */
  positionAt(tick: number): number {
    if (this.#positionTicks < 1) throw new MeterNotOnGrid();
    return Math.floor((tick - this.#barStart) / this.#positionTicks);
  }

  nextBar(): void {
    this.bar += 1;
    this.#barStart = this.startOf(this.bar);
  }

  /** A rest went on until `tick`: the bars that it passes get no Bar token. */
  passRest(tick: number): void {
    const reached = this.barAt(tick);
    if (reached <= this.bar) return;
    this.#barStart += (reached - Math.max(this.bar, 0)) * this.#barTicks;
    this.bar = reached;
  }

  changeMeter(meter: number, tick: number): void {
    this.#meterBar = this.barAt(tick);
    this.#meterStart = tick;
    this.#setMeter(meter);
  }

  #setMeter(meter: number): void {
    const { numerator, denominator } = this.#values.timeSignatures[meter] ?? { numerator: 4, denominator: 4 };
    this.meter = meter;
    this.beatTicks = ticksPerBeat(denominator, this.#ticksPerQuarter);
    this.#barTicks = this.beatTicks * numerator;
    this.#positionTicks = Math.floor(this.beatTicks / this.#values.positionsPerBeat);
  }
}
