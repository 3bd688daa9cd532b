import type { Word } from './caption-words.ts';
import { type Clause, clausesOf } from './clause.ts';
import { DOINGS, ELSEWHERES, MODALS, REQUESTS, VERBS } from './clause-lexicon.ts';
import { type Subject, subjectOf } from './clause-subject.ts';
import { comparisonAt } from './comparison.ts';
import { labelsOf } from './label.ts';
import { strangeVerb } from './subject-head.ts';
import { supposedFrom, tellsSupposition } from './supposition.ts';
import { WORD_KIND } from './word-kind.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** The mark of a word that is denied by the name of its item: "negative prompt: drums". */
export const DENIED = 2;
/** The mark of a word that is said of the piece itself: "it is", "this one", "key:". */
export const DIRECT = 3;

const NAMING = wordSet('calls called finds found considers thinks thought');
const IF = wordSet('if unless suppose supposing');
const ASKS = wordSet(`
  is are was were does do did has have would could should can will isn't aren't doesn't why who what which when where how whose am`);
const TRIALS = wordSet('add put give take throw strip slow speed play remove drop turn');
const VERSIONS = wordSet(
  'version versions arrangement arrangements transcription transcriptions cover covers recording recordings edition remix remixes edit edits remake mashup tutorial video karaoke',
);
const BY_RULE =
  /^(as a rule|in theory|by definition|generally speaking|in general|on paper|back then|in those days|the cliché)/;
const RULE_BEGINS = wordSet('as in by generally on back the at for');
/** Words of a question that is asked as a whole. */
const SHORT_QUESTION = 8;
/** So many sentences after the last that named it, something else is no longer meant. */
const FORGOTTEN = 2;

const PLACES = wordSet("slowed sped speeded pitched transposed next last back live there there’s there's");
const SET_AGAINST = wordSet('for after before following coming beside');
const HERE = wordSet("it this it’s it's i we");
const CONDITIONS = wordSet('had were ?');
/** Words that `BY_RULE` and the like end in. */
const RULE_ENDS = 'rule theory definition speaking general paper then days cliché first until years once'.split(' ');

/** Whether a clause with the word, or one beside it, may be of another place, supposed or asked. */
export function tellsElsewhere(text: string): boolean {
  const sets = [PLACES, SET_AGAINST, CONDITIONS, ELSEWHERES, IF, TRIALS];
  if (sets.some((words) => words.has(text)) || tellsSupposition(text)) return true;
  return RULE_ENDS.some((end) => text.startsWith(end));
}

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
  let end = from;
  while (end < to && !(isNaming && end > verb && words[end]?.text === 'this')) end++;
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
  for (let at = to - 1; at > from; at--) {
    const word = words[at];
    if (word?.text === ',') comma = at;
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
    if (words[at]?.text === 'this') return at;
  }
  return to;
}

/** "If this were in 3/4", and what would follow. */
function isSupposed(words: readonly Word[], clauses: readonly Clause[], index: number): boolean {
  const clause = clauses[index];
  if (clause === undefined) return false;
  const previous = index < 1 ? undefined : clauses[index - 1];
  if (hasIf(words, clause) || isTrial(words, clause, clauses[index + 1])) return true;
  if (previous !== undefined && isTrial(words, previous, clause)) return true;
  if (previous?.sentence === clause.sentence && isByRule(words, previous)) return true;
  if (isSetAgainst(words, clause, clauses[index + 1]) || isByRule(words, clause)) return true;
  const isNearIf = isIfOf(words, previous, clause) || isIfOf(words, clauses[index + 1], clause);
  return isNearIf && words.slice(clause.from, clause.to).some(({ text }) => MODALS.has(text));
}

function isIfOf(words: readonly Word[], other: Clause | undefined, clause: Clause): boolean {
  return other?.sentence === clause.sentence && hasIf(words, other);
}

/** "For a march it is too tender", "After the fast opener in E, this is a relief". */
function isSetAgainst(words: readonly Word[], { from, to, sentence }: Clause, next: Clause | undefined): boolean {
  const [first, second] = [words[from]?.text ?? '', words[from + 1]?.text ?? ''];
  const isFor = first === 'for' && (second === 'a' || second === 'an');
  const isAfter = ['after', 'before', 'following', 'coming', 'beside'].includes(first);
  if (!isFor && !isAfter) return false;
  if (next?.sentence === sentence && HERE.has(words[next.from]?.text ?? '')) return isAfter || isUnlike(words, next);
  for (let at = from + 2; isFor && at < to; at++) if (['it', 'this'].includes(words[at]?.text ?? '')) return true;
  return false;
}

/** "it is too tender", "it is not a march", but not "it is surprisingly sunny". */
function isUnlike(words: readonly Word[], { from, to }: Clause): boolean {
  for (let at = from; at < to; at++)
    if (!['surprisingly', 'remarkably', 'rather', 'quite', 'really'].includes(words[at]?.text ?? '')) continue;
    else return false;
  return true;
}

/** "As a rule", "in theory", "back then": of music at large, or of another time. */
function isByRule(words: readonly Word[], { from, to }: Clause): boolean {
  const first = words[from]?.text ?? '';
  if (!RULE_BEGINS.has(first) && !first.startsWith('until')) return false;
  const start = words
    .slice(from, Math.min(to, from + 4))
    .map(({ text }) => text)
    .join(' ');
  if (BY_RULE.test(start)) return true;
  return (
    /^(at first|until|for years|for once)/.test(start) &&
    words.slice(from, to).some(({ text }) => ['i', 'we', 'only', 'people'].includes(text))
  );
}

