import { type MergedNotes, mergeNotes } from '../features/merged-notes.ts';
import type { Score } from '../midi/score.ts';
import { addDrumFigures, addMelodicFigures } from './add-figures.ts';
import { BINS, FigureBins } from './figure-bins.ts';
import { outlineHash } from './outline-hash.ts';

/** What copies of a piece are found by. */
export interface ScoreSketch {
  /** Equal for transposed and re-timed copies (`outlineHash`), 64 bits; `0n` where the piece is too small to tell. */
  readonly outline: bigint;
  /** MinHash signature of the figures that the parts play, `BINS` numbers; equal bins are about equal figures. */
  readonly figures: Uint16Array;
}

/** A signature of fewer bins says too little: then more kinds of figures count. */
const ENOUGH_BINS = BINS / 3;

/**
 * Sketches a score: pure, linear in the notes. Neither key, tempo, resolution nor the order of tracks change a sketch.
 * Melodies count before broken chords, and those before drums: a beat is shared by thousands of songs.
 *
 * @param notes - `mergeNotes(score)`, where the caller has it already.
 */
export function sketchScore(score: Score, notes: MergedNotes = mergeNotes(score)): ScoreSketch {
  return { outline: outlineHash(notes, score.ticksPerQuarter), figures: signatureOf(score) };
}

function signatureOf({ tracks, ticksPerQuarter }: Score): Uint16Array {
  const melodies = new FigureBins();
  for (const { notes, isDrum } of tracks) if (!isDrum) addMelodicFigures(notes, ticksPerQuarter, false, melodies);
  if (melodies.used >= ENOUGH_BINS) return melodies.toSignature();
  const everything = new FigureBins();
  for (const { notes, isDrum } of tracks) if (!isDrum) addMelodicFigures(notes, ticksPerQuarter, true, everything);
  if (everything.used > 0) return everything.toSignature();
  for (const { notes, isDrum } of tracks) if (isDrum) addDrumFigures(notes, ticksPerQuarter, everything);
  return everything.toSignature();
}
