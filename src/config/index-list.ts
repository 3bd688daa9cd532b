import { ConfigError } from '../errors.ts';

/** More than anybody types; a slip in a range (`0-1000000000`) must not fill the memory. */
const MAX_INDEXES = 1_000_000;

/** Indexes as written on a command line: `7`, `3,5`, `10-20`; each once, ascending. Throws `ConfigError` `invalid_option`. */
export function parseIndexes(texts: readonly string[], name: string): readonly number[] {
  const indexes = new Set<number>();
  for (const part of texts.flatMap((text) => text.split(','))) {
    const [, from = '', to = from] = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(part.trim()) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === '' || last < first || last - first >= MAX_INDEXES || indexes.size >= MAX_INDEXES) {
      throw new ConfigError(
        'invalid_option',
        `${name}: "${part}" is not allowed; use an index from 0, or a range as 10-20.`,
      );
    }
    for (let index = first; index <= last; index++) indexes.add(index);
  }
  return [...indexes].sort((a, b) => a - b);
}
