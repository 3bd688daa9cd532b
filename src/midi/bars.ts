import type { Score } from './score.ts';

type Timed = Pick<Score, 'timeSignatures' | 'ticksPerQuarter' | 'endTick'>;

/** A stretch of bars of one kind, `[startTick, endTick)`. */
export interface MeterSpan {
  readonly startTick: number;
  readonly endTick: number;
  readonly numerator: number;
  readonly denominator: number;
  /** May be a fraction, where the ticks per quarter do not divide into the denominator. */
  readonly ticksPerBeat: number;
  readonly ticksPerBar: number;
  /** Index of the first bar of the span. */
  readonly firstBar: number;
  /** The last bar of a span may be short: a new signature starts a new bar wherever it stands. */
  readonly barCount: number;
}

/**
 * The meter of a score from tick 0 to just after its last event, as spans of equal bars. A beat is one unit of the
 * denominator. Before the first signature 4/4 holds; of several at one tick the last counts; one that repeats the
 * meter in force at a bar line is no change; numerator or denominator 0 is left out. An empty score has one bar.
 */
export function meterSpans(score: Timed): readonly MeterSpan[] {
  const spans: MeterSpan[] = [];
  const changes = meterChanges(score);
  let firstBar = 0;
  for (const [index, change] of changes.entries()) {
    const endTick = changes[index + 1]?.tick ?? Math.max(score.endTick, change.tick) + 1;
    const ticksPerBeat = (score.ticksPerQuarter * 4) / change.denominator;
    const ticksPerBar = ticksPerBeat * change.numerator;
    const barCount = Math.ceil((endTick - change.tick) / ticksPerBar);
    const { numerator, denominator } = change;
    spans.push({
      startTick: change.tick,
      endTick,
      numerator,
      denominator,
      ticksPerBeat,
      ticksPerBar,
      firstBar,
      barCount,
    });
    firstBar += barCount;
  }
  return spans;
}

/** Number of bars up to the last event. */
export function countBars(score: Timed): number {
  const last = meterSpans(score).at(-1);
  return last === undefined ? 0 : last.firstBar + last.barCount;
}

interface MeterChange {
  readonly tick: number;
  readonly numerator: number;
  readonly denominator: number;
}

function meterChanges({ timeSignatures }: Timed): MeterChange[] {
  const changes: MeterChange[] = [{ tick: 0, numerator: 4, denominator: 4 }];
  for (const [index, tick] of timeSignatures.tick.entries()) {
    const numerator = timeSignatures.numerator[index] ?? 0;
    const denominator = timeSignatures.denominator[index] ?? 0;
    if (numerator === 0 || denominator === 0) continue;
    if (changes.at(-1)?.tick === tick) changes.pop();
    changes.push({ tick, numerator, denominator });
  }
  return changes;
}
