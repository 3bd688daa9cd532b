import { statSync } from 'node:fs';
import { ConfigError } from '../../errors.ts';

/** The arguments `[RUN_DIR] FILE`. @throws ConfigError `invalid_option`. */
export function runAndFile(paths: readonly string[]): {
  readonly directory: string | undefined;
  readonly file: string;
} {
  const [first = '', second, ...others] = paths;
  if (others.length > 0) throw new ConfigError('invalid_option', 'Too many arguments; give [RUN_DIR] FILE.');
  const file = second ?? first;
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new ConfigError('invalid_option', `FILE: ${file} is a folder; give [RUN_DIR] FILE, in this order.`);
  }
  return { directory: second === undefined ? undefined : first, file };
}
