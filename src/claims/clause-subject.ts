import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import {
  COLLECTIONS,
  COMPOSERS,
  MANY_WORKS,
  OTHER_KINDS,
  OTHER_WORKS,
  OTHERS,
  PEOPLE,
  PRONOUN_WORKS,
  QUANTIFIERS,
  THIS_WORK,
  VERBS,
  WORKS,
} from './clause-lexicon.ts';
import { textAt } from './text-at.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

/** Whom a clause speaks of; `undefined` where it names nobody. */
export type Subject = 'piece' | 'pronoun' | 'person' | 'speaker' | 'people' | 'other' | undefined;

const LEADING = wordSet(`
  and but so or yet then because since as that while whereas where though although if when honestly actually sadly frankly
  personally indeed maybe perhaps also even still now well sure surely however once unless , . : ; ( ) [ ] ! ? … – — - yes no`);
const THIS = wordSet("this these here here's here’s");
const PRONOUNS = wordSet("it it's it’s its there there's there’s them that that's that’s both");
const SPEAKERS = wordSet(`
  i i'm i’m i've i’ve i'd i’d i'll i’ll we we're we've we'd you you're you’re you'll you’ll you'd one me us`);
const LISTENERS = wordSet('listeners listener fans audience audiences');
const HEARS = wordSet(
  'notice hear enjoy appreciate detect recognise recognize find discover get hears notices finds enjoys gets',
);
const INDEFINITE = wordSet('others another most many some few');
const THOUGHT = wordSet('thought guess impression hope wish expectation suspicion fear dream ear memory idea');
const ENDS = wordSet('in at for with on over under by from to , that which who whose . : ; ( ) [ ] ! ? – — and');
const FOLLOWS = wordSet('followed follows preceded precedes came comes opened closed');
const OWNERS = wordSet('my our your his her their');
/** How far into a clause its subject is looked for. */
const REACH = 8;

/** Whether a word can be a subject, or the cue for one: a clause without any names nobody. */
export function isOfSubject(text: string): boolean {
  if (
    [
      'they',
      'he',
      'she',
      'whoever',
      'whichever',
      'never',
      'rarely',
      'seldom',
      'no',
      'concert',
      'rest',
      'side',
    ].includes(text)
  )
    return true;
  const sets = [THIS, PRONOUNS, PEOPLE, SPEAKERS, INDEFINITE, THOUGHT, THIS_WORK, LISTENERS, COMPOSERS, OTHERS];
  if (sets.some((words) => words.has(text)) || namesVersion(text)) return true;
  return OTHER_WORKS.has(text) || WORKS.has(text) || MANY_WORKS.has(text) || COLLECTIONS.has(text);
}

/** Whether the name of a subject ends at a word. */
export function endsSubject(text: string): boolean {
  return (VERBS.has(text) || ENDS.has(text)) && !MANY_WORKS.has(text);
}

export function subjectOf(words: readonly Word[], { from, to, kinds }: Clause): Subject {
  // Where a clause is a mark or a small word only, its subject is the next word.
  if (((kinds | (words[to]?.kinds ?? 0)) & WORD_KIND.subject) === 0) return undefined;
  let at = from;
  while (at < to && LEADING.has(textAt(words, at)) && !(textAt(words, at) === 'no' && textAt(words, at + 1) !== ','))
    at++;
  const first = textAt(words, at);
  if (THIS.has(first)) return 'piece';
  if (PRONOUNS.has(first) && first !== 'its') return 'pronoun';
  if (first === 'one' && PEOPLE.has(textAt(words, at + 1))) return 'people';
  if (SPEAKERS.has(first) || first === 'they') return 'speaker';
  if (['he', 'she'].includes(first)) return 'person';
  if (['someone', 'somebody'].includes(first) && playsNow(words, at + 1)) return undefined;
  if (INDEFINITE.has(first) && VERBS.has(textAt(words, at + 1))) return 'people';
  if (
    first === 'whoever' &&
    ['plays', 'played', 'mixed', 'recorded', 'performs', 'performed'].includes(textAt(words, at + 1))
  )
    return undefined;
  if (first === 'whoever' || first === 'whichever') return 'people';
  if (['never', 'rarely', 'seldom'].includes(first) && VERBS.has(textAt(words, at + 1))) return 'people';
  if (first === 'no' && isWorkWithVerb(words, at + 1)) return 'other';
  return subjectNoun(words, at, Math.min(to, at + REACH));
}

/** "Someone is playing the piano", "somebody plays a harp". */
function playsNow(words: readonly Word[], at: number): boolean {
  const verb = textAt(words, at) === 'is' ? at + 1 : at;
  return ['plays', 'playing', 'strums', 'strumming', 'picks', 'picking', 'takes'].includes(textAt(words, verb));
}

