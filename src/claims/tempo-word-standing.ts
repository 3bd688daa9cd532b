import { looksLikeQuality } from './looks-like-quality.ts';
import type { Reading } from './reading.ts';
import type { Found } from './tempo-word-at.ts';
import { GOES, NOT_OF_THE_WHOLE, PACE, SAYS, TEMPO_PIECES } from './tempo-word-lexicon.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

const EDGES = wordSet(', / | ; : . ( ) [ ] # • · - + &');

const ENDS = wordSet(', . ; ( ) / | : ! ? — – ] • # · + & [');

const LIKENS = wordSet('for like as than');

const NEGATORS = wordSet('not never that very so all quite anything but');

export function isOfTempo(reading: Reading, { use, from, to }: Found): boolean {
  if (use === 'sure') return true;
  if (use !== 'adverb' && isAsked(reading, from, to)) return true;
  if ([':', '='].includes(reading.at(from - 1)) && PACE.has(reading.at(from - 2)) && isEnd(reading, to)) return true;
  // "It fast became a favourite".
  if (reading.at(from - 1) === 'it' && reading.isBreak(from - 1)) return false;
  const isEnded = reading.isBreak(to) && !ENDS.has(reading.at(to));
  const next = isEnded ? '' : reading.at(to) === '-' ? reading.at(to + 1) : reading.at(to);
  // "it is not that fast" is of what "it is fast" is.
  let index = from - 1;
  while (NEGATORS.has(reading.at(index)) && index > from - 4) index--;
  const before = index < from - 1 && reading.isBreak(index + 1) ? '' : reading.at(index);
  if (use === 'mood') return PACE.has(next) && next !== 'bpm';
  if (NOT_OF_THE_WHOLE.has(next) || PACE.has(next)) return PACE.has(next) && !NOT_OF_THE_WHOLE.has(next);
  if (next === 'for' && ['a', 'an', 'it', 'its', 'my'].includes(reading.at(to + 1)) && !['is', 'are'].includes(before))
    return false;
  if (use === 'adverb' && before === ',' && ENDS.has(next)) return true;
  if (use === 'adverb') return GOES.has(before) || GOES.has(reading.at(from - 2));
  if (
    isItem(reading, from, to, next) ||
    isBetweenTags(reading, from, to) ||
    (use === 'plain' && isOfInstrument(reading, from, to))
  )
    return true;
  if (['how', 'something', 'anything'].includes(before) && use === 'plain') return true;
  if (next === '' && reading.words.length > to) return use === 'italian' && reading.words[to]?.isTitle !== true;
  // "a bit rushed for an adagio".
  if (use === 'italian' && ['a', 'an'].includes(before) && LIKENS.has(reading.at(from - 2))) return false;
  if (use === 'italian') return isNoun(reading, from, next) || isMarking(reading, from, to, next);
  if (PACE.has(reading.at(to + 1)) || hasPaceBefore(reading, from)) return true;
  if (isBareAfterKey(reading, from, next)) return true;
  if (use === 'paced' && !['moderate', 'medium', 'quick', 'rapid', 'swift'].includes(reading.at(from))) return false;
  if (['a', 'an', 'the', 'this', 'its', '', '.', ',', 'and', 'of'].includes(before)) {
    if (namesPieceSoon(reading, to)) return true;
    if (before !== 'and' || !ENDS.has(next)) return false;
  }
  if (GOES.has(before) && reading.at(from) !== 'slow') return true;
  if (ENDS.has(next) || next === 'and' || next === '') return SAYS.has(before);
  return TEMPO_PIECES.has(next) || TEMPO_PIECES.has(reading.at(to + 1));
}

/** "slow please", "keep it medium", "nice and slow", "such a moderate tempo". */
function isAsked(reading: Reading, from: number, to: number): boolean {
  if (['please', 'pls', 'plz', 'marking'].includes(reading.at(to))) return true;
  const [before, second] = [reading.at(from - 1), reading.at(from - 2)];
  if (before === 'it' && ['keep', 'make', 'take', 'keeps', 'play', 'want'].includes(second)) return isEnd(reading, to);
  return before === 'and' && second === 'nice' && isEnd(reading, to);
}

