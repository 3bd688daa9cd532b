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
  PRONOUN_WORKS,
  QUANTIFIERS,
  VERBS,
  WORKS,
} from './clause-lexicon.ts';
import { isOther, isVersion, namesVersion } from './clause-subject.ts';
import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { textAt } from './text-at.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const GOES_ON = wordSet('which who whose whom where when or nor a an another some one');
const PREPOSITIONS = wordSet('for in at on with over');
const OWNERS = wordSet('my our your his her their');
const CONTRACTIONS = wordSet(
  "it's let's here's there's that's what's who's he's she's today's where's how's tonight's everyone's",
);
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
/** More than this nobody compares with in one breath. */
const MOST_WORDS = 24;
/** Capitals in the middle of a sentence: the name of a work. */
const TITLES = wordSet(`
  sonata sonatina prelude nocturne waltz etude étude suite variations rhapsody ballade requiem quartet quintet trio serenade fugue
  minuet mazurka polonaise scherzo adagio symphony concerto impromptu bagatelle aria toccata rondo bolero boléro gymnopédie
  gymnopedie polka march tango canon allegro andante largo mass overture opus op no bwv rag`);

/** "the Andante marking" is no work. */
const MARKINGS = wordSet('marking tempo pace indication direction');

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

/** Whether a word may be the name of a work, or of whom it is: "Bach's", "Nocturne"; most words are neither. */
export function mayName(raw: string, text: string): boolean {
  return /['’]s$/.test(raw) || (raw !== text && TITLES.has(text));
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

/** What a cue at a place compares with, or from an earlier word on. */
function restOf(words: readonly Word[], clause: Clause, at: number, from = at): Stretch {
  return { from, to: endOf(words, clause, at) };
}

/** All of what a label names: "similar: slow waltzes, harp; key: D minor". */
function itemEnd(words: readonly Word[], at: number): number {
  for (let index = at + 2; index < words.length; index++) {
    if ([';', '|', '/', '.', '(', ')', ']', '•'].includes(words[index]?.text ?? '')) return index;
    if (words[index]?.sentence !== words[at]?.sentence || words[index + 1]?.text === ':') return index;
  }
  return words.length;
}

/** "originally", "was once", "first written", "used to be", "began life as". */
function isOnce(text: string, before: string, next: string): boolean {
  if (ONCE.has(text) || (text === 'used' && next === 'to')) return true;
  if (['began', 'started', 'conceived', 'born'].includes(text) && ['life', 'as'].includes(next)) return true;
  if (text === 'once') return ['was', 'were', 'had'].includes(before);
  if (text === 'first') return /(ed|written|heard|sung|played|made)$/.test(next);
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

/** "between three and four", "less than 90". */
function isFigure(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  return /^\d/.test(text) || (text !== 'a' && ((words[at]?.kinds ?? 0) & WORD_KIND.spelledNumber) !== 0);
}

/** "sounds like E flat minor to me". */
function namesKey(words: readonly Word[], at: number): boolean {
  if (((words[at]?.kinds ?? 0) & WORD_KIND.key) === 0) return false;
  if (/^[A-G](?:b|♭)?(?:m|[Mm]in|[Mm]aj)$/.test(words[at]?.raw ?? '')) return true;
  return [at + 1, at + 2, at + 3].some((index) => ['major', 'minor', 'maj', 'min', 'm'].includes(textAt(words, index)));
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

/** "Bach's Prelude in C", "the Moonlight Sonata in C-sharp minor", "Gymnopédie No. 1". */
function isNamedWork(words: readonly Word[], at: number): boolean {
  const word = words[at];
  if (word !== undefined && (word.kinds & WORD_KIND.name) === 0) return false;
  if (word === undefined || isFirst(words, at))
    return word !== undefined && /^\p{Lu}\p{L}+['’]s$/u.test(word.raw) && isNamed(words, at);
  if (/^\p{Lu}\p{L}+['’]s$/u.test(word.raw) && !CONTRACTIONS.has(word.text.replace('’', "'"))) return true;
  if (/^\p{Ll}{3,}['’]s$/u.test(word.raw) && [at + 1, at + 2].some((index) => isWork(textAt(words, index))))
    return true;
  if (!/^\p{Lu}/u.test(word.raw) || !TITLES.has(word.text)) return false;
  const before = at < 1 ? undefined : words[at - 1];
  if (before === undefined || before.isTitle || MARKINGS.has(textAt(words, at + 1))) return false;
  if (before.text === 'the') return true;
  return /^\p{Lu}\p{L}/u.test(before.raw) && !isFirst(words, at - 1) && !isTitleCase(words, at);
}

function isWork(text: string): boolean {
  return TITLES.has(text) || WORKS.has(text) || MANY_WORKS.has(text);
}

/** The possessive that a sentence begins with belongs to a name only where a work or a title comes after. */
function isNamed(words: readonly Word[], at: number): boolean {
  if (CONTRACTIONS.has((words[at]?.text ?? '').replace('’', "'"))) return false;
  for (let index = at + 1; index <= at + 4; index++) {
    const word = words[index];
    if (word?.isTitle === true || isWork(word?.text ?? '')) return true;
  }
  return false;
}

/** "Slow Waltz In D Minor": everything has capitals. */
function isTitleCase(words: readonly Word[], at: number): boolean {
  let [upper, lower] = [0, 0];
  for (const { raw, sentence } of words.slice(Math.max(0, at - 8), at + 8)) {
    if (sentence !== words[at]?.sentence) continue;
    if (/^\p{Lu}/u.test(raw)) upper++;
    else if (/^\p{Ll}{4}/u.test(raw)) lower++;
  }
  return lower < upper / 3;
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

/** Where what is compared with ends: at a comma that goes on with something else, at a verb after "and", at "this". */
function endOf(words: readonly Word[], clause: Clause, cue: number): number {
  let isMusic = (cue > 0 && words[cue - 1]?.isTitle === true) || /['’]s$/.test(textAt(words, cue));
  for (let at = cue + 1; at < Math.min(clause.to, cue + MOST_WORDS); at++) {
    const word = words[at];
    const text = textAt(words, at);
    if (text === ',') {
      if (!goesOn(words, at + 1)) return at;
      isMusic = true;
      continue;
    }
    if ((text === 'this' || text === 'here') && at > cue + 1) return at;
    if (['and', 'or', 'then', 'yet'].includes(text) && sayVerb(words, at + 1)) return at;
    if (!isMusic && at > cue + 1 && PREPOSITIONS.has(text)) return at;
    isMusic ||= word?.isTitle === true || namesMusic(words, at);
  }
  return Math.min(clause.to, cue + MOST_WORDS);
}

function commaAfter(words: readonly Word[], { to }: Clause, at: number): number {
  for (let index = at; index < to; index++) if (textAt(words, index) === ',') return index;
  return to;
}

function goesOn(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  if (GOES_ON.has(text)) return true;
  if (text === 'and') return ['a', 'an', 'the', 'some'].includes(textAt(words, at + 1));
  return false;
}

function sayVerb(words: readonly Word[], at: number): boolean {
  return VERBS.has(textAt(words, at)) || (/ly$/.test(textAt(words, at)) && VERBS.has(textAt(words, at + 1)));
}

function namesMusic(words: readonly Word[], at: number): boolean {
  const text = textAt(words, at);
  if (
    WORKS.has(text) ||
    MANY_WORKS.has(text) ||
    OTHER_WORKS.has(text) ||
    PRONOUN_WORKS.has(text) ||
    INSTRUMENTS_BY_WORD.has(text) ||
    /['’]s$/.test(text)
  )
    return true;
  return /^\p{Lu}\p{L}/u.test(words[at]?.raw ?? '') && !isFirst(words, at);
}

function backTo(
  words: readonly Word[],
  { from }: Clause,
  at: number,
  wanted: readonly string[],
  reach: number,
): number {
  for (let index = at - 1; index >= Math.max(from, at - reach); index--)
    if (wanted.includes(textAt(words, index))) return index;
  return at;
}

/** From its article on: "her slow earlier waltz". */
function backToArticle(words: readonly Word[], { from }: Clause, at: number): number {
  for (let index = at; index >= Math.max(from, at - 4); index--) {
    if (['the', 'a', 'an', 'another', 'his', 'her', 'their', 'its', 'my', 'our'].includes(textAt(words, index)))
      return index;
    if (
      index < at &&
      (VERBS.has(textAt(words, index)) || PREPOSITIONS.has(textAt(words, index)) || textAt(words, index) === ',')
    )
      break;
  }
  return at;
}

function isFirst(words: readonly Word[], at: number): boolean {
  return (
    at === 0 ||
    words[at - 1]?.sentence !== words[at]?.sentence ||
    ['.', ':', '(', '—'].includes(words[at - 1]?.text ?? '')
  );
}
