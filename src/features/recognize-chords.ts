import type { Chroma } from './chroma.ts';
import { CHORD_ROOTS } from './pitch-names.ts';
import { scratch } from './scratch.ts';

interface Quality {
  readonly suffix: string;
  /** Semitones above the root. */
  readonly intervals: readonly number[];
}

/** Triads first; in order of preference where two fit equally well. */
const QUALITIES: readonly Quality[] = [
  { suffix: '', intervals: [0, 4, 7] },
  { suffix: 'm', intervals: [0, 3, 7] },
  { suffix: 'dim', intervals: [0, 3, 6] },
  { suffix: 'aug', intervals: [0, 4, 8] },
  { suffix: '7', intervals: [0, 4, 7, 10] },
  { suffix: 'maj7', intervals: [0, 4, 7, 11] },
  { suffix: 'm7', intervals: [0, 3, 7, 10] },
  { suffix: 'm7b5', intervals: [0, 3, 6, 10] },
  { suffix: 'dim7', intervals: [0, 3, 6, 9] },
];

/**
 * What a template scores beside its cosine. Chosen on every third of the POP909 songs whose caption names chords;
 * bench/features-accuracy.ts prints the agreement on all of them.
 */
const BASS_IS_ROOT_BONUS = 0.1;
const SEVENTH_PENALTY = 0.1;
/** A chord gives way only to one that scores this much more: passing notes do not change the harmony. */
const CHANGE_MARGIN = 0.1;

/** Chords that can be recognized, numbered from 0. */
export const CHORD_COUNT = QUALITIES.length * 12;
/** Stands for "no chord yet". */
export const NO_CHORD = -1;

/**
 * The chord of every window, as `quality * 12 + root`, or `NO_CHORD` before the first. A window takes the chord whose
 * binary template is nearest to its chroma by the cosine (Fujishima, "Realtime Chord Recognition of Musical Sound",
 * ICMC 1999), with a bonus for a root in the bass, a malus for sevenths and a margin for change. A window with fewer
 * than two pitch classes keeps the chord before it.
 */
export function recognizeChords(chroma: Chroma): Int16Array {
  const chords = scratch.int16(chroma.windows);
  /** Chroma of one window, twice over, so that intervals need no modulo. */
  const weights = scratch.int32(24);
  let chord = NO_CHORD;
  for (let window = 0; window < chroma.windows; window++) {
    let used = 0;
    let squares = 0;
    for (let i = 0; i < 12; i++) {
      const weight = chroma.weights[window * 12 + i] ?? 0;
      weights[i] = weight;
      weights[i + 12] = weight;
      squares += weight * weight;
      used |= (-weight >>> 31) << i;
    }
    const covered = chord === NO_CHORD ? 0 : (TRIADS[chord] ?? 0);
    const saysNothingNew = (used & (used - 1)) === 0 || (used & ~covered) === 0;
    if (!saysNothingNew) {
      chord = chooseChord({ weights, used, norm: Math.sqrt(squares), bass: chroma.bass[window] ?? 0 }, chord);
    }
    chords[window] = chord;
  }
  return chords;
}

/**
 * Pitch classes of each triad, as bits; 0 for other chords. A window with no other notes keeps the triad before it: no
 * other template covers more of it, and a root in the bass is worth no more than the margin.
 */
const TRIADS = Int16Array.from({ length: CHORD_COUNT }, (_, chord) => {
  const intervals = QUALITIES[qualityOf(chord)]?.intervals ?? [];
  return intervals.length > 3 ? 0 : intervals.reduce((bits, interval) => bits | (1 << ((chord + interval) % 12)), 0);
});

/** Symbol of a chord of `recognizeChords`, such as "C", "F#m7" or "Bbdim". */
export function chordSymbol(chord: number): string {
  return SYMBOLS[chord] ?? 'N';
}

const SYMBOLS: readonly string[] = QUALITIES.flatMap(({ suffix }) => CHORD_ROOTS.map((root) => `${root}${suffix}`));

interface Window {
  /** Steps that each pitch class sounds, twice over. */
  readonly weights: Int32Array;
  /** The pitch classes that sound, as bits. */
  readonly used: number;
  /** Length of the twelve weights as a vector. */
  readonly norm: number;
  /** Lowest pitch. */
  readonly bass: number;
}

