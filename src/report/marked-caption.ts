import type { Agreement } from '../claims/agreement.ts';
import { html, type Markup } from './html.ts';

/** A caption with what the music contradicts marked, and beside it what the music has. */
export function markedCaption(caption: string, agreement: Agreement | undefined, characters: number): Markup {
  const parts: Markup[] = [];
  let at = 0;
  for (const { verdict, start, end, found } of agreement?.claims ?? []) {
    if (verdict !== 'contradicts' || start < at || end > characters) continue;
    parts.push(html`${caption.slice(at, start)}<mark>${caption.slice(start, end)}</mark> <small>(${found})</small>`);
    at = end;
  }
  return html`${parts}${caption.slice(at, Math.max(at, characters))}${caption.length > characters && '…'}`;
}
