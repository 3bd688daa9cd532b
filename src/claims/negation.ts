import type { ClaimKind } from './claim.ts';
import { VERBS } from './clause-lexicon.ts';
import { GONE, isGone, isLeftOut, MUTED, NOT, type Sentence } from './left-out.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** `partial`: "not too slow", "hardly ever": neither so nor the opposite. */
export type Negation = 'none' | 'full' | 'partial';

/** They deny a noun, and each of a list of nouns. */
const WITHOUT = wordSet(`
  no without lacks lacking lack minus neither nor excluding devoid avoids avoiding sans zero omits omitting skips ditches ditching
  free nary shuns eschews eschewing skipping dropping excludes non nix absence lacked 0`);

/** They deny where they are an order: "drop the drums", but not "a one-drop drum", "a cut guitar". */
const ORDERS = wordSet('skip drop ditch avoid exclude omit remove kill mute cut ban lose hold forget spare');

/** Before an order. */
const BEFORE_ORDER = wordSet('please just then also and or to should must can could but so , . ; : ! ? ( [ | / " “');

/** The same before a verb of finding and using. */
const NOT_VERB = wordSet("won't won’t don't don’t doesn't doesn’t can't can’t didn't cannot");

/** Between these and a claim. */
const FILLERS = wordSet(`
  want wants wanted add adds put a an the any in at on for by of to key tempo time be been is was it really actually ever even once single played performed written set
  scored composed using use used feature features include includes including contain contains have has having find hear see get need hint trace sign`);

const DEGREES = wordSet(`
  too so particularly especially overly very that terribly always entirely all quite exactly as really strictly all-that
  merely only just simply solely necessarily altogether your purely often usually typically`);

const REAL = wordSet('real actual true proper genuine');

const IDIOMS = wordSet('sooner doubt wonder matter longer less');

const ALSO = wordSet('only just merely simply solely');

const STOPS = wordSet(`
  . ; ! ? … : ( ) [ ] but though although yet while whereas however — – why how what that because until since despite with
  featuring just only above below beyond under over past if when than where who`);

/** In a list the denial goes so far. */
const REACH = { list: 9, word: 5 } as const;

const LEAVES = wordSet('leave leaving leaves keep keeping cut take switch turn steer stay kick throw');

const NONE = wordSet(
  'none no nope never absent off false null 0 not n zero out without nil free less verboten banned far anything but ! o',
);

/** Whether a word can deny a claim near it: without any a caption denies nothing. */
export function tellsDenial(text: string): boolean {
  return [WITHOUT, ORDERS, NOT, NOT_VERB, GONE, MUTED, LEAVES, NONE].some((words) => words.has(text));
}

/** Whether the words around a claim deny it. */
export function negationOf(sentence: Sentence, from: number, to: number, kind: ClaimKind): Negation {
  // "not quite five minutes" is nearly five.
  if (kind === 'duration' || kind === 'tempo') return isPlainlyNot(sentence, from) ? 'full' : 'none';
  if (kind === 'instrument')
    return isGone(sentence, to) || isLeftOut(sentence, from, to) ? 'full' : nounDenied(sentence, from);
  const denied = wordDenied(sentence, from);
  return denied === 'none' && isOrderedNot(sentence, from) ? 'partial' : denied;
}

/** "don't count it in three": how much of it is denied is open. */
function isOrderedNot(sentence: Sentence, from: number): boolean {
  for (let at = from - 1; at > from - 6 && !sentence.isBreak(at + 1) && sentence.at(at) !== ','; at--)
    if (NOT_VERB.has(sentence.at(at))) return true;
  return false;
}

/** "not 120 BPM", "not at 120 BPM". */
function isPlainlyNot(sentence: Sentence, from: number): boolean {
  const before = ['at', 'in', 'the', 'a'].includes(sentence.at(from - 1)) ? from - 2 : from - 1;
  return sentence.at(before) === 'not';
}

