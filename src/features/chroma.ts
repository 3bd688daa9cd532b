import { DRUMS, type MergedNotes } from './merged-notes.ts';

/** A bass note sounds for at least this many quarters of its window, so that no grace note or overlap counts as one. */
const LEAST_BASS_QUARTERS = 0.1;
/** Stands for "no bass" in `Chroma.bass`. */
export const NO_BASS = 255;

/** What sounds in each window of time. Drums are left out. */
export interface Chroma {
  readonly windows: number;
  /** Twelve values a window: quarters that each pitch class sounds, all its octaves added. */
  readonly weights: Float64Array;
  /** Lowest pitch of each window, or `NO_BASS`. */
  readonly bass: Uint8Array;
}

/**
 * Sums the notes in windows of time; `boundaries` ascend and window i is `[boundaries[i], boundaries[i + 1])`. A pitch
 * that several notes hold at once counts once, so the work is bounded by 128 times the windows plus the notes.
 */
export function chromaOf(notes: MergedNotes, boundaries: Float64Array, ticksPerQuarter: number): Chroma {
  const windows = Math.max(0, boundaries.length - 1);
  const weights = new Float64Array(windows * 12);
  const bass = new Uint8Array(windows).fill(NO_BASS);
  const heldUntil = new Float64Array(128);
  /** Window of `heldUntil`: a pitch is never walked over the same window twice. */
  const heldWindow = new Int32Array(128);
  const quartersPerTick = 1 / ticksPerQuarter;
  const leastBassTicks = LEAST_BASS_QUARTERS * ticksPerQuarter;
  const last = boundaries[windows] ?? 0;
  let onsetWindow = 0;
  for (let i = 0; i < notes.count; i++) {
    const onset = notes.onset[i] ?? 0;
    if (onset >= last) break;
    if (notes.program[i] === DRUMS) continue;
    const pitch = notes.pitch[i] ?? 0;
    let end = notes.end[i] ?? 0;
    if (end > last) end = last;
    let from = heldUntil[pitch] ?? 0;
    if (from < onset) from = onset;
    if (end <= from) continue;
    while ((boundaries[onsetWindow + 1] ?? last) <= onset) onsetWindow += 1;
    let window = heldWindow[pitch] ?? 0;
    if (window < onsetWindow) window = onsetWindow;
    for (; from < end; window++) {
      const windowEnd = boundaries[window + 1] ?? last;
      if (windowEnd <= from) continue;
      const until = end < windowEnd ? end : windowEnd;
      const ticks = until - from;
      const index = window * 12 + (pitch % 12);
      weights[index] = (weights[index] ?? 0) + ticks * quartersPerTick;
      if (ticks >= leastBassTicks && pitch < (bass[window] ?? 0)) bass[window] = pitch;
      from = until;
    }
    heldUntil[pitch] = end;
    heldWindow[pitch] = window - 1;
  }
  return { windows, weights, bass };
}
