import { type KnownWord, knownWord } from './known-word.ts';
import { beginsUnstopped, endsSentence } from './sentence-end.ts';
import { wordEnd } from './word-end.ts';
import { WORD_KIND } from './word-kind.ts';

/** A word, number or sign of a caption. */
export interface Word extends KnownWord {
  readonly start: number;
  readonly end: number;
  /** Inside quotation marks within a longer caption: a title, which claims nothing. */
  readonly isTitle: boolean;
  /** Counts up at each full stop, semicolon and line break. */
  readonly sentence: number;
}

const LABEL =
  /(?:tempo|key|tonality|mode|scale|mark(?:ed|ing)|meter|metre|signature|bpm|length|duration|instruments?|instrumentation|["”]\s*[:=])["'”]?\s*(?:is|reads|says|of|[:=])?\s*\[?\s*$/i;
const OPENING: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['《', '》'],
  ['「', '」'],
  ['『', '』'],
  ['‘', '’'],
  ['"', '"'],
  ["'", "'"],
]);
const OPENS = /[“„«《「『‘"]|(?<![^\s(,])'(?=\p{L}[^']{3,40}'(?!\p{L}))/gu;
const ABBREVIATIONS = new Set('approx ca circa c nr vs st feat ft b p m est instr orig arr mr ms mrs dr'.split(' '));
/** These stop short only before a figure or a mark; before a word a sentence ends with them. */
const UNITS = new Set('dur min mins sec secs len bpm sig no op'.split(' '));
/** Longer quotations are prose. */
const MAX_TITLE = 80;
/** More of a caption than anybody writes is not read. */
const MAX_CAPTION = 20_000;

/** The words of a caption with their places. Linear in its length. */
export function captionWords(caption: string): readonly Word[] {
  const text = caption.length > MAX_CAPTION ? caption.slice(0, MAX_CAPTION) : caption;
  const titles = titlesOf(text);
  const words: Word[] = [];
  let sentence = 0;
  let lastEnd = 0;
  let title = 0;
  let newline = indexOfGap(text, 0);
  for (let start = 0, end = 0; start < text.length; start = Math.max(end, start + 1)) {
    end = wordEnd(text, start);
    if (end === start) continue;
    if (text[start] === '.' && start === lastEnd && isAbbreviated(words.at(-1)?.text ?? '', text, end)) {
      lastEnd = end;
      continue;
    }
    if (newline >= 0 && newline < start) {
      sentence++;
      newline = indexOfGap(text, start);
    }
    while (title < titles.length && (titles[title]?.end ?? 0) <= start) title++;
    const isTitle = start >= (titles[title]?.start ?? Number.POSITIVE_INFINITY);
    const known = isTitle ? inTitle(text, start, end) : knownWord(text, start, end);
    if ((known.kinds & WORD_KIND.starter) !== 0 && isUnstopped(words.at(-1), text, end)) sentence++;
    if (known.parts !== undefined) {
      for (let part = 0, at = start; part < known.parts.length; part++) {
        const next = at + (known.parts[part] ?? 0);
        words.push(placed(knownWord(text, at, next), at, next, isTitle, sentence));
        at = next;
      }
    } else words.push(placed(known, start, end, isTitle, sentence));
    if ((known.kinds & WORD_KIND.stop) !== 0 && endsSentence(text, start, end)) sentence++;
    lastEnd = end;
  }
  return words;
}

/** The next line or column of a table. */
function indexOfGap(text: string, from: number): number {
  const [line, tab] = [text.indexOf('\n', from), text.indexOf('\t', from)];
  return line < 0 || (tab >= 0 && tab < line) ? tab : line;
}

function isUnstopped(before: Word | undefined, text: string, end: number): boolean {
  return before !== undefined && !before.isTitle && beginsUnstopped(before.raw, text, end);
}

function placed(known: KnownWord, start: number, end: number, isTitle: boolean, sentence: number): Word {
  const { raw, text, kinds, roles, forms } = known;
  return { raw, text, kinds, roles, forms, start, end, isTitle, sentence };
}

/** Words of a title tell nothing. */
function inTitle(text: string, start: number, end: number): KnownWord {
  return { raw: text.slice(start, end), text: '', kinds: 0, roles: 0, forms: 0 };
}

/** "approx. 4.7 min", "dur. 1m34s": the full stop ends no sentence, and is left out. */
function isAbbreviated(word: string, text: string, end: number): boolean {
  if (ABBREVIATIONS.has(word)) return /^\s*[\p{L}\d♩=:]/u.test(text.slice(end, end + 4));
  return UNITS.has(word) && /^\s*[\d♩=:]/.test(text.slice(end, end + 4));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** `"key": "F# minor"`, `marked "Andante"`: a value and its name, no title. */
function isLabelled(text: string, open: number, close: number): boolean {
  if (/^\s*:/.test(text.slice(close + 1, close + 3))) return true;
  return LABEL.test(text.slice(Math.max(0, open - 24), open));
}

function titlesOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  let end = 0;
  let isLabel = false;
  for (const { 0: mark, index: at } of text.matchAll(OPENS)) {
    if (at < end) continue;
    const closing = OPENING.get(mark) ?? mark;
    const close = text.indexOf(closing, at + 1);
    if (close < 0 || close - at > MAX_TITLE) continue;
    // All of a caption in quotation marks is a caption.
    // `["piano", "flute"]`: the second item is what the first is.
    isLabel =
      (isLabel && text[close + 1] !== ':' && /^\s*,\s*$/.test(text.slice(end, at))) || isLabelled(text, at, close);
    if (close - at + 1 < text.trim().length && !isLabel) spans.push({ start: at, end: close + 1 });
    end = close + 1;
  }
  return spans;
}
