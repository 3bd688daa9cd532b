import { larger, smaller } from './by-sign.ts';
import { CHORD_ROOTS } from './pitch-names.ts';
import { scratch } from './scratch.ts';
import type { Chroma } from './sounding-pitches.ts';

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

/** 16 times the steps that each pitch class of a window sounds, twice over, so that intervals need no modulo. */
const chroma = new Int32Array(24);

/**
 * The chord of every window, as `quality * 12 + root`, or `NO_CHORD` before the first. A window takes the chord whose
 * binary template is nearest to its chroma by the cosine (Fujishima, "Realtime Chord Recognition of Musical Sound",
 * ICMC 1999), with a bonus for a root in the bass, a malus for sevenths and a margin for change. A window with fewer
 * than two pitch classes keeps the chord before it.
 */
export function recognizeChords({ windows, weights, used, bass }: Chroma): Int16Array {
  const chords = scratch.int16(windows);
  const own = chroma;
  let chord = NO_CHORD;
  for (let window = 0; window < windows; window++) {
    const classes = used[window] as number;
    const covered = chord === NO_CHORD ? 0 : (TRIADS[chord] as number);
    const saysNothingNew = (classes & (classes - 1)) === 0 || (classes & ~covered) === 0;
    if (!saysNothingNew) {
      const row = window * 12;
      let squares = 0;
      let total = 0;
      for (let i = 0; i < 12; i++) {
        const weight = weights[row + i] as number;
        own[i] = own[i + 12] = weight << 4;
        squares += weight * weight;
        total += weight;
      }
      chord = chooseChord(classes, (bass[window] as number) % 12, chord, Math.sqrt(squares), total);
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
  const intervals = QUALITIES[Math.floor(chord / 12)]?.intervals ?? [];
  return intervals.length > 3 ? 0 : intervals.reduce((bits, interval) => bits | (1 << ((chord + interval) % 12)), 0);
});

/** Symbol of a chord of `recognizeChords`, such as "C", "F#m7" or "Bbdim". */
export function chordSymbol(chord: number): string {
  return SYMBOLS[chord] ?? 'N';
}

const SYMBOLS: readonly string[] = QUALITIES.flatMap(({ suffix }) => CHORD_ROOTS.map((root) => `${root}${suffix}`));

const TRIAD_SCALE = 1 / Math.sqrt(3);
const SEVENTH_SCALE = 1 / Math.sqrt(4);

/**
 * The best chord of the window, or `current` where that is about as good. Scores are cosines times the norm of the chroma.
 *
 * @param classes - The pitch classes that sound, as bits; at least two.
 * @param norm - of the chroma. @param total - Its sum.
 */
function chooseChord(classes: number, bass: number, current: number, norm: number, total: number): number {
  const bonus = BASS_IS_ROOT_BONUS * norm;
  const malus = SEVENTH_PENALTY * norm;
  if (current === NO_CHORD) return bestChord(classes, bass, bonus, malus).chord;
  const enough = templateScore(current, malus) + (current % 12 === bass ? bonus : 0) + CHANGE_MARGIN * norm;
  if (enough >= mostOfAnother(current, total, malus) + bonus) return current;
  const best = bestChord(classes, bass, bonus, malus);
  return enough >= best.score ? current : best.chord;
}

/**
 * No other chord scores more, without the bonus, where `current` is a triad: another triad has no more than two pitch classes
 * of it, and a seventh chord at most all that sounds. (Augmented triads of the same pitch classes score no more than the
 * margin more.)
 */
function mostOfAnother(current: number, total: number, malus: number): number {
  if (TRIADS[current] === 0) return Number.POSITIVE_INFINITY;
  const root = current % 12;
  const first = ((current / 12) | 0) * 4;
  const one = chroma[root] as number;
  const third = chroma[root + (INTERVALS[first + 1] as number)] as number;
  const fifth = chroma[root + (INTERVALS[first + 2] as number)] as number;
  const rarest = smaller(one, smaller(third, fifth)) >> 4;
  const triad = (total - rarest) * TRIAD_SCALE;
  const seventh = total * SEVENTH_SCALE - malus;
  return triad > seventh ? triad : seventh;
}

/** What `bestChord` returns, each time anew. */
const best = { chord: NO_CHORD, score: 0 };

/** Roots are tried from the bass upward, so that the choice among equals does not depend on the key. */
function bestChord(classes: number, bass: number, bonus: number, malus: number): typeof best {
  const weights = chroma;
  let chord = NO_CHORD;
  let most = Number.NEGATIVE_INFINITY;
  /** Pitch classes as bits, from that of the bass upward. */
  let roots = ((classes | (classes << 12)) >> bass) & 0xfff;
  while (roots !== 0) {
    const above = 31 - Math.clz32(roots & -roots);
    roots &= roots - 1;
    const root = above + bass < 12 ? above + bass : above + bass - 12;
    const triad = bestTriad(weights, root);
    const seventh = bestSeventh(weights, root);
    const triadScore = (triad >> 4) * TRIAD_SCALE;
    const seventhScore = (seventh >> 4) * SEVENTH_SCALE - malus;
    const score = (triadScore >= seventhScore ? triadScore : seventhScore) + (above === 0 ? bonus : 0);
    if (score <= most) continue;
    most = score;
    chord = qualityOf(triadScore >= seventhScore ? triad : seventh) * 12 + root;
  }
  best.chord = chord;
  best.score = most;
  return best;
}

/*
 * The two below are the table of qualities written out, as here the time goes. A template is one whole number, 16 times the
 * steps that its pitch classes sound and 15 less the number of its quality: so the larger one is the better one, and of equals
 * the one that comes first in the table. It is below 2^31: four pitch classes of eleven octaves in the 2^21 steps that a grid
 * can have.
 */

function bestTriad(weights: Int32Array, root: number): number {
  const fifth = weights[root + 7] as number;
  const major = larger(fifth + 15, (weights[root + 8] as number) + 12) + (weights[root + 4] as number);
  const minor = larger(fifth + 14, (weights[root + 6] as number) + 13) + (weights[root + 3] as number);
  return larger(major, minor) + (weights[root] as number);
}

function bestSeventh(weights: Int32Array, root: number): number {
  const fifth = weights[root + 7] as number;
  const seventh = weights[root + 10] as number;
  const major = larger(seventh + 11, (weights[root + 11] as number) + 10) + fifth + (weights[root + 4] as number);
  const diminished = larger(seventh + 8, (weights[root + 9] as number) + 7) + (weights[root + 6] as number);
  const minor = larger(fifth + seventh + 9, diminished) + (weights[root + 3] as number);
  return larger(major, minor) + (weights[root] as number);
}

function qualityOf(template: number): number {
  return 15 - (template & 15);
}

/** Four intervals a quality, the last one 0 for triads. */
const INTERVALS = Int8Array.from(QUALITIES.flatMap(({ intervals }) => [...intervals, 0].slice(0, 4)));

/** Cosine of the chroma with the template of a chord, times the norm, less the malus of a seventh. */
function templateScore(chord: number, malus: number): number {
  const root = chord % 12;
  const first = ((chord / 12) | 0) * 4;
  const third = chroma[root + (INTERVALS[first + 1] as number)] as number;
  const fifth = chroma[root + (INTERVALS[first + 2] as number)] as number;
  const seventh = INTERVALS[first + 3] as number;
  const triad = ((chroma[root] as number) + third + fifth) >> 4;
  const added = (chroma[root + seventh] as number) >> 4;
  return seventh === 0 ? triad * TRIAD_SCALE : (triad + added) * SEVENTH_SCALE - malus;
}
