import { canonicalJson, type JsonObject, type JsonValue } from './json.ts';

export interface OptionDifference {
  readonly key: string;
  /** As JSON; `(absent)` where the option is not there. */
  readonly old: string;
  readonly new: string;
}

/** The options that differ between two runs, by key. */
export function differingOptions(old: JsonObject, current: JsonObject): readonly OptionDifference[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(current)])].sort();
  return keys
    .map((key) => ({ key, old: shown(old[key]), new: shown(current[key]) }))
    .filter((difference) => difference.old !== difference.new);
}

/** The same as text, one line per option, in columns. */
export function fingerprintTable(old: JsonObject, current: JsonObject): string {
  const rows = [{ key: 'option', old: 'old', new: 'new' }, ...differingOptions(old, current)];
  const keyWidth = Math.max(...rows.map((row) => row.key.length));
  const oldWidth = Math.max(...rows.map((row) => row.old.length));
  return rows.map((row) => `  ${row.key.padEnd(keyWidth)}  ${row.old.padEnd(oldWidth)}  ${row.new}`).join('\n');
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? '(absent)' : canonicalJson(value);
}
