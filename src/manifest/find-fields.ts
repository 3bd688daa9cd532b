import type { FieldNames } from './field-names.ts';
import type { ManifestRecord } from './manifest-record.ts';
import { valueAt } from './value-at.ts';

/** A field of a record, and what it holds. */
export interface Field {
  readonly name: string;
  readonly value: unknown;
}

/** Where the parts of a pair are in a record. A field that cannot be what its name says is in none of them. */
export interface FoundFields {
  readonly midi: Field | undefined;
  /** A text, or a list of captions. */
  readonly text: Field | undefined;
  readonly textFile: Field | undefined;
  readonly id: Field | undefined;
  readonly split: Field | undefined;
  /** Where there is no usable one: a field of the right name and the wrong type. */
  readonly wrongMidi: Field | undefined;
  readonly wrongText: Field | undefined;
}

export function findFields(record: ManifestRecord, names: FieldNames): FoundFields {
  const midi = preferred(record, names.midi, isText);
  const caption = preferred(record, names.text, isCaption);
  const textFile = preferred(record, names.textFile, isText);
  // An empty caption beside a text file is a CSV cell that was left out; alone it is an empty caption.
  const fromFile = textFile !== undefined && (caption === undefined || isEmpty(caption.value));
  return {
    midi,
    text: fromFile ? undefined : caption,
    textFile: fromFile ? textFile : undefined,
    id: preferred(record, names.id, isScalar),
    split: preferred(record, names.split, isScalar),
    wrongMidi: midi === undefined ? preferred(record, names.midi, isSomething) : undefined,
    wrongText: caption === undefined && !fromFile ? preferred(record, names.text, isSomething) : undefined,
  };
}

/** The first field of these names with a value that is not empty, else the first with an empty one. */
function preferred(
  record: ManifestRecord,
  names: readonly string[],
  isUsable: (value: unknown) => boolean,
): Field | undefined {
  let empty: Field | undefined;
  for (const name of names) {
    const value = valueAt(record, name);
    if (!isUsable(value)) continue;
    if (!isEmpty(value)) return { name, value };
    empty ??= { name, value };
  }
  return empty;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isCaption(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isSomething(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
