import type { Stated } from '../style.ts';

export type Random = () => number;

export const pick = (items: readonly string[], random: Random): string | undefined =>
  items[Math.floor(random() * items.length)];

export const mark = (kind: Stated['kind'], words: string): string => `⟦${kind}:${words}⟧`;

export function markPicked(kind: Stated['kind'], items: readonly string[], random: Random): string | undefined {
  const words = pick(items, random);
  return words === undefined ? undefined : mark(kind, words);
}
