import { VERBS } from './clause-lexicon.ts';
import { wordSet } from './word-set.ts';

/** What negation looks at; a `Reading`. */
export interface Sentence {
  /** Whether something else begins at a word. */
  isBreak(index: number): boolean;
  touchesNext(index: number): boolean;
  /** Whether a word does one of some things, bits of `ROLE`. */
  has(index: number, roles: number): boolean;
  readonly words: { readonly length: number };
  at(index: number): string;
}

/** They deny what comes right after. */
export const NOT = wordSet(`
  not never isn't isn’t aren't wasn't hardly barely scarcely ain't cannot isnt nothing`);

export const MUTED = wordSet('muted removed absent missing silenced disabled omitted excluded');

const NOTHING = wordSet('none no nope never absent off false 0 not n zero out without nil null');

export const GONE = wordSet('absent missing nowhere omitted excluded silent gone none banned removed muted');

const USED = wordSet(
  'heard appear appears enter enters come comes used present included needed there required play plays join joins allowed welcome',
);

/** "leave out the drums", "keep the drums out", "w/o drums", "-drums". */
export function isLeftOut(sentence: Sentence, from: number, to: number): boolean {
  const small = (text: string): boolean =>
    ['the', 'any', 'all', 'those', 'out', 'off', 'of', 'clear', 'away', 'from', 'about', 'your', 'on'].includes(text);
  let index = from - 1;
  while (index > from - 5 && small(sentence.at(index))) index--;
  const verb = sentence.at(index);
  const isOut = [to, to + 1, to + 2].some((at) => ['out', 'off', 'away', 'home', 'alone'].includes(sentence.at(at)));
  if (
    ['leave', 'leaving', 'leaves', 'keep', 'keeping', 'cut', 'take', 'switch', 'turn', 'steer', 'stay'].includes(verb)
  )
    return (
      isOut ||
      ['out', 'off', 'clear', 'away'].some((word) => [index + 1, index + 2].some((at) => sentence.at(at) === word))
    );
  if (isKeptOut(sentence, from, to)) return true;
  if (sentence.at(from - 1) === 'o' && sentence.at(from - 2) === '/' && sentence.at(from - 3) === 'w') return true;
  if (sentence.at(from - 1) === '!') return sentence.at(from - 2) === ',' || sentence.at(from - 2) === '';
  const isMinus =
    ['-', '–', '−'].includes(sentence.at(from - 1)) &&
    sentence.touchesNext(from - 1) &&
    !sentence.touchesNext(from - 2);
  return isMinus && ['', ',', ';', '|', '/', '(', '-', '–', '•', '·'].includes(sentence.at(from - 2));
}

/** "leave drums, guitars and voices out of it". */
function isKeptOut(sentence: Sentence, from: number, to: number): boolean {
  let isKept = false;
  for (let index = from - 1; index > from - 8 && !sentence.isBreak(index + 1); index--)
    if (['leave', 'keep', 'cut', 'kick', 'throw', 'leaving', 'keeping'].includes(sentence.at(index))) isKept = true;
  if (!isKept) return false;
  for (let index = to; index < to + 8 && !sentence.isBreak(index); index++)
    if (['out', 'off', 'away', 'home'].includes(sentence.at(index))) return true;
  return false;
}

/** "drums are absent", "drums never enter", "drums: none", "drum-free", `"drums": false`. */
export function isGone(sentence: Sentence, end: number): boolean {
  const to = sentence.at(end) === '"' && sentence.at(end + 1) === ':' ? end + 1 : end;
  if (sentence.isBreak(to) && ![':', '?', '='].includes(sentence.at(to))) return false;
  if (['free', 'less', 'off', 'out', 'no', 'none', 'nope', 'verboten', 'banned'].includes(sentence.at(to)))
    // "off-beats" say nothing of who plays them.
    return sentence.at(to + 1) !== 'in' && !(sentence.at(to + 1) === '-' && sentence.touchesNext(to));
  // "with the drums muted".
  if (MUTED.has(sentence.at(to)) && sentence.isBreak(to + 1)) return true;
  if (sentence.at(to) === '-' && ['free', 'less'].includes(sentence.at(to + 1))) return true;
  if ([':', '?', '='].includes(sentence.at(to)) && isNothing(sentence, sentence.at(to + 1) === '"' ? to + 2 : to + 1))
    return true;
  let isDenied = false;
  for (let index = to; index < to + 6 && !sentence.isBreak(index); index++) {
    const text = sentence.at(index);
    if (GONE.has(text)) return index > to;
    if (NOT.has(text)) isDenied = true;
    else if (isDenied && USED.has(text)) return true;
    else if (
      !isDenied &&
      !VERBS.has(text) &&
      !['also', 'completely', 'entirely', 'all', 'wholly', 'conspicuously', 'left', 'to', 'be'].includes(text)
    )
      return false;
    if (text === 'left' && sentence.at(index + 1) === 'out') return true;
  }
  return false;
}

function isNothing(sentence: Sentence, at: number): boolean {
  return NOTHING.has(sentence.at(at)) && endsValue(sentence, at + 1);
}

function endsValue(sentence: Sentence, at: number): boolean {
  return (
    sentence.isBreak(at) || [',', 'so', 'please'].includes(sentence.at(at)) || ['=', ':'].includes(sentence.at(at + 1))
  );
}
