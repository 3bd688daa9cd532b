import { beginsCharacter } from './character-claims.ts';
import { beginsChord } from './chord-claims.ts';
import { isClauseEdge } from './clause.ts';
import { endsSubject, isOfSubject } from './clause-subject.ts';
import { beginsComparison } from './comparison.ts';
import { beginsDuration } from './duration-claims.ts';
import { beginsInstrument } from './instrument-claims.ts';
import { isEnglishWord, isForeignWord } from './is-english.ts';
import { joinedWords } from './joined-words.ts';
import { beginsKey } from './key-claims.ts';
import { beginsMeter } from './meter-claims.ts';
import { mayName } from './named-work.ts';
import { tellsDenial } from './negation.ts';
import { tellsPlace } from './reading.ts';
import { beginsNumeral } from './roman-claims.ts';
import { mayBeginUnstopped, mayEndSentence } from './sentence-end.ts';
import { beginsSpelledNumber } from './spelled-number.ts';
import { respelled } from './spelling.ts';
import { isBpm } from './tempo-claims.ts';
import { beginsTempoWord } from './tempo-word-at.ts';
import { tellsElsewhere } from './unreal-clause.ts';
import { formsOf } from './word-form.ts';
import { WORD_KIND } from './word-kind.ts';
import { rolesOf } from './word-role.ts';
import { WordTable } from './word-table.ts';

/** What is told of a word without those around it. */
export interface KnownWord {
  /** As written. */
  readonly raw: string;
  /** Lower case; signs as they are. */
  readonly text: string;
  /** Bits of `WORD_KIND`. */
  readonly kinds: number;
  /** Bits of `ROLE`. */
  readonly roles: number;
  /** Bits of `FORM`. */
  readonly forms: number;
  /** Lengths of the words that it is put together of: "nodrums". */
  readonly parts?: readonly number[];
}

/** Captions share their words. */
const KNOWN = new WordTable<KnownWord>();
/** Bounds of what is kept: more than the words that captions share, and little in memory. */
const [MOST_KEPT, LONGEST_KEPT] = [20_000, 24];

/** What is known of the word from `start` to `end` (not included) of a text. */
export function knownWord(caption: string, start: number, end: number): KnownWord {
  const known = KNOWN.find(caption, start, end);
  if (known !== undefined) return known;
  const word = looked(interned(caption.slice(start, end)));
  if (word.raw.length > LONGEST_KEPT) return word;
  if (KNOWN.size >= MOST_KEPT) KNOWN.clear();
  KNOWN.add(word);
  return word;
}

/**
 * A copy, which holds nothing of the caption in memory. The engine keeps one string for each name of a property, and compares such
 * strings by their places: rules compare words hundreds of times.
 */
function interned(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}

function looked(raw: string): KnownWord {
  const lower = raw === '_' ? '-' : raw.toLowerCase();
  const parts = joinedWords(lower);
  if (parts !== undefined) return { raw, text: lower, kinds: 0, roles: 0, forms: 0, parts };
  const text = interned(respelled(lower, raw !== lower));
  const isLetters = /^\p{L}/u.test(text);
  const isLatin = isLetters && /^[\p{Script=Latin}'’]+$/u.test(text);
  const kinds: readonly (readonly [kind: number, is: boolean])[] = [
    [WORD_KIND.chord, beginsChord(raw)],
    [WORD_KIND.roman, beginsNumeral(raw)],
    [WORD_KIND.key, beginsKey(raw, text)],
    [WORD_KIND.tempo, isBpm(text)],
    [WORD_KIND.spelledNumber, beginsSpelledNumber(text)],
    [WORD_KIND.meter, beginsMeter(text)],
    [WORD_KIND.duration, beginsDuration(text)],
    [WORD_KIND.tempoWord, beginsTempoWord(text)],
    [WORD_KIND.instrument, beginsInstrument(text)],
    [WORD_KIND.character, beginsCharacter(text)],
    [WORD_KIND.comparison, beginsComparison(text)],
    [WORD_KIND.name, mayName(raw, text)],
    [WORD_KIND.clauseEdge, isClauseEdge(text)],
    [WORD_KIND.subject, isOfSubject(text)],
    [WORD_KIND.subjectEnd, endsSubject(text)],
    [WORD_KIND.elsewhere, tellsElsewhere(text)],
    [WORD_KIND.denial, tellsDenial(text)],
    [WORD_KIND.place, tellsPlace(text)],
    [WORD_KIND.stop, mayEndSentence(raw)],
    [WORD_KIND.starter, mayBeginUnstopped(raw)],
    [WORD_KIND.mark, /^[^\p{L}\d]/u.test(text)],
    [WORD_KIND.latin, isLatin],
    [WORD_KIND.foreignLetters, isLetters && !isLatin],
    [WORD_KIND.english, isLetters && isEnglishWord(text)],
    [WORD_KIND.foreign, isLetters && isForeignWord(text)],
  ];
  let bits = 0;
  for (const [kind, is] of kinds) if (is) bits |= kind;
  return { raw, text, kinds: bits, roles: rolesOf(text), forms: formsOf(text) };
}
