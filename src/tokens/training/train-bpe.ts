import { MergeHeap } from './merge-heap.ts';

export interface BpeTraining {
  /** Each word and how often it occurs. */
  readonly words: readonly (readonly [word: string, count: number])[];
  /** The first tokens, in this order. */
  readonly specials: readonly string[];
  /** Characters that are tokens whether they occur or not. */
  readonly alphabet: readonly string[];
  readonly vocabularySize: number;
  /** Before every character of a word but the first, in the tokens; empty for none. */
  readonly prefix: string;
}

export interface TrainedBpe {
  /** By id. Fewer than were asked for where no pair is left. */
  readonly tokens: readonly string[];
  /** In the order in which they were learned. */
  readonly merges: readonly (readonly [left: string, right: string])[];
}

/** Ids fit 16 bits. */
const WIDTH = 0x10000;

/**
 * Learns byte pair encoding (Sennrich et al., ACL 2016): again and again the most frequent pair of neighbours becomes a token. The
 * merges are those of Hugging Face's `BpeTrainer` (tokenizers 0.23), of equally frequent pairs that of the smallest ids; what it
 * takes of a pair that is learned twice, because two ways lead to one token, is kept, too.
 */
export function trainBpe({ words, specials, alphabet, vocabularySize, prefix }: BpeTraining): TrainedBpe {
  const tokens: string[] = [];
  const idOf = new Map<string, number>();
  const add = (token: string): number => {
    const known = idOf.get(token);
    if (known !== undefined) return known;
    idOf.set(token, tokens.length);
    return tokens.push(token) - 1;
  };
  for (const special of specials) add(special);
  const characters = new Set([...alphabet, ...words.flatMap(([word]) => [...new Set(word)])]);
  for (const character of [...characters].sort()) add(character);
  const symbols = words.map(([word]) => {
    const ids = Int32Array.from(word, (character, at) =>
      add(at === 0 || prefix === '' ? character : prefix + character),
    );
    return { ids, length: ids.length };
  });
  const counts = words.map(([, count]) => count);
  const pairs = new Map<number, number>();
  const heap = countedPairs(symbols, counts, pairs);
  const merges: (readonly [string, string])[] = [];
  while (tokens.length < vocabularySize) {
    const top = heap.pop();
    if (top === undefined) break;
    const pair = top.left * WIDTH + top.right;
    const count = pairs.get(pair) ?? 0;
    if (top.count !== count) {
      // It has changed since it was put there.
      top.count = count;
      if (count > 0) heap.push(top);
      continue;
    }
    const [left, right] = [tokens[top.left] ?? '', tokens[top.right] ?? ''];
    const joined = add(left + (right.startsWith(prefix) ? right.slice(prefix.length) : right));
    merges.push([left, right]);
    const grown = new Map<number, number[]>();
    for (const at of top.words) {
      const word = symbols[at];
      const times = counts[at];
      if (word === undefined || times === undefined) continue;
      mergeIn(word, top, joined, (changed, sign) => {
        pairs.set(changed, (pairs.get(changed) ?? 0) + sign * times);
        if (sign < 0) return;
        const found = grown.get(changed);
        if (found === undefined) grown.set(changed, [at]);
        else if (found.at(-1) !== at) found.push(at);
      });
    }
    for (const [changed, found] of grown) {
      const now = pairs.get(changed) ?? 0;
      if (now > 0) heap.push({ left: Math.floor(changed / WIDTH), right: changed % WIDTH, count: now, words: found });
    }
  }
  return { tokens, merges };
}

interface Word {
  readonly ids: Int32Array;
  /** How many of them are left. */
  length: number;
}

function countedPairs(symbols: readonly Word[], counts: readonly number[], pairs: Map<number, number>): MergeHeap {
  const places = new Map<number, number[]>();
  for (const [at, { ids }] of symbols.entries()) {
    const times = counts[at] ?? 0;
    for (let symbol = 1; symbol < ids.length; symbol += 1) {
      const pair = (ids[symbol - 1] as number) * WIDTH + (ids[symbol] as number);
      pairs.set(pair, (pairs.get(pair) ?? 0) + times);
      const found = places.get(pair);
      if (found === undefined) places.set(pair, [at]);
      else if (found.at(-1) !== at) found.push(at);
    }
  }
  const heap = new MergeHeap();
  for (const [pair, words] of places) {
    heap.push({ left: Math.floor(pair / WIDTH), right: pair % WIDTH, count: pairs.get(pair) ?? 0, words });
  }
  return heap;
}

/** Joins a pair wherever it is in a word, and tells of the pairs that go and come by that. */
function mergeIn(
  word: Word,
  { left, right }: { readonly left: number; readonly right: number },
  joined: number,
  change: (pair: number, sign: 1 | -1) => void,
): void {
  const { ids } = word;
  let kept = 0;
  for (let at = 0; at < word.length; at += 1) {
    const id = ids[at] as number;
    if (id !== left || at + 1 >= word.length || ids[at + 1] !== right) {
      ids[kept++] = id;
      continue;
    }
    if (kept > 0) {
      const before = ids[kept - 1] as number;
      change(before * WIDTH + left, -1);
      change(before * WIDTH + joined, 1);
    }
    ids[kept++] = joined;
    at += 1;
    if (at + 1 < word.length) {
      const after = ids[at + 1] as number;
      change(right * WIDTH + after, -1);
      change(joined * WIDTH + after, 1);
    }
  }
  word.length = kept;
}
