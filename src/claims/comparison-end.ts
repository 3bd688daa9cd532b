import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import { MANY_WORKS, OTHER_WORKS, PRONOUN_WORKS, VERBS, WORKS } from './clause-lexicon.ts';
import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { isFirst } from './named-work.ts';
import { textAt } from './text-at.ts';
import { wordSet } from './word-set.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const GOES_ON = wordSet('which who whose whom where when or nor a an another some one');

const PREPOSITIONS = wordSet('for in at on with over');

/** More than this nobody compares with in one breath. */
const MOST_WORDS = 24;

/** What a cue at a place compares with, or from an earlier word on. */
export function restOf(words: readonly Word[], clause: Clause, at: number, from = at): Stretch {
  return { from, to: endOf(words, clause, at) };
}

/** All of what a label names: "similar: slow waltzes, harp; key: D minor". */
export function itemEnd(words: readonly Word[], at: number): number {
  for (let index = at + 2; index < words.length; index++) {
    if ([';', '|', '/', '.', '(', ')', ']', '•'].includes(words[index]?.text ?? '')) return index;
    if (words[index]?.sentence !== words[at]?.sentence || words[index + 1]?.text === ':') return index;
  }
  return words.length;
}

/** Where what is compared with ends: at a comma that goes on with something else, at a verb after "and", at "this". */
export function endOf(words: readonly Word[], clause: Clause, cue: number): number {
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

export function commaAfter(words: readonly Word[], { to }: Clause, at: number): number {
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

export function backTo(
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
export function backToArticle(words: readonly Word[], { from }: Clause, at: number): number {
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
