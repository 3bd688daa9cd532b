import { createHash } from 'node:crypto';

/** What decides the results of a stage. Runs may continue each other only where the ids are equal. */
export interface Fingerprint {
  /** `sha256:` and the hash of the options. */
  readonly id: string;
  readonly options: FingerprintOptions;
}

export type FingerprintOptions = Readonly<Record<string, string | number | boolean | null>>;

/** Takes lists and maps as the text of their JSON, so that a table of differences has one line an option. */
export function fingerprintOf(given: Readonly<Record<string, unknown>>): Fingerprint {
  const options = Object.fromEntries(
    Object.entries(given)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, scalarOf(value)]),
  );
  return { id: `sha256:${createHash('sha256').update(JSON.stringify(options)).digest('hex')}`, options };
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? value : JSON.stringify(value);
}