/** "Add drums and you have a pop song": an "if" without the word. */
function isTrial(words: readonly Word[], { from }: Clause, next: Clause | undefined): boolean {
  if (!TRIALS.has(words[from]?.text ?? '') || next === undefined || next.sentence !== words[from]?.sentence)
    return false;
  return (
    words[next.from]?.text === 'and' && ['you', 'it', 'we', 'nobody', 'this'].includes(words[next.from + 1]?.text ?? '')
  );
}

function hasIf(words: readonly Word[], { from, to }: Clause): boolean {
  for (let at = from; at < Math.min(to, from + 3); at++) {
    const text = words[at]?.text ?? '';
    if (IF.has(text)) return true;
    if (
      ['had', 'were'].includes(text) &&
      ['it', 'this', 'the', 'they'].includes(words[at + 1]?.text ?? '') &&
      at === from
    )
      return true;
  }
  return false;
}

/** Whether the sentence of a clause is a wish to somebody who makes music: "can you do a slow one", "I need a waltz". */
function asksFor(words: readonly Word[], clauses: readonly Clause[], index: number): boolean {
  const sentence = clauses[index]?.sentence;
  let first = index;
  while (first > 0 && clauses[first - 1]?.sentence === sentence) first--;
  const from = clauses[first]?.from ?? 0;
  for (let at = from; at < from + 4; at++) {
    const text = words[at]?.text ?? '';
    const next = words[at + 1]?.text ?? '';
    if (text === 'would' && next === 'you' && ['call', 'say', 'think'].includes(words[at + 2]?.text ?? ''))
      return false;
    if (['can', 'could', 'will', 'would', 'may'].includes(text))
      return ['you', 'i', 'we', 'someone'].includes(next) || words[at + 2]?.text === 'be';
    if (['how', 'what'].includes(text)) return next === 'about';
    if (text === 'i' || text === 'we') {
      if (['would', 'am'].includes(next)) return isWanting(words, at + 2);
      return ['need', 'want', 'require'].includes(next);
    }
    if (["i'm", 'i’m', "i'd", 'i’d'].includes(text)) return isWanting(words, at + 1);
    if (REQUESTS.has(text)) return true;
    if (
      !['hey', 'hi', 'please', 'ok', 'okay', 'so', 'now', ',', 'just', 'yo', 'and', 'then', 'pls', 'hello'].includes(
        text,
      )
    )
      return false;
  }
  return false;
}

/** "would like a waltz", "am looking for", but not "would like it better". */
function isWanting(words: readonly Word[], at: number): boolean {
  const [text, next] = [words[at]?.text ?? '', words[at + 1]?.text ?? ''];
  if (text === 'looking' || text === 'after') return true;
  return ['like', 'love'].includes(text) && ['a', 'an', 'some', 'something', 'you', 'one'].includes(next);
}

/** "In the film it is played by strings", "back in 1998". */
function isOfAnotherPlace(words: readonly Word[], { from, to }: Clause): boolean {
  let start = from;
  while (['and', 'but', ',', 'so', '-', '—', '–'].includes(words[start]?.text ?? '')) start++;
  const first = words[start]?.text ?? '';
  const next = words[start + 1]?.text ?? '';
  if ((first === 'next' || first === 'last') && ['time', 'week', 'year', 'month'].includes(next)) return true;
  if (first === 'back' && next === 'in') return true;
  // "slowed to 60 BPM it becomes a ballad".
  if (['slowed', 'sped', 'speeded', 'pitched', 'transposed'].includes(first)) return true;
  if (first === 'live' || (first === 'played' && next === 'live'))
    return words[start + 1]?.text === ',' || next === 'live' || words[start + 1]?.text === 'it';
  if (first.startsWith('there') && hasVersion(words, start, to)) return true;
  if (!['in', 'on', 'at', 'during', 'for'].includes(first) || next === 'this') return false;
  // "for the record".
  if (first === 'for' && next === 'the') return false;
  for (let at = start + 1; at < Math.min(to, start + 5); at++) {
    if (words[at]?.text === ',' || (at > start + 1 && ((words[at]?.roles ?? 0) & ROLE.determiner) !== 0)) return false;
    if (ELSEWHERES.has(words[at]?.text ?? '') && words[at + 1]?.text !== '-') return true;
  }
  return false;
}

/** "there is a version for two guitars". */
function hasVersion(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from + 1; at < Math.min(to, from + 8); at++) if (VERSIONS.has(words[at]?.text ?? '')) return true;
  return false;
}

/** Whether a clause is the last of a question. */
function isAsked(words: readonly Word[], clauses: readonly Clause[], index: number): boolean {
  const clause = clauses[index];
  if (clause === undefined) return false;
  return words[clause.to]?.text === '?' || words[clause.to - 1]?.text === '?';
}

/** All of "is it in D minor?", but of "slow piano in D minor, with strings?" only the end. */
function askedFrom(words: readonly Word[], { from, to }: Clause): number {
  if (ASKS.has(words[from]?.text ?? '')) return from;
  let first = from;
  while (first > 0 && words[first - 1]?.sentence === words[from]?.sentence) first--;
  if (to - first <= SHORT_QUESTION) return first;
  for (let at = to - 1; at > from; at--) if (words[at]?.text === ',') return at;
  return from;
}

export type { Subject };
