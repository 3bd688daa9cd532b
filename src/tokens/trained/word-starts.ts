import type { Score } from '../../midi/score.ts';
import { lastEventTick } from '../preprocess/clip-tick.ts';
import { ticksPerBar, ticksPerBeat } from '../preprocess/meters.ts';
import type { PreparedScore } from '../preprocess/prepared-score.ts';
import type { MidiTokVersion } from '../tokenizer-config.ts';

/** A stretch of one meter: words begin at `start` and every `length` ticks after it, before `end`. */
export interface WordSection {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/**
 * The bars or beats of a score, as far as something begins in them (MidiTok's `get_bars_ticks` and `get_beats_ticks`
 * with `only_notes_onsets`). Before 3.1 MidiTok left out the one that begins where the last thing does.
 */
export function wordSections(
  source: Score,
  score: PreparedScore,
  unit: 'bar' | 'beat',
  miditok: MidiTokVersion,
): readonly WordSection[] {
  const { meters, ticksPerQuarter } = score;
  const last = lastEventTick(source, score) + (miditok === '3.1.0' ? 1 : 0);
  return Array.from(meters.tick, (start, index) => {
    const [numerator, denominator] = [meters.numerator[index] ?? 4, meters.denominator[index] ?? 4];
    const beat = ticksPerBeat(denominator, ticksPerQuarter);
    const length = unit === 'beat' ? beat : ticksPerBar(numerator, denominator, ticksPerQuarter);
    return { start, end: meters.tick[index + 1] ?? last, length };
  });
}

/**
 * Where in a stream its words begin. As in MidiTok a word ends before the first token that is not before the next bar or
 * beat, so that tokens whose time goes back stay where they are.
 *
 * @param times - Tick of each token.
 */
export function wordStarts(times: Int32Array, sections: readonly WordSection[]): readonly number[] {
  const starts = [0];
  let section = 0;
  const nextWord = (tick: number): number => {
    for (; section < sections.length; section += 1) {
      const { start, end, length } = sections[section] ?? { start: 0, end: 0, length: 1 };
      const next = tick < start ? start : start + (Math.floor((tick - start) / length) + 1) * length;
      if (next < end) return next;
    }
    return Number.POSITIVE_INFINITY;
  };
  let next = nextWord(0);
  for (let at = 0; at < times.length; at += 1) {
    const time = times[at] ?? 0;
    if (time < next) continue;
    if (at > 0) starts.push(at);
    next = nextWord(time);
  }
  return starts;
}