/**
 * The best chord of a window, or `current` where that is about as good. Roots are tried from the bass upward, so that
 * the choice among equals does not depend on the key. Scores are cosines times the norm.
 */
function chooseChord({ weights, used, norm, bass }: Window, current: number): number {
  const bassClass = bass % 12;
  const bonus = BASS_IS_ROOT_BONUS * norm;
  const malus = SEVENTH_PENALTY * norm;
  let bestRoot = bassClass;
  let bestScore = Number.NEGATIVE_INFINITY;
  /** The pitch classes as bits, from that of the bass upward. */
  let roots = ((used | (used << 12)) >> bassClass) & 0xfff;
  while (roots !== 0) {
    const above = 31 - Math.clz32(roots & -roots);
    roots &= roots - 1;
    const root = above + bassClass < 12 ? above + bassClass : above + bassClass - 12;
    const score = bestOnRoot(weights, root, malus) + (above === 0 ? bonus : 0);
    if (score <= bestScore) continue;
    bestScore = score;
    bestRoot = root;
  }
  if (current !== NO_CHORD) {
    const root = current % 12;
    const score = templateScore(weights, root, qualityOf(current), malus) + (root === bassClass ? bonus : 0);
    if (score + CHANGE_MARGIN * norm >= bestScore) return current;
  }
  return bestQuality(weights, bestRoot, malus) * 12 + bestRoot;
}

const TRIAD_SCALE = 1 / Math.sqrt(3);
const SEVENTH_SCALE = 1 / Math.sqrt(4);

/** The highest `templateScore` of all qualities on a root, without walking the table: here the time goes. */
function bestOnRoot(weights: Int32Array, root: number, malus: number): number {
  const one = weights[root] ?? 0;
  const fifth = weights[root + 7] ?? 0;
  const seventh = weights[root + 10] ?? 0;
  const major = one + (weights[root + 4] ?? 0);
  const minor = one + (weights[root + 3] ?? 0);
  const diminished = minor + (weights[root + 6] ?? 0);
  let triad = larger(major, minor) + fifth;
  triad = larger(triad, diminished);
  triad = larger(triad, major + (weights[root + 8] ?? 0));
  let tetrad = major + fifth + larger(seventh, weights[root + 11] ?? 0);
  tetrad = larger(tetrad, minor + fifth + seventh);
  tetrad = larger(tetrad, diminished + larger(seventh, weights[root + 9] ?? 0));
  return larger(triad * TRIAD_SCALE, tetrad * SEVENTH_SCALE - malus);
}

/** `Math.max` without its care for NaN and -0, which is slow in a place like this. */
function larger(a: number, b: number): number {
  return a > b ? a : b;
}

/** Four intervals a quality, the last one 0 for triads. */
const INTERVALS = Int8Array.from(QUALITIES.flatMap(({ intervals }) => [...intervals, 0].slice(0, 4)));
const TRIAD_COUNT = QUALITIES.filter(({ intervals }) => intervals.length === 3).length;

function bestQuality(weights: Int32Array, root: number, malus: number): number {
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let quality = 0; quality < QUALITIES.length; quality++) {
    const score = templateScore(weights, root, quality, malus);
    if (score <= bestScore) continue;
    best = quality;
    bestScore = score;
  }
  return best;
}

/** Cosine of the chroma with the template of a chord, times the norm, less the malus of a seventh. */
function templateScore(weights: Int32Array, root: number, quality: number, malus: number): number {
  const first = quality * 4;
  const triad =
    (weights[root] ?? 0) +
    (weights[root + (INTERVALS[first + 1] ?? 0)] ?? 0) +
    (weights[root + (INTERVALS[first + 2] ?? 0)] ?? 0);
  if (quality < TRIAD_COUNT) return triad * TRIAD_SCALE;
  return (triad + (weights[root + (INTERVALS[first + 3] ?? 0)] ?? 0)) * SEVENTH_SCALE - malus;
}

function qualityOf(chord: number): number {
  return Math.floor(chord / 12);
}
