/**
 * Fills sentence patterns. Patterns are separated by blank lines; in them, "[...]" is left out half of the time,
 * "<a|b>" is one of these, "{slot}" is a wording of what is known, "{^slot}" the same with a capital,
 * and "{a slot}" the same after its article.
 */
import type { KnownPiece, Stated, Style, WrittenCaption } from '../style.ts';
import { SLOTS } from './slots.ts';

const MOST_KINDS = 4;
const FEWEST_KINDS = 2;

function countKinds(stated: readonly Stated[]): number {
  return new Set(stated.map(({ kind }) => kind)).size;
}

/** The pattern's text with its slots filled, or nothing if the piece has no true wording for one of them. */
function fill(text: string, piece: KnownPiece, random: () => number): WrittenCaption | undefined {
  const stated: Stated[] = [];
  let lacks = false;
  const chosen = text.replace(/<([^<>]*)>/g, (_, options: string) => {
    const all = options.split('|');
    return all[Math.floor(random() * all.length)] ?? '';
  });
  const slot = /\{(\^?)(a )?(\w+)\}/g;
  const caption = chosen.replace(slot, (_, capital: string, article: string | undefined, name: string) => {
    const wording = SLOTS[name]?.(piece, random);
    if (wording === undefined) {
      lacks = true;
      return '';
    }
    const raise = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
    if (article !== undefined) {
      stated.push(...wording.stated);
      const whole = `${/^[aeiou]|^8|^11|^18/i.test(wording.text) ? 'an' : 'a'} ${wording.text}`;
      return capital === '' ? whole : raise(whole);
    }
    if (capital === '') {
      stated.push(...wording.stated);
      return wording.text;
    }
    for (const { kind, words } of wording.stated) {
      stated.push({ kind, words: wording.text.startsWith(words) ? raise(words) : words });
    }
    return raise(wording.text);
  });
  return lacks ? undefined : { caption, stated };
}

function render(pattern: string, piece: KnownPiece, random: () => number): WrittenCaption | undefined {
  const stated: Stated[] = [];
  let caption = '';
  for (const part of pattern.split(/(\[[^\]]*\])/)) {
    const optional = part.startsWith('[');
    if (optional && random() < 0.5) {
      continue;
    }
    const filled = fill(optional ? part.slice(1, -1) : part, piece, random);
    if (filled === undefined) {
      if (optional) {
        continue;
      }
      return undefined;
    }
    if (optional && countKinds([...stated, ...filled.stated]) > MOST_KINDS) {
      continue;
    }
    caption += filled.caption;
    stated.push(...filled.stated);
  }
  const kinds = countKinds(stated);
  if (kinds < FEWEST_KINDS || kinds > MOST_KINDS) {
    return undefined;
  }
  return { caption: caption.replace(/ {2,}/g, ' ').trim(), stated };
}

function lower({ caption, stated }: WrittenCaption): WrittenCaption {
  return {
    caption: caption.toLowerCase(),
    stated: stated.map(({ kind, words }) => ({ kind, words: words.toLowerCase() })),
  };
}

/** @param lowerShare - how much of the captions is in lower case throughout. */
export function patternStyle(name: string, text: string, lowerShare: number): Style {
  const patterns = text
    .trim()
    .split(/\n\s*\n/)
    .map((pattern) => pattern.trim().replace(/\s+/g, ' '));
  const write = (piece: KnownPiece, random: () => number): WrittenCaption => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const written = render(patterns[Math.floor(random() * patterns.length)] ?? '', piece, random);
      if (written !== undefined) {
        return random() < lowerShare ? lower(written) : written;
      }
    }
    throw new Error(`No pattern of "${name}" fits "${piece.title}".`);
  };
  return { name, write };
}
