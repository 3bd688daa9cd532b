import { askedFrom, asksFor, isAsked } from './asking.ts';
import type { Word } from './caption-words.ts';
import { type Clause, clausesOf } from './clause.ts';
import { DOINGS, VERBS } from './clause-lexicon.ts';
import { type Subject, subjectOf } from './clause-subject.ts';
import { comparisonAt } from './comparison.ts';
import { labelsOf } from './label.ts';
import { strangeVerb } from './subject-head.ts';
import { supposedFrom } from './supposition.ts';
import { isOfAnotherPlace, isSupposed } from './unreal-clause.ts';
import { WORD_KIND } from './word-kind.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** The mark of a word that is denied by the name of its item: "negative prompt: drums". */
export const DENIED = 2;

/** The mark of a word that is said of the piece itself: "it is", "this one", "key:". */
export const DIRECT = 3;

const NAMING = wordSet('calls called finds found considers thinks thought');

/** So many sentences after the last that named it, something else is no longer meant. */
const FORGOTTEN = 2;

/**
 * Marks the words of a caption that do not speak of its piece: what is said of other music and other people, of what is compared,
 * supposed, wished for, asked, or was once so. A word that is marked claims nothing; where it is open whom a clause speaks of,
 * it is marked.
 */
export function wordsElsewhere(words: readonly Word[]): Uint8Array {
  const marks = new Uint8Array(words.length);
  for (const { kind, from, to } of labelsOf(words)) {
    if (kind === 'other') marks.fill(1, from, to);
    if (kind === 'denied') marks.fill(DENIED, from, to);
    if (kind === 'music') marks.fill(DIRECT, from, to);
  }
  const clauses = clausesOf(words);
  let people = Number.NEGATIVE_INFINITY;
  let topic = { isOther: false, sentence: 0 };
  for (const [index, clause] of clauses.entries()) {
    const { from, to, sentence } = clause;
    const named = isOfTitle(words, clauses[index - 1], clause) ? 'other' : subjectOf(words, clause);
    // "She" is the composer or a player of the piece, unless somebody else was spoken of.
    const subject = named !== 'person' ? named : sentence - people < FORGOTTEN ? 'speaker' : undefined;
    if (named === 'people') people = sentence;
    if (subject === 'other') topic = { isOther: true, sentence };
    else if (subject === 'piece') topic = { isOther: false, sentence };
    else if (topic.isOther && sentence - topic.sentence >= FORGOTTEN) topic = { isOther: false, sentence };
    const isMeant = subject === 'pronoun' || (subject === undefined && sentence === topic.sentence);
    if (subject === 'piece' || (subject === 'pronoun' && !topic.isOther)) markDirect(marks, from, to);
    if (subject === 'pronoun' && topic.isOther) topic = { isOther: true, sentence };
    const verb = strangeVerb(words, clause);
    if (verb !== undefined)
      markTo(words, marks, from, verb, Math.max(to, clauses.find((other) => other.to > verb)?.to ?? to));
    if (subject === 'other' || (topic.isOther && isMeant))
      marks.fill(1, from, subject === 'other' ? endOfFragment(words, clause) : to);
    if (subject === 'people') marks.fill(1, from, endOfPeople(words, clause));
    if (subject === 'speaker' || subject === 'people' || hasCueNear(clauses, index))
      markUnreal(words, clauses, index, subject, marks);
    if ((clause.kinds & (WORD_KIND.comparison | WORD_KIND.name)) === 0) continue;
    for (let at = from; at < to; at++) {
      const found = comparisonAt(words, clause, at);
      if (found !== undefined) marks.fill(1, found.from, found.to);
    }
  }
  inheritParentheses(words, marks);
  return marks;
}

/** "We played 'Take Five' at our wedding, that's in D minor". */
function isOfTitle(words: readonly Word[], before: Clause | undefined, { from, sentence }: Clause): boolean {
  if (before?.sentence !== sentence || !['that', 'that’s', "that's", 'which'].includes(words[from]?.text ?? ''))
    return false;
  for (let at = before.from; at < from; at++) if (words[at]?.isTitle === true) return true;
  return false;
}

