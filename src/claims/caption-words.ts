import { type KnownWord, knownWord } from './known-word.ts';
import { wordEnd } from './word-end.ts';

/** A word, number or sign of a caption. */
export interface Word extends KnownWord {
  /** As written. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** Inside quotation marks within a longer caption: a title, which claims nothing. */
  readonly isTitle: boolean;
  /** Counts up at each full stop, semicolon and line break. */
  readonly sentence: number;
}

/** Words of a title tell nothing. */
const IN_TITLE: KnownWord = { text: '', kinds: 0, roles: 0 };
const ENDS_SENTENCE = new Set(['.', ';', '!', '?', '…', '|', '•', '·', 'lol', 'haha', 'lmao']);
const LABEL =
  /(?:tempo|key|tonality|mode|scale|mark(?:ed|ing)|meter|metre|signature|bpm|length|duration|instruments?|instrumentation|["”]\s*[:=])["'”]?\s*(?:is|reads|says|of|[:=])?\s*$/i;
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
    const raw = text.slice(start, end);
    if (raw === '.' && start === lastEnd && isAbbreviated(words.at(-1)?.text ?? '', text, end)) {
      lastEnd = end;
      continue;
    }
    if (newline >= 0 && newline < start) {
      sentence++;
      newline = indexOfGap(text, start);
    }
    while (title < titles.length && (titles[title]?.end ?? 0) <= start) title++;
    const isTitle = start >= (titles[title]?.start ?? Number.POSITIVE_INFINITY);
    const known = isTitle ? IN_TITLE : knownWord(raw);
    if (!isTitle && beginsUnstopped(words.at(-1), raw, text, end)) sentence++;
    if (known.parts !== undefined) {
      for (let part = 0, at = start; part < known.parts.length; part++) {
        const next = at + (known.parts[part] ?? 0);
        const { text: word, kinds, roles } = knownWord(text.slice(at, next));
        words.push({ text: word, kinds, roles, raw: text.slice(at, next), start: at, end: next, isTitle, sentence });
        at = next;
      }
    } else words.push({ text: known.text, kinds: known.kinds, roles: known.roles, raw, start, end, isTitle, sentence });
    if (!isTitle && endsSentence(raw, text, start, end)) sentence++;
    lastEnd = end;
  }
  return words;
}

/** The next line or column of a table. */
function indexOfGap(text: string, from: number): number {
  const [line, tab] = [text.indexOf('\n', from), text.indexOf('\t', from)];
  return line < 0 || (tab >= 0 && tab < line) ? tab : line;
}

/** Small words that sentences begin with. */
const STARTERS = new Set(
  'The This These It My Our Your His Her Their We You He She They Now Next Not There Is Are Who What Why How If When After'.split(
    ' ',
  ),
);

/** "lovely playing The key is D": a sentence that begins without a stop before it. */
function beginsUnstopped(before: Word | undefined, raw: string, text: string, end: number): boolean {
  if (!STARTERS.has(raw) || before === undefined || before.isTitle) return false;
  return (
    /^[\p{Ll}\p{Extended_Pictographic}]/u.test(before.raw) && /^(?:['’]\p{Ll}+)? \p{Ll}/u.test(text.slice(end, end + 9))
  );
}

/** A mark that ends a sentence, or sets an item of a list apart: "|", "•", " / ", " -- ". */
function endsSentence(raw: string, text: string, start: number, end: number): boolean {
  if (ENDS_SENTENCE.has(raw)) return true;
  // "piano :: D minor", "nice :) the key is", "so sad <3".
  const before = text[start - 1];
  if (raw === ':') return before === ':';
  if (raw === ')') return before === ':' || before === ';';
  if (raw === '3') return before === '<';
  if (raw === '/') return isSpace(text, end) && (isSpace(text, start - 1) || text[start - 1] === '/');
  return raw === '-' && text[start - 1] === '-' && isSpace(text, end) && isSpace(text, start - 2);
}

function isSpace(text: string, at: number): boolean {
  return text.charCodeAt(at) <= 0x20;
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
  for (const { 0: mark, index: at } of text.matchAll(OPENS)) {
    if (at < end) continue;
    const closing = OPENING.get(mark) ?? mark;
    const close = text.indexOf(closing, at + 1);
    if (close < 0 || close - at > MAX_TITLE) continue;
    // All of a caption in quotation marks is a caption.
    if (close - at + 1 < text.trim().length && !isLabelled(text, at, close)) spans.push({ start: at, end: close + 1 });
    end = close + 1;
  }
  return spans;
}
