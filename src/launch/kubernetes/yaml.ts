export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

const PLAIN = /^[A-Za-z][A-Za-z0-9./-]*$/;
/** What some readers take for a truth value or for nothing. */
const NOT_TEXT = /^(y|n|yes|no|on|off|true|false|null)$/i;
/** JSON allows these in a string, and YAML does not or folds them. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A document of YAML; entries that are `undefined` are left out. */
export function toYaml(value: Yaml): string {
  return `${lines(value).join('\n')}\n`;
}

function lines(value: Yaml): readonly string[] {
  if (isList(value)) return value.length === 0 ? ['[]'] : value.flatMap((item) => indented(lines(item), '- ', '  '));
  if (typeof value !== 'object') return [scalar(value)];
  const entries = Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as const]));
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([key, item]) => {
    const inner = lines(item);
    const isBlock = typeof item === 'object' && inner[0] !== '[]' && inner[0] !== '{}';
    return isBlock ? [`${scalar(key)}:`, ...indented(inner, '  ', '  ')] : [`${scalar(key)}: ${inner[0] ?? ''}`];
  });
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string' || (PLAIN.test(value) && !NOT_TEXT.test(value))) return String(value);
  return JSON.stringify(value).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function indented(inner: readonly string[], first: string, rest: string): readonly string[] {
  return inner.map((line, at) => `${at === 0 ? first : rest}${line}`);
}

/** `Array.isArray` does not tell readonly lists from objects. */
function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}
