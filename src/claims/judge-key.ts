import type { KeyValue, Mode } from './claim.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import type { Piece } from './piece.ts';

/**
 * How much worse than the best key a claimed one may fit the pitch classes (in correlation with the probe-tone profiles) before
 * it is wrong. scripts/measure-agreement.ts prints what POP909's annotated keys have.
 */
const CLEARLY_WORSE = 0.3;
/** The same for keys whose signatures differ by one sign: key finding confuses them most, and pieces go to them first. */
const WORSE_THAN_NEXT = 0.5;
/** A piece is in each key that it stays in for so much of its time. */
const ENOUGH_OF_PIECE = 0.2;
/** Below this the music is in no key worth the name. */
const LEAST_CONFIDENCE = 0.55;

/** Semitones from the tonic of a mode up to that of the major key with the same notes. */
const TO_MAJOR: Readonly<Record<Mode, number>> = {
  major: 0,
  minor: 3,
  dorian: 10,
  phrygian: 8,
  lydian: 7,
  mixolydian: 5,
  locrian: 1,
};
const TONICS: readonly string[] = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];
const SPELLINGS: ReadonlyMap<string, number> = new Map([
  ...TONICS.map((name, pitch) => [name, pitch] as const),
  ['C#', 1],
  ['D#', 3],
  ['Gb', 6],
  ['G#', 8],
  ['A#', 10],
  ['Cb', 11],
  ['B#', 0],
  ['Fb', 4],
  ['E#', 5],
]);

/** Enharmonic keys are one; relative keys, and those that fit nearly as well, are `unsure`. Keys are numbers here, `tonic + 12` for minor. */
export function judgeKey({ tonic, mode }: KeyValue, piece: Piece): Judgement {
  const { facts } = piece;
  const best = parseKey(facts.key);
  if (best === undefined || facts.pitch_class_durations === null || facts.key === null)
    return unsure('no key', 'not_stated');
  const found = facts.key;
  const claimed = keysMeant(tonic, mode);
  const isModal = mode !== undefined && mode !== 'major' && mode !== 'minor';
  if (claimed.includes(best)) return agrees(found);
  const isRelative = claimed.some((key) => relativeMajor(key) === relativeMajor(best));
  if (tonic !== undefined && mode !== undefined && isRelative) return unsure(found, 'relative_key');
  const share = tonic === undefined ? 0 : largestShare(claimed, piece.sectionKeys);
  if (share >= ENOUGH_OF_PIECE) return agrees(`${found}, and this for ${Math.round(100 * share)} % of it`);
  if (share > 0) return unsure(found, 'changes');
  const correlations = piece.keyFits;
  const confidence = correlations[best] ?? 0;
  if (confidence < LEAST_CONFIDENCE) return unsure(found, 'weak_evidence');
  // A file that states a key signature at all mostly states C major; only others say something.
  const stated = facts.key_signatures.map(parseKey);
  if (stated.some((key) => key !== undefined && key !== 0 && claimed.includes(key))) return unsure(found, 'changes');
  const gap = confidence - Math.max(...claimed.map((key) => correlations[key] ?? 0));
  const isNext = claimed.some((key) => [5, 7].includes((relativeMajor(key) - relativeMajor(best) + 12) % 12));
  if (gap < (isNext ? WORSE_THAN_NEXT : CLEARLY_WORSE)) return unsure(found, 'near_key');
  if (isModal) {
    const sameNotes = (tonic === undefined ? -1 : (tonic + TO_MAJOR[mode]) % 12) === relativeMajor(best);
    return sameNotes ? unsure(found, 'relative_key') : unsure(found, 'near_key');
  }
  return contradicts(found);
}

function largestShare(claimed: readonly number[], shares: ReadonlyMap<number, number>): number {
  let largest = 0;
  for (const key of claimed) largest = Math.max(largest, shares.get(key) ?? 0);
  return largest;
}

/** The major and minor keys that a claim can mean. */
function keysMeant(tonic: number | undefined, mode: Mode | undefined): readonly number[] {
  const tonics = tonic === undefined ? TONICS.map((_, pitch) => pitch) : [tonic];
  if (mode === undefined) return tonics.flatMap((each) => [each, each + 12]);
  const isMinor = mode === 'minor' || mode === 'dorian' || mode === 'phrygian' || mode === 'locrian';
  return isMinor ? tonics.map((each) => each + 12) : tonics;
}

function relativeMajor(key: number): number {
  return key >= 12 ? (key - 12 + 3) % 12 : key;
}

function parseKey(name: string | null): number | undefined {
  if (name === null) return undefined;
  const space = name.indexOf(' ');
  const tonic = SPELLINGS.get(space < 0 ? name : name.slice(0, space));
  return tonic === undefined ? undefined : tonic + (name.startsWith('minor', space + 1) ? 12 : 0);
}
