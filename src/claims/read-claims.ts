import { captionWords } from './caption-words.ts';
import { readCharacter } from './character-claims.ts';
import { readChords } from './chord-claims.ts';
import type { Claim } from './claim.ts';
import { readDurations } from './duration-claims.ts';
import { readInstruments } from './instrument-claims.ts';
import { isEnglish } from './is-english.ts';
import { readKeys } from './key-claims.ts';
import { readMeters } from './meter-claims.ts';
import { Reading } from './reading.ts';
import { readRomanNumerals } from './roman-claims.ts';
import { readTempos } from './tempo-claims.ts';
import { readTempoWords } from './tempo-word-claims.ts';

/** What a caption states; `undefined` where it is not read, as it is not English. */
export function readClaims(caption: string): readonly Claim[] | undefined {
  const words = captionWords(caption);
  if (!isEnglish(words)) return undefined;
  const reading = new Reading(words);
  // A word belongs to the first that takes it: "Chords move around C, G" before keys, "120 BPM" before meters.
  readChords(reading);
  readRomanNumerals(reading);
  readKeys(reading);
  readTempos(reading);
  readMeters(reading);
  readDurations(reading);
  readTempoWords(reading);
  readInstruments(reading);
  readCharacter(reading);
  return withRoots(reading.claims).sort((a, b) => a.start - b.start);
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
