import { classOf, KIND, KIND_BITS, SCRIPT_SHIFT, SCRIPTS } from './code-point-class.ts';
import { CodeUnits } from './code-units.ts';
import { countSentences } from './count-sentences.ts';
import { findWords, WordSpans } from './find-words.ts';
import { HashCounts } from './hash-counts.ts';
import { HASH_START, hashUnits, mixHash } from './hash-units.ts';

/** The columns of the statistics, in order: a struct of a Parquet file. Shares are of `characters`, between 0 and 1. */
export const TEXT_STATISTICS_SCHEMA = Object.freeze({
  /** Code points. */
  characters: 'int32',
  /** UTF-8 bytes. */
  bytes: 'int32',
  /** By the rule of `findWords`. */
  words: 'int32',
  /** By the rule of `countSentences`. */
  sentences: 'int32',
  /** Different words, case ignored, over words; 0 where there are none. */
  distinct_word_ratio: 'double',
  /** Code points of words over words; 0 where there are none. */
  mean_word_length: 'double',
  /** Letters and the marks on them. */
  letter_share: 'double',
  digit_share: 'double',
  punctuation_share: 'double',
  /** Mathematical signs, currency, emoji. */
  symbol_share: 'double',
  /** The script of most letters, by Unicode's name (`Latin`, `Han`, …, `Other`), the first listed of equals; `None` without letters. */
  dominant_script: 'string',
} as const);

type ColumnTypes = { readonly int32: number; readonly double: number; readonly string: string };

/** What a caption is like, whatever its language. */
export type TextStatistics = {
  readonly [Name in keyof typeof TEXT_STATISTICS_SCHEMA]: ColumnTypes[(typeof TEXT_STATISTICS_SCHEMA)[Name]];
};

// Reused between calls: arrays of its own would cost a caption more than the counting.
const units = new CodeUnits();
const words = new WordSpans();
const vocabulary = new HashCounts();

/** Counts a normalized caption. */
export function textStatistics(normalized: string): TextStatistics {
  units.set(normalized.toLowerCase());
  findWords(units, words);
  const distinctWords = countDistinctWords();
  const wordCharacters = codePointsOfWords();
  units.set(normalized);
  const { characters, kinds, scripts } = countClasses();
  const ofKind = (kind: number) => kinds[kind] ?? 0;
  return {
    characters,
    bytes: Buffer.byteLength(normalized),
    words: words.count,
    sentences: countSentences(units),
    distinct_word_ratio: ratio(distinctWords, words.count),
    mean_word_length: ratio(wordCharacters, words.count),
    letter_share: ratio(ofKind(KIND.letter) + ofKind(KIND.ideograph) + ofKind(KIND.mark), characters),
    digit_share: ratio(ofKind(KIND.digit), characters),
    punctuation_share: ratio(ofKind(KIND.punctuation), characters),
    symbol_share: ratio(ofKind(KIND.symbol), characters),
    dominant_script: dominantScript(scripts),
  };
}

function countDistinctWords(): number {
  vocabulary.begin(words.count);
  for (let word = 0; word < words.count; word++) {
    vocabulary.add(mixHash(hashUnits(units.units, words.startOf(word), words.endOf(word), HASH_START)));
  }
  return vocabulary.size;
}

function codePointsOfWords(): number {
  let count = 0;
  for (let word = 0; word < words.count; word++) {
    for (let at = words.startOf(word); at < words.endOf(word); at++) {
      if (((units.units[at] ?? 0) & 0xfc00) !== 0xdc00) count++;
    }
  }
  return count;
}

function countClasses(): { characters: number; kinds: Int32Array; scripts: Int32Array } {
  const kinds = new Int32Array(KIND_BITS + 1);
  const scripts = new Int32Array(SCRIPTS.length);
  let characters = 0;
  for (let at = 0; at < units.length; characters++) {
    const codePoint = units.codePointAt(at);
    const kindAndScript = classOf(codePoint);
    const kind = kindAndScript & KIND_BITS;
    const script = kindAndScript >> SCRIPT_SHIFT;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    scripts[script] = (scripts[script] ?? 0) + 1;
    at += codePoint > 0xffff ? 2 : 1;
  }
  return { characters, kinds, scripts };
}

function dominantScript(scripts: Int32Array): string {
  let dominant = 0;
  for (let script = 1; script < scripts.length; script++) {
    if ((scripts[script] ?? 0) > (dominant === 0 ? 0 : (scripts[dominant] ?? 0))) dominant = script;
  }
  return SCRIPTS[dominant] ?? 'Other';
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
