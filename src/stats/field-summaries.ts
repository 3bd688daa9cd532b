import { CategoryCounts, type CategoryFacts } from './category-counts.ts';
import { type NumberFacts, NumberSummary } from './number-summary.ts';

export interface FieldFacts {
  readonly numbers: Readonly<Record<string, NumberFacts>>;
  readonly categories: Readonly<Record<string, CategoryFacts>>;
}

/** A summary of every field of many records: numbers by their distribution, text and flags by category. */
export class FieldSummaries {
  readonly #numbers = new Map<string, NumberSummary>();
  readonly #categories = new Map<string, CategoryCounts>();

  /** The field of the last number: the elements of a list come one after the other. */
  #lastField = '';
  #lastNumbers: NumberSummary | undefined;

  add(field: string, value: number | string | boolean): void {
    if (typeof value !== 'number') {
      this.#categoriesOf(field).add(String(value));
      return;
    }
    if (this.#lastNumbers === undefined || field !== this.#lastField) {
      this.#lastNumbers = this.numbersOf(field);
      this.#lastField = field;
    }
    this.#lastNumbers.add(value);
  }

  addAll(other: FieldSummaries): void {
    for (const [field, summary] of other.#numbers) this.numbersOf(field).addAll(summary);
    for (const [field, counts] of other.#categories) this.#categoriesOf(field).addAll(counts);
  }

  /** Fields by name. */
  facts(): FieldFacts {
    const numbers = sorted(this.#numbers).flatMap(([field, summary]) => {
      const facts = summary.facts();
      return facts === undefined ? [] : [[field, facts] as const];
    });
    const categories = sorted(this.#categories).map(([field, counts]) => [field, counts.facts()] as const);
    return { numbers: Object.fromEntries(numbers), categories: Object.fromEntries(categories) };
  }

  /** Of a field that holds text or flags; `undefined` where no record has it. */
  categoryFacts(field: string): CategoryFacts | undefined {
    return this.#categories.get(field)?.facts();
  }

  /** The summary of a field that holds numbers. */
  numbersOf(field: string): NumberSummary {
    const known = this.#numbers.get(field);
    if (known !== undefined) return known;
    const summary = new NumberSummary();
    this.#numbers.set(field, summary);
    return summary;
  }

  #categoriesOf(field: string): CategoryCounts {
    const known = this.#categories.get(field);
    if (known !== undefined) return known;
    const counts = new CategoryCounts();
    this.#categories.set(field, counts);
    return counts;
  }
}

function sorted<Value>(entries: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}
