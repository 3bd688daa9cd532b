import type { MeterSpan } from '../midi/bars.ts';
import type { Score } from '../midi/score.ts';
import type { TempoMap } from '../midi/tempo-map.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { rounded } from './rounded.ts';
import { tempoStatistics } from './tempo-statistics.ts';
import { durationWord, tempoTerm, tempoWord } from './word-scales.ts';

/** Distinct time signatures that are listed: music has a few, a hostile file can have thousands. */
const MAX_LISTED = 32;

type TimeFeatures = Pick<
  MidiFeatures,
  | 'duration_seconds'
  | 'duration_word'
  | 'bars'
  | 'beats'
  | 'tempo_bpm'
  | 'tempo_bpm_initial'
  | 'tempo_bpm_min'
  | 'tempo_bpm_max'
  | 'tempo_changes'
  | 'tempo_is_stated'
  | 'tempo_term'
  | 'tempo_word'
  | 'time_signature'
  | 'time_signatures'
  | 'time_signature_changes'
  | 'time_signature_is_stated'
>;

/** How long and how fast a score is, and in which meter: `spans` are its `meterSpans`, its bars end at `endTick`. */
export function timeFeatures(
  score: Score,
  tempoMap: TempoMap,
  spans: readonly MeterSpan[],
  endTick: number,
): TimeFeatures {
  const seconds = tempoMap.secondsAt(score.endTick);
  const tempo = tempoStatistics(score.tempos, score.endTick);
  const meters = meterShares(spans);
  return {
    duration_seconds: rounded(seconds),
    duration_word: durationWord(seconds),
    ...barsAndBeats(spans, endTick),
    tempo_bpm: rounded(tempo.median),
    tempo_bpm_initial: rounded(tempo.initial),
    tempo_bpm_min: rounded(tempo.min),
    tempo_bpm_max: rounded(tempo.max),
    tempo_changes: tempo.changes,
    tempo_is_stated: score.tempos.tick.length > 0,
    tempo_term: tempoTerm(tempo.median),
    tempo_word: tempoWord(tempo.median),
    time_signature: longest(meters),
    time_signatures: [...meters.keys()].slice(0, MAX_LISTED),
    time_signature_changes: Math.max(0, spans.length - 1),
    time_signature_is_stated: score.timeSignatures.tick.length > 0,
  };
}

/** Bars and beats begun before the end: a piece that ends on a bar line does not open another bar. */
function barsAndBeats(spans: readonly MeterSpan[], endTick: number): { bars: number; beats: number } {
  let bars = 0;
  let beats = 0;
  for (const span of spans) {
    const length = Math.min(span.endTick, endTick) - span.startTick;
    if (length <= 0) break;
    bars = span.firstBar + Math.ceil(length / span.ticksPerBar);
    beats += Math.ceil(length / span.ticksPerBeat);
  }
  return { bars, beats };
}

/** Ticks in force of each time signature, in order of first appearance. */
function meterShares(spans: readonly MeterSpan[]): Map<string, number> {
  const ticks = new Map<string, number>();
  for (const { numerator, denominator, startTick, endTick } of spans) {
    const name = `${numerator}/${denominator}`;
    ticks.set(name, (ticks.get(name) ?? 0) + endTick - startTick);
  }
  return ticks;
}

/** The key of the largest value, the first of equals. */
function longest(ticks: ReadonlyMap<string, number>): string {
  let best = '4/4';
  let most = -1;
  for (const [name, count] of ticks) {
    if (count > most) [best, most] = [name, count];
  }
  return best;
}
