import type { NumberFacts } from '../../stats/number-summary.ts';
import type { Binned } from './bin-numbers.ts';

/** Lying bars that a chart has room for. */
export const LYING_BARS = 9;

/** One chart of the page with its figures. */
export type Distribution = NumberDistribution | CategoryDistribution;

interface DistributionText {
  /** Anchor on the page. */
  readonly id: string;
  readonly title: string;
  /** What to watch for, in a sentence or two, from this data set's own figures. */
  readonly note: string;
  /** The same in a line, where it deserves a place among the findings; `null` where it does not. */
  readonly finding: string | null;
}

export interface NumberDistribution extends DistributionText {
  readonly kind: 'numbers';
  readonly unit: string;
  /** How values are written. */
  readonly format: 'number' | 'duration';
  readonly facts: NumberFacts;
  readonly binned: Binned;
}

export interface CategoryDistribution extends DistributionText {
  readonly kind: 'categories';
  /** What one is counted: `pairs`, `tokens`. */
  readonly unit: string;
  /** What shares are of. */
  readonly total: number;
  readonly bars: readonly Bar[];
  /** Categories that are not drawn, and how often they occur. */
  readonly others: { readonly categories: number; readonly count: number };
  /** Bars that lie, with room for long names, or stand in a given order. */
  readonly direction: 'lying' | 'standing';
}

export interface Bar {
  readonly label: string;
  readonly count: number;
  /** Stacked and coloured by it, where there is one. */
  readonly series?: string;
}
