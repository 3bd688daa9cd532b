/** The arguments `[RUN_DIR] INDEX...`: a first one that is no index names the run. */
export function runAndIndexes(given: readonly string[]): {
  readonly directory: string | undefined;
  readonly indexes: readonly string[];
} {
  const [first = '', ...others] = given;
  const isRun = others.length > 0 && !/^[\d,\s-]+$/.test(first);
  return isRun ? { directory: first, indexes: others } : { directory: undefined, indexes: given };
}
