import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import { DOINGS, MODALS, PERCEIVES, RULES, THOUGHTS, TURNS, VERBS, WISHES } from './clause-lexicon.ts';
import type { Subject } from './clause-subject.ts';
import type { Stretch } from './comparison-end.ts';
import { WORD_KIND } from './word-kind.ts';
import { wordSet } from './word-set.ts';

const LIKINGS = wordSet('like love prefer call say describe add guess recommend put estimate clock');
const SUITS = wordSet('suit fit accompany serve work pair go complement belong feel sit enhance make');
const FITTING = wordSet('perfect ideal at suited great right good well');
const FOUND = wordSet('heard found detected noticed recognised recognized identified');
const NOUN_BEFORE = wordSet('a an the this that slow fast of in for with its solo beautifully');
const VERB_BEFORE = wordSet(`
  i we you they he she please to and can will could would must should always often also even still never just who people friends not
  everyone usually sometimes now then let ever`);
const SAYS_I = wordSet(
  "i i've i’ve i'm i’m i'd i’d i'll i’ll we we've we’ve we'd we'll you you've you'd you’d you'll you’ll they",
);
const AUXILIARIES = wordSet(`
  can can't can’t will won't won’t do don't don’t did didn't didn’t could couldn't have haven't had never always still also just even
  would wouldn't might must should not ever rarely often sometimes first only simply now already so too cannot once`);
const IMPERATIVES = wordSet(
  'try imagine picture think transpose skip forget envision visualise visualize swap substitute',
);

const OBJECTS = wordSet('it this them my our him her me his their');
const FRONTED = wordSet('after before');
const BEGINS = wordSet(', and or so but then ( : . - – —');
const OPINIONS = wordSet('think believe reckon guess');
/** "we describe a clip that runs 3:45". */
const TELLS = wordSet('describe describes present offer introduce');
const OF_IT = wordSet("this it it’s it's the its");

/** Whether a clause with the word may tell so, whoever its subject is. */
export function tellsSupposition(text: string): boolean {
  if (text === 'said' || text === 'should' || IMPERATIVES.has(text)) return true;
  return RULES.has(text) || MODALS.has(text) || WISHES.has(text);
}

/** The words of a caption up to where a clause ends. */
class ClauseText {
  readonly #words: readonly Word[];
  readonly #to: number;

  constructor(words: readonly Word[], to: number) {
    this.#words = words;
    this.#to = to;
  }

  at(index: number): string {
    return index < this.#to ? (this.#words[index]?.text ?? '') : '';
  }
}

/** "Bought it for the B-side", "sold my harp": "I" is left out. */
function isDeedOfMine(words: readonly Word[], at: number, text: ClauseText): boolean {
  if (words[at - 1]?.sentence === words[at]?.sentence) return false;
  if (/^(?:bought|sold|ordered|returned|borrowed)$/.test(text.at(at)) && ['the', 'a', 'an'].includes(text.at(at + 1)))
    return true;
  return (
    /(?:.ed|bought|sold|came|took|learn[ts]|got|found|heard|saw)$/.test(text.at(at)) && OBJECTS.has(text.at(at + 1))
  );
}

/** From where a clause tells what is only thought, wished, done by listeners, or the rule: "would suit a flute", "I expected a waltz". */
export function supposedFrom(
  words: readonly Word[],
  { from, to }: Clause,
  subject: Subject,
  isRequest: boolean,
): Stretch | undefined {
  const text = new ClauseText(words, to);
  let start = from;
  while (start < to && BEGINS.has(text.at(start))) start++;
  // "Try a 3/4 groove at 57 BPM", before anything else is said, asks for one.
  const isWished =
    text.at(start) === 'try' && words[start]?.sentence === 0 && ['a', 'an', 'some'].includes(text.at(start + 1));
  if (IMPERATIVES.has(text.at(start)) && !isRequest && !isWished && text.at(start + 1) !== ':')
    return { from: start, to: commaAfter(text, start, to) };
  // "counting it in 6/8 does not work".
  if (text.at(start).endsWith('ing') && ['it', 'this', 'them'].includes(text.at(start + 1)) && !isRequest)
    return { from: start, to };
  const bySomebody = subject === 'speaker' || subject === 'people';
  if (subject === 'speaker' && !isRequest) {
    const deed = deedAt(text, start, to);
    // "I think this is in G major" is one's word for it.
    const isOpinion =
      deed !== undefined &&
      OPINIONS.has(text.at(deed)) &&
      OF_IT.has(text.at(deed + 1)) &&
      ['i', 'we'].includes(text.at(deed - 1));
    const isTold = deed !== undefined && TELLS.has(text.at(deed));
    if (isOpinion || isTold || (deed !== undefined && isWish(text, deed))) return undefined;
    if (deed !== undefined) return { from: FRONTED.has(text.at(start)) ? from : deed, to: turnAfter(text, deed, to) };
  }
  if (isDeedOfMine(words, start, text)) return { from: start, to: turnAfter(text, start, to) };
  for (let at = from; at < to; at++) {
    // Words that `tellsSupposition` does not name tell something only where somebody does it.
    if (!bySomebody && ((words[at]?.kinds ?? 0) & WORD_KIND.elsewhere) === 0) continue;
    const word = text.at(at);
    if (word === 'said' && text.at(at + 1) === 'to' && ['is', 'are', 'was'].includes(text.at(at - 1)))
      return { from, to };
    // "usually I ask for six minutes, this time make it four".
    if (RULES.has(word) && text.at(at - 1) === ',' && text.at(at + 1) === 'i')
      return { from: at, to: commaAfter(text, at, to) };
    if (RULES.has(word)) return { from, to };
    if (MODALS.has(word) && !isRequest && !isPolite(text, at) && !(subject === 'speaker' && isOfThis(text, at))) {
      const isShort =
        at - start <= 4 && subject !== 'piece' && subject !== 'pronoun' && !['the', 'its'].includes(text.at(start));
      if (isFronted(text, start, at) || isAnything(text, start, at)) return { from, to: turnAfter(text, at, to) };
      return { from: isShort ? from : whatBefore(text, at, from), to: turnAfter(text, at, to) };
    }
    if (word === 'should' && text.at(at + 1) === 'have') return { from: at, to: turnAfter(text, at, to) };
    if (WISHES.has(word) && !(isRequest && ['needs', 'wants'].includes(word)) && text.at(at + 1) !== ':')
      return { from: at, to: turnAfter(text, at, to) };
    if (subject === 'people' && DOINGS.has(word) && isVerb(text, at)) return { from, to: turnAfter(text, at, to) };
    if (
      ['wish', 'want', 'love'].includes(word) &&
      text.at(at + 1) === 'it' &&
      ['to', 'at', 'in'].includes(text.at(at + 2))
    )
      return undefined;
    if (bySomebody && !isRequest && (THOUGHTS.has(word) || (DOINGS.has(word) && isVerb(text, at))))
      return { from: at, to: turnAfter(text, at, to) };
  }
  return undefined;
}

