import type { Word } from './caption-words.ts';
import { MODALS, VERBS } from './clause-lexicon.ts';
import { FORM } from './word-form.ts';
import { WORD_KIND } from './word-kind.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** A stretch of words with one subject at most: `from` to `to` (not included). */
export interface Clause {
  readonly from: number;
  readonly to: number;
  readonly sentence: number;
  /** Bits of `WORD_KIND` of all its words. */
  readonly kinds: number;
}

const MARKS = wordSet('. ; ! ? … : ( ) [ ] | • — #');
const CONTRASTS = wordSet('but though although yet whereas while however because');
const LINKS = wordSet(', and so or then');
const SUBORDINATE = wordSet('where while whereas though although if unless when since because as once');
const PRONOUNS = wordSet(`
  this these it it's it’s i i'm i’m i've i’ve i'd i’d i'll i’ll we we're you you'll you’ll he she he's she's they they're they’re here
  here's here’s there there's there’s nothing someone somebody people that's that’s everything everyone everybody nobody`);
const IS = wordSet("it's it’s");
const AFTER_FRONTED = wordSet("this it it's it’s i we");
const SETS_AGAINST = wordSet('after before unlike compared following besides');
const FRONTS = wordSet(
  'unlike compared after before following at for with besides despite like in on to contrary beside if',
);
const OWNERS = wordSet('my our your his her their');
const BEFORE_THIS = wordSet('last previous earlier former first old');
const DETERMINERS = wordSet('the its my our his her their your most many other others another a an no every each some');

/** How far ahead a subject may have its verb. */
const SUBJECT_WORDS = 7;

/** Whether a clause may begin at a word or after it, within a sentence. */
export function isClauseEdge(text: string): boolean {
  if (MARKS.has(text) || CONTRASTS.has(text) || LINKS.has(text)) return true;
  return ['if', 'unless', '–', '-'].includes(text) || AFTER_FRONTED.has(text);
}

/** The clauses of a caption: between marks, at "but" and the like, and wherever a new subject follows a comma or "and". */
export function clausesOf(words: readonly Word[]): readonly Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  let kinds = words[0]?.kinds ?? 0;
  for (let at = 1; at <= words.length; at++) {
    if (at === words.length || beginsClause(words, from, at)) {
      clauses.push({ from, to: at, sentence: words[from]?.sentence ?? 0, kinds });
      from = at;
      kinds = 0;
    }
    kinds |= words[at]?.kinds ?? 0;
  }
  return clauses;
}

function beginsClause(words: readonly Word[], from: number, at: number): boolean {
  const [before, word] = [words[at - 1], words[at]];
  if (before === undefined || word === undefined) return false;
  if (before.sentence !== word.sentence) return true;
  if (((before.kinds | word.kinds) & WORD_KIND.clauseEdge) === 0) return false;
  if (before.isTitle || word.isTitle) return false;
  if (isMark(before) || isMark(word)) return true;
  if ((word.kinds & WORD_KIND.clauseEdge) === 0 && before.text !== ',' && before.text !== '–' && before.text !== '-')
    return false;
  if (CONTRASTS.has(word.text)) return !['nothing', 'anything', 'none', 'all', 'everything'].includes(before.text);
  if (word.text === 'if' || word.text === 'unless') return true;
  if (isAfterFronted(words, from, at)) return true;
  // "a – b", but not "C–G" and "90-100".
  if ((before.text === '–' || before.text === '-') && before.end < word.start)
    return (at < 2 ? 0 : (words[at - 2]?.end ?? 0)) < before.start;
  if (before.text === ',' && SUBORDINATE.has(words[from]?.text ?? '') && !['which', 'who'].includes(word.text))
    return true;
  if (before.text === ',') return beginsSubject(words, LINKS.has(word.text) ? at + 1 : at);
  return LINKS.has(word.text) && word.text !== ',' && beginsSubject(words, at + 1);
}

/** "Unlike the original this one is", "At 255 seconds it is over", "after that waltz I needed this", "if I am right it's in G". */
function isAfterFronted(words: readonly Word[], from: number, at: number): boolean {
  const [first, text, before] = [words[from]?.text ?? '', words[at]?.text ?? '', words[at - 1]?.text ?? ''];
  if (!AFTER_FRONTED.has(text) || !FRONTS.has(first) || at < from + 2 || FRONTS.has(before)) return false;
  if (text === 'i' || text === 'we') return SETS_AGAINST.has(first);
  if (first === 'if') return IS.has(text) && words.slice(from, at).some((word) => VERBS.has(word.text));
  if (IS.has(text)) return true;
  // "in 3/4 it would swing" is one.
  const verb = words.slice(at + 1, at + 4).find((word) => VERBS.has(word.text) || MODALS.has(word.text));
  return verb !== undefined && !MODALS.has(verb.text);
}

function isMark({ kinds, text }: Word): boolean {
  return (kinds & WORD_KIND.mark) !== 0 && MARKS.has(text);
}

/** "this one is", "the original has", but not "the strings" in a list. */
function beginsSubject(words: readonly Word[], at: number): boolean {
  const text = words[at]?.text ?? '';
  if (PRONOUNS.has(text)) return true;
  // "my last try with the oboe was".
  if (OWNERS.has(text) && BEFORE_THIS.has(words[at + 1]?.text ?? '')) return true;
  if (text === 'last' && ['one', 'time'].includes(words[at + 1]?.text ?? '')) return true;
  if (FRONTS.has(text) && frontsClause(words, at)) return true;
  if (!DETERMINERS.has(text)) return isNamed(words, at);
  for (let index = at + 1; index < Math.min(words.length, at + SUBJECT_WORDS); index++) {
    const next = words[index]?.text ?? '';
    if (next === ',' || MARKS.has(next) || next === 'and' || next === 'with' || next === 'that' || next === 'which')
      return false;
    if (VERBS.has(next)) return true;
  }
  return false;
}

/** "and at 76 bpm it drags". */
function frontsClause(words: readonly Word[], from: number): boolean {
  for (let at = from + 2; at < from + 6; at++) {
    if (isAfterFronted(words, from, at)) return true;
    if (words[at]?.text === ',' || MARKS.has(words[at]?.text ?? '.')) return false;
  }
  return false;
}

/** "Autumn Leaves is in D minor". */
function isNamed(words: readonly Word[], at: number): boolean {
  for (let index = at; index < at + 5; index++) {
    const word = words[index];
    if (word === undefined || (word.forms & FORM.letter) === 0) return false;
    if (word.text === 'is' || word.text === 'was') return index > at;
    if ((word.roles & (ROLE.preposition | ROLE.finite | ROLE.relative)) !== 0) return false;
  }
  return false;
}
