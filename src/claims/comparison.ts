import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import {
  COMPARING_NOUNS,
  COMPARISONS,
  MANY_WORKS,
  NEARLY,
  ONCE,
  OTHER_WORKS,
  OTHERS,
  PEOPLE,
  QUANTIFIERS,
  WORKS,
} from './clause-lexicon.ts';
import { isOther, isVersion, namesVersion } from './clause-subject.ts';
import { backTo, backToArticle, commaAfter, endOf, itemEnd, restOf, type Stretch } from './comparison-end.ts';
import { isFigure, namesKey } from './figure-words.ts';
import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { isNamedWork } from './named-work.ts';
import { textAt } from './text-at.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

const OWNERS = wordSet('my our your his her their');

/** "the sound of a harp" is one. */
const OWN_NOUNS = wordSet(`
  sound sounds notes tones strains melody accompaniment course span help addition form presence use key tempo line lines chords length
  rhythm pulse duration strings keys backing support interplay combination work voice`);

/** Before a colon: what follows is other music. */
const LABELS = wordSet(`
  similar like ref refs reference references inspired inspiration influences influence influenced compare cf see related alt also fans cover
  tutorial original orig sampled source by after alike recommended`);

const EXCHANGES = wordSet(
  'duet dialogue conversation interplay exchange alternates alternating alternation shared split',
);

const MAKES = wordSet('do make play try write record cover');

const CUES = wordSet(`
  like à a used began once first started conceived born see now next mind disguise sorts name spirit than as the to makes made between more less who whose on well
  best better nicely beautifully kind sort half part parts`);

const SMALL = wordSet('the to on as a à');

/** Whether `comparisonAt` has to look at a word for what it says; of others, only for the name that it may be. */
export function beginsComparison(text: string): boolean {
  if (CUES.has(text) || COMPARISONS.has(text) || COMPARING_NOUNS.has(text) || LABELS.has(text)) return true;
  if (ONCE.has(text) || INSTRUMENTS_BY_WORD.has(text) || NEARLY.has(text) || OWNERS.has(text)) return true;
  return OTHER_WORKS.has(text) || OTHERS.has(text) || QUANTIFIERS.has(text) || namesVersion(text);
}

/** The words at a place that speak of something else beside the piece: what it is compared with, another work, somebody's own. */
export function comparisonAt(words: readonly Word[], clause: Clause, at: number): Stretch | undefined {
  const text = textAt(words, at);
  const kinds = words[at]?.kinds ?? 0;
  if (text === '' || (kinds & (WORD_KIND.comparison | WORD_KIND.name)) === 0) return undefined;
  if ((kinds & WORD_KIND.comparison) === 0)
    return isNamedWork(words, at)
      ? { from: backToArticle(words, clause, at), to: endOf(words, clause, at) }
      : undefined;
  if (SMALL.has(text)) return smallComparisonAt(words, clause, at, text);
  const [before, next] = [textAt(words, at - 1), textAt(words, at + 1)];
  if (text === 'like') return isLikening(words, clause, at) ? restOf(words, clause, at) : undefined;
  if (COMPARISONS.has(text)) {
    // "our analysis suggests D minor".
    if (namesKey(words, at + 1)) return undefined;
    if (before === '-' && text !== 'instead') return undefined;
    if (['evocative', 'suggestive'].includes(text) && next !== 'of') return undefined;
    // "Compared to his last album, full of synths, this is bare": all up to what it is compared with.
    const isFronted = at <= clause.from + 1 && words[clause.to]?.sentence === words[at]?.sentence;
    return isFronted && text !== 'like' ? { from: at, to: clause.to } : restOf(words, clause, at);
  }
  if (COMPARING_NOUNS.get(text)?.has(next) === true) return { from: at, to: endOf(words, clause, at + 1) };
  if (next === ':' && LABELS.has(text)) return { from: at, to: itemEnd(words, at) };
  if (isOnce(text, before, next)) return { from: at, to: commaAfter(words, clause, at) };
  if (text === 'see' && ['also', 'no', 'nos', 'op'].includes(next)) return { from: at, to: clause.to };
  // "now do one in F".
  if ((text === 'now' || text === 'next') && MAKES.has(next) && textAt(words, at + 2) === 'one')
    return { from: at, to: clause.to };
  if (text === 'mind' && before === 'to' && !/^(?:br|call)/.test(textAt(words, at - 2)))
    return { from: clause.from, to: clause.to };
  if (['disguise', 'sorts', 'name', 'spirit'].includes(text) && ['in', 'of', 'but'].includes(before))
    return { from: Math.max(clause.from, at - 5), to: at };
  if (INSTRUMENTS_BY_WORD.has(text) && ['i', 'we', 'you', 'they'].includes(next))
    return { from: backToArticle(words, clause, at), to: clause.to };
  if (text === 'than' && ['less', 'more'].includes(before) && isFigure(words, at + 1)) return undefined;
  if (text === 'than') return restOf(words, clause, at, backTo(words, clause, at, ['more', 'less', 'rather'], 6));
  if (['makes', 'made'].includes(text) && ['me', 'you', 'us', 'one', 'people'].includes(next))
    return { from: at, to: clause.to };
  if (text === 'between' && !isFigure(words, at + 1) && !EXCHANGES.has(before)) return restOf(words, clause, at);
  if ((text === 'more' || text === 'less') && next === 'of') return restOf(words, clause, at);
  if ((text === 'who' && next !== 'else') || (text === 'whose' && PEOPLE.has(before))) return restOf(words, clause, at);
  if (
    ['well', 'best', 'better', 'nicely', 'beautifully'].includes(text) &&
    ['on', 'for', 'as', 'under', 'with', 'in', 'to'].includes(next)
  )
    return restOf(words, clause, at);
  if (isHalfWay(words, at)) return { from: at, to: Math.min(clause.to, at + 4) };
  if (OWNERS.has(text)) {
    // "her organ works in C minor".
    const isWorks = [at + 1, at + 2, at + 3].some((index) => MANY_WORKS.has(textAt(words, index)));
    return { from: at, to: isWorks ? clause.to : Math.min(clause.to, at + 3) };
  }
  if (isNamedWork(words, at) || isAnothers(words, at))
    return restOf(words, clause, at, backToArticle(words, clause, at));
  return undefined;
}

