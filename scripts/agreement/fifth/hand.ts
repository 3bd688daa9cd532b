import type { KnownPiece, WrittenCaption } from '../style.ts';
import type { Segment } from './segment.ts';
import { weave } from './weave.ts';

/** How one person writes captions: from each part so many lines, in an order that chance gives. */
export interface Hand {
  readonly parts: readonly { readonly lines: readonly string[]; readonly least: number; readonly most: number }[];
  /** Between two lines. */
  readonly joint: string;
  readonly before?: string;
  readonly after?: string;
  readonly letters: 'sentence' | 'lower' | 'as written';
}

export function writeByHand(hand: Hand, piece: KnownPiece, random: () => number): WrittenCaption {
  const segments: Segment[] = [];
  const said = new Set<string>();
  for (const { lines, least, most } of hand.parts) {
    let wanted = least + Math.floor(random() * (most - least + 1));
    for (const line of shuffled(lines, random)) {
      if (wanted === 0) break;
      if (said.has(line)) continue;
      const woven = weave(line, piece, random, segments);
      if (woven === undefined) continue;
      if (segments.length > 0) segments.push({ text: hand.joint });
      segments.push(...lettered(woven, hand.letters));
      said.add(line);
      wanted--;
    }
  }
  const caption = `${hand.before ?? ''}${segments.map(({ text }) => text).join('')}${hand.after ?? ''}`;
  const stated = segments.flatMap(({ text, states, holds }) =>
    states === undefined ? [] : [{ kind: states, words: text, ...(holds && { holds }) }],
  );
  const isFirst = (each: (typeof stated)[number], index: number) =>
    stated.findIndex(({ kind, words }) => kind === each.kind && words === each.words) === index;
  return { caption, stated: stated.filter(isFirst) };
}

function lettered(segments: readonly Segment[], letters: Hand['letters']): readonly Segment[] {
  if (letters === 'as written') return segments;
  if (letters === 'lower') return segments.map((segment) => ({ ...segment, text: segment.text.toLowerCase() }));
  return segments.map((segment, index) =>
    index === 0 ? { ...segment, text: segment.text.charAt(0).toUpperCase() + segment.text.slice(1) } : segment,
  );
}

function shuffled(lines: readonly string[], random: () => number): readonly string[] {
  return lines
    .map((line) => ({ line, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ line }) => line);
}