function markDirect(marks: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at++) if (marks[at] === 0) marks[at] = DIRECT;
}

/** "My wife calls this a waltz": of this piece after all. */
function markTo(words: readonly Word[], marks: Uint8Array, from: number, verb: number, to: number): void {
  const isNaming = NAMING.has(words[verb]?.text ?? '');
  const isTold = tellsOfIt(words, verb);
  let end = from;
  while (end < to && !(isNaming && end > verb && words[end]?.text === 'this')) {
    if (isTold && end > verb) break;
    end++;
  }
  marks.fill(1, from, end);
}

/** "formerly item 84 (A major)": what is in parentheses is of what stands before them. */
function inheritParentheses(words: readonly Word[], marks: Uint8Array): void {
  for (let at = 1; at < words.length; at++) {
    if (words[at]?.text !== '(' || marks[at - 1] !== 1) continue;
    for (let index = at; index < words.length && words[index]?.text !== ')'; index++) marks[index] = 1;
  }
}

/** Whether a word of a clause, or of those beside it, can make it unreal. */
function hasCueNear(clauses: readonly Clause[], index: number): boolean {
  const kinds =
    (index < 1 ? 0 : (clauses[index - 1]?.kinds ?? 0)) |
    (clauses[index]?.kinds ?? 0) |
    (clauses[index + 1]?.kinds ?? 0);
  return (kinds & WORD_KIND.elsewhere) !== 0;
}

/** Marks what is of another place, supposed or asked. */
function markUnreal(
  words: readonly Word[],
  clauses: readonly Clause[],
  index: number,
  subject: Subject,
  marks: Uint8Array,
): void {
  const [before, clause] = [index < 1 ? undefined : clauses[index - 1], clauses[index]];
  if (clause === undefined) return;
  const { from, to, sentence } = clause;
  const isMoved =
    before !== undefined && before.sentence === sentence && isOfAnotherPlace(words, before) && subject !== 'piece';
  // "for a film trailer, moderato".
  if (isOfAnotherPlace(words, clause))
    marks.fill(1, from, words[from]?.text === 'for' ? endOfFragment(words, clause) : to);
  if (isMoved || isSupposed(words, clauses, index)) marks.fill(1, from, to);
  const isRequest = asksFor(words, clauses, index);
  const supposed = supposedFrom(words, clause, subject, isRequest);
  if (supposed !== undefined) marks.fill(1, supposed.from, supposed.to);
  if (isAsked(words, clauses, index) && !isRequest) marks.fill(1, askedFrom(words, clause), to);
}

/** "Debussy x Tiersen, piano, Dm", "remake of my 60 bpm demo, now at 84": without a verb, what is named ends with its item. */
function endOfFragment(words: readonly Word[], { from, to }: Clause): number {
  let comma = to;
  // "the other track, at 54 bpm, I skip".
  if (words[to - 1]?.text === ',' && ['i', 'we'].includes(words[to]?.text ?? '')) return to;
  for (let at = to - 1; at > from; at--) {
    const word = words[at];
    if (word?.text === ',') comma = at;
    // "the concerto that followed, in F, dragged on".
    else if (word?.text === 'that') return to;
    else if (
      word !== undefined &&
      ((word.roles & (ROLE.finite | ROLE.be)) !== 0 || (VERBS.has(word.text) && word.text !== 'beats'))
    )
      return to;
  }
  return comma;
}

/** "My wife calls this a waltz": of this piece after all. */
function endOfPeople(words: readonly Word[], clause: Clause): number {
  const { from } = clause;
  const to = endOfFragment(words, clause);
  for (let at = from + 1; at < to; at++) {
    if (DOINGS.has(words[at]?.text ?? '')) return to;
    if (words[at]?.text === 'this' || tellsOfIt(words, at)) return at;
  }
  return to;
}

/** "my flatmate says it is in G", and he would know. */
function tellsOfIt(words: readonly Word[], verb: number): boolean {
  return words[verb]?.text === 'says' && words[verb + 1]?.text === 'it' && words[verb + 2]?.text === 'is';
}

export type { Subject };
