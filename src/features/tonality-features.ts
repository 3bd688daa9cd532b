import type { KeySignatures, Score } from '../midi/score.ts';
import { entropyBits } from './entropy.ts';
import type { MidiFeatures } from './feature-schema.ts';
import { findKey } from './find-key.ts';
import type { NoteTally } from './note-tally.ts';
import { keyName, keySignatureName } from './pitch-names.ts';
import { rounded } from './rounded.ts';
import { scratch } from './scratch.ts';

type TonalityFeatures = Pick<
  MidiFeatures,
  | 'key'
  | 'key_confidence'
  | 'key_runner_up'
  | 'key_runner_up_confidence'
  | 'key_signature'
  | 'key_signatures'
  | 'key_signature_changes'
  | 'pitch_class_histogram'
  | 'pitch_class_durations'
  | 'n_pitch_classes_used'
  | 'pitch_class_entropy'
  | 'scale_consistency'
>;

/** Which key a score is in, by its notes and by what the file says. Drums are left out. */
export function tonalityFeatures(score: Score, tally: NoteTally): TonalityFeatures {
  const counts = foldOctaves(tally.pitches);
  const ticks = foldOctaves(tally.pitchTicks);
  const classesUsed = positiveCount(counts);
  const pitched = classesUsed > 0;
  const sounding = positiveCount(ticks) > 0;
  const key = findKey(sounding ? ticks : counts);
  return {
    key: key === undefined ? null : keyName(key.best.tonic, key.best.minor),
    key_confidence: key === undefined ? null : rounded(key.best.correlation),
    key_runner_up: key === undefined ? null : keyName(key.runnerUp.tonic, key.runnerUp.minor),
    key_runner_up_confidence: key === undefined ? null : rounded(key.runnerUp.correlation),
    ...keySignatureFeatures(score.keySignatures),
    pitch_class_histogram: pitched ? shares(counts) : null,
    pitch_class_durations: sounding ? shares(ticks) : null,
    n_pitch_classes_used: classesUsed,
    pitch_class_entropy: pitched ? rounded(entropyBits(counts)) : null,
    scale_consistency: pitched ? rounded(scaleConsistency(counts)) : null,
  };
}

/** Sums the values of the 128 pitches by pitch class. */
function foldOctaves(byPitch: ArrayLike<number>): Float64Array {
  const byClass = scratch.float64(12);
  for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
    let sum = 0;
    for (let pitch = pitchClass; pitch < 128; pitch += 12) sum += byPitch[pitch] as number;
    byClass[pitchClass] = sum;
  }
  return byClass;
}

function positiveCount(values: Float64Array): number {
  let positive = 0;
  for (let i = 0; i < values.length; i++) positive += (values[i] as number) > 0 ? 1 : 0;
  return positive;
}

function shares(weights: Float64Array): number[] {
  let total = 0;
  for (let i = 0; i < 12; i++) total += weights[i] ?? 0;
  const result: number[] = [];
  for (let i = 0; i < 12; i++) result.push(rounded((weights[i] ?? 0) / total));
  return result;
}

/** Semitones above the root, as bits. */
const MAJOR_SCALE = 0b101010110101;
const NATURAL_MINOR_SCALE = 0b010110101101;

/** Largest share of notes in one of the 24 major and natural minor scales (muspy `scale_consistency`; Mogren 2016). */
function scaleConsistency(counts: Float64Array): number {
  let total = 0;
  let most = 0;
  for (let root = 0; root < 12; root++) {
    total += counts[root] ?? 0;
    let inMajor = 0;
    let inMinor = 0;
    for (let i = 0; i < 12; i++) {
      const count = counts[(root + i) % 12] as number;
      inMajor += count * ((MAJOR_SCALE >> i) & 1);
      inMinor += count * ((NATURAL_MINOR_SCALE >> i) & 1);
    }
    most = Math.max(most, inMajor, inMinor);
  }
  return most / total;
}

/** Key signatures in order of first appearance; there are only 30 different ones. */
function keySignatureFeatures({ tick, sharps, minor }: KeySignatures) {
  const names = new Set<string>();
  let changes = 0;
  for (let i = 0; i < tick.length; i++) {
    if (i > 0 && (sharps[i] !== sharps[i - 1] || minor[i] !== minor[i - 1])) changes += 1;
    if (i === 0 || changes > 0) names.add(keySignatureName(sharps[i] ?? 0, minor[i] === 1));
  }
  const key_signatures = [...names];
  return { key_signature: key_signatures[0] ?? null, key_signatures, key_signature_changes: changes };
}
