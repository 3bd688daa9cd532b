import type { CategoryFacts } from '../../stats/category-counts.ts';
import type { DatasetSummary } from '../../stats/dataset-summary.ts';
import type { NumberFacts, NumberSummary } from '../../stats/number-summary.ts';
import { type BinOptions, binNumbers } from './bin-numbers.ts';
import { type Bar, type CategoryDistribution, type Distribution, LYING_BARS } from './distribution.ts';

/** Values with how often they occur, ascending. */
export type Counts = ReturnType<NumberSummary['counts']>;

/** The summary's fields by their names in the data set. */
export class SummarySource {
  readonly rows: number;
  readonly sequenceLength: NumberSummary;
  readonly #summary: DatasetSummary;

  constructor(summary: DatasetSummary) {
    this.rows = summary.rows;
    this.sequenceLength = summary.sequenceLength;
    this.#summary = summary;
  }

  number(field: string): NumberSummary {
    return this.#summary.fields.numbersOf(field);
  }

  category(field: string): CategoryFacts {
    return this.#summary.fields.categoryFacts(field) ?? { count: 0, distinct: 0, complete: true, counts: [] };
  }

  /** How often a category occurs. */
  times(field: string, category: string): number {
    return this.category(field).counts.find(([name]) => name === category)?.[1] ?? 0;
  }
}

interface NumberText {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly note: string;
  readonly finding?: string | null;
  readonly format?: 'duration';
}

/** `undefined` where there are no values. */
export function numberDistribution(
  summary: NumberSummary,
  options: BinOptions,
  textOf: (facts: NumberFacts, counts: Counts) => NumberText,
): Distribution | undefined {
  const facts = summary.facts();
  if (facts === undefined) return undefined;
  const counts = summary.counts();
  const binned = binNumbers(counts, options);
  return { kind: 'numbers', format: 'number', finding: null, facts, binned, ...textOf(facts, counts) };
}

type CategoryText = Pick<CategoryDistribution, 'id' | 'title' | 'note' | 'unit' | 'total'> & {
  readonly finding?: string | null;
};

/** Lying bars of the most frequent; `undefined` where there are none. */
export function lyingDistribution(bars: readonly Bar[], text: CategoryText): Distribution | undefined {
  if (bars.length === 0) return undefined;
  const rest = bars.slice(LYING_BARS);
  const others = { categories: rest.length, count: rest.reduce((sum, { count }) => sum + count, 0) };
  return { kind: 'categories', direction: 'lying', finding: null, bars: bars.slice(0, LYING_BARS), others, ...text };
}

export function barsOf({ counts }: CategoryFacts): readonly Bar[] {
  return counts.map(([label, count]) => ({ label, count }));
}

export function countFrom(counts: Counts, from: number): number {
  return counts.reduce((sum, [value, count]) => sum + (value >= from ? count : 0), 0);
}

export function countBelow(counts: Counts, limit: number): number {
  return counts.reduce((sum, [value, count]) => sum + (value < limit ? count : 0), 0);
}
