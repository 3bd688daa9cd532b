import type { MeterSpan } from '../midi/bars.ts';
import type { MergedNotes } from './merged-notes.ts';

/**
 * Share of the quarters of `[0, endTick)` in which no note sounds (`muspy.empty_beat_rate`, whose beat is the quarter
 * too). It goes by the definition, not by muspy's code, which also counts the beat that begins where a note ends.
 */
export function emptyBeatRate(notes: MergedNotes, ticksPerQuarter: number, endTick: number): number {
  const quarters = { startTick: 0, endTick: Number.POSITIVE_INFINITY, unitTicks: ticksPerQuarter };
  return 1 - filledUnits(notes, [quarters]) / Math.ceil(endTick / ticksPerQuarter);
}

/** Share of the `bars` in which no note sounds (`muspy.empty_measure_rate`, for any number of time signatures). */
export function emptyMeasureRate(notes: MergedNotes, spans: readonly MeterSpan[], bars: number): number {
  const sections = spans.map((span, index) => ({
    startTick: span.startTick,
    endTick: index + 1 < spans.length ? span.endTick : Number.POSITIVE_INFINITY,
    unitTicks: span.ticksPerBar,
  }));
  return 1 - filledUnits(notes, sections) / bars;
}

/** A stretch of beats or bars of one length, from one on; the last stretch has no end. */
interface Section {
  readonly startTick: number;
  readonly endTick: number;
  readonly unitTicks: number;
}

/** Number of units in which a note sounds. A note without duration fills the unit of its onset. */
function filledUnits(notes: MergedNotes, sections: readonly Section[]): number {
  let filled = 0;
  let filledUntil = 0;
  let index = 0;
  for (let i = 0; i < notes.count; i++) {
    const onset = notes.onset[i] ?? 0;
    const end = notes.end[i] ?? 0;
    if (end <= filledUntil && onset < filledUntil) continue;
    let from = Math.max(onset, filledUntil);
    for (let section = sections[index]; section !== undefined; section = sections[index]) {
      if (from < section.endTick) {
        const { startTick, unitTicks } = section;
        const first = Math.floor((from - startTick) / unitTicks);
        const stop = Math.max(first + 1, Math.ceil((Math.min(end, section.endTick) - startTick) / unitTicks));
        filled += stop - first;
        filledUntil = Math.min(section.endTick, startTick + stop * unitTicks);
        if (end <= section.endTick) break;
        from = section.endTick;
      }
      index += 1;
    }
  }
  return filled;
}
