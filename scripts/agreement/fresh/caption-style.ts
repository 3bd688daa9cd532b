import type { KnownPiece, Stated, Style, WrittenCaption } from '../style.ts';
import { choose } from './choose.ts';
import { fillShape, type Mark, type Segment } from './fill-shape.ts';
import type { Manner } from './manner.ts';
import { misspell } from './misspell.ts';

const DRAWS = 200;

/** A style whose captions are each written in one of the manners. */
export function captionStyle(name: string, manners: readonly Manner[]): Style {
  return {
    name,
    write: (piece, random) => {
      for (let draw = 0; draw < DRAWS; draw++) {
        const written = writeOnce(choose(manners, random), piece, random);
        if (written !== undefined) return written;
      }
      throw new Error(`${name}: no caption for ${piece.title} in ${DRAWS} draws`);
    },
  };
}

function writeOnce(manner: Manner, piece: KnownPiece, random: () => number): WrittenCaption | undefined {
  const claims = drawClaims(manner, piece, random);
  const asides = drawAsides(manner, piece, random);
  if (claims.length === 0) return undefined;
  const separator = choose(manner.separators, random);
  const drawn = shuffled([...claims, ...asides], random);
  const parts = manner.isInSentences ? drawn.map(capitalised) : drawn;
  const segments = parts.flatMap((part, at) => (at === 0 ? part : [{ text: separator, mark: undefined }, ...part]));
  return captionOf(withSlips(segments, manner, random));
}

function drawClaims(manner: Manner, piece: KnownPiece, random: () => number): (readonly Segment[])[] {
  const claims: (readonly Segment[])[] = [];
  const stated = new Set<Mark>();
  const count = between(manner.claimCount, random);
  for (let draw = 0; draw < DRAWS && claims.length < count; draw++) {
    const filled = fillShape(choose(manner.claims, random), piece, random);
    const marks = filled?.flatMap(({ mark }) => mark ?? []) ?? [];
    if (filled === undefined || marks.length === 0 || marks.some((mark) => stated.has(mark))) continue;
    for (const mark of marks) stated.add(mark);
    claims.push(filled);
  }
  return claims;
}

function drawAsides(manner: Manner, piece: KnownPiece, random: () => number): (readonly Segment[])[] {
  const left = [...manner.asides];
  const asides: (readonly Segment[])[] = [];
  for (let count = between(manner.asideCount, random); count > 0 && left.length > 0; count--) {
    const [shape = ''] = left.splice(Math.floor(random() * left.length), 1);
    const filled = fillShape(shape, piece, random);
    if (filled !== undefined) asides.push(filled);
  }
  return asides;
}

function capitalised([first, ...rest]: readonly Segment[]): readonly Segment[] {
  if (first === undefined) return [];
  return [{ ...first, text: first.text.replace(/^./u, (letter) => letter.toUpperCase()) }, ...rest];
}

function withSlips(segments: readonly Segment[], manner: Manner, random: () => number): readonly Segment[] {
  const hasTypo = random() < manner.typos;
  const chance = random();
  // "in A" is no key in small letters, and "Cm" another one in capitals.
  const saysMode = (mode: RegExp): boolean => segments.every(({ text, mark }) => mark !== 'key' || mode.test(text));
  const toSmall = chance < manner.small && saysMode(/maj|min/i);
  const toCapitals = chance > 1 - manner.capitals && saysMode(/major|minor/);
  return segments.map(({ text, mark }) => {
    const spelled = hasTypo && mark === undefined ? misspell(text, random) : text;
    return { text: toSmall ? spelled.toLowerCase() : toCapitals ? spelled.toUpperCase() : spelled, mark };
  });
}

/** `undefined` where words that state something stand a second time: it would not be known which of them was read. */
function captionOf(segments: readonly Segment[]): WrittenCaption | undefined {
  const caption = segments.map(({ text }) => text).join('');
  const stated = segments.flatMap(({ text, mark }) => (mark === undefined ? [] : statedBy(mark, text)));
  return stated.every(({ words }) => caption.split(words).length === 2) ? { caption, stated } : undefined;
}

function statedBy(mark: Mark, words: string): Stated {
  if (mark === 'absent') return { kind: 'instrument', words, holds: true };
  return { kind: mark === 'word' ? 'tempo_word' : mark, words };
}

function between([least, most]: readonly [number, number], random: () => number): number {
  return least + Math.floor(random() * (most - least + 1));
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
