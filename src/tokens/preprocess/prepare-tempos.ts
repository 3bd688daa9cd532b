import type { Tempos } from '../../midi/score.ts';
import { nearestIndex } from '../bins.ts';
import { roundTicks } from './grid-rounding.ts';
import { resampleTick } from './resample.ts';
import type { Section } from './sections.ts';

/** Tempo changes at rising ticks, the first at tick 0; `bin` is an index into the tokenizer's tempos. */
export interface PreparedTempos {
  readonly tick: Int32Array;
  readonly bin: Uint16Array;
}

export interface TempoPreparation {
  /** Microseconds a quarter of the tokenizer's tempos, fastest first. */
  readonly microseconds: Float64Array;
  readonly defaultBin: number;
  readonly factors: readonly Section[];
  readonly removeEqual: boolean;
}

/** Microseconds a quarter of tempos given in ascending order: ascending, so the other way round. */
export function tempoMicroseconds(tempos: readonly number[]): Float64Array {
  return Float64Array.from(tempos, (tempo) => 60e6 / tempo).reverse();
}

/** The tempo changes that tokens say: binned by duration of a quarter, the last of several at a tick. */
export function prepareTempos(tempos: Tempos, scale: number, how: TempoPreparation): PreparedTempos {
  const count = tempos.tick.length;
  const ticks = new Int32Array(count);
  for (let index = 0; index < count; index += 1) ticks[index] = resampleTick(tempos.tick[index] ?? 0, scale);
  roundTicks(ticks, how.factors);
  const tick = new Int32Array(count + 1);
  const bin = new Uint16Array(count + 1);
  let kept = 0;
  if (ticks[0] !== 0) {
    bin[0] = how.defaultBin;
    kept = 1;
  }
  const first = kept;
  for (let index = 0; index < count; index += 1) {
    const tickHere = ticks[index] ?? 0;
    if (tickHere === ticks[index + 1]) continue;
    const binHere =
      how.microseconds.length - 1 - nearestIndex(how.microseconds, tempos.microsecondsPerQuarter[index] ?? 0);
    if (how.removeEqual && kept > first && bin[kept - 1] === binHere) continue;
    tick[kept] = tickHere;
    bin[kept] = binHere;
    kept += 1;
  }
  return { tick: tick.subarray(0, kept), bin: bin.subarray(0, kept) };
}
