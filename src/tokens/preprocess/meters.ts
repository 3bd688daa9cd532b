import type { TimeSignatures } from '../../midi/score.ts';
import { MeterNotOnGrid } from '../token-missing.ts';
import { resampleTick } from './resample.ts';

/** Time signatures in order of tick; arrays of equal length, the first at tick 0. */
export interface Meters {
  readonly tick: readonly number[];
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

export const COMMON_TIME: Meters = { tick: [0], numerator: [4], denominator: [4] };

/** Ticks of one beat, which is one denominator unit. */
export function ticksPerBeat(denominator: number, ticksPerQuarter: number): number {
  return denominator === 4 ? ticksPerQuarter : Math.trunc((ticksPerQuarter * 4) / denominator);
}

export function ticksPerBar(numerator: number, denominator: number, ticksPerQuarter: number): number {
  return ticksPerBeat(denominator, ticksPerQuarter) * numerator;
}

/** Key of a time signature in tables. */
export function meterKey(numerator: number, denominator: number): number {
  return numerator * 256 + denominator;
}

/** The file's signatures that the tokenizer knows, at the file's ticks; 4/4 where there is none or the first is late. */
export function supportedMeters(signatures: TimeSignatures, supported: ReadonlyMap<number, number>): Meters {
  const tick: number[] = [];
  const numerator: number[] = [];
  const denominator: number[] = [];
  for (let index = 0; index < signatures.tick.length; index += 1) {
    const numeratorHere = signatures.numerator[index] ?? 0;
    const denominatorHere = signatures.denominator[index] ?? 0;
    if (!supported.has(meterKey(numeratorHere, denominatorHere))) continue;
    tick.push(signatures.tick[index] ?? 0);
    numerator.push(numeratorHere);
    denominator.push(denominatorHere);
  }
  if (tick[0] !== 0) {
    tick.unshift(0);
    numerator.unshift(4);
    denominator.unshift(4);
  }
  return { tick, numerator, denominator };
}

/** All signatures of a file, known or not, resampled. */
export function everyMeter(signatures: TimeSignatures, scale: number): Meters {
  return {
    tick: Array.from(signatures.tick, (tick) => resampleTick(tick, scale)),
    numerator: [...signatures.numerator],
    denominator: [...signatures.denominator],
  };
}

/** With 4/4 at the start where the first signature is later; with `moves` it is moved there if it is 4/4 itself. */
export function beginAtZero(meters: Meters, moves: boolean): Meters {
  const [first] = meters.tick;
  if (first === undefined || first === 0) return meters;
  if (moves && meters.numerator[0] === 4 && meters.denominator[0] === 4) {
    return { ...meters, tick: [0, ...meters.tick.slice(1)] };
  }
  return {
    tick: [0, ...meters.tick],
    numerator: [4, ...meters.numerator],
    denominator: [4, ...meters.denominator],
  };
}

/** Resampled signatures; their ticks are truncated where all others are rounded. */
export function resampleMeters(meters: Meters, scale: number): Meters {
  return scale === 1 ? meters : { ...meters, tick: meters.tick.map((tick) => Math.trunc(tick * scale)) };
}

/**
 * Moves each signature up to the next bar line of the one before, and keeps one at a tick (the later) and none that
 * repeats the one before (../shared/MIDITOK.md 4.4).
 */
export function alignMeters(meters: Meters, ticksPerQuarter: number): Meters {
  const tick: number[] = [];
  const numerator: number[] = [];
  const denominator: number[] = [];
  const barOf = (index: number): number => ticksPerBar(numerator[index] ?? 4, denominator[index] ?? 4, ticksPerQuarter);
  let previousTick = 0;
  let barTicks = ticksPerBar(meters.numerator[0] ?? 4, meters.denominator[0] ?? 4, ticksPerQuarter);
  for (let next = 0; next < meters.tick.length; next += 1) {
    const top = tick.length - 1;
    const numeratorHere = meters.numerator[next] ?? 4;
    const denominatorHere = meters.denominator[next] ?? 4;
    if (numeratorHere === numerator[top] && denominatorHere === denominator[top]) continue;
    if (!(barTicks >= 1)) throw new MeterNotOnGrid();
    let tickHere = Math.max(meters.tick[next] ?? 0, tick[top] ?? 0);
    tickHere = previousTick + Math.ceil((tickHere - previousTick) / barTicks) * barTicks;
    const replaces = tickHere === tick[top];
    const repeats = replaces && numeratorHere === numerator[top - 1] && denominatorHere === denominator[top - 1];
    if (replaces) {
      tick.pop();
      numerator.pop();
      denominator.pop();
    }
    if (!repeats) {
      tick.push(tickHere);
      numerator.push(numeratorHere);
      denominator.push(denominatorHere);
    }
    previousTick = tick.at(-1) ?? 0;
    barTicks = barOf(tick.length - 1);
  }
  return { tick, numerator, denominator };
}
