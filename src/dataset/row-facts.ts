import { FEATURES } from '../features/feature-schema.ts';
import { PEAK_DENSITY_FIELDS } from '../quality/peak-density.ts';
import type { RowFacts } from '../stats/dataset-summary.ts';
import { TEXT_STATISTICS_SCHEMA } from '../text/text-statistics.ts';
import type { DatasetRow } from './dataset-row.ts';

/** Names of the features, and of their statistics. */
const FEATURE_NAMES = [...Object.keys(FEATURES), ...PEAK_DENSITY_FIELDS].map(
  (name) => [name, `midi_metadata.${name}`] as const,
);
const TEXT_NAMES = ['encoder', 'truncated', ...Object.keys(TEXT_STATISTICS_SCHEMA)].map(
  (name) => [name, `text_features.${name}`] as const,
);

/** What the statistics take of a row: lengths, tokens, and every feature; each element of a list counts on its own. */
export function rowFacts({ midi, text }: DatasetRow): RowFacts {
  return {
    sequenceLength: midi.sequence_length,
    textLength: text.text.length,
    ids: midi.tokens.streams,
    fields: fieldsOf(midi.metadata, { truncated: text.truncated, encoder: text.encoder, ...text.statistics }),
  };
}

type PlainValues = DatasetRow['midi']['metadata'];

function* fieldsOf(
  metadata: PlainValues,
  features: PlainValues,
): Generator<readonly [string, number | string | boolean]> {
  for (const [name, field] of FEATURE_NAMES) yield* valuesOf(field, metadata[name]);
  for (const [name, field] of TEXT_NAMES) yield* valuesOf(field, features[name]);
}

function* valuesOf(field: string, value: unknown): Generator<readonly [string, number | string | boolean]> {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') yield [field, value];
  else if (Array.isArray(value)) for (const element of value) yield* valuesOf(field, element);
}
