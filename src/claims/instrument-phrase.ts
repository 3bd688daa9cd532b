import { looksLikeQuality } from './looks-like-quality.ts';
import type { Reading } from './reading.ts';
import { ROLE } from './word-role.ts';

/** How far before an instrument the word is looked for that it depends on. */
export const REACH = 14;

export interface Start {
  /** The first word of the noun phrase, or list of them, that the instrument stands in. */
  readonly at: number;
  readonly hasDeterminer: boolean;
}

/** Back over qualities, articles and the other items of a list. */
export function startOfPhrase(reading: Reading, from: number): Start | undefined {
  let at = from - 1;
  let hasDeterminer = false;
  let unknown = 0;
  let item: number | undefined;
  for (; at >= from - REACH && !reading.isBreak(at + 1); at--) {
    if (reading.has(at, ROLE.owner) && reading.at(at) !== 'our') return undefined;
    if (reading.at(at) === '’' || (reading.at(at) === '-' && reading.touchesNext(at) && !reading.isBreak(at))) continue;
    // "one-drop drums".
    if (reading.at(at - 1) === '-' && reading.touchesNext(at - 1) && !reading.isBreak(at)) {
      at -= 2;
      continue;
    }
    if (reading.has(at, ROLE.and)) {
      const before = itemBefore(reading, at) ?? conjunctBefore(reading, at);
      if (before === undefined) break;
      item = at + 1;
      at = before;
      unknown = 0;
      continue;
    }
    if (reading.has(at, ROLE.determiner)) {
      // "forget about the brass, just piano".
      if (['just', 'only'].includes(reading.at(at)) && reading.at(at - 1) === ',') return { at, hasDeterminer };
      hasDeterminer = true;
      continue;
    }
    // "no drums, soft piano": the denial is of the other.
    if (item !== undefined && reading.has(at, ROLE.denies)) return { at: item, hasDeterminer: false };
    if (reading.has(at, ROLE.preposition | ROLE.relative | ROLE.pronoun | ROLE.denies)) break;
    if (reading.has(at, ROLE.quality | ROLE.instrument | ROLE.music) || isBuiltIn(reading, at)) continue;
    if (reading.has(at, ROLE.has | ROLE.be | ROLE.sounds | ROLE.played | ROLE.finite) || hasDeterminer) break;
    // A word that is not known may be a quality: one of them, or two.
    if (looksLikeQuality(reading.at(at)) && ++unknown <= 2) continue;
    break;
  }
  return { at: at + 1, hasDeterminer };
}

/** "Bb clarinet". */
function isBuiltIn(reading: Reading, at: number): boolean {
  return /^[A-G](?:b|♭)$/.test(reading.raw(at));
}

/** The instrument that a list names before "and" or a comma: "piano, soft strings and". */
function itemBefore(reading: Reading, and: number): number | undefined {
  for (let at = and - 1; at >= and - 3 && !reading.isBreak(at + 1); at--) {
    if (reading.has(at, ROLE.instrument)) return at;
    if (!reading.has(at, ROLE.music | ROLE.quality | ROLE.and)) return undefined;
  }
  return undefined;
}

/** Over what is joined by "and" and is no instrument: "your vocals and bass" depends on what "vocals" does. */
function conjunctBefore(reading: Reading, and: number): number | undefined {
  if (reading.at(and) === ',') return undefined;
  const stops = ROLE.preposition | ROLE.finite | ROLE.be | ROLE.has | ROLE.determiner | ROLE.owner | ROLE.relative;
  const isWord = (at: number): boolean => !reading.isBreak(at + 1) && reading.at(at) !== ',' && !reading.has(at, stops);
  let at = and - 1;
  while (at > and - 4 && isWord(at)) at--;
  return at < and - 1 ? at + 1 : undefined;
}

/** Whether the words after a name leave it one: "piano ballad" and "piano enters", not "violin makers" and "guitar hero". */
export function isNameOnly(reading: Reading, to: number, { hasDeterminer }: Start): boolean {
  let at = to;
  while (!reading.isBreak(at) && reading.has(at, ROLE.music | ROLE.instrument) && !reading.has(at, ROLE.and)) at++;
  if (reading.isBreak(at) || reading.isTaken(at)) return true;
  const known =
    ROLE.and |
    ROLE.preposition |
    ROLE.relative |
    ROLE.be |
    ROLE.sounds |
    ROLE.has |
    ROLE.played |
    ROLE.adverb |
    ROLE.denies |
    ROLE.finite;
  if (reading.has(at, known | ROLE.pronoun)) return true;
  const text = reading.at(at);
  if (text === '-' && reading.has(at + 1, ROLE.music)) return true;
  if (text === '-')
    return (
      at > to || /^(led|driven|based|only|solo|heavy|focused|centred|centered|forward|and)$/.test(reading.at(at + 1))
    );
  if (/^\d/.test(text) || reading.has(at, ROLE.quality | ROLE.determiner)) return true;
  // "a piano romp in C major", "strings hover underneath".
  if (reading.at(at + 1) === 'in' && reading.isTaken(at + 2)) return true;
  const drowns = ROLE.adverb | ROLE.preposition | ROLE.determiner | ROLE.pronoun | (hasDeterminer ? ROLE.music : 0);
  const isMany = reading.at(at - 1).endsWith('s') || ['and', '&'].includes(reading.at(to - 2));
  if (isMany && !/(?:s|er)$/.test(text) && reading.has(at + 1, drowns)) return true;
  // "the piano shimmers over": a verb that is not known, by its place.
  if (
    text.endsWith('s') &&
    reading.has(at + 1, ROLE.determiner | ROLE.preposition | ROLE.pronoun) &&
    !reading.isBreak(at + 1)
  )
    return true;
  return (
    hasDeterminer &&
    /(?:s|ed|ing)$/.test(text) &&
    (reading.isBreak(at + 1) || reading.has(at + 1, known | ROLE.determiner))
  );
}
