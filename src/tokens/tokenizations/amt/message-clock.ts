import type { Score } from '../../../midi/score.ts';

const DEFAULT_TEMPO = 500_000;

/**
 * The seconds at the messages of a score, summed from message to message as mido sums them: whether a time is just under or
 * over half a step depends on how it was added up.
 */
export class MessageClock {
  /** At the last message. */
  seconds = 0;
  readonly #ticksPerQuarter: number;
  readonly #tempos: Score['tempos'];
  #tick = 0;
  #next = 0;
  #tempo = DEFAULT_TEMPO;

  constructor({ tempos, ticksPerQuarter }: Score) {
    this.#tempos = tempos;
    this.#ticksPerQuarter = ticksPerQuarter;
  }

  /** Goes on to the next message, and returns the seconds since the one before it. Tempos are messages, too. */
  advance(tick: number): number {
    const delta = tick - this.#tick;
    if (delta === 0) return 0;
    while ((this.#tempos.tick[this.#next] ?? Number.POSITIVE_INFINITY) <= this.#tick) {
      this.#tempo = this.#tempos.microsecondsPerQuarter[this.#next] ?? DEFAULT_TEMPO;
      this.#next += 1;
    }
    this.#tick = tick;
    const passed = delta * ((this.#tempo * 1e-6) / this.#ticksPerQuarter);
    this.seconds += passed;
    return passed;
  }
}

/** To whole numbers, halves to even ones, as Python rounds. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
