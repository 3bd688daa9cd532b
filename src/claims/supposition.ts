import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import { DOINGS, MODALS, RULES, THOUGHTS, TURNS, VERBS, WISHES } from './clause-lexicon.ts';
import type { Subject } from './clause-subject.ts';
import type { Stretch } from './comparison.ts';
import { wordSet } from './word-set.ts';

const LIKINGS = wordSet('like love prefer call say describe add guess recommend');
const FOUND = wordSet('heard found detected noticed recognised recognized identified');
const NOUN_BEFORE = wordSet('a an the this that slow fast of in for with its solo beautifully');
const VERB_BEFORE = wordSet(`
  i we you they he she to and can will could would must should always often also even still never just who people friends not
  everyone usually sometimes now then let ever`);
const IMPERATIVES = wordSet(
  'try imagine picture think transpose skip forget envision visualise visualize swap substitute',
);

/** From where a clause tells what is only thought, wished, done by listeners, or the rule: "would suit a flute", "I expected a waltz". */
export function supposedFrom(
  words: readonly Word[],
  { from, to }: Clause,
  subject: Subject,
  isRequest: boolean,
): Stretch | undefined {
  const text = (at: number): string => {
    const word = words[at];
    return word === undefined || word.isTitle || at >= to ? '' : word.text;
  };
  const end = (at: number): number => turnAfter(text, at, to);
  const start = [',', 'and', 'or', 'so', 'but', 'then', '(', ':', '.', '-', '–', '—'].includes(text(from))
    ? from + 1
    : from;
  if (IMPERATIVES.has(text(start)) && !isRequest && text(start + 1) !== ':')
    return { from: start, to: commaAfter(text, start, to) };
  const bySomebody = subject === 'speaker' || subject === 'people';
  for (let at = from; at < to; at++) {
    const word = text(at);
    if (RULES.has(word)) return { from, to };
    if (MODALS.has(word) && !isRequest && !isPolite(text, at)) {
      const isShort =
        at - start <= 4 && subject !== 'piece' && subject !== 'pronoun' && !['the', 'its'].includes(text(start));
      return { from: isShort ? from : whatBefore(text, at, from), to: end(at) };
    }
    if (word === 'should' && text(at + 1) === 'have') return { from: at, to: end(at) };
    if (WISHES.has(word) && !(isRequest && ['needs', 'wants'].includes(word)) && text(at + 1) !== ':')
      return { from: at, to: end(at) };
    if (bySomebody && !isRequest && (THOUGHTS.has(word) || (DOINGS.has(word) && isVerb(text, at))))
      return { from: at, to: end(at) };
  }
  return undefined;
}

/** "what a music box would dream of". */
function whatBefore(text: (at: number) => string, at: number, from: number): number {
  for (let index = at - 1; index >= Math.max(from, at - 6); index--)
    if (['what', 'that', 'which'].includes(text(index))) return index;
  return at;
}

/** "we play it", "I have taught it", but not "we get a waltz" and "a study". */
function isVerb(text: (at: number) => string, at: number): boolean {
  return !NOUN_BEFORE.has(text(at - 1)) && (/(ed|ing|s|t|ung|wn)$/.test(text(at)) || VERB_BEFORE.has(text(at - 1)));
}

/** "I would call it slow", "may be heard". */
function isPolite(text: (at: number) => string, at: number): boolean {
  if (text(at + 1) === 'be' && FOUND.has(text(at + 2))) return true;
  return ['i', 'we'].includes(text(at - 1)) && LIKINGS.has(text(at + 1));
}

/** "expected a waltz and got a march": from "got" on it is true. */
function turnAfter(text: (at: number) => string, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    if ((text(at - 1) === 'and' || text(at - 1) === ',') && (TURNS.has(text(at)) || VERBS.has(text(at)))) return at;
  }
  return to;
}

function commaAfter(text: (at: number) => string, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) if (text(at) === ',' && !['a', 'an'].includes(text(at + 1))) return at;
  return to;
}
