import { isNameOnly, REACH, type Start, startOfPhrase } from './instrument-phrase.ts';
import type { Reading } from './reading.ts';
import { isSurePreposition } from './sure-preposition.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** Fewer words may be an order: "learn some violin". */
const LEAST_OF_LIST = 4;

/** Before what they name: "lead piano". */
const NAMES = wordSet('soloist instr inst instrument instruments lead forces program timbre ensemble scoring');

const OPINIONS = wordSet('opinion view ears ear book mind');

/** "the drums never enter", but "the guitar never stops". */
const ENTERS = wordSet(
  'enter enters come comes appear appears arrive arrives play plays join joins show shows kick get gets made',
);

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

/** "the trombone section of a school", "the bass drum of the neighbour's party". */
function isOfSomething(reading: Reading, to: number): boolean {
  let at = to;
  while (!reading.isBreak(at) && reading.has(at, ROLE.music)) at++;
  if (at > to && reading.at(at - 1) !== 'section') return false;
  return reading.at(at) === 'of' && reading.has(at + 1, ROLE.determiner | ROLE.owner) && !reading.isBreak(at);
}
