import type { KnownPiece } from '../style.ts';
import { choose } from './choose.ts';
import { SLOTS } from './slots.ts';

/** `absent`: an instrument that does not play. */
export type Mark = 'key' | 'tempo' | 'word' | 'meter' | 'instrument' | 'absent' | 'duration';

/** A stretch of a caption, and what it states, if anything. */
export interface Segment {
  readonly text: string;
  readonly mark: Mark | undefined;
}

/** Share of the optional parts that are left out although they could be filled. */
const LEFT_OUT = 0.25;
const MARKED = /\[(key|tempo|word|meter|instrument|absent|duration):([^\]]*)\]/;

/**
 * Fills a shape: `{slot}` is a wording out of SLOTS, `(a|b)` one of several, `<…>` may be left out, and `[key:…]` marks
 * the words that state something. `undefined` where a slot has no wording for the piece.
 */
export function fillShape(shape: string, piece: KnownPiece, random: () => number): readonly Segment[] | undefined {
  const chosen = chooseOneOfEach(shape, random);
  const whole = chosen.replaceAll(/<([^<>]*)>/g, (_, part: string) => {
    if (random() < LEFT_OUT) return '';
    return fillSlots(part, piece, random) ?? '';
  });
  const filled = fillSlots(whole, piece, random);
  if (filled === undefined) return undefined;
  const parts = filled.split(MARKED);
  const segments: Segment[] = [];
  for (let at = 0; at < parts.length; at += 3) {
    segments.push({ text: parts[at] ?? '', mark: undefined });
    if (at + 2 < parts.length) segments.push({ text: parts[at + 2] ?? '', mark: parts[at + 1] as Mark });
  }
  return segments.filter(({ text }) => text !== '');
}

function chooseOneOfEach(shape: string, random: () => number): string {
  const next = shape.replace(/\(([^()]*\|[^()]*)\)/, (_, options: string) => choose(options.split('|'), random));
  return next === shape ? shape : chooseOneOfEach(next, random);
}

function fillSlots(text: string, piece: KnownPiece, random: () => number): string | undefined {
  let isFilled = true;
  const filled = text.replaceAll(/\{([a-z ]+)\}/g, (_, name: string) => {
    const slot = SLOTS[name];
    if (slot === undefined) throw new Error(`no slot {${name}}, which the shape ${JSON.stringify(text)} needs`);
    const wording = slot(piece, random);
    if (wording === undefined) isFilled = false;
    return wording ?? '';
  });
  return isFilled ? filled : undefined;
}
