import { type Chroma, NO_BASS } from './chroma.ts';
import { CHORD_ROOTS } from './pitch-names.ts';

interface Quality {
  readonly suffix: string;
  /** Semitones above the root. */
  readonly intervals: readonly number[];
}

/** In order of preference where two fit equally well. */
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

/** Stands for "no chord yet". */
export const NO_CHORD = -1;

/**
 * The chord of every window, as `quality * 12 + root`, or `NO_CHORD` before the first. A window takes the chord whose
 * binary template is nearest to its chroma by the cosine (Fujishima, "Realtime Chord Recognition of Musical Sound",
 * ICMC 1999), with a bonus for a root in the bass, a malus for sevenths and a margin for change. A window with fewer
 * than two pitch classes keeps the chord before it.
 */
export function recognizeChords(chroma: Chroma): Int16Array {
  const chords = new Int16Array(chroma.windows);
  /** Chroma of one window, twice over, so that intervals need no modulo. */
  const weights = new Float64Array(24);
  let chord = NO_CHORD;
  for (let window = 0; window < chroma.windows; window++) {
    let used = 0;
    let squares = 0;
    for (let i = 0; i < 12; i++) {
      const weight = chroma.weights[window * 12 + i] ?? 0;
      weights[i] = weight;
      weights[i + 12] = weight;
      squares += weight * weight;
      used += weight > 0 ? 1 : 0;
    }
    if (used >= 2) chord = chooseChord(weights, 1 / Math.sqrt(squares), chroma.bass[window] ?? NO_BASS, chord);
    chords[window] = chord;
  }
  return chords;
}

/** Symbol of a chord of `recognizeChords`, such as "C", "F#m7" or "Bbdim". */
export function chordSymbol(chord: number): string {
  return SYMBOLS[chord] ?? 'N';
}

const SYMBOLS: readonly string[] = QUALITIES.flatMap(({ suffix }) => CHORD_ROOTS.map((root) => `${root}${suffix}`));

/**
 * The best chord of a window, or `current` where that is about as good. `scale` is 1 over the length of the chroma.
 * Roots are tried from the bass upward, so that the choice among equals does not depend on the key.
 */
function chooseChord(weights: Float64Array, scale: number, bass: number, current: number): number {
  const bassClass = bass === NO_BASS ? NO_BASS : bass % 12;
  const first = bassClass === NO_BASS ? 0 : bassClass;
  let bestRoot = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let i = first; i < first + 12; i++) {
    const root = i < 12 ? i : i - 12;
    if (weights[root] === 0) continue;
    const score = bestOnRoot(weights, root, scale) + (root === bassClass ? BASS_IS_ROOT_BONUS : 0);
    if (score <= bestScore) continue;
    bestScore = score;
    bestRoot = root;
  }
  if (current !== NO_CHORD) {
    const root = current % 12;
    const score =
      templateScore(weights, root, qualityOf(current), scale) + (root === bassClass ? BASS_IS_ROOT_BONUS : 0);
    if (score + CHANGE_MARGIN >= bestScore) return current;
  }
  return bestQuality(weights, bestRoot, scale) * 12 + bestRoot;
}

const TRIAD_SCALE = 1 / Math.sqrt(3);
const SEVENTH_SCALE = 1 / Math.sqrt(4);

/** The highest `templateScore` of all qualities on a root, without a walk over the table: this is where the time goes. */
function bestOnRoot(weights: Float64Array, root: number, scale: number): number {
  const one = weights[root] ?? 0;
  const fifth = weights[root + 7] ?? 0;
  const seventh = weights[root + 10] ?? 0;
  const major = one + (weights[root + 4] ?? 0);
  const minor = one + (weights[root + 3] ?? 0);
  const diminished = minor + (weights[root + 6] ?? 0);
  let triad = (major > minor ? major : minor) + fifth;
  triad = larger(triad, diminished);
  triad = larger(triad, major + (weights[root + 8] ?? 0));
  let tetrad = major + fifth + larger(seventh, weights[root + 11] ?? 0);
  tetrad = larger(tetrad, minor + fifth + seventh);
  tetrad = larger(tetrad, diminished + larger(seventh, weights[root + 9] ?? 0));
  return larger(triad * TRIAD_SCALE * scale, tetrad * SEVENTH_SCALE * scale - SEVENTH_PENALTY);
}

/** `Math.max` of two numbers that are not NaN, a third of the time of the real one in this place. */
function larger(a: number, b: number): number {
  return a > b ? a : b;
}

function bestQuality(weights: Float64Array, root: number, scale: number): number {
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let quality = 0; quality < QUALITIES.length; quality++) {
    const score = templateScore(weights, root, quality, scale);
    if (score <= bestScore) continue;
    best = quality;
    bestScore = score;
  }
  return best;
}

/** Cosine of the chroma with the template of a chord, less the malus of a seventh. */
function templateScore(weights: Float64Array, root: number, quality: number, scale: number): number {
  const intervals = QUALITIES[quality]?.intervals ?? [];
  let sum = 0;
  for (let i = 0; i < intervals.length; i++) sum += weights[root + (intervals[i] ?? 0)] ?? 0;
  return intervals.length === 3 ? sum * TRIAD_SCALE * scale : sum * SEVENTH_SCALE * scale - SEVENTH_PENALTY;
}

function qualityOf(chord: number): number {
  return Math.floor(chord / 12);
}
