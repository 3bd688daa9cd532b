import { TokenTrie } from '../trained/token-trie.ts';
import { seedPieces } from './seed-pieces.ts';

export interface UnigramTraining {
  /** Each word and how often it occurs. */
  readonly words: readonly (readonly [word: string, count: number])[];
  /** Characters that are pieces whether they occur or not. */
  readonly alphabet: readonly string[];
  readonly vocabularySize: number;
}

/** Pieces with the logarithms of their probabilities. */
export type Pieces = readonly (readonly [text: string, score: number])[];

/** Seeds for each piece that is asked for. */
const SEEDS = 8;
const SUB_ITERATIONS = 2;
/** Of the pieces that are not yet few enough, so many stay in each round. */
const KEPT_SHARE = 0.75;
/** Pruning ends at a size that leaves a choice. */
const LAST_SIZE = 1.1;
/** Expected occurrences without which a piece goes. */
const LEAST_EXPECTED = 0.5;
const NEVER = -1;

/**
 * Learns a unigram model (Kudo, ACL 2018) as SentencePiece and Hugging Face's trainer do: by expectation and maximization, dropping in each
 * round the pieces whose loss costs the text least. The same words give the same model, which theirs do not; so the pieces are not
 * theirs to the last one.
 */
export function trainUnigram({ words, alphabet, vocabularySize }: UnigramTraining): Pieces {
  const required = new Set([...alphabet, ...words.flatMap(([word]) => [...new Set(word)])]);
  const seeds = seedPieces(
    words.map(([word]) => word),
    SEEDS * vocabularySize,
  );
  let pieces = normalized(seeds.map(({ text, score }) => [text, score]));
  for (;;) {
    for (let round = 0; round < SUB_ITERATIONS; round += 1) pieces = maximized(pieces, expectedCounts(pieces, words));
    if (pieces.length <= LAST_SIZE * vocabularySize) break;
    pieces = pruned(pieces, words, Math.floor(LAST_SIZE * vocabularySize));
  }
  return finished(pieces, required, vocabularySize);
}

/** Every character, then the most probable of the others; in order of probability. */
function finished(pieces: Pieces, required: ReadonlySet<string>, vocabularySize: number): Pieces {
  const scores = new Map(pieces);
  const lowest = pieces.reduce((least, [, score]) => Math.min(least, score), 0);
  const missing = [...required].filter((character) => !scores.has(character)).sort();
  const single = [...required].map((character): readonly [string, number] => {
    const unseen = lowest - 1e-4 * (missing.indexOf(character) + 1);
    return [character, scores.get(character) ?? unseen];
  });
  const others = pieces.filter(([text]) => !required.has(text)).sort(byScore);
  return [...single, ...others.slice(0, Math.max(0, vocabularySize - single.length))].sort(byScore);
}

function byScore([a, x]: readonly [string, number], [b, y]: readonly [string, number]): number {
  return y - x || (a < b ? -1 : 1);
}

function normalized(counts: Pieces): Pieces {
  const sum = Math.log(counts.reduce((total, [, count]) => total + count, 0));
  return counts.map(([text, count]) => [text, Math.log(count) - sum]);
}

function maximized(pieces: Pieces, expected: Float64Array): Pieces {
  const kept = pieces.flatMap(([text], at): [string, number][] => {
    const count = expected[at] ?? 0;
    return count < LEAST_EXPECTED && text.length > 1 ? [] : [[text, Math.max(count, LEAST_EXPECTED)]];
  });
  // A Bayesian prior that favours few pieces, as in SentencePiece.
  const sum = digamma(kept.reduce((total, [, count]) => total + count, 0));
  return kept.map(([text, count]) => [text, digamma(count) - sum]);
}

