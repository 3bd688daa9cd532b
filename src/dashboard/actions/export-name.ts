import { ConfigError } from '../../errors.ts';

/** Letters that every file system takes; no name begins with a dot. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

/**
 * The name of something that the page may have written into a run directory. A page names no other place on the disk: for that there
 * is the command.
 *
 * @throws ConfigError `invalid_option`.
 */
export function exportName(name: string): string {
  if (NAME.test(name)) return name;
  throw new ConfigError(
    'invalid_option',
    `--out: ${JSON.stringify(name)} is no name for a file here; use letters, digits, dots, - and _.`,
  );
}
