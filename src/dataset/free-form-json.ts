import { wellFormed } from './well-formed.ts';

/**
 * What is free-form, a manifest's other fields for one, as the text of a JSON value: the same type in every row and every
 * format, whatever is in it. Text is well-formed, a negative zero keeps its sign, a big integer its digits; a number beyond
 * all doubles, which JSON can write and its readers cannot hold, is the text `"Infinity"`.
 */
export function freeFormJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(wellFormed(value));
    case 'number':
      return numberText(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(freeFormJson).join(',')}]`;
      return `{${Object.entries(value).map(entryText).join(',')}}`;
    default:
      return 'null';
  }
}

function entryText([name, value]: readonly [string, unknown]): string {
  return `${freeFormJson(name)}:${freeFormJson(value)}`;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0.0' : String(value);
}
