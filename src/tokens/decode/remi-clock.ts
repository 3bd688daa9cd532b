import type { BeatTicks } from './beat-ticks.ts';
import type { MeterChange } from './score-builder.ts';
import type { StreamClock } from './stream-clock.ts';
import { numberOf, spanOf, type TokenMeaning } from './token-meanings.ts';

const COMMON_TIME: MeterChange = { tick: 0, numerator: 4, denominator: 4 };
/** What can be said before the first meter only if there is none at the start. */
const BEFORE_METER = new Set(['Pitch', 'PitchDrum', 'Velocity', 'Duration', 'PitchBend', 'ControlChange', 'Pedal']);

/** The meter with which a piece begins, from its first stream. */
export function firstMeter(tokens: readonly TokenMeaning[], withMeters: boolean): MeterChange {
  const token = withMeters ? tokens.find(({ type }) => type === 'TimeSig' || BEFORE_METER.has(type)) : undefined;
  return token?.type === 'TimeSig' ? meterOf(token, 0) : COMMON_TIME;
}

export function meterOf({ numbers: [numerator = 4, denominator = 4] }: TokenMeaning, tick: number): MeterChange {
  return { tick, numerator, denominator };
}

/**
 * REMI: bars, and positions in them. MidiTok reads `Bar_None` only, so that the numbered bars of `max_bar_embedding` and
 * the ends of bars say nothing.
 */
export class RemiClock implements StreamClock {
  tick = 0;
  readonly #ticks: BeatTicks;
  readonly #onMeter: (meter: MeterChange) => void;
  #meter: MeterChange;
  #bar = -1;
  #barStart = 0;
  #meterBar = 0;
  #meterStart = 0;
  #silentFrom = 0;

  constructor(ticks: BeatTicks, meter: MeterChange, onMeter: (meter: MeterChange) => void) {
    this.#ticks = ticks;
    this.#meter = meter;
    this.#onMeter = onMeter;
  }

  get beatTicks(): number {
    return this.#ticks.ofBeat(this.#meter.denominator);
  }

  spanOf(token: TokenMeaning): number {
    return spanOf(token, this.beatTicks);
  }

  deviationIn(): number {
    return 0;
  }

  noteEnds(tick: number): void {
    this.#silentFrom = Math.max(this.#silentFrom, tick);
  }

  follow(token: TokenMeaning): void {
    switch (token.type) {
      case 'Bar':
        if (token.value === 'None') this.nextBar();
        break;
      case 'Position':
        this.toPosition(numberOf(token));
        break;
      case 'Rest':
        this.rest(token);
        break;
      case 'TimeSig':
        this.changeMeter(token);
        break;
      case 'Tempo':
      case 'KeySig':
        this.noteEnds(this.tick);
        break;
      default:
    }
  }

  nextBar(): void {
    this.#bar += 1;
    if (this.#bar > 0) this.tick = this.#barStart + this.#ticks.ofBar(this.#meter);
    this.#barStart = this.tick;
  }

  toPosition(position: number): void {
    this.#bar = Math.max(0, this.#bar);
    this.tick = this.#barStart + position * this.#ticks.ofPosition(this.#meter.denominator);
  }

  rest(token: TokenMeaning): void {
    this.tick = Math.max(this.#silentFrom, this.tick) + this.spanOf(token);
    const barTicks = this.#ticks.ofBar(this.#meter);
    const bar = this.#meterBar + Math.floor((this.tick - this.#meterStart) / barTicks);
    if (bar <= this.#bar) return;
    this.#barStart += (bar - Math.max(0, this.#bar)) * barTicks;
    this.#bar = bar;
  }

  changeMeter(token: TokenMeaning): void {
    const meter = meterOf(token, this.tick);
    if (meter.numerator === this.#meter.numerator && meter.denominator === this.#meter.denominator) return;
    this.#meter = meter;
    this.#onMeter(meter);
    this.#meterStart = this.#barStart;
    this.#meterBar = this.#bar;
  }
}
