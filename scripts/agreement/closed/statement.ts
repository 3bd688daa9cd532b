import type { Stated } from '../style.ts';

/** Marks words as a statement until the caption is whole: `⟦key|C minor⟧`, and `⟦instrument!|no drums⟧` for one that holds. */
export function statement(kind: Stated['kind'], words: string, holds = false): string {
  return `⟦${kind}${holds ? '!' : ''}|${words}⟧`;
}

export const statementPattern = /⟦(\w+)(!?)\|([^⟧]*)⟧/g;
