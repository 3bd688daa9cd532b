/** What a manifest may ask for; checked before memory that depends on it is taken. */
export interface ManifestLimits {
  /** Longest line, array element, CSV row or ignored string, in bytes. */
  readonly maxRecordBytes: number;
  /** Largest metadata of one pair, in bytes of its JSON. */
  readonly maxMetadataBytes: number;
  /** Deepest nesting inside one record; V8's own parser has no limit, what packs the record later does. */
  readonly maxDepth: number;
  /** Most fields in a row of a table. */
  readonly maxColumns: number;
  /** First size of the read window, in bytes. Results do not depend on it. */
  readonly windowBytes: number;
}

export const DEFAULT_MANIFEST_LIMITS: ManifestLimits = {
  maxRecordBytes: 16 * 1024 * 1024,
  maxMetadataBytes: 1024 * 1024,
  maxDepth: 100,
  maxColumns: 10_000,
  windowBytes: 256 * 1024,
};