/** "In 3/4 it would swing", but not "At 90 BPM it would suit a film". */
function isFronted(text: ClauseText, from: number, modal: number): boolean {
  if (!['in', 'with', 'without', 'at', 'on', 'as', 'played', 'for'].includes(text.at(from))) return false;
  const verb =
    text.at(modal + 1) === 'also' || /ly$/.test(text.at(modal + 1)) || text.at(modal + 1) === 'well'
      ? modal + 2
      : modal + 1;
  return (
    modal - from <= 6 &&
    text.at(modal - 1) === 'it' &&
    !(text.at(verb) === 'be' && FITTING.has(text.at(verb + 1))) &&
    !SUITS.has(text.at(verb))
  );
}

/** "A 6/8 version would be fun", but not "a piece that would suit a film". */
function isAnything(text: ClauseText, from: number, modal: number): boolean {
  if (text.at(from) !== 'a' && text.at(from) !== 'an') return false;
  for (let at = from + 1; at < modal; at++) if (['that', 'which', 'who', ','].includes(text.at(at))) return false;
  return true;
}

/** "I could listen to this slow piano all day". */
function isOfThis(text: ClauseText, modal: number): boolean {
  if (!PERCEIVES.has(text.at(modal + 1))) return false;
  return [modal + 2, modal + 3, modal + 4].some((at) => text.at(at) === 'this');
}

/** "what a music box would dream of". */
function whatBefore(text: ClauseText, at: number, from: number): number {
  for (let index = at - 1; index >= Math.max(from, at - 6); index--)
    if (['what', 'that', 'which'].includes(text.at(index))) return index;
  return at;
}

/** "we play it", "I have taught it", but not "we get a waltz" and "a study". */
function isVerb(text: ClauseText, at: number): boolean {
  // "a piano, recorded in a small room".
  if (
    text.at(at - 1) === ',' &&
    text.at(at).endsWith('ed') &&
    ['in', 'on', 'at', 'by', 'with'].includes(text.at(at + 1))
  )
    return false;
  return (
    !NOUN_BEFORE.has(text.at(at - 1)) && (/(ed|ing|s|t|ung|wn)$/.test(text.at(at)) || VERB_BEFORE.has(text.at(at - 1)))
  );
}

/** "I wish it to be in C minor". */
function isWish(text: ClauseText, at: number): boolean {
  if (!['wish', 'want', 'love', 'like'].includes(text.at(at)) || text.at(at + 1) !== 'it') return false;
  return ['to', 'at', 'in'].includes(text.at(at + 2));
}

/** Where "I" or "you" does what tells nothing of the music: "I jog to it at 160 BPM", but not "I counted 160 BPM". */
function deedAt(text: ClauseText, from: number, to: number): number | undefined {
  let at = from;
  while (at < to && !SAYS_I.has(text.at(at))) if (++at > from + 6) return undefined;
  if (['one', 'me', 'us'].includes(text.at(at))) return undefined;
  if (/['’](m|re)$/.test(text.at(at))) return undefined;
  at++;
  while (at < to && (AUXILIARIES.has(text.at(at)) || /ly$/.test(text.at(at)))) at++;
  const verb = text.at(at);
  if (
    verb === '' ||
    PERCEIVES.has(verb) ||
    !/^\p{L}/u.test(verb) ||
    ['a', 'an', 'the', 'in', 'at', 'and'].includes(verb)
  )
    return undefined;
  return at;
}

/** "I would call it slow", "may be heard". */
function isPolite(text: ClauseText, at: number): boolean {
  if (text.at(at + 1) === 'be' && FOUND.has(text.at(at + 2))) return true;
  return ['i', 'we'].includes(text.at(at - 1)) && LIKINGS.has(text.at(at + 1));
}

/** "expected a waltz and got a march": from "got" on it is true. */
function turnAfter(text: ClauseText, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    if ((text.at(at - 1) === 'and' || text.at(at - 1) === ',') && (TURNS.has(text.at(at)) || VERBS.has(text.at(at))))
      return at;
  }
  return to;
}

function commaAfter(text: ClauseText, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) if (text.at(at) === ',' && !['a', 'an'].includes(text.at(at + 1))) return at;
  return to;
}