/** Of the smallest words, which half of all captions consist of: each has rules of its own, and no list names one. */
function smallComparisonAt(words: readonly Word[], clause: Clause, at: number, text: string): Stretch | undefined {
  return isSmallComparison(words, clause, at, text) ? restOf(words, clause, at) : undefined;
}

function isSmallComparison(words: readonly Word[], clause: Clause, at: number, text: string): boolean {
  const next = textAt(words, at + 1);
  switch (text) {
    case 'the':
      return isOfAKind(words, at);
    case 'to':
      return isTooFor(words, at);
    case 'on':
      return isPlayedBySomebody(words, clause, at);
    case 'as':
      if (next !== 'well' && [at + 2, at + 3, at + 4].some((index) => textAt(words, index) === 'as')) return true;
      return next === 'if' || next === 'though' || backTo(words, clause, at, ['same'], 4) < at;
    default:
      return next === 'la';
  }
}

/** "originally", "was once", "first written", "used to be", "began life as". */
function isOnce(text: string, before: string, next: string): boolean {
  if (ONCE.has(text) || (text === 'used' && next === 'to')) return true;
  if (['began', 'started', 'conceived', 'born'].includes(text) && ['life', 'as'].includes(next)) return true;
  if (text === 'once') return ['was', 'were', 'had'].includes(before);
  if (text === 'first') return /(ed|written|sung|played|made)$/.test(next);
  return text === 'started' && ['life', 'out'].includes(next);
}

/** "sounds like a harp", but not "I like the tempo", "would like", "waltz-like", "something like 90 BPM", "like this: slow". */
function isLikening(words: readonly Word[], { from }: Clause, at: number): boolean {
  const [before, next] = [textAt(words, at - 1), textAt(words, at + 1)];
  if (before === '-' || next === 'this' || next === 'so' || /^\d/.test(next) || namesKey(words, at + 1)) return false;
  return !(
    at > from &&
    ['i', 'we', 'you', 'they', 'would', "i'd", 'to', 'really', "don't", 'also', 'people', 'do'].includes(before)
  );
}

/** "the swing of a polka", but not "the sound of a harp". */
function isOfAKind(words: readonly Word[], at: number): boolean {
  const isOf =
    textAt(words, at + 2) === 'of' &&
    ['a', 'an'].includes(words[at + 3]?.raw ?? '') &&
    !['major', 'minor'].includes(textAt(words, at + 4));
  return isOf && !OWN_NOUNS.has(textAt(words, at + 1));
}

/** "too slow to be a march". */
function isTooFor(words: readonly Word[], at: number): boolean {
  if (!['be', 'become', 'count', 'pass', 'call'].includes(textAt(words, at + 1))) return false;
  return [at - 2, at - 3].some((index) => textAt(words, index) === 'too') || textAt(words, at - 1) === 'enough';
}

/** "play it on guitar", "I played this on the organ": what somebody may do. */
function isPlayedBySomebody(words: readonly Word[], { from }: Clause, at: number): boolean {
  for (let index = at - 1; index >= Math.max(from, at - 5); index--) {
    const text = textAt(words, index);
    if (text === 'it' || text === 'this' || text === 'them' || text === 'that' || text === 'along') {
      const verb = textAt(words, index - 1);
      return [
        'play',
        'played',
        'playing',
        'plays',
        'try',
        'tried',
        'put',
        'learn',
        'learned',
        'heard',
        'hear',
      ].includes(verb);
    }
    if (['works', 'work', 'worked'].includes(text)) return true;
  }
  return false;
}

/** "almost a waltz", "sort of a march"; "almost three minutes" is a length. */
function isHalfWay(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  const isKind = ['kind', 'sort'].includes(text) && textAt(words, at + 1) === 'of';
  if (['half', 'part', 'parts'].includes(text))
    return INSTRUMENTS_BY_WORD.has(textAt(words, at + 1)) || WORKS.has(textAt(words, at + 1));
  if (!NEARLY.has(text) && !isKind) return false;
  for (let index = at + 1; index <= at + 3; index++) {
    const next = textAt(words, index);
    if (
      /^\d/.test(next) ||
      ['entirely', 'exclusively', 'solely', 'all', 'always', 'minute', 'minutes', 'in', 'only'].includes(next)
    )
      return false;
  }
  return !['minute', 'minutes', 'half'].includes(textAt(words, at + 4));
}

/** "the original", "another waltz", "her earlier piece", "most pop songs". */
function isAnothers(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  const before = textAt(words, at - 1);
  if (OTHER_WORKS.has(text)) return ['the', 'its', 'his', 'her', 'their', 'my', 'our'].includes(before);
  if (isVersion(words, at)) return true;
  if (OTHERS.has(text)) return isOther(words, at);
  if (!QUANTIFIERS.has(text)) return false;
  for (let index = at + 1; index <= at + 3; index++) if (MANY_WORKS.has(textAt(words, index))) return true;
  return false;
}
