import { BINS, EMPTY_BIN } from './figure-bins.ts';
import { mixWords } from './mix-words.ts';
import type { PieceTable } from './piece-table.ts';

/** From this share of equal figures on pieces are near copies; unrelated songs of one style have under a tenth. */
export const NEAR_SIMILARITY = 0.3;
/** Fewer equal bins are chance: short pieces share a turn or two. */
const MIN_EQUAL_BINS = 8;
/** The closest earlier pieces of a piece that are kept. */
const NEIGHBOURS = 3;
/** The latest earlier pieces of a band's bucket that a piece is compared with, so that no bucket costs its square. */
const CANDIDATES = 4;

export interface Neighbour {
  readonly index: number;
  /** Estimated share of equal figures, 0.3 to 1. */
  readonly similarity: number;
}

/**
 * For each piece the closest earlier ones that are near copies, by locality-sensitive hashing (Indyk and Motwani, 1998):
 * two pieces meet in a band where two neighbouring bins of theirs agree, and are then compared bin by bin. Every bin is
 * in two bands, so that at the least similarity that counts one pair in ten thousand meets in none. Time is linear in
 * the pieces: each meets at most `CANDIDATES` a band, however large its bucket.
 *
 * What is found for a piece depends on it and the pieces before it alone.
 */
export class NearSearch {
  readonly #table: PieceTable;
  readonly #taking: Uint32Array;
  /** `NEIGHBOURS` a piece that takes part: index plus one, 0 where there is none. */
  readonly #index: Uint32Array;
  readonly #similarity: Float32Array;

  /** @param taking - the indices of the pieces that take part, ascending. */
  constructor(table: PieceTable, taking: Uint32Array) {
    this.#table = table;
    this.#taking = taking;
    this.#index = new Uint32Array(taking.length * NEIGHBOURS);
    this.#similarity = new Float32Array(taking.length * NEIGHBOURS);
    const buckets = new Buckets(taking.length);
    for (let band = 0; band < BINS; band++) this.#searchBand(band, buckets);
  }

  /** Of the piece at this place of those that take part: the closest first, equal ones in order of their index. */
  of(place: number): Neighbour[] {
    const found: Neighbour[] = [];
    for (let slot = place * NEIGHBOURS; slot < (place + 1) * NEIGHBOURS; slot++) {
      const neighbour = this.#index[slot] as number;
      if (neighbour !== 0) found.push({ index: neighbour - 1, similarity: this.#similarity[slot] as number });
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.index - b.index);
  }

  #searchBand(band: number, buckets: Buckets): void {
    const other = (band + 1) % BINS;
    buckets.clear();
    for (let place = 0; place < this.#taking.length; place++) {
      const index = this.#taking[place] as number;
      const first = this.#table.bin(index, band);
      const second = this.#table.bin(index, other);
      if (first === EMPTY_BIN || second === EMPTY_BIN) continue;
      const key = (first << 16) | second;
      let met = 0;
      for (let entry = buckets.latest(key); entry >= 0 && met < CANDIDATES; entry = buckets.before(entry)) {
        if (buckets.keyOf(entry) !== key) continue;
        met += 1;
        this.#meet(place, this.#taking[entry] as number);
      }
      buckets.add(place, key);
    }
  }

  #meet(place: number, earlier: number): void {
    const start = place * NEIGHBOURS;
    let weakest = start;
    for (let slot = start; slot < start + NEIGHBOURS; slot++) {
      if (this.#index[slot] === earlier + 1) return;
      if ((this.#similarity[slot] as number) < (this.#similarity[weakest] as number)) weakest = slot;
    }
    const similarity = nearSimilarity(this.#table, this.#taking[place] as number, earlier);
    if (similarity <= (this.#similarity[weakest] as number)) return;
    this.#index[weakest] = earlier + 1;
    this.#similarity[weakest] = similarity;
  }
}

/** The estimated share of equal figures of two pieces where it makes them near copies, else 0. */
export function nearSimilarity(table: PieceTable, left: number, right: number): number {
  const { equal, used } = table.compare(left, right);
  return equal >= MIN_EQUAL_BINS && equal >= used * NEAR_SIMILARITY ? equal / used : 0;
}

/** A hash table with chains, the latest entry first. Entries are numbers below `capacity`. */
class Buckets {
  readonly #heads: Int32Array;
  readonly #before: Int32Array;
  readonly #keys: Int32Array;

  constructor(capacity: number) {
    this.#heads = new Int32Array(2 ** (32 - Math.clz32(Math.max(1, capacity))));
    this.#before = new Int32Array(capacity);
    this.#keys = new Int32Array(capacity);
  }

  clear(): void {
    this.#heads.fill(-1);
  }

  add(entry: number, key: number): void {
    const slot = this.#slot(key);
    this.#before[entry] = this.#heads[slot] as number;
    this.#keys[entry] = key;
    this.#heads[slot] = entry;
  }

  /** The latest entry of the bucket, -1 for none; other keys can be in it. */
  latest(key: number): number {
    return this.#heads[this.#slot(key)] as number;
  }

  before(entry: number): number {
    return this.#before[entry] as number;
  }

  keyOf(entry: number): number {
    return this.#keys[entry] as number;
  }

  #slot(key: number): number {
    return mixWords(key, 0, 0) & (this.#heads.length - 1);
  }
}
