import { createHash } from 'node:crypto';

/** What decides the results of a stage. Runs may continue each other only where the ids are equal. */
export interface Fingerprint {
  /** `sha256:` and the hash of the options in canonical form. */
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export function fingerprintOf(options: Readonly<Record<string, unknown>>): Fingerprint {
  return { id: `sha256:${createHash('sha256').update(canonicalJson(options)).digest('hex')}`, options };
}

/** JSON with sorted keys, so that equal values have equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
