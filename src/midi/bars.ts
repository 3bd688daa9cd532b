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
 * denominator. Before the first signature 4/4 holds; of several at one tick the last counts; one that repeats the meter
 * in force changes nothing; one with numerator or denominator 0 is left out. A score has at least one bar.
 */
export function meterSpans(score: Timed): readonly MeterSpan[] {
  const spans: MeterSpan[] = [];
  const changes = meterChanges(score);
  let firstBar = 0;
  for (const [index, { tick, numerator, denominator }] of changes.entries()) {
    const endTick = changes[index + 1]?.tick ?? Math.max(score.endTick, tick) + 1;
    const ticksPerBeat = (score.ticksPerQuarter * 4) / denominator;
    const ticksPerBar = ticksPerBeat * numerator;
    const barCount = Math.ceil((endTick - tick) / ticksPerBar);
    spans.push({ startTick: tick, endTick, numerator, denominator, ticksPerBeat, ticksPerBar, firstBar, barCount });
    firstBar += barCount;
  }
  return spans;
}

/** Number of bars up to the last event. */
export function countBars(spans: readonly MeterSpan[]): number {
  const last = spans.at(-1);
  return last === undefined ? 0 : last.firstBar + last.barCount;
}

/** Number of beats in those bars; a short bar at the end of a span counts the beats that start in it. */
export function countBeats(spans: readonly MeterSpan[]): number {
  return spans.reduce((beats, span) => beats + Math.ceil((span.endTick - span.startTick) / span.ticksPerBeat), 0);
}

/**
 * Start tick of every bar, and as last entry the end of the last one (a whole bar after its start): bar `b` is
 * `[ticks[b], ticks[b + 1])`. Ticks may be fractions.
 */
export function barTicks(spans: readonly MeterSpan[]): Float64Array {
  const ticks = new Float64Array(countBars(spans) + 1);
  for (const { startTick, ticksPerBar, firstBar, barCount } of spans) {
    for (let bar = 0; bar <= barCount; bar++) ticks[firstBar + bar] = startTick + bar * ticksPerBar;
  }
  return ticks;
}

interface MeterChange {
  readonly tick: number;
  readonly numerator: number;
  readonly denominator: number;
}

function meterChanges({ timeSignatures }: Timed): readonly MeterChange[] {
  const changes: MeterChange[] = [];
  let current: MeterChange = { tick: 0, numerator: 4, denominator: 4 };
  const settle = () => {
    const last = changes.at(-1);
    if (last?.numerator !== current.numerator || last.denominator !== current.denominator) changes.push(current);
  };
  for (const [index, tick] of timeSignatures.tick.entries()) {
    const numerator = timeSignatures.numerator[index] ?? 0;
    const denominator = timeSignatures.denominator[index] ?? 0;
    if (numerator === 0 || denominator === 0) continue;
    if (tick > current.tick) settle();
    current = { tick, numerator, denominator };
  }
  settle();
  return changes;
}
