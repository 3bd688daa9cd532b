import { readClaims } from '../../src/claims/read-claims.ts';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly isRead: boolean;
  readonly isDenied: boolean;
}

const MARKED = /\[(!?)([^\]]*)\]|\{([^}]*)\}/g;

/** The caption without its marks, and where they were. */
function unmarked(text: string): { readonly caption: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  let caption = '';
  let last = 0;
  for (const match of text.matchAll(MARKED)) {
    caption += text.slice(last, match.index);
    const words = match[2] ?? match[3] ?? '';
    const [start, end] = [caption.length, caption.length + words.length];
    spans.push({ start, end, isRead: match[2] !== undefined, isDenied: match[1] === '!' });
    caption += words;
    last = match.index + match[0].length;
  }
  return { caption: caption + text.slice(last), spans };
}

/**
 * What is read otherwise than a caption is marked: each with what it states of its music, [read], [!denied], and {stated}, which may
 * be left out. Nothing else may be read.
 */
export function faultsOf(text: string): readonly string[] {
  const { caption, spans } = unmarked(text);
  const claims = readClaims(caption) ?? [];
  const faults: string[] = [];
  for (const { start, end } of claims)
    if (!spans.some((span) => start < span.end && end > span.start)) faults.push(`read: ${caption.slice(start, end)}`);
  for (const { start, end, isRead, isDenied } of spans) {
    const claim = claims.find((each) => each.start < end && each.end > start);
    const words = caption.slice(start, end);
    if (claim === undefined) {
      if (isRead) faults.push(`not read: ${words}`);
    } else if (claim.negated !== isDenied) faults.push(`${claim.negated ? 'denied' : 'not denied'}: ${words}`);
  }
  return faults;
}
