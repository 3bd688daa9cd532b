import type { Reading } from './reading.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** Words before a time that make it the length of the piece. */
const LASTS = wordSet(`
  lasts lasting last lasted runs running run length len duration dur spans spanning span runtime clocking clocks clocked totals
  totaling totalling total stretches stretching takes taking unfolds unfolding mere all done finished wraps wrapping
  weighs comes came finishes concludes fills filling covers compact brief extends extending playtime keep make packed
  condensed squeezed fits compressed`);
/** The same only with "over", "in" or "after" right before: "over in two minutes", "gone after three minutes". */
const OVER = wordSet('over gone ends ended end stops fades');
/** A time after these is a moment, or some other stretch. */
const MOMENTS = wordSet(`
  every each after within first final last next until by per mark before another past later ago opening
  remaining previous extra other train drive my`);
const SOMEBODY = wordSet('i you we he she they me');
const WANTS = wordSet('need want have got would love hear get count like needed require');
/** These words say so although one of the others is near. */
const ALTHOUGH = wordSet('clocks clocked clocking lasts lasting runs ends comes');
/** Right after a time: a stretch of something else. */
const NOT_PIECES = wordSet(`
  intro introduction mark section into ride drive walk commute wait break lesson class later ago earlier
  delay fade outro coda bridge silence pause build buildup crossfade reverb decay solo verse chorus lecture trip flight nap
  shower film movie documentary episode video workout concert set gig rehearsal session`);
const PARTS = wordSet(`
  intro introduction coda outro bridge section verse chorus pause silence fade ending climax note chord variation movement solo
  opening prelude interlude passage phrase break rest crescendo build episode`);
const PIECES = wordSet(`
  long min loop excerpt jingle piece song track composition work arrangement recording tune instrumental number miniature thing gem span runtime length
  journey waltz march ballad sketch study etude music whole performance cut jam cue theme loopable solo lullaby nocturne
  prelude affair meditation burst score movement file clip sample recording take version of midi`);
/** "from start to finish", "in all", "flat", "to play", "go by". */
const AFTERWARDS = wordSet('max maximum tops flat total duration length altogether all long');
const LEARNS = wordSet(
  'learn master practise practice memorise memorize load download find get notice realise realize write compose record make transcribe arrange figure understand',
);
const HEDGES = wordSet(`
  around about approximately roughly ~ ≈ circa ca approx near nearly almost just under over little a slightly barely some exactly maybe
  more or less not quite only at than shy of least most up to close`);
const EDGES = wordSet('# , | / ; . ( ) [ ] : • · - – —');

/** Whether a time, the words from `at` to `end`, is the length of the piece, and not a moment in it or the length of something else. */
export function isLengthOfPiece(reading: Reading, at: number, end: number): boolean {
  const next = reading.at(end) === '-' ? reading.at(end + 1) : reading.at(end);
  if (isUntilItStops(reading, at, end)) return true;
  if (isOfSomethingElse(reading, end, next) || next === 'too') return false;
  if (isOnlyThat(reading, at, end)) return true;
  if (next === 'in' && [...EDGES, '', 'it', 'the', 'and', 'when'].includes(reading.at(end + 1))) return false;
  if (['before', 'until', 'till', 'when', 'later', 'ago', 'apart', 'after', 'past', 'elapse'].includes(next))
    return false;
  // "B major 1/4 64 BPM 5:34": a list without marks.
  if (reading.isBreak(end) && reading.isTaken(at - 1) && reading.at(at + 1) === ':') return true;
  if (isForIts(reading, at, end)) return true;
  // "takes three minutes to learn".
  if (next === 'to' && LEARNS.has(reading.at(end + 1))) return false;
  const said = isSaidBefore(reading, at, next);
  if (said !== undefined) return said && !isOfPart(reading, at);
  if (isPlain(reading, at, next)) return true;
  if (isWithin(reading, at) && reading.at(end - 1) !== 'minute') return true;
  if (isSaidAfter(reading, end, next)) return true;
  // "Anywhere near 4:02 is fine."
  if (next === 'is' && reading.at(end + 1) === 'fine' && HEDGES.has(reading.at(at - 1))) return true;
  // "a four-minute piece", "its 4.5-minute span".
  const isHyphened = reading.at(end - 2) === '-' || reading.at(end - 1) === 'min';
  const article = reading.at(at - 1) === '' ? '' : reading.at(at - 1);
  if (isHyphened && ['a', 'an', 'its', 'this', 'the', ''].includes(article) && namesPiece(reading, end)) return true;
  if (PIECES.has(next) || (PIECES.has(reading.at(end + 1)) && next !== 'of')) return true;
  return isItem(reading, at, next, end);
}

