import type { Cell } from './cell.ts';

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Text that UTF-8 can hold: each lone surrogate becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}

/**
 * What a manifest says beyond the pair itself, as plain data: text well-formed, numbers finite (JSON can say 1e999; it becomes
 * null), keys defined so that none of them (`__proto__`) changes a prototype.
 */
export function plainCell(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(plainCell);
      return Object.fromEntries(Object.entries(value).map(([name, entry]) => [wellFormed(name), plainCell(entry)]));
    default:
      return null;
  }
}
