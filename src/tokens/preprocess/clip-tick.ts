import type { Score } from '../../midi/score.ts';
import { type Meters, ticksPerBar } from './meters.ts';
import type { PreparedScore } from './prepared-score.ts';
import { resampleTick } from './resample.ts';

/** The tick at which bar number `bars` begins; infinite where the score has no more than `bars` bars. */
export function tickOfBar(bars: number, meters: Meters, lastTick: number, ticksPerQuarter: number): number {
  let before = 0;
  for (let index = 0; index < meters.tick.length; index += 1) {
    const start = meters.tick[index] ?? 0;
    const end = meters.tick[index + 1] ?? lastTick + 1;
    const barTicks = ticksPerBar(meters.numerator[index] ?? 4, meters.denominator[index] ?? 4, ticksPerQuarter);
    const count = Math.ceil((end - start) / barTicks);
    if (before + count > bars) return start + (bars - before) * barTicks;
    before += count;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * The last tick at which MidiTok sees something happen: starts of notes, controls, pitch bends and lyrics of the tracks
 * that are left, tempos, signatures and markers.
 */
export function lastEventTick(
  source: Score,
  score: Pick<PreparedScore, 'scale' | 'meters' | 'tempos' | 'keys' | 'notes' | 'tracks'>,
): number {
  const resampled = (ticks: ArrayLike<number>): number => resampleTick(ticks[ticks.length - 1] ?? 0, score.scale);
  let last = Math.max(
    score.meters.tick.at(-1) ?? 0,
    // What is said is on the grid.
    score.tempos.tick.at(-1) ?? resampled(source.tempos.tick),
    score.keys.tick.at(-1) ?? resampled(source.keySignatures.tick),
    resampleTick(source.markers.at(-1)?.tick ?? 0, score.scale),
  );
  for (const { group, from, to, pitchBends: bends, controls: said } of score.tracks) {
    if (to > from) last = Math.max(last, score.notes.onset[to - 1] ?? 0);
    // The lyrics of tracks that were merged into another are gone.
    last = Math.max(last, resampleTick(group.members[0]?.lyrics.at(-1)?.tick ?? 0, score.scale));
    for (const { controls, pitchBends } of group.members) {
      last = Math.max(last, said.tick.at(-1) ?? resampled(controls.tick));
      last = Math.max(last, bends.tick.at(-1) ?? resampled(pitchBends.tick));
    }
  }
  return last;
}
