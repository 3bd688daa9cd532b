import type { KnownPiece, Stated } from '../style.ts';
import { pick } from './pick.ts';
import type { Segment } from './segment.ts';
import { slots } from './slots.ts';

const kinds: readonly Stated['kind'][] = ['key', 'tempo', 'tempo_word', 'meter', 'instrument', 'duration'];

/**
 * Fills a line. In it `{a|b}` is one of two wordings, `<mood>` a slot, `<tempo:at <n> to the minute>` words that
 * state a tempo, and `%a ` the article that the next word asks for. Undefined where a slot stays empty, or where the
 * caption has already said it.
 */
export function weave(
  line: string,
  piece: KnownPiece,
  random: () => number,
  said: readonly Segment[],
): readonly Segment[] | undefined {
  const chosen = line.replace(/\{([^{}]*)\}/g, (_, choices: string) => pick(choices.split('|'), random) ?? '');
  const segments: Segment[] = [];
  for (const part of split(chosen)) {
    const filled = part.isSlot
      ? fill(part.text, piece, random, [...said, ...segments])
      : [{ text: part.text } satisfies Segment];
    if (filled === undefined) return undefined;
    segments.push(...filled);
  }
  return withArticles(segments);
}

function fill(slot: string, piece: KnownPiece, random: () => number, said: readonly Segment[]) {
  const colon = slot.indexOf(':');
  const kind = kinds.find((each) => each === slot.slice(0, Math.max(colon, 0)));
  if (kind !== undefined) {
    const inner = said.some(({ states }) => states === kind)
      ? undefined
      : weave(slot.slice(colon + 1), piece, random, said);
    return inner && [{ text: inner.map(({ text }) => text).join(''), states: kind } satisfies Segment];
  }
  const filler = slots[slot];
  if (filler === undefined) throw new Error(`No slot is named <${slot}>; the names are in slots.ts.`);
  const filled = filler(piece, random, said);
  if (filled === undefined) return undefined;
  const segments: readonly Segment[] = typeof filled === 'string' ? [{ text: filled }] : filled;
  return segments.some((segment) => repeats(segment, said)) ? undefined : segments;
}

function repeats({ states, of }: Segment, said: readonly Segment[]): boolean {
  return states !== undefined && said.some((before) => before.states === states && before.of === of);
}

/** Top-level text and slots in turn; a slot may hold slots. */
function split(line: string): readonly { readonly text: string; readonly isSlot: boolean }[] {
  const parts: { text: string; isSlot: boolean }[] = [];
  let depth = 0;
  let text = '';
  for (const character of line) {
    if (character === '<' && depth++ === 0) {
      parts.push({ text, isSlot: false });
      text = '';
    } else if (character === '>' && --depth === 0) {
      parts.push({ text, isSlot: true });
      text = '';
    } else text += character;
  }
  if (depth !== 0) throw new Error(`The line has a slot that does not end: ${line}`);
  return [...parts, { text, isSlot: false }].filter((part) => part.text !== '');
}

function withArticles(segments: readonly Segment[]): readonly Segment[] {
  return segments.map((segment, index) => {
    const next = segments[index + 1]?.text ?? '';
    const text = segment.text.replace(/(%a|%A) (.*)/g, function article(_, mark: string, rest: string): string {
      const noun = rest === '' ? next : rest;
      const word = /^(?:[aeio]|u(?!k|ni|s)|8|1[18]\b|F[ #♯-])/i.test(noun) && !/^(?:eu|one)/i.test(noun) ? 'an' : 'a';
      return `${mark === '%A' ? word.replace('a', 'A') : word} ${rest.replace(/(%a|%A) (.*)/g, article)}`;
    });
    return { ...segment, text };
  });
}
