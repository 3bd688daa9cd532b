/** A row as it was read: the columns that its format has, and `index` among them. */
export type ReadRow = Readonly<Record<string, unknown>>;

/** The rows of one format, or of one split of it, in the order in which they are stored. */
export interface RowSource {
  /** The file, or the files by the pattern of their names. */
  readonly name: string;
  /** What the names of the files say; `undefined` where the rows of all splits are in one. */
  readonly split: string | undefined;
  rows(): AsyncGenerator<ReadRow>;
}

/** @throws Error where it is no map: not what was written, then. */
export function rowOf(value: unknown): ReadRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a row is not a map');
  return { ...value };
}
