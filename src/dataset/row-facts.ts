import { FEATURES } from '../features/feature-schema.ts';
import type { RowFacts } from '../stats/dataset-summary.ts';
import type { DatasetRow } from './dataset-row.ts';

const FEATURE_NAMES = Object.keys(FEATURES);

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
  for (const name of FEATURE_NAMES) yield* valuesOf(`midi_metadata.${name}`, metadata[name]);
  for (const name in features) yield* valuesOf(`text_features.${name}`, features[name]);
}

function* valuesOf(field: string, value: unknown): Generator<readonly [string, number | string | boolean]> {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') yield [field, value];
  else if (Array.isArray(value)) for (const element of value) yield* valuesOf(field, element);
}
