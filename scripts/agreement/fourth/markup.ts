import type { KnownPiece, Stated, WrittenCaption } from '../style.ts';

/** Numbers in [0, 1). */
export type Random = () => number;

/** Says something of a piece, or nothing where the piece lacks the fact. */
export type Words = (piece: KnownPiece, random: Random) => string | undefined;

/** What the {tokens} of a shape stand for: one of several shapes, or words made from the piece. */
export type Vocabulary = Readonly<Record<string, readonly string[] | Words>>;

const kinds: Readonly<Record<string, Stated['kind']>> = {
  k: 'key',
  t: 'tempo',
  w: 'tempo_word',
  m: 'meter',
  i: 'instrument',
  h: 'instrument',
  d: 'duration',
};

const mark = /<([ktwmihd]):([^<>]*)>/g;
const token = /\{([A-Za-z]+)\}/g;

/** One item of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function toStated(letter: string, words: string): Stated {
  const kind = kinds[letter];
  if (kind === undefined) throw new Error(`no such mark: ${letter}`);
  return letter === 'h' ? { kind, words, holds: true } : { kind, words };
}

/** The words that start at a place; with words before them where the caption has the same words earlier on. */
function wordsAt(caption: string, start: number, end: number): string {
  let from = start;
  while (from > 0 && caption.indexOf(caption.slice(from, end)) !== from) {
    while (from > 0 && /[\s,;&|/]/.test(caption.charAt(from - 1))) from -= 1;
    while (from > 0 && !/[\s,;&|/]/.test(caption.charAt(from - 1))) from -= 1;
  }
  return caption.slice(from, end);
}

/** Takes the marks, as in <k:C minor>, out of a text and lists what they mark. */
export function unmark(text: string): WrittenCaption {
  const caption = text.replace(mark, '$2');
  let taken = 0;
  const stated = [...text.matchAll(mark)].map((found) => {
    const [whole, letter = '', words = ''] = found;
    const start = found.index - taken;
    taken += whole.length - words.length;
    return toStated(letter, wordsAt(caption, start, start + words.length));
  });
  return { caption, stated };
}

/** The letters of the marks in a text. */
export function marksIn(text: string): readonly string[] {
  return [...text.matchAll(mark)].map(([, letter = '']) => letter);
}

function expand(name: string, vocabulary: Vocabulary, piece: KnownPiece, random: Random): string | undefined {
  const entry = vocabulary[name];
  if (entry === undefined) throw new Error(`no such token: ${name}`);
  return typeof entry === 'function' ? entry(piece, random) : pick(random, entry);
}

/** A shape with its tokens filled in, or nothing where the piece lacks one of the facts. */
export function fill(shape: string, vocabulary: Vocabulary, piece: KnownPiece, random: Random): string | undefined {
  let text = shape;
  for (let depth = 0; depth < 6 && /\{[A-Za-z]+\}/.test(text); depth += 1) {
    let lacking = false;
    text = text.replace(token, (_whole, name: string) => {
      const words = expand(name, vocabulary, piece, random);
      lacking ||= words === undefined;
      return words ?? '';
    });
    if (lacking) return undefined;
  }
  return text;
}

/** What a caption is made with. */
export interface Maker {
  readonly vocabulary: Vocabulary;
  readonly piece: KnownPiece;
  readonly random: Random;
}

/** One of the shapes, filled in, that says nothing of the kinds already said; nothing where none is found. */
export function choose(maker: Maker, shapes: readonly string[], said: ReadonlySet<string>): string | undefined {
  const { vocabulary, piece, random } = maker;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const text = fill(pick(random, shapes), vocabulary, piece, random);
    if (text !== undefined && !marksIn(text).some((letter) => said.has(letter))) return text;
  }
  return undefined;
}

/** One sentence from each of the lists of shapes, no kind of fact told by two of them and none told twice. */
export function sequence(maker: Maker, lists: readonly (readonly string[])[]): string[] {
  const said = new Set<string>();
  const sentences: string[] = [];
  for (const shapes of lists) {
    const text = choose(maker, shapes, said);
    if (text === undefined || sentences.includes(text)) continue;
    for (const letter of marksIn(text)) said.add(letter);
    sentences.push(text);
  }
  return sentences;
}