function isEnd(reading: Reading, to: number): boolean {
  return reading.isBreak(to) || ENDS.has(reading.at(to)) || reading.at(to) === 'and';
}

/** "solo viola lento d minor": tags without marks. */
function isBetweenTags(reading: Reading, from: number, to: number): boolean {
  const isTag = (at: number): boolean => reading.isTaken(at) || reading.has(at, ROLE.instrument);
  return (reading.isBreak(from) || isTag(from - 1)) && (reading.isBreak(to) || reading.isTaken(to));
}

/** "Fast bluegrass banjo,". */
function isOfInstrument(reading: Reading, from: number, to: number): boolean {
  if (!reading.isBreak(from)) return false;
  for (let at = to; at < to + 3 && !reading.isBreak(at); at++)
    if (reading.has(at, ROLE.instrument)) return reading.isBreak(at + 1) || reading.at(at + 1) === ',';
  return false;
}

/** A tag, or an item of a list of them. */
function isItem(reading: Reading, from: number, to: number, next: string): boolean {
  const before = reading.at(from - 1);
  const isNot = ['not', 'never'].includes(before) && (reading.isBreak(from - 1) || EDGES.has(reading.at(from - 2)));
  const startsHere = before === '' || EDGES.has(before) || isNot || reading.isFirstOfSentence(from);
  return startsHere && (ENDS.has(next) || next === '' || next === 'and' || reading.isFirstOfSentence(to));
}

/** "an allegro in C", "a proper adagio, well judged". */
function isNoun(reading: Reading, from: number, next: string): boolean {
  const article = reading.has(from - 1, ROLE.quality) ? from - 2 : from - 1;
  return ['a', 'an'].includes(reading.at(article)) && (['in', 'for', 'with', 'at'].includes(next) || ENDS.has(next));
}

function isMarking(reading: Reading, from: number, to: number, next: string): boolean {
  if (reading.raw(from) !== reading.at(from) && !reading.isFirstOfSentence(from) && reading.raw(to) !== reading.at(to))
    return false;
  if (['the', 'his', 'her', 'famous'].includes(reading.at(from - 1)) && !['tempo', 'marking', 'pace'].includes(next))
    return false;
  if (reading.raw(from) !== reading.at(from)) return true;
  return (
    PACE.has(next) ||
    ENDS.has(next) ||
    next === '' ||
    next === 'and' ||
    TEMPO_PIECES.has(next) ||
    reading.at(from - 1) === 'marked'
  );
}

/** "in E minor and moderate,". */
function isBareAfterKey(reading: Reading, from: number, next: string): boolean {
  if (reading.at(from - 1) !== 'and' || !(ENDS.has(next) || next === '')) return false;
  return ['moderate', 'medium', 'slow', 'fast', 'quick', 'brisk'].includes(reading.at(from));
}

/** "a slow, tender piano piece", but not "a slow, floating lead". */
function namesPieceSoon(reading: Reading, from: number): boolean {
  for (let index = from; index < from + 6; index++) {
    const text = reading.at(index);
    if (TEMPO_PIECES.has(text)) return true;
    // "slow living, piano only": the comma ends an item, "a slow, tender piece" goes on.
    if (
      text === ',' &&
      index > from &&
      !looksLikeQuality(reading.at(index - 1)) &&
      !reading.has(index - 1, ROLE.quality)
    )
      return false;
    if (reading.isBreak(index + 1)) return false;
    if (
      ['.', ';', '', 'with', 'over', 'that', 'which', 'in', 'at', 'for', 'is'].includes(text) ||
      NOT_OF_THE_WHOLE.has(text)
    )
      return false;
  }
  return false;
}

/** "the tempo is slow", "at a pace that is fast". */
function hasPaceBefore(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 5); index--) {
    const text = reading.at(index);
    if (text === '.' || text === ',' || text === ';') return false;
    if (PACE.has(text) && text !== 'moving') return true;
  }
  return false;
}
