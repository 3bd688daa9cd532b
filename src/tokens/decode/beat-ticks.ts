import { positionsPerBeat, type TokenizerConfig } from '../tokenizer-config.ts';
import type { MeterChange } from './score-builder.ts';

/** Ticks of a decoded score: fine enough for every denominator that the tokenizer knows (MidiTok's `time_division`). */
export class BeatTicks {
  readonly perQuarter: number;
  /** Positions of a beat, whatever its denominator. */
  readonly positions: number;
  readonly #finest: number;

  constructor(config: TokenizerConfig) {
    this.positions = positionsPerBeat(config);
    this.#finest = config.use_time_signatures
      ? Math.max(...config.time_signature_range.map(({ denominator }) => denominator))
      : 4;
    this.perQuarter = this.ofBeat(4);
  }

  /** Ticks of a beat, which is one denominator unit. */
  ofBeat(denominator: number): number {
    return this.positions * Math.floor(this.#finest / denominator);
  }

  ofBar({ numerator, denominator }: MeterChange): number {
    return denominator === 4
      ? this.perQuarter * numerator
      : Math.trunc(this.perQuarter * (4 / denominator)) * numerator;
  }

  ofPosition(denominator: number): number {
    return Math.floor(this.ofBeat(denominator) / this.positions);
  }
}
