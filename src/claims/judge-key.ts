import { keyCorrelation } from '../features/find-key.ts';
import type { KeyValue, Mode } from './claim.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import type { PieceFacts } from './piece-facts.ts';
import { sectionKeys } from './section-keys.ts';

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

interface Key {
  readonly tonic: number;
  readonly isMinor: boolean;
}

/** Enharmonic keys are one; relative keys, and those that fit nearly as well, are `unsure`. */
export function judgeKey({ tonic, mode }: KeyValue, facts: PieceFacts): Judgement {
  const best = parseKey(facts.key);
  const durations = facts.pitch_class_durations;
  if (best === undefined || durations === null || facts.key === null) return unsure('no key', 'not_stated');
  const found = facts.key;
  const stated = facts.key_signatures.map(parseKey).filter((key) => key !== undefined);
  const claimed = keysOf(tonic, mode);
  const isOneOf = (key: Key): boolean =>
    claimed.some((each) => each.tonic === key.tonic && each.isMinor === key.isMinor);
  const isModal = mode !== undefined && mode !== 'major' && mode !== 'minor';
  if (isOneOf(best)) return agrees(found);
  const isRelative = claimed.some((key) => relativeMajor(key) === relativeMajor(best));
  if (tonic !== undefined && mode !== undefined && isRelative) return unsure(found, 'relative_key');
  const share = tonic === undefined ? 0 : Math.max(...shareOfSections(claimed, facts));
  if (share >= ENOUGH_OF_PIECE) return agrees(`${found}, and this for ${Math.round(100 * share)} % of it`);
  if (share > 0) return unsure(found, 'changes');
  const histogram = Float64Array.from(durations);
  const confidence = keyCorrelation(histogram, best.tonic, best.isMinor);
  if (confidence < LEAST_CONFIDENCE) return unsure(found, 'weak_evidence');
  // A file that states a key signature at all mostly states C major; only others say something.
  if (stated.some((key) => isOneOf(key) && (key.tonic !== 0 || key.isMinor))) return unsure(found, 'changes');
  const gap = confidence - Math.max(...claimed.map((key) => keyCorrelation(histogram, key.tonic, key.isMinor)));
  const isNext = claimed.some((key) => [5, 7].includes((relativeMajor(key) - relativeMajor(best) + 12) % 12));
  if (gap < (isNext ? WORSE_THAN_NEXT : CLEARLY_WORSE)) return unsure(found, 'near_key');
  if (isModal) {
    const sameNotes = (tonic === undefined ? -1 : (tonic + TO_MAJOR[mode]) % 12) === relativeMajor(best);
    return sameNotes ? unsure(found, 'relative_key') : unsure(found, 'near_key');
  }
  return contradicts(found);
}

function shareOfSections(claimed: readonly Key[], facts: PieceFacts): readonly number[] {
  const shares = sectionKeys(facts);
  return claimed.map(({ tonic, isMinor }) => shares.get(tonic + (isMinor ? 12 : 0)) ?? 0);
}

/** The major and minor keys that a claim can mean. */
function keysOf(tonic: number | undefined, mode: Mode | undefined): readonly Key[] {
  const tonics = tonic === undefined ? TONICS.map((_, pitch) => pitch) : [tonic];
  const modes =
    mode === undefined
      ? [false, true]
      : [mode === 'minor' || mode === 'dorian' || mode === 'phrygian' || mode === 'locrian'];
  return tonics.flatMap((each) => modes.map((isMinor) => ({ tonic: each, isMinor })));
}

function relativeMajor({ tonic, isMinor }: Key): number {
  return isMinor ? (tonic + 3) % 12 : tonic;
}

function parseKey(name: string | null): Key | undefined {
  const [tonicName = '', mode] = name?.split(' ') ?? [];
  const tonic = SPELLINGS.get(tonicName);
  return tonic === undefined ? undefined : { tonic, isMinor: mode === 'minor' };
}