/** How often each piece is expected, over all ways to cut the words. */
function expectedCounts(pieces: Pieces, words: UnigramTraining['words']): Float64Array {
  const trie = trieOf(pieces);
  const scores = Float64Array.from(pieces, ([, score]) => score);
  const expected = new Float64Array(pieces.length);
  const edges = new Edges();
  for (const [word, times] of words) {
    const before = new Float64Array(word.length + 1).fill(Number.NEGATIVE_INFINITY);
    const after = new Float64Array(word.length + 1).fill(Number.NEGATIVE_INFINITY);
    before[0] = 0;
    after[word.length] = 0;
    edges.ofWord(word, trie);
    const { start, end, id, count } = edges;
    for (let edge = 0; edge < count; edge += 1) {
      const [from, to] = [start[edge] as number, end[edge] as number];
      before[to] = logSum(before[to] as number, (before[from] as number) + (scores[id[edge] as number] as number));
    }
    for (let edge = count - 1; edge >= 0; edge -= 1) {
      const [from, to] = [start[edge] as number, end[edge] as number];
      after[from] = logSum(after[from] as number, (after[to] as number) + (scores[id[edge] as number] as number));
    }
    const whole = before[word.length] as number;
    for (let edge = 0; edge < count; edge += 1) {
      const piece = id[edge] as number;
      const way =
        (before[start[edge] as number] as number) + (scores[piece] as number) + (after[end[edge] as number] as number);
      expected[piece] = (expected[piece] as number) + times * Math.exp(way - whole);
    }
  }
  return expected;
}

/** The pieces in a word, by where they begin. */
class Edges {
  count = 0;
  start = new Int32Array(1024);
  end = new Int32Array(1024);
  id = new Int32Array(1024);

  ofWord(word: string, trie: TokenTrie): void {
    this.count = 0;
    let start = 0;
    const add = (end: number, id: number): void => {
      if (this.count === this.start.length) this.#grow();
      this.start[this.count] = start;
      this.end[this.count] = end;
      this.id[this.count] = id;
      this.count += 1;
    };
    for (; start < word.length; start += 1) trie.tokensAt(word, start, add);
  }

  #grow(): void {
    const grown = (from: Int32Array): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(2 * from.length);
      to.set(from);
      return to;
    };
    this.start = grown(this.start);
    this.end = grown(this.end);
    this.id = grown(this.id);
  }
}

/** Drops the pieces that others stand for at the least cost; characters stay. */
function pruned(pieces: Pieces, words: UnigramTraining['words'], desired: number): Pieces {
  const trie = trieOf(pieces);
  const scores = Float64Array.from(pieces, ([, score]) => score);
  const uses = new Float64Array(pieces.length);
  for (const [word, times] of words) {
    for (const id of bestWay(word, trie, scores, NEVER).ids) uses[id] = (uses[id] as number) + times;
  }
  const losses = pieces.map(([text, score], id) => {
    const without = text.length === 1 ? Number.NEGATIVE_INFINITY : bestWay(text, trie, scores, id).score;
    return (uses[id] as number) * (score - without);
  });
  const room = Math.max(desired, Math.floor(KEPT_SHARE * pieces.length));
  const single = pieces.filter(([text]) => text.length === 1);
  const ranked = pieces
    .flatMap(([text], id) => (text.length === 1 ? [] : [id]))
    .sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0) || a - b)
    .slice(0, Math.max(0, room - single.length))
    .sort((a, b) => a - b);
  return [...single, ...ranked.flatMap((id) => pieces.slice(id, id + 1))];
}

/** The most probable way to cut a word, without one of the pieces. */
function bestWay(
  word: string,
  trie: TokenTrie,
  scores: Float64Array,
  without: number,
): { readonly ids: readonly number[]; readonly score: number } {
  const best = new Float64Array(word.length + 1).fill(Number.NEGATIVE_INFINITY);
  const last = new Int32Array(word.length + 1).fill(NEVER);
  const starts = new Int32Array(word.length + 1);
  best[0] = 0;
  for (let start = 0; start < word.length; start += 1) {
    trie.tokensAt(word, start, (end, id) => {
      const score = (best[start] as number) + (scores[id] as number);
      if (id === without || score <= (best[end] as number)) return;
      best[end] = score;
      last[end] = id;
      starts[end] = start;
    });
  }
  const ids: number[] = [];
  for (let end = word.length; end > 0; end = starts[end] as number) ids.push(last[end] as number);
  return { ids, score: best[word.length] as number };
}

function trieOf(pieces: Pieces): TokenTrie {
  return new TokenTrie(pieces.map(([text], id) => [text, id]));
}

function logSum(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** The derivative of the logarithm of the gamma function, by its asymptotic series beyond 7. */
function digamma(value: number): number {
  let x = value;
  let sum = 0;
  for (; x < 7; x += 1) sum -= 1 / x;
  x -= 0.5;
  const square = 1 / (x * x);
  return (
    sum +
    Math.log(x) +
    square / 24 -
    (7 * square * square) / 960 +
    (31 * square ** 3) / 8064 -
    (127 * square ** 4) / 30_720
  );
}
