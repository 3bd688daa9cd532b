import type { Score } from '../../midi/score.ts';
import { lastEventTick } from '../preprocess/clip-tick.ts';
import { ticksPerBar, ticksPerBeat } from '../preprocess/meters.ts';
import type { PreparedScore } from '../preprocess/prepare-score.ts';

/** Hostile meters and gaps could ask for more; no word begins after the last token. */
const MOST_WORDS = 2 ** 22;

/**
 * Ticks at which the bars or beats of a score begin, as far as something begins after them (MidiTok's `get_bars_ticks` and
 * `get_beats_ticks` with `only_notes_onsets`).
 */
export function wordTicks(source: Score, score: PreparedScore, unit: 'bar' | 'beat'): readonly number[] {
  const { meters, ticksPerQuarter } = score;
  const last = lastEventTick(source, score);
  const ticks: number[] = [];
  for (let index = 0; index < meters.tick.length; index += 1) {
    const start = meters.tick[index] ?? 0;
    const end = meters.tick[index + 1] ?? last;
    const [numerator, denominator] = [meters.numerator[index] ?? 4, meters.denominator[index] ?? 4];
    const length =
      unit === 'bar'
        ? ticksPerBar(numerator, denominator, ticksPerQuarter)
        : ticksPerBeat(denominator, ticksPerQuarter);
    for (let tick = start; tick < end && ticks.length < MOST_WORDS; tick += length) ticks.push(tick);
  }
  return ticks.length === 0 ? [0] : ticks;
}

/**
 * Where in a stream its words begin. As in MidiTok a word ends before the first token that is not before the next bar or
 * beat, so that tokens whose time goes back stay where they are.
 *
 * @param times - Tick of each token.
 */
export function wordStarts(times: readonly number[], ticks: readonly number[]): readonly number[] {
  const starts = [0];
  let at = 0;
  for (let word = 1; word < ticks.length; word += 1) {
    const next = ticks[word] ?? 0;
    while (at < times.length && (times[at] ?? 0) < next) at += 1;
    if (at === times.length) break;
    starts.push(at);
  }
  return starts;
}
