import { looksLikeQuality } from './looks-like-quality.ts';
import type { Reading } from './reading.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** How far before an instrument the word is looked for that it depends on. */
const REACH = 14;
/** Fewer words may be an order: "learn some violin". */
const LEAST_OF_LIST = 4;
/** After these "with" is no company: "does away with", "compared with". */
const NO_COMPANY = wordSet(
  'dispense dispenses dispensing dispensed away nothing anything familiar compare compared confuse confused fine do does done along part up cluttered compatible',
);
/** What "for" may follow: "scored for", "a piece for", "just for". */
const FOR = wordSet(
  'just only calls call asks ask written scored arranged composed made intended conceived set meant music notated transcribed',
);
/** What "to" may follow: "the tune is given to the piano". */
const TO = wordSet(
  'given assigned belongs limited confined restricted reduced down left entrusted handed over set passes switches',
);
/** What "from" may follow. */
const FROM = wordSet(
  'melody line lines notes chords sound sounds comes coming come support help accompaniment comping strains tones lead color colour',
);
/** "suitable for", "available for". */
const SUITS =
  /(?:able|ible|ideal|perfect|great|good|popular|easy|hard|useful|written-out|also|best|better|tutorial|lessons?)$/;
const ADVICE = wordSet('use put play layer pair try mix blend sing loop record dub combine');
const isIt = (text: string): boolean => text === 'it' || text === 'this' || text === 'them';
const COMPANY = wordSet(`
  with featuring including plus over under above below beneath behind against around through between beside underneath atop
  alongside into onto`);
/** Before what they name: "lead piano". */
const NAMES = wordSet('soloist instr inst instrument instruments lead forces program timbre ensemble scoring');
const OPINIONS = wordSet('opinion view ears ear book mind');
const PRAISES = wordSet('off kudos bravo props thanks applause respect cheers credit listen listening stayed');
/** "the drums never enter", but "the guitar never stops". */
const ENTERS = wordSet(
  'enter enters come comes appear appears arrive arrives play plays join joins show shows kick get gets made',
);
const SOMEBODY = wordSet('i you we they he she');
const OBJECT_RELATIVES = wordSet('that which what whom than');
/** "Percussion is light" says that it is there, "percussion is unwelcome" does not. */
const THERE = ROLE.quality | ROLE.played | ROLE.sounds | ROLE.has | ROLE.preposition | ROLE.adverb;

/**
 * Whether a caption surely says that an instrument, the words from `from` to `to`, plays or, where it is denied, does not: what it
 * depends on, to its left, and what follows it must be understood. "Learn violin", "violin makers" and "a hint of violin" are not.
 */
export function isSurelyHeard(reading: Reading, from: number, to: number): boolean {
  const start = startOfPhrase(reading, from);
  if (start === undefined || !isNameOnly(reading, to, start) || isOfSomething(reading, to)) return false;
  if (isPolar(reading, start.at, from) || isTakenBack(reading, to)) return false;
  return dependsSurely(reading, start, from, to);
}

interface Start {
  /** The first word of the noun phrase, or list of them, that the instrument stands in. */
  readonly at: number;
  readonly hasDeterminer: boolean;
}

