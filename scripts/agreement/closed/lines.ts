import type { KnownPiece, Stated, Style, WrittenCaption } from '../style.ts';
import { slotsOf } from './slots.ts';
import { statementPattern } from './statement.ts';

/**
 * A part of a caption: one of its lines is written, with the given chance.
 * In a line, `{key}` is a slot, `{^band}` one with a capital, `[a|b]` a choice. "a" becomes "an" where it must.
 */
export interface Part {
  readonly chance: number;
  readonly lines: readonly string[];
}

/** One person who writes captions: the parts in order, or shuffled, with what stands between them. */
export interface Writer {
  readonly between: string;
  readonly shuffled?: true;
  readonly parts: readonly Part[];
}

/** A style that one of several writers writes, each as often as the others. */
export function styleOf(name: string, writers: readonly Writer[]): Style {
  return { name, write: (piece, random) => settle(written(pick(writers, random), piece, random)) };
}

function written(writer: Writer, piece: KnownPiece, random: () => number): string {
  const slots = slotsOf(piece, random);
  const texts: string[] = [];
  const told = new Set<string>();
  for (const { chance, lines } of writer.parts) {
    if (random() >= chance) continue;
    const usable = lines.filter((line) => {
      const values = slotNames(line).map((name) => slots[name]);
      return values.every((value) => value !== undefined && !told.has(factOf(value) ?? ''));
    });
    if (usable.length === 0) continue;
    const line = pick(usable, random);
    for (const name of slotNames(line)) told.add(factOf(slots[name] ?? '') ?? name);
    texts.push(fill(line, slots, random));
  }
  return (writer.shuffled ? shuffle(texts, random) : texts).join(writer.between);
}

/** What a caption tells in one of its parts only; instruments and moods may come again. */
function factOf(text: string): string | undefined {
  return /^⟦(key|tempo|tempo_word|meter|duration)\|/.exec(text)?.[1];
}

function slotNames(line: string): string[] {
  return [...line.matchAll(/\{\^?(\w+)\}/g)].map((match) => match[1] ?? '');
}

function fill(line: string, slots: Readonly<Record<string, string | undefined>>, random: () => number): string {
  return line
    .replace(/\[([^[\]]*)\]/g, (_, choices: string) => pick(choices.split('|'), random))
    .replace(/\{(\^?)(\w+)\}/g, (_, capital: string, name: string) => {
      const text = slots[name] ?? '';
      return capital ? text.replace(/^(⟦[^|]*\|)?(.)/, (_all, mark = '', first) => mark + first.toUpperCase()) : text;
    });
}

/** Takes the marks out of a text and tells what they state; the same words are told once. */
function settle(text: string): WrittenCaption {
  const marked = text.replace(
    /((?<=^|[.!?\n] |\n)A|\ba) (?=(?:⟦[^|]*\|)?(?:[aeio]|u(?!k|ni|s)|[AEIO]\b|Eb|Ab|E♭|A♭|F\b|8|1[18]\b))/g,
    '$1n ',
  );
  const stated = new Map<string, Stated>();
  const caption = marked.replace(statementPattern, (_, kind: Stated['kind'], holds: string, words: string) => {
    const id = `${kind} ${words.toLowerCase()}`;
    if (!stated.has(id)) stated.set(id, holds ? { kind, words, holds: true } : { kind, words });
    return words;
  });
  return { caption, stated: [...stated.values()] };
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
