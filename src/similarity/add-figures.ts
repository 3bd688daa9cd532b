import type { Notes } from '../midi/score.ts';
import type { FigureBins } from './figure-bins.ts';

/** Notes that begin within this share of a quarter are one chord: about 30 ms, what a player's hand spreads. */
const CHORDS_PER_QUARTER = 16;
/** From this share of single notes on a part is a line, which says more about a song than its accompaniment. */
const LINE_SHARE = 0.9;
/** A step this much longer or shorter than the last is a change of rhythm: between dotted (1.5) and double. */
const RHYTHM_CHANGE = Math.sqrt(3);

/** Six intervals of a melody are smaller than this in the mean (a fourth); wider ones are broken chords. */
const MELODIC_LEAP = 5;

/** Kinds of figures. The hashes of a kind are its own. */
const SIX_INTERVALS = 1;
const SEVEN_INTERVALS = 2;
const FIVE_INTERVALS_WITH_RHYTHM = 3;
const DRUM_STROKES = 4;

/** What a part does: one entry a chord (a single note is one too). */
interface Chords {
  readonly count: number;
  /** Ticks. */
  readonly onset: Float64Array;
  /** Highest pitch of each chord; of drums a byte that stands for all that is struck. */
  readonly code: Uint8Array;
  /** How many of them are single notes. */
  readonly singles: number;
}

/**
 * Adds the melodic figures of a part: of its highest notes, each six intervals in a row. Of a line also each seven, and
 * each five with their rhythm, so that a melody weighs three times as much as as many chords: arrangements of a song
 * share the melody and little else. Intervals are semitones and rhythm is longer, shorter or even, so that neither key
 * nor tempo nor resolution matter. Linear in the notes.
 *
 * @param notes - in order of onset.
 * @param withLeaps - whether broken chords count too; those of unrelated songs are alike where their harmony is.
 */
export function addMelodicFigures(notes: Notes, ticksPerQuarter: number, withLeaps: boolean, bins: FigureBins): void {
  const { count, onset, code, singles } = findChords(notes, ticksPerQuarter, highest);
  const isLine = singles >= count * LINE_SHARE;
  const widest = withLeaps ? Number.POSITIVE_INFINITY : 6 * MELODIC_LEAP;
  const variety = new Variety();
  let low = 0;
  let high = 0;
  let rhythm = 0;
  let step = 0;
  let width = 0;
  for (let i = 0; i < count; i++) {
    const pitch = code[i] as number;
    variety.add(i, pitch);
    if (i === 0) continue;
    const lastStep = step;
    step = (onset[i] as number) - (onset[i - 1] as number);
    rhythm = ((rhythm << 2) | changeOf(lastStep, step)) & 0xff;
    high = (high << 8) | (low >>> 24);
    low = (low << 8) | ((pitch - (code[i - 1] as number)) & 0xff);
    width += Math.abs(pitch - (code[i - 1] as number));
    if (i > 6) width -= Math.abs((code[i - 6] as number) - (code[i - 7] as number));
    if (variety.since < i - 6 || width > widest) continue;
    if (i >= 6) bins.add(low, high & 0xffff, SIX_INTERVALS);
    if (!isLine) continue;
    if (i >= 7) bins.add(low, high & 0xffffff, SEVEN_INTERVALS);
    if (i >= 5) bins.add(low, ((high & 0xff) << 8) | rhythm, FIVE_INTERVALS_WITH_RHYTHM);
  }
}

/** Adds the figures of a drum part: each eight strokes in a row, a stroke being all that is struck at once. */
export function addDrumFigures(notes: Notes, ticksPerQuarter: number, bins: FigureBins): void {
  const { count, code } = findChords(notes, ticksPerQuarter, together);
  const variety = new Variety();
  let low = 0;
  let high = 0;
  for (let i = 0; i < count; i++) {
    const stroke = code[i] as number;
    variety.add(i, stroke);
    high = (high << 8) | (low >>> 24);
    low = (low << 8) | stroke;
    if (i >= 7 && variety.since >= i - 7) bins.add(low, high, DRUM_STROKES);
  }
}

function findChords(notes: Notes, ticksPerQuarter: number, join: (code: number, pitch: number) => number): Chords {
  const { length } = notes.onset;
  const onset = new Float64Array(length);
  const code = new Uint8Array(length);
  let count = 0;
  let singles = 0;
  let isSingle = false;
  let start = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    const tick = notes.onset[i] as number;
    const pitch = notes.pitch[i] as number;
    if ((tick - start) * CHORDS_PER_QUARTER > ticksPerQuarter) {
      start = tick;
      onset[count] = tick;
      code[count] = join(0, pitch);
      count += 1;
      singles += 1;
      isSingle = true;
    } else {
      if (isSingle && code[count - 1] !== pitch) singles -= 1;
      isSingle &&= code[count - 1] === pitch;
      code[count - 1] = join(code[count - 1] as number, pitch);
    }
  }
  return { count, onset, code, singles };
}

function highest(code: number, pitch: number): number {
  return pitch > code ? pitch : code;
}

/** The same byte whatever the order of the strokes. */
function together(code: number, pitch: number): number {
  return (code + Math.imul(pitch + 1, 0x9e3779b1)) & 0xff;
}

/** 1 shorter, 2 even, 3 longer. */
function changeOf(before: number, after: number): number {
  if (after > before * RHYTHM_CHANGE) return 3;
  return before > after * RHYTHM_CHANGE ? 1 : 2;
}

/**
 * Where the third last different value was met: a figure that repeats or alternates one or two notes is in thousands of
 * pieces and says nothing about any of them.
 */
class Variety {
  /** Last position of a value other than the last two different ones; negative before there is one. */
  since = Number.NEGATIVE_INFINITY;
  #last = -1;
  #before = -1;
  #runStart = 0;

  add(position: number, value: number): void {
    if (value === this.#last) return;
    if (value !== this.#before && this.#before >= 0) this.since = this.#runStart - 1;
    this.#before = this.#last;
    this.#last = value;
    this.#runStart = position;
  }
}
