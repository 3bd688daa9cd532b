/**
 * Probe-tone profiles of Krumhansl and Kessler (1982), printed in Krumhansl, "Cognitive Foundations of Musical Pitch"
 * (1990), from the tonic upward.
 */
const MAJOR_PROFILE = Float64Array.of(6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88);
const MINOR_PROFILE = Float64Array.of(6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17);

/** 24 rows of 12: major keys on C to B, then minor keys, each of mean 0 and length 1. */
const KEY_PROFILES = Float64Array.from({ length: 288 }, (_, i) => {
  const unit = standardized(i < 144 ? MAJOR_PROFILE : MINOR_PROFILE);
  const tonic = Math.floor(i / 12) % 12;
  return unit[((i % 12) - tonic + 12) % 12] ?? 0;
});

export interface KeyCandidate {
  /** Pitch class of the tonic, 0 (C) to 11. */
  readonly tonic: number;
  readonly minor: boolean;
  /** Pearson correlation of the histogram with the profile of the key, -1 to 1. */
  readonly correlation: number;
}

export interface KeyEstimate {
  readonly best: KeyCandidate;
  readonly runnerUp: KeyCandidate;
}

/**
 * The key by the algorithm of Krumhansl and Schmuckler (Krumhansl 1990, chapter 4): of 24 keys that whose probe-tone
 * profile correlates best with how long each pitch class sounds. `undefined` where every pitch class weighs the same.
 * Equal correlations go to the lower pitch class, major first. The plain method, with the original profiles, is enough:
 * bench/features-accuracy.ts prints how well it agrees with POP909.
 */
export function findKey(histogram: Float64Array): KeyEstimate | undefined {
  const weights = standardized(histogram);
  if (isFlat(weights)) return undefined;
  const correlations = correlationsOf(weights);
  const best = largest(correlations);
  return { best: candidate(correlations, best), runnerUp: candidate(correlations, largest(correlations, best)) };
}

/** A piece has many histograms: one of its windows costs more to give memory to than to compare. */
const WEIGHTS = new Float64Array(12);

/**
 * How well each key fits a histogram of pitch classes, major keys on C to B, then minor ones: the Pearson correlation with its
 * profile, 0 where all weigh the same.
 *
 * @param into - takes them, and is returned.
 */
export function keyCorrelations(histogram: readonly number[], into = new Float64Array(24)): Float64Array {
  return correlationsOf(standardized(histogram, WEIGHTS), into);
}

function correlationsOf(weights: Float64Array, correlations = new Float64Array(24)): Float64Array {
  // Four at a time: a sum alone waits for each of its additions.
  for (let key = 0; key < 6; key++) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let i = 0; i < 12; i++) {
      const weight = weights[i] ?? 0;
      const at = key * 12 + i;
      first += weight * (KEY_PROFILES[at] ?? 0);
      second += weight * (KEY_PROFILES[at + 72] ?? 0);
      third += weight * (KEY_PROFILES[at + 144] ?? 0);
      fourth += weight * (KEY_PROFILES[at + 216] ?? 0);
    }
    correlations[key] = first;
    correlations[key + 6] = second;
    correlations[key + 12] = third;
    correlations[key + 18] = fourth;
  }
  return correlations;
}

/** Index of the largest value but the one at `except`. */
function largest(values: Float64Array, except = -1): number {
  let best = except === 0 ? 1 : 0;
  for (let i = 0; i < values.length; i++) if (i !== except && (values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

function candidate(correlations: Float64Array, key: number): KeyCandidate {
  return { tonic: key % 12, minor: key >= 12, correlation: correlations[key] ?? 0 };
}

function isFlat(unit: Float64Array): boolean {
  for (const value of unit) if (value !== 0) return false;
  return true;
}

/** Shifted to mean 0 and scaled to length 1; all 0 where the values do not differ. */
function standardized(values: Float64Array | readonly number[], unit = new Float64Array(12)): Float64Array {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) * ((values[i] ?? 0) - mean);
  const length = Math.sqrt(squares);
  const differs = length > 1e-12 * Math.abs(mean);
  for (let i = 0; i < unit.length; i++) unit[i] = differs ? ((values[i] ?? 0) - mean) / length : 0;
  return unit;
}
