/** One record of the manifest, parsed but not yet understood. Its keys and values are whatever the file says. */
export type ManifestRecord = Readonly<Record<string, unknown>>;

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
