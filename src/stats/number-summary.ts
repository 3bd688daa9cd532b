import { BucketCounts } from './bucket-counts.ts';
import { ExactSum } from './exact-sum.ts';

/** Mantissa bits that tell buckets apart: 128 buckets an octave, so that a bucket's middle is within 0.4 % of its values. */
const DROPPED_HIGH_BITS = 13;
const QUANTILES = { p1: 0.01, p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 } as const;

/** What a summary says; percentiles are nearest-rank, within 0.4 % where they are not exact. */
export type NumberFacts = { readonly [Name in keyof typeof QUANTILES]: number } & {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly histogram: Histogram;
};

/** Counts in bins of equal width between the extremes. */
export interface Histogram {
  /** Lower edge of the first bin. */
  readonly start: number;
  /** 0 where all numbers are equal. */
  readonly width: number;
  /** The last bin includes its upper edge. */
  readonly counts: readonly number[];
}

const BINS = 20;

/**
 * Count, extremes, mean and distribution of numbers in bounded memory. Integers below `exactBelow` are counted one by one,
 * everything else in buckets by its leading bits; counts of buckets add up, so that two parts added equal one pass.
 */
export class NumberSummary {
  readonly #exactBelow: number;
  /** How often each integer from 0 up came; grows to the largest. */
  #counts = new Float64Array(16);
  /** Integers below 0. */
  readonly #negative = new Map<number, number>();
  readonly #buckets = new BucketCounts();
  readonly #sum = new ExactSum();
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  /** @param exactBelow - integers of smaller magnitude have exact percentiles; as many counters may be kept, twice. */
  constructor(exactBelow = 4096) {
    this.#exactBelow = exactBelow;
  }

  get count(): number {
    return this.#count;
  }

  /** @param number - finite. */
  add(number: number): void {
    if (!Number.isFinite(number)) throw new RangeError(`cannot summarize ${number}`);
    const value = number === 0 ? 0 : number; // one zero, not two
    this.#count++;
    this.#sum.add(value);
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (Number.isInteger(value) && Math.abs(value) < this.#exactBelow) this.#increaseExact(value, 1);
    else this.#buckets.add(bucketOf(value), 1);
  }

  #increaseExact(value: number, by: number): void {
    if (value < 0) {
      increase(this.#negative, value, by);
      return;
    }
    if (value >= this.#counts.length) {
      const grown = new Float64Array(2 ** Math.ceil(Math.log2(value + 1)));
      grown.set(this.#counts);
      this.#counts = grown;
    }
    this.#counts[value] = (this.#counts[value] ?? 0) + by;
  }

  addAll(other: NumberSummary): void {
    this.#count += other.#count;
    this.#sum.addAll(other.#sum);
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    for (const [value, count] of other.#exact()) this.#increaseExact(value, count);
    for (const [bucket, count] of other.#buckets.entries()) this.#buckets.add(bucket, count);
  }

  /** `undefined` where nothing was added. */
  facts(): NumberFacts | undefined {
    if (this.#count === 0) return undefined;
    const sorted = this.counts();
    const at = (share: number): number => this.#rank(sorted, Math.max(1, Math.ceil(share * this.#count)));
    return {
      count: this.#count,
      min: this.#min,
      max: this.#max,
      mean: this.#sum.value / this.#count,
      p1: at(QUANTILES.p1),
      p5: at(QUANTILES.p5),
      p25: at(QUANTILES.p25),
      p50: at(QUANTILES.p50),
      p75: at(QUANTILES.p75),
      p95: at(QUANTILES.p95),
      p99: at(QUANTILES.p99),
      histogram: this.#histogram(sorted),
    };
  }

  /** Every value, or the middle of its bucket, with its count, ascending: what charts with bins of their own are made from. */
  counts(): readonly (readonly [value: number, count: number])[] {
    const buckets = Array.from(
      this.#buckets.entries(),
      ([bucket, count]) => [this.#clamped(middleOf(bucket)), count] as const,
    );
    return [...this.#exact(), ...buckets].sort(([a], [b]) => a - b);
  }

  #exact(): readonly (readonly [value: number, count: number])[] {
    const exact: (readonly [number, number])[] = [...this.#negative];
    for (let value = 0; value < this.#counts.length; value++) {
      const count = this.#counts[value] ?? 0;
      if (count > 0) exact.push([value, count]);
    }
    return exact;
  }

  #histogram(sorted: readonly (readonly [number, number])[]): Histogram {
    const width = (this.#max - this.#min) / BINS;
    const counts = Array<number>(BINS).fill(0);
    for (const [value, count] of sorted) {
      const bin = width > 0 ? Math.min(BINS - 1, Math.floor((value - this.#min) / width)) : 0;
      counts[bin] = (counts[bin] ?? 0) + count;
    }
    return { start: this.#min, width, counts };
  }

  #rank(sorted: readonly (readonly [number, number])[], rank: number): number {
    let seen = 0;
    for (const [value, count] of sorted) {
      seen += count;
      if (seen >= rank) return value;
    }
    return this.#max;
  }

  #clamped(value: number): number {
    return Math.min(this.#max, Math.max(this.#min, value));
  }
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Which of the two words of a double has sign and exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

function bucketOf(value: number): number {
  float[0] = value;
  return (words[HIGH] ?? 0) >>> DROPPED_HIGH_BITS;
}

function middleOf(bucket: number): number {
  words[HIGH] = (bucket << DROPPED_HIGH_BITS) | (1 << (DROPPED_HIGH_BITS - 1));
  words[1 - HIGH] = 0;
  return float[0] ?? 0;
}

function increase(counts: Map<number, number>, key: number, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
