import type { Agreement } from '../claims/agreement.ts';
import { FEATURES } from '../features/feature-schema.ts';
import { valueAt } from '../manifest/value-at.ts';
import { REPAIR_KEYS } from '../midi/repairs.ts';
import { TEXT_STATISTICS_SCHEMA } from '../text/text-statistics.ts';
import { DROP_REASONS } from '../tokens/drop-reasons.ts';
import { PEAK_DENSITY_FIELDS } from './peak-density.ts';

/** What a field holds; the manifest's own may hold either, and say nothing of it beforehand. */
export type FieldType = 'number' | 'text' | 'either';
/** An absent value is `null`. Flags count as 0 and 1; the manifest's own are the texts `true` and `false`. */
export type FieldValue = number | string | readonly (number | string)[] | null;

/** What a row is judged by. */
export interface RowFacts {
  /** The record's `metadata`: features, and `peakDensity` where it was computed. */
  readonly midi: Readonly<Record<string, unknown>>;
  /** The record's `statistics` of the caption. */
  readonly text: Readonly<Record<string, unknown>>;
  /** Tokens of the sequence; rows for compound tokens. */
  readonly tokens: number;
  /** What the caption states, held against the music. */
  readonly caption: Pick<Agreement, 'read' | 'agrees' | 'contradicts' | 'unsure'>;
  /** The other fields of the pair in its manifest. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A field that filters can name. */
export interface FilterField {
  readonly name: string;
  readonly type: FieldType;
  readonly read: (facts: RowFacts) => FieldValue;
}

/** What became of the claims of a caption, by the names of the verdicts. */
const CAPTION_FIELDS = [
  ['caption_agreements', 'agrees'],
  ['caption_contradictions', 'contradicts'],
  ['caption_unsure', 'unsure'],
] as const;

/** Caption statistics are named with this in front: `text_words`, `text_dominant_script`. */
const TEXT_PREFIX = 'text_';

/** Every field by its name: features that are one value, statistics of the caption, and what is derived here. */
export const FILTER_FIELDS: ReadonlyMap<string, FilterField> = new Map(
  [...featureFields(), ...peakFields(), ...textFields(), ...faultFields(), ...derivedFields()].map((field) => [
    field.name,
    field,
  ]),
);

/** Before the name, or the dotted path, of a field of the manifest: `metadata.genre`, `metadata.release.year`. */
export const METADATA_PREFIX = 'metadata.';

/** A field of the manifest; an empty one, such as a cell of CSV that was left out, is absent. */
export function metadataField(name: string): FilterField {
  return { name: METADATA_PREFIX + name, type: 'either', read: ({ metadata }) => freeValue(valueAt(metadata, name)) };
}

function freeValue(value: unknown): FieldValue {
  if (!Array.isArray(value)) return freeScalar(value);
  const values = value.map(freeScalar).filter((element) => element !== null);
  return values.length === 0 ? null : values;
}

function freeScalar(value: unknown): number | string | null {
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : null;
}

function* featureFields(): Iterable<FilterField> {
  for (const [name, { type }] of Object.entries(FEATURES)) {
    if (type === 'int' || type === 'float' || type === 'bool' || type === 'string') {
      yield { name, type: type === 'string' ? 'text' : 'number', read: ({ midi }) => plainValue(midi[name]) };
    }
  }
}

function* peakFields(): Iterable<FilterField> {
  for (const name of PEAK_DENSITY_FIELDS) yield { name, type: 'number', read: ({ midi }) => plainValue(midi[name]) };
}

function* textFields(): Iterable<FilterField> {
  for (const [name, type] of Object.entries(TEXT_STATISTICS_SCHEMA)) {
    const read = ({ text }: RowFacts) => plainValue(text[name]);
    yield { name: TEXT_PREFIX + name, type: type === 'string' ? 'text' : 'number', read };
  }
}

/** How often a key of a map of numbers counts: 0 where it is not there. */
function inMap(map: unknown, name: string): number | null {
  if (typeof map !== 'object' || map === null) return null;
  const value: unknown = Object.entries(map).find(([key]) => key === name)?.[1];
  return typeof value === 'number' ? value : 0;
}

function sumOf(map: unknown): number | null {
  if (typeof map !== 'object' || map === null) return null;
  return Object.values(map).reduce((sum: number, value: unknown) => sum + (typeof value === 'number' ? value : 0), 0);
}

function* faultFields(): Iterable<FilterField> {
  yield { name: 'repairs', type: 'number', read: ({ midi }) => sumOf(midi.repairs) };
  for (const key of REPAIR_KEYS)
    yield { name: `repairs.${key}`, type: 'number', read: ({ midi }) => inMap(midi.repairs, key) };
  for (const name of ['n_dropped_notes', 'dropped_share', 'replaced_tempos'])
    yield { name, type: 'number', read: ({ midi }) => plainValue(midi[name]) };
  for (const reason of DROP_REASONS)
    yield { name: `dropped_notes.${reason}`, type: 'number', read: ({ midi }) => inMap(midi.dropped_notes, reason) };
  yield {
    name: 'n_replaced_meters',
    type: 'number',
    read: ({ midi }) => (Array.isArray(midi.replaced_meters) ? midi.replaced_meters.length : null),
  };
}

function* derivedFields(): Iterable<FilterField> {
  yield { name: 'tokens', type: 'number', read: ({ tokens }) => tokens };
  for (const [name, verdict] of CAPTION_FIELDS) {
    // Of a caption that was not read nothing is known.
    yield { name, type: 'number', read: ({ caption }) => (caption.read ? caption[verdict] : null) };
  }
  yield { name: 'n_instrument_families', type: 'number', read: familyCount };
  yield { name: 'notes_per_second_per_family', type: 'number', read: densityOfFamily };
}

function familyCount({ midi }: RowFacts): FieldValue {
  return Array.isArray(midi.instrument_families) ? midi.instrument_families.length : null;
}

function densityOfFamily(facts: RowFacts): FieldValue {
  const density = plainValue(facts.midi.notes_per_second);
  const families = familyCount(facts);
  return typeof density === 'number' && typeof families === 'number' && families > 0 ? density / families : null;
}

function plainValue(value: unknown): number | string | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}
