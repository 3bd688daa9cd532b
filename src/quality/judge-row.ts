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
    text: typeof value === 'string' ? value : null,
    passed: value !== null && meets(filter, value),
  };
}

function meets({ comparison, wanted }: Filter, value: number | string): boolean {
  if (typeof wanted !== 'number') return wanted.includes(String(value)) === (comparison === '=');
  if (typeof value !== 'number') return false;
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