/** Back over qualities, articles and the other items of a list. */
function startOfPhrase(reading: Reading, from: number): Start | undefined {
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
function isNameOnly(reading: Reading, to: number, { hasDeterminer }: Start): boolean {
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
  const drowns = ROLE.adverb | ROLE.preposition | (hasDeterminer ? ROLE.determiner | ROLE.pronoun | ROLE.music : 0);
  if (reading.at(at - 1).endsWith('s') && !/(?:s|er)$/.test(text) && reading.has(at + 1, drowns)) return true;
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

/** Whether a word that denies stands before it in its part of the clause, or right after it. */
function isPolar(reading: Reading, start: number, from: number): boolean {
  for (let at = from - 1; at >= from - REACH && !reading.isBreak(at + 1) && reading.at(at) !== ','; at--) {
    if (reading.at(at) === 'but' && at < start) return ['anything', 'everything', 'all'].includes(reading.at(at - 1));
    if (/^\d/.test(reading.at(at + 1))) continue;
    if (reading.has(at, ROLE.denies) && !(reading.at(at) === 'not' && ['only', 'just'].includes(reading.at(at + 1))))
      return true;
  }
  return false;
}

/** "a cello that is not there". */
function isTakenBack(reading: Reading, to: number): boolean {
  if (!OBJECT_RELATIVES.has(reading.at(to))) return false;
  for (let at = to + 1; at < to + 4 && !reading.isBreak(at); at++) if (reading.has(at, ROLE.denies)) return true;
  return false;
}

function dependsSurely(reading: Reading, { at: start, hasDeterminer }: Start, from: number, to: number): boolean {
  const at = start - 1;
  if (reading.at(start) === 'this') return true;
  if (start > 0 && !reading.isBreak(start)) {
    const before = reading.at(at);
    const second = reading.at(at - 1);
    if (before === 'me' || before === 'us')
      return reading.has(at - 1, ROLE.has) || (second === 'for' && reading.has(at - 2, ROLE.has));
    if (reading.has(at, ROLE.preposition)) return isSurePreposition(reading, at, before, second);
    // "INSTR piano", "This entry describes a cello solo", "what a piano".
    if (NAMES.has(before) && (reading.isBreak(at) || [',', 'the'].includes(second))) return true;
    if (before === 'what' && reading.isBreak(at) && hasDeterminer) return true;
    if (hasDeterminer && /[^s]s$/.test(before) && reading.has(at - 1, ROLE.music | ROLE.pronoun)) return true;
    // "in my opinion the violin is", "hats off to the pianist".
    if (OPINIONS.has(before) && reading.has(at - 1, ROLE.owner)) return isSureSubject(reading, hasDeterminer, to);
    if (before === 'not') return ['only', 'just'].includes(reading.at(start));
    if (reading.has(at, ROLE.has | ROLE.be | ROLE.sounds | ROLE.played)) return isSureVerb(reading, at);
    if (before === ',' || before === 'and' || before === '&' || before === '+' || before === 'or')
      return isSureSubject(reading, hasDeterminer, to);
    // "the work that an orchestra did".
    if (OBJECT_RELATIVES.has(before)) return false;
    if (reading.has(at, ROLE.relative | ROLE.adverb)) return isSureSubject(reading, hasDeterminer, to);
    if (reading.has(at, ROLE.pronoun)) return /^(?:this|these|here|there|nothing|something|it)(?:['’]s)?$/.test(before);
    return /^\d/.test(before) || reading.has(at, ROLE.music) || reading.isTaken(at) || isBareList(reading, from);
  }
  return isSureSubject(reading, hasDeterminer, to) && start <= from;
}

/** "film music calm moderately fast acoustic guitar": tags without marks, of which none is a small word. */
function isBareList(reading: Reading, from: number): boolean {
  const small = ROLE.determiner | ROLE.preposition | ROLE.pronoun | ROLE.be | ROLE.finite | ROLE.relative | ROLE.owner;
  let [first, end] = [from, from];
  while (!reading.isBreak(first) && reading.at(first - 1) !== ',') first--;
  while (!reading.isBreak(end + 1) && reading.at(end) !== ',') end++;
  if (end - first < LEAST_OF_LIST) return false;
  for (let at = first; at <= end; at++) if (reading.has(at, small | ROLE.denies)) return false;
  return true;
}

function isSurePreposition(reading: Reading, at: number, text: string, before: string): boolean {
  if (text === 'for' && reading.isTaken(at - 1)) return true;
  const isFirst = at === 0 || reading.isBreak(at) || before === ',' || before === 'and' || before === 'but';
  if ((text === 'to' || text === 'for') && PRAISES.has(before)) return true;
  // "use it under a flute solo".
  if (COMPANY.has(text)) return !NO_COMPANY.has(before) && !(isIt(before) && ADVICE.has(reading.at(at - 2)));
  switch (text) {
    case 'for':
      if (isFirst || FOR.has(before) || reading.has(at - 1, ROLE.music | ROLE.instrument | ROLE.played | ROLE.be))
        return true;
      if (['something', 'one', 'anything'].includes(before)) return true;
      return !SUITS.test(before) && !hasVerbBefore(reading, at);
    case 'on':
    case 'by':
    case 'via':
      return (
        isFirst ||
        reading.has(at - 1, ROLE.played | ROLE.music | ROLE.instrument | ROLE.sounds | ROLE.adverb) ||
        isDone(before)
      );
    case 'of':
      return reading.has(at - 1, ROLE.amount) || reading.isTaken(at - 1);
    case 'to':
      return TO.has(before);
    case 'from':
      return FROM.has(before);
    case 'in':
      return reading.has(at + 1, ROLE.determiner) && !isFirst;
    default:
      return false;
  }
}

/** "has a piano", "it is a piano"; a verb that may be an order or a thing is one where it has no other subject. */
function isSureVerb(reading: Reading, at: number): boolean {
  return !reading.has(at - 1, ROLE.owner) && !(reading.at(at - 1) === 'to' && !reading.has(at, ROLE.has | ROLE.be));
}

/** An item of a list, or the subject of what follows: that must be a thing that instruments do. */
function isSureSubject(reading: Reading, hasDeterminer: boolean, to: number): boolean {
  let at = to;
  while (
    !reading.isBreak(at) &&
    (reading.has(at, ROLE.music | ROLE.instrument | ROLE.adverb) || isListed(reading, at) || reading.at(at) === '-') &&
    !reading.has(at, ROLE.denies)
  )
    at++;
  if (reading.isBreak(at)) return true;
  if (reading.has(at, ROLE.denies))
    return (
      /^(?:without|no|not)$/.test(reading.at(at)) || (reading.at(at) === 'never' && !ENTERS.has(reading.at(at + 1)))
    );
  if (['have', 'has', 'had'].includes(reading.at(at)) && reading.at(at + 1) === 'been')
    return reading.has(at + 2, ROLE.played);
  if (reading.has(at, ROLE.be)) {
    if (reading.has(at + 1, ROLE.denies)) return false;
    // "guitars have been banished".
    return hasDeterminer || reading.at(at + 1) === 'the' || reading.isBreak(at + 1) || reading.has(at + 1, THERE);
  }
  return true;
}

/** "and brass" of "strings and brass are". */
function isListed(reading: Reading, at: number): boolean {
  if (!reading.has(at, ROLE.and) || reading.at(at) === ',') return false;
  return (
    reading.has(at + 1, ROLE.instrument) ||
    (reading.has(at + 1, ROLE.quality | ROLE.determiner) && reading.has(at + 2, ROLE.instrument))
  );
}

/** "rendered on", "penned for", but not "inspired by". */
function isDone(text: string): boolean {
  return text.endsWith('ed') && !['inspired', 'based', 'suited', 'needed', 'asked', 'loved', 'reminded'].includes(text);
}

/** "the trombone section of a school", "the bass drum of the neighbour's party". */
function isOfSomething(reading: Reading, to: number): boolean {
  let at = to;
  while (!reading.isBreak(at) && reading.has(at, ROLE.music)) at++;
  if (at > to && reading.at(at - 1) !== 'section') return false;
  return reading.at(at) === 'of' && reading.has(at + 1, ROLE.determiner | ROLE.owner) && !reading.isBreak(at);
}

function hasVerbBefore(reading: Reading, at: number): boolean {
  for (let index = at - 1; !reading.isBreak(index + 1); index--)
    if (reading.has(index, ROLE.finite) || SOMEBODY.has(reading.at(index))) return true;
  return false;
}