/** "after 3 minutes 58 seconds, it stops", "four minutes later it is gone", "loops after 90 seconds". */
function isUntilItStops(reading: Reading, at: number, end: number): boolean {
  let before = at - 1;
  while (HEDGES.has(reading.at(before)) && before > at - 5) before--;
  const isAfter = reading.at(before) === 'after';
  if (isAfter && ['loop', 'loops', 'looping', 'repeats'].includes(reading.at(before - 1))) return true;
  if (!isAfter && reading.at(end) !== 'later') return false;
  let it = end;
  while ([',', 'later'].includes(reading.at(it))) it++;
  if (reading.at(it) !== 'it' && reading.at(it) !== "it's" && reading.at(it) !== 'it’s') return false;
  const verb =
    reading.at(it) === 'it' && reading.at(it + 1) !== 'is' ? it + 1 : reading.at(it) === 'it' ? it + 2 : it + 1;
  const isLast = ['over', 'gone', 'done', 'finished', 'stops', 'ends', 'finishes'].includes(reading.at(verb));
  return isLast && (reading.isBreak(verb + 1) || reading.at(verb + 1) === ',');
}

/** "It's only 4 min 23 sec, I keep it on repeat", "it must fill 3:21", "How is it only 244 seconds?". */
function isOnlyThat(reading: Reading, at: number, end: number): boolean {
  if (!reading.isBreak(end) && reading.at(end) !== ',') return false;
  let last = at - 1;
  while (HEDGES.has(reading.at(last)) && reading.at(last) !== 'only' && reading.at(last) !== 'just' && last > at - 4)
    last--;
  const before = reading.at(last);
  if (before === 'fill' || before === 'run')
    return reading.at(last - 1) === 'must' || reading.at(last - 1) === 'should';
  if (before !== 'only' && before !== 'just') return false;
  const [be, it] = [reading.at(last - 1), reading.at(last - 2)];
  if (be === "it's" || be === 'it’s') return true;
  return (be === 'is' && (it === 'it' || it === 'this')) || ((be === 'it' || be === 'this') && it === 'is');
}

/** "runs at a slow pace (72 BPM) for four minutes". */
function isForIts(reading: Reading, at: number, end: number): boolean {
  let index = at - 1;
  while (HEDGES.has(reading.at(index)) && index > at - 4) index--;
  if (reading.at(index) !== 'for') return false;
  if (
    reading.isTaken(index - 1) ||
    (reading.isFirstOfSentence(index) && (reading.isBreak(end) || reading.at(end) === ','))
  )
    return true;
  for (let before = index - 1; before > index - 14 && !['.', ';'].includes(reading.at(before)); before--)
    if (['runs', 'lasts', 'goes', 'plays', 'continues', 'stays', 'keeps', 'holds'].includes(reading.at(before)))
      return true;
  return false;
}

/** "a 40-minute train ride", but not "a 4-minute film-score piece". */
function isOfSomethingElse(reading: Reading, end: number, next: string): boolean {
  if (!NOT_PIECES.has(next) && (PIECES.has(next) || !NOT_PIECES.has(reading.at(end + 1)))) return false;
  for (let index = end; index < end + 5; index++) if (PIECES.has(reading.at(index))) return false;
  return true;
}

/** Whether words before it say so, or that it is not; `undefined` where they say nothing. */
function isSaidBefore(reading: Reading, at: number, next: string): boolean | undefined {
  let isPastColon = false;
  for (let index = at - 1; index >= Math.max(0, at - 7); index--) {
    const text = reading.at(index);
    const before = reading.at(index - 1);
    if (['.', ';', '!', '?', ','].includes(text)) break;
    if (text === ':') isPastColon = true;
    if (text === 'time' && ['playing', 'running', 'total', 'play', 'run'].includes(before)) return true;
    if (text === 'me' && before === 'give') return true;
    if (
      MOMENTS.has(text) &&
      !isPastColon &&
      !(text === 'last' && !['the', 'its', 'this', 'these', 'those', 'for'].includes(before))
    ) {
      if (text === 'after' && (OVER.has(before) || ALTHOUGH.has(before))) return true;
      return false;
    }
    if (
      SOMEBODY.has(text) &&
      !isPastColon &&
      !/^(?:can|could|will|would)$/.test(before) &&
      !WANTS.has(reading.at(index + 1))
    )
      return false;
    if (text === 'at' || text === 'in') {
      if (
        (text === 'in' && (LASTS.has(before) || OVER.has(before))) ||
        ['clocks', 'clocked', 'clocking', 'timed'].includes(before) ||
        (['in', 'out'].includes(before) && LASTS.has(reading.at(index - 2)))
      )
        return true;
      if (text === 'at' && ['long', 'short', 'brief', 'longer', 'shorter'].includes(before)) return true;
      if (before === 'up' && reading.at(index - 2) === 'wraps') return true;
      if (
        text === 'at' &&
        (!isFronted(reading, index) || (reading.at(at + 1) === ':' && !['it', 'this', "it's"].includes(next))) &&
        reading.at(index + 1) !== 'just' &&
        reading.at(index + 1) !== 'least'
      )
        return false;
    }
    if (text === 'course' || text === 'span' || text === 'space') return true;
    if (
      LASTS.has(text) ||
      (text === 'over' && ['unfolds', 'spread', 'plays', 'evolves', 'develops', 'major', 'minor'].includes(before))
    )
      return true;
    if (text === 'for' && ['runs', 'lasts', 'goes', 'plays', 'continues', 'on', 'lingers'].includes(before))
      return true;
    if (text === 'over' && (index === at - 1 || HEDGES.has(reading.at(index + 1)))) return true;
  }
  return undefined;
}

