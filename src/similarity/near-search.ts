import { BINS } from './figure-bins.ts';
import type { Signatures } from './signatures.ts';

/** From this share of equal figures on pieces are near copies; unrelated songs of one style have under a tenth. */
export const NEAR_SIMILARITY = 0.3;
/** Fewer equal bins are chance: short pieces share a turn or two. */
const MIN_EQUAL_BINS = 8;
/** The closest earlier pieces of a piece that are kept. */
const NEIGHBOURS = 3;
/** The latest earlier pieces of a band's bucket that a piece is compared with, so that no bucket costs its square. */
const CANDIDATES = 4;
/** Pieces for each part that a band is sorted into. */
const PART_PIECES = 4;

/** Places are those of the signatures. */
export interface Neighbour {
  readonly place: number;
  /** Estimated share of equal figures, 0.3 to 1. */
  readonly similarity: number;
}

/**
 * For each piece the closest earlier ones that are near copies, by locality-sensitive hashing (Indyk and Motwani, 1998):
 * two pieces meet in a band where two neighbouring bins of theirs agree, and are then compared bin by bin. Every bin is
 * in two bands, so that at the least similarity that counts one pair in ten thousand meets in none. Time is linear in
 * the pieces: each meets at most `CANDIDATES` a band, however large its bucket. Holds 18 bytes for each piece and some 9 more
 * while it searches.
 *
 * What is found for a piece depends on it and the pieces before it alone.
 */
export class NearSearch {
  readonly #signatures: Signatures;
  /** `NEIGHBOURS` a piece: place plus one, 0 where there is none. */
  readonly #neighbour: Uint32Array;
  /** Bins that are equal, and those that are used, a byte each. */
  readonly #bins: Uint16Array;

  constructor(signatures: Signatures) {
    const { count } = signatures;
    this.#signatures = signatures;
    this.#neighbour = new Uint32Array(count * NEIGHBOURS);
    this.#bins = new Uint16Array(count * NEIGHBOURS);
    const sorting = new BandSorting(count);
    for (let band = 0; band < BINS; band++) {
      signatures.readBand(band, sorting.keys);
      sorting.sort();
      for (let part = 0; part < sorting.parts; part++) this.#searchPart(sorting, part);
    }
  }

  /** The closest first, equal ones in order of their place. */
  of(place: number): Neighbour[] {
    const found: Neighbour[] = [];
    for (let slot = place * NEIGHBOURS; slot < (place + 1) * NEIGHBOURS; slot++) {
      const neighbour = this.#neighbour[slot] as number;
      if (neighbour !== 0) found.push({ place: neighbour - 1, similarity: this.#similarity(slot) });
    }
    return found.sort((a, b) => b.similarity - a.similarity || a.place - b.place);
  }

  #searchPart({ keys, order, ends }: BandSorting, part: number): void {
    const begin = part === 0 ? 0 : (ends[part - 1] as number);
    const end = ends[part] as number;
    for (let at = begin + 1; at < end; at++) {
      const place = order[at] as number;
      const key = keys[place];
      let met = 0;
      for (let before = at - 1; before >= begin && met < CANDIDATES; before--) {
        const earlier = order[before] as number;
        if (keys[earlier] !== key) continue;
        met += 1;
        this.#meet(place, earlier);
      }
    }
  }

  #meet(place: number, earlier: number): void {
    const start = place * NEIGHBOURS;
    let weakest = start;
    for (let slot = start; slot < start + NEIGHBOURS; slot++) {
      if (this.#neighbour[slot] === earlier + 1) return;
      if (this.#similarity(slot) < this.#similarity(weakest)) weakest = slot;
    }
    const comparison = this.#signatures.compare(place, earlier);
    if (nearSimilarity(comparison) <= this.#similarity(weakest)) return;
    this.#neighbour[weakest] = earlier + 1;
    this.#bins[weakest] = comparison;
  }

  /** Of single precision, which says more than is known. */
  #similarity(slot: number): number {
    const bins = this.#bins[slot] as number;
    return bins === 0 ? 0 : Math.fround((bins >>> 8) / (bins & 0xff));
  }
}

/** @param comparison - of `compareSignatures`. @returns the estimated share of equal figures where it makes them near copies, else 0. */
export function nearSimilarity(comparison: number): number {
  const [equal, used] = [comparison >>> 8, comparison & 0xff];
  return equal >= MIN_EQUAL_BINS && equal >= used * NEAR_SIMILARITY ? equal / used : 0;
}

/** Sorts the places of a band into small parts by a hash of their key; in a part they are in order. */
class BandSorting {
  /** By place; 0 for what is in no bucket. */
  readonly keys: Uint32Array;
  /** The places of one part after the other. */
  readonly order: Uint32Array;
  /** Where each part ends in `order`. */
  readonly ends: Uint32Array;
  readonly #shift: number;

  constructor(count: number) {
    const bits = Math.max(1, Math.ceil(Math.log2(Math.max(1, count / PART_PIECES))));
    this.keys = new Uint32Array(count);
    this.order = new Uint32Array(count);
    this.ends = new Uint32Array(2 ** bits);
    this.#shift = 32 - bits;
  }

  get parts(): number {
    return this.ends.length;
  }

  sort(): void {
    const { keys, order, ends } = this;
    ends.fill(0);
    for (let place = 0; place < keys.length; place++) {
      if (keys[place] !== 0) ends[this.#partOf(place)] = (ends[this.#partOf(place)] as number) + 1;
    }
    let begin = 0;
    for (let part = 0; part < ends.length; part++) {
      const size = ends[part] as number;
      ends[part] = begin;
      begin += size;
    }
    // Each begins where the one before ends: what is put there moves the beginning to the end.
    for (let place = 0; place < keys.length; place++) {
      if (keys[place] === 0) continue;
      const part = this.#partOf(place);
      order[ends[part] as number] = place;
      ends[part] = (ends[part] as number) + 1;
    }
  }

  #partOf(place: number): number {
    return Math.imul(this.keys[place] as number, 0x9e3779b1) >>> this.#shift;
  }
}
