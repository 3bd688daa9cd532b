/**
 * JSON whose objects keep the order of their keys even where a key is a number ("8" before "4"), which JavaScript's own
 * objects do not. Such keys carry a mark while they are in memory.
 */
const MARK = '#';

/** As `JSON.parse`, with `"8"` as a key read as `"#8"`. A quoted number before a colon can only be a key. */
export function parseOrderedJson(text: string): unknown {
  return JSON.parse(text.replace(/"(\d+)"(\s*:)/g, `"${MARK}$1"$2`));
}

/** As Python's `json.dumps(…, indent=4)`: four spaces, and nothing but ASCII. Marks are taken off. */
export function formatOrderedJson(value: unknown): string {
  const text = JSON.stringify(value, null, 4).replace(/"#(\d+)":/g, '"$1":');
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A key that keeps its place. */
export function orderedKey(name: string): string {
  return /^\d+$/.test(name) ? `${MARK}${name}` : name;
}

/** The name that the file has for a key. */
export function plainKey(key: string): string {
  return key.startsWith(MARK) ? key.slice(MARK.length) : key;
}