function isSaidAfter(reading: Reading, end: number, next: string): boolean {
  const second = reading.at(end + 1);
  if (next === 'from') return ['start', 'beginning', 'first', 'end', 'top', 'the'].includes(second);
  if (next === 'of') return !['silence', 'my', 'your', 'our', 'fame', 'practice', 'rest'].includes(second);
  if (next === 'start' || next === 'beginning') return second === 'to';
  if (['go', 'pass', 'fly', 'slip', 'goes', 'passes', 'flies', 'slips', 'tick'].includes(next))
    return ['by', 'past', 'away'].includes(second) || next.startsWith('pass');
  if (next === 'in') return ['length', 'total', 'all', 'duration', 'performance'].includes(second);
  if (next === 'to') return ['play', 'perform', 'listen', 'hear', 'fill'].includes(second);
  if (next === 'is' || next === 'are') return ['all', 'enough', 'its', 'the', 'how', 'just', 'what'].includes(second);
  return AFTERWARDS.has(next) || (next === 'and' && ['done', 'out', 'over', 'gone', "it's", 'not'].includes(second));
}

/** "the coda lasts ten seconds". */
function isOfPart(reading: Reading, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 9) && !['.', ';', ','].includes(reading.at(index)); index--) {
    if (PARTS.has(reading.at(index))) return true;
  }
  return false;
}

/** "The piece is 3:45.", "a work of three minutes", "At just over three minutes, it is short". */
function isPlain(reading: Reading, at: number, next: string): boolean {
  let index = at - 1;
  while (HEDGES.has(reading.at(index)) && reading.at(index) !== 'at' && index > at - 4) index--;
  const text = reading.at(index);
  const ends = next === '' || EDGES.has(next) || next === 'and';
  if (text === 'is') return ends && reading.at(at) !== 'a';
  if (text === 'of') return [index - 1, index - 2].some((place) => PIECES.has(reading.at(place)));
  if (!['at', 'in'].includes(text) || !isFronted(reading, index)) return false;
  return ['it', 'this', "it's", 'it’s'].includes(next) || (next === ',' && reading.at(at + 1) !== ':');
}

/** "In 200 seconds it says", "and at four minutes it's". */
function isFronted(reading: Reading, at: number): boolean {
  return reading.isFirstOfSentence(at) || ['and', 'but'].includes(reading.at(at - 1));
}

/** "through its four minutes", "within three minutes". */
function isWithin(reading: Reading, at: number): boolean {
  let index = at - 1;
  while (HEDGES.has(reading.at(index)) && index > at - 4) index--;
  if (['its', 'these', 'those'].includes(reading.at(index))) return true;
  if (reading.at(index) === 'the') index--;
  return ['through', 'throughout', 'across', 'within', 'inside', 'during'].includes(reading.at(index));
}

/** "a 3-minute, tender piano piece", within the reach of a noun phrase. */
function namesPiece(reading: Reading, from: number): boolean {
  for (let index = from; index < from + 7; index++) {
    const text = reading.at(index);
    if (PIECES.has(text)) return true;
    if ((NOT_PIECES.has(text) && reading.at(index + 1) !== '-') || ['.', ';', ''].includes(text)) return false;
  }
  return false;
}

/** An item of a list of tags: ", about 3:45," and the like. */
function isItem(reading: Reading, at: number, next: string, end: number): boolean {
  let before = at - 1;
  while (HEDGES.has(reading.at(before)) && before > at - 5) before--;
  // "a tidy three minutes".
  if (reading.has(before, ROLE.quality) && ['a', 'an'].includes(reading.at(before - 1))) before -= 2;
  const isEdge = (text: string): boolean => text === '' || EDGES.has(text);
  const startsHere = isEdge(reading.at(before)) || reading.isFirstOfSentence(before + 1);
  return startsHere && (isEdge(next) || reading.isBreak(end) || ['and', 'in', 'for', 'with'].includes(next));
}
