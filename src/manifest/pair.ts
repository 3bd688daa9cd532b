/** One record of the manifest, parsed but not yet understood. Its keys and values are whatever the file says. */
export type ManifestRecord = Readonly<Record<string, unknown>>;

/** One item of the input. */
export interface Pair {
  /** Position in the manifest, 0-based. */
  readonly index: number;
  /** The manifest's own `id`, else the index in eight digits. */
  readonly id: string;
  /** As written in the manifest; unchecked, may leave the MIDI root. */
  readonly midiFile: string | undefined;
  readonly text: string | undefined;
  /** Path of a file with the text, as written; only where `text` is `undefined`. */
  readonly textFile: string | undefined;
  /** Every other field; the entries of a `metadata` object come first. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** CRC-32 of the record's bytes in the manifest. */
  readonly hash: number;
}

/** Under which names the first pair has its MIDI file and its text; `null` where it has none. */
export interface PlanFields {
  readonly midi: string | null;
  readonly text: string | null;
}

/** Names of the fields of a pair, the preferred first. */
export const MIDI_FIELDS: readonly string[] = ['midi_file', 'midi_path', 'location', 'path'];
export const TEXT_FIELDS: readonly string[] = ['text_description', 'caption', 'text'];
export const TEXT_FILE_FIELDS: readonly string[] = ['text_file'];

/**
 * Reads a record as a pair. A field of the wrong type does not count and stays in the metadata, so that the pair
 * becomes a failure record later (`missing_midi`, `missing_text`) and not an exception here.
 */
export function pairOf(record: ManifestRecord, index: number, hash: number): Pair {
  const { midi, text, textFile } = rolesOf(record);
  const id = idOf(record);
  return {
    index,
    id: id ?? String(index).padStart(8, '0'),
    midiFile: stringAt(record, midi),
    text: stringAt(record, text),
    textFile: stringAt(record, textFile),
    metadata: metadataOf(record, new Set([midi, text, textFile, id === undefined ? undefined : 'id'])),
    hash,
  };
}

export function fieldsOf(record: ManifestRecord): PlanFields {
  const { midi, text, textFile } = rolesOf(record);
  return { midi: midi ?? null, text: text ?? textFile ?? null };
}

interface Roles {
  readonly midi: string | undefined;
  readonly text: string | undefined;
  readonly textFile: string | undefined;
}

function rolesOf(record: ManifestRecord): Roles {
  const midi = preferred(record, MIDI_FIELDS);
  const text = preferred(record, TEXT_FIELDS);
  const textFile = preferred(record, TEXT_FILE_FIELDS);
  // An empty caption beside a text file is a CSV cell that was left out; alone it is an empty caption.
  if (textFile !== undefined && !stringAt(record, text)) return { midi, text: undefined, textFile };
  return { midi, text, textFile: text === undefined ? textFile : undefined };
}

/** The first of `names` that holds a non-empty string, else the first that holds an empty one. */
function preferred(record: ManifestRecord, names: readonly string[]): string | undefined {
  const present = names.filter((name) => Object.hasOwn(record, name) && typeof record[name] === 'string');
  return present.find((name) => record[name] !== '') ?? present[0];
}

function stringAt(record: ManifestRecord, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const value = record[name];
  return typeof value === 'string' ? value : undefined;
}

function idOf(record: ManifestRecord): string | undefined {
  if (!Object.hasOwn(record, 'id')) return undefined;
  const id = record.id;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** `Object.fromEntries` defines its keys, so that none of them (`__proto__`) can change a prototype. */
function metadataOf(record: ManifestRecord, used: ReadonlySet<string | undefined>): Record<string, unknown> {
  const nested = Object.hasOwn(record, 'metadata') ? record.metadata : undefined;
  const merges = isPlainObject(nested);
  const others = Object.entries(record).filter(([name]) => !used.has(name) && !(merges && name === 'metadata'));
  return Object.fromEntries(merges ? [...Object.entries(nested), ...others] : others);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
