import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import { REQUESTS } from './clause-lexicon.ts';
import { wordSet } from './word-set.ts';

const ASKS = wordSet(`
  is are was were does do did has have would could should can will isn't aren't doesn't why who what which when where how whose am`);

/** Words of a question that is asked as a whole. */
const SHORT_QUESTION = 8;

/** Whether the sentence of a clause is a wish to somebody who makes music: "can you do a slow one", "I need a waltz". */
export function asksFor(words: readonly Word[], clauses: readonly Clause[], index: number): boolean {
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

/** Whether a clause is the last of a question. */
export function isAsked(words: readonly Word[], clauses: readonly Clause[], index: number): boolean {
  const clause = clauses[index];
  if (clause === undefined) return false;
  return words[clause.to]?.text === '?' || words[clause.to - 1]?.text === '?';
}

/** All of "is it in D minor?", but of "slow piano in D minor, with strings?" only the end. */
export function askedFrom(words: readonly Word[], { from, to }: Clause): number {
  if (ASKS.has(words[from]?.text ?? '')) return from;
  let first = from;
  while (first > 0 && words[first - 1]?.sentence === words[from]?.sentence) first--;
  if (to - first <= SHORT_QUESTION) return first;
  for (let at = to - 1; at > from; at--) if (words[at]?.text === ',') return at;
  return from;
}
