import { ConfigError, MidiloomError } from '../../errors.ts';
import { MergeQueue } from './merge-queue.ts';
import { PairTable } from './pair-table.ts';
import { type SubwordModel, tokensById } from './subword-model.ts';

export interface BpeOptions {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** In order of rank. */
  readonly merges: readonly (readonly [left: string, right: string])[];
  /** Before every character of a word but the first. */
  readonly prefix: string;
  /** After the last character of a word. */
  readonly suffix: string;
  /** Stands for characters that are not in the vocabulary; without it they are left out. */
  readonly unknownToken: string | undefined;
  /** One unknown token for several unknown characters in a row. */
  readonly fuseUnknown: boolean;
  /** Words that are tokens stay whole. */
  readonly ignoreMerges: boolean;
}

/** Where a symbol was that has been joined to the one before; also no neighbour, no symbol, no merge. */
const NONE = -1;

/**
 * Byte pair encoding (Sennrich et al., ACL 2016): of all pairs of neighbours the one that was learned first is joined,
 * the leftmost of equals, until none is left. n log n in the length of a word.
 */
export function createBpe(options: BpeOptions): SubwordModel {
  const { vocabulary, prefix, suffix, unknownToken, fuseUnknown, ignoreMerges } = options;
  const unknownId = unknownToken === undefined ? undefined : vocabulary.get(unknownToken);
  const { ranks, joinedIds } = mergesOf(options);
  const characters = characterTables(options);

  function symbolsOf(word: string): Int32Array {
    const symbols = new Int32Array(word.length);
    let count = 0;
    let followsUnknown = false;
    for (let at = 0; at < word.length; at += 1) {
      const place = (at === 0 ? 1 : 0) + (at === word.length - 1 ? 2 : 0);
      const id = characters[place]?.[word.charCodeAt(at)] as number;
      if (id !== NONE) symbols[count++] = id;
      else if (unknownToken !== undefined && !(followsUnknown && fuseUnknown)) {
        if (unknownId === undefined) throw new MidiloomError('token_unknown', 'the BPE model does not know a token');
        symbols[count++] = unknownId;
      }
      followsUnknown = id === NONE;
    }
    return symbols.subarray(0, count);
  }

  /** Joins neighbours in place. */
  function joinPairs(symbols: Int32Array): void {
    const next = new Int32Array(symbols.length);
    const previous = new Int32Array(symbols.length);
    for (let at = 0; at < symbols.length; at += 1) {
      next[at] = at + 1;
      previous[at] = at - 1;
    }
    const queue = new MergeQueue();
    const rankAt = (at: number): number => {
      const after = next[at] as number;
      return after < symbols.length ? ranks.get(symbols[at] as number, symbols[after] as number) : NONE;
    };
    const offer = (at: number): void => {
      const rank = at < 0 ? NONE : rankAt(at);
      if (rank !== NONE) queue.push(rank, at);
    };
    for (let at = 0; at < symbols.length; at += 1) offer(at);
    for (let best = queue.pop(); best !== undefined; best = queue.pop()) {
      const { position, rank } = best;
      // One of the two has been joined with another since.
      if (symbols[position] === NONE || rankAt(position) !== rank) continue;
      const joined = next[position] as number;
      const after = next[joined] as number;
      symbols[position] = joinedIds[rank] as number;
      symbols[joined] = NONE;
      next[position] = after;
      if (after < symbols.length) previous[after] = position;
      offer(previous[position] as number);
      offer(position);
    }
  }

  return {
    tokens: tokensById(vocabulary),
    unknownId,
    encode(word, ids) {
      const whole = ignoreMerges ? vocabulary.get(word) : undefined;
      if (whole !== undefined) {
        ids.push(whole);
        return;
      }
      const symbols = symbolsOf(word);
      joinPairs(symbols);
      for (let at = 0; at < symbols.length; at += 1) if (symbols[at] !== NONE) ids.push(symbols[at] as number);
    },
    plain: (token) => without(suffix, withoutStart(prefix, token)),
  };
}

/** The rank of each pair, and by rank the id that it becomes. */
function mergesOf({ vocabulary, merges, prefix }: BpeOptions): { ranks: PairTable; joinedIds: Int32Array } {
  const ranks = new PairTable(merges.length);
  const joinedIds = new Int32Array(merges.length);
  for (const [rank, [left, right]] of merges.entries()) {
    const [a, b] = [vocabulary.get(left), vocabulary.get(right)];
    const id = vocabulary.get(left + withoutStart(prefix, right));
    if (a === undefined || b === undefined || id === undefined) {
      throw new ConfigError(
        'tokenizer_config_invalid',
        `the merge of ${left} and ${right} has tokens that are not there`,
      );
    }
    ranks.set(a, b, rank);
    joinedIds[rank] = id;
  }
  return { ranks, joinedIds };
}

/** Ids by character, `NONE` where there is none: in a word, and where it begins (+1), ends (+2) or both. */
function characterTables({ vocabulary, prefix, suffix }: BpeOptions): readonly Int32Array[] {
  return [
    [prefix, ''],
    ['', ''],
    [prefix, suffix],
    ['', suffix],
  ].map(([before = '', after = '']) => {
    const table = new Int32Array(0x10000).fill(NONE);
    for (const [token, id] of vocabulary) {
      const fits = token.length === before.length + 1 + after.length;
      if (fits && token.startsWith(before) && token.endsWith(after)) table[token.charCodeAt(before.length)] = id;
    }
    return table;
  });
}

function withoutStart(start: string, text: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

function without(end: string, text: string): string {
  return end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text;
}
