import type { Score } from '../../midi/score.ts';
import { meterKey } from './meters.ts';

/** How much of a score the tokenizer cannot say, by reason. What the option to remove duplicates takes is not lost. */
export interface TokenLosses extends NoteLosses {
  /** Time signatures that the tokenizer lacks, such as "7/8", each once: its tokens say the one before, or 4/4. */
  readonly meters: readonly string[];
  /** Tempos that are slower or faster than any that the tokenizer has. */
  readonly tempos: number;
}

export interface NoteLosses {
  /** Notes above or below `pitch_range`. */
  readonly pitch_range: number;
  /** Notes of drums outside `drums_pitch_range`. */
  readonly drums_pitch_range: number;
  /** Notes of programs that are not in `programs`. */
  readonly programs: number;
  /** Notes that begin after the last bar that can be told apart (`max_bar_embedding`). */
  readonly bars: number;
}

const NONE: readonly string[] = [];

/** @param supported - by `meterKey`. */
export function lostMeters(
  signatures: Score['timeSignatures'],
  supported: ReadonlyMap<number, number>,
): readonly string[] {
  const { numerator, denominator } = signatures;
  let lost: Set<string> | undefined;
  for (let index = 0; index < numerator.length; index++) {
    if (supported.has(meterKey(numerator[index] ?? 0, denominator[index] ?? 0))) continue;
    lost ??= new Set();
    lost.add(`${numerator[index]}/${denominator[index]}`);
  }
  return lost === undefined ? NONE : [...lost];
}

/** How far beyond the ends of the range a tempo is still the one at the end: rounding to whole microseconds and less. */
const TOLERANCE = 0.02;

/** @param tempos - quarter notes a minute that the tokenizer has. */
export function countLostTempos({ microsecondsPerQuarter }: Score['tempos'], tempos: readonly number[]): number {
  const slowest = Math.min(...tempos) * (1 - TOLERANCE);
  const fastest = Math.max(...tempos) * (1 + TOLERANCE);
  let lost = 0;
  for (const microseconds of microsecondsPerQuarter) {
    const tempo = 60e6 / microseconds;
    if (tempo < slowest || tempo > fastest) lost++;
  }
  return lost;
}
