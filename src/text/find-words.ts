import { classOf, KIND, KIND_BITS } from './code-point-class.ts';
import type { CodeUnits } from './code-units.ts';

const FULL_STOP = 0x2e;
const COMMA = 0x2c;
const APOSTROPHE = 0x27;
const TYPOGRAPHIC_APOSTROPHE = 0x2019;
const ZERO_WIDTH_NON_JOINER = 0x200c;
const ZERO_WIDTH_JOINER = 0x200d;

/** Where words are, in arrays that are reused. */
export class WordSpans {
  count = 0;
  private starts = new Int32Array(512);
  private ends = new Int32Array(512);

  /** Position of the word's first code unit. */
  startOf(word: number): number {
    return this.starts[word] ?? 0;
  }

  /** Position after the word's last code unit. */
  endOf(word: number): number {
    return this.ends[word] ?? 0;
  }

  clear(): void {
    this.count = 0;
  }

  add(start: number, end: number): void {
    if (this.count === this.starts.length) this.grow();
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }

  private grow(): void {
    const { starts, ends } = this;
    this.starts = new Int32Array(2 * starts.length);
    this.ends = new Int32Array(2 * ends.length);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}

/**
 * Finds the words of a text by a rule that needs no dictionary and agrees with Unicode's word boundaries (UAX #29) on text
 * written with spaces: a word is a run of letters, digits and marks, with an apostrophe or full stop between two letters, a
 * full stop or comma between two digits, and zero-width joiners inside it. Each ideograph and each hiragana is a
 * word. Thai, Lao, Khmer and Burmese, which have neither spaces nor ideographs, are counted in runs, thus too low.
 * `Intl.Segmenter` alone takes several times as long as all of the statistics (`bench/hashing.ts`).
 */
export function findWords(text: CodeUnits, words: WordSpans): void {
  words.clear();
  let start = -1;
  let previous: number = KIND.other;
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at);
    const kind = classOf(codePoint) & KIND_BITS;
    const end = codePoint > 0xffff ? at + 2 : at + 1;
    if (kind === KIND.letter || kind === KIND.digit) {
      if (start < 0) start = at;
      previous = kind;
    } else if (kind === KIND.ideograph) {
      if (start >= 0) words.add(start, at);
      words.add(at, end);
      start = -1;
    } else if (start >= 0 && kind !== KIND.mark && !joins(codePoint, previous, text, end)) {
      words.add(start, at);
      start = -1;
    }
    at = end;
  }
  if (start >= 0) words.add(start, text.length);
}

/** Whether a character inside a word that is no letter, digit or mark continues it. */
function joins(codePoint: number, previous: number, text: CodeUnits, next: number): boolean {
  switch (codePoint) {
    case ZERO_WIDTH_JOINER:
    case ZERO_WIDTH_NON_JOINER:
      return true;
    case FULL_STOP:
    case APOSTROPHE:
    case TYPOGRAPHIC_APOSTROPHE:
      return kindAt(text, next) === previous;
    case COMMA:
      return previous === KIND.digit && kindAt(text, next) === KIND.digit;
    default:
      return false;
  }
}

function kindAt(text: CodeUnits, at: number): number {
  return classOf(text.codePointAt(at)) & KIND_BITS;
}