/** "hardly a waltz", "not in C major", "far from slow", "no waltz": near the claim, nothing but small words between. */
function wordDenied(sentence: Sentence, from: number): Negation {
  let isPastPreposition = false;
  let strangers = 0;
  let isGraded = false;
  for (let index = from - 1; index >= from - REACH.word && !sentence.isBreak(index + 1); index--) {
    const text = sentence.at(index);
    const before = sentence.at(index - 1);
    if ((text === 'from' && before === 'far') || (text === 'but' && before === 'anything')) return 'full';
    if (text === 'but' && before === 'nothing') return 'none';
    if (NOT.has(text) || WITHOUT.has(text) || isOrder(sentence, index)) {
      if (ALSO.has(sentence.at(index + 1)) && text === 'not') return 'none';
      return isGraded ? 'partial' : 'full';
    }
    if (DEGREES.has(text)) isGraded = true;
    else if (STOPS.has(text) || text === ',' || text === 'and') return 'none';
    else if (['in', 'at', 'on', 'for', 'by', 'of', 'to'].includes(text)) isPastPreposition = true;
    else if (!FILLERS.has(text)) {
      strangers++;
      if (isPastPreposition || strangers > 2 || VERBS.has(text)) return 'none';
    }
  }
  return 'none';
}

/** "no drums, bass or strings"; a denial reaches over a comma only in a list that ends in "or" or "nor". */
function nounDenied(sentence: Sentence, from: number): Negation {
  let hasComma = false;
  let hasVerb = false;
  let hasAnd = false;
  for (let index = from - 1; index >= from - REACH.list && !sentence.isBreak(index + 1); index--) {
    const text = sentence.at(index);
    // "not here to harp on": no noun.
    if (text === 'to' && index === from - 1) return 'none';
    if (text === 'but' && ['nothing', 'anything', 'none', 'all'].includes(sentence.at(index - 1)))
      return sentence.at(index - 1) === 'anything' ? 'full' : 'none';
    if (text === 'and' && isListed(sentence, index, from)) hasAnd = true;
    else if (STOPS.has(text) || text === 'and') return 'none';
    if (text === ',') hasComma = true;
    // "Op. 12 No. 3", "no sooner".
    if (text === 'no' && (/^\d/.test(sentence.at(index + 1)) || IDIOMS.has(sentence.at(index + 1)))) return 'none';
    const isNot = (NOT.has(text) && text !== 'nothing') || NOT_VERB.has(text);
    if (WITHOUT.has(text) || isOrder(sentence, index) || isNot) {
      if (text === 'free' && sentence.at(index + 1) !== 'of') continue;
      // "without drums and bass", but not "no drums and a soft piano".
      if (hasAnd && ['no', 'zero', '0'].includes(text)) return 'none';
      // "isn't a real harp": something like it.
      if (isNot && REAL.has(sentence.at(from - 1))) return 'none';
      if (isNot && (ALSO.has(sentence.at(index + 1)) || hasVerb || !isNear(sentence, index, from))) return 'none';
      if (hasVerb) return 'none';
      return hasComma && !listEndsInOr(sentence, from) ? 'none' : 'full';
    }
    if (VERBS.has(text) && !FILLERS.has(text)) hasVerb = true;
  }
  return 'none';
}

function isOrder(sentence: Sentence, index: number): boolean {
  const before = sentence.at(index - 1);
  return (
    ORDERS.has(sentence.at(index)) && sentence.at(index + 1) !== 'to' && (before === '' || BEFORE_ORDER.has(before))
  );
}

/** Whether nothing but an article is between "and" and a claim. */
function isListed(sentence: Sentence, and: number, from: number): boolean {
  return and === from - 1 || (and === from - 2 && ['the', 'any'].includes(sentence.at(from - 1)));
}

function isNear(sentence: Sentence, not: number, from: number): boolean {
  let strangers = 0;
  for (let index = not + 1; index < from; index++) {
    const text = sentence.at(index);
    if (!FILLERS.has(text) && text !== ',' && text !== 'or' && !sentence.has(index, ROLE.quality)) strangers++;
  }
  // "don't let the drum fool you" does something else.
  return strangers <= (NOT_VERB.has(sentence.at(not)) ? 0 : 1);
}

function listEndsInOr(sentence: Sentence, from: number): boolean {
  for (let index = from - 2; index < Math.min(sentence.words.length, from + 6); index++) {
    const text = sentence.at(index);
    if (text === 'or' || text === 'nor') return true;
    if (index > from && (STOPS.has(text) || text === 'and')) return false;
  }
  return false;
}
