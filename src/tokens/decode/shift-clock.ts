import type { BeatTicks } from './beat-ticks.ts';
import { meterOf } from './remi-clock.ts';
import type { MeterChange } from './score-builder.ts';
import type { StreamClock } from './stream-clock.ts';
import { spanOf, type TokenMeaning } from './token-meanings.ts';

/** What a rest of TSD does not begin before, beside notes. */
const HOLDS = new Set([
  'Program',
  'Tempo',
  'TimeSig',
  'KeySig',
  'Pedal',
  'PedalOff',
  'PitchBend',
  'ControlChange',
  'Chord',
]);

/** TSD, MIDI-Like and Structured: time moves on by shifts and rests. */
export class ShiftClock implements StreamClock {
  tick = 0;
  beatTicks: number;
  readonly #ticks: BeatTicks;
  readonly #restsFollowNotes: boolean;
  readonly #onMeter: (meter: MeterChange) => void;
  #silentFrom = 0;

  /** @param restsFollowNotes - Whether a rest begins where the last note ends, and not at once. */
  constructor(ticks: BeatTicks, restsFollowNotes: boolean, onMeter: (meter: MeterChange) => void) {
    this.#ticks = ticks;
    this.beatTicks = ticks.perQuarter;
    this.#restsFollowNotes = restsFollowNotes;
    this.#onMeter = onMeter;
  }

  spanOf(token: TokenMeaning): number {
    return spanOf(token, this.beatTicks);
  }

  deviationIn(): number {
    return 0;
  }

  noteEnds(tick: number): void {
    if (this.#restsFollowNotes) this.#silentFrom = Math.max(this.#silentFrom, tick);
  }

  follow(token: TokenMeaning): void {
    if (token.type === 'TimeShift') this.tick += this.spanOf(token);
    else if (token.type === 'Rest') this.tick = Math.max(this.#silentFrom, this.tick) + this.spanOf(token);
    else if (token.type === 'TimeSig') {
      const meter = meterOf(token, this.tick);
      this.beatTicks = this.#ticks.ofBeat(meter.denominator);
      this.#onMeter(meter);
    }
    if (HOLDS.has(token.type)) this.noteEnds(this.tick);
  }
}
