import type { FieldValue, RowFacts } from './filter-fields.ts';
import type { Filter } from './parse-filters.ts';

/** What one filter says of a row. The columns are the same for every row, whatever the filters are. */
export interface FilterCheck {
  readonly filter: string;
  /** The value of a field of numbers; flags are 0 and 1; `null` where it is absent. */
  readonly value: number | null;
  /** The value of a field of text; `null` where it is absent. */
  readonly text: string | null;
  readonly passed: boolean;
}

/** What all filters say of a row. */
export interface Verdict {
  readonly passed: boolean;
  /** In the order of the filters. */
  readonly checks: readonly FilterCheck[];
}

/** Judges a row by every filter, also after one has failed. An absent value meets no condition. */
export function judgeRow(filters: readonly Filter[], facts: RowFacts): Verdict {
  const checks = filters.map((filter) => check(filter, filter.field.read(facts)));
  return { passed: checks.every(({ passed }) => passed), checks };
}

/** Why a row was rejected, for people: `notes_per_second<=20: 31.2`. */
export function rejectionReasons({ checks }: Verdict): readonly string[] {
  return checks
    .filter(({ passed }) => !passed)
    .map(({ filter, value, text }) => `${filter}: ${value ?? text ?? 'absent'}`);
}

function check(filter: Filter, value: FieldValue): FilterCheck {
  return {
    filter: filter.name,
    value: typeof value === 'number' ? value : null,
    text: typeof value === 'number' || value === null ? null : [value].flat().join(' | '),
    passed: value !== null && meets(filter, typeof value === 'object' ? value : [value]),
  };
}

/** A list of values meets a condition if one of them does; `!=` if none of them is what it names. */
function meets(filter: Filter, values: readonly (number | string)[]): boolean {
  const test = (value: number | string): boolean => meetsAlone(filter, value);
  return filter.comparison === '!=' ? values.every(test) : values.some(test);
}

function meetsAlone({ field, comparison, wanted }: Filter, found: number | string): boolean {
  if (typeof wanted !== 'number') {
    const isWanted =
      field.type === 'either' ? wanted.some((text) => isSame(text, found)) : wanted.includes(String(found));
    return isWanted === (comparison === '=');
  }
  const value = typeof found === 'number' ? found : numberIn(found);
  switch (comparison) {
    case '>=':
      return value >= wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '<':
      return value < wanted;
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
  }
}

/** Numbers are the same whatever they are written as: CSV has them as text, and pandas writes `1990.0`. */
function isSame(text: string, found: number | string): boolean {
  const [number, other] = [numberIn(text), typeof found === 'number' ? found : numberIn(found)];
  // Larger ones are ids, of which several share a double.
  const isExact = Math.abs(number) <= Number.MAX_SAFE_INTEGER;
  return text === String(found) || (isExact && number === other);
}

/** The number that a text is, in the usual notation; NaN, which meets no comparison, for any other. */
function numberIn(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
}
