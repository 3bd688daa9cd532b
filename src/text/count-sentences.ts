import { classOf, KIND, KIND_BITS } from './code-point-class.ts';
import type { CodeUnits } from './code-units.ts';

const FULL_STOP = 0x2e;
const EXCLAMATION_MARK = 0x21;
const QUESTION_MARK = 0x3f;
const SPACE = 0x20;
/** What ends a sentence wherever it stands: the full stops and question marks of Chinese, Arabic, Devanagari, Burmese, Khmer, Ethiopic, Armenian. */
const ENDS = new Set([...'。؟۔।॥။៕።։'].map((mark) => mark.codePointAt(0)));
/** Quotes, brackets and dots after a full stop that are looked past; a bound, for the time of hostile text. */
const MOST_CLOSERS = 4;

/**
 * Counts sentences in the spirit of Unicode's sentence boundaries (UAX #29), without language data: a full stop ends a sentence where
 * a space or the end follows and the next letter is not lower case ("Op. 9 in E flat" goes on); other marks always end one.
 * Only what holds a letter or a digit is a sentence. Abbreviations before a capital ("Mr. Smith") count one too many.
 */
export function countSentences(text: CodeUnits): number {
  let sentences = 0;
  let hasContent = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.units[at] ?? 0;
    if (hasContent && (isEnd(unit) || (unit === FULL_STOP && fullStopEnds(text, at)))) {
      sentences++;
      hasContent = false;
    } else if (!hasContent) {
      hasContent = isContent(classOf(text.codePointAt(at)) & KIND_BITS);
    }
  }
  return hasContent ? sentences + 1 : sentences;
}

function isEnd(unit: number): boolean {
  return unit < 0x80 ? unit === EXCLAMATION_MARK || unit === QUESTION_MARK : ENDS.has(unit);
}

/** Looks ahead past closing quotes, spaces and digits to the next letter, or full stop: every character is seen once or twice. */
function fullStopEnds(text: CodeUnits, stop: number): boolean {
  const next = skipClosers(text, stop + 1);
  if (next < text.length && text.units[next] !== SPACE) return false;
  for (let at = next; at < text.length; at++) {
    const kind = classOf(text.codePointAt(at)) & KIND_BITS;
    if (kind === KIND.letter) return !isLowerCase(text.units[at] ?? 0);
    if (kind === KIND.ideograph) return true;
    if (kind === KIND.punctuation && text.units[at] === FULL_STOP) return true;
  }
  return true;
}

function skipClosers(text: CodeUnits, from: number): number {
  let at = from;
  while (at < from + MOST_CLOSERS && (classOf(text.codePointAt(at)) & KIND_BITS) === KIND.punctuation) at++;
  return at;
}

function isContent(kind: number): boolean {
  return kind === KIND.letter || kind === KIND.ideograph || kind === KIND.digit;
}

function isLowerCase(unit: number): boolean {
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a;
  return /\p{Ll}/u.test(String.fromCharCode(unit));
}