function subjectNoun(words: readonly Word[], from: number, to: number): Subject {
  const first = textAt(words, from);
  const isDefinite = first === 'the' || first === 'its' || OWNERS.has(first);
  const isQuantified = QUANTIFIERS.has(first);
  let found: Subject;
  for (let at = from; at < to; at++) {
    const kinds = words[at]?.kinds ?? 0;
    const isEnd = at > from && (kinds & WORD_KIND.subjectEnd) !== 0;
    if ((kinds & WORD_KIND.subject) === 0) {
      if (isEnd) break;
      continue;
    }
    const text = textAt(words, at);
    const before = textAt(words, at - 1);
    if (THOUGHT.has(text) && OWNERS.has(first)) return 'people';
    if (isEnd) break;
    const isThis = THIS_WORK.has(text) && ['the', 'this', 'its'].includes(before);
    if (
      (isThis || WORKS.has(text)) &&
      ['before', 'after', 'above', 'below', 'following', 'preceding'].includes(textAt(words, at + 1))
    )
      return 'other';
    if (WORKS.has(text) && textAt(words, at + 1) === 'that' && FOLLOWS.has(textAt(words, at + 2))) return 'other';
    if (isThis && found === undefined) return isVersion(words, at) ? 'other' : 'piece';
    if ((isThis || WORKS.has(text) || namesVersion(text)) && textAt(words, at + 1) === 'here') return 'piece';
    if (LISTENERS.has(text) && hears(words, at)) return undefined;
    const isTag = [',', ''].includes(textAt(words, at + 1)) || at + 1 >= words.length;
    if ((PEOPLE.has(text) && !isTag) || (at === from && COMPOSERS.has(text))) found = 'people';
    else if (OTHERS.has(text) && isOther(words, at)) found = 'other';
    else if (OTHER_WORKS.has(text) && (isDefinite || (at === from && !isTag && !isOrder(words, at)))) found = 'other';
    else if (isVersion(words, at)) found = 'other';
    else if ((WORKS.has(text) || MANY_WORKS.has(text)) && OWNERS.has(first)) found = 'other';
    else if ((COLLECTIONS.has(text) || text === 'concert') && isDefinite && textAt(words, at + 1) !== '-')
      found = 'other';
    else if (text === 'side' && before === '-' && textAt(words, at - 2) === 'b') found = 'other';
    else if (text === 'rest' && isOfCollection(words, at)) return 'other';
    else if (
      MANY_WORKS.has(text) &&
      (isQuantified || at <= from + 1 || (!isDefinite && VERBS.has(textAt(words, at + 1))))
    )
      found = 'other';
    else if (WORKS.has(text) && isQuantified) found = 'other';
  }
  return found;
}

/** "Draft a trumpet duet". */
function isOrder(words: readonly Word[], at: number): boolean {
  return ['a', 'an', 'me', 'us', 'some'].includes(textAt(words, at + 1));
}

/** "Listeners will notice the harp": what they hear is there. */
function hears(words: readonly Word[], at: number): boolean {
  const verb = ['will', 'can', 'should', 'may'].includes(textAt(words, at + 1)) ? at + 2 : at + 1;
  return HEARS.has(textAt(words, verb));
}

/** "no waltz was ever this sad". */
function isWorkWithVerb(words: readonly Word[], at: number): boolean {
  return WORKS.has(textAt(words, at)) && (VERBS.has(textAt(words, at + 1)) || textAt(words, at + 1) === 'ever');
}

/** "the rest of the album". */
function isOfCollection(words: readonly Word[], at: number): boolean {
  return (
    textAt(words, at + 1) === 'of' && [at + 2, at + 3, at + 4].some((index) => COLLECTIONS.has(textAt(words, index)))
  );
}

/** "the other one", "another waltz", "the previous track", but not "the other hand" and "another layer". */
export function isOther(words: readonly Word[], at: number): boolean {
  if (['hand', 'than', 'words', 'section', 'part', 'half', 'side'].includes(textAt(words, at + 1))) return false;
  const word = textAt(words, at);
  if (word === 'others') return true;
  // "yet another piece in G": this one.
  if (word === 'another' && textAt(words, at - 1) === 'yet') return false;
  const isOrdinal = word === 'last' || word === 'next' || word === 'preceding';
  if (isOrdinal && !['the', 'my', 'his', 'her', 'their', 'your', 'our'].includes(textAt(words, at - 1))) return false;
  for (let index = at + 1; index <= at + (isOrdinal ? 2 : 3); index++) {
    const text = textAt(words, index);
    if (WORKS.has(text) || MANY_WORKS.has(text) || PEOPLE.has(text) || OTHER_WORKS.has(text)) return true;
    if (PRONOUN_WORKS.has(text) && index === at + 1) return word !== 'another' && word !== 'next';
    if (index === at + 1 && !isOrdinal && word !== 'another' && (VERBS.has(text) || ENDS.has(text) || text === ''))
      return textAt(words, at - 1) !== 'each';
  }
  return false;
}

const VERSIONS = wordSet('version arrangement recording cover rendition edition');

export function namesVersion(text: string): boolean {
  return VERSIONS.has(text);
}

/** "the orchestral version", but not "this version" nor "a slow version". */
export function isVersion(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  if (!namesVersion(text) || textAt(words, at + 1) === 'here' || textAt(words, at + 2) === 'here') return false;
  for (let index = at - 1; index >= at - 4; index--) {
    const before = textAt(words, index);
    if (before === 'this' || before === 'a' || before === 'an') return false;
    if (before === 'the' && index === at - 1 && ['i', 'we', 'you', 'that', 'which'].includes(textAt(words, at + 1)))
      return true;
    if (before === 'the' || OWNERS.has(before)) return text === 'version' || OTHER_KINDS.has(textAt(words, at - 1));
  }
  return OTHER_KINDS.has(textAt(words, at - 1)) && text === 'version' && at >= 2 && !ENDS.has(textAt(words, at - 2));
}
