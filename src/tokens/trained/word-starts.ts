import type { Score } from '../../midi/score.ts';
import { lastEventTick } from '../preprocess/clip-tick.ts';
import { everyMeter, type Meters, ticksPerBar, ticksPerBeat } from '../preprocess/meters.ts';
import type { PreparedScore } from '../preprocess/prepared-score.ts';
import type { MidiTokVersion } from '../tokenizer-config.ts';

/** A stretch of one meter: words begin at `start` and every `length` ticks after it, before `end`. */
export interface WordSection {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

export interface WordRules {
  readonly unit: 'bar' | 'beat';
  readonly miditok: MidiTokVersion;
  /** The bars are those of the file, whether the tokenizer knows its signatures or not (PerTok, which says none). */
  readonly byFile: boolean;
}

/**
 * The bars or beats of a score, as far as something begins in them (MidiTok's `get_bars_ticks` and `get_beats_ticks`
 * with `only_notes_onsets`). Before 3.1 MidiTok left out the one that begins where the last thing does.
 */
export function wordSections(source: Score, score: PreparedScore, rules: WordRules): readonly WordSection[] {
  const meters = rules.byFile ? everyMeter(source.timeSignatures, score.scale) : score.meters;
  const last = Math.max(lastEventTick(source, score), meters.tick.at(-1) ?? 0) + (rules.miditok === '3.1.0' ? 1 : 0);
  const isAtStart = meters.tick[0] === 0 && isMeter(meters, 0);
  const sections = [sectionOf(0, isAtStart ? meters.numerator[0] : 4, isAtStart ? meters.denominator[0] : 4)];
  // A first signature that is not at the start is passed over; so are those that are none.
  for (let index = 1; index < meters.tick.length; index += 1) {
    if (isMeter(meters, index)) {
      sections.push(sectionOf(meters.tick[index], meters.numerator[index], meters.denominator[index]));
    }
  }
  return sections.map((section, index) => ({ ...section, end: sections[index + 1]?.start ?? last }));

  function sectionOf(start = 0, numerator = 4, denominator = 4): Omit<WordSection, 'end'> {
    const beat = ticksPerBeat(denominator, score.ticksPerQuarter);
    const length = rules.unit === 'beat' ? beat : ticksPerBar(numerator, denominator, score.ticksPerQuarter);
    return { start, length: Math.max(1, length) };
  }
}

function isMeter({ numerator, denominator }: Meters, index: number): boolean {
  return (numerator[index] ?? 0) > 0 && (denominator[index] ?? 0) > 0;
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
