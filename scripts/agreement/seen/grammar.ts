import type { KnownPiece, Stated, Style, WrittenCaption } from '../style.ts';
import { fillSlot } from './slots.ts';

const ATTEMPTS = 400;
const ATTEMPTS_PER_PATTERN = 12;
const FALLBACK = 'In {key}, {tempo}';

interface Cursor {
  readonly text: string;
  at: number;
}

type Fill = (slot: string) => string | undefined;

function parseSequence(cursor: Cursor, live: boolean, random: () => number, fill: Fill): string | undefined {
  let out: string | undefined = '';
  while (cursor.at < cursor.text.length) {
    const char = cursor.text.charAt(cursor.at);
    if (char === '|' || char === '>' || char === ']') return out;
    cursor.at += 1;
    let part: string | undefined = char;
    if (char === '{') {
      const end = cursor.text.indexOf('}', cursor.at);
      const slot = cursor.text.slice(cursor.at, end);
      cursor.at = end + 1;
      part = live ? fill(slot) : '';
    } else if (char === '[') {
      const wanted = live && random() < 0.55;
      const inner = parseSequence(cursor, wanted, random, fill);
      cursor.at += 1;
      part = wanted ? inner : '';
    } else if (char === '<') {
      part = parseChoice(cursor, live, random, fill);
    }
    out = out === undefined || part === undefined ? undefined : out + part;
  }
  return out;
}

function countAlternatives(cursor: Cursor): number {
  let depth = 0;
  let count = 1;
  for (let i = cursor.at; i < cursor.text.length; i++) {
    const char = cursor.text.charAt(i);
    if (depth === 0 && char === '>') break;
    if (depth === 0 && char === '|') count += 1;
    if (char === '<' || char === '[') depth += 1;
    if (char === '>' || char === ']') depth -= 1;
  }
  return count;
}

function parseChoice(cursor: Cursor, live: boolean, random: () => number, fill: Fill): string | undefined {
  const count = countAlternatives(cursor);
  const chosen = live ? Math.floor(random() * count) : -1;
  let out: string | undefined = '';
  for (let i = 0; i < count; i++) {
    const inner = parseSequence(cursor, i === chosen, random, fill);
    if (i === chosen) out = inner;
    cursor.at += 1;
  }
  return out;
}

function setArticles(text: string): string {
  return text.replace(/([Aa])~ (⟦\w+:)?(?=(.{1,3}))/g, (_, article: string, mark: string = '', ahead: string = '') => {
    const vowel = /^(?!one)[aeiou]/i.test(ahead) || /^F[^a-z]/.test(ahead) || /^8|^1[18]\D/.test(ahead);
    return `${article}${vowel ? 'n' : ''} ${mark}`;
  });
}

function capitalise(text: string): string {
  return text.replace(/^(⟦\w+:)?(.)/u, (_, mark: string = '', first: string = '') => `${mark}${first.toUpperCase()}`);
}

function readMarks(marked: string): WrittenCaption {
  const stated: Stated[] = [];
  const caption = marked.replace(/⟦(\w+):([^⟧]*)⟧/g, (_, kind: Stated['kind'], words: string) => {
    stated.push({ kind, words });
    return words;
  });
  return { caption, stated };
}

export function styleOf(name: string, patterns: readonly string[]): Style {
  const write = (piece: KnownPiece, random: () => number): WrittenCaption => {
    let pattern = FALLBACK;
    const fill: Fill = (slot) => {
      const text = fillSlot(slot.replace('^', ''), piece, random);
      return text !== undefined && slot.startsWith('^') ? capitalise(text) : text;
    };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt % ATTEMPTS_PER_PATTERN === 0) pattern = patterns[Math.floor(random() * patterns.length)] ?? FALLBACK;
      const marked = parseSequence({ text: pattern, at: 0 }, true, random, fill);
      if (marked === undefined) continue;
      const written = readMarks(setArticles(marked));
      const kinds = new Set(written.stated.map((one) => one.kind)).size;
      if (kinds >= 2 && kinds <= 4) return written;
    }
    return readMarks(parseSequence({ text: FALLBACK, at: 0 }, true, random, fill) ?? '');
  };
  return { name, write };
}
