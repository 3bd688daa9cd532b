import type { TokenMeaning } from './token-meanings.ts';

/** The index of the first time signature or tempo that tokens say; `undefined` where they say none. */
export function firstIndex(tokens: readonly TokenMeaning[], type: 'time_signature' | 'tempo'): number | undefined {
  for (const token of tokens) {
    if ((token.type === 'time_signature' || token.type === 'tempo') && token.type === type) return token.index;
  }
  return undefined;
}
