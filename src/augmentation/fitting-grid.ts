import type { Score } from '../midi/score.ts';
import { changedTempo, SLOWEST_MICROSECONDS } from './change-score.ts';
import type { ChangeGrid } from './music-change.ts';

/** What tokens can say. */
export interface TokenBounds {
  /** Pitches from the first up to, and without, the second. */
  readonly pitches: readonly [from: number, to: number];
  /** Quarter notes a minute, both of them. */
  readonly tempos: readonly [from: number, to: number];
}

const MICROSECONDS_PER_MINUTE = 60e6;
/** Pitches of MIDI. */
const ALL_PITCHES = [0, 128] as const;

/**
 * The values of a grid that fit a piece: transpositions by which no note leaves MIDI, nor one the tokenizer that it has now; and factors by which
 * no more tempos are beyond it.
 */
export function fittingGrid(score: Score, grid: ChangeGrid, { pitches, tempos }: TokenBounds): ChangeGrid {
  const used = usedPitches(score);
  const said = rangeWithin(used, pitches);
  const all = rangeWithin(used, ALL_PITCHES);
  const beyond = (factor: number): number => temposBeyond(score, factor, tempos);
  const before = beyond(1);
  return {
    transpose: grid.transpose.filter((up) => keepsWithin(all, up, ALL_PITCHES) && keepsWithin(said, up, pitches)),
    tempo: grid.tempo.filter((factor) => beyond(factor) <= before),
    velocity: grid.velocity,
  };
}

/** Which pitches are played, but for drums. */
function usedPitches({ tracks }: Score): Uint8Array {
  const used = new Uint8Array(128);
  for (const { notes, isDrum } of tracks) if (!isDrum) for (const pitch of notes.pitch) used[pitch] = 1;
  return used;
}

type Range = readonly [lowest: number, highest: number];

function rangeWithin(used: Uint8Array, [from, to]: Range): Range | undefined {
  let range: Range | undefined;
  for (let pitch = Math.max(0, from); pitch < Math.min(128, to); pitch++) {
    if (used[pitch] === 1) range = [range?.[0] ?? pitch, pitch];
  }
  return range;
}

function keepsWithin(range: Range | undefined, up: number, [from, to]: Range): boolean {
  return range === undefined || (range[0] + up >= from && range[1] + up < to);
}

function temposBeyond({ tempos }: Score, factor: number, [slowest, fastest]: Range): number {
  let beyond = 0;
  for (const tempo of tempos.microsecondsPerQuarter) {
    const minute = MICROSECONDS_PER_MINUTE / changedTempo(tempo, factor);
    if (minute < slowest || minute > fastest || tempo / factor > SLOWEST_MICROSECONDS || tempo / factor < 1) beyond++;
  }
  return beyond;
}
