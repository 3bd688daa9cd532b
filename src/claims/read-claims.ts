import { captionWords } from './caption-words.ts';
import { readCharacter } from './character-claims.ts';
import { readChords } from './chord-claims.ts';
import type { Claim } from './claim.ts';
import { dropContested } from './drop-contested.ts';
import { readDurations } from './duration-claims.ts';
import { readInstruments } from './instrument-claims.ts';
import { isEnglish } from './is-english.ts';
import { readKeys } from './key-claims.ts';
import { readMeters } from './meter-claims.ts';
import { namedValues, namesOtherPitches } from './named-values.ts';
import { Reading } from './reading.ts';
import { readRomanNumerals } from './roman-claims.ts';
import { readTempos } from './tempo-claims.ts';
import { readTempoWords } from './tempo-word-claims.ts';
import { WORD_KIND } from './word-kind.ts';

/** A word belongs to the first that takes it: "Chords move around C, G" before keys, "120 BPM" before meters. */
const READERS: readonly (readonly [kind: number, read: (reading: Reading) => void])[] = [
  [WORD_KIND.chord, readChords],
  [WORD_KIND.roman, readRomanNumerals],
  [WORD_KIND.key, readKeys],
  [WORD_KIND.tempo | WORD_KIND.spelledNumber, readTempos],
  [WORD_KIND.meter, readMeters],
  [WORD_KIND.duration, readDurations],
  [WORD_KIND.tempoWord, readTempoWords],
  [WORD_KIND.instrument, readInstruments],
  [WORD_KIND.character, readCharacter],
];

/** What a caption states; `undefined` where it is not read, as it is not English. */
export function readClaims(caption: string): readonly Claim[] | undefined {
  const reading = readingOf(caption);
  return reading === undefined ? undefined : claimsIn(reading);
}

/** What a caption says, in the order of its words. */
export interface Statements {
  readonly claims: readonly Claim[];
  /** What may be of something else than the piece, and is no claim. */
  readonly asides: readonly Claim[];
  /** Every other name of a key, a triad or a count of beats. */
  readonly names: readonly Claim[];
  /** Whether notes are called by their letters besides. */
  readonly namesOtherPitches: boolean;
}

/** All that a caption says; `undefined` where it is not read. */
export function readStatements(caption: string): Statements | undefined {
  const reading = readingOf(caption);
  if (reading === undefined) return undefined;
  const [claims, asides] = [claimsIn(reading), inOrder(reading.asides)];
  const isApart = (name: Claim): boolean =>
    [...claims, ...asides].every(({ start, end }) => end <= name.start || start >= name.end);
  const names = namedValues(reading).filter(isApart);
  return { claims, asides, names, namesOtherPitches: namesOtherPitches(reading, [...claims, ...asides, ...names]) };
}

function readingOf(caption: string): Reading | undefined {
  const words = captionWords(caption);
  if (!isEnglish(words)) return undefined;
  const reading = new Reading(words);
  for (const [kind, read] of READERS) if (reading.hasAny(kind)) read(reading);
  dropContested(reading);
  return reading;
}

function claimsIn(reading: Reading): readonly Claim[] {
  return inOrder(withRoots(reading.claims));
}

/** Roman numerals are of the key that the caption states, where it states one. */
function withRoots(claims: readonly Claim[]): Claim[] {
  const tonics = new Set<number>();
  for (const claim of claims)
    if (claim.kind === 'key' && !claim.negated && claim.tonic !== undefined) tonics.add(claim.tonic);
  const [tonic, ...others] = tonics;
  return claims.map((claim) => {
    const isOpen = claim.kind === 'chords' && claim.root === undefined;
    return isOpen && others.length === 0 ? { ...claim, root: tonic } : claim;
  });
}

function inOrder(claims: readonly Claim[]): readonly Claim[] {
  return [...claims].sort((a, b) => a.start - b.start);
}
