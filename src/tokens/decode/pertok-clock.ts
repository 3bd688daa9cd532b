import { meterOf } from './remi-clock.ts';
import type { MeterChange } from './score-builder.ts';
import type { StreamClock } from './stream-clock.ts';
import { numberOf, type TokenMeaning } from './token-meanings.ts';

const BEATS_A_BAR = 4;

/** PerTok: bars, and shifts or positions in them, in ticks as fine as those of the file. */
export class PerTokClock implements StreamClock {
  tick = 0;
  readonly beatTicks: number;
  readonly #onMeter: (meter: MeterChange) => void;
  #bar = 0;
  #barStart = 0;
  #barTicks: number;

  constructor(ticksPerQuarter: number, onMeter: (meter: MeterChange) => void) {
    this.beatTicks = ticksPerQuarter;
    this.#barTicks = ticksPerQuarter * BEATS_A_BAR;
    this.#onMeter = onMeter;
  }

  /** The denominator is in ticks a quarter, so that there is nothing to round. */
  spanOf({ numbers: [beats = 0, ticks = 0, resolution = 1] }: TokenMeaning): number {
    return beats * resolution + ticks;
  }

  deviationIn(next: TokenMeaning | undefined): number {
    return next?.type === 'MicroTiming' ? numberOf(next) : 0;
  }

  noteEnds(): void {
    // There are no rests.
  }

  follow(token: TokenMeaning): void {
    switch (token.type) {
      case 'Bar':
        this.#bar += 1;
        this.#barStart = Math.trunc(this.#barTicks * this.#bar);
        this.tick = this.#barStart;
        break;
      case 'TimeShift':
        this.tick += this.spanOf(token);
        break;
      case 'Position':
        this.tick = this.#barStart + numberOf(token);
        break;
      case 'TimeSig': {
        const meter = meterOf(token, this.tick);
        // MidiTok's own rule, by which a bar of 6/8 has twelve quarters; encoder and decoder agree on it.
        this.#barTicks = (meter.denominator / 4) * meter.numerator * this.beatTicks;
        this.#onMeter(meter);
        break;
      }
      default:
    }
  }
}
